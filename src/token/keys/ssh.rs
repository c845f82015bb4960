//! OpenSSH public keys: a line of an `authorized_keys` or `.pub` file (RFC 4253 §6.6, RFC 5656,
//! RFC 8709). Many operators have one at hand, and a service that signs with its host key needs no
//! other.

use ssh_key::public::{EcdsaPublicKey, KeyData, PublicKey};

use super::error::KeyError;
use super::weak::significant;
use super::{Key, Material};
use crate::token::algorithm::Curve;

const PREFIXES: [&[u8]; 4] = [b"ssh-", b"ecdsa-sha2-", b"sk-ssh-", b"sk-ecdsa-"];

pub fn looks_like(text: &[u8]) -> bool {
    PREFIXES.iter().any(|prefix| text.starts_with(prefix))
}

pub fn read(text: &[u8]) -> Result<Key, KeyError> {
    let damaged = || KeyError::Damaged {
        what: "the OpenSSH public key",
    };
    let text = std::str::from_utf8(text).map_err(|_| damaged())?;
    let line = text.trim_end();
    if line.lines().count() > 1 {
        return Err(KeyError::WrongPlace {
            expected: "one OpenSSH public key",
            came: "a file of several lines",
            help: "keep the one line that is meant",
        });
    }
    let key = PublicKey::from_openssh(line).map_err(|_| damaged())?;
    Key::new(material(key.key_data())?)
}

fn material(key: &KeyData) -> Result<Material, KeyError> {
    match key {
        KeyData::Rsa(rsa) => {
            let number = |number: &ssh_key::Mpint| {
                let bytes = number.as_positive_bytes().unwrap_or_default();
                significant(bytes).to_vec()
            };
            Ok(Material::Rsa {
                modulus: number(&rsa.n),
                exponent: number(&rsa.e),
            })
        }
        KeyData::Ed25519(ed25519) => Ok(Material::Ed25519(ed25519.0.to_vec())),
        KeyData::Ecdsa(ecdsa) => Ok(Material::Ec {
            curve: match ecdsa {
                EcdsaPublicKey::NistP256(_) => Curve::P256,
                EcdsaPublicKey::NistP384(_) => Curve::P384,
                EcdsaPublicKey::NistP521(_) => Curve::P521,
            },
            point: ecdsa.as_sec1_bytes().to_vec(),
        }),
        _ => Err(KeyError::Unsupported {
            came: "an OpenSSH key of another kind (DSA, or one in a security token)".to_owned(),
        }),
    }
}
