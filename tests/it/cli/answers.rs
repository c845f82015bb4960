//! Questions about one subject: `get`, `resolve` and `explain`, in rows and as JSON.

use serde_json::{Value, json};

use super::kit::{NOW, Place};

#[test]
fn get_says_the_value_alone() {
    let place = Place::shop();
    for (line, value) in [
        ("analytics --user ana", "on"),
        ("sso --user ana", "off"),
        ("max_seats --user ana", "5"),
        ("max_seats --user cleo", "unlimited"),
        ("max_seats --org initech", "off"),
        ("max_projects --plan pro", "50"),
    ] {
        assert_eq!(
            place.flags(&format!("get {line}")).yes(),
            format!("{value}\n"),
            "{line}"
        );
    }
    let place = Place::old_shop();
    assert_eq!(
        place.json("get max_seats --user cleo --org acme --target workspace:w --at -1d"),
        json!({
            "feature": "max_seats",
            "type": "limit",
            "value": 9_007_199_254_740_991_u64,
            "layer": "plan",
            "subject": {
                "user": "cleo", "organization": "acme", "plan": null, "targets": ["workspace:w"]
            },
            "at": "2026-04-30T12:00:00Z",
            "revision": 1,
        })
    );
    assert_eq!(
        place.flags("get sso --user ana --json=value,layer").yes(),
        "{\n  \"value\": false,\n  \"layer\": \"default\"\n}\n"
    );
}

#[test]
fn resolve_says_every_feature_with_its_layer() {
    let place = Place::shop();
    assert_eq!(
        place.flags("resolve --user dev").yes(),
        "feature\tvalue\tfrom\n\
         analytics\ton\tplan\n\
         beta\ton\ttargeting\n\
         legacy\toff\tswitch\n\
         max_projects\t50\tplan\n\
         max_seats\t25\tuser override\n\
         sso\ton\torganization override\n"
    );
    assert_eq!(
        place.json("resolve --user dev")["entitlements"],
        json!({
            "analytics": true, "beta": true, "max_projects": 50, "max_seats": 25, "sso": true
        })
    );
    assert_eq!(
        place.json("resolve --user cleo")["features"],
        json!([
            {"feature": "analytics", "type": "boolean", "value": false, "layer": "user_override"},
            {"feature": "beta", "type": "boolean", "value": true, "layer": "targeting"},
            {"feature": "legacy", "type": "boolean", "value": false, "layer": "switch"},
            {"feature": "max_projects", "type": "limit", "value": 3, "layer": "plan"},
            {"feature": "max_seats", "type": "limit", "value": 9_007_199_254_740_991_u64, "layer": "plan"},
            {"feature": "sso", "type": "boolean", "value": true, "layer": "plan"},
        ])
    );
}

#[test]
fn explain_shows_every_layer_and_who_set_what_decides() {
    let place = Place::shop();
    assert_eq!(
        place.flags("explain analytics --user ben").yes(),
        "analytics is on for user ben, from user override\n\
         \n\
         \tlayer\tsays\twhy\tset\n\
         \tswitch\t–\tthe feature is enabled\t\n\
         →\tuser override\ton\tthe override of ben grants on until 2026-05-15T12:00:00Z (trial)\t\
         seed 2026-05-01T11:00:00Z\n\
         \torganization override\t–\tthe user belongs to no organization\t\n\
         \ttargeting\t–\tthe audience is nobody\t\n\
         \tplan\t–\tplan free does not include it\t\n\
         \tdefault\toff\toff unless something above says otherwise (a stronger layer decides)\t\n"
    );
    let text = place.flags("explain max_seats --user dev").yes();
    assert!(
        text.contains("\tplan\t5\tplan pro grants 5 (a stronger layer decides)\tseed "),
        "{text}"
    );
    let aside = "\t(plan)\tunlimited\tplan enterprise of organization acme grants unlimited\tseed ";
    assert!(text.contains(aside), "{text}");
}

#[test]
fn explain_tells_who_threw_the_switch_and_names_no_plan_of_several() {
    let place = Place::shop();
    place.flags("feature disable analytics").yes();
    let text = place.flags("explain analytics --user ben").yes();
    let set = format!("the feature is disabled for everybody\ttester {NOW}\n");
    assert!(text.contains(&set), "{text}");
    place.flags("feature define fresh").yes();
    let text = place.flags("explain fresh --user dev").yes();
    assert!(
        text.contains("\tnone of the plans asked includes it\t"),
        "{text}"
    );
}

/// The layer of this name in an explanation.
fn layer(explained: &Value, name: &str) -> Value {
    let layers = explained["layers"].as_array().unwrap();
    layers
        .iter()
        .find(|layer| layer["layer"] == name)
        .unwrap()
        .clone()
}

#[test]
fn explain_tells_who_when_and_why_in_json() {
    let place = Place::shop();
    let words = ["set", "sso", "--plan", "pro", "--reason", "pricing of May"];
    place.words(&words).yes();
    let explained = place.json("explain sso --user ana");
    assert_eq!(explained["value"], true);
    assert_eq!(explained["layer"], "plan");
    assert_eq!(explained["revision"], 2);
    assert_eq!(
        layer(&explained, "plan"),
        json!({
            "layer": "plan",
            "outcome": "won",
            "value": true,
            "reason": "plan pro grants on",
            "until": null,
            "set_by": "tester",
            "set_at": "2026-05-01T12:00:00Z",
            "set_with": "set",
            "set_because": "pricing of May",
            "set_in_revision": 2,
        })
    );
    let expired = layer(&explained, "user_override");
    assert_eq!(expired["outcome"], "silent");
    assert_eq!(
        expired["reason"],
        "the override of ana grants on, but expired at 2026-01-01T00:00:00Z"
    );
    assert_eq!(layer(&explained, "default")["outcome"], "lost");
    let ben = place.json("explain analytics --user ben");
    assert_eq!(
        layer(&ben, "user_override")["until"],
        "2026-05-15T12:00:00Z"
    );
}

#[test]
fn explain_says_why_each_layer_is_silent_or_decides() {
    let place = Place::old_shop();
    for (line, name, reason) in [
        (
            "legacy --user ana",
            "switch",
            "the feature is disabled for everybody",
        ),
        (
            "analytics --user cleo",
            "user_override",
            "the override of cleo revokes it (asked for it)",
        ),
        (
            "sso --user dev",
            "organization_override",
            "the override of initech grants on",
        ),
        (
            "sso --org acme",
            "organization_override",
            "there is no override",
        ),
        ("beta --user ana", "targeting", "rule 1 (user) serves on"),
        ("beta --user ben", "targeting", "none of 3 rules matches"),
        (
            "max_seats --user ana",
            "targeting",
            "limits are not targeted",
        ),
        (
            "max_projects --user cleo",
            "plan",
            "the default plan, free, grants 3",
        ),
        (
            "sso --user cleo",
            "plan",
            "plan enterprise of organization acme grants on",
        ),
        (
            "max_seats --user dev --at 2026-03-01",
            "user_override",
            "the override of dev grants 25, but only from 2026-04-01T00:00:00Z on",
        ),
    ] {
        let explained = place.json(&format!("explain {line}"));
        assert_eq!(layer(&explained, name)["reason"], reason, "{line}");
    }
    place.flags("target beta all").yes();
    let explained = place.json("explain beta --user ben");
    assert_eq!(
        layer(&explained, "targeting")["reason"],
        "the audience is everybody"
    );
    place.flags("plan edit free --no-default").yes();
    let explained = place.json("explain sso --org initech");
    assert_eq!(layer(&explained, "plan")["reason"], "there is no plan");
}
