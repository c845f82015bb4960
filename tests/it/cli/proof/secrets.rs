//! No secret and no signature is ever repeated, whatever goes wrong.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flags::token::keys;
use serde_json::json;

use super::super::kit::Place;
use super::{SECRET, der, key, minted, secret_jwk, text, token, usual_header, verify};

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
