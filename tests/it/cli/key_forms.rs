//! `token verify --key-file`: every form of key is taken, every other thing is named for what it
//! is, and no secret is ever repeated.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flags::token::keys;
use serde_json::{Value, json};

use super::kit::Place;
use super::proof::{SECRET, minted, usual_header, verify};

const TOKENS: &str = include_str!("../keys/tokens.txt");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/keys")
}

fn key(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap()
}

fn text(name: &str) -> String {
    String::from_utf8(key(name)).unwrap()
}

/// What a PEM file has between its markers.
fn der(name: &str) -> Vec<u8> {
    let text = text(name);
    let inside = text.lines().filter(|line| !line.starts_with("-----"));
    STANDARD.decode(inside.collect::<String>()).unwrap()
}

/// The fixed token of an algorithm.
fn token(algorithm: &str) -> &'static str {
    let line = TOKENS
        .lines()
        .find(|line| line.split(' ').next() == Some(algorithm));
    line.unwrap().split(' ').nth(2).unwrap()
}

/// The public JWK of a key, as the program writes it.
fn jwk(name: &str) -> Value {
    let set = keys::read(&key(name)).unwrap();
    let mut jwk = set.at(0).unwrap().public_jwk().unwrap();
    jwk.as_object_mut().unwrap().remove("kid");
    jwk
}

fn secret_jwk() -> Value {
    json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(SECRET)})
}

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

/// What is given for a key, and the sentence that it gets.
fn mistakes() -> Vec<(Vec<u8>, &'static str)> {
    let pem = |label: &str| {
        format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n").into_bytes()
    };
    let of_secret = |members: Value| {
        let mut jwk = secret_jwk();
        jwk.as_object_mut()
            .unwrap()
            .extend(members.as_object().unwrap().clone());
        jwk.to_string().into_bytes()
    };
    let mixed = json!({"keys": [secret_jwk(), jwk("p256.spki.pem")]});
    let mut damaged = text("rsa.spki.pem");
    damaged.truncate(300);
    let damaged_inside = text("rsa.spki.pem").replacen("MII", "AAA", 1);
    let pgp = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n-----END PGP PUBLIC KEY BLOCK-----\n";
    vec![
        (
            vec![],
            "the key is empty: a secret of no bytes protects nothing",
        ),
        (
            token("HS256").as_bytes().to_vec(),
            "expected a key, this is a token; the token goes to stdin, the key to --key-file",
        ),
        (
            key("encrypted.pem"),
            "expected a key that can be read, this is a private key under a passphrase; to verify, \
             use its public half; to sign, `openssl pkcs8 -in FILE -out PLAIN` opens it",
        ),
        (
            key("encrypted-traditional.pem"),
            "expected a key that can be read, this is a private key under a passphrase; to verify, \
             use its public half; to sign, `openssl pkcs8 -in FILE -out PLAIN` opens it",
        ),
        (
            key("openssh-private"),
            "expected a key, this is an OpenSSH private key; verify with its .pub file; to sign, \
             `ssh-keygen -p -m PKCS8 -f FILE` converts it",
        ),
        (
            key("request.pem"),
            "expected a key or a certificate, this is a certificate request; \
             `openssl req -in FILE -noout -pubkey` takes the public key out",
        ),
        (
            pgp.as_bytes().to_vec(),
            "expected a key for tokens, this is a PGP key; tokens are signed with PEM keys or JWKs",
        ),
        (
            pem("PKCS7"),
            "expected a key or a certificate, this is a PKCS#7 bundle; \
             `openssl pkcs7 -print_certs -in FILE` takes the certificates out",
        ),
        (
            pem("X509 CRL"),
            "expected a key or a certificate, this is a list of revoked certificates; give the \
             certificate itself",
        ),
        (
            b"---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----\n".to_vec(),
            "expected an OpenSSH public key, this is one in the form of RFC 4716; \
             `ssh-keygen -i -f FILE` converts it",
        ),
        (
            key("x25519.spki.pem"),
            "this is a key for key agreement (X25519 or X448), which cannot",
        ),
        (
            key("ed448.spki.pem"),
            "this is an Ed448 key, which cannot be used for tokens here",
        ),
        (
            key("dsa.spki.pem"),
            "this is a DSA key, which cannot be used for tokens here",
        ),
        (
            key("rsa1024.spki.pem"),
            "the RSA key has 1024 bits: tokens need at least 2048",
        ),
        (
            [key("rsa.spki.pem"), key("p256.spki.pem")].concat(),
            "expected one key, this is a file with several; keep the one block that is meant",
        ),
        (
            damaged.into_bytes(),
            "this begins like PEM, but there is no complete block in it",
        ),
        (
            damaged_inside.into_bytes(),
            "the public key cannot be read: the file is damaged",
        ),
        (
            pem("POETRY"),
            "this begins like PEM, but the kind of block is not one that holds a key",
        ),
        (
            b"{\"kty\":".to_vec(),
            "this begins like a JWK, but it is not acceptable JSON: EOF",
        ),
        (
            b"{\"kty\":\"oct\",\"kty\":\"oct\"}".to_vec(),
            "this begins like a JWK, but it is not",
        ),
        (b"{\"keys\":[]}".to_vec(), "the key set has no keys"),
        (
            b"[]".to_vec(),
            "the JWK's `kty` is missing: a JWK is a JSON object, not an array",
        ),
        (
            mixed.to_string().into_bytes(),
            "the key set mixes shared secrets with public keys: a set is published, a secret never",
        ),
        (
            of_secret(json!({"k": ""})),
            "the key is empty: a secret of no bytes protects nothing",
        ),
        (
            of_secret(json!({"k": "a+b="})),
            "the JWK's `k` is not base64url without padding",
        ),
        (
            of_secret(json!({"use": "enc"})),
            "the key is not for verifying signatures: its `use`",
        ),
        (
            of_secret(json!({"key_ops": ["encrypt"]})),
            "the key is not for verifying signatures: its `key_ops`",
        ),
        (
            of_secret(json!({"alg": "HS512"})),
            "the token says HS256, the key is for HS512 only",
        ),
        (
            of_secret(json!({"alg": "RS256"})),
            "the JWK's `alg` says RS256, which needs an RSA key",
        ),
        (
            of_secret(json!({"alg": "dir"})),
            "the JWK's `alg` is not the name of a signature algorithm",
        ),
        // The published key is never taken for a secret, whatever the token names.
        (
            key("rsa.spki.pem"),
            "the token says HS256, which needs a shared secret; the key is an RSA key",
        ),
        (
            key("rsa.openssh"),
            "the token says HS256, which needs a shared secret; the key is an RSA key",
        ),
        (
            der("rsa.certificate.pem"),
            "the token says HS256, which needs a shared secret; the key is an RSA key",
        ),
        (
            jwk("ed25519.spki.pem").to_string().into_bytes(),
            "the token says HS256, which needs a shared secret; the key is an Ed25519 key",
        ),
    ]
}

#[test]
fn a_thing_in_the_wrong_place_is_named_in_one_sentence() {
    for (contents, sentence) in mistakes() {
        let place = Place::bare();
        place.file("key", &contents);
        let shown = String::from_utf8_lossy(&contents);
        // Signed by the very bytes that are given for a key, as an attacker would.
        let token = minted_by(&contents);
        let said = verify(&place, &["--key-file", "key"], &token).no();
        let verdict = said.lines().next().unwrap();
        let expected = format!("refused (key): key: {sentence}");
        assert!(verdict.starts_with(&expected), "{shown}\n{verdict}");
        assert!(verdict.len() < 260, "{verdict}");
    }
}

fn minted_by(secret: &[u8]) -> String {
    use aws_lc_rs::hmac;
    let text = [r#"{"alg":"HS256"}"#, "{}"]
        .map(|part| URL_SAFE_NO_PAD.encode(part))
        .join(".");
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    format!(
        "{text}.{}",
        URL_SAFE_NO_PAD.encode(hmac::sign(&key, text.as_bytes()))
    )
}

#[test]
fn a_key_that_is_no_file_is_unreadable_input() {
    let place = Place::bare();
    let at = |words: &[&str]| verify(&place, words, token("HS256")).fails(2);
    assert_eq!(
        at(&["--key-file", "none"]),
        "error: none: No such file or directory (os error 2)\n"
    );
    assert_eq!(
        at(&["--key-file", "."]),
        "error: .: Is a directory (os error 21)\n"
    );
    let told = at(&[]);
    assert!(
        told.starts_with("error: no key: nothing can be said about"),
        "{told}"
    );
    let large = place.file("large", vec![b'a'; 1024 * 1024 + 2]);
    let said = verify(
        &place,
        &["--key-file", large.to_str().unwrap()],
        token("HS256"),
    )
    .no();
    assert!(
        said.contains("expected a key or key set of at most 1048576"),
        "{said}"
    );
}

/// Every spelling of the bytes in which they would be of use to somebody.
fn spellings(secret: &[u8]) -> Vec<String> {
    let hexadecimal = |lower: bool| -> String {
        let digits = secret.iter().map(|byte| match lower {
            true => format!("{byte:02x}"),
            false => format!("{byte:02X}"),
        });
        digits.collect()
    };
    // Base64 in the middle of other bytes begins at any of three places.
    let shifted = (0..3).flat_map(|by| {
        let encoded = STANDARD.encode(&secret[by..]);
        let encoded = encoded.trim_end_matches('=');
        let whole = encoded[..encoded.len() - 2].to_owned();
        [whole.replace('+', "-").replace('/', "_"), whole]
    });
    let mut spellings: Vec<_> = shifted.collect();
    spellings.extend([
        hexadecimal(true),
        hexadecimal(false),
        format!("{:?}", secret),
    ]);
    spellings.extend(std::str::from_utf8(secret).map(str::to_owned));
    spellings
}

#[test]
fn no_run_repeats_a_secret() {
    let seed = &der("ed25519.pkcs8.pem")[16..];
    // Of the RSA key, its first prime: the rest follows from it.
    let prime = &der("rsa.pkcs1.pem")[537..665];
    let scalar = &der("p256.sec1.pem")[7..39];
    let escaped = json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(SECRET), "use": "enc"});
    for (secret, form) in [
        (SECRET, SECRET.to_vec()),
        (SECRET, secret_jwk().to_string().into_bytes()),
        (SECRET, escaped.to_string().into_bytes()),
        (
            SECRET,
            json!({"keys": [secret_jwk(), {"kty": "x"}]})
                .to_string()
                .into_bytes(),
        ),
        (SECRET, format!("{}}}", secret_jwk()).into_bytes()),
        (seed, key("ed25519.pkcs8.pem")),
        (
            seed,
            text("ed25519.pkcs8.pem")
                .replacen("-----END", "----END", 1)
                .into_bytes(),
        ),
        (prime, key("rsa.pkcs1.pem")),
        (prime, key("rsa.pkcs8.pem")),
        (
            prime,
            text("rsa.pkcs8.pem").replacen("MII", "AAA", 1).into_bytes(),
        ),
        (scalar, key("p256.sec1.pem")),
        (scalar, key("p256.pkcs8.pem")),
    ] {
        let spellings = spellings(secret);
        // The form holds the secret in one of these spellings, or the search would prove nothing.
        let place = Place::bare();
        place.file("key", &form);
        let mut said = String::new();
        for algorithm in ["HS256", "RS256", "ES256", "EdDSA"] {
            for words in [
                &["--json"][..],
                &[],
                &["--key-encoding", "base64"],
                &["--key-encoding", "hex"],
                &["--lines"],
            ] {
                let words = [words, &["--key-file", "key"]].concat();
                let run = verify(&place, &words, token(algorithm));
                said.push_str(&format!("{}\n{}\n", run.out, run.err));
            }
        }
        said.push_str(&format!("{:?}", keys::read(&form)));
        for spelling in &spellings {
            assert!(!said.contains(spelling), "{spelling}");
        }
        let joined: String = String::from_utf8_lossy(&form).split('\n').collect();
        assert!(
            spellings.iter().any(|spelling| joined.contains(spelling)),
            "{joined}"
        );
    }
}

#[test]
fn a_token_is_not_repeated_when_it_is_refused() {
    let place = Place::bare();
    place.file("key", "another secret of more than thirty-two bytes");
    let token = minted(&usual_header(), &json!({"sub": "ana"}));
    for words in [&["--json"][..], &[], &["--lines"]] {
        let words = [words, &["--key-file", "key"]].concat();
        let said = verify(&place, &words, &token);
        assert_eq!(said.code, Some(1));
        let signature = token.rsplit('.').next().unwrap();
        assert!(
            !said.out.contains(signature) && !said.err.contains(signature),
            "{said:?}"
        );
    }
}
