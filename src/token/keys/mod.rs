//! Keys: what a token's signature is checked with, or made with.
//!
//! A key decides which algorithms it may be used for; a token's header is only compared with that.
//! So the oldest attack on tokens, naming HMAC in the header and using the published RSA key as
//! the secret, has nothing to work on: what is read from a PEM block, a certificate, a JWK or an
//! OpenSSH line never becomes a secret.
//!
//! Every form is brought into one of four materials: a shared secret, RSA, an elliptic curve,
//! Ed25519. Private halves are kept as PKCS#8, wiped when dropped, and shown by no `Debug`.
//!
//! | file | holds |
//! | --- | --- |
//! | `read` | which form a file has |
//! | `pem` | PEM and DER: PKCS#1, PKCS#8, SEC 1, SPKI, certificates |
//! | `jwk` | JWK and JWKS (RFC 7517) |
//! | `ssh` | OpenSSH public keys (RFC 4253 §6.6) |
//! | `private` | private halves: made and read |
//! | `public` | public halves, for those who verify |
//! | `set` | several keys, and which one a token means |
//! | `weak` | RSA keys that are no protection |
//! | `error` | why a key cannot be used |

mod error;
mod jwk;
mod pem;
mod private;
mod public;
mod read;
mod set;
mod ssh;
mod weak;

use std::fmt;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256K1_SHA256_FIXED, ECDSA_P384_SHA384_FIXED,
    ECDSA_P521_SHA512_FIXED, ED25519, EcdsaVerificationAlgorithm, UnparsedPublicKey,
};
use zeroize::Zeroizing;

use super::algorithm::{Algorithm, Curve, Family};

pub use error::KeyError;
pub(super) use private::ecdsa_signing;
pub use private::{NewKey, RsaSize, new_secret};
pub use read::{MAX_KEY_BYTES, SecretEncoding, read, secret};
pub use set::{Chosen, KeySet};

/// One key, usable: its numbers have been checked.
pub struct Key {
    pub(super) material: Material,
    private: Option<Private>,
    id: Option<String>,
    only: Only,
    refused: Refused,
    certified: Option<Lifetime>,
}

/// From when until when a certificate vouches for its key, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// The first moment.
    pub begins: i64,
    /// The last.
    pub ends: i64,
}

/// A private half as PKCS#8 (RFC 5208) in DER.
pub(super) type Private = Zeroizing<Vec<u8>>;

/// What a signature is checked with.
pub(super) enum Material {
    Secret(Zeroizing<Vec<u8>>),
    /// Big-endian, without leading zeros.
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    /// A point as SEC 1 §2.3.3 writes it.
    Ec {
        curve: Curve,
        point: Vec<u8>,
    },
    Ed25519(Vec<u8>),
}

/// What the key itself says it is for, beyond its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Only {
    #[default]
    Anything,
    /// A JWK's `alg`.
    One(Algorithm),
    /// An RSA key marked for PSS (RFC 4055 §1.2).
    Pss,
}

/// The uses that a JWK's `use` and `key_ops` rule out, by the member that does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Refused {
    verifying: Option<&'static str>,
    signing: Option<&'static str>,
}

impl Key {
    fn new(material: Material) -> Result<Self, KeyError> {
        material.check()?;
        Ok(Self {
            material,
            private: None,
            id: None,
            only: Only::Anything,
            refused: Refused::default(),
            certified: None,
        })
    }

    /// The kind of key.
    #[must_use]
    pub fn family(&self) -> Family {
        match &self.material {
            Material::Secret(_) => Family::Secret,
            Material::Rsa { .. } => Family::Rsa,
            Material::Ec { curve, .. } => Family::Ec(*curve),
            Material::Ed25519(_) => Family::Ed25519,
        }
    }

    /// The key's own id (`kid`), where it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The lifetime of the certificate it came from.
    #[must_use]
    pub const fn certified(&self) -> Option<Lifetime> {
        self.certified
    }

    /// Whether it can sign as well as verify.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.private.is_some()
    }

    /// Whether the key may verify a signature of this algorithm.
    ///
    /// # Errors
    /// [`KeyError`] when it is of another kind, for something else, or too short for it.
    pub fn permits(&self, algorithm: Algorithm, allow_weak: bool) -> Result<(), KeyError> {
        if let Some(member) = self.refused.verifying {
            return Err(KeyError::OtherUse {
                wanted: "verifying signatures",
                member,
            });
        }
        self.fits(algorithm, allow_weak)
    }

    /// Whether the key may make a signature of this algorithm.
    ///
    /// # Errors
    /// As [`Key::permits`], and [`KeyError::PublicOnly`].
    pub fn may_sign(&self, algorithm: Algorithm, allow_weak: bool) -> Result<(), KeyError> {
        if let Some(member) = self.refused.signing {
            return Err(KeyError::OtherUse {
                wanted: "signing",
                member,
            });
        }
        self.fits(algorithm, allow_weak)?;
        if self.private.is_none() && self.family() != Family::Secret {
            return Err(KeyError::PublicOnly(self.family()));
        }
        Ok(())
    }

    fn fits(&self, algorithm: Algorithm, allow_weak: bool) -> Result<(), KeyError> {
        if algorithm.family() != self.family() {
            return Err(KeyError::WrongFamily {
                algorithm,
                needed: algorithm.family(),
                came: self.family(),
            });
        }
        let pss = matches!(
            algorithm,
            Algorithm::Ps256 | Algorithm::Ps384 | Algorithm::Ps512
        );
        match self.only {
            Only::One(pinned) if pinned != algorithm => Err(KeyError::WrongAlgorithm {
                algorithm,
                pinned: pinned.to_string(),
            }),
            Only::Pss if !pss => Err(KeyError::WrongAlgorithm {
                algorithm,
                pinned: "PS256, PS384 and PS512".to_owned(),
            }),
            _ => self.long_enough(algorithm, allow_weak),
        }
    }

    fn long_enough(&self, algorithm: Algorithm, allow_weak: bool) -> Result<(), KeyError> {
        let needed = algorithm.shortest_secret();
        match &self.material {
            Material::Secret(secret) if secret.len() < needed && !allow_weak => {
                Err(KeyError::ShortSecret {
                    algorithm,
                    bytes: secret.len(),
                    needed,
                })
            }
            _ => Ok(()),
        }
    }

    /// The algorithm it signs with when none is asked for.
    pub(super) fn usual_algorithm(&self) -> Algorithm {
        match (&self.only, self.family()) {
            (Only::One(algorithm), _) => *algorithm,
            (Only::Pss, _) => Algorithm::Ps256,
            (Only::Anything, Family::Secret) => Algorithm::Hs256,
            (Only::Anything, Family::Rsa) => Algorithm::Rs256,
            (Only::Anything, Family::Ec(curve)) => curve.algorithm(),
            (Only::Anything, Family::Ed25519) => Algorithm::EdDsa,
        }
    }

    /// Whether the secret ends in a line break, as `echo` writes one: it counts as part of it.
    #[must_use]
    pub fn ends_in_line_break(&self) -> bool {
        matches!(&self.material, Material::Secret(secret) if secret.ends_with(b"\n"))
    }
}

/// The kind and id alone: a derived one would print secrets.
impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Key")
            .field("family", &self.family())
            .field("id", &self.id)
            .field("only", &self.only)
            .field("private", &self.is_private())
            .finish_non_exhaustive()
    }
}

impl Material {
    /// Refuses what could be read and must not be used.
    fn check(&self) -> Result<(), KeyError> {
        match self {
            Self::Secret(secret) if secret.is_empty() => Err(KeyError::Empty),
            Self::Secret(_) => Ok(()),
            Self::Rsa { modulus, exponent } => weak::judge(modulus, exponent),
            Self::Ec { curve, point } => UnparsedPublicKey::new(ecdsa(*curve), point)
                .parse()
                .map(drop)
                .map_err(|_| KeyError::NotOnCurve(curve.name())),
            Self::Ed25519(point) => UnparsedPublicKey::new(&ED25519, point)
                .parse()
                .map(drop)
                .map_err(|_| KeyError::NotOnCurve("Ed25519")),
        }
    }
}

/// The library's name for the curve's algorithm, with signatures as tokens carry them: the two
/// numbers side by side (RFC 7518 §3.4).
pub(super) fn ecdsa(curve: Curve) -> &'static EcdsaVerificationAlgorithm {
    match curve {
        Curve::P256 => &ECDSA_P256_SHA256_FIXED,
        Curve::P384 => &ECDSA_P384_SHA384_FIXED,
        Curve::P521 => &ECDSA_P521_SHA512_FIXED,
        Curve::Secp256k1 => &ECDSA_P256K1_SHA256_FIXED,
    }
}
