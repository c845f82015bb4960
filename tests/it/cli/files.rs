//! The catalog as a file: export, diff, apply, promote, schema.

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use serde_json::json;

use super::kit::{Place, SHOP, Said};

const CATALOG: &str = "\
format: flags.catalog/1
features:
  sso: {type: boolean, enabled: yes}
  seats: {type: limit}
plans:
  pro:
    price: 29.00
    grants:
      sso: on
      seats: 10
";

fn mode(place: &Place, name: &str) -> u32 {
    let metadata = std::fs::metadata(place.path(name)).unwrap();
    metadata.permissions().mode() & 0o777
}

#[test]
fn an_export_applied_to_an_empty_store_gives_the_same_export_in_every_form() {
    let shop = Place::shop();
    for form in ["json", "yaml", "toml"] {
        let text = shop
            .flags(&format!("export --subjects --format {form}"))
            .yes();
        let other = Place::empty();
        // Without a telling name, by how the text begins.
        for name in [format!("catalog.{form}"), "catalog".to_owned()] {
            other.file(&name, &text);
        }
        assert_ne!(other.flags("diff catalog").no(), "");
        other.flags(&format!("apply catalog.{form}")).yes();
        let again = other
            .flags(&format!("export --subjects --format {form}"))
            .yes();
        assert_eq!(again, text);
        assert_eq!(other.revision(), 1);
        let so = other.flags("diff catalog --prune").yes();
        assert_eq!(so, "nothing would change: it is so already\n");
        let so = other.flags("apply catalog --prune").yes();
        assert_eq!(so, "nothing to change: it is so already\n");
        assert_eq!(other.json("apply catalog")["changed"], false);
        assert_eq!(other.revision(), 1);
        assert_eq!(other.contents(), shop.contents());
    }
}

#[test]
fn a_file_is_written_whole_and_read_by_whom_it_concerns() {
    let place = Place::shop();
    let said = place.flags("export --output catalog.yaml").yes();
    assert_eq!(
        said,
        "wrote catalog.yaml: 6 features, 3 plans, revision 1\n"
    );
    assert_eq!(mode(&place, "catalog.yaml") & 0o077 & !0o044, 0);
    let text = std::fs::read_to_string(place.path("catalog.yaml")).unwrap();
    assert_eq!(text, place.flags("export --format yaml").yes());
    assert!(text.starts_with("# yaml-language-server: $schema=flags.catalog.schema.json\n"));
    place.flags("export --subjects -o whole.json").yes();
    assert_eq!(mode(&place, "whole.json"), 0o600);
    let text = std::fs::read_to_string(place.path("whole.json")).unwrap();
    assert_eq!(text, place.flags("export --subjects").yes());
    let written = place.json("export --output catalog.toml");
    assert_eq!(written["file"], "catalog.toml");
    assert_eq!(written["features"], 6);
    let told = place.flags("export -o none/x.yaml").fails(2);
    assert!(
        told.starts_with("error: none/x.yaml cannot be written"),
        "{told}"
    );
    assert_eq!(
        place.flags("export -o - --format yaml").yes(),
        place.flags("export --format yaml").yes()
    );
}

#[test]
fn a_diff_says_what_would_change_and_for_whom_and_is_no_yes() {
    let place = Place::shop();
    let before = place.contents();
    let text = place.flags("export --format yaml").yes();
    place.file(
        "catalog.yaml",
        text.replace("max_projects: 3", "max_projects: 4"),
    );
    let said = place.flags("diff catalog.yaml").no();
    assert!(
        said.starts_with("~ plan free: max_projects: 3 → 4\nanswers that change: "),
        "{said}"
    );
    let document = Said::by(&mut place.command(&["diff", "catalog.yaml", "--json"]));
    let document: serde_json::Value = serde_json::from_str(&document.no()).unwrap();
    assert_eq!(document["differs"], true);
    assert_eq!(document["changes"][0]["after"], 4);
    assert_eq!(document["effects"]["lost"], 0);
    assert_ne!(document["effects"]["gained"], 0);
    let preview = place.json("apply catalog.yaml --dry-run");
    assert_eq!(preview["changes"], document["changes"]);
    assert_eq!(preview["effects"], document["effects"]);
    assert_eq!(place.contents(), before);
}

#[test]
fn nothing_goes_without_prune_and_with_it_all_that_the_file_leaves_out() {
    let place = Place::shop();
    place.file("catalog.yaml", CATALOG);
    let said = place.flags("apply catalog.yaml").yes();
    assert!(
        said.contains("kept, --prune would delete: features analytics, beta, legacy"),
        "{said}"
    );
    assert!(
        said.contains("kept, --prune would delete: plans enterprise, free\n"),
        "{said}"
    );
    assert!(
        said.contains("kept, --prune would delete: grants analytics of plan pro, "),
        "{said}"
    );
    let kept = place.json("diff catalog.yaml");
    assert_eq!(kept["differs"], false);
    assert_eq!(kept["kept"]["plans"], json!(["enterprise", "free"]));
    assert_eq!(kept["kept"]["overrides"], 0);
    // Who is on the plans that go is not said in the file.
    let told = place.flags("apply catalog.yaml --prune --yes").fails(3);
    assert!(
        told.starts_with("error: plan `enterprise` is still used by "),
        "{told}"
    );
    assert_eq!(place.flags("diff catalog.yaml --prune").fails(3), told);
    let more = "  enterprise: {}\n  free: {}\n";
    place.file("catalog.yaml", format!("{CATALOG}{more}"));
    let told = place.flags("apply catalog.yaml --prune").fails(2);
    assert_eq!(
        told,
        "error: this deletes what is not in `catalog.yaml`, and there is no terminal to ask on\n\
         hint: add --yes if you are sure; --dry-run shows the effect\n"
    );
    place.flags("apply catalog.yaml --prune --yes").yes();
    let export = place.json("export --subjects");
    let features: Vec<&String> = export["features"].as_object().unwrap().keys().collect();
    assert_eq!(features, ["seats", "sso"]);
    assert_eq!(
        export["plans"]["pro"]["grants"],
        json!({"seats": 10, "sso": true})
    );
    assert_eq!(export["plans"]["pro"]["price"], "29.00");
    assert_eq!(export["settings"]["default_plan"], "free");
    assert_eq!(export["users"], place_users());
    // What hung on the features has gone with them; what did not has stayed.
    assert_eq!(
        export["overrides"],
        json!({
            "user:ana": {"sso": {"grant": true, "expires": "2026-01-01T00:00:00Z"}},
            "org:initech": {"sso": {"grant": true}},
        })
    );
    assert_eq!(place.revision(), 3);
}

fn place_users() -> serde_json::Value {
    let shop: serde_json::Value = serde_json::from_str(SHOP).unwrap();
    shop["users"].clone()
}

#[test]
fn every_mistake_is_told_at_once_with_line_and_column() {
    let place = Place::shop();
    let before = place.contents();
    let text = "\
format: flags.catalog/1
features:
  SSO: {type: boolean}
  beta: {type: limit}
  fresh: {type: boolean, nmae: x}
plans:
  pro:
    grants:
      sso: 5
      analytcs: on
users:
  eve: {plan: prp, organizations: [acme, acne]}
";
    place.file("bad.yaml", text);
    let lines = "\
bad.yaml:3:3: a feature key is made of a-z, 0-9, `-` and `_`; `SSO` contains 'S'
bad.yaml:4:16: beta is a boolean feature and stays one; delete it and define it anew
bad.yaml:5:26: there is no field \"nmae\" here: did you mean `name`?
bad.yaml:9:12: sso is a boolean feature: expected `on`, found `5`
bad.yaml:10:7: there is no feature `analytcs`: did you mean `analytics`?
bad.yaml:12:15: there is no plan `prp`: did you mean `pro`?
bad.yaml:12:42: there is no organization `acne`
";
    for command in [
        "apply bad.yaml",
        "diff bad.yaml",
        "apply bad.yaml --dry-run",
    ] {
        let told = place.flags(command).fails(2);
        assert_eq!(
            told,
            format!("error: bad.yaml has 7 mistakes\n{lines}"),
            "{command}"
        );
    }
    let told = place.flags("apply bad.yaml --json").fails(2);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["error"]["code"], "unreadable_file");
    assert_eq!(
        told["error"]["mistakes"][3],
        json!({"line": 9, "column": 12, "message": "sso is a boolean feature: expected `on`, found `5`"})
    );
    assert_eq!(place.contents(), before);
    place.file("one.toml", "format = \"flags.catalog/1\"\nfeatures = [\n");
    let told = place.flags("diff one.toml").fails(2);
    assert!(
        told.starts_with("error: one.toml:2:13: this is not TOML: "),
        "{told}"
    );
    // The cap counts what stays.
    place.file(
        "cap.json",
        "{\"format\": \"flags.catalog/1\",\n \"settings\": {\"max_features\": 3}}",
    );
    let told = place.flags("apply cap.json").fails(2);
    assert!(
        told.starts_with("error: cap.json:2:31: there would be 6 features"),
        "{told}"
    );
}

#[test]
fn stdin_is_a_file_too() {
    let place = Place::empty();
    let file = place.file("catalog.yaml", CATALOG);
    for (line, code) in [("diff -", 1), ("apply - --reason why", 0), ("diff -", 0)] {
        let words: Vec<&str> = line.split(' ').collect();
        let stdin = Stdio::from(std::fs::File::open(&file).unwrap());
        let said = Said::by(place.command(&words).stdin(stdin));
        assert_eq!(said.code, Some(code), "{said:?}");
    }
    let mut command = place.command(&["apply", "-"]);
    let told = Said::by(command.stdin(Stdio::null())).fails(2);
    assert_eq!(
        told,
        "error: stdin:1:1: this is empty: expected a catalog\n"
    );
}

#[test]
fn a_payload_answers_questions_and_is_not_applied() {
    let place = Place::shop();
    let flag = json!({"slug": "sso", "enabled": true, "default_value": true, "targets": {}});
    place.file("payload.json", json!({"sso": flag}).to_string());
    let told = place.flags("apply payload.json").fails(2);
    assert!(told.contains("only a catalog can be applied"), "{told}");
}

#[test]
fn a_catalog_of_any_form_answers_questions_without_a_store() {
    let place = Place::bare();
    place.file("catalog.yaml", CATALOG);
    place
        .flags("check seats=10 sso --plan pro --file catalog.yaml")
        .yes();
    let toml = "format = \"flags.catalog/1\"\n[features.sso]\ntype = \"boolean\"\n\
                [plans.pro.grants]\nsso = true\n";
    place.file("catalog.toml", toml);
    assert_eq!(
        place.flags("get sso --plan pro --file catalog.toml").yes(),
        "on\n"
    );
    place.file("bad.toml", toml.replace("sso = true", "sos = true"));
    let told = place.flags("resolve --plan pro --file bad.toml").fails(2);
    assert_eq!(
        told,
        "error: bad.toml:5:1: there is no feature `sos`: did you mean `sso`?\n"
    );
}

#[test]
fn promote_copies_the_catalog_and_nobody() {
    let from = Place::shop();
    let to = Place::with(
        r#"{"format": "flags.catalog/1",
        "features": {"old": {"type": "boolean"}, "sso": {"type": "boolean", "name": "Old"}},
        "plans": {"pro": {}}, "users": {"zed": {"plan": "pro"}}}"#,
    );
    let store = to.store();
    let target = store.to_str().unwrap();
    let promote = |more: &[&str]| {
        let words = [&["promote", "flags.db", target], more].concat();
        let mut command = from.command(&words);
        Said::by(command.env_remove("FLAGS_STORE"))
    };
    let before = to.contents();
    let only = promote(&["--only", "sso", "--dry-run"]).yes();
    assert!(
        only.contains("- feature sso: name: “Old”\n+ feature sso: tags"),
        "{only}"
    );
    assert!(!only.contains("analytics"), "{only}");
    let shown = promote(&["--dry-run"]);
    assert_eq!(shown.code, Some(0));
    assert!(
        shown.err.contains("the rules of flags.db hold 3 names"),
        "{}",
        shown.err
    );
    assert!(
        shown
            .out
            .contains("kept, --prune would delete: feature old\n"),
        "{}",
        shown.out
    );
    assert_eq!(to.contents(), before);
    let told = promote(&["--only", "none"]).fails(3);
    assert!(
        told.starts_with("error: there is no feature `none`"),
        "{told}"
    );
    promote(&["--without-targets"]).yes();
    let there = to.json("export --subjects");
    assert_eq!(
        there["features"]["beta"],
        json!({"type": "boolean", "enabled": true})
    );
    assert_eq!(there["users"], json!({"zed": {"plan": "pro"}}));
    assert_eq!(there["plans"]["pro"], from.json("export")["plans"]["pro"]);
    assert_eq!(promote(&["--prune"]).code, Some(2));
    assert_eq!(promote(&["--prune", "--yes"]).code, Some(0));
    assert_eq!(to.flags("export").yes(), from.flags("export").yes());
    assert_eq!(
        promote(&["--prune"]).out,
        "nothing to change: it is so already\n"
    );
    assert_eq!(
        to.json("export --subjects")["users"],
        json!({"zed": {"plan": "pro"}})
    );
}

#[test]
fn promote_takes_profiles_and_asks_before_it_writes_a_protected_one() {
    let place = Place::shop();
    place.flags("init --profile live --store live.db").yes();
    place.flags("init --profile test --store flags.db").yes();
    let file = place.configuration();
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        text.replace("[profiles.live]", "[profiles.live]\nprotected = true"),
    )
    .unwrap();
    let told = place.flags("promote test live").fails(2);
    assert!(told.contains("profile `live` is protected"), "{told}");
    place
        .flags("promote test live --without-targets --yes")
        .yes();
    let said = Said::by(
        place
            .command(&["diff", "-", "--profile", "live"])
            .stdin(Stdio::null()),
    );
    assert_eq!(said.code, Some(2));
    for line in ["promote test test", "promote flags.db ./flags.db"] {
        let told = place.flags(line).fails(2);
        assert!(told.contains("are the same store"), "{told}");
    }
    let told = place.flags("promote tset live").fails(3);
    assert!(told.contains("hint: did you mean `test`?"), "{told}");
    let told = place.flags("promote test live --profile live").fails(2);
    assert!(told.contains("as arguments"), "{told}");
}

#[test]
fn the_schema_is_json_schema() {
    let place = Place::bare();
    let text = place.flags("schema").yes();
    assert_eq!(text, place.flags("schema catalog").yes());
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
}
