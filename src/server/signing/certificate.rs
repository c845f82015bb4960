//! The published keys as WorkOS publishes its own: each with a certificate.
//!
//! WorkOS's document asks for `x5c` and `x5t#S256` beside the numbers. The certificates say nothing
//! that the numbers do not: they are issued by the key that signs tokens, name nobody and have no
//! end that counts, and they are the same each time they are made, so that a thumbprint holds.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use pkcs1::RsaPublicKeyRef;
use pkcs1::der::Encode;
use pkcs1::der::asn1::UintRef;
use rcgen::{
    CertificateParams, DistinguishedName, DnType, Error, Issuer, PKCS_RSA_SHA256, PublicKeyData,
    SerialNumber, SignatureAlgorithm, SigningKey,
};
use serde_json::{Value, json};

use crate::token::RsaSigner;

/// The numbers of an RSA key, as certificates have them.
struct Numbers(Vec<u8>);

/// The key that issues.
struct Minter<'s> {
    numbers: Numbers,
    signer: &'s RsaSigner,
}

impl PublicKeyData for Numbers {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_RSA_SHA256
    }
}

impl PublicKeyData for Minter<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.numbers.der_bytes()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_RSA_SHA256
    }
}

impl SigningKey for Minter<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let signed = self.signer.sign_bytes(message);
        signed.map_err(|_| Error::RemoteKeyError)
    }
}

/// The published keys, of which the first is the signer's, with certificates. A key for which none
/// can be made is left out: without one it would be no key of WorkOS's.
pub(super) fn certified(published: &[Value], signer: &RsaSigner) -> Vec<Value> {
    let issuer = published.first().and_then(Numbers::of);
    let Some(numbers) = issuer else {
        return Vec::new();
    };
    let issuer = Issuer::new(params(&numbers), Minter { numbers, signer });
    let certified = published.iter().filter_map(|jwk| {
        let numbers = Numbers::of(jwk)?;
        let certificate = params(&numbers).signed_by(&numbers, &issuer).ok()?;
        let der: &[u8] = certificate.der();
        Some(json!({
            "alg": jwk["alg"],
            "kty": jwk["kty"],
            "use": "sig",
            "x5c": [STANDARD.encode(der)],
            "n": jwk["n"],
            "e": jwk["e"],
            "kid": jwk["kid"],
            "x5t#S256": URL_SAFE_NO_PAD.encode(digest(&SHA256, der)),
        }))
    });
    certified.collect()
}

fn params(numbers: &Numbers) -> CertificateParams {
    let mut params = CertificateParams::default();
    // A serial number is positive, and of twenty bytes at the most (RFC 5280 §4.1.2.2).
    let mut serial = digest(&SHA256, &numbers.0).as_ref()[..16].to_vec();
    serial[0] &= 0x7f;
    params.serial_number = Some(SerialNumber::from(serial));
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "flags");
    params.distinguished_name = name;
    params
}

impl Numbers {
    fn of(jwk: &Value) -> Option<Self> {
        let number = |name: &str| URL_SAFE_NO_PAD.decode(jwk[name].as_str()?).ok();
        let (modulus, exponent) = (number("n")?, number("e")?);
        let key = RsaPublicKeyRef {
            modulus: UintRef::new(&modulus).ok()?,
            public_exponent: UintRef::new(&exponent).ok()?,
        };
        key.to_der().ok().map(Self)
    }
}
