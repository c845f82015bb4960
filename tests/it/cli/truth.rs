//! `check`: which exit code each expectation gives, from every place an answer can come from.

use serde_json::json;

use super::kit::{Place, Said};

/// What `check` ends with.
#[track_caller]
fn verdict(place: &Place, line: &str) -> i32 {
    let said = place.flags(&format!("check {line}"));
    let code = said.code.unwrap();
    let says: Vec<&str> = said.out.lines().map(|line| &line[..3]).collect();
    match code {
        0 => assert!(says.iter().all(|word| *word == "yes"), "{line}: {said:?}"),
        1 => assert!(says.contains(&"no "), "{line}: {said:?}"),
        _ => assert_eq!(said.out, "", "{line}"),
    }
    code
}

#[test]
fn every_expectation_is_judged_as_published() {
    let place = Place::shop();
    for (line, code) in [
        // A boolean that is on, and one that is off.
        ("analytics --user ana", 0),
        ("!analytics --user ana", 1),
        ("sso --user ana", 1),
        ("!sso --user ana", 0),
        // The switch beats the plan; a revoke beats the organization's plan.
        ("legacy --user ana", 1),
        ("!legacy --user ana", 0),
        ("analytics --user cleo", 1),
        // A limit of 5.
        ("max_seats --user ana", 0),
        ("!max_seats --user ana", 1),
        ("max_seats=5 --user ana", 0),
        ("max_seats==5 --user ana", 0),
        ("max_seats=6 --user ana", 1),
        ("max_seats!=6 --user ana", 0),
        ("max_seats!=5 --user ana", 1),
        ("max_seats>=5 --user ana", 0),
        ("max_seats>5 --user ana", 1),
        ("max_seats<=5 --user ana", 0),
        ("max_seats<5 --user ana", 1),
        ("max_seats<unlimited --user ana", 0),
        // No limit at all.
        ("max_seats=unlimited --user cleo", 0),
        ("max_seats>=9007199254740991 --user cleo", 0),
        // A limit that is off has no number: no comparison holds.
        ("max_seats --user ben", 1),
        ("!max_seats --user ben", 0),
        ("max_seats<5 --user ben", 1),
        ("max_seats>=0 --user ben", 1),
        ("max_seats!=5 --user ben", 1),
        // All must hold.
        ("analytics max_seats>=5 !sso --user ana", 0),
        ("analytics max_seats>=6 !sso --user ana", 1),
        ("sso !analytics --user ana", 1),
        // What cannot be told is neither yes nor no.
        ("zebra --user ana", 3),
        ("!zebra --user ana", 3),
        ("!sso !zebra --user ana", 3),
        ("!sso --user nobody", 3),
        ("!sso --org nowhere", 3),
        ("!sso --plan nothing", 3),
        ("!sso --user ana --org acme", 3),
        ("analytics>=1 --user ana", 3),
        ("!sso", 2),
        ("!Sso --user ana", 2),
        ("!sso --user ana --file none.json", 2),
    ] {
        assert_eq!(verdict(&place, line), code, "check {line}");
    }
}

#[test]
fn whom_and_when_the_question_is_about_decides() {
    let place = Place::old_shop();
    place.flags("set max_projects 0 --org empty").yes();
    for (line, code) in [
        // An override ends at its expiry, not after it.
        ("analytics --user ben", 0),
        ("analytics --user ben --at 2026-05-15T11:59:59Z", 0),
        ("analytics --user ben --at 2026-05-15T12:00:00Z", 1),
        ("!analytics --user ben --at 14d", 0),
        ("sso --user ana --at 2025-12-31", 0),
        ("sso --user ana --at 2026-01-01", 1),
        // One that starts later does not count before.
        ("max_seats=25 --user dev", 0),
        ("max_seats=25 --user dev --at 2026-03-31", 1),
        ("max_seats=unlimited --user dev --at -60d", 1),
        // Of several organizations' plans the user's own comes first; one organization alone.
        ("sso --user dev", 0),
        ("sso --user dev --org initech", 0),
        ("beta --user dev --org acme", 0),
        ("beta --user cleo --org acme", 0),
        // An organization by itself.
        ("max_seats=unlimited --org acme", 0),
        ("sso --org initech", 0),
        ("analytics --org initech", 1),
        // A limit of zero is there, and counts as absent.
        ("max_projects --org empty", 1),
        ("!max_projects --org empty", 0),
        ("max_projects=0 --org empty", 0),
        // Anybody on a plan; targets that come with the question.
        ("analytics max_projects=50 !sso --plan pro", 0),
        ("max_projects=3 max_projects!=50 --plan enterprise", 0),
        ("beta --plan pro", 1),
        ("beta --plan pro --target user:ana", 3),
        ("beta --plan free --target workspace:ws_1", 0),
        ("beta --plan free --target workspace:ws_2", 1),
        ("beta --user ben --target workspace:ws_1", 0),
        ("beta --org initech --target workspace:ws_1", 0),
    ] {
        assert_eq!(verdict(&place, line), code, "check {line}");
    }
}

#[test]
fn a_file_answers_like_the_store_it_was_exported_from() {
    let shop = Place::shop();
    let export = shop.flags("export --subjects --overrides").yes();
    let place = Place::bare();
    place.file("catalog.json", &export);
    for (line, code) in [
        ("analytics --user ana", 0),
        ("sso --user ana", 1),
        ("max_seats=25 --user dev", 0),
        ("analytics --user ben --at 15d", 1),
        ("sso --org initech", 0),
        ("max_projects=50 --plan pro", 0),
        ("zebra --user ana", 3),
        ("analytics --user nobody", 3),
    ] {
        let line = format!("{line} --file catalog.json");
        assert_eq!(verdict(&place, &line), code, "check {line}");
    }
    let piped = place.file("piped.json", &export);
    let mut command = place.command(&["check", "analytics", "--user", "ana", "--file", "-"]);
    command.stdin(std::fs::File::open(piped).unwrap());
    Said::by(&mut command).yes();
}

#[test]
fn each_verdict_says_the_answer_and_its_layer() {
    let place = Place::shop();
    let said = place.flags("check analytics max_seats>=6 !beta sso --user ana");
    assert_eq!(
        said.no(),
        "yes  analytics  (analytics is on, from plan)\n\
         no   max_seats>=6  (max_seats is 5, from plan)\n\
         no   !beta  (beta is on, from targeting)\n\
         no   sso  (sso is off, from default)\n"
    );
    let said = place.flags("check analytics max_seats>=6 --user ana --at 1d --json");
    let document: serde_json::Value = serde_json::from_str(&said.no()).unwrap();
    assert_eq!(
        document,
        json!({
            "ok": false,
            "subject": {"user": "ana", "organization": null, "plan": null, "targets": []},
            "at": "2026-05-02T12:00:00Z",
            "revision": 1,
            "expectations": [
                {"expectation": "analytics", "ok": true, "feature": "analytics", "value": true, "layer": "plan"},
                {"expectation": "max_seats>=6", "ok": false, "feature": "max_seats", "value": 5, "layer": "plan"},
            ],
        })
    );
}
