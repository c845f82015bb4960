//! A feature as WorkOS describes it (contract: WorkOS, *Flag object*), for its clients and in reports.

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::target::Serve;
use crate::domain::value::{Kind, Value};

/// The digits of WorkOS's identifiers: Crockford's base 32.
pub const ID_DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// When a feature was defined, and when its definition or its audience was last altered, in
/// milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
pub struct FlagTimes {
    /// Defined.
    pub created: i64,
    /// Altered.
    pub updated: i64,
}

/// The flag object.
pub fn flag(
    key: &FeatureKey,
    attributes: Map<String, Json>,
    times: FlagTimes,
) -> Map<String, Json> {
    let mut told = Map::new();
    told.insert("object".to_owned(), json!("feature_flag"));
    told.insert("id".to_owned(), json!(flag_id(key)));
    told.insert("slug".to_owned(), json!(key));
    told.extend(attributes);
    told.insert("created_at".to_owned(), json!(flag_moment(times.created)));
    told.insert("updated_at".to_owned(), json!(flag_moment(times.updated)));
    told
}

/// What of it may change.
pub fn flag_attributes(key: &FeatureKey, feature: &Feature, default: bool) -> Map<String, Json> {
    let told = [
        (
            "name",
            json!(feature.name.as_deref().unwrap_or(key.as_str())),
        ),
        ("description", json!(feature.description)),
        ("owner", json!(feature.owner.as_deref().and_then(owner))),
        ("tags", json!(feature.tags)),
        ("enabled", json!(feature.enabled)),
        ("default_value", json!(default)),
    ];
    let told = told.into_iter();
    told.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What a flag serves whoever nothing names: its audience's default, or else what the default plan
/// gives of it.
pub fn flag_default(kind: Kind, default: Serve, granted: Option<Value>) -> bool {
    let granted = granted.is_some_and(|value| match value {
        Value::On => true,
        Value::Limit(limit) => limit.get() > 0,
    });
    granted || kind == Kind::Boolean && default == Serve::On
}

/// A flag's identifier: of the form of WorkOS's, and made from the key, so that it is the same
/// wherever the project goes and needs no place in a store.
pub fn flag_id(key: &FeatureKey) -> String {
    lasting_id("flag_01", "feature_flag", key.as_str())
}

/// An identifier of WorkOS's form, made from what it is for and a text alone.
pub fn lasting_id(prefix: &str, kind: &str, text: &str) -> String {
    let hash = digest(&SHA256, format!("{kind}:{text}").as_bytes());
    let digits = hash.as_ref().chunks_exact(5).take(3).flat_map(|five| {
        let number = five
            .iter()
            .fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
        (0..8).rev().map(move |place| {
            let digit = (number >> (5 * place)) as usize % ID_DIGITS.len();
            char::from(ID_DIGITS[digit])
        })
    });
    prefix.chars().chain(digits).collect()
}

/// The owner as WorkOS knows one, by their address: `jane@example.com` or
/// `Jane Doe <jane@example.com>`.
fn owner(text: &str) -> Option<Json> {
    let bracketed = || text.trim().strip_suffix('>')?.rsplit_once('<');
    let (name, email) = bracketed().unwrap_or(("", text));
    let email = email.trim();
    let (local, domain) = email.split_once('@')?;
    let plain = !email.contains(|c: char| c.is_whitespace() || c.is_control());
    if !plain || local.is_empty() || domain.is_empty() || domain.contains('@') {
        return None;
    }
    let mut words = name.split_whitespace();
    let first = words.next();
    let last: Vec<&str> = words.collect();
    let last = Some(last.join(" ")).filter(|name| !name.is_empty());
    Some(json!({"email": email, "first_name": first, "last_name": last}))
}

/// A moment as WorkOS writes it: RFC 3339 with milliseconds, in UTC.
pub fn flag_moment(milliseconds: i64) -> String {
    let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default();
    moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_the_form_of_workos_and_is_the_keys_own() {
        let id = |key: &str| flag_id(&key.parse().unwrap());
        let ids = ["analytics", "analytic", "max_seats"].map(id);
        for id in &ids {
            assert_eq!(id.len(), "flag_01EHZNVPK3SFK441A1RGBFSHRT".len());
            let digits = id.strip_prefix("flag_").unwrap();
            assert!(digits.bytes().all(|b| ID_DIGITS.contains(&b)), "{id}");
        }
        assert_eq!(ids[0], id("analytics"));
        assert_ne!(ids[0], ids[1]);
        // What was given out once stays: it is a cursor, and kept by others.
        assert_eq!(ids[0], "flag_01ZY65VPZ1NYMNK9YEZSGAAZAE");
    }

    #[test]
    fn an_owner_is_told_where_it_is_an_address() {
        let told = |text: &str| owner(text).map(|owner| owner.to_string());
        assert_eq!(
            told("jane@example.com").as_deref(),
            Some(r#"{"email":"jane@example.com","first_name":null,"last_name":null}"#)
        );
        assert_eq!(
            told("Jane van Doe <jane@example.com>").as_deref(),
            Some(r#"{"email":"jane@example.com","first_name":"Jane","last_name":"van Doe"}"#)
        );
        for other in [
            "team-growth",
            "",
            "@",
            "a@",
            "@b",
            "a b@c",
            "a@b@c",
            "x <y>",
        ] {
            assert_eq!(told(other), None, "{other}");
        }
    }

    #[test]
    fn a_moment_has_three_decimals() {
        assert_eq!(flag_moment(1_700_000_000_007), "2023-11-14T22:13:20.007Z");
        assert_eq!(flag_moment(0), "1970-01-01T00:00:00.000Z");
    }
}
