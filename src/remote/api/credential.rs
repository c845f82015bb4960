//! What a server knows us by, and how it travels.

use reqwest::header::HeaderValue;
use serde_json::{Map, Value};

use crate::secret::Secret;

/// What a server knows us by.
#[derive(Debug, Clone, Default)]
pub enum Credential {
    /// Nothing: the server asks nobody who they are.
    #[default]
    None,
    /// A key in the header `Authorization` (RFC 6750 §2.1).
    Bearer(Secret),
    /// An identifier and a secret in the JSON document of each call that sends one.
    Body {
        /// Whose secret it is.
        client_id: String,
        /// The secret.
        client_secret: Secret,
    },
}

impl Credential {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The secret, if there is one.
    pub(super) fn secret(&self) -> Option<&Secret> {
        match self {
            Self::None => None,
            Self::Bearer(secret)
            | Self::Body {
                client_secret: secret,
                ..
            } => Some(secret),
        }
    }

    /// The header that carries it; an error for a key that no header can hold.
    pub(super) fn header(&self) -> Result<Option<HeaderValue>, NotSendable> {
        let Self::Bearer(secret) = self else {
            return Ok(None);
        };
        let text = zeroize::Zeroizing::new(format!("Bearer {}", secret.expose()));
        let mut value = HeaderValue::from_str(&text).map_err(|_| NotSendable)?;
        value.set_sensitive(true);
        Ok(Some(value))
    }

    /// The document with the credential in it, whatever else is there. What is no object stays as
    /// it is: there is no place in it.
    pub(super) fn in_body(&self, body: Option<&Value>) -> Option<Value> {
        let Self::Body {
            client_id,
            client_secret,
        } = self
        else {
            return body.cloned();
        };
        let members = match body {
            Some(Value::Object(members)) => members.clone(),
            Some(other) => return Some(other.clone()),
            None => Map::new(),
        };
        let mut whole = Map::new();
        whole.insert("client_id".to_owned(), client_id.as_str().into());
        whole.insert("client_secret".to_owned(), client_secret.expose().into());
        whole.extend(members);
        Some(Value::Object(whole))
    }
}

/// A key with characters in it that no header can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotSendable;
