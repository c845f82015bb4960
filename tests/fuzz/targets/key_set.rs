//! A key set and a token that names one of its keys, or none: the first line is the token, the
//! rest the set. A first line without dots is a `kid`, under which the secret of the tests signs.

#![no_main]

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fuzz_flags::token::keys::{self, Chosen, KeySet};
use fuzz_flags::token::{Algorithm, Verifier};
use fuzz_flags::{POLICIES, SECRET, now, read_out};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|data: &[u8]| {
    let (first, rest) = match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (&data[..0], data),
    };
    let first = String::from_utf8_lossy(first);
    let token = match first.contains('.') {
        true => first.into_owned(),
        false => signed_under(&first),
    };
    let read = keys::read(rest);
    for policy in POLICIES.iter() {
        let mut verifier = Verifier::new(&read, policy);
        let genuine = verifier.prove(&token, now()).ok();
        read_out(verifier.examination());
        if let (Some(genuine), Ok(set)) = (genuine, &read) {
            named_once(set, genuine.header().get("kid"), rest);
        }
    }
    if let Ok(set) = &read {
        for algorithm in Algorithm::ALL {
            for id in [None, Some("k1"), Some("")] {
                chosen(set, id, algorithm);
            }
        }
    }
});

fn signed_under(id: &str) -> String {
    let mut header = json!({"alg": "HS256"});
    if !id.is_empty() {
        header["kid"] = json!(id);
    }
    let text = format!("{}.e30", URL_SAFE_NO_PAD.encode(header.to_string()));
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET);
    let tag = hmac::sign(&key, text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
}

/// Nothing is genuine by a set in which its key is missing or ambiguous, as a plain reader counts.
fn named_once(set: &KeySet, id: Option<&Value>, text: &[u8]) {
    let (true, Some(id)) = (set.is_set(), id) else {
        return;
    };
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let document: Value = serde_json::from_slice(text).unwrap();
    let keys = document["keys"].as_array().unwrap();
    assert_eq!(keys.iter().filter(|key| key.get("kid") == Some(id)).count(), 1);
}

fn chosen(set: &KeySet, id: Option<&str>, algorithm: Algorithm) {
    match set.choose(id, algorithm, true) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(Chosen::One(place)) => assert!(set.at(place).is_ok()),
        Ok(Chosen::AnyOf(places)) => {
            assert!(places.len() > 1 && id.is_none());
            for place in places {
                assert!(set.at(place).unwrap().permits(algorithm, true).is_ok());
            }
        }
    }
}
