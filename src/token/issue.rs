//! Minting tokens.
//!
//! `jsonwebtoken` makes the signatures of HMAC, P-256, P-384 and Ed25519 keys. For RSA it takes the
//! key apart anew at every signature, which costs more than the signature; there, and for P-521
//! and secp256k1, which it does not have, AWS-LC is asked directly. A key is made ready once.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    EcdsaKeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256,
    RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::JwtSigner;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use serde_json::{Map, Value, json};

use super::algorithm::{Algorithm, Family};
use super::keys::{Key, KeyError, Material, ecdsa_signing};
use super::verify::known;
use crate::domain::hex::hex;

/// A key made ready to mint tokens of one kind.
pub struct Signer {
    algorithm: Algorithm,
    key_id: Option<String>,
    lead: Lead,
    engine: Engine,
}

enum Engine {
    Library(Box<dyn JwtSigner>),
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
    Curve(EcdsaKeyPair),
}

/// An RSA key made ready to mint tokens of RS256, on any thread: [`Signer`] is for one, since the
/// library's engines are.
pub struct RsaSigner {
    lead: Lead,
    pair: RsaKeyPair,
}

/// The encoded header and the dot behind it: the same for every token.
struct Lead(String);

/// What a token's header shall say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeaderChoice {
    /// The algorithm; by default the key's own, RS256 for RSA, HS256 for a secret.
    pub algorithm: Option<Algorithm>,
    /// `kid`; by default the key's own, or its thumbprint.
    pub key_id: Option<String>,
    /// `typ`; by default `JWT`.
    pub token_type: Option<String>,
    /// Take a secret shorter than the algorithm's hash.
    pub allow_weak_key: bool,
}

impl Signer {
    /// Readies a key.
    ///
    /// # Errors
    /// [`KeyError`] when it has no private half or may not sign with the algorithm.
    pub fn new(key: &Key, choice: HeaderChoice) -> Result<Self, KeyError> {
        let algorithm = choice.algorithm.unwrap_or_else(|| key.usual_algorithm());
        key.may_sign(algorithm, choice.allow_weak_key)?;
        let key_id = match (choice.key_id, key.family()) {
            (Some(id), _) => Some(id),
            (None, Family::Secret) => key.id().map(str::to_owned),
            (None, _) => Some(key.id_or_thumbprint()?),
        };
        let token_type = choice.token_type.as_deref().unwrap_or("JWT");
        let lead = Lead::new(algorithm, key_id.as_deref(), token_type);
        Ok(Self {
            algorithm,
            key_id,
            lead,
            engine: Engine::new(key, algorithm)?,
        })
    }

    /// What it signs with.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The `kid` of its tokens.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    /// Mints a token with these claims, as they stand.
    ///
    /// # Errors
    /// [`KeyError::Damaged`] if the library makes no signature, which it does only without
    /// randomness.
    pub fn sign(&self, claims: &Map<String, Value>) -> Result<String, KeyError> {
        let sign = |message: &[u8]| self.engine.sign(message);
        self.lead.mint(claims, sign)
    }
}

impl RsaSigner {
    /// Readies a key. The header's `kid` is its own, or its thumbprint.
    ///
    /// # Errors
    /// As with [`Signer::new`]; a key that is not RSA fits no RS256.
    pub fn new(key: &Key) -> Result<Self, KeyError> {
        key.may_sign(Algorithm::Rs256, false)?;
        let id = key.id_or_thumbprint()?;
        let private = key.pkcs8().ok_or(KeyError::PublicOnly(key.family()))?;
        Ok(Self {
            lead: Lead::new(Algorithm::Rs256, Some(&id), "JWT"),
            pair: RsaKeyPair::from_pkcs8(private).map_err(|_| damaged())?,
        })
    }

    /// Mints a token with these claims, as they stand.
    ///
    /// # Errors
    /// As with [`Signer::sign`].
    pub fn sign(&self, claims: &Map<String, Value>) -> Result<String, KeyError> {
        self.lead.mint(claims, |message| self.sign_bytes(message))
    }

    /// The signature of any message, by PKCS#1 v1.5 with SHA-256: a certificate's.
    ///
    /// # Errors
    /// As with [`Signer::sign`].
    pub fn sign_bytes(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        sign_rsa(&self.pair, &RSA_PKCS1_SHA256, message)
    }
}

impl Lead {
    fn new(algorithm: Algorithm, key_id: Option<&str>, token_type: &str) -> Self {
        let mut header = json!({"alg": algorithm.name(), "typ": token_type});
        if let Some(id) = key_id {
            header["kid"] = json!(id);
        }
        let mut lead = URL_SAFE_NO_PAD.encode(header.to_string());
        lead.push('.');
        Self(lead)
    }

    fn mint(
        &self,
        claims: &Map<String, Value>,
        sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, KeyError>,
    ) -> Result<String, KeyError> {
        let payload = serde_json::to_vec(claims).map_err(|_| damaged())?;
        let mut token = String::with_capacity(self.0.len() + payload.len() * 4 / 3 + 700);
        token.push_str(&self.0);
        URL_SAFE_NO_PAD.encode_string(&payload, &mut token);
        let signature = sign(token.as_bytes())?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(&signature, &mut token);
        Ok(token)
    }
}

fn sign_rsa(
    pair: &RsaKeyPair,
    encoding: &'static dyn RsaEncoding,
    message: &[u8],
) -> Result<Vec<u8>, KeyError> {
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), message, &mut signature)
        .map(|()| signature)
        .map_err(|_| damaged())
}

const fn damaged() -> KeyError {
    KeyError::Damaged {
        what: "the private key",
    }
}

/// 128 random bits in hexadecimal, for a `jti` or `sid`.
///
/// # Errors
/// [`KeyError::Damaged`] without randomness.
pub fn random_id() -> Result<String, KeyError> {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| damaged())?;
    Ok(hex(&bytes))
}

impl Engine {
    fn new(key: &Key, algorithm: Algorithm) -> Result<Self, KeyError> {
        let private = || key.pkcs8().ok_or(KeyError::PublicOnly(key.family()));
        if let Some(encoding) = rsa(algorithm) {
            let pair = RsaKeyPair::from_pkcs8(private()?).map_err(|_| damaged())?;
            return Ok(Self::Rsa(pair, encoding));
        }
        let ready = match (&key.material, known(algorithm)) {
            (Material::Ec { curve, .. }, None) => {
                let pair = EcdsaKeyPair::from_pkcs8(ecdsa_signing(*curve), private()?);
                return pair.map(Self::Curve).map_err(|_| damaged());
            }
            (Material::Secret(secret), _) => EncodingKey::from_secret(secret),
            (Material::Ec { .. }, _) => EncodingKey::from_ec_der(private()?),
            (Material::Ed25519(_) | Material::Rsa { .. }, _) => {
                EncodingKey::from_ed_der(private()?)
            }
        };
        let known = known(algorithm).ok_or_else(damaged)?;
        let signer = (DEFAULT_PROVIDER.signer_factory)(&known, &ready);
        signer.map(Self::Library).map_err(|_| damaged())
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        match self {
            Self::Library(signer) => signer.try_sign(message).map_err(|_| damaged()),
            Self::Rsa(pair, encoding) => sign_rsa(pair, *encoding, message),
            Self::Curve(pair) => {
                let signature = pair
                    .sign(&SystemRandom::new(), message)
                    .map_err(|_| damaged())?;
                Ok(signature.as_ref().to_vec())
            }
        }
    }
}

fn rsa(algorithm: Algorithm) -> Option<&'static dyn RsaEncoding> {
    Some(match algorithm {
        Algorithm::Rs256 => &RSA_PKCS1_SHA256,
        Algorithm::Rs384 => &RSA_PKCS1_SHA384,
        Algorithm::Rs512 => &RSA_PKCS1_SHA512,
        Algorithm::Ps256 => &RSA_PSS_SHA256,
        Algorithm::Ps384 => &RSA_PSS_SHA384,
        Algorithm::Ps512 => &RSA_PSS_SHA512,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::token::keys::{KeySet, NewKey, RsaSize, SecretEncoding, secret};
    use crate::token::{Curve, Policy, Reason, Verifier};

    fn keys() -> Vec<Key> {
        let mut kinds = vec![NewKey::Ed25519, NewKey::Rsa(RsaSize::Bits2048)];
        kinds.extend(Curve::ALL.map(NewKey::Ec));
        let mut keys: Vec<_> = kinds
            .into_iter()
            .map(|kind| Key::generate(kind).unwrap())
            .collect();
        keys.push(secret(&[7; 64], SecretEncoding::Raw).unwrap());
        keys
    }

    fn claims() -> Map<String, Value> {
        let claims = json!({"sub": "u1", "exp": 2_000_000_000});
        claims.as_object().unwrap().clone()
    }

    #[test]
    fn what_is_minted_is_genuine_by_its_key_and_by_no_other() {
        let other = Key::generate(NewKey::Ed25519).unwrap();
        let other = Ok(KeySet::single(other));
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let policy = Policy::default();
        let mut algorithms = 0;
        for key in keys() {
            let fitting = Algorithm::ALL
                .into_iter()
                .filter(|each| each.family() == key.family());
            let tokens: Vec<_> = fitting
                .map(|algorithm| {
                    let algorithm = Some(algorithm);
                    let choice = HeaderChoice {
                        algorithm,
                        ..HeaderChoice::default()
                    };
                    Signer::new(&key, choice).unwrap().sign(&claims()).unwrap()
                })
                .collect();
            algorithms += tokens.len();
            let keys = Ok(KeySet::single(key));
            for token in tokens {
                let verified = Verifier::new(&keys, &policy).prove(&token, now).unwrap();
                assert_eq!(verified.claims(), &claims());
                let mut verifier = Verifier::new(&other, &policy);
                let reason = verifier.examine(&token, now).reason();
                assert!(matches!(reason, Some(Reason::Key | Reason::Signature)));
            }
        }
        assert_eq!(algorithms, Algorithm::ALL.len());
    }

    #[test]
    fn a_signer_for_every_thread_mints_what_the_other_does() {
        let key = Key::generate(NewKey::Rsa(RsaSize::Bits2048)).unwrap();
        let minted = RsaSigner::new(&key).unwrap().sign(&claims());
        let other = Signer::new(&key, HeaderChoice::default()).unwrap();
        // The signatures of PKCS#1 v1.5 have no randomness in them.
        assert_eq!(minted, other.sign(&claims()));
        let curve = Key::generate(NewKey::Ed25519).unwrap();
        assert!(RsaSigner::new(&curve).is_err());
    }

    #[test]
    fn a_public_key_signs_nothing() {
        let made = Key::generate(NewKey::Ed25519).unwrap();
        let public = made.public_pem().unwrap();
        let set = super::super::keys::read(public.as_bytes()).unwrap();
        let refused = Signer::new(set.at(0).unwrap(), HeaderChoice::default()).err();
        assert_eq!(refused, Some(KeyError::PublicOnly(Family::Ed25519)));
    }

    #[test]
    fn a_short_secret_signs_only_when_it_is_allowed_to() {
        let key = secret(b"short", SecretEncoding::Raw).unwrap();
        assert!(Signer::new(&key, HeaderChoice::default()).is_err());
        let choice = HeaderChoice {
            allow_weak_key: true,
            ..HeaderChoice::default()
        };
        assert!(Signer::new(&key, choice).is_ok());
    }
}
