//! The organization of the token's session: the right one, another one, none at all.

use serde_json::{Value, json};

use super::{at, claims, diff, document, found, remarked, row};
use crate::cli::kit::{Place, refused};

/// dev belongs to acme (enterprise) and to initech, which has an override of sso.
fn devs(organization: Value, features: Value) -> Value {
    let mut claims = claims(&json!({"sub": "dev", "features": features}));
    if !organization.is_null() {
        claims["org_id"] = organization;
    }
    claims
}

#[test]
fn the_organization_of_the_token_is_the_one_that_counts() {
    let place = Place::shop();
    let all = json!({"analytics": true, "beta": true, "max_projects": 50, "max_seats": 25,
        "sso": true});
    let acme = document(&place, &devs(json!("acme"), all.clone()), "");
    assert_eq!(
        (&acme["ok"], &acme["subject"]["organization"]),
        (&json!(true), &json!("acme"))
    );
    assert_eq!(row(&acme, "sso")["layer"], "plan");
    let initech = document(&place, &devs(json!("initech"), all.clone()), "");
    assert_eq!(row(&initech, "sso")["layer"], "organization_override");
    assert_eq!(document(&place, &devs(Value::Null, all), "")["ok"], true);
}

#[test]
fn what_comes_through_another_organization_is_told_as_that() {
    let place = Place::shop();
    at(&place, "11:10:00", "override clear sso --org initech --yes");
    let next = "sign in to organization acme; `flags explain sso --user dev --org acme` shows";
    // The token is for initech and rightly has no sso, which dev has in acme.
    let right = json!({"analytics": true, "beta": true, "max_projects": 50, "max_seats": 25});
    let same = document(&place, &devs(json!("initech"), right.clone()), "");
    let why = "it comes through organization acme; the token is for organization initech";
    found(&same, "sso", "same", "wrong_organization", why, next);
    // It has it nonetheless.
    let mut with = right.clone();
    with["sso"] = json!(true);
    let extra = document(&place, &devs(json!("initech"), with), "");
    found(&extra, "sso", "extra", "wrong_organization", why, next);
    // It was issued without any organization, whose features it therefore lacks.
    let missing = document(&place, &devs(Value::Null, right), "");
    let why = "it comes through organization acme; the token names none (`org_id`)";
    found(&missing, "sso", "missing", "wrong_organization", why, next);
}

#[test]
fn a_rule_that_names_organizations_needs_one_in_the_token() {
    let place = Place::shop();
    let cleos = json!({"sub": "cleo", "feature_flags": ["sso"]});
    let without = document(&place, &claims(&cleos), "");
    let why = "it comes by a rule that names organizations; the token names none (`org_id`)";
    let next = "sign in to an organization that it names: `flags target beta` shows them";
    found(&without, "beta", "missing", "wrong_organization", why, next);
    let mut within = claims(&cleos);
    within["org_id"] = json!("acme");
    let within = document(&place, &within, "");
    found(
        &within,
        "beta",
        "missing",
        "value_differs",
        "rule 2 (organization) serves on",
        "explain",
    );
}

#[test]
fn a_token_for_an_organization_that_the_user_is_not_in_gives_what_is_not_theirs() {
    let place = Place::shop();
    let mut claims = super::anas();
    claims["org_id"] = json!("acme");
    claims["features"]["sso"] = json!(true);
    let document = document(&place, &claims, "");
    assert_eq!(remarked(&document), ["wrong_organization"]);
    let why = "it comes through organization acme, to which user ana does not belong";
    let next = "`flags user assign ana --org acme` adds the user; then refresh";
    found(&document, "sso", "extra", "wrong_organization", why, next);
    // Her own plan counts all the same.
    assert_eq!(row(&document, "analytics")["verdict"], "same");
    let text = diff(&place, &claims, "").no();
    let remark = "\nwrong organization: the token is for organization acme, to which user ana does \
                  not belong\n";
    assert!(text.contains(remark), "{text}");
}

#[test]
fn the_operator_may_name_another_subject_than_the_token() {
    let place = Place::shop();
    let foreign = json!({"sub": "user_01ABC", "org_id": "org_01XYZ",
        "features": {"analytics": true, "beta": true, "max_projects": 50, "max_seats": 25,
            "sso": true}});
    let document = document(&place, &claims(&foreign), "--user dev --org acme");
    assert_eq!(document["ok"], true, "{document}");
    let subject = json!({"user": "dev", "organization": "acme", "plan": null, "targets": []});
    assert_eq!(document["subject"], subject);
    // Asked about by the operator, an organization must be the user's.
    place.file("token.jwt", super::token(&claims(&foreign)));
    refused(
        &place,
        "token diff --token-file token.jwt --user ana --org acme",
        3,
        "not_a_member",
        "user `ana` does not belong to organization `acme`",
        &["`flags user assign ana --org acme` adds them"],
    );
}

#[test]
fn a_token_of_an_organization_alone_is_compared_with_that() {
    let place = Place::shop();
    let acmes = json!({"org_id": "acme", "features": {"analytics": true, "beta": true,
        "max_projects": 3, "max_seats": 9_007_199_254_740_991_u64, "sso": true}});
    let document = document(&place, &claims(&acmes), "");
    assert_eq!(document["ok"], true, "{document}");
    assert_eq!(document["subject"]["user"], Value::Null);
    let text = diff(&place, &claims(&acmes), "").yes();
    assert!(text.contains("\norganization acme, issued "), "{text}");
}
