//! WorkOS's configuration payload, read into a document; nothing is fetched here.

use std::fmt;

use serde_json::{Map, Value};
use thiserror::Error;

use super::{version1, version2};
use crate::domain::document::{Document, FeatureDocument};
use crate::domain::key::FeatureKey;
use crate::domain::target::{Id, Members, TargetType};
use crate::domain::text::{Name, counted};

/// Which form a payload has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Flags with lists of targets, as the Node SDK 11 asks for it.
    One,
    /// Flags with ordered rules, as the Python SDK 10.8 asks for it.
    Two,
}

/// A payload that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// Which form it had.
    pub version: Version,
    /// What it defines: boolean features with their switches and audiences, nothing else.
    pub document: Document,
    /// What was passed over or read with doubts, in the order of the payload.
    pub notes: Vec<Note>,
}

/// Something that was passed over, or read with doubts. Its texts come from outside, to be
/// sanitised where they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The flag's slug, which need not be a feature key.
    pub slug: String,
    /// What it was and what follows, as a sentence without its full stop.
    pub what: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "flag {:?}: {}", self.slug, self.what)
    }
}

/// Why a payload is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PayloadError {
    /// Not JSON.
    #[error("the configuration payload is not JSON: {0}")]
    NotJson(String),
    /// JSON, but something else.
    #[error("this is not a WorkOS configuration payload: expected an object of flags by slug")]
    NotAPayload,
    /// A form that is not known here, as the payload states it.
    #[error("the configuration payload has version {0}, this version of flags reads 1 and 2")]
    Version(String),
    /// Version 2 with a part that WorkOS's SDK refuses, and the whole payload with it.
    #[error("the configuration payload is damaged: expected {expected} at {at}")]
    Malformed {
        /// Where, such as `flags["beta"].rules[0].id`.
        at: String,
        /// What should be there.
        expected: &'static str,
    },
}

/// Whether the value is a configuration payload of either version rather than a document of ours
/// or something else. Without flags a version 1 payload is an empty object, which could be
/// anything: that is not taken for one.
pub fn looks_like_payload(value: &Value) -> bool {
    let Some(map) = value.as_object() else {
        return false;
    };
    let is_flag = |entry: &Value| {
        ["enabled", "default_value", "targets"]
            .into_iter()
            .all(|name| entry.get(name).is_some())
    };
    match map.get("version") {
        Some(Value::Number(_)) => map.get("flags").is_some_and(Value::is_object),
        _ => !is_ours(map) && map.values().any(is_flag),
    }
}

/// A document of ours says so at its top; a flag of that slug would be an object.
fn is_ours(map: &Map<String, Value>) -> bool {
    map.get("format").is_some_and(Value::is_string)
}

/// Reads a payload from its text. Of a name that stands twice the last one counts, as with both
/// SDKs.
///
/// # Errors
///
/// As [`read`], and [`PayloadError::NotJson`].
pub fn parse(text: &str) -> Result<Payload, PayloadError> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| PayloadError::NotJson(error.to_string()))?;
    read(&value)
}

/// Reads a payload. Kinds, operators and fields that are not known never fail it.
///
/// # Errors
///
/// [`PayloadError`] where the whole cannot be read; of version 2 exactly where WorkOS's SDK
/// refuses it too.
pub fn read(value: &Value) -> Result<Payload, PayloadError> {
    let map = value.as_object().ok_or(PayloadError::NotAPayload)?;
    match map.get("version") {
        // A version 1 payload has no version: there this is a flag of that slug, or no name at all.
        None | Some(Value::Object(_)) => read_version1(map),
        Some(version) if version.as_u64() == Some(2) => read_version2(map),
        Some(version) => Err(PayloadError::Version(version.to_string())),
    }
}

fn read_version1(flags: &Map<String, Value>) -> Result<Payload, PayloadError> {
    let anything = flags.is_empty() || flags.values().any(Value::is_object);
    if is_ours(flags) || !anything {
        return Err(PayloadError::NotAPayload);
    }
    let mut payload = Payload::empty(Version::One);
    for (slug, entry) in flags {
        let mut notes = Vec::new();
        let read = version1::flag(entry, &mut notes);
        payload.add(slug, read, notes);
    }
    Ok(payload)
}

fn read_version2(map: &Map<String, Value>) -> Result<Payload, PayloadError> {
    let flags = map.get("flags").and_then(Value::as_object);
    let flags = flags.ok_or_else(|| malformed("flags", "an object"))?;
    let mut payload = Payload::empty(Version::Two);
    for (slug, entry) in flags {
        let mut notes = Vec::new();
        let read = version2::flag(entry, &format!("flags[{slug:?}]"), &mut notes)?;
        payload.add(slug, Some(read), notes);
    }
    Ok(payload)
}

pub(super) fn malformed(at: impl Into<String>, expected: &'static str) -> PayloadError {
    PayloadError::Malformed {
        at: at.into(),
        expected,
    }
}

impl Payload {
    fn empty(version: Version) -> Self {
        Self {
            version,
            document: Document::empty(),
            notes: Vec::new(),
        }
    }

    /// Puts a flag in, if it was read and its slug is a key, and keeps its notes.
    fn add(&mut self, slug: &str, read: Option<FeatureDocument>, mut notes: Vec<String>) {
        match (slug.parse::<FeatureKey>(), read) {
            (Ok(key), Some(feature)) => {
                let features = &mut self.document.features;
                features.insert(key, feature);
                let defined = u32::try_from(features.len()).unwrap_or(u32::MAX);
                let cap = &mut self.document.settings.max_features;
                *cap = defined.max(*cap);
            }
            (Err(refused), _) => {
                notes = vec![format!("left out, its slug is not a key: {refused}")]
            }
            (Ok(_), None) => {}
        }
        self.notes.extend(notes.into_iter().map(|what| Note {
            slug: slug.to_owned(),
            what,
        }));
    }
}

/// Which identifiers a list can hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Accepted {
    /// Whatever a question here can name: version 1 compares users and organizations with a
    /// context's `userId` and `organizationId`, whatever they are.
    Nameable,
    /// What the SDKs accept in a context, `[A-Za-z0-9._:-]{1,255}` and not `.` or `..`: anything
    /// else can stand in a list, but never match.
    Valid,
}

impl Accepted {
    fn read(self, text: &str) -> Option<Id> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-');
        match self {
            Self::Valid if !text.bytes().all(plain) => None,
            _ => text.parse().ok(),
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Nameable => "no question here can name it",
            Self::Valid => "WorkOS never matches it",
        }
    }
}

/// The members of a list, and one note about all that cannot be in it.
pub(super) fn members<'a>(
    ids: impl IntoIterator<Item = &'a str>,
    accepted: Accepted,
    noun: &str,
    notes: &mut Vec<String>,
) -> Members {
    let mut members = Members::new();
    let mut refused: Vec<&str> = Vec::new();
    for text in ids {
        match accepted.read(text) {
            Some(id) => drop(members.insert(id)),
            None => refused.push(text),
        }
    }
    if let Some(first) = refused.first() {
        notes.push(format!(
            "{} left out, the first is {:?}: {}",
            counted(refused.len(), &format!("{noun} identifier")),
            cut(first),
            accepted.reason(),
        ));
    }
    members
}

/// Reads a target type. The words of our own that stand for another type (`org`) are refused: a
/// custom type of that name must not become `organization`.
pub(super) fn target_type(text: &str) -> Result<TargetType, &'static str> {
    let read: TargetType = text.parse().map_err(|_| "WorkOS never matches it")?;
    if read.as_str() == text {
        Ok(read)
    } else {
        Err("here it is short for another type")
    }
}

/// A text from outside as a name: what is beyond a name's length is cut off, visibly.
pub(super) fn name(text: &str) -> Name {
    Name::new(&cut(text)).unwrap_or_default()
}

fn cut(text: &str) -> String {
    const KEPT: usize = 200;
    match text.char_indices().nth(KEPT) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn notes(value: &Value) -> Vec<String> {
        let payload = read(value).unwrap();
        payload.notes.iter().map(ToString::to_string).collect()
    }

    fn flag1(targets: &Value) -> Value {
        json!({"slug": "f", "enabled": true, "default_value": false, "targets": targets})
    }

    fn flag2(rules: &Value) -> Value {
        json!({"version": 2, "flags": {"f": {
            "slug": "f", "enabled": true, "default_value": false, "off_value": false,
            "rules": rules,
        }}})
    }

    #[test]
    fn a_payload_is_told_from_a_document_of_ours_and_from_anything_else() {
        let flag = flag1(&json!({"users": [], "organizations": []}));
        for payload in [
            json!({"beta": flag}),
            json!({"version": flag, "flags": flag, "format": flag}),
            json!({"beta": null, "other": flag}),
            json!({"version": 2, "flags": {}}),
            json!({"version": 3, "flags": {}}),
        ] {
            assert!(looks_like_payload(&payload), "{payload}");
        }
        let ours = serde_json::to_value(Document::empty()).unwrap();
        for other in [
            ours.clone(),
            json!({"format": "flags.catalog/2", "features": {"beta": flag}, "beta": flag}),
            json!({}),
            json!([flag]),
            json!({"message": "Unauthorized", "code": "unauthorized"}),
            json!({"version": 2}),
        ] {
            assert!(!looks_like_payload(&other), "{other}");
        }
        assert_eq!(read(&ours), Err(PayloadError::NotAPayload));
    }

    #[test]
    fn what_is_no_payload_is_refused_whole() {
        for other in [json!([]), json!({"message": "no", "code": "no"}), json!(2)] {
            assert_eq!(read(&other), Err(PayloadError::NotAPayload), "{other}");
        }
        for version in [json!(3), json!("2"), json!(2.0), json!(true), json!(null)] {
            let other = json!({"version": version, "flags": {}});
            assert_eq!(
                read(&other),
                Err(PayloadError::Version(version.to_string()))
            );
        }
        assert!(matches!(parse("{"), Err(PayloadError::NotJson(_))));
        assert_eq!(parse("{}").map(|payload| payload.notes), Ok(Vec::new()));
    }

    #[test]
    fn a_malformed_version_2_payload_is_refused_where_workos_refuses_it_and_names_the_place() {
        let one_of = json!({"target_type": "user", "operator": "one_of"});
        for (payload, at) in [
            (json!({"version": 2}), "flags"),
            (json!({"version": 2, "flags": {"f": []}}), r#"flags["f"]"#),
            (
                json!({"version": 2, "flags": {"f": {"enabled": true, "rules": []}}}),
                r#"flags["f"].slug"#,
            ),
            (flag2(&json!({})), r#"flags["f"].rules"#),
            (
                flag2(&json!([{"id": "", "kind": "x"}])),
                r#"flags["f"].rules[0].id"#,
            ),
            (
                flag2(&json!([{"id": "r", "kind": "conditions", "conditions": [one_of]}])),
                r#"flags["f"].rules[0].conditions[0].values"#,
            ),
        ] {
            let refused = read(&payload);
            assert!(
                matches!(&refused, Err(PayloadError::Malformed { at: found, .. }) if found == at),
                "{refused:?}"
            );
        }
    }

    #[test]
    fn what_is_unknown_is_noted_and_fails_nothing() {
        let condition = json!({"target_type": "user", "operator": "one_of", "values": ["u", 5]});
        let payload = flag2(&json!([
            {"id": "r1", "kind": "rollout", "value": true, "conditions": 5},
            {"id": "r2", "kind": "conditions", "value": "blue", "conditions": [condition]},
            {"id": "r3", "kind": "conditions", "value": true, "conditions": [
                {"operator": "starts_with", "values": 5},
                {"operator": "one_of", "values": []},
                {"operator": "one_of", "target_type": "org", "values": ["o"]},
            ]},
            {"id": "r4", "kind": "conditions", "value": true},
        ]));
        let found = notes(&payload);
        for (note, part) in found.iter().zip([
            "rule \"r1\" asks for what cannot be judged here, and never matches: kind \"rollout\"",
            "the value of the rule \"r2\" is not a boolean",
            "rule \"r2\": 1 value passed over for not being text",
            "operator \"starts_with\"",
            "a condition without target type",
            "target type \"org\" (here it is short for another type)",
            "rule \"r4\" has no conditions",
        ]) {
            assert!(note.contains(part), "{note} lacks {part}");
        }
        assert_eq!(found.len(), 7, "{found:#?}");
    }

    #[test]
    fn what_has_no_room_here_is_left_out_and_noted() {
        let flag = flag1(&json!({
            "users": [{"id": "u 1", "enabled": true}, {"id": "u1", "enabled": true}, 5],
            "organizations": [{"id": "o1", "enabled": false}],
            "custom_targets": [
                {"type": "workspace", "id": "a/b", "enabled": true},
                {"type": "user", "id": "u2", "enabled": true},
            ],
        }));
        let payload = json!({"Beta": flag, "beta": flag, "none": null});
        let read = read(&payload).unwrap();
        let kept: Vec<&str> = read.document.features.keys().map(|k| k.as_str()).collect();
        assert_eq!(kept, ["beta"]);
        let found = notes(&payload);
        for (note, part) in found.iter().zip([
            "flag \"Beta\": left out, its slug is not a key",
            "flag \"beta\": 1 target in targets.users without an identifier",
            "1 user identifier left out, the first is \"u 1\"",
            "1 target in targets.organizations not enabled",
            "1 custom target of type \"user\" left out",
            "1 workspace identifier left out, the first is \"a/b\": WorkOS never matches it",
            "flag \"none\": left out, it is null instead of an object",
        ]) {
            assert!(note.contains(part), "{note} lacks {part}");
        }
        assert_eq!(found.len(), 7, "{found:#?}");
    }

    #[test]
    fn any_number_of_flags_fits() {
        let flags = (0..60).map(|n| (format!("f{n}"), flag1(&json!({}))));
        let read = read(&Value::Object(flags.collect())).unwrap();
        assert_eq!(read.document.settings.max_features, 60);
    }
}
