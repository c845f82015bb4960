//! Genuine tokens of arbitrary content under arbitrary policies: the verdict and its reason are
//! those that the rules give when they are worked out in another way.

#![no_main]

use flags::token::{Verifier, decode};
use fuzz_flags::case::Case;
use fuzz_flags::oracle::expected;
use fuzz_flags::{KEYS, explain, read_out};
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|case: Case| {
    let (token, policy) = (case.token(), case.policy());
    let now = Timestamp::constant(i64::from(case.now), 0);
    let mut verifier = Verifier::new(&KEYS[0], &policy);
    let genuine = verifier.prove(&token, now);
    read_out(verifier.examination());
    let reason = verifier.examination().reason();
    let (header, claims) = (case.header(), case.claims());
    assert_eq!(
        reason,
        expected(&header, &claims, &policy, case.now),
        "{policy:?}"
    );
    if let Ok(genuine) = genuine {
        assert_eq!(genuine.header(), &header);
        assert!(policy.signature_only || genuine.claims() == &claims);
    }
    let decoded = decode(&token).unwrap();
    assert_eq!((decoded.header(), decoded.claims()), (&header, &claims));
    explain(&decoded, &[]);
});
