//! Why a feature is off, whether the token knows it or not: what is to be seen to in the store.

use serde_json::{Value, json};

use super::{at, claims, document, found, row};
use crate::cli::kit::Place;

/// Everything that the shop's features could be worth.
fn with_everything(sub: &str) -> Value {
    let features = json!({"analytics": true, "beta": true, "legacy": true, "max_projects": 1,
        "max_seats": 1, "sso": true});
    claims(&json!({"sub": sub, "features": features}))
}

/// The same cause is found whether the token has the feature or rightly leaves it out.
#[track_caller]
fn off(place: &Place, sub: &str, feature: &str, cause: &str, why: &str, next: &str) {
    let extra = document(place, &with_everything(sub), "");
    found(&extra, feature, "extra", cause, why, next);
    let same = document(place, &claims(&json!({"sub": sub, "features": {}})), "");
    found(&same, feature, "same", cause, why, next);
}

#[test]
fn targeting_that_leaves_the_subject_out_is_named_with_its_rules() {
    let place = Place::shop();
    let why = "targeting leaves user ben out: none of 3 rules matches";
    let next = "`flags target beta` shows who is; `flags target add beta user:ben` adds one";
    off(&place, "ben", "beta", "not_targeted", why, next);
    at(&place, "11:10:00", "feature define nobodys");
    let document = document(&place, &claims(&json!({"sub": "ben", "features": {}})), "");
    let why = "targeting leaves user ben out: the audience is nobody";
    found(
        &document,
        "nobodys",
        "same",
        "not_targeted",
        why,
        "flags target nobodys",
    );
}

#[test]
fn a_plan_that_lacks_it_is_named_with_one_that_has_it() {
    let place = Place::shop();
    let next = "`flags set sso --plan free` adds it to the plan; \
                `flags user assign ben --plan enterprise` moves to one that has it";
    let why = "plan free does not include it";
    off(&place, "ben", "sso", "not_in_plan", why, next);
    let next = "`flags set max_seats NUMBER --plan free` adds it";
    off(&place, "ben", "max_seats", "not_in_plan", why, next);
}

#[test]
fn a_disabled_feature_is_named_as_such() {
    let why = "the feature is disabled for everybody";
    let next = "`flags feature enable legacy` turns it on again";
    off(
        &Place::shop(),
        "ana",
        "legacy",
        "feature_disabled",
        why,
        next,
    );
}

#[test]
fn overrides_that_revoke_are_over_or_ahead_are_named_with_their_holder() {
    let place = Place::shop();
    let why = "the override of cleo revokes it (asked for it)";
    let next = "`flags unset analytics --user cleo` takes the revoke away";
    off(&place, "cleo", "analytics", "revoked", why, next);
    let why = "an override granted it until 2026-01-01T00:00:00Z";
    let next = "`flags set sso --user ana --expires 14d` grants it anew";
    off(&place, "ana", "sso", "override_expired", why, next);
    at(&place, "11:10:00", "set sso --user ben --starts 2026-06-01");
    let why = "an override grants it only from 2026-06-01T00:00:00Z on";
    let next = "`flags override show sso --user ben` shows it";
    off(&place, "ben", "sso", "override_not_started", why, next);
    at(&place, "11:10:00", "set beta off --org acme");
    let why = "the override of acme revokes it";
    let next = "`flags unset beta --org acme` takes the revoke away";
    off(&place, "cleo", "beta", "revoked", why, next);
}

#[test]
fn what_is_not_defined_is_named_with_the_nearest_key() {
    let place = Place::shop();
    let bens = json!({"sub": "ben", "features": {"analitics": true, "max_projects": 3,
        "analytics": true, "Zoë": 1}});
    let document = document(&place, &claims(&bens), "");
    let why = "not defined here: a draft, renamed or deleted, or misspelt (did you mean \
               `analytics`?)";
    let next = "`flags feature list` shows what there is; `flags feature define` publishes one";
    // Two of four is not most of them, so nobody is accused of being elsewhere.
    found(
        &document,
        "analitics",
        "unknown",
        "feature_undefined",
        why,
        next,
    );
    found(
        &document,
        "Zoë",
        "unknown",
        "feature_undefined",
        "or misspelt",
        next,
    );
    assert_eq!(row(&document, "analitics")["type"], Value::Null);
}

#[test]
fn for_one_feature_that_is_asked_about_the_next_step_is_shown_even_if_nothing_differs() {
    let place = Place::shop();
    let bens = claims(&json!({"sub": "ben", "features": {"analytics": true, "max_projects": 3}}));
    let quiet = super::diff(&place, &bens, "").yes();
    assert!(!quiet.contains("\nnext\n"), "{quiet}");
    let asked = super::diff(&place, &bens, "--feature beta").yes();
    let (head, next) = asked.split_once("\nnext\n").unwrap();
    assert!(
        head.contains("beta\t–\toff\toff\tsame\ttargeting leaves user ben out"),
        "{head}"
    );
    assert!(!head.contains("analytics"), "{head}");
    assert_eq!(
        next,
        "beta\t`flags target beta` shows who is; `flags target add beta user:ben` adds one\n"
    );
}
