//! Public halves, to be given to whoever verifies: as PEM, as a JWK, and the id both share.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::signature::{ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use pkcs1::RsaPublicKeyRef;
use pkcs8::der::Encode;
use pkcs8::der::asn1::UintRef;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::error::KeyError;
use super::{Key, Material, Only, ecdsa, pem};
use crate::token::algorithm::Family;

const fn damaged() -> KeyError {
    KeyError::Damaged {
        what: "the public key",
    }
}

const fn secret_is_not_public() -> KeyError {
    KeyError::WrongPlace {
        expected: "a key pair or a public key",
        came: "a shared secret",
        help: "a secret has no public half: whoever holds it can mint tokens",
    }
}

impl Key {
    /// The public half as a PEM block (SPKI, RFC 7468 §13).
    ///
    /// # Errors
    /// [`KeyError::WrongPlace`] for a shared secret, which has none.
    pub fn public_pem(&self) -> Result<String, KeyError> {
        let parsed = match &self.material {
            Material::Secret(_) => return Err(secret_is_not_public()),
            Material::Rsa { modulus, exponent } => {
                let number = |bytes| UintRef::new(bytes).map_err(|_| damaged());
                let numbers = RsaPublicKeyRef {
                    modulus: number(modulus)?,
                    public_exponent: number(exponent)?,
                };
                let der = numbers.to_der().map_err(|_| damaged())?;
                ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, der)
            }
            Material::Ec { curve, point } => ParsedPublicKey::new(ecdsa(*curve), point),
            Material::Ed25519(point) => ParsedPublicKey::new(&ED25519, point),
        };
        let parsed = parsed.map_err(|_| damaged())?;
        let der = parsed.as_der().map_err(|_| damaged())?;
        Ok(pem::write("PUBLIC KEY", der.as_ref()).to_string())
    }

    /// The private half as a PEM block (PKCS#8, RFC 7468 §10), wiped when dropped; `None` for a
    /// public key or a secret.
    #[must_use]
    pub fn private_pem(&self) -> Option<Zeroizing<String>> {
        self.pkcs8().map(|der| pem::write("PRIVATE KEY", der))
    }

    /// The public half as a JWK, with its id.
    ///
    /// # Errors
    /// [`KeyError::WrongPlace`] for a shared secret, which has none.
    pub fn public_jwk(&self) -> Result<Value, KeyError> {
        let mut jwk = self.bare_jwk()?;
        jwk["kid"] = json!(self.id_or_thumbprint()?);
        jwk["use"] = json!("sig");
        let algorithm = match (&self.only, self.family()) {
            (Only::One(algorithm), _) => Some(*algorithm),
            (_, Family::Ec(curve)) => Some(curve.algorithm()),
            (_, family) => (family == Family::Ed25519).then_some(crate::token::Algorithm::EdDsa),
        };
        if let Some(algorithm) = algorithm {
            jwk["alg"] = json!(algorithm.name());
        }
        Ok(jwk)
    }

    /// The key's own id, or else its thumbprint (RFC 7638): the same for both halves, in any form.
    ///
    /// # Errors
    /// [`KeyError::WrongPlace`] for a shared secret without an id: a thumbprint of it would help
    /// whoever guesses secrets.
    pub fn id_or_thumbprint(&self) -> Result<String, KeyError> {
        if let Some(id) = self.id() {
            return Ok(id.to_owned());
        }
        // RFC 7638 §3.2: the required members alone, by name, without white space.
        let bare = self.bare_jwk()?.to_string();
        Ok(URL_SAFE_NO_PAD.encode(digest(&SHA256, bare.as_bytes())))
    }

    /// The required members in the order of their names.
    fn bare_jwk(&self) -> Result<Value, KeyError> {
        let encoded = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match &self.material {
            Material::Secret(_) => Err(secret_is_not_public()),
            Material::Rsa { modulus, exponent } => {
                Ok(json!({"e": encoded(exponent), "kty": "RSA", "n": encoded(modulus)}))
            }
            Material::Ec { curve, point } => {
                let Some([4, coordinates @ ..]) = Some(&point[..]) else {
                    return Err(KeyError::Unsupported {
                        came: "an EC key with a compressed point".to_owned(),
                    });
                };
                let (x, y) = coordinates.split_at(curve.coordinate_bytes());
                let (x, y) = (encoded(x), encoded(y));
                Ok(json!({"crv": curve.name(), "kty": "EC", "x": x, "y": y}))
            }
            Material::Ed25519(point) => {
                Ok(json!({"crv": "Ed25519", "kty": "OKP", "x": encoded(point)}))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NewKey, RsaSize, read};
    use super::*;
    use crate::token::algorithm::Curve;

    /// The key and thumbprint of RFC 8037 §A.3.
    #[test]
    fn the_thumbprint_is_that_of_the_rfc() {
        let jwk =
            r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        let set = read(jwk.as_bytes()).unwrap();
        let thumbprint = set.at(0).unwrap().id_or_thumbprint().unwrap();
        assert_eq!(thumbprint, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn both_halves_have_one_id_in_every_form() {
        let mut kinds = vec![NewKey::Ed25519, NewKey::Rsa(RsaSize::Bits2048)];
        kinds.extend(Curve::ALL.map(NewKey::Ec));
        for kind in kinds {
            let made = Key::generate(kind).unwrap();
            let id = made.id_or_thumbprint().unwrap();
            let jwk = made.public_jwk().unwrap();
            assert_eq!(jwk["kid"], json!(id));
            let forms = [
                made.private_pem().unwrap().to_string(),
                made.public_pem().unwrap(),
                jwk.to_string(),
            ];
            for form in forms {
                let set = read(form.as_bytes()).unwrap();
                assert_eq!(
                    set.at(0).unwrap().id_or_thumbprint().unwrap(),
                    id,
                    "{kind:?}"
                );
            }
        }
    }

    #[test]
    fn a_secret_has_no_public_half() {
        let set = read(b"correct horse battery staple").unwrap();
        let key = set.at(0).unwrap();
        assert!(key.public_pem().is_err() && key.public_jwk().is_err());
        assert!(key.private_pem().is_none() && key.id_or_thumbprint().is_err());
    }
}
