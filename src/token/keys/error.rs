//! Why a key cannot be used, in a sentence that says what was expected and what came.
//!
//! Keys get mixed up: the private half where the public one belongs, a certificate request for a
//! certificate, the token itself. Each such case has a variant, because "invalid key" sends people
//! looking in the wrong place. No message repeats anything of the key.

use thiserror::Error;

use crate::token::algorithm::{Algorithm, Family};
use crate::token::strict_json::JsonError;

/// Why a key cannot be read or must not be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// No bytes, or an empty `k`.
    #[error("the key is empty: a secret of no bytes protects nothing")]
    Empty,
    /// More than [`MAX_KEY_BYTES`](super::MAX_KEY_BYTES).
    #[error("this has {bytes} bytes: expected a key or key set of at most {most}")]
    TooLarge {
        /// The length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// The text between the PEM markers cannot be read.
    #[error("this begins like PEM, but {0}")]
    Pem(&'static str),
    /// A PEM block, or another file, of a kind that holds no key for signatures.
    #[error("expected {expected}, this is {came}; {help}")]
    WrongPlace {
        /// What belongs there.
        expected: &'static str,
        /// What was given, with its article.
        came: &'static str,
        /// What to do.
        help: &'static str,
    },
    /// The bytes inside are not of the structure their label promises.
    #[error("{what} cannot be read: the file is damaged or cut off")]
    Damaged {
        /// What it was to be, with its article.
        what: &'static str,
    },
    /// A key of a kind that signs no tokens here.
    #[error(
        "this is {came}, which cannot be used for tokens here: expected a shared secret, RSA, EC (P-256, P-384, P-521, secp256k1) or Ed25519"
    )]
    Unsupported {
        /// What it is, with its article.
        came: String,
    },
    /// A JWK or JWKS that is not strict JSON.
    #[error("this begins like a JWK, but it is not acceptable JSON: {0}")]
    Json(JsonError),
    /// A member of a JWK is missing or wrong.
    #[error("the JWK's `{member}` {problem}")]
    Jwk {
        /// Which one.
        member: &'static str,
        /// What is wrong with it, to follow its name.
        problem: String,
    },
    /// A key set without keys.
    #[error("the key set has no keys")]
    NoKeys,
    /// A key set where one key is to be used.
    #[error("expected one key, this is a set of several: keep the one that is meant")]
    Several,
    /// The EC or Ed25519 public key is no point of its curve.
    #[error("the key is no point on {0}: it was altered, or is for another curve")]
    NotOnCurve(&'static str),
    /// Too small an RSA modulus (RFC 7518 §3.3).
    #[error("the RSA key has {0} bits: tokens need at least 2048 (RFC 7518 §3.3)")]
    WeakRsa(usize),
    /// So large that checking one signature would be an attack on the verifier.
    #[error("the RSA key has {0} bits: at most 8192 are taken")]
    LargeRsa(usize),
    /// An RSA exponent that makes signatures forgeable or is no exponent.
    #[error("the RSA key's public exponent is unusable: it must be odd and at least 3")]
    Exponent,
    /// A modulus with the fingerprint of CVE-2017-15361.
    #[error(
        "the RSA key was made by a flawed generator (ROCA, CVE-2017-15361): its private half can be computed from it"
    )]
    Roca,
    /// A secret shorter than the algorithm's hash (RFC 7518 §3.2).
    #[error(
        "the secret has {bytes} bytes: {algorithm} needs at least {needed} (RFC 7518 §3.2); --allow-weak-key takes it nevertheless"
    )]
    ShortSecret {
        /// The algorithm that was to be used.
        algorithm: Algorithm,
        /// How long it is.
        bytes: usize,
        /// How long it must be.
        needed: usize,
    },
    /// The header's algorithm is for another kind of key.
    #[error("the token says {algorithm}, which needs {needed}; the key is {came}")]
    WrongFamily {
        /// What the header names.
        algorithm: Algorithm,
        /// The kind it belongs to.
        needed: Family,
        /// The kind the key has.
        came: Family,
    },
    /// The key is for one algorithm, and it is another.
    #[error("the token says {algorithm}, the key is for {pinned} only")]
    WrongAlgorithm {
        /// What the header names.
        algorithm: Algorithm,
        /// What the key is for.
        pinned: String,
    },
    /// `use` or `key_ops` of a JWK say that it is for something else.
    #[error("the key is not for {wanted}: its `{member}` says so")]
    OtherUse {
        /// `verifying signatures` or `signing`.
        wanted: &'static str,
        /// `use` or `key_ops`.
        member: &'static str,
    },
    /// The public half, where the private one is needed.
    #[error(
        "expected a private key, this is the public half of {0}: signing needs the file it was made from"
    )]
    PublicOnly(Family),
    /// No key of the set has the token's `kid`.
    #[error("no key of the set has the token's key id (kid)")]
    UnknownId,
    /// The set has the token's `kid` more than once.
    #[error(
        "the key set has the token's key id (kid) more than once: which key is meant cannot be told"
    )]
    RepeatedId,
    /// Secrets and public keys in one set: what is published and what must not be are mixed up.
    #[error(
        "the key set mixes shared secrets with public keys: a set is published, a secret never"
    )]
    MixedSet,
    /// The token names no key, and none of the set is for its algorithm.
    #[error("the token names no key (kid), and no key of the set is for {0}")]
    NoneFits(Algorithm),
}
