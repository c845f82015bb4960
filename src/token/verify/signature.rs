//! A key made ready to check signatures of one algorithm.
//!
//! The `jsonwebtoken` crate does those of shared secrets. A public key it takes apart anew at every
//! signature, which costs a sixth of checking an RSA one and a thirtieth of a P-256 one, and it has
//! neither P-521 nor secp256k1: there AWS-LC, on which it stands, is asked directly, with a key
//! parsed once.

use aws_lc_rs::signature::{
    ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents,
};
use jsonwebtoken::crypto::JwtVerifier;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::{Algorithm as Known, DecodingKey};

use crate::token::algorithm::Algorithm;
use crate::token::keys::{Key, Material, ecdsa};

pub enum Checker {
    Secret(Box<dyn JwtVerifier>),
    Public(ParsedPublicKey),
}

impl Checker {
    /// Readies a key that [permits](Key::permits) the algorithm; `None` if they do not fit.
    pub fn new(key: &Key, algorithm: Algorithm) -> Option<Self> {
        let parsed = match &key.material {
            Material::Secret(secret) => {
                let ready = DecodingKey::from_secret(secret);
                let verifier = (DEFAULT_PROVIDER.verifier_factory)(&known(algorithm)?, &ready);
                return verifier.ok().map(Self::Secret);
            }
            Material::Rsa { modulus, exponent } => {
                let (n, e) = (modulus, exponent);
                RsaPublicKeyComponents { n, e }.to_parsed_public_key(rsa(algorithm)?)
            }
            Material::Ec { curve, point } => ParsedPublicKey::new(ecdsa(*curve), point),
            Material::Ed25519(point) => ParsedPublicKey::new(&ED25519, point),
        };
        parsed.ok().map(Self::Public)
    }

    /// Whether the signature is the key's, over exactly these bytes.
    pub fn holds(&self, signed: &[u8], signature: &Vec<u8>) -> bool {
        match self {
            Self::Secret(verifier) => verifier.verify(signed, signature).is_ok(),
            Self::Public(key) => key.verify_sig(signed, signature).is_ok(),
        }
    }
}

const fn rsa(algorithm: Algorithm) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        Algorithm::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
        Algorithm::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
        Algorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
        Algorithm::Ps384 => &RSA_PSS_2048_8192_SHA384,
        Algorithm::Ps512 => &RSA_PSS_2048_8192_SHA512,
        _ => return None,
    })
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
