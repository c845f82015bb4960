//! Any text as a token: unpacked, decoded, explained, and tried with every kind of key.
//!
//! Decoding and verifying must agree on what a token is, and what is proven must be what is in it.

#![no_main]

use flags::token::{
    Algorithm, DecodeError, Decoded, Part, Policy, Reason, Verifier, decode, unpack,
};
use fuzz_flags::{KEYS, POLICIES, explain, now, read_out};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let decoded = decode(&text);
    let unpacked = unpack(&text);
    match &decoded {
        // What is bare has nothing around it.
        Ok(decoded) => {
            assert_eq!((&*unpacked.token, &*unpacked.wrappings), (&*text, &[][..]));
            explain(decoded, &[]);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Ok(inner) = decode(&unpacked.token) {
        explain(&inner, &unpacked.wrappings);
    }
    for policy in POLICIES.iter() {
        verify(&text, &decoded, policy);
    }
});

fn verify(text: &str, decoded: &Result<Decoded, DecodeError>, policy: &Policy) {
    for keys in KEYS.iter() {
        let mut verifier = Verifier::new(keys, policy);
        let examined = verifier.examine(text, now()).clone();
        read_out(&examined);
        // A verifier that has seen the token before says the same.
        assert_eq!(verifier.examine(text, now()), &examined);
        match verifier.prove(text, now()) {
            Err(again) => assert_eq!(again, examined),
            Ok(verified) => {
                assert_eq!(examined.reason(), None);
                let alg = verified.header()["alg"].as_str().and_then(Algorithm::named);
                let key = keys.as_ref().ok().and_then(|keys| keys.at(0).ok());
                assert_eq!(alg.map(Algorithm::family), key.map(|key| key.family()));
                if let (Ok(decoded), false) = (decoded, policy.signature_only) {
                    assert_eq!(decoded.header(), verified.header());
                    assert_eq!(decoded.claims(), verified.claims());
                }
            }
        }
        let whatever_is_signed = policy.signature_only
            && !matches!(
                decoded,
                Err(DecodeError::Encoding { .. } | DecodeError::EmptyPart { part: Part::Header })
            );
        if decoded.is_err() && !whatever_is_signed {
            assert_eq!(examined.reason(), Some(Reason::Malformed), "{decoded:?}");
        }
    }
}
