//! Keys as `openssl` writes them: PEM blocks (RFC 7468), or the DER inside them.

use pkcs1::RsaPublicKeyRef;
use pkcs8::PrivateKeyInfoRef;
use pkcs8::der::{Decode, Encode};
use pkcs8::spki::{AlgorithmIdentifierRef, ObjectIdentifier, SubjectPublicKeyInfoRef};
use x509_cert::Certificate;
use zeroize::Zeroizing;

use super::error::KeyError;
use super::weak::significant;
use super::{Key, Lifetime, Material, Only, private};
use crate::token::algorithm::Curve;

const RSA: ObjectIdentifier = pkcs1::ALGORITHM_OID;
/// RFC 4055 §1.2.
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
/// RFC 5480 §2.1.1.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// RFC 8410 §3, as are the three below.
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const ED448: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.113");
const X25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.110");
const X448: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.111");
/// RFC 3279 §2.3.2.
const DSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10040.4.1");

/// RFC 5480 §2.1.1.1; secp256k1: SEC 2 §A.2.1.
const CURVES: [(ObjectIdentifier, Curve); 4] = [
    (
        ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"),
        Curve::P256,
    ),
    (ObjectIdentifier::new_unwrap("1.3.132.0.34"), Curve::P384),
    (ObjectIdentifier::new_unwrap("1.3.132.0.35"), Curve::P521),
    (
        ObjectIdentifier::new_unwrap("1.3.132.0.10"),
        Curve::Secp256k1,
    ),
];

/// Reads the one key of a PEM file. Of a chain of certificates it is the first one's.
pub fn read(text: &[u8]) -> Result<Key, KeyError> {
    if let Some(error) = foreign_armour(text) {
        return Err(error);
    }
    let blocks = pem::parse_many(text)
        .map_err(|_| KeyError::Pem("the text between its markers is damaged or cut off"))?;
    let parameters = |block: &&pem::Pem| block.tag().ends_with("PARAMETERS");
    let mut keys = blocks.iter().filter(|block| !parameters(block));
    let Some(first) = keys.next() else {
        return Err(KeyError::Pem("there is no complete block in it"));
    };
    if keys.any(|other| !(is_certificate(first) && is_certificate(other))) {
        return Err(KeyError::WrongPlace {
            expected: "one key",
            came: "a file with several",
            help: "keep the one block that is meant",
        });
    }
    block(first)
}

fn is_certificate(block: &pem::Pem) -> bool {
    block.tag() == "CERTIFICATE"
}

fn block(block: &pem::Pem) -> Result<Key, KeyError> {
    let encrypted = block.headers().iter().any(|(name, _)| name == "DEK-Info");
    let der = block.contents();
    match block.tag() {
        _ if encrypted => Err(encrypted_key()),
        "PUBLIC KEY" => public(der),
        "RSA PUBLIC KEY" => rsa_public(der),
        "CERTIFICATE" => certificate(der),
        "PRIVATE KEY" => pkcs8(der),
        "RSA PRIVATE KEY" => private::rsa(der),
        "EC PRIVATE KEY" => private::ec_of_unknown_curve(der),
        "ENCRYPTED PRIVATE KEY" => Err(encrypted_key()),
        "OPENSSH PRIVATE KEY" => Err(KeyError::WrongPlace {
            expected: "a key",
            came: "an OpenSSH private key",
            help: "verify with its .pub file; to sign, `ssh-keygen -p -m PKCS8 -f FILE` converts it",
        }),
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => Err(KeyError::WrongPlace {
            expected: "a key or a certificate",
            came: "a certificate request",
            help: "`openssl req -in FILE -noout -pubkey` takes the public key out",
        }),
        "DSA PRIVATE KEY" => Err(unsupported("a DSA key")),
        "PKCS7" | "CMS" => Err(KeyError::WrongPlace {
            expected: "a key or a certificate",
            came: "a PKCS#7 bundle",
            help: "`openssl pkcs7 -print_certs -in FILE` takes the certificates out",
        }),
        "X509 CRL" => Err(KeyError::WrongPlace {
            expected: "a key or a certificate",
            came: "a list of revoked certificates",
            help: "give the certificate itself",
        }),
        _ => Err(KeyError::Pem(
            "the kind of block is not one that holds a key",
        )),
    }
}

fn encrypted_key() -> KeyError {
    KeyError::WrongPlace {
        expected: "a key that can be read",
        came: "a private key under a passphrase",
        help: "to verify, use its public half; to sign, `openssl pkcs8 -in FILE -out PLAIN` opens it",
    }
}

/// Text armour that looks like PEM and is something else.
fn foreign_armour(text: &[u8]) -> Option<KeyError> {
    let has = |part: &[u8]| text.windows(part.len()).any(|window| window == part);
    if has(b"-----BEGIN PGP ") {
        return Some(KeyError::WrongPlace {
            expected: "a key for tokens",
            came: "a PGP key",
            help: "tokens are signed with PEM keys or JWKs",
        });
    }
    has(b"---- BEGIN SSH2 ").then_some(KeyError::WrongPlace {
        expected: "an OpenSSH public key",
        came: "one in the form of RFC 4716",
        help: "`ssh-keygen -i -f FILE` converts it",
    })
}

/// Reads DER without PEM around it; `None` if the bytes are no such structure.
pub fn read_der(bytes: &[u8]) -> Option<Result<Key, KeyError>> {
    if SubjectPublicKeyInfoRef::from_der(bytes).is_ok() {
        return Some(public(bytes));
    }
    if PrivateKeyInfoRef::try_from(bytes).is_ok() {
        return Some(pkcs8(bytes));
    }
    if RsaPublicKeyRef::try_from(bytes).is_ok() {
        return Some(rsa_public(bytes));
    }
    Certificate::from_der(bytes)
        .is_ok()
        .then(|| certificate(bytes))
}

fn public(der: &[u8]) -> Result<Key, KeyError> {
    let damaged = KeyError::Damaged {
        what: "the public key",
    };
    let info = SubjectPublicKeyInfoRef::from_der(der).map_err(|_| damaged)?;
    of_info(info)
}

fn of_info(info: SubjectPublicKeyInfoRef<'_>) -> Result<Key, KeyError> {
    let damaged = KeyError::Damaged {
        what: "the public key",
    };
    let bytes = info.subject_public_key.as_bytes().ok_or(damaged)?;
    match info.algorithm.oid {
        RSA => rsa_public(bytes),
        RSA_PSS => {
            let mut key = rsa_public(bytes)?;
            key.only = Only::Pss;
            Ok(key)
        }
        EC => Key::new(Material::Ec {
            curve: curve(info.algorithm)?,
            point: bytes.to_vec(),
        }),
        ED25519 => Key::new(Material::Ed25519(bytes.to_vec())),
        other => Err(unsupported(kind(other))),
    }
}

fn rsa_public(der: &[u8]) -> Result<Key, KeyError> {
    let damaged = |_| KeyError::Damaged {
        what: "the RSA public key",
    };
    let numbers = RsaPublicKeyRef::try_from(der).map_err(damaged)?;
    Key::new(Material::Rsa {
        modulus: significant(numbers.modulus.as_bytes()).to_vec(),
        exponent: significant(numbers.public_exponent.as_bytes()).to_vec(),
    })
}

fn certificate(der: &[u8]) -> Result<Key, KeyError> {
    let damaged = || KeyError::Damaged {
        what: "the certificate",
    };
    let certificate = Certificate::from_der(der).map_err(|_| damaged())?;
    let content = certificate.tbs_certificate();
    let info = content.subject_public_key_info().to_der();
    let mut key = public(&info.map_err(|_| damaged())?)?;
    let seconds = |time: x509_cert::time::Time| {
        i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
    };
    key.certified = Some(Lifetime {
        begins: seconds(content.validity().not_before),
        ends: seconds(content.validity().not_after),
    });
    Ok(key)
}

fn pkcs8(der: &[u8]) -> Result<Key, KeyError> {
    let damaged = |_| KeyError::Damaged {
        what: "the private key",
    };
    let info = PrivateKeyInfoRef::try_from(der).map_err(damaged)?;
    match info.algorithm.oid {
        RSA => private::rsa(der),
        EC => private::ec(curve(info.algorithm)?, der),
        ED25519 => private::ed25519(der),
        RSA_PSS => Err(unsupported("an RSA private key marked for PSS alone")),
        other => Err(unsupported(kind(other))),
    }
}

fn curve(algorithm: AlgorithmIdentifierRef<'_>) -> Result<Curve, KeyError> {
    let named = algorithm.parameters_oid().ok();
    CURVES
        .into_iter()
        .find(|(id, _)| Some(*id) == named)
        .map(|(_, curve)| curve)
        .ok_or_else(|| unsupported("an EC key on another curve"))
}

fn kind(id: ObjectIdentifier) -> &'static str {
    match id {
        ED448 => "an Ed448 key",
        X25519 | X448 => "a key for key agreement (X25519 or X448)",
        DSA => "a DSA key",
        _ => "a key of another kind",
    }
}

fn unsupported(came: &str) -> KeyError {
    KeyError::Unsupported {
        came: came.to_owned(),
    }
}

/// A block as `openssl` writes it; wiped when dropped, since it may be a private key.
pub fn write(label: &str, der: &[u8]) -> Zeroizing<String> {
    let unix = pem::EncodeConfig::new().set_line_ending(pem::LineEnding::LF);
    Zeroizing::new(pem::encode_config(&pem::Pem::new(label, der), unix))
}
