//! What happened after the token was issued: the token is merely old.

use serde_json::{Value, json};

use super::{ISSUED, anas, at, claims, diff, document, found, remarked, row};
use crate::cli::kit::Place;

const REFRESH: &str = "refresh the session";

#[test]
fn what_was_taken_away_altered_defined_or_deleted_since_is_stale() {
    let place = Place::shop();
    for line in [
        "feature disable beta",
        "set max_seats 25 --user ana",
        "unset analytics --plan pro",
        "feature define fresh",
        "target fresh all",
        "feature delete max_projects --yes",
    ] {
        at(&place, "11:45:00", line);
    }
    let document = document(&place, &anas(), "");
    let after = "15 minutes after this token was issued";
    let stale = |feature: &str, why: &str| {
        found(&document, feature, "stale", "changed_since", why, REFRESH);
        found(&document, feature, "stale", "changed_since", after, REFRESH);
    };
    stale("beta", "taken away by tester");
    stale("max_seats", "set to 25 by tester");
    stale("analytics", "taken away by tester");
    stale("fresh", "granted by tester");
    stale("max_projects", "deleted by tester");
    assert_eq!(row(&document, "fresh")["at_issue"], Value::Null);
    assert_eq!(row(&document, "max_projects")["now"], Value::Null);
    assert_eq!(row(&document, "fresh")["changed"]["with"], "target");
    assert_eq!(document["issue_revision"], 1);
}

#[test]
fn the_write_that_mattered_is_named_and_not_the_latest() {
    let place = Place::shop();
    at(&place, "11:35:00", "user assign ben --plan pro");
    // Neither can be seen behind the plan and the override that ben has.
    at(&place, "11:40:00", "set max_seats 3 --plan free");
    at(&place, "11:45:00", "set analytics --plan free");
    let features = json!({"analytics": true, "max_projects": 3});
    let bens = claims(&json!({"sub": "ben", "features": features}));
    let document = document(&place, &bens, "");
    for feature in ["max_seats", "max_projects"] {
        let changed = &row(&document, feature)["changed"];
        assert_eq!(
            (&changed["with"], &changed["revision"]),
            (&json!("user assign"), &json!(2))
        );
        assert_eq!(changed["changes"][0]["what"], "user ben: plan");
    }
    assert_eq!(row(&document, "analytics")["verdict"], "same");
}

#[test]
fn who_joins_or_leaves_an_organization_has_an_old_token() {
    let place = Place::shop();
    at(&place, "11:40:00", "user assign ben --org acme");
    at(&place, "11:41:00", "user assign cleo --leave acme");
    let bens = claims(&json!({"sub": "ben", "features": {"analytics": true, "max_projects": 3}}));
    let joined = document(&place, &bens, "");
    found(
        &joined,
        "sso",
        "stale",
        "changed_since",
        "granted by tester",
        REFRESH,
    );
    let features = json!({"beta": true, "max_seats": 9_007_199_254_740_991_i64, "sso": true,
        "max_projects": 3});
    let cleos = claims(&json!({"sub": "cleo", "org_id": "acme", "features": features}));
    let left = document(&place, &cleos, "");
    found(
        &left,
        "sso",
        "stale",
        "changed_since",
        "taken away by tester",
        REFRESH,
    );
    assert_eq!(row(&left, "sso")["changed"]["changes"][0]["before"], "acme");
    assert_eq!(remarked(&left), ["wrong_organization"]);
}

#[test]
fn an_override_that_expired_or_began_since_is_told_as_time_and_not_as_a_change() {
    let place = Place::shop();
    at(
        &place,
        "11:10:00",
        "set sso --user ana --expires 2026-05-01T11:50:00Z",
    );
    at(
        &place,
        "11:10:00",
        "set legacy --user ben --starts 2026-05-01T11:55:00Z",
    );
    at(&place, "11:10:00", "feature enable legacy");
    at(
        &place,
        "11:10:00",
        "set max_seats 9 --user ana --expires 2026-05-01T11:50:00Z",
    );
    let mut claims = anas();
    claims["features"] = json!({"analytics": true, "beta": true, "legacy": true,
        "max_projects": 50, "max_seats": 9, "sso": true});
    let expired = document(&place, &claims, "");
    let why = "the override that decided expired at 2026-05-01T11:50:00Z; the user sees that";
    let anew = "`flags set sso --user ana --expires 14d` grants it anew";
    found(&expired, "sso", "stale", "override_expired", why, anew);
    found(
        &expired,
        "max_seats",
        "stale",
        "override_expired",
        why,
        REFRESH,
    );
    assert_eq!(row(&expired, "sso")["changed"], Value::Null);
    let bens = super::claims(&json!({"sub": "ben", "features": {}}));
    let began = document(&place, &bens, "--feature legacy");
    let why = "an override began at 2026-05-01T11:55:00Z";
    found(&began, "legacy", "stale", "override_started", why, REFRESH);
}

#[test]
fn until_when_the_old_answer_can_be_seen_depends_on_the_tokens_end() {
    let place = Place::shop();
    at(&place, "11:40:00", "set sso --user ana");
    let why = |exp: Value| {
        let mut claims = anas();
        claims["exp"] = exp;
        let document = document(&place, &claims, "--feature sso");
        let row = row(&document, "sso");
        (
            row["why"].as_str().unwrap().to_owned(),
            row["seen_by"].clone(),
        )
    };
    let (open, by) = why(json!(ISSUED + 1801));
    assert!(
        open.ends_with("at the next refresh, at the latest at 2026-05-01T12:00:01Z"),
        "{open}"
    );
    assert_eq!(by, "2026-05-01T12:00:01Z");
    let (gone, _) = why(json!(ISSUED + 1800));
    assert!(
        gone.ends_with("expired at 2026-05-01T12:00:00Z and is to be refreshed"),
        "{gone}"
    );
    let (endless, by) = why(Value::Null);
    assert!(
        endless.ends_with("at the next refresh; this token never expires"),
        "{endless}"
    );
    assert_eq!(by, Value::Null);
}

#[test]
fn a_write_within_the_second_of_issue_counts_as_made_before() {
    let place = Place::shop();
    at(&place, "11:30:00", "set sso --user ana");
    at(&place, "11:30:01", "set sso off --user ana");
    let mut claims = anas();
    claims["features"]["sso"] = json!(true);
    let document = document(&place, &claims, "--feature sso");
    found(
        &document,
        "sso",
        "stale",
        "changed_since",
        "1 second after",
        REFRESH,
    );
    assert_eq!(document["issue_revision"], 2);
}

#[test]
fn who_became_known_since_has_an_old_token() {
    let place = Place::shop();
    at(&place, "11:40:00", "user assign eve --plan pro");
    let eves = claims(&json!({"sub": "eve", "features": {}}));
    let document = document(&place, &eves, "--feature analytics");
    found(
        &document,
        "analytics",
        "stale",
        "changed_since",
        "granted by tester",
        REFRESH,
    );
    assert_eq!(row(&document, "analytics")["at_issue"], Value::Null);
    assert_eq!(
        row(&document, "analytics")["changed"]["changes"][0]["what"],
        "user eve"
    );
}

#[test]
fn without_a_past_to_look_at_nothing_is_called_stale() {
    let place = Place::shop();
    at(&place, "11:40:00", "set sso --user ana");
    for (iat, code, words) in [
        (
            Value::Null,
            "no_issue_time",
            "does not say when it was issued (`iat`)",
        ),
        (
            json!("noon"),
            "no_issue_time",
            "does not say when it was issued (`iat`)",
        ),
        (
            json!(1e300),
            "no_issue_time",
            "does not say when it was issued (`iat`)",
        ),
        (
            json!(ISSUED - 1801),
            "before_history",
            "the history begins at 2026-05-01T11:00:00Z",
        ),
    ] {
        let mut claims = anas();
        claims["iat"] = iat;
        let document = document(&place, &claims, "");
        assert_eq!(remarked(&document), [code]);
        let text = document["remarks"][0]["text"].as_str().unwrap();
        assert!(text.contains(words), "{text}");
        assert_eq!(document["issue_revision"], Value::Null);
        found(
            &document,
            "sso",
            "differs",
            "value_differs",
            "grants on",
            "flags explain sso",
        );
        assert_eq!(row(&document, "sso")["at_issue"], Value::Null);
        assert_eq!(row(&document, "analytics")["verdict"], "same");
    }
    let text = diff(&place, &claims(&json!({"iat": null, "sub": "ana"})), "").no();
    assert!(
        text.contains("user ana, without a time of issue by auth"),
        "{text}"
    );
    assert!(text.contains("\nsso\t–\t?\ton\tdiffers\t"), "{text}");
}

#[test]
fn a_damaged_history_is_no_past() {
    let place = Place::shop();
    at(&place, "11:40:00", "set sso --user ana");
    let store = rusqlite::Connection::open(place.store()).unwrap();
    let torn = "UPDATE change SET body = replace(body, '\"grant\":true', '\"revoke\":true') \
                WHERE revision = 2";
    assert_eq!(store.execute(torn, []).unwrap(), 1);
    drop(store);
    let told = diff(&place, &anas(), "").fails(6);
    assert!(
        told.contains("the history is damaged: revision 2 does not fit"),
        "{told}"
    );
}
