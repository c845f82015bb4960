//! `--file` with WorkOS's configuration payload: answered offline, as WorkOS's evaluators do.

use serde_json::{Value, json};

use super::kit::Place;

/// `beta` for one user, one organization and one workspace; `off` for nobody; `open` for all.
fn version_1() -> Value {
    let targets = json!({
        "users": [{"id": "ana", "enabled": true}],
        "organizations": [{"id": "acme", "enabled": true}],
        "custom_targets": [{"type": "workspace", "id": "ws_1", "enabled": true}],
    });
    let none = json!({"users": [], "organizations": []});
    json!({
        "beta": {"slug": "beta", "enabled": true, "default_value": false, "targets": targets},
        "off": {"slug": "off", "enabled": false, "default_value": true, "targets": targets},
        "open": {"slug": "open", "enabled": true, "default_value": true, "targets": none},
    })
}

/// The same in the other form.
fn version_2() -> Value {
    let rule = |target_type: &str, id: &str| {
        let condition = json!({
            "target_type": target_type, "operator": "one_of", "values": [id],
        });
        json!({"id": target_type, "kind": "conditions", "value": true, "conditions": [condition]})
    };
    let rules = [
        rule("user", "ana"),
        rule("organization", "acme"),
        rule("workspace", "ws_1"),
    ];
    let flag = |slug: &str, enabled: bool, default: bool, rules: &[Value]| {
        json!({
            "slug": slug, "enabled": enabled, "off_value": false, "default_value": default,
            "rules": rules,
        })
    };
    json!({"version": 2, "flags": {
        "beta": flag("beta", true, false, &rules),
        "off": flag("off", false, true, &rules),
        "open": flag("open", true, true, &[]),
    }})
}

#[test]
fn either_version_answers_for_whomever_is_named() {
    let place = Place::bare();
    for payload in [version_1(), version_2()] {
        place.file("workos.json", payload.to_string());
        for (subject, beta) in [
            ("--user ana", "on\ttargeting"),
            ("--user stranger", "off\tdefault"),
            ("--org acme", "on\ttargeting"),
            ("--org elsewhere", "off\tdefault"),
            ("--user stranger --org acme", "on\ttargeting"),
            ("--user stranger --org elsewhere", "off\tdefault"),
            ("--user stranger --target workspace:ws_1", "on\ttargeting"),
            ("--user stranger --target workspace:ws_2", "off\tdefault"),
        ] {
            let said = place.flags(&format!("resolve {subject} --file workos.json"));
            let open = "open\ton\ttargeting\n";
            assert_eq!(
                said.yes(),
                format!("feature\tvalue\tfrom\nbeta\t{beta}\noff\toff\tswitch\n{open}"),
                "{subject} {payload}"
            );
            let check = format!("check beta !off open {subject} --file workos.json");
            let said = place.flags(&check);
            match beta.starts_with("on") {
                true => said.yes(),
                false => said.no(),
            };
        }
    }
}

#[test]
fn a_layer_of_a_payload_is_explained() {
    let place = Place::bare();
    for payload in [version_1(), version_2()] {
        place.file("workos.json", payload.to_string());
        let line = "explain beta --user stranger --org acme --file workos.json";
        let document = place.json(line);
        assert_eq!(
            (&document["value"], &document["layer"]),
            (&json!(true), &json!("targeting"))
        );
        let layers = document["layers"].as_array().unwrap();
        let mut won = layers.iter().filter(|layer| layer["outcome"] == "won");
        let won = won.next().unwrap();
        let reason = won["reason"].as_str().unwrap();
        assert!(reason.contains("organization"), "{reason}");
        assert_eq!(
            (&won["layer"], &won["set_by"]),
            (&json!("targeting"), &Value::Null)
        );
    }
}

#[test]
fn what_is_passed_over_in_a_payload_is_a_warning_and_no_failure() {
    let place = Place::bare();
    let mut payload = version_2();
    payload["flags"]["beta"]["rules"][0]["kind"] = json!("rollout");
    payload["flags"]["No Key"] = payload["flags"]["open"].clone();
    place.file("workos.json", payload.to_string());
    let said = place.flags("get beta --user ana --file workos.json");
    assert_eq!((said.code, &*said.out), (Some(0), "off\n"), "{said:?}");
    let warnings: Vec<&str> = said.err.lines().collect();
    let rollout = "flag \"beta\": rule \"user\" asks for what cannot be judged here, and never \
                   matches: kind \"rollout\"";
    assert!(warnings[0].ends_with(rollout), "{}", said.err);
    assert!(
        warnings[1].contains("flag \"No Key\": left out"),
        "{}",
        said.err
    );
    assert_eq!(warnings.len(), 2);
    let known = place.flags("get open --user ana --file workos.json --json=value");
    assert_eq!(known.out, "{\n  \"value\": true\n}\n");
}

#[test]
fn a_damaged_payload_is_not_read_at_all() {
    let place = Place::bare();
    let mut damaged = version_2();
    damaged["flags"]["open"]["slug"] = Value::Null;
    for (payload, what) in [
        (
            damaged,
            "the configuration payload is damaged: expected text at flags[\"open\"].slug",
        ),
        (
            json!({"version": 3, "flags": {}}),
            "the configuration payload has version 3, this version of flags reads 1 and 2",
        ),
    ] {
        place.file("workos.json", payload.to_string());
        for line in ["resolve", "check beta", "explain beta"] {
            let told = place.flags(&format!("{line} --user ana --file workos.json"));
            assert_eq!(told.fails(2), format!("error: workos.json: {what}\n"));
        }
    }
}

#[test]
fn a_feature_that_a_payload_lacks_is_unknown_even_for_anybody() {
    let place = Place::bare();
    place.file("workos.json", version_1().to_string());
    let told = place
        .flags("check bta --user ana --file workos.json")
        .fails(3);
    assert_eq!(
        told,
        "error: there is no feature `bta`\nhint: did you mean `beta`?\n"
    );
}
