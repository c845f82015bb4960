//! A feature as WorkOS describes it (contract: WorkOS, *Flag object*).

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

use super::event::moment;
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::target::Serve;

/// The digits of WorkOS's identifiers: Crockford's base 32.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What of a feature a flag object tells may change.
pub(super) fn attributes(
    key: &FeatureKey,
    feature: &Feature,
    default: Serve,
) -> Map<String, Value> {
    let mut told = Map::new();
    let name = feature.name.as_deref().unwrap_or(key.as_str());
    told.insert("name".to_owned(), json!(name));
    told.insert("description".to_owned(), json!(feature.description));
    let owner = feature.owner.as_deref().and_then(owner);
    told.insert("owner".to_owned(), json!(owner));
    told.insert("tags".to_owned(), json!(feature.tags));
    told.insert("enabled".to_owned(), json!(feature.enabled));
    let default = default == Serve::On;
    told.insert("default_value".to_owned(), json!(default));
    told
}

/// The flag object, with the environment that events name in it.
pub(super) fn object(
    key: &FeatureKey,
    attributes: Map<String, Value>,
    created: i64,
    updated: i64,
) -> Value {
    let mut told = Map::new();
    told.insert("object".to_owned(), json!("feature_flag"));
    told.insert(
        "id".to_owned(),
        json!(identifier("flag_01", "feature_flag", key.as_str())),
    );
    told.insert("environment_id".to_owned(), json!(environment()));
    told.insert("slug".to_owned(), json!(key));
    told.extend(attributes);
    told.insert("created_at".to_owned(), json!(moment(created)));
    told.insert("updated_at".to_owned(), json!(moment(updated)));
    Value::Object(told)
}

/// A store is one environment, and its name is the same for all.
fn environment() -> String {
    identifier("environment_01", "environment", "flags")
}

/// What WorkOS calls the environment's client.
pub(super) fn client() -> String {
    identifier("client_01", "client", "flags")
}

/// An identifier of WorkOS's form, made from a text alone: that of a flag is the same as the server
/// gives it.
fn identifier(prefix: &str, kind: &str, text: &str) -> String {
    let hash = digest(&SHA256, format!("{kind}:{text}").as_bytes());
    let digits = hash.as_ref().chunks_exact(5).take(3).flat_map(|five| {
        let number = five
            .iter()
            .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        (0..8).rev().map(move |place| {
            let digit = (number >> (5 * place)) as usize % DIGITS.len();
            char::from(DIGITS[digit])
        })
    });
    prefix.chars().chain(digits).collect()
}

/// The owner as WorkOS knows one, by their address: `jane@example.com` or
/// `Jane Doe <jane@example.com>`.
fn owner(text: &str) -> Option<Value> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::value::Kind;

    #[test]
    fn a_feature_that_serves_everybody_has_the_default_on() {
        let Ok(key) = "a".parse() else { unreachable!() };
        let told = attributes(&key, &Feature::new(Kind::Boolean), Serve::On);
        assert_eq!(told["default_value"], json!(true));
        assert_eq!(told["name"], json!("a"));
    }
}
