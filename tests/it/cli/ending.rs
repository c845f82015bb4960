//! Overrides that end soon or have ended: found, failed on, cleared away.

use serde_json::{Value, json};

use super::kit::Place;

/// The shop, in which ben's analytics have ended, ana's sso ends in a week's time to the second,
/// acme's in six days, and initech's max_seats in a month.
fn place() -> Place {
    let place = Place::shop();
    let clear = ["ana", "ben", "cleo", "dev"].map(|user| format!("--user {user}"));
    for holder in clear
        .iter()
        .map(String::as_str)
        .chain(["--org acme", "--org initech"])
    {
        place.flags(&format!("override clear {holder} --yes"));
    }
    for line in [
        "set analytics --user ben --expires 2026-05-01T12:00:01Z",
        "set sso --user ana --expires 7d",
        "set sso --org acme --starts 1d --expires 6d",
        "set max_seats 8 --org initech --expires 30d",
        "set beta --user ben",
    ] {
        place.flags(line).yes();
    }
    place
}

/// Runs a line a second later, when ben's analytics have just ended.
fn later(place: &Place, line: &str) -> super::kit::Said {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    super::kit::Said::by(command.env("FLAGS_NOW", "2026-05-01T12:00:01Z"))
}

/// Who holds what of a listing, in its order.
fn held(text: &str) -> Vec<String> {
    let rows: Value = serde_json::from_str(text).unwrap();
    let rows = rows.as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.map(|row| format!("{} {}", text(&row["subject"]), text(&row["feature"])))
        .collect()
}

#[test]
fn those_that_end_within_a_span_come_soonest_first() {
    let place = place();
    let line = |span: &str| format!("override list --expiring {span} --json=subject,feature");
    let week = held(&later(&place, &line("7d")).yes());
    assert_eq!(week, ["org:acme sso", "user:ana sso"]);
    let just_less = held(&later(&place, &line("604798s")).yes());
    assert_eq!(just_less, ["org:acme sso"]);
    let to_a_date = held(&later(&place, &line("2026-06-30")).yes());
    let all = ["org:acme sso", "user:ana sso", "org:initech max_seats"];
    assert_eq!(to_a_date, all);
    let too = held(&later(&place, &line("30d --expired")).yes());
    assert_eq!(too[0], "user:ben analytics");
    assert_eq!(too[1..], all);
}

#[test]
fn what_has_ended_is_listed_by_itself_from_its_last_second_on() {
    let place = place();
    let line = "override list --expired --json=subject,feature";
    let none = place.flags(line);
    assert_eq!((none.code, &*none.out), (Some(0), "[]\n"));
    assert_eq!(held(&later(&place, line).yes()), ["user:ben analytics"]);
}

#[test]
fn filters_and_the_limit_work_on_what_ends() {
    let place = place();
    let of = |more: &str| {
        let line = format!("override list --expiring 60d {more} --json=subject,feature");
        let said = later(&place, &line);
        assert_eq!(said.code, Some(0), "{said:?}");
        (held(&said.out), said.err)
    };
    assert_eq!(of("--feature sso").0, ["org:acme sso", "user:ana sso"]);
    assert_eq!(of("--org initech").0, ["org:initech max_seats"]);
    // It ends within the span, and does not count yet.
    assert_eq!(of("--active").0, ["user:ana sso", "org:initech max_seats"]);
    let (first, told) = of("--limit 1");
    assert_eq!(first, ["org:acme sso"]);
    assert!(told.contains("only the first 1 rows"), "{told}");
}

#[test]
fn a_gate_fails_while_something_is_about_to_end() {
    let place = place();
    let gate = |words: &str| place.flags(&format!("override list {words} --fail"));
    let told = gate("--expiring 7d").no();
    assert!(told.contains("org:acme\tsso"), "{told}");
    let quiet = gate("--expiring 7d --feature max_seats");
    assert_eq!((quiet.code, &*quiet.out), (Some(0), ""));
    assert_eq!(gate("--expired").code, Some(0));
    assert_eq!(
        later(&place, "override list --expired --fail").code,
        Some(1)
    );
    // Without the option the same answer is no failure.
    assert_eq!(place.flags("override list --expiring 7d").code, Some(0));
}

#[test]
fn a_span_into_the_past_is_refused_with_what_was_meant() {
    let told = place().flags("override list --expiring -7d").fails(2);
    assert!(told.contains("lies in the past"), "{told}");
    assert!(told.contains("`--expired`"), "{told}");
}

#[test]
fn what_has_ended_is_cleared_for_all_or_for_one_and_nobody_loses() {
    let place = place();
    let before = later(&place, "export --overrides").yes();
    let preview = later(&place, "override clear --expired --dry-run --json").yes();
    let preview: Value = serde_json::from_str(&preview).unwrap();
    assert_eq!(preview["effects"]["lost"], 0);
    assert_eq!(preview["changes"].as_array().unwrap().len(), 1);
    assert_eq!(later(&place, "export --overrides").yes(), before);
    // Of somebody else, of something else: nothing.
    for other in ["--user ana", "beta --user ben", "sso"] {
        let line = format!("override clear {other} --expired --json=changes");
        let said: Value = serde_json::from_str(&later(&place, &line).yes()).unwrap();
        assert_eq!(said["changes"], json!([]), "{line}");
    }
    let told = later(&place, "override clear --expired").yes();
    assert!(
        told.starts_with("- user ben: override of analytics"),
        "{told}"
    );
    assert_eq!(later(&place, "override list --expired").out, "");
    let kept = held(&later(&place, "override list --json").yes());
    assert_eq!(kept.len(), 4, "{kept:?}");
}
