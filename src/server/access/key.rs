//! Keys: how one is made, what is kept of it, and what it opens.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::domain::hex::hex;

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Ask what somebody gets.
    Evaluate,
    /// See everything: definitions, subjects, overrides, history. Covers `evaluate`.
    Read,
    /// Change everything. Covers `read`.
    Write,
    /// Look after the server itself. Covers all.
    Admin,
}

impl Scope {
    /// Whether whoever has this scope may do what needs the other.
    pub fn covers(self, wanted: Self) -> bool {
        self >= wanted
    }

    /// The name as it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Evaluate => "evaluate",
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why there is no such key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Not the name of a scope.
    #[error("{0:?} is not a scope: it is evaluate, read, write or admin")]
    Scope(String),
    /// Not a name that a key can have.
    #[error(
        "{0:?} is no name for a key: it has 1 to 64 letters, digits, dots, dashes, underscores or \
         @, and begins with a letter or a digit"
    )]
    Name(String),
    /// The system gave no random numbers.
    #[error("the system has no random numbers to make a key of")]
    NoRandomness,
}

impl FromStr for Scope {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        [Self::Evaluate, Self::Read, Self::Write, Self::Admin]
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| KeyError::Scope(text.to_owned()))
    }
}

/// The name of a key, which stands in the history and in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyName(String);

impl KeyName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyName {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let usual = |byte: u8| byte.is_ascii_alphanumeric() || b".-_@".contains(&byte);
        let fits = (1..=64).contains(&text.len()) && text.bytes().all(usual);
        match fits && text.as_bytes()[0].is_ascii_alphanumeric() {
            true => Ok(Self(text.to_owned())),
            false => Err(KeyError::Name(text.to_owned())),
        }
    }
}

/// A key's text, which is shown once and kept nowhere.
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub(in crate::server) fn new(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// The text itself: for the one place that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A new key: the text for its owner, the record for the store.
#[derive(Debug)]
pub struct NewKey {
    /// To be shown once.
    pub secret: Secret,
    /// To be kept.
    pub key: Key,
}

/// What is kept of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Its name, which is its record's.
    #[serde(skip)]
    pub name: String,
    /// SHA-256 of its text, as hexadecimal digits.
    pub hash: String,
    /// The id that is shown with it, if it is a client's secret and opens nothing by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Milliseconds since 1970, UTC.
    pub created: i64,
    /// It opens nothing from this moment on; milliseconds since 1970, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<i64>,
    /// It opens nothing since this moment; milliseconds since 1970, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<i64>,
    /// When it was last used, give or take a minute; milliseconds since 1970, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<i64>,
}

impl Key {
    /// Makes a key of 256 random bits. Its text begins with `sk_`, as WorkOS's clients want it.
    ///
    /// # Errors
    ///
    /// [`KeyError::NoRandomness`].
    pub fn generate(name: &str, scopes: Vec<Scope>, now: i64) -> Result<NewKey, KeyError> {
        Ok(Self::of(text("sk_")?, name, scopes, now))
    }

    /// Makes a client: an id, which is no secret, and a secret of 256 random bits, which opens
    /// something together with the id alone.
    ///
    /// # Errors
    ///
    /// [`KeyError::NoRandomness`].
    pub fn generate_client(name: &str, scopes: Vec<Scope>, now: i64) -> Result<NewKey, KeyError> {
        let id = format!("client_{}", hex(&*random::<16>()?));
        let mut made = Self::of(text("secret_")?, name, scopes, now);
        made.key.client = Some(id);
        Ok(made)
    }

    fn of(text: Zeroizing<String>, name: &str, scopes: Vec<Scope>, now: i64) -> NewKey {
        let key = Self {
            name: name.to_owned(),
            hash: hash(&text),
            client: None,
            scopes,
            created: now,
            expires: None,
            revoked: None,
            used: None,
        };
        let secret = Secret(text);
        NewKey { secret, key }
    }

    /// Reads a record; `None` if it is not one of a key.
    pub fn read(name: &str, body: &str) -> Option<Self> {
        let mut key: Self = serde_json::from_str(body).ok()?;
        name.clone_into(&mut key.name);
        Some(key)
    }

    /// The body of its record.
    pub fn write(&self) -> String {
        // Texts and numbers always have a form.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// So many random bytes.
pub(in crate::server) fn random<const BYTES: usize>() -> Result<Zeroizing<[u8; BYTES]>, KeyError> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    aws_lc_rs::rand::fill(&mut *bytes).map_err(|_| KeyError::NoRandomness)?;
    Ok(bytes)
}

/// 256 random bits behind a word that says what they are.
fn text(lead: &str) -> Result<Zeroizing<String>, KeyError> {
    let bytes = random::<32>()?;
    Ok(Zeroizing::new(format!(
        "{lead}{}",
        URL_SAFE_NO_PAD.encode(*bytes)
    )))
}

/// What a key is found by: nothing can be learnt about it from how long a look-up by hash takes.
pub fn hash(text: &str) -> String {
    hex(&hashed(text))
}

/// A hash as it is, and not as it is written.
pub type Hashed = [u8; 32];

/// The same as bytes.
pub fn hashed(text: &str) -> Hashed {
    let mut hashed = Hashed::default();
    hashed.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    hashed
}
