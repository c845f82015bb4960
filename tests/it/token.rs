//! Decoding meets tokens nobody on the team wrote, and tokens nobody wrote at all.
//!
//! The rows of the shared vectors are read where they lie (`FLAGS_VECTORS`, else `../shared/vectors`
//! beside the package) and skipped where they are absent; our own cases always run.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flags::token::strict_json::{self, JsonError};
use flags::token::{Statement, Stranger, Surroundings, Times, decode, inspect, unpack};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn encode(header: &Value, payload: &Value, signature: &[u8]) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!(
        "{}.{}.{}",
        part(header),
        part(payload),
        URL_SAFE_NO_PAD.encode(signature)
    )
}

/// The rows of a vector file, or none where the folder is absent.
fn rows(file: &str) -> Vec<Value> {
    let folder = std::env::var_os("FLAGS_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"),
        PathBuf::from,
    );
    let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
        return Vec::new();
    };
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn own_rows() -> Vec<Value> {
    let good = encode(
        &json!({"alg": "HS256"}),
        &json!({"sub": "u1"}),
        b"signature",
    );
    vec![
        json!({"id": "own-good", "profile": "jwt", "expect": "accept", "token": good}),
        json!({"id": "own-padded", "profile": "jwt", "expect": "reject", "token": good + "="}),
        json!({"id": "own-json", "profile": "jws", "expect": "reject", "token": "{\"payload\":\"\"}"}),
        json!({"id": "own-dots", "profile": "jws", "expect": "reject", "token": "..."}),
    ]
}

#[test]
fn every_shared_vector_decodes_or_is_refused_and_the_good_ones_decode() {
    let files = ["jwt_verify.jsonl", "jwt_json_payloads.jsonl"];
    for row in own_rows()
        .into_iter()
        .chain(files.iter().flat_map(|file| rows(file)))
    {
        let result = decode(row["token"].as_str().unwrap());
        if row["profile"] == "jwt" && row["expect"] == "accept" {
            assert!(result.is_ok(), "{}: {}", row["id"], result.unwrap_err());
        }
        // Not every refused row is ill-formed: most have a bad signature only, which is not
        // decoding's to see. The documents of the JSON suite are refused for their form alone.
        if row["reason_class"] == "malformed"
            || (row["suite"] == "jsontestsuite" && row["expect"] == "reject")
        {
            assert!(result.is_err(), "{}", row["id"]);
        }
    }
}

#[test]
fn a_good_document_is_decoded_to_what_it_says() {
    let good = |row: &Value| row["expect"] == "accept";
    for row in rows("jwt_json_payloads.jsonl").into_iter().filter(good) {
        let document = STANDARD
            .decode(row["document_b64"].as_str().unwrap())
            .unwrap();
        let theirs: Map<String, Value> = serde_json::from_slice(&document).unwrap();
        let decoded = decode(row["token"].as_str().unwrap()).unwrap();
        assert_eq!(*decoded.claims(), theirs, "{}", row["id"]);
    }
}

/// Any JSON value: strings of any characters, numbers that survive being written and read.
fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|quarters| Value::from(f64::from(quarters) / 4.0)),
        any::<String>().prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            members(inner).prop_map(Value::from),
        ]
    })
}

fn members(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((any::<String>(), value), 0..6)
        .prop_map(|members| members.into_iter().collect())
}

proptest! {
    #[test]
    fn decoding_any_text_never_panics(text in any::<String>()) {
        let _ = decode(&text);
    }

    #[test]
    fn decoding_what_looks_like_a_token_never_panics(text in "[A-Za-z0-9_=+/ .-]{0,80}") {
        let _ = decode(&text);
    }

    #[test]
    fn what_is_encoded_is_what_is_decoded(
        header in members(any_json()),
        claims in members(any_json()),
        signature in any::<Vec<u8>>(),
    ) {
        let token = encode(&header.clone().into(), &claims.clone().into(), &signature);
        let decoded = decode(&token).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(decoded.header(), &header);
        prop_assert_eq!(decoded.claims(), &claims);
        prop_assert_eq!(decoded.signature_bytes(), signature.len());
    }

    #[test]
    fn claims_of_any_type_are_read_and_told_without_panic(
        values in prop::collection::vec(any_json(), CLAIMS.len()),
        now in any::<i32>(),
    ) {
        let claims = CLAIMS.iter().map(|name| (*name).to_owned()).zip(values).collect();
        let _ = Statement::read(&claims);
        let now = jiff::Timestamp::from_second(now.into()).unwrap();
        prop_assert!(!Times::read(&claims).validity(now).to_string().is_empty());
    }

    /// What can be decoded has nothing around it, so nothing is taken off.
    #[test]
    fn a_token_that_decodes_is_left_as_it_is(
        header in members(any_json()),
        claims in members(any_json()),
        signature in any::<Vec<u8>>(),
    ) {
        let token = encode(&header.into(), &claims.into(), &signature);
        let unpacked = unpack(&token);
        prop_assert_eq!((unpacked.token, unpacked.wrappings), (token, Vec::new()));
    }

    #[test]
    fn what_is_around_any_text_is_taken_off_without_panic(
        text in "(Bearer |[\"'{ \u{feff}]|Authorization:|access_token|sk_|[ey.=:}]){0,12}",
    ) {
        let unpacked = unpack(&text);
        prop_assert!(unpacked.token.len() <= text.len());
        let _ = Stranger::recognise(&unpacked.token);
    }

    #[test]
    fn inspecting_any_token_never_panics_and_says_nothing_twice(
        header in members(any_json()),
        values in prop::collection::vec(any_json(), CLAIMS.len()),
        now in any::<i32>(),
    ) {
        let claims: Map<String, Value> =
            CLAIMS.iter().map(|name| (*name).to_owned()).zip(values).collect();
        let decoded = decode(&encode(&header.into(), &claims.into(), b"s")).unwrap();
        let known = Surroundings {
            now: jiff::Timestamp::from_second(now.into()).unwrap(),
            wrappings: &[],
            catalog: None,
            organization: None,
        };
        let findings = inspect(&decoded, &known);
        prop_assert!(findings.is_sorted_by_key(|it| std::cmp::Reverse(it.severity())));
        let mut seen = std::collections::BTreeSet::new();
        for found in findings {
            prop_assert!(!found.message.is_empty());
            let about = (found.code.name(), found.claim, found.feature);
            prop_assert!(seen.insert(about.clone()), "{:?}", about);
        }
    }

    /// The two parsers differ in one thing only.
    #[test]
    fn strict_json_is_json_without_repeated_names(text in r#"[\[\]{}:,"ab01e. -]{0,24}"#) {
        match (strict_json::parse(&text), serde_json::from_str::<Value>(&text)) {
            (Ok(ours), Ok(theirs)) => prop_assert_eq!(ours, theirs),
            (Err(JsonError::DuplicateName { .. }), Ok(_)) | (Err(_), Err(_)) => {}
            (ours, theirs) => prop_assert!(false, "{:?} and {:?}", ours, theirs),
        }
    }
}

const CLAIMS: [&str; 16] = [
    "iat",
    "nbf",
    "exp",
    "features",
    "feature_flags",
    "custom_claims",
    "customClaims",
    "sub",
    "sid",
    "aud",
    "roles",
    "role",
    "permissions",
    "entitlements",
    "email",
    "org_id",
];
