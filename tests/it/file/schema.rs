//! The schema that editors check with, against the reader that decides.

use boon::{Compiler, SchemaIndex, Schemas};
use flags::file::schema::CATALOG;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::round::{FORMATS, read_back, written};
use super::*;
use crate::random;

struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    fn new() -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        let schema: Value = serde_json::from_str(CATALOG).unwrap();
        compiler.add_resource("catalog.json", schema).unwrap();
        let index = compiler.compile("catalog.json", &mut schemas);
        let index = index.unwrap_or_else(|error| panic!("{error:#}"));
        Self { schemas, index }
    }

    fn told(&self, value: &Value) -> Result<(), String> {
        let told = self.schemas.validate(value, self.index);
        told.map_err(|error| format!("{error:#}"))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn whatever_is_exported_satisfies_the_schema(project in random::project()) {
        let judge = Judge::new();
        for format in FORMATS {
            let text = written(&project, format);
            let told = judge.told(&tree(&text, format).to_json());
            prop_assert!(told.is_ok(), "{:?}\n{}", told, text);
        }
    }
}

/// A catalog around a feature `f` (boolean), `l` (limit) and a plan `p`, with more laid over it.
fn around(path: &str, value: Value) -> Value {
    let mut catalog = json!({
        "format": "flags.catalog/1",
        "settings": {"default_plan": "p", "max_features": 9},
        "features": {
            "f": {"type": "boolean", "targeting": {"default": false, "rules": [
                {"id": "r", "serve": true, "when": [{"percent": 5}]}
            ]}},
            "l": {"type": "limit"},
        },
        "plans": {"p": {"grants": {"f": true}}},
        "organizations": {"o": {}},
        "users": {"u": {"organizations": ["o"]}},
        "overrides": {"user:u": {"f": {"grant": true}}},
    });
    let (at, name) = path.rsplit_once('/').unwrap();
    catalog.pointer_mut(at).unwrap()[name] = value;
    catalog
}

const RULE: &str = "/features/f/targeting/rules";

/// What both take.
fn good() -> Vec<(&'static str, Value)> {
    let rule = |when: Value| json!([{"id": "", "serve": "no value", "when": [when]}]);
    let mut good = vec![
        ("/$schema", json!("./flags.catalog.schema.json")),
        ("/settings", json!({})),
        ("/settings/default_plan", json!(null)),
        ("/features/f/enabled", json!("off")),
        ("/features/f/off_value", json!("on")),
        ("/features/f/off_value", json!(null)),
        ("/features/f/tags", json!(["a", "b"])),
        ("/features/l/off_value", json!("off")),
        (
            "/features/l/targeting",
            json!({"default": "off", "rules": []}),
        ),
        ("/features/f/targeting", json!({"default": "on"})),
        (RULE, rule(json!({"percent": "12.5%"}))),
        (RULE, rule(json!({"percent": 12.25}))),
        (
            RULE,
            rule(json!({"one_of": {"type": "workspace", "ids": []}})),
        ),
        (RULE, rule(json!({"unsupported": "x"}))),
        ("/plans/p/price", json!(29)),
        ("/plans/p/price", json!("0.5")),
        ("/plans/p/period", json!("one_time")),
        ("/plans/p/currency", json!("EUR")),
        ("/plans/empty", json!(null)),
        ("/users/u/targets", json!(["workspace:w:1"])),
        ("/organizations/o/plan", json!("p")),
        (
            "/overrides/org:o",
            json!({"l": {"revoke": "yes", "expires": "2026-12-31"}}),
        ),
    ];
    for value in [
        json!(0),
        json!(9_007_199_254_740_991_u64),
        json!("unlimited"),
    ] {
        good.push(("/plans/p/grants/l", value));
    }
    for time in [
        "2026-12-31T23:59:59Z",
        "2026-12-31T23:59:59.5+02:00",
        "2026-12-31",
    ] {
        good.push(("/overrides/user:u/f/expires", json!(time)));
    }
    good
}

/// What both refuse. What hangs on other parts of the file, such as an unknown plan, only the
/// reader knows.
fn bad() -> Vec<(&'static str, Value)> {
    let rule = |when: Value| json!([{"id": "r", "serve": true, "when": [when]}]);
    let mut bad = vec![
        ("/format", json!("flags.catalog/2")),
        ("/unknown", json!({})),
        ("/settings/unknown", json!(1)),
        ("/settings/max_features", json!(-1)),
        ("/settings/max_features", json!(4_294_967_296_u64)),
        ("/features/F", json!({"type": "boolean"})),
        ("/features/f/type", json!("bool")),
        ("/features/f", json!({})),
        ("/features/f", json!(null)),
        ("/features/f/name", json!(5)),
        ("/features/f/name", json!("x".repeat(257))),
        ("/features/f/tags", json!(["a", "a"])),
        ("/features/f/enabled", json!("maybe")),
        ("/features/f/enabled", json!(null)),
        ("/features/f/off_value", json!("yes")),
        ("/features/f/targeting", json!({"rules": []})),
        ("/features/l/off_value", json!(true)),
        ("/features/l/targeting", json!({"default": true})),
        (RULE, json!([{"id": "r", "serve": true}])),
        (RULE, rule(json!({}))),
        (RULE, rule(json!({"percent": 1, "unsupported": "x"}))),
        (RULE, rule(json!({"percent": 100.5}))),
        (RULE, rule(json!({"percent": "101"}))),
        (RULE, rule(json!({"one_of": {"type": "User", "ids": []}}))),
        (RULE, rule(json!({"one_of": {"type": "user", "ids": [5]}}))),
        (
            RULE,
            rule(json!({"one_of": {"type": "user", "ids": ["a b"]}})),
        ),
        ("/plans/p/price", json!("029")),
        ("/plans/p/price", json!(-1)),
        ("/plans/p/currency", json!("usd")),
        ("/plans/p/period", json!("weekly")),
        ("/plans/p/grants/f", json!(false)),
        ("/plans/p/grants/f", json!("off")),
        ("/plans/p/grants/l", json!(1.5)),
        ("/plans/p/grants/l", json!(9_007_199_254_740_992_u64)),
        ("/plans/p/grants/l", json!(null)),
        ("/organizations/a b", json!({})),
        ("/users/..", json!({})),
        ("/users/u/targets", json!(["user:u2"])),
        ("/users/u/unknown", json!(1)),
        ("/overrides/u", json!({})),
        ("/overrides/user:.", json!({})),
        ("/overrides/user:u/f", json!({})),
        (
            "/overrides/user:u/f",
            json!({"grant": true, "revoke": true}),
        ),
        ("/overrides/user:u/f", json!({"revoke": false})),
    ];
    for time in ["soon", "2026-12-31T23:59:59", "1763787600"] {
        bad.push(("/overrides/user:u/f/expires", json!(time)));
    }
    bad
}

#[test]
fn schema_and_reader_agree_on_what_is_good_and_what_is_bad() {
    let judge = Judge::new();
    for (path, value) in good() {
        let catalog = around(path, value);
        let text = catalog.to_string();
        assert_eq!(judge.told(&catalog), Ok(()), "{path}: {text}");
        let read = read_back(&text, Format::Json);
        assert!(read.is_ok(), "{path}: {read:?}");
    }
    for (path, value) in bad() {
        let catalog = around(path, value);
        let text = catalog.to_string();
        assert!(
            judge.told(&catalog).is_err(),
            "the schema takes {path}: {text}"
        );
        assert!(
            read_back(&text, Format::Json).is_err(),
            "the reader takes {path}: {text}"
        );
    }
}

#[test]
fn everything_that_can_be_written_is_explained() {
    fn unexplained(schema: &Value, path: &str, found: &mut Vec<String>) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}/{name}");
            let explained = property.get("description").is_some() || property.get("$ref").is_some();
            if !explained {
                found.push(path.clone());
            }
            unexplained(property, &path, found);
        }
        for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
            unexplained(definition, &format!("{path}/$defs/{name}"), found);
        }
    }
    let schema: Value = serde_json::from_str(CATALOG).unwrap();
    let mut found = Vec::new();
    unexplained(&schema, "", &mut found);
    assert!(found.is_empty(), "{found:#?}");
}
