//! The keys that the server signs tokens with, and what others check them by.
//!
//! The first key signs. All are published, so that keys can be changed: first the new one is
//! published behind the old, then it signs, and once the last token of the old one has expired that
//! one is taken away. They are read again when the operator says so, without an end to the server.

mod certificate;

use std::error::Error;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Value, json};
use thiserror::Error;

use super::app::Shared;
use crate::token::keys::{Key, KeyError};
use crate::token::{Algorithm, Dialect, RsaSigner};

/// How long a verifier may keep the keys, in seconds: so long before it signs, a new key has to be
/// published.
const KEEP: u32 = 300;

/// Reads the keys from where they are.
pub type Loader = Box<dyn Fn() -> Result<Vec<Key>, Box<dyn Error + Send + Sync>> + Send + Sync>;

/// Why keys are not taken.
#[derive(Debug, Error)]
pub enum SigningError {
    /// They cannot be read.
    #[error("{0}")]
    Unreadable(Box<dyn Error + Send + Sync>),
    /// One of them is no key for this.
    #[error("tokens are signed with RS256, and the key in place {place} is not for that: {cause}")]
    Unfit {
        /// From 1.
        place: usize,
        /// Why.
        cause: KeyError,
    },
    /// Two of them could not be told apart.
    #[error("two keys have the same id (kid) {0:?}")]
    Twice(String),
}

/// The keys, which may be exchanged under way.
pub struct Signing {
    /// The `iss` of tokens.
    pub issuer: String,
    load: Loader,
    keys: RwLock<Arc<Ring>>,
}

/// The keys of one moment.
pub struct Ring {
    /// Signs tokens; `None` where there is no key.
    pub signer: Option<RsaSigner>,
    published: Bytes,
    certified: Bytes,
}

impl Signing {
    /// Keys as `load` reads them, now and whenever they are [read again](Self::reread). `issuer` is
    /// Astapa's if not said.
    ///
    /// # Errors
    ///
    /// Why they are not taken.
    pub fn new(issuer: Option<String>, load: Loader) -> Result<Self, SigningError> {
        let keys = RwLock::new(Arc::new(Ring::read(&load)?));
        let usual = || Dialect::Astapa.issuer().unwrap_or_default().to_owned();
        Ok(Self {
            issuer: issuer.unwrap_or_else(usual),
            load,
            keys,
        })
    }

    /// No key: nothing is signed.
    pub fn none() -> Self {
        Self {
            issuer: String::new(),
            load: Box::new(|| Ok(Vec::new())),
            keys: RwLock::new(Arc::new(Ring::empty())),
        }
    }

    /// The keys that count now.
    pub fn ring(&self) -> Arc<Ring> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&keys)
    }

    /// Reads the keys again. Those that are there stay if the new ones are not taken.
    ///
    /// # Errors
    ///
    /// As with [`Signing::new`].
    pub fn reread(&self) -> Result<(), SigningError> {
        let read = Arc::new(Ring::read(&self.load)?);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }
}

impl fmt::Debug for Signing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signing")
    }
}

impl Ring {
    fn empty() -> Self {
        Self {
            signer: None,
            published: document(&[]),
            certified: document(&[]),
        }
    }

    fn read(load: &Loader) -> Result<Self, SigningError> {
        let keys = load().map_err(SigningError::Unreadable)?;
        let mut published: Vec<Value> = Vec::new();
        let mut signer = None;
        for (index, key) in keys.iter().enumerate() {
            let place = index + 1;
            let unfit = |cause| SigningError::Unfit { place, cause };
            if index == 0 {
                signer = Some(RsaSigner::new(key).map_err(unfit)?);
            }
            key.permits(Algorithm::Rs256, false).map_err(unfit)?;
            let mut jwk = key.public_jwk().map_err(unfit)?;
            jwk["alg"] = json!(Algorithm::Rs256.name());
            if published.iter().any(|other| other["kid"] == jwk["kid"]) {
                let id = jwk["kid"].as_str().unwrap_or_default();
                return Err(SigningError::Twice(id.to_owned()));
            }
            published.push(jwk);
        }
        let certified = signer.as_ref();
        let certified = certified.map(|signer| certificate::certified(&published, signer));
        Ok(Self {
            certified: document(&certified.unwrap_or_default()),
            signer,
            published: document(&published),
        })
    }
}

fn document(keys: &[Value]) -> Bytes {
    Bytes::from(json!({ "keys": keys }).to_string())
}

/// Answers with the public halves as a JWKS (RFC 7517 §5), whoever asks; there may be none.
pub async fn jwks(State(app): State<Shared>) -> Response {
    kept(app.signing.ring().published.clone())
}

/// The same as WorkOS publishes its keys, each with a certificate.
pub fn certified(app: &Shared) -> Response {
    kept(app.signing.ring().certified.clone())
}

fn kept(document: Bytes) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/json".to_owned()),
        (CACHE_CONTROL, format!("public, max-age={KEEP}")),
    ];
    (headers, document).into_response()
}
