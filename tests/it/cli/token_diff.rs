//! `token diff`: a token against the store, when it was issued and now.
//!
//! The store is the shop of an hour ago. Tokens are half an hour old unless they say otherwise; in
//! between and afterwards, things happen at moments that each test pins.

mod off;
mod places;
mod session;
mod since;
mod whole;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::kit::{Place, Said};

/// 11:30, half an hour before [`super::kit::NOW`].
const ISSUED: i64 = 1_777_635_000;

pub(super) fn token(claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = json!({"alg": "RS256", "typ": "JWT"});
    format!("{}.{}.c2ln", part(&header), part(claims))
}

/// Claims of a token that was issued at 11:30 and is good until 12:05.
fn claims(more: &Value) -> Value {
    let mut claims = json!({"iss": "auth.example.com", "iat": ISSUED, "exp": ISSUED + 2100});
    let more = more.as_object().unwrap().clone();
    claims.as_object_mut().unwrap().extend(more);
    claims
}

/// What a token for ana has to say of the shop.
fn anas() -> Value {
    let features = json!({"analytics": true, "beta": true, "max_projects": 50, "max_seats": 5});
    claims(&json!({"sub": "ana", "features": features}))
}

/// Types a command at another time of the day than noon.
#[track_caller]
fn at(place: &Place, time: &str, line: &str) {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    command.env("FLAGS_NOW", format!("2026-05-01T{time}Z"));
    Said::by(&mut command).yes();
}

/// Compares a token of these claims.
fn diff(place: &Place, claims: &Value, options: &str) -> Said {
    place.file("token.jwt", token(claims));
    place.flags(&format!("token diff --token-file token.jwt {options}"))
}

/// The document of a comparison, and whether it came to a yes.
#[track_caller]
fn document(place: &Place, claims: &Value, options: &str) -> Value {
    let said = diff(place, claims, &format!("{options} --json"));
    assert_eq!(said.err, "");
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(document["verified"], false);
    let expected = match said.code {
        Some(0) => json!(true),
        Some(1) => json!(false),
        other => panic!("exit code {other:?}"),
    };
    assert_eq!(document["ok"], expected, "{document}");
    document
}

/// One feature of a comparison.
#[track_caller]
fn row(document: &Value, feature: &str) -> Value {
    let rows = document["features"].as_array().unwrap();
    let row = rows.iter().find(|row| row["feature"] == feature);
    row.unwrap_or_else(|| panic!("{feature} is not in {document}"))
        .clone()
}

/// Asserts a feature's verdict and cause, and that its sentences have these words in them.
#[track_caller]
fn found(document: &Value, feature: &str, verdict: &str, cause: &str, why: &str, next: &str) {
    let row = row(document, feature);
    assert_eq!(
        (&row["verdict"], &row["cause"]),
        (&json!(verdict), &json!(cause)),
        "{row}"
    );
    let said = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
    assert!(said("why").contains(why), "{why:?} is not in {row}");
    assert!(said("next").contains(next), "{next:?} is not in {row}");
}

/// The codes of what is remarked on the token as a whole.
fn remarked(document: &Value) -> Vec<&str> {
    let remarks = document["remarks"].as_array().unwrap();
    remarks
        .iter()
        .map(|remark| remark["code"].as_str().unwrap())
        .collect()
}

#[test]
fn a_token_that_says_what_the_store_says_is_the_same() {
    let said = diff(&Place::shop(), &anas(), "").yes();
    assert_eq!(
        said,
        "UNVERIFIED: this is what the token says; nobody has checked it\n\
         user ana, issued 2026-05-01T11:30:00Z by auth.example.com, valid for another 5 minutes \
         (of 35)\n\
         \n\
         feature\tin token\tat issue\tnow\tverdict\twhy\n\
         analytics\ton\ton\ton\tsame\tplan pro grants on\n\
         beta\ton\ton\ton\tsame\trule 1 (user) serves on\n\
         legacy\t–\toff\toff\tsame\tthe feature is disabled for everybody\n\
         max_projects\t50\t50\t50\tsame\tplan pro grants 50\n\
         max_seats\t5\t5\t5\tsame\tplan pro grants 5\n\
         sso\t–\toff\toff\tsame\tan override granted it until 2026-01-01T00:00:00Z\n"
    );
}

#[test]
fn a_change_since_the_issue_is_told_with_who_when_and_until_when_it_can_be_missed() {
    let place = Place::shop();
    at(&place, "11:40:00", "set sso --user ana --reason trial");
    let said = diff(&place, &anas(), "--feature sso").no();
    assert_eq!(
        said,
        "UNVERIFIED: this is what the token says; nobody has checked it\n\
         user ana, issued 2026-05-01T11:30:00Z by auth.example.com, valid for another 5 minutes \
         (of 35)\n\
         \n\
         feature\tin token\tat issue\tnow\tverdict\twhy\n\
         sso\t–\toff\ton\tstale\tgranted by tester 10 minutes after this token was issued (`set`, \
         revision 2: trial); the user sees that at the next refresh, at the latest at \
         2026-05-01T12:05:00Z\n\
         \n\
         next\n\
         sso\trefresh the session (sign out and in), then run `flags token diff` on the new token\n"
    );
    let document = document(&place, &anas(), "--feature sso");
    assert_eq!(
        document,
        json!({
            "verified": false,
            "ok": false,
            "subject": {"user": "ana", "organization": null, "plan": null, "targets": []},
            "issuer": "auth.example.com",
            "issued_at": "2026-05-01T11:30:00Z",
            "expires_at": "2026-05-01T12:05:00Z",
            "validity": "valid for another 5 minutes (of 35)",
            "at": "2026-05-01T12:00:00Z",
            "revision": 2,
            "issue_revision": 1,
            "remarks": [],
            "features": [{
                "feature": "sso",
                "type": "boolean",
                "token": null,
                "at_issue": false,
                "now": true,
                "verdict": "stale",
                "layer": "user_override",
                "cause": "changed_since",
                "why": "granted by tester 10 minutes after this token was issued (`set`, revision \
                        2: trial); the user sees that at the next refresh, at the latest at \
                        2026-05-01T12:05:00Z",
                "next": "refresh the session (sign out and in), then run `flags token diff` on the \
                         new token",
                "changed": {
                    "by": "tester",
                    "at": "2026-05-01T11:40:00Z",
                    "with": "set",
                    "because": "trial",
                    "revision": 2,
                    "changes": [{
                        "sign": "altered",
                        "what": "user ana: override of sso",
                        "before": "grant on until 2026-01-01T00:00:00Z",
                        "after": "grant on (trial)",
                    }],
                },
                "seen_by": "2026-05-01T12:05:00Z",
            }],
        })
    );
}
