//! `explain --history`: when an answer changed, by whom or by what, and what lies ahead.

use serde_json::{Value, json};

use super::kit::{NOW, Place, refused};

/// Seats of ana, who joins acme. Some of it alters what she gets, some does not.
const STORY: [(&str, &str); 12] = [
    (
        "01T09:00:00Z",
        "set max_seats 5 --plan pro --create --reason launch",
    ),
    ("01T09:01:00Z", "user assign ana --plan pro"),
    ("02T09:00:00Z", "plan edit pro --price 9"),
    (
        "03T09:00:00Z",
        "set max_seats 25 --user ana --expires 2026-04-17 --reason trial",
    ),
    // Behind her trial.
    ("04T09:00:00Z", "set max_seats 7 --plan pro"),
    ("05T09:00:00Z", "org assign acme"),
    ("06T09:00:00Z", "user assign ana --org acme"),
    (
        "07T09:00:00Z",
        "set max_seats 50 --org acme --starts 2026-04-20",
    ),
    ("21T09:00:00Z", "set max_seats 60 --user ana --expires 30d"),
    ("22T09:00:00Z", "feature disable max_seats --reason fire"),
    ("23T09:00:00Z", "feature enable max_seats"),
    ("23T09:00:00Z", "user assign ana --email ana@example.com"),
];

fn told() -> Place {
    let place = Place::empty();
    for (time, line) in STORY {
        place.at(&format!("2026-04-{time}"), line).yes();
    }
    place
}

#[test]
fn only_what_altered_the_answer_is_told_with_the_clock_between_the_writes() {
    let text = told().flags("explain max_seats --user ana --history").yes();
    let expected = "\
max_seats is 60 for user ana, from user override

when\tbefore\tafter\tfrom\twhat happened
2026-04-01T09:01:00Z\t–\t5\tplan\tr2 tester, user assign: + user ana: plan pro
2026-04-03T09:00:00Z\t5\t25\tuser override\tr4 tester, set (trial): + user ana: override of \
max_seats: grant 25 until 2026-04-17T00:00:00Z (trial)
2026-04-17T00:00:00Z\t25\t7\tplan\tthe override of user ana ends: grant 25 until \
2026-04-17T00:00:00Z (trial)
2026-04-20T00:00:00Z\t7\t50\torganization override\tthe override of organization acme begins: \
grant 50 from 2026-04-20T00:00:00Z
2026-04-21T09:00:00Z\t50\t60\tuser override\tr9 tester, set: ~ user ana: override of max_seats: \
grant 25 until 2026-04-17T00:00:00Z (trial) → grant 60 until 2026-05-21T09:00:00Z
2026-04-22T09:00:00Z\t60\toff\tswitch\tr10 tester, feature disable (fire): ~ feature max_seats: \
switch: enabled → disabled
2026-04-23T09:00:00Z\toff\t60\tuser override\tr11 tester, feature enable: ~ feature max_seats: \
switch: disabled → enabled
now\t\t60\tuser override\tthe override of ana grants 60 until 2026-05-21T09:00:00Z
2026-05-21T09:00:00Z\t60\t50\torganization override\tthe override of user ana ends: grant 60 \
until 2026-05-21T09:00:00Z
";
    assert_eq!(text, expected);
}

#[test]
fn the_document_has_the_cause_of_each_change() {
    let document = told().json("explain max_seats --user ana --history");
    let history = document["history"].as_array().unwrap();
    assert_eq!(history.len(), 7);
    assert_eq!(
        history[1],
        json!({
            "at": "2026-04-03T09:00:00Z",
            "before": 5,
            "after": 25,
            "layer": "user_override",
            "why": "the override of ana grants 25 until 2026-04-17T00:00:00Z (trial)",
            "cause": "write",
            "write": {
                "by": "tester",
                "at": "2026-04-03T09:00:00Z",
                "with": "set",
                "because": "trial",
                "revision": 4,
                "changes": [{
                    "sign": "added",
                    "what": "user ana: override of max_seats",
                    "before": null,
                    "after": "grant 25 until 2026-04-17T00:00:00Z (trial)",
                }],
            },
            "overrides": [],
        })
    );
    assert_eq!(
        history[3],
        json!({
            "at": "2026-04-20T00:00:00Z",
            "before": 7,
            "after": 50,
            "layer": "organization_override",
            "why": "the override of acme grants 50",
            "cause": "clock",
            "write": null,
            "overrides": [{
                "subject": "org:acme",
                "event": "started",
                "value": 50,
                "starts": "2026-04-20T00:00:00Z",
                "expires": null,
                "reason": null,
            }],
        })
    );
    assert_eq!(document["next"][0]["overrides"][0]["event"], "expired");
    assert_eq!(document["value"], 60);
    assert_eq!(
        (&document["at"], &document["revision"]),
        (&json!(NOW), &json!(12))
    );
    // Each change is what is answered as of then, and just before.
    let place = told();
    for step in history.iter().chain(document["next"].as_array().unwrap()) {
        let at = step["at"].as_str().unwrap();
        let then = place.json(&format!("get max_seats --user ana --at {at}"));
        assert_eq!(
            (&then["value"], &then["layer"]),
            (&step["after"], &step["layer"])
        );
    }
}

/// When the answer changed, and to what.
fn changes(document: &Value) -> Vec<(String, Value)> {
    let history = document["history"].as_array().unwrap();
    let change = |step: &Value| {
        (
            step["at"].as_str().unwrap()[8..10].to_owned(),
            step["after"].clone(),
        )
    };
    history.iter().map(change).collect()
}

#[test]
fn organizations_plans_and_targets_have_a_history_too() {
    let place = told();
    let of = |line: &str| changes(&place.json(&format!("explain max_seats {line} --history")));
    let told = |all: &[(&str, Value)]| -> Vec<(String, Value)> {
        all.iter()
            .map(|(day, value)| ((*day).to_owned(), value.clone()))
            .collect()
    };
    let (off, on) = (json!(false), json!(50));
    let acme = [
        ("05", off.clone()),
        ("20", on.clone()),
        ("22", off.clone()),
        ("23", on),
    ];
    assert_eq!(of("--org acme"), told(&acme));
    let pro = [
        ("01", json!(5)),
        ("04", json!(7)),
        ("22", off),
        ("23", json!(7)),
    ];
    assert_eq!(of("--plan pro"), told(&pro));
    // Within an organization to which she did not belong at first.
    assert_eq!(of("--user ana --org acme")[0], ("06".to_owned(), json!(25)));
    for (day, line) in [
        ("24", "feature define beta"),
        ("25", "target add beta workspace:w1"),
        ("26", "target add beta workspace:w2"),
        ("27", "user assign ana --target workspace:w2"),
        ("28", "target remove beta workspace:w2"),
    ] {
        place.at(&format!("2026-04-{day}T00:00:00Z"), line).yes();
    }
    let of =
        |line: &str| changes(&place.json(&format!("explain beta --user ana {line} --history")));
    let (off, on) = (json!(false), json!(true));
    let own = [("24", off.clone()), ("27", on.clone()), ("28", off.clone())];
    assert_eq!(of(""), told(&own));
    assert_eq!(
        of("--target workspace:w1"),
        told(&[("24", off), ("25", on)])
    );
}

#[test]
fn the_history_of_what_is_gone_is_still_told_and_that_of_what_never_was_is_refused() {
    let place = told();
    place
        .at("2026-04-30T00:00:00Z", "feature delete max_seats --yes")
        .yes();
    let document = place.json("explain max_seats --user ana --history");
    assert_eq!(document["value"], Value::Null);
    assert_eq!(document["type"], Value::Null);
    assert_eq!(document["why"], "there is no feature `max_seats`");
    let last = document["history"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(
        (&last["before"], &last["after"]),
        (&json!(60), &Value::Null)
    );
    assert_eq!(last["write"]["with"], "feature delete");
    let text = place.flags("explain max_seats --user ana --history").yes();
    assert!(
        text.starts_with("max_seats is – for user ana: there is no feature `max_seats`\n"),
        "{text}"
    );
    let list = "`flags feature list` shows what there is";
    let unknown = "there is no feature `seats`";
    let line = "explain seats --user ana --history";
    refused(&place, line, 3, "feature_not_found", unknown, &[list]);
    place
        .flags("explain max_seats --user ana --history --file x.json")
        .fails(2);
    let empty = "there is no feature `max_seats`";
    let line = "explain max_seats --user ana --history";
    refused(
        &Place::empty(),
        line,
        3,
        "feature_not_found",
        empty,
        &[list],
    );
}

#[test]
fn as_of_a_moment_the_history_ends_there() {
    let place = told();
    let document = place.json("explain max_seats --user ana --history --at 2026-04-10");
    assert_eq!(
        (&document["value"], &document["revision"]),
        (&json!(25), &json!(8))
    );
    assert_eq!(changes(&document).len(), 2);
    let next: Vec<&Value> = document["next"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| &s["after"])
        .collect();
    assert_eq!(next, [&json!(7), &json!(50)]);
    let by = place.json("explain max_seats --user ana --history --at r4");
    assert_eq!(by["history"], document["history"]);
    let later = place.json("explain max_seats --user ana --history --at 2027-01-01");
    assert_eq!((&later["value"], changes(&later).len()), (&json!(50), 8));
    assert_eq!(later["next"], json!([]));
}

#[test]
fn a_history_that_is_not_whole_tells_no_story() {
    for (damage, message) in [
        (
            "DELETE FROM revision WHERE id = 5",
            "the history lacks revision 5",
        ),
        (
            "UPDATE change SET body = replace(body, '25', '26') WHERE revision = 4",
            "the history is damaged: revision 4 does not fit",
        ),
    ] {
        let place = told();
        let store = rusqlite::Connection::open(place.store()).unwrap();
        store.pragma_update(None, "foreign_keys", false).unwrap();
        assert_eq!(store.execute(damage, []).unwrap(), 1);
        drop(store);
        let said = place
            .flags("explain max_seats --user ana --history")
            .fails(6);
        assert!(said.contains(message), "{said}");
    }
}
