//! `token inspect`: a token explained to a person, and what is odd about it.

use std::collections::BTreeMap;
use std::fs::{self, File};

use flags::token::FindingCode;
use serde_json::{Value, json};

use super::kit::{Place, Said};
use super::tokens::signed;

/// The moment of the tests, in seconds.
pub(crate) const NOW: i64 = 1_777_636_800;

fn rs256(claims: &Value) -> String {
    signed(&json!({"alg": "RS256", "kid": "k1"}), claims, "c2ln")
}

/// A token that nothing is to be found in, with these claims in the place of its own.
pub(crate) fn with(others: &Value) -> String {
    let mut claims = json!({"iat": NOW - 60, "exp": NOW + 240, "features": {"analytics": true}});
    let others = others.as_object().unwrap().clone();
    claims.as_object_mut().unwrap().extend(others);
    rs256(&claims)
}

/// Inspects a text that comes from stdin.
pub(crate) fn inspected(place: &Place, text: &str, line: &str) -> Said {
    let file = place.file("stdin", text);
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&[&["token", "inspect"], &words[..]].concat());
    command.stdin(File::open(file).unwrap());
    // Nobody names a store here: what there is, is the default profile's.
    command.env_remove("FLAGS_STORE");
    Said::by(&mut command)
}

#[track_caller]
pub(crate) fn document(place: &Place, text: &str, line: &str) -> Value {
    let said = inspected(place, text, &format!("{line} --json"));
    serde_json::from_str(&said.yes()).unwrap()
}

/// The names of what is found, in order.
#[track_caller]
pub(crate) fn found(place: &Place, text: &str, line: &str) -> Vec<String> {
    let document = document(place, text, line);
    let findings = document["findings"].as_array().unwrap();
    let codes = findings.iter().map(|finding| finding["code"].as_str());
    codes.map(|code| code.unwrap().to_owned()).collect()
}

/// A home whose default profile has the shop in its store, for the organization acme.
pub(crate) fn of_acme() -> Place {
    let place = Place::shop();
    let store = place.store();
    let profile = format!(
        "default_profile = \"shop\"\n\n[profiles.shop]\nkind = \"local\"\nstore = \"{}\"\n\
         organization = \"acme\"\n",
        store.display()
    );
    place.file("config/flags/config.toml", profile);
    place
}

#[test]
fn a_token_is_explained_part_by_part() {
    let place = of_acme();
    let claims = json!({
        "sub": "ana", "org_id": "acme", "roles": ["admin", "member"], "iat": NOW - 480,
        "exp": NOW - 180, "auth_time": NOW - 3600, "features": {"analytics": true, "retired": 5},
        "custom_claims": {"plan": "pro", "team": 7}, "shoe_size": 38,
    });
    assert_eq!(
        inspected(&place, &rs256(&claims), "").yes(),
        format!(
            "UNVERIFIED: this is what the token says; nobody has checked it\n\
             \n\
             header\n\
             alg\tRS256\tthe algorithm it claims to be signed with\n\
             kid\tk1\twhich of the issuer's keys it names\n\
             \n\
             who\n\
             sub\tana\tsubject: the user\n\
             org_id\tacme\tthe organization chosen at sign-in\n\
             roles\tadmin, member\tthe roles in the organization\n\
             custom_claims.plan\tpro\tthe plan\n\
             \n\
             times\n\
             expired 3 minutes ago, was valid for 5 minutes\n\
             iat\t2026-05-01T11:52:00Z (8 minutes ago)\tissued at\n\
             exp\t2026-05-01T11:57:00Z (3 minutes ago)\texpires: from then on it is refused\n\
             \n\
             entitlements\n\
             feature\tvalue\tclaim\tcatalog\n\
             analytics\ton\tfeatures\tboolean\n\
             retired\t5\tfeatures\tunknown\n\
             \n\
             other claims\n\
             auth_time\t2026-05-01T11:00:00Z (1 hour ago)\twhen the user signed in\n\
             custom_claims.team\t7\tcustom claim\n\
             shoe_size\t38\tcustom claim\n\
             \n\
             findings\n\
             ✗ problem\texpired\texpired 3 minutes ago, was valid for 5 minutes: whoever verifies \
             the token refuses it → refresh the session or sign in again; changes come with the \
             new token\n\
             ! warning\tunknown_feature\tthe catalog has no feature `retired` → it was deleted or \
             renamed after the token was made, or this is another catalog\n\
             · note\toff_by_absence\tthe catalog also has beta, legacy, max_projects, max_seats, \
             sso: not in the token, so off for its holder\n\
             compared with the catalog in {}\n",
            place.store().display()
        )
    );
}

#[test]
fn the_document_has_all_of_it_for_a_program() {
    let place = of_acme();
    let claims = json!({
        "sub": "ana", "org_id": "globex", "email": "ana@example.com", "role": "admin",
        "permissions": ["read"], "nbf": NOW - 60, "exp": NOW + 240, "shoe_size": 38,
        "features": {
            "analytics": true, "beta": true, "legacy": true, "max_projects": 1, "max_seats": 5,
            "sso": false,
        },
    });
    let document = document(&place, &rs256(&claims), "");
    for (field, expected) in [
        ("verified", json!(false)),
        ("header", json!({"alg": "RS256", "kid": "k1"})),
        ("claims", claims),
        ("validity", json!("valid for another 4 minutes (of 5)")),
        ("issued_at", json!(null)),
        ("not_before", json!("2026-05-01T11:59:00Z")),
        ("expires_at", json!("2026-05-01T12:04:00Z")),
        ("subject", json!("ana")),
        ("email", json!("ana@example.com")),
        ("organization", json!("globex")),
        ("role", json!("admin")),
        ("roles", json!([])),
        ("permissions", json!(["read"])),
        ("entitlements", json!([])),
        ("plan", json!(null)),
        ("plans", json!([])),
        ("feature_claims", json!(["features"])),
        (
            "catalog",
            json!({"store": place.store(), "file": null, "revision": 1}),
        ),
    ] {
        assert_eq!(document[field], expected, "{field}");
    }
    assert_eq!(document["meanings"]["sub"], "subject: the user");
    assert_eq!(document["meanings"]["shoe_size"], "custom claim");
    assert_eq!(
        document["features"][4],
        json!({
            "feature": "max_seats", "value": 5, "claim": "features", "known": true,
            "type": "limit",
        })
    );
    assert_eq!(
        document["findings"],
        json!([{
            "code": "other_organization",
            "severity": "warning",
            "message": "the token is of organization globex, the profile is for acme: features \
                        and roles are those of globex",
            "help": "switch the session to the organization, or use the profile that fits",
            "claim": "org_id",
            "feature": null,
        }])
    );
}

/// For each code a text that it is found in.
fn examples() -> BTreeMap<&'static str, String> {
    let of_header = |header: Value, signature: &str| {
        let claims = json!({"iat": NOW, "exp": NOW + 300, "features": {"analytics": true}});
        signed(&header, &claims, signature)
    };
    let of_features = |features: Value| with(&json!({ "features": features }));
    BTreeMap::from([
        ("wrapped", format!("Bearer {}", with(&json!({})))),
        (
            "taken_from_json",
            json!({"access_token": with(&json!({}))}).to_string(),
        ),
        ("unsigned", of_header(json!({"alg": "none"}), "")),
        ("no_signature", of_header(json!({"alg": "RS256"}), "")),
        ("no_algorithm", of_header(json!({}), "c2ln")),
        ("weak_algorithm", of_header(json!({"alg": "RS1"}), "c2ln")),
        ("unknown_algorithm", of_header(json!({"alg": "X"}), "c2ln")),
        ("shared_secret", of_header(json!({"alg": "HS256"}), "c2ln")),
        (
            "key_in_header",
            of_header(json!({"alg": "RS256", "jku": "https://x"}), "c2ln"),
        ),
        (
            "critical_header",
            of_header(json!({"alg": "RS256", "crit": ["b64"]}), "c2ln"),
        ),
        ("expired", with(&json!({"exp": NOW}))),
        ("not_yet_valid", with(&json!({"nbf": NOW + 60}))),
        ("never_valid", with(&json!({"nbf": NOW + 300}))),
        ("milliseconds", with(&json!({"exp": NOW * 1000}))),
        ("no_expiry", rs256(&json!({"features": {}}))),
        ("long_lifetime", with(&json!({"exp": NOW + 86_400}))),
        ("issued_in_future", with(&json!({"iat": NOW + 100}))),
        ("wrong_type", with(&json!({"feature_flags": "analytics"}))),
        ("no_entitlements", rs256(&json!({"sub": "ana"}))),
        ("names_no_features", of_features(json!({}))),
        ("limit_is_text", of_features(json!({"max_seats": "5"}))),
        ("wrong_value", of_features(json!({"analytics": "yes"}))),
        ("zero_limit", of_features(json!({"max_seats": 0}))),
        ("wrong_kind", of_features(json!({"max_seats": true}))),
        (
            "contradiction",
            with(&json!({"custom_claims": {"flags": {"analytics": false}}})),
        ),
        (
            "duplicate_feature",
            with(&json!({"feature_flags": ["analytics"]})),
        ),
        ("off_by_list", with(&json!({"feature_flags": []}))),
        ("unknown_feature", of_features(json!({"retired": true}))),
        ("off_by_absence", with(&json!({}))),
        (
            "unknown_plan",
            with(&json!({"custom_claims": {"plan": "gold"}})),
        ),
        (
            "plans_differ",
            with(&json!({"custom_claims": {"plan": "pro"}, "customClaims": {"plan": "free"}})),
        ),
        ("other_organization", with(&json!({"org_id": "globex"}))),
        ("no_organization", with(&json!({}))),
        ("acted_for", with(&json!({"act": {"sub": "support"}}))),
    ])
}

#[test]
fn every_published_finding_can_be_found_and_weighs_what_is_published() {
    let place = of_acme();
    let examples = examples();
    for code in FindingCode::ALL {
        let text = &examples[code.name()];
        let document = document(&place, text, "");
        let findings = document["findings"].as_array().unwrap();
        let finding = findings.iter().find(|it| it["code"] == code.name());
        let finding = finding.unwrap_or_else(|| panic!("{code} is not in {findings:?}"));
        assert_eq!(finding["severity"], code.severity().word(), "{code}");
        assert!(!finding["message"].as_str().unwrap().is_empty());
    }
    assert_eq!(examples.len(), FindingCode::ALL.len());
}

#[test]
fn the_readme_lists_every_finding() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let rows = FindingCode::ALL.iter().map(|code| {
        let severity = code.severity().word();
        format!("| `{code}` | {severity} | {} |\n", code.about())
    });
    let table: String = rows.collect();
    assert!(
        readme.contains(&table),
        "README.md lacks this table:\n{table}"
    );
}

#[test]
fn no_selection_of_fields_hides_that_nothing_is_verified() {
    let place = Place::bare();
    let said = inspected(&place, &with(&json!({})), "--json=findings").yes();
    assert_eq!(said, "{\n  \"verified\": false,\n  \"findings\": []\n}\n");
}

#[test]
fn findings_do_not_change_the_exit_code() {
    let place = Place::bare();
    let forged = signed(&json!({"alg": "none"}), &json!({"exp": 1}), "");
    let said = inspected(&place, &forged, "");
    assert_eq!((said.code, &*said.err), (Some(0), ""));
    assert!(said.out.contains("✗ problem\tunsigned\t"), "{}", said.out);
    assert!(said.out.contains("✗ problem\texpired\t"), "{}", said.out);
}
