//! Edits as JSON: names that programs rely on.

use std::collections::BTreeSet;

use flags::edit::Edit;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::asked::{edit, names};

/// Each kind, with every field that it has.
const FORMS: [&str; 24] = [
    r#"{"edit":"set_grant","plan":"pro","feature":"seats","value":25,"create":true}"#,
    r#"{"edit":"unset_grant","plan":"pro","feature":"seats"}"#,
    r#"{"edit":"set_override","subject":"user:u1","feature":"sso","value":true,"reason":"trial","starts":"2026-01-01T00:00:00Z","expires":"2027-01-01T00:00:00Z","create":true}"#,
    r#"{"edit":"unset_override","subject":"org:acme","feature":"sso"}"#,
    r#"{"edit":"clear_overrides","subject":"org:acme","features":["sso"],"expired":true}"#,
    r#"{"edit":"define_feature","feature":"sso","type":"boolean","enabled":true,"name":"SSO","description":"Sign in","tags":["beta"],"owner":"ana"}"#,
    r#"{"edit":"edit_feature","feature":"sso","name":"SSO","description":null,"tags":["beta"],"owner":"ana","enabled":false}"#,
    r#"{"edit":"enable_feature","feature":"sso"}"#,
    r#"{"edit":"disable_feature","feature":"sso"}"#,
    r#"{"edit":"delete_feature","feature":"sso"}"#,
    r#"{"edit":"target_all","feature":"sso"}"#,
    r#"{"edit":"target_none","feature":"sso"}"#,
    r#"{"edit":"target_percent","feature":"sso","percent":12.5}"#,
    r#"{"edit":"add_targets","feature":"sso","targets":["user:u1","organization:acme","workspace:ws_1"]}"#,
    r#"{"edit":"remove_targets","feature":"sso","targets":["user:u1"]}"#,
    r#"{"edit":"replace_audience","feature":"sso","audience":{"default":false,"rules":[{"id":"user","serve":true,"when":[{"one_of":{"type":"user","ids":["u1"]}},{"percent":50}]}]}}"#,
    r#"{"edit":"create_plan","plan":"pro","display_name":"Pro","description":"Best value","price":"29.00","currency":"USD","period":"monthly","default":true}"#,
    r#"{"edit":"edit_plan","plan":"pro","price":null,"currency":null,"default":false}"#,
    r#"{"edit":"delete_plan","plan":"pro","successor":{"plan":"free"}}"#,
    r#"{"edit":"edit_settings","default_plan":"free","max_features":100}"#,
    r#"{"edit":"assign_user","user":"u1","plan":"pro","email":"ana@example.com","organizations":{"add":["acme"],"remove":["initech"]},"targets":["workspace:ws_1"],"create":true}"#,
    r#"{"edit":"forget_user","user":"u1"}"#,
    r#"{"edit":"assign_organization","organization":"acme","plan":null,"name":"Acme","targets":{"remove":["workspace:ws_1"]}}"#,
    r#"{"edit":"forget_organization","organization":"acme"}"#,
];

fn asked(text: &str) -> Edit {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn an_edit_reads_back_from_json_as_it_was_written() {
    for text in FORMS {
        let edit = asked(text);
        assert_eq!(serde_json::to_string(&edit).unwrap(), text);
    }
}

#[test]
fn every_kind_of_edit_has_a_form_here() {
    let edits: Vec<Edit> = FORMS.iter().map(|text| asked(text)).collect();
    let mut random = TestRunner::deterministic();
    let others = (0..2000).map(|_| edit().new_tree(&mut random).unwrap().current());
    let others: Vec<Edit> = others.collect();
    assert_eq!(names(&edits), names(&others));
}

#[test]
fn what_an_edit_does_not_know_is_refused() {
    for text in FORMS {
        let mut edit: Value = serde_json::from_str(text).unwrap();
        edit["colour"] = "green".into();
        let refused = serde_json::from_value::<Edit>(edit).unwrap_err();
        assert!(refused.to_string().contains("colour"), "{text}: {refused}");
    }
    for bad in [
        r#"{"edit":"paint","feature":"sso"}"#,
        r#"{"feature":"sso"}"#,
        r#"{"edit":"enable_feature"}"#,
        r#"{"edit":"enable_feature","feature":"S S O"}"#,
        r#"{"edit":"enable_feature","feature":"sso","feature":"beta"}"#,
        r#"{"edit":"set_grant","plan":"pro","feature":"seats","value":"25"}"#,
        r#"{"edit":"set_grant","plan":"pro","feature":"seats","value":-1}"#,
        r#"{"edit":"set_grant","plan":"pro","feature":"seats","value":1.5}"#,
        r#"{"edit":"set_override","subject":"ana@example.com","feature":"sso"}"#,
        r#"{"edit":"target_percent","feature":"sso","percent":101}"#,
        r#"{"edit":"assign_user","user":"u1","organizations":{"put":["acme"]}}"#,
        r#"{"edit":"assign_user","user":"u1","organizations":"acme"}"#,
    ] {
        assert!(serde_json::from_str::<Edit>(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_field_that_is_absent_is_left_alone_and_one_that_is_null_is_taken_away() {
    let left = asked(r#"{"edit":"edit_plan","plan":"pro"}"#);
    let taken = asked(r#"{"edit":"edit_plan","plan":"pro","price":null}"#);
    let (Edit::EditPlan(left), Edit::EditPlan(taken)) = (left, taken) else {
        panic!("not the edit that was read");
    };
    assert!(left.price.leaves());
    assert_eq!(taken.price, flags::edit::Alter::Clear);
}

#[test]
fn a_value_is_read_from_whatever_json_has_for_it() {
    let value = |word: &str| {
        let text =
            format!(r#"{{"edit":"set_grant","plan":"pro","feature":"seats","value":{word}}}"#);
        let edit = serde_json::to_value(asked(&text)).unwrap();
        edit["value"].clone()
    };
    let read = [
        "true",
        "\"on\"",
        "false",
        "\"off\"",
        "7",
        "\"unlimited\"",
        "null",
    ]
    .map(value);
    let largest = 9_007_199_254_740_991_u64;
    let expected = [
        true.into(),
        true.into(),
        false.into(),
        false.into(),
        7.into(),
        largest.into(),
        Value::Null,
    ];
    assert_eq!(read, expected);
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_edit_can_be_sent(edit in edit()) {
        let text = serde_json::to_string(&edit).unwrap();
        assert_eq!(asked(&text), edit, "{text}");
        let names: BTreeSet<String> = names(std::slice::from_ref(&edit));
        assert_eq!(names.len(), 1);
    }
}
