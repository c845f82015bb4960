//! A key made ready to check signatures of one algorithm.
//!
//! The `jsonwebtoken` crate does them, on AWS-LC. It has neither P-521 nor secp256k1: there
//! AWS-LC is asked directly. Readying a key once is what makes the second token cheap.

use aws_lc_rs::signature::ParsedPublicKey;
use jsonwebtoken::crypto::JwtVerifier;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::{Algorithm as Known, DecodingKey};

use crate::token::algorithm::Algorithm;
use crate::token::keys::{Key, Material, ecdsa};

pub enum Checker {
    Library(Box<dyn JwtVerifier>),
    Curve(ParsedPublicKey),
}

impl Checker {
    /// Readies a key that [permits](Key::permits) the algorithm; `None` if they do not fit.
    pub fn new(key: &Key, algorithm: Algorithm) -> Option<Self> {
        let Some(known) = known(algorithm) else {
            let Material::Ec { curve, point } = &key.material else {
                return None;
            };
            return ParsedPublicKey::new(ecdsa(*curve), point)
                .ok()
                .map(Self::Curve);
        };
        let ready = match &key.material {
            Material::Secret(secret) => DecodingKey::from_secret(secret),
            Material::Rsa { modulus, exponent } => {
                DecodingKey::from_rsa_raw_components(modulus, exponent)
            }
            Material::Ec { point, .. } => DecodingKey::from_ec_der(point),
            Material::Ed25519(point) => DecodingKey::from_ed_der(point),
        };
        let verifier = (DEFAULT_PROVIDER.verifier_factory)(&known, &ready);
        verifier.ok().map(Self::Library)
    }

    /// Whether the signature is the key's, over exactly these bytes.
    #[expect(clippy::ptr_arg, reason = "the library's trait takes a Vec")]
    pub fn holds(&self, signed: &[u8], signature: &Vec<u8>) -> bool {
        match self {
            Self::Library(verifier) => verifier.verify(signed, signature).is_ok(),
            Self::Curve(key) => key.verify_sig(signed, signature).is_ok(),
        }
    }
}

/// The library's name for an algorithm, where it has one.
pub const fn known(algorithm: Algorithm) -> Option<Known> {
    Some(match algorithm {
        Algorithm::Hs256 => Known::HS256,
        Algorithm::Hs384 => Known::HS384,
        Algorithm::Hs512 => Known::HS512,
        Algorithm::Rs256 => Known::RS256,
        Algorithm::Rs384 => Known::RS384,
        Algorithm::Rs512 => Known::RS512,
        Algorithm::Ps256 => Known::PS256,
        Algorithm::Ps384 => Known::PS384,
        Algorithm::Ps512 => Known::PS512,
        Algorithm::Es256 => Known::ES256,
        Algorithm::Es384 => Known::ES384,
        Algorithm::EdDsa => Known::EdDSA,
        Algorithm::Es512 | Algorithm::Es256k => return None,
    })
}
