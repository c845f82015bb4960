//! JSON Web Keys and key sets (RFC 7517, RFC 7518 §6, RFC 8037 §2).
//!
//! What a JWK says about itself is binding: a key for encryption verifies nothing, a key for RS256
//! verifies no PS256. In a set, a key of an unknown kind is passed over (RFC 7517 §5), unless it
//! is the very one that a token names: then the reason is told.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::error::KeyError;
use super::set::{Entry, KeySet};
use super::weak::significant;
use super::{Key, Material, Only, Refused, private};
use crate::token::algorithm::{Algorithm, Curve, Family};
use crate::token::strict_json;

type Members = Map<String, Value>;

/// Reads a JWK or a JWKS.
pub fn read(text: &[u8]) -> Result<KeySet, KeyError> {
    let text = std::str::from_utf8(text).map_err(|_| KeyError::Damaged {
        what: "the JWK (it is not UTF-8)",
    })?;
    let Value::Object(members) = strict_json::parse(text).map_err(KeyError::Json)? else {
        return Err(wrong(
            "kty",
            "is missing: a JWK is a JSON object, not an array",
        ));
    };
    match members.get("keys") {
        None => key(&members).map(KeySet::single),
        Some(Value::Array(keys)) => KeySet::of(keys.iter().map(entry).collect()),
        Some(_) => Err(wrong("keys", "is not an array")),
    }
}

fn entry(value: &Value) -> Entry {
    let Value::Object(members) = value else {
        return Entry::unusable(None, wrong("kty", "is missing: the key is no JSON object"));
    };
    match key(members) {
        Ok(key) => Entry::usable(key),
        Err(error) => {
            let id = members.get("kid").and_then(Value::as_str);
            Entry::unusable(id.map(str::to_owned), error)
        }
    }
}

fn key(members: &Members) -> Result<Key, KeyError> {
    let (material, private) = match text(members, "kty")? {
        "oct" => (Material::Secret(bytes(members, "k")?), None),
        "RSA" => rsa(members)?,
        "EC" => ec(members)?,
        "OKP" => okp(members)?,
        _ => {
            let came = "a JWK of another type (`kty`)".to_owned();
            return Err(KeyError::Unsupported { came });
        }
    };
    let mut key = Key::new(material)?;
    key.private = private;
    key.id = optional_text(members, "kid")?.map(str::to_owned);
    key.only = pinned(members, key.family())?;
    key.refused = refused(members, key.is_private())?;
    Ok(key)
}

fn rsa(members: &Members) -> Result<(Material, Option<super::Private>), KeyError> {
    let number = |member| bytes(members, member);
    let (modulus, exponent) = (number("n")?, number("e")?);
    let private = match members.get("d") {
        None => None,
        Some(_) => {
            let [d, p, q, dp, dq, qi] = ["d", "p", "q", "dp", "dq", "qi"].map(number);
            let parts = [&modulus, &exponent, &d?, &p?, &q?, &dp?, &dq?, &qi?]
                .map(|part| significant(part).to_vec())
                .map(Zeroizing::new);
            Some(private::rsa_of(&parts)?)
        }
    };
    let material = Material::Rsa {
        modulus: significant(&modulus).to_vec(),
        exponent: significant(&exponent).to_vec(),
    };
    Ok((material, private))
}

fn ec(members: &Members) -> Result<(Material, Option<super::Private>), KeyError> {
    let name = text(members, "crv")?;
    let Some(curve) = Curve::ALL.into_iter().find(|curve| curve.name() == name) else {
        return Err(wrong(
            "crv",
            "is no curve for tokens: P-256, P-384, P-521 or secp256k1",
        ));
    };
    let coordinate = |member| {
        let number = bytes(members, member)?;
        // A fixed length (RFC 7518 §6.2.1.2): shorter ones make two keys of one.
        if number.len() != curve.coordinate_bytes() {
            let expected = curve.coordinate_bytes();
            return Err(wrong(
                member,
                &format!("has not {expected} bytes, as {curve} needs"),
            ));
        }
        Ok(number)
    };
    let mut point = vec![4];
    point.extend_from_slice(&coordinate("x")?);
    point.extend_from_slice(&coordinate("y")?);
    let private = match members.get("d") {
        None => None,
        Some(_) => Some(private::ec_of(curve, &coordinate("d")?, &point)?),
    };
    Ok((Material::Ec { curve, point }, private))
}

fn okp(members: &Members) -> Result<(Material, Option<super::Private>), KeyError> {
    match text(members, "crv")? {
        "Ed25519" => {}
        "Ed448" => return Err(unsupported("an Ed448 key")),
        "X25519" | "X448" => {
            return Err(unsupported("a key for key agreement (X25519 or X448)"));
        }
        _ => return Err(wrong("crv", "is no curve for signatures: expected Ed25519")),
    }
    let public = bytes(members, "x")?;
    let private = match members.get("d") {
        None => None,
        Some(_) => Some(private::ed25519_of(&bytes(members, "d")?, &public)?),
    };
    Ok((Material::Ed25519(public.to_vec()), private))
}

fn unsupported(came: &str) -> KeyError {
    KeyError::Unsupported {
        came: came.to_owned(),
    }
}

/// `alg` (RFC 7517 §4.4). A name of no signature algorithm, or of one for other keys, makes the
/// key unusable: whoever wrote it meant something else by the key.
fn pinned(members: &Members, family: Family) -> Result<Only, KeyError> {
    let Some(name) = optional_text(members, "alg")? else {
        return Ok(Only::Anything);
    };
    match Algorithm::named(name) {
        Some(algorithm) if algorithm.family() == family => Ok(Only::One(algorithm)),
        Some(algorithm) => {
            let needed = algorithm.family();
            Err(wrong(
                "alg",
                &format!("says {algorithm}, which needs {needed}"),
            ))
        }
        None => Err(wrong("alg", "is not the name of a signature algorithm")),
    }
}

/// `use` (RFC 7517 §4.2) and `key_ops` (§4.3).
fn refused(members: &Members, is_private: bool) -> Result<Refused, KeyError> {
    let mut refused = Refused::default();
    if optional_text(members, "use")?.is_some_and(|for_what| for_what != "sig") {
        refused.verifying = Some("use");
        refused.signing = Some("use");
    }
    if let Some(operations) = members.get("key_ops") {
        let names = operations.as_array().map(|names| {
            let names = names.iter().map(Value::as_str);
            names.collect::<Option<Vec<_>>>()
        });
        let Some(Some(names)) = names else {
            return Err(wrong("key_ops", "is not an array of strings"));
        };
        // A private key for signing has a public half for verifying, which nobody lists there.
        let verifies = names.contains(&"verify") || (is_private && names.contains(&"sign"));
        if !verifies {
            refused.verifying.get_or_insert("key_ops");
        }
        if !names.contains(&"sign") {
            refused.signing.get_or_insert("key_ops");
        }
    }
    Ok(refused)
}

fn text<'jwk>(members: &'jwk Members, member: &'static str) -> Result<&'jwk str, KeyError> {
    optional_text(members, member)?.ok_or_else(|| wrong(member, "is missing"))
}

fn optional_text<'jwk>(
    members: &'jwk Members,
    member: &'static str,
) -> Result<Option<&'jwk str>, KeyError> {
    match members.get(member) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(wrong(member, "is not a string")),
    }
}

fn bytes(members: &Members, member: &'static str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let text = text(members, member)?;
    URL_SAFE_NO_PAD
        .decode(text)
        .map(Zeroizing::new)
        .map_err(|_| wrong(member, "is not base64url without padding"))
}

fn wrong(member: &'static str, problem: &str) -> KeyError {
    KeyError::Jwk {
        member,
        problem: problem.to_owned(),
    }
}
