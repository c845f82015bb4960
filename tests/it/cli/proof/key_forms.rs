//! Every form of key is taken, and of a set the one that the token names.

use serde_json::{Value, json};

use super::super::kit::Place;
use super::{SECRET, TOKENS, der, jwk, key, minted, secret_jwk, text, token, verify};

#[test]
fn every_algorithm_is_proven_with_the_key_beside_it() {
    assert_eq!(TOKENS.lines().count(), 15);
    for line in TOKENS.lines() {
        let [algorithm, name, token] = line.split(' ').collect::<Vec<_>>()[..] else {
            unreachable!("{line}")
        };
        let place = Place::bare();
        let name = if name == "secret" {
            "secret.txt".to_owned()
        } else {
            format!("{name}.spki.pem")
        };
        place.file("key", key(&name));
        let said = verify(&place, &["--key-file", "key", "--alg", algorithm], token).yes();
        assert!(
            said.starts_with("genuine: every check passed\n"),
            "{algorithm}: {said}"
        );
    }
}

#[test]
fn every_form_of_a_key_is_taken() {
    let certificate = text("rsa.certificate.pem");
    let forms = [
        ("RS256", key("rsa.spki.pem")),
        ("RS256", key("rsa.pkcs1-public.pem")),
        ("RS256", key("rsa.pkcs1.pem")),
        ("RS256", key("rsa.pkcs8.pem")),
        ("RS256", key("rsa.openssh")),
        ("RS256", certificate.clone().into_bytes()),
        ("RS256", certificate.repeat(2).into_bytes()),
        (
            "RS256",
            text("rsa.spki.pem").replace('\n', "\r\n").into_bytes(),
        ),
        (
            "RS256",
            format!("Key:\n\n{}", text("rsa.spki.pem")).into_bytes(),
        ),
        (
            "RS256",
            format!("\u{feff}{}", text("rsa.spki.pem")).into_bytes(),
        ),
        ("PS384", jwk("rsa.spki.pem").to_string().into_bytes()),
        ("RS512", der("rsa.spki.pem")),
        ("RS512", der("rsa.pkcs1-public.pem")),
        ("RS512", der("rsa.pkcs8.pem")),
        ("RS512", der("rsa.certificate.pem")),
        ("ES256", key("p256.spki.pem")),
        ("ES256", key("p256.pkcs8.pem")),
        ("ES256", key("p256.sec1.pem")),
        ("ES256", key("p256.openssh")),
        ("ES256", der("p256.spki.pem")),
        (
            "ES256",
            json!({"keys": [jwk("p256.spki.pem")]})
                .to_string()
                .into_bytes(),
        ),
        ("ES384", jwk("p384.spki.pem").to_string().into_bytes()),
        ("ES512", key("p521.pkcs8.pem")),
        ("ES512", jwk("p521.spki.pem").to_string().into_bytes()),
        ("ES256K", key("k256.pkcs8.pem")),
        ("ES256K", jwk("k256.spki.pem").to_string().into_bytes()),
        ("EdDSA", key("ed25519.pkcs8.pem")),
        ("EdDSA", key("ed25519.openssh")),
        ("EdDSA", der("ed25519.spki.pem")),
        ("Ed25519", jwk("ed25519.spki.pem").to_string().into_bytes()),
        ("HS256", SECRET.to_vec()),
        ("HS512", secret_jwk().to_string().into_bytes()),
        (
            "HS384",
            json!({"keys": [secret_jwk()]}).to_string().into_bytes(),
        ),
    ];
    for (algorithm, form) in forms {
        let place = Place::bare();
        place.file("key", &form);
        let said = verify(&place, &["--json", "--key-file", "key"], token(algorithm));
        let shown = String::from_utf8_lossy(&form);
        assert_eq!(said.code, Some(0), "{algorithm} with {shown}: {said:?}");
    }
}

#[test]
fn of_a_set_the_token_names_its_key() {
    let named = |name: &str, id: &str| {
        let mut jwk = jwk(name);
        jwk["kid"] = json!(id);
        jwk
    };
    let place = Place::bare();
    let header = |id: &str| json!({"alg": "HS256", "kid": id});
    let secrets = |ids: [&str; 2]| {
        let keys = ids.map(|id| json!({"kty": "oct", "k": secret_jwk()["k"], "kid": id}));
        json!({ "keys": keys }).to_string()
    };
    let set = place.file("set", secrets(["k1", "k2"]));
    let verdict = |id: &str| {
        let words = ["--json", "--key-file", set.to_str().unwrap()];
        let said = verify(&place, &words, &minted(&header(id), &json!({})));
        serde_json::from_str::<Value>(&said.out).unwrap()["detail"].clone()
    };
    assert_eq!(verdict("k2"), json!(null));
    assert_eq!(
        verdict("k3"),
        "no key of the set has the token's key id (kid)"
    );
    place.file("set", secrets(["k1", "k1"]));
    let repeated = "the key set has the token's key id (kid) more than once: which key is meant \
                    cannot be told";
    assert_eq!(verdict("k1"), repeated);
    place.file(
        "set",
        json!({"keys": [named("p256.spki.pem", "k1")]}).to_string(),
    );
    let family = "the token says HS256, which needs a shared secret; the key is an EC key on P-256";
    assert_eq!(verdict("k1"), family);
}
