//! Features, plans, targeting and the matrix: what each command shows and writes.

use serde_json::{Value, json};

use super::kit::Place;

#[test]
fn a_feature_is_defined_edited_switched_and_shown() {
    let place = Place::empty();
    let words = [
        "feature",
        "define",
        "reports",
        "--name",
        "Reports",
        "--description",
        "All charts",
        "--tag",
        "b",
        "--tag",
        "a",
        "--owner",
        "growth@example.com",
    ];
    assert_eq!(
        place.words(&words).yes(),
        "+ feature reports: type boolean, switch enabled, name “Reports”, description “All \
         charts”, tags a b, owner growth@example.com\nrevision 1\n"
    );
    let said = place
        .flags("feature edit reports --name= --untag a --owner me")
        .yes();
    assert_eq!(
        said,
        "- feature reports: name: “Reports”\n~ feature reports: tags: a b → b\n\
         ~ feature reports: owner: growth@example.com → me\nrevision 2\n"
    );
    assert_eq!(
        place.flags("feature disable reports").yes(),
        "~ feature reports: switch: enabled → disabled\nrevision 3\n"
    );
    assert_eq!(
        place.flags("feature show reports").yes(),
        "reports\ntype\tboolean\nswitch\tdisabled for everybody\ndescription\tAll charts\n\
         owner\tme\ntags\tb\ntargeting\tnone\n"
    );
    place.flags("feature enable reports").yes();
    place
        .flags("feature define seats --type limit --disabled")
        .yes();
    assert_eq!(
        place.flags("feature list").yes(),
        "key\ttype\tswitch\ttargeting\tname\nreports\tboolean\tenabled\tnone\t\n\
         seats\tlimit\tdisabled\tnone\t\n"
    );
    assert_eq!(
        place.flags("feature list --disabled --json=key").yes(),
        "[\n  {\n    \"key\": \"seats\"\n  }\n]\n"
    );
    assert_eq!(place.json("feature list --tag b")[0]["key"], "reports");
    assert_eq!(
        place.json("feature show seats"),
        json!({
            "key": "seats", "type": "limit", "enabled": false, "off_value": false, "access": "none",
            "name": null, "description": null, "tags": [], "owner": null, "revision": 5,
            "rules": [], "default": false, "plans": {},
        })
    );
}

#[test]
fn a_written_change_is_told_in_json_as_it_is_kept() {
    let place = Place::shop();
    assert_eq!(
        place.json("set max_seats 9 --plan pro"),
        json!({
            "dry_run": false, "changed": true, "revision": 2,
            "changes": [{"change": "grant", "plan": "pro", "feature": "max_seats", "before": 5, "after": 9}],
            "effects": null,
        })
    );
    assert_eq!(
        place.json("set max_seats unlimited --user ben --expires 2w --dry-run")["changes"],
        json!([{
            "change": "override", "subject": "user:ben", "feature": "max_seats", "before": null,
            "after": {"grant": 9_007_199_254_740_991_u64, "expires": "2026-05-15T12:00:00Z"},
        }])
    );
    assert_eq!(
        place.json("set sso --plan pro --dry-run")["effects"],
        json!({
            "gained": 1, "lost": 0, "complete": true,
            "first": [{"subject": "user:ana", "feature": "sso", "before": false, "after": true}],
        })
    );
}

#[test]
fn set_makes_what_is_missing_when_told_to() {
    let place = Place::empty();
    assert_eq!(
        place.flags("set analytics --plan pro --create").yes(),
        "+ feature analytics: type boolean, switch enabled\n+ plan pro\n+ plan pro: analytics: on\n\
         revision 1\n"
    );
    assert_eq!(
        place.flags("set seats 5 --org acme --create --reason deal --starts 2026-06-01 --expires 2026-07-01").yes(),
        "+ feature seats: type limit, switch enabled\n+ organization acme\n\
         + organization acme: override of seats: grant 5 from 2026-06-01T00:00:00Z until \
         2026-07-01T00:00:00Z (deal)\nrevision 2\n"
    );
    assert_eq!(
        place.flags("unset analytics --plan pro").yes(),
        "- plan pro: analytics: on\nrevision 3\n"
    );
    assert_eq!(
        place.flags("set seats off --org acme").yes(),
        "~ organization acme: override of seats: grant 5 from 2026-06-01T00:00:00Z until \
         2026-07-01T00:00:00Z (deal) → revoke\nrevision 4\n"
    );
}

#[test]
fn a_plan_is_created_edited_and_shown() {
    let place = Place::shop();
    let words = [
        "plan",
        "create",
        "team",
        "--name",
        "Team",
        "--description",
        "For small teams",
        "--price",
        "9.50",
        "--currency",
        "EUR",
        "--period",
        "yearly",
        "--default",
    ];
    assert_eq!(
        place.words(&words).yes(),
        "+ plan team: name “Team”, description “For small teams”, price 9.50, currency EUR, period \
         yearly\n~ catalog: default plan: free → team\nrevision 2\n"
    );
    place.flags("set max_seats 2 --plan team").yes();
    assert_eq!(
        place.flags("plan show team").yes(),
        "team\nname\tTeam\ndescription\tFor small teams\nprice\t9.50 EUR yearly\ndefault\tyes\n\n\
         feature\tvalue\nmax_seats\t2\n"
    );
    assert_eq!(
        place.flags("plan list").yes(),
        "key\tname\tprice\tfeatures\tdefault\n\
         enterprise\tEnterprise\t499.00 USD monthly\t3\t\nfree\tFree\t0\t1\t\npro\tPro\t\t4\t\n\
         team\tTeam\t9.50 EUR yearly\t1\tdefault\n"
    );
    assert_eq!(
        place.json("plan show team"),
        json!({
            "key": "team", "display_name": "Team", "description": "For small teams",
            "price": "9.50", "currency": "EUR", "period": "yearly", "default": true,
            "grants": {"max_seats": 2}, "revision": 2,
        })
    );
    assert_eq!(
        place.flags("plan edit team --name= --no-default").yes(),
        "- plan team: name: “Team”\n- catalog: default plan: team\nrevision 4\n"
    );
    place.flags("plan create bare").yes();
    assert!(
        place
            .flags("plan show bare")
            .yes()
            .ends_with("it grants nothing yet\n")
    );
}

#[test]
fn the_matrix_is_a_table_and_markdown() {
    let place = Place::shop();
    assert_eq!(
        place.flags("matrix").yes(),
        "feature\tenterprise\tfree\tpro\nanalytics\ton\t–\ton\nbeta\t–\t–\t–\nlegacy (disabled)\t–\t–\ton\n\
         max_projects\t–\t3\t50\nmax_seats\tunlimited\t–\t5\nsso\ton\t–\t–\n"
    );
    assert_eq!(
        place.flags("matrix --format markdown").yes(),
        "| feature | enterprise | free | pro |\n| --- | --- | --- | --- |\n\
         | `analytics` (Analytics) | yes | – | yes |\n| `beta` | – | – | – |\n\
         | `legacy` (disabled) | – | – | yes |\n| `max_projects` (Projects) | – | 3 | 50 |\n\
         | `max_seats` (Seats) | unlimited | – | 5 |\n| `sso` | yes | – | – |\n"
    );
    assert_eq!(
        place.json("matrix")[4],
        json!({
            "feature": "max_seats", "type": "limit", "enabled": true,
            "plans": {"enterprise": 9_007_199_254_740_991_u64, "free": false, "pro": 5},
        })
    );
}

#[test]
fn targeting_is_all_none_a_share_or_those_named() {
    let place = Place::shop();
    let access = |key: &str| place.json(&format!("target {key}"))["access"].clone();
    assert_eq!(
        place.flags("target sso all").yes(),
        "~ targeting of sso: everybody else: off → on\nrevision 2\n"
    );
    assert_eq!(access("sso"), "all");
    assert_eq!(
        place.flags("target sso percent 12.5").yes(),
        "~ targeting of sso: everybody else: on → off\n\
         + targeting of sso: rule 1: 12.5% of all → on\nrevision 3\n"
    );
    assert_eq!(access("sso"), "some");
    place.flags("target sso percent 50%").yes();
    place
        .flags("target add sso user:ben org:initech workspace:ws_9")
        .yes();
    assert_eq!(
        place.flags("target sso").yes(),
        place.flags("feature show sso").yes(),
    );
    let shown = place.json("target sso");
    assert_eq!(
        shown["rules"],
        json!([
            {"id": "percent", "serve": true, "when": [{"percent": 50}]},
            {"id": "organization", "serve": true, "when": [{"type": "organization", "named": 1}]},
            {"id": "user", "serve": true, "when": [{"type": "user", "named": 1}]},
            {"id": "workspace", "serve": true, "when": [{"type": "workspace", "named": 1}]},
        ])
    );
    assert_eq!(
        place.flags("target remove sso user:ben").yes(),
        "- targeting of sso: rule 3: user ben → on\nrevision 6\n"
    );
    place.flags("target sso none").yes();
    assert_eq!(
        (access("sso"), &place.json("target sso")["rules"]),
        (json!("none"), &json!([]))
    );
}

#[test]
fn with_the_last_name_the_rule_goes() {
    let place = Place::empty();
    place.flags("feature define beta").yes();
    for id in ["ana", "ben", "eve"] {
        place.flags(&format!("user assign {id}")).yes();
    }
    let rules = || place.json("target beta")["rules"].as_array().unwrap().len();
    place
        .flags("target add beta user:ana user:ben user:eve workspace:w")
        .yes();
    place.flags("target remove beta user:eve").yes();
    assert_eq!(rules(), 2);
    place
        .flags("target remove beta user:ana user:ben user:eve")
        .yes();
    assert_eq!(rules(), 1);
    place.flags("target add beta user:ana").yes();
    place.flags("target remove beta user:ana workspace:w").yes();
    assert_eq!(rules(), 0);
    assert_eq!(place.json("feature show beta")["access"], "none");
}

#[test]
fn a_changed_share_leaves_those_named_alone() {
    let place = Place::empty();
    place.flags("feature define beta").yes();
    place.flags("target add beta workspace:w").yes();
    place.flags("target beta percent 10").yes();
    let changes = place.json("target beta percent 20")["changes"].clone();
    let changes = changes.as_array().unwrap();
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(changes.iter().all(|change| change["index"] == 1));
}

#[test]
fn a_larger_share_keeps_everybody_a_smaller_one_had() {
    let mut shop: Value = serde_json::from_str(super::kit::SHOP).unwrap();
    for number in 0..100 {
        shop["users"][format!("user{number:02}")] = json!({});
    }
    let place = Place::with(&shop.to_string());
    let mut earlier = 0;
    for share in ["0", "10", "50.25", "100"] {
        let effects = &place.json(&format!("target sso percent {share} --dry-run"))["effects"];
        assert_eq!(effects["lost"], 0, "{share}");
        place.flags(&format!("target sso percent {share}")).yes();
        let gained = effects["gained"].as_u64().unwrap();
        earlier += gained;
    }
    // All but dev, cleo, acme and initech, who have it anyway.
    assert_eq!(earlier, 103);
}

#[test]
fn an_export_is_one_document_that_is_always_the_same() {
    let place = Place::shop();
    let text = place.flags("export --subjects --overrides").yes();
    assert_eq!(
        place.flags("export --subjects --overrides --json").yes(),
        text
    );
    let export: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(export["format"], "flags.catalog/1");
    assert_eq!(
        export["settings"],
        json!({"default_plan": "free", "max_features": 50})
    );
    let given: Value = serde_json::from_str(super::kit::SHOP).unwrap();
    for part in ["plans", "organizations", "users", "overrides"] {
        assert_eq!(export[part], given[part], "{part}");
    }
    let users = place.flags("export --subjects --json=users,format").yes();
    assert!(users.starts_with("{\n  \"users\""), "{users}");
    // Without the overrides, the subjects of the file would be answered wrongly.
    for part in ["--subjects", "--overrides"] {
        assert_eq!(place.flags(&format!("export {part}")).yes(), text);
    }
    assert!(!place.flags("export").yes().contains("\"overrides\""));
}

#[test]
fn a_plan_loses_its_price_as_it_loses_its_name() {
    let place = Place::shop();
    let line = [
        "plan",
        "edit",
        "enterprise",
        "--price",
        "",
        "--currency",
        "",
        "--period",
        "",
    ];
    assert_eq!(
        place.words(&line).yes(),
        "- plan enterprise: price: 499.00\n- plan enterprise: currency: USD\n\
         - plan enterprise: period: monthly\nrevision 2\n"
    );
    let plan = place.json("plan show enterprise");
    for field in ["price", "currency", "period"] {
        assert_eq!(plan[field], Value::Null, "{field}");
    }
}

#[test]
fn an_edit_of_nothing_is_a_usage_error_that_names_the_options() {
    let place = Place::shop();
    let told = place.flags("feature edit sso").fails(2);
    for option in ["--name", "--description", "--tag", "--owner", "--untag"] {
        assert!(told.contains(option), "{option}: {told}");
    }
    let told = place.flags("plan edit pro --dry-run").fails(2);
    for option in [
        "--name",
        "--price",
        "--currency",
        "--default",
        "--no-default",
    ] {
        assert!(told.contains(option), "{option}: {told}");
    }
}

#[test]
fn an_empty_tag_is_none_and_an_empty_reason_is_no_reason() {
    let place = Place::shop();
    let told = place
        .words(&["feature", "edit", "sso", "--tag", ""])
        .fails(2);
    assert!(told.contains("a tag cannot be empty"), "{told}");
    place
        .words(&["set", "sso", "--plan", "pro", "--reason", ""])
        .yes();
    let layers = &place.json("explain sso --plan pro")["layers"];
    let plan = layers.as_array().unwrap().iter();
    let mut plan = plan.filter(|layer| layer["layer"] == "plan");
    assert_eq!(plan.next().unwrap()["set_because"], Value::Null);
}

#[test]
fn one_that_is_named_is_counted_as_one() {
    let place = Place::shop();
    place.flags("target add beta user:ben").yes();
    let shown = place.flags("feature show beta").yes();
    assert!(shown.contains("one of 2 users →"), "{shown}");
    assert!(shown.contains("one of 1 organization →"), "{shown}");
}
