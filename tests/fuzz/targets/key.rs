//! Any bytes as a key: what is read can be written and read again, and is the same key; what it
//! signs is genuine by its public half.

#![no_main]

use fuzz_flags::token::keys::{self, Key, KeyError, KeySet, SecretEncoding};
use fuzz_flags::token::{Algorithm, Family, HeaderChoice, Policy, Signer, Verifier};
use fuzz_flags::{now, read_out};
use libfuzzer_sys::fuzz_target;
use serde_json::Map;

fuzz_target!(|data: &[u8]| {
    for encoding in [SecretEncoding::Raw, SecretEncoding::Base64, SecretEncoding::Hex] {
        match keys::secret(data, encoding) {
            Ok(key) => assert_eq!(key.family(), Family::Secret),
            Err(error) => explained(&error),
        }
    }
    let read = keys::read(data);
    match &read {
        Err(error) => explained(error),
        Ok(set) => {
            for place in 0..set.len() {
                match set.at(place) {
                    Ok(key) => used(key),
                    Err(error) => explained(error),
                }
            }
            assert_eq!(set.keys().count() == 0, (0..set.len()).all(|at| set.at(at).is_err()));
        }
    }
    let mut verifier = Verifier::new(&read, &WEAK);
    read_out(verifier.examine(HS256_TOKEN, now()));
});

/// The example of RFC 7515 §A.1, whose secret is as good a guess as any.
const HS256_TOKEN: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

static WEAK: std::sync::LazyLock<Policy> = std::sync::LazyLock::new(|| Policy {
    allow_weak_key: true,
    ..Policy::default()
});

fn explained(error: &KeyError) {
    assert!(!error.to_string().is_empty());
}

fn used(key: &Key) {
    let _ = (key.id(), key.certified(), key.ends_in_line_break());
    assert!(!format!("{key:?}").is_empty());
    for algorithm in Algorithm::ALL {
        let fits = algorithm.family() == key.family();
        assert!(fits || key.permits(algorithm, true).is_err());
        assert!(fits || key.may_sign(algorithm, true).is_err());
    }
    if key.family() == Family::Secret {
        assert!(key.public_pem().is_err() && key.public_jwk().is_err());
        assert!(key.private_pem().is_none());
        return;
    }
    let public = key.public_pem().map(|pem| read_one(&pem));
    let Ok(public) = public else {
        panic!("no public half: {key:?}");
    };
    written_and_read_again(key, &public);
    signs(key, public);
}

/// Each half, in each form, is the same key.
fn written_and_read_again(key: &Key, public: &KeySet) {
    let thumbprint = |set: &KeySet| set.at(0).map(|key| key.id_or_thumbprint().ok()).ok();
    if let Some(pem) = key.private_pem() {
        let again = read_one(&pem);
        assert!(again.at(0).is_ok_and(Key::is_private));
        assert_eq!(thumbprint(&again), thumbprint(public));
    }
    if let Ok(jwk) = key.public_jwk() {
        let again = read_one(&jwk.to_string());
        assert!(again.at(0).is_ok_and(|again| !again.is_private()));
        assert_eq!(thumbprint(&again), Some(key.id_or_thumbprint().ok()));
    }
}

fn read_one(form: &str) -> KeySet {
    let set = keys::read(form.as_bytes()).unwrap();
    assert_eq!((set.len(), set.is_set()), (1, false));
    set
}

fn signs(key: &Key, public: KeySet) {
    let public = Ok(public);
    for algorithm in [Algorithm::Rs256, Algorithm::Ps512, Algorithm::EdDsa]
        .into_iter()
        .chain(Algorithm::ALL.into_iter().filter(|each| matches!(each.family(), Family::Ec(_))))
    {
        let choice = HeaderChoice {
            algorithm: Some(algorithm),
            key_id: None,
            ..HeaderChoice::default()
        };
        let Ok(signer) = Signer::new(key, choice) else {
            continue;
        };
        let token = signer.sign(&Map::new()).unwrap();
        let mut verifier = Verifier::new(&public, &WEAK);
        let verdict = verifier.examine(&token, now());
        assert_eq!(verdict.reason(), None, "{key:?} {algorithm} {verdict:?}");
    }
}
