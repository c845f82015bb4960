//! Private halves: making them, reading them, and bringing every form into PKCS#8.

use aws_lc_rs::encoding::{AsBigEndian, AsDer, EcPublicKeyUncompressedBin};
use aws_lc_rs::rsa::{KeyPairComponents, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P256K1_SHA256_FIXED_SIGNING,
    ECDSA_P384_SHA384_FIXED_SIGNING, ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RsaKeyPair, RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pkcs8::PrivateKeyInfoRef;
use zeroize::Zeroizing;

use super::error::KeyError;
use super::weak;
use super::{Key, Material, Private};
use crate::token::algorithm::Curve;

/// The library's name for signing on the curve.
pub(in crate::token) fn ecdsa_signing(curve: Curve) -> &'static EcdsaSigningAlgorithm {
    match curve {
        Curve::P256 => &ECDSA_P256_SHA256_FIXED_SIGNING,
        Curve::P384 => &ECDSA_P384_SHA384_FIXED_SIGNING,
        Curve::P521 => &ECDSA_P521_SHA512_FIXED_SIGNING,
        Curve::Secp256k1 => &ECDSA_P256K1_SHA256_FIXED_SIGNING,
    }
}

const fn damaged() -> KeyError {
    KeyError::Damaged {
        what: "the private key",
    }
}

/// An RSA private key in PKCS#1 or PKCS#8.
pub fn rsa(der: &[u8]) -> Result<Key, KeyError> {
    // The library refuses small keys without saying so.
    judge_rsa(der)?;
    let pair = RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der));
    let pair = pair.map_err(|_| damaged())?;
    rsa_key(&pair)
}

fn judge_rsa(der: &[u8]) -> Result<(), KeyError> {
    let inner = PrivateKeyInfoRef::try_from(der).ok();
    let inner = inner.map_or(der, |info| info.private_key.as_bytes());
    let numbers = pkcs1::RsaPrivateKeyRef::try_from(inner).map_err(|_| damaged())?;
    weak::judge(
        numbers.modulus.as_bytes(),
        numbers.public_exponent.as_bytes(),
    )
}

fn rsa_key(pair: &RsaKeyPair) -> Result<Key, KeyError> {
    let public = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
    let mut key = Key::new(Material::Rsa {
        modulus: public.n,
        exponent: public.e,
    })?;
    key.private = Some(document(pair)?);
    Ok(key)
}

fn document(
    pair: &impl AsDer<aws_lc_rs::encoding::Pkcs8V1Der<'static>>,
) -> Result<Private, KeyError> {
    let der = pair.as_der().map_err(|_| damaged())?;
    Ok(Zeroizing::new(der.as_ref().to_vec()))
}

/// From the numbers of a JWK: n, e, d, p, q, dp, dq, qi (RFC 7518 §6.3).
pub fn rsa_of(numbers: &[Zeroizing<Vec<u8>>; 8]) -> Result<Private, KeyError> {
    let [n, e, d, p, q, dp, dq, qi] = numbers.each_ref().map(|number| number.as_slice());
    weak::judge(n, e)?;
    let pair = RsaKeyPair::from_components(&KeyPairComponents {
        public_key: RsaPublicKeyComponents { n, e },
        d,
        p,
        q,
        dP: dp,
        dQ: dq,
        qInv: qi,
    });
    document(&pair.map_err(|_| damaged())?)
}

/// An EC private key in PKCS#8 or SEC 1.
pub fn ec(curve: Curve, der: &[u8]) -> Result<Key, KeyError> {
    let pair = EcdsaKeyPair::from_private_key_der(ecdsa_signing(curve), der);
    ec_key(curve, &pair.map_err(|_| damaged())?)
}

/// A SEC 1 block, which says its curve inside.
pub fn ec_of_unknown_curve(der: &[u8]) -> Result<Key, KeyError> {
    let readable = Curve::ALL.into_iter().find_map(|curve| ec(curve, der).ok());
    readable.ok_or_else(damaged)
}

fn ec_key(curve: Curve, pair: &EcdsaKeyPair) -> Result<Key, KeyError> {
    let point: EcPublicKeyUncompressedBin<'_> =
        pair.public_key().as_be_bytes().map_err(|_| damaged())?;
    let mut key = Key::new(Material::Ec {
        curve,
        point: point.as_ref().to_vec(),
    })?;
    let der = pair.to_pkcs8v1().map_err(|_| damaged())?;
    key.private = Some(Zeroizing::new(der.as_ref().to_vec()));
    Ok(key)
}

/// From a JWK's `d` and its point.
pub fn ec_of(curve: Curve, scalar: &[u8], point: &[u8]) -> Result<Private, KeyError> {
    let mismatch = |_| KeyError::Jwk {
        member: "d",
        problem: "does not belong to its public half".to_owned(),
    };
    let signing = ecdsa_signing(curve);
    let pair = EcdsaKeyPair::from_private_key_and_public_key(signing, scalar, point);
    let der = pair.map_err(mismatch)?.to_pkcs8v1();
    der.map(|der| Zeroizing::new(der.as_ref().to_vec()))
        .map_err(|_| damaged())
}

/// An Ed25519 private key in PKCS#8, with or without its public half (RFC 8410 §7).
pub fn ed25519(der: &[u8]) -> Result<Key, KeyError> {
    let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map_err(|_| damaged())?;
    ed25519_key(&pair)
}

fn ed25519_key(pair: &Ed25519KeyPair) -> Result<Key, KeyError> {
    let mut key = Key::new(Material::Ed25519(pair.public_key().as_ref().to_vec()))?;
    key.private = Some(document(pair)?);
    Ok(key)
}

/// From a JWK's `d` and `x`.
pub fn ed25519_of(seed: &[u8], public: &[u8]) -> Result<Private, KeyError> {
    let pair = Ed25519KeyPair::from_seed_and_public_key(seed, public);
    document(&pair.map_err(|_| KeyError::Jwk {
        member: "d",
        problem: "does not belong to its public half".to_owned(),
    })?)
}

/// A kind of key that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewKey {
    /// RSA of 2048, 3072 or 4096 bits.
    Rsa(RsaSize),
    /// On a curve.
    Ec(Curve),
    /// Ed25519.
    Ed25519,
}

/// How large a new RSA key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RsaSize {
    /// 2048 bits.
    Bits2048,
    /// 3072 bits.
    Bits3072,
    /// 4096 bits.
    Bits4096,
}

impl Key {
    /// Makes a key pair from the operating system's randomness.
    ///
    /// # Errors
    /// [`KeyError::Damaged`] if the library gives none, which it does only without randomness.
    pub fn generate(kind: NewKey) -> Result<Self, KeyError> {
        match kind {
            NewKey::Rsa(size) => {
                let size = match size {
                    RsaSize::Bits2048 => KeySize::Rsa2048,
                    RsaSize::Bits3072 => KeySize::Rsa3072,
                    RsaSize::Bits4096 => KeySize::Rsa4096,
                };
                rsa_key(&RsaKeyPair::generate(size).map_err(|_| damaged())?)
            }
            NewKey::Ec(curve) => {
                let pair = EcdsaKeyPair::generate(ecdsa_signing(curve));
                ec_key(curve, &pair.map_err(|_| damaged())?)
            }
            NewKey::Ed25519 => ed25519_key(&Ed25519KeyPair::generate().map_err(|_| damaged())?),
        }
    }

    /// The private half as PKCS#8 in DER; `None` for a public key or a secret.
    pub(in crate::token) fn pkcs8(&self) -> Option<&[u8]> {
        self.private.as_ref().map(|der| der.as_slice())
    }
}

/// A new shared secret of 64 bytes, enough for every HMAC, as a JWK: a form that says what it is,
/// and that no line break can spoil.
///
/// # Errors
/// [`KeyError::Damaged`] without randomness.
pub fn new_secret() -> Result<Zeroizing<String>, KeyError> {
    let mut bytes = Zeroizing::new([0; 64]);
    aws_lc_rs::rand::fill(bytes.as_mut()).map_err(|_| damaged())?;
    let encoded = Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_ref()));
    let jwk = format!(
        "{{\"kty\":\"oct\",\"use\":\"sig\",\"k\":\"{}\"}}\n",
        *encoded
    );
    Ok(Zeroizing::new(jwk))
}
