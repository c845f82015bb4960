//! What is kept beside the project: a server's keys, where it reports to, and which requests it has
//! carried out.
//!
//! None of it is part of an answer about features. So it is in no revision and no history, `undo`
//! does not take it back and no export carries it along; but it lives in the same store, since it
//! has to be as durable, and a request has to be noted in the transaction that carries it out.

use aws_lc_rs::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::domain::catalog::Revision;
use crate::domain::hex::hex;

/// The kinds of record. A record's name is unique within its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Who may use a server.
    Key,
    /// A user's login at a server, which can be renewed.
    Login,
    /// What an application has noted about a user, for its tokens.
    Claims,
    /// Where changes are reported to.
    Destination,
    /// How far a destination has been told of changes, and what did not arrive.
    Delivery,
    /// A request that was carried out, by its [`RequestName`].
    Request,
}

impl RecordKind {
    /// The kind as stores write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Login => "login",
            Self::Claims => "claims",
            Self::Destination => "destination",
            Self::Delivery => "delivery",
            Self::Request => "request",
        }
    }
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Key,
        Self::Login,
        Self::Claims,
        Self::Destination,
        Self::Delivery,
        Self::Request,
    ];
}

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It stays as it is, or stays away.
    AsItWas,
    /// This takes its place.
    Now(String),
    /// It goes.
    Gone,
}

/// Decides from a record, if there is one, what becomes of it. It may be called again if the store
/// has to start over.
pub type Amend<'a> = dyn FnMut(Option<&str>) -> Kept + 'a;

/// What a store keeps beside the project.
pub trait Records {
    /// One record.
    fn record(&self, kind: RecordKind, name: &str) -> Result<Option<String>, StoreError>;

    /// All records of a kind, each with its name before it, in the order of the names.
    fn records(&self, kind: RecordKind) -> Result<Vec<(String, String)>, StoreError>;

    /// Alters a record in a transaction of its own: nobody else alters it between the look and the
    /// decision. On return it survives a power cut.
    fn amend(&self, kind: RecordKind, name: &str, amend: &mut Amend<'_>) -> Result<(), StoreError>;
}

/// What a request is known by: who asks, and the key that they gave it. Only a hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestName(String);

impl RequestName {
    /// Names the request that `caller` calls `key`.
    pub fn new(caller: &str, key: &str) -> Self {
        Self(hash(&[caller.as_bytes(), key.as_bytes()]))
    }

    /// The name of a request that somebody else has named; `None` where it is no hash.
    pub fn known(hash: &str) -> Option<Self> {
        is_hash(hash).then(|| Self(hash.to_owned()))
    }

    /// The name as text, by which its record is found.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A request that may come again, and is then not to be carried out again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which one.
    pub name: RequestName,
    /// A hash of what it asks for: under one name nothing else may be asked.
    pub fingerprint: String,
}

impl Request {
    /// A request that somebody else has named; `None` where one of the two is no hash.
    pub fn known(name: &str, fingerprint: &str) -> Option<Self> {
        let name = RequestName::known(name)?;
        is_hash(fingerprint).then(|| Self {
            name,
            fingerprint: fingerprint.to_owned(),
        })
    }

    /// The request that asks for `parts`, such as a method, a path and a body.
    pub fn new(name: RequestName, parts: &[&[u8]]) -> Self {
        let fingerprint = hash(parts);
        Self { name, fingerprint }
    }

    /// What is noted of it with the write that carried it out.
    pub fn done(&self, at: i64, revision: Revision) -> Done {
        Done {
            fingerprint: self.fingerprint.clone(),
            at,
            revision,
            answer: None,
        }
    }
}

/// A request that was carried out: the body of its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// That of the request.
    pub fingerprint: String,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// The revision that it made.
    pub revision: Revision,
    /// What was answered, where the history does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

impl Done {
    /// Reads the body of a record; `None` if it is none.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// The body of its record.
    pub fn write(&self) -> String {
        // Texts and numbers always have a form.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Whether a text can be what [`hash`] gives.
fn is_hash(text: &str) -> bool {
    let digits = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(digits)
}

/// SHA-256 over the lengths and bytes of the parts, as hexadecimal digits.
fn hash(parts: &[&[u8]]) -> String {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    hex(context.finish().as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_known_by_two_hashes_and_by_nothing_else() {
        let hash = "0f".repeat(32);
        assert!(Request::known(&hash, &hash).is_some());
        for other in ["", "0f", &"0F".repeat(32), &"0g".repeat(32)] {
            assert_eq!(Request::known(&hash, other), None, "{other}");
            assert_eq!(Request::known(other, &hash), None, "{other}");
        }
    }
}
