//! A document that is not as it should be is refused, with the place and what is wrong there.

use flags::domain::catalog::Revision;
use flags::domain::document::Document;
use flags::domain::subject::User;
use flags::store::memory::MemoryStore;
use flags::store::{Scope, Store};

use crate::project::{document, put_user, walked, write};

/// Why the text is refused; each line of it stands on a line of its own.
fn refused(lines: &[&str]) -> String {
    match serde_json::from_str::<Document>(&lines.join("\n")) {
        Ok(document) => panic!("{document:?}"),
        Err(error) => error.to_string(),
    }
}

fn in_features(lines: &[&str]) -> String {
    let whole = [
        &[r#"{"format": "flags.catalog/1","#, r#""features": {"#],
        lines,
        &["}}"],
    ];
    refused(&whole.concat())
}

#[test]
fn only_this_format_is_read() {
    let other = refused(&["{", r#""format": "flags.catalog/2""#, "}"]);
    assert_eq!(
        other,
        "this version reads the format flags.catalog/1, not \"flags.catalog/2\" at line 2 \
         column 27"
    );
    let none = refused(&["{", "}"]);
    assert_eq!(none, "missing field `format` at line 2 column 1");
}

#[test]
fn an_unknown_field_is_named() {
    let top = refused(&[r#"{"format": "flags.catalog/1","#, r#""feature": {}}"#]);
    assert_eq!(
        top,
        "unknown field `feature`, expected one of `format`, `settings`, `features`, \
         `plans`, `organizations`, `users`, `overrides` at line 2 column 9"
    );
    let deep = in_features(&[r#""sso": {"type": "boolean","#, r#""enable": true}"#]);
    assert_eq!(
        deep,
        "unknown field `enable`, expected one of `type`, `name`, `description`, `tags`, \
         `owner`, `enabled`, `off_value`, `targeting` at line 4 column 8"
    );
    let over = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""overrides": {"user:u1": {"sso": {"#,
        r#""grant": true,"#,
        r#""until": "2026-01-01"}}}}"#,
    ]);
    assert_eq!(
        over,
        "unknown field `until`, expected one of `grant`, `revoke`, `reason`, `starts`, \
         `expires` at line 4 column 7"
    );
}

#[test]
fn a_name_that_stands_twice_is_an_error_at_every_depth() {
    let feature = in_features(&[
        r#""sso": {"type": "boolean"},"#,
        r#""sso": {"type": "boolean"}"#,
    ]);
    assert_eq!(feature, "`sso` stands twice at line 4 column 5");
    let grant = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""plans": {"pro": {"grants": {"#,
        r#""seats": 3,"#,
        r#""seats": 5}}}}"#,
    ]);
    assert_eq!(grant, "`seats` stands twice at line 4 column 7");
    let over = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""overrides": {"user:u1": {"#,
        r#""sso": {"grant": true},"#,
        r#""sso": {"revoke": true}"#,
        "}}}",
    ]);
    assert_eq!(over, "`sso` stands twice at line 4 column 5");
    let subject = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""overrides": {"#,
        r#""org:acme": {},"#,
        r#""organization:acme": {}"#,
        "}}",
    ]);
    assert_eq!(subject, "`org:acme` stands twice at line 4 column 19");
    let part = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""plans": {},"#,
        r#""plans": {}}"#,
    ]);
    assert_eq!(part, "duplicate field `plans` at line 3 column 7");
    let field = in_features(&[r#""sso": {"type": "boolean","#, r#""type": "limit"}"#]);
    assert_eq!(field, "duplicate field `type` at line 4 column 6");
}

#[test]
fn a_bad_value_is_shown_with_what_would_be_good() {
    let key = in_features(&[r#""SSO": {"type": "boolean"}"#]);
    assert_eq!(
        key,
        "a feature key is made of a-z, 0-9, `-` and `_`; `SSO` contains 'S' at line 3 \
         column 5"
    );
    let kind = in_features(&[r#""sso": {"type": "bool"}"#]);
    assert_eq!(
        kind,
        "unknown variant `bool`, expected `boolean` or `limit` at line 3 column 22"
    );
    let percent = in_features(&[
        r#""sso": {"type": "boolean", "targeting": {"default": false, "rules": ["#,
        r#"{"id": "share", "serve": true, "when": [{"percent": 101}]}"#,
        r#"]}}"#,
    ]);
    assert_eq!(
        percent,
        "\"101\" is not a percentage: write 0 to 100 with at most two decimals at line 4 \
         column 55"
    );
    let value = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""plans": {"pro": {"grants": {"#,
        r#""seats": -3"#,
        "}}}}",
    ]);
    assert_eq!(
        value,
        "invalid value: integer `-3`, expected `true`, a whole number from 0 to 2^53-1, \
         or \"unlimited\" at line 3 column 11"
    );
    let effect = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""overrides": {"user:u1": {"#,
        r#""sso": {"grant": true, "revoke": true}"#,
        "}}}",
    ]);
    assert_eq!(
        effect,
        "an override either grants a value or has `revoke` set to true at line 3 column \
         38"
    );
    let span = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""overrides": {"user:u1": {"#,
        r#""sso": {"revoke": true, "starts": "2026-02-01", "expires": "2026-01-01"}"#,
        "}}}",
    ]);
    assert_eq!(
        span,
        "an override that starts at 2026-02-01T00:00:00Z cannot expire at \
         2026-01-01T00:00:00Z at line 3 column 72"
    );
    let subject = refused(&[
        r#"{"format": "flags.catalog/1","#,
        r#""overrides": {"team:t1": {}}"#,
        "}",
    ]);
    assert_eq!(
        subject,
        "\"team:t1\" does not say what it names: write user:ID, org:ID or another TYPE:ID \
         at line 2 column 23"
    );
}

#[test]
fn what_is_left_out_has_its_usual_value() {
    let short = document(
        r#""features": {"seats": {"type": "limit"}},
           "plans": {"pro": {"grants": {"seats": "unlimited"}}}"#,
    );
    let long = document(
        r#""settings": {"max_features": 50},
           "features": {"seats": {"type": "limit", "tags": [], "enabled": true,
               "off_value": false, "targeting": {"default": false, "rules": []}}},
           "plans": {"pro": {"grants": {"seats": 9007199254740991}}},
           "organizations": {}, "users": {}, "overrides": {}"#,
    );
    assert_eq!(short, long);
}

#[test]
fn a_document_that_breaks_a_rule_is_no_store() {
    let refused = |members: &str| match MemoryStore::from_document(document(members)) {
        Ok(_) => "a store".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        refused(r#""settings": {"default_plan": "gold"}"#),
        "there is no plan `gold`"
    );
    assert_eq!(
        refused(r#""users": {"u1": {"organizations": ["acme"]}}"#),
        "there is no organization `acme`"
    );
    assert_eq!(
        refused(r#""overrides": {"user:u1": {"sso": {"revoke": true}}}"#),
        "there is no feature `sso`"
    );
    assert_eq!(
        refused(
            r#""features": {"sso": {"type": "boolean"}},
               "overrides": {"user:u1": {"sso": {"revoke": true}}}"#
        ),
        "there is no user `u1`"
    );
    assert_eq!(
        refused(r#""features": {"seats": {"type": "limit", "targeting": {"default": true}}}"#),
        "seats is a limit feature: only boolean features are targeted"
    );
    assert_eq!(
        refused(
            r#""features": {"seats": {"type": "limit"}}, "plans": {"pro": {"grants": {"seats": true}}}"#
        ),
        "seats is a limit feature: `on` is not a value for it"
    );
    assert_eq!(
        refused(
            r#""settings": {"max_features": 1},
               "features": {"a": {"type": "limit"}, "b": {"type": "limit"}}"#
        ),
        "the cap cannot be 1: 2 features are defined"
    );
}

#[test]
fn a_document_gives_a_store_without_history_and_with_unknown_revisions() {
    let store = MemoryStore::from_document(document(
        r#""features": {"sso": {"type": "boolean", "targeting": {"default": true}}},
           "plans": {"pro": {"grants": {"sso": true}}},
           "users": {"u1": {"plan": "pro"}},
           "overrides": {"user:u1": {"sso": {"revoke": true}}}"#,
    ))
    .unwrap();
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.revision().unwrap(), Revision::UNKNOWN);
    assert!(walked(|visit| snapshot.history(None, visit)).is_empty());
    let catalog = snapshot.catalog(Scope::All).unwrap();
    let (sso, pro) = (&catalog.features["sso"], &catalog.plans["pro"]);
    let held = walked(|visit| snapshot.overrides(Scope::All, None, visit));
    let revisions = [
        sso.revision,
        sso.audience_revision,
        pro.revision,
        pro.grants["sso"].revision,
        held[0].2.revision,
    ];
    assert_eq!(revisions, [Revision::UNKNOWN; 5]);
    let written = write(&store, [put_user("u2", None, Some(User::default()))]);
    assert_eq!(written.revision, Revision(1));
}
