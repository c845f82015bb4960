//! What is given for a key and is none for tokens is named for what it is, in one sentence.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::super::kit::Place;
use super::{der, jwk, key, secret_jwk, text, token, verify};

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
