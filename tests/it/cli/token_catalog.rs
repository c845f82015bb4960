//! What `token inspect` compares a token with: a store's catalog, a file's, or none.

use std::fs::{self, File};

use serde_json::{Value, json};

use super::kit::{Place, Said, refused};
use super::token_inspect::{document, found, inspected, of_acme, with};

#[test]
fn without_a_store_the_token_is_compared_with_nothing() {
    let place = Place::bare();
    let text = with(&json!({"features": {"retired": true}}));
    let document = document(&place, &text, "");
    assert_eq!(
        (&document["catalog"], &document["findings"]),
        (&json!(null), &json!([]))
    );
    assert_eq!(
        document["features"][0],
        json!({
            "feature": "retired", "value": true, "claim": "features", "known": null, "type": null,
        })
    );
    let text = inspected(&place, &text, "").yes();
    let end = "\nfindings\n\
               nothing odd was found, which does not make the token genuine\n\
               compared with no catalog: --catalog FILE or --store PATH names one\n";
    assert!(text.ends_with(end), "{text}");
}

#[test]
fn a_store_that_somebody_named_has_to_be_there() {
    let place = Place::bare();
    place.file("token.jwt", with(&json!({})));
    let message = format!("there is no store at {}", place.store().display());
    let hint = "`flags init` makes one; `--store PATH` or FLAGS_STORE names another";
    let line = "token inspect --file token.jwt";
    // By FLAGS_STORE, as everywhere in these tests, and by argument.
    refused(&place, line, 6, "store_missing", &message, &[hint]);
    let line = format!("{line} --store {}", place.store().display());
    refused(&place, &line, 6, "store_missing", &message, &[hint]);
    let told = inspected(&place, &with(&json!({})), "--profile nobody").fails(3);
    assert!(told.contains("there is no profile `nobody`"), "{told}");
}

#[test]
fn what_nobody_named_may_be_missing_or_broken() {
    let place = of_acme();
    let text = with(&json!({}));
    let warned = |what: &str| {
        let said = inspected(&place, &text, "--json");
        let told = "warning: the token was compared with no catalog: ";
        assert!(said.err.starts_with(told), "{}", said.err);
        assert!(said.err.contains(what), "{}", said.err);
        let document: Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!((said.code, &document["catalog"]), (Some(0), &json!(null)));
    };
    place.file(
        "flags.db",
        "this is a shopping list, and no store at all: milk, bread",
    );
    warned("is not a flags store");
    fs::remove_file(place.store()).unwrap();
    assert_eq!(document(&place, &text, "")["catalog"], json!(null));
    place.file("config/flags/config.toml", "nonsense = 1\n");
    warned("config.toml is not valid");
}

#[test]
fn the_catalog_may_come_from_a_file() {
    let place = of_acme();
    place.file("catalog.json", place.flags("export").yes());
    place.file(
        "workos.json",
        json!({"beta": {"slug": "beta", "enabled": true, "default_value": false, "targets": {
            "users": [], "organizations": []}}})
        .to_string(),
    );
    fs::remove_file(place.store()).unwrap();
    let text = with(&json!({
        "org_id": "acme", "features": {"analytics": true}, "custom_claims": {"plan": "gold"},
    }));
    let expected = ["unknown_plan", "off_by_absence"];
    assert_eq!(found(&place, &text, "--catalog catalog.json"), expected);
    // WorkOS's payload has no plans, so it has no say about them.
    let expected = ["unknown_feature", "off_by_absence"];
    assert_eq!(found(&place, &text, "--catalog workos.json"), expected);
    let catalog = &document(&place, &text, "--catalog catalog.json")["catalog"];
    let expected = json!({"store": null, "file": "catalog.json", "revision": 0});
    assert_eq!(*catalog, expected);
    // The profile's organization counts all the same.
    let other = with(&json!({"org_id": "globex"}));
    let found = found(&place, &other, "--catalog catalog.json");
    assert_eq!(found, ["other_organization", "off_by_absence"]);
}

#[test]
fn only_one_of_token_and_catalog_can_come_from_stdin() {
    let place = Place::shop();
    let both = "the token and the catalog cannot both come from stdin: put one in a file";
    refused(&place, "token inspect --catalog -", 2, "usage", both, &[]);
    place.file("token.jwt", with(&json!({})));
    place.file("catalog.json", place.flags("export").yes());
    let line = "token inspect --file token.jwt --catalog - --json=catalog";
    let mut command = place.command(&line.split(' ').collect::<Vec<_>>());
    command.stdin(File::open(place.path("catalog.json")).unwrap());
    let document: Value = serde_json::from_str(&Said::by(&mut command).yes()).unwrap();
    assert_eq!(document["catalog"]["file"], "-");
}
