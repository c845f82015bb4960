//! `--dry-run`: what a write would do, and whose answers it would change.

use serde_json::{Value, json};

use super::kit::Place;

/// Every command that writes, on the shop.
pub(crate) const WRITES: [&str; 32] = [
    "set sso --plan pro",
    "set max_seats 9 --plan pro",
    "set sso --user ben --expires 14d --reason trial",
    "set analytics off --org acme",
    "set newest --plan newer --create",
    "unset analytics --plan pro",
    "unset analytics --user ben",
    "unset sso --org initech",
    "feature define fresh --type limit --tag new",
    "feature edit sso --name Single-sign-on --untag security",
    "feature enable legacy",
    "feature disable analytics",
    "feature delete analytics",
    "feature cap 60",
    "target sso all",
    "target beta none",
    "target sso percent 50",
    "target add beta user:ben workspace:ws_2",
    "target remove beta org:acme",
    "plan create team --price 9 --currency USD --period monthly",
    "plan edit enterprise --default",
    "plan delete pro --move-to free",
    "user assign ana --plan free",
    "user assign dev --leave acme",
    "user forget ben",
    "org assign initech --plan pro",
    "org forget empty",
    "override clear --user ben",
    "override clear sso --org initech",
    "override clear --expired",
    "set analytics --user newbie --create",
    "user assign newcomer --plan pro",
];

#[test]
fn every_write_previews_without_writing() {
    let place = Place::shop();
    let before = place.contents();
    for line in WRITES {
        let text = place.flags(&format!("{line} --dry-run")).yes();
        assert!(text.ends_with("dry run: nothing was written\n"), "{text}");
        let document = place.json(&format!("{line} --dry-run"));
        assert_eq!(document["dry_run"], true, "{line}");
        assert_eq!(document["changed"], false, "{line}");
        assert_eq!(document["revision"], 1, "{line}");
        assert_ne!(document["changes"], json!([]), "{line}");
        assert_eq!(place.contents(), before, "{line}");
    }
    assert_eq!(place.revision(), 1);
}

#[test]
fn the_preview_and_the_write_say_the_same_changes() {
    for line in WRITES {
        let place = Place::shop();
        let preview = place.json(&format!("{line} --dry-run"));
        let written = place.json(&format!("{line} --yes"));
        assert_eq!(preview["changes"], written["changes"], "{line}");
        assert_eq!(written["revision"], 2, "{line}");
        assert_eq!(
            (
                &written["dry_run"],
                &written["changed"],
                &written["effects"]
            ),
            (&json!(false), &json!(true), &Value::Null),
            "{line}"
        );
    }
}

/// All answers of everybody, as `(subject, feature) -> value`.
fn answers(place: &Place) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (list, option, name) in [
        ("user list", "--user", "user"),
        ("org list", "--org", "org"),
    ] {
        for row in place.json(list).as_array().unwrap() {
            let id = row["id"].as_str().unwrap();
            let resolved = place.json(&format!("resolve {option} {id}"));
            for row in resolved["features"].as_array().unwrap() {
                let feature = row["feature"].as_str().unwrap().to_owned();
                all.push((format!("{name}:{id}"), feature, row["value"].clone()));
            }
        }
    }
    all
}

#[test]
fn the_effects_told_are_those_that_come() {
    for line in WRITES {
        let place = Place::shop();
        let effects = place.json(&format!("{line} --dry-run"))["effects"].clone();
        assert_eq!(effects["complete"], true, "{line}");
        let told: Vec<(String, String, Value)> = effects["first"]
            .as_array()
            .unwrap()
            .iter()
            .map(|effect| {
                let text = |name: &str| effect[name].as_str().unwrap().to_owned();
                (text("subject"), text("feature"), effect["after"].clone())
            })
            .collect();
        let before = answers(&place);
        place.flags(&format!("{line} --yes")).yes();
        let after = answers(&place);
        let value = |all: &[(String, String, Value)], subject: &str, feature: &str| {
            let found = all.iter().find(|(s, f, _)| s == subject && f == feature);
            found.map(|(.., value)| value.clone())
        };
        // Whoever or whatever is not there gives nobody anything.
        let stayed = before.iter().filter_map(|(subject, feature, was)| {
            let is = value(&after, subject, feature).unwrap_or(json!(false));
            (is != *was).then(|| (subject.clone(), feature.clone(), is))
        });
        let newcomers = after.iter().filter(|(subject, feature, is)| {
            *is != json!(false) && value(&before, subject, feature).is_none()
        });
        let came: Vec<(String, String, Value)> = stayed.chain(newcomers.cloned()).collect();
        assert_eq!(told, came, "{line}");
        let gained = came.len() as u64 - lost(&before, &came);
        assert_eq!(effects["gained"], gained, "{line}");
        assert_eq!(effects["lost"], lost(&before, &came), "{line}");
    }
}

fn lost(before: &[(String, String, Value)], came: &[(String, String, Value)]) -> u64 {
    let worth = |value: &Value| match value {
        Value::Bool(on) => i64::from(*on),
        number => number.as_i64().unwrap() + 2,
    };
    let less = |(subject, feature, is): &&(String, String, Value)| {
        let was = before.iter().find(|(s, f, _)| s == subject && f == feature);
        worth(is) < was.map_or(0, |(.., was)| worth(was))
    };
    came.iter().filter(less).count() as u64
}

#[test]
fn the_last_named_is_told_to_lose() {
    let place = Place::empty();
    place.flags("feature define beta").yes();
    place.flags("user assign ana").yes();
    place.flags("target add beta user:ana").yes();
    let effects = |line: &str| {
        let effects = place.json(&format!("{line} --dry-run"))["effects"].clone();
        (effects["gained"].clone(), effects["lost"].clone())
    };
    let one_loses = (json!(0), json!(1));
    assert_eq!(effects("target beta none"), one_loses);
    assert_eq!(effects("target remove beta user:ana"), one_loses);
    assert_eq!(effects("feature delete beta"), one_loses);
}

#[test]
fn whoever_comes_or_goes_gains_or_loses_what_they_get() {
    let place = Place::empty();
    place.flags("feature define beta").yes();
    place.flags("set beta --plan pro --create").yes();
    place.flags("user assign ana --plan pro").yes();
    let effects = |line: &str| place.json(&format!("{line} --dry-run"))["effects"].clone();
    let one = |subject: &str, before: bool, gained: u64| {
        json!({
            "gained": gained,
            "lost": 1 - gained,
            "first": [{
                "subject": subject, "feature": "beta", "before": before, "after": !before
            }],
            "complete": true,
        })
    };
    let newbie = one("user:newbie", false, 1);
    assert_eq!(effects("set beta --user newbie --create"), newbie);
    assert_eq!(effects("user assign newbie --plan pro"), newbie);
    assert_eq!(effects("user forget ana"), one("user:ana", true, 0));
    place.flags("org assign acme --plan pro").yes();
    assert_eq!(effects("org forget acme"), one("org:acme", true, 0));
}

#[test]
fn who_gains_and_who_loses_is_shown_in_rows() {
    let place = Place::shop();
    assert_eq!(
        place.flags("set sso --plan pro --dry-run").yes(),
        "+ plan pro: sso: on\n\
         answers that change: 1 gained, 0 lost\n\
         subject\tfeature\tnow\tthen\n\
         user:ana\tsso\toff\ton\n\
         dry run: nothing was written\n"
    );
    assert_eq!(
        place.flags("feature disable analytics --dry-run").yes(),
        "~ feature analytics: switch: enabled → disabled\n\
         answers that change: 0 gained, 4 lost\n\
         subject\tfeature\tnow\tthen\n\
         user:ana\tanalytics\ton\toff\n\
         user:ben\tanalytics\ton\toff\n\
         user:dev\tanalytics\ton\toff\n\
         org:acme\tanalytics\ton\toff\n\
         dry run: nothing was written\n"
    );
    assert_eq!(
        place.flags("user assign dev --leave acme --dry-run").yes(),
        "~ user dev: organizations: acme initech → initech\n\
         nobody gains or loses anything\n\
         dry run: nothing was written\n"
    );
    assert_eq!(
        place.flags("set sso --plan enterprise --dry-run").yes(),
        "nothing to change: it is so already\n\
         nobody gains or loses anything\n\
         dry run: nothing was written\n"
    );
}

#[test]
fn many_effects_are_counted_and_the_first_are_named() {
    let mut shop: Value = serde_json::from_str(super::kit::SHOP).unwrap();
    for number in 0..150 {
        shop["users"][format!("user{number:03}")] = json!({ "plan": "pro" });
    }
    let place = Place::with(&shop.to_string());
    let effects = &place.json("set sso --plan pro --dry-run")["effects"];
    assert_eq!(
        (&effects["gained"], &effects["lost"]),
        (&json!(151), &json!(0))
    );
    assert_eq!(effects["complete"], false);
    assert_eq!(effects["first"].as_array().unwrap().len(), 100);
    let text = place.flags("set sso --plan pro --dry-run").yes();
    assert!(
        text.contains("\nuser:user018\tsso\toff\ton\nand 131 more\n"),
        "{text}"
    );
}
