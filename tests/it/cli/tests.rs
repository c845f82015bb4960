//! `test`: what holds passes, what does not fails, and what nobody can tell is neither.

use serde_json::{Value, json};

use super::kit::Place;

const GOOD: &str = r#"
format: flags.tests/1
at: 2026-05-01
matrix:
  free: { analytics: off, max_projects: 3 }
  pro: { analytics: on, max_seats: 5, sso: off }
  enterprise: { max_seats: unlimited }
tests:
  - name: ana has her seats by her plan
    user: ana
    expect: [max_seats>=5, { that: analytics, because: plan }, "!sso"]
  - name: dev within acme
    user: dev
    org: acme
    expect: [{ that: max_seats=25, because: user_override }]
  - name: an organization
    org: initech
    expect: sso
  - name: somebody invented
    given:
      plan: free
      organizations: [acme]
      overrides: { sso: off, max_seats: 7, beta: { grant: true, expires: 2026-05-01 } }
    expect: ["!sso", max_seats=7, { that: analytics, because: plan }, { that: beta, because: targeting }]
  - name: a workspace
    plan: pro
    targets: [workspace:ws_1]
    expect: beta
  - name: a trial
    user: ben
    at: 2026-05-15T11:59:59Z
    expect: analytics
  - name: a trial is over
    user: ben
    at: 2026-05-15T12:00:00Z
    expect: "!analytics"
"#;

/// The shop with a test file in it.
fn place(tests: &str) -> Place {
    let place = Place::shop();
    place.file("t.yaml", tests);
    place
}

const BAD: &str = r#"
format: flags.tests/1
tests:
  - { name: "good", plan: pro, expect: analytics }
  - { name: "no <seats> & \"quotes\" # TODO ]]>", plan: free, expect: [max_seats>=5, analytics] }
  - { name: "wrong layer\e[31m\uffff", user: dev, expect: [{ that: max_seats, because: plan }] }
"#;

#[test]
fn what_holds_passes_against_the_store_and_against_a_file() {
    let place = place(GOOD);
    assert_eq!(place.flags("test t.yaml").yes(), "10 passed\n");
    let catalog = place.flags("export --subjects").yes();
    place.file("catalog.json", catalog);
    let said = place.flags("test t.yaml --file catalog.json").yes();
    assert_eq!(said, "10 passed\n");
    let document = place.json("test t.yaml t.yaml");
    assert_eq!(document["passed"], 20);
    assert_eq!(document["tests"][0]["name"], "plan free");
    assert_eq!(document["tests"][0]["line"], 5);
}

#[test]
fn what_does_not_hold_fails_with_what_came_instead_and_why() {
    let place = place(BAD);
    let said = place.flags("test t.yaml").no();
    assert_eq!(
        said,
        "failed   no <seats> & \"quotes\" # TODO ]]>  (t.yaml:5)\n  \
         max_seats>=5: it is off, from default\n  analytics: it is off, from default\n\
         failed   wrong layer\\u{1b}[31m\u{ffff}  (t.yaml:6)\n  \
         max_seats: it is 25, from user override, and not from plan\n1 passed, 2 failed\n"
    );
    let document: Value = serde_json::from_str(&place.flags("test t.yaml --json").no()).unwrap();
    assert_eq!(document["failed"], 2);
    let judged = &document["tests"][2]["expectations"][0];
    assert_eq!(
        judged,
        &json!({
            "expectation": "max_seats", "because": "plan", "ok": false, "value": 25,
            "layer": "user_override",
        })
    );
}

#[test]
fn what_cannot_be_told_is_neither_and_the_rest_is_told_nonetheless() {
    let place = place(
        "format: flags.tests/1\ntests:\n\
         - {name: a, plan: pro, expect: analytics}\n\
         - {name: b, plan: free, expect: analytics}\n\
         - {name: c, plan: pro, expect: analitics}\n\
         - {name: d, plan: nix, expect: analytics}\n\
         - {name: e, user: nobody, expect: analytics}\n\
         - {name: f, plan: pro, expect: analytics>=5}\n\
         - {name: g, given: {overrides: {nix: on}}, expect: analytics}\n",
    );
    let said = place.flags("test t.yaml");
    assert_eq!(said.code, Some(3), "{said:?}");
    assert!(
        said.out
            .ends_with("1 passed, 1 failed, 5 could not be told\n"),
        "{}",
        said.out
    );
    assert!(
        said.err.contains("5 of 7 tests could not be told"),
        "{}",
        said.err
    );
    let tap = place.flags("test t.yaml --tap").out;
    assert_eq!(tap.matches("\nok ").count(), 1);
    assert_eq!(tap.matches("\n  severity: \"error\"").count(), 5);
    assert_eq!(tap.matches("\n  severity: \"fail\"").count(), 1);
}

#[test]
fn every_mistake_in_a_file_is_told_with_its_place_and_nothing_is_run() {
    let place = place(
        "format: flags.tests/2\ntests:\n\
         - {name: a, plan: PRO, expect: analytics}\n\
         - {nam: b, plan: free, expect: [\"!max_seats>5\"]}\n\
         - {name: c, user: ana, plan: pro, expect: []}\n\
         - {name: d, plan: pro, at: soon, targets: [\"user:ana\"], expect: [{that: sso, because: plam}]}\n\
         matrix: {pro: {analytics: maybe}}\n",
    );
    let told = place.flags("test t.yaml").fails(2);
    for part in [
        "t.yaml:1:9: the format",
        "t.yaml:3:19: a plan key",
        "t.yaml:4:4: there is no field",
        "did you mean `name`?",
        "write the opposite comparison",
        "t.yaml:5:3: say who this is about",
        "t.yaml:5:43: nothing is expected here",
        "`soon` is not a moment",
        "user:ana is a subject",
        "did you mean `plan`?",
        "t.yaml:7:27: expected `on`",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    place.file("t.yaml", "format: flags.tests/1\n");
    let told = place.flags("test t.yaml").fails(2);
    assert!(told.contains("there is no test here"), "{told}");
    place.flags("test nowhere.yaml").fails(2);
}

#[test]
fn tap_is_plain_lines_whatever_a_name_says() {
    let place = place(BAD);
    let tap = place.flags("test t.yaml --tap").no();
    let lines: Vec<&str> = tap.lines().collect();
    assert_eq!(lines[..3], ["TAP version 14", "1..3", "ok 1 - good"]);
    assert_eq!(lines[3], "not ok 2 - no <seats> & \"quotes\" \\# TODO ]]>");
    assert_eq!((lines[4], lines[9]), ("  ---", "  ..."));
    assert!(
        tap.contains("\nnot ok 3 - wrong layer\\\\u{1b}[31m"),
        "{tap}"
    );
    assert!(!tap.contains('\u{1b}'));
}

/// What XML's own parsers say of it, `tests/interop/reports` asks.
#[test]
fn junit_has_nothing_in_it_that_a_name_could_have_brought() {
    let place = place(BAD);
    let on_stdout = place.flags("test t.yaml --junit").no();
    let said = place.flags("test t.yaml --junit=report.xml").no();
    assert!(said.ends_with("1 passed, 2 failed\n"), "{said}");
    let written = std::fs::read_to_string(place.path("report.xml")).unwrap();
    assert_eq!(written, on_stdout);
    for part in [
        "<testsuites name=\"flags\" tests=\"3\" failures=\"2\" errors=\"0\">",
        "name=\"no &lt;seats&gt; &amp; &quot;quotes&quot; # TODO ]]&gt;\"",
        "name=\"wrong layer\\u{1b}[31m\u{fffd}\"",
        "<failure message=\"max_seats&gt;=5: it is off, from default\">",
    ] {
        assert!(written.contains(part), "{part}: {written}");
    }
    assert!(!written.contains(['\u{1b}', '\u{ffff}']), "{written}");
}

#[test]
fn a_test_file_may_be_toml_or_json_and_names_its_schema() {
    let place = place(GOOD);
    place.file(
        "t.toml",
        "format = \"flags.tests/1\"\n[matrix.pro]\nmax_seats = 5\nanalytics = true\n",
    );
    place.file(
        "t.json",
        r#"{"$schema": "x", "format": "flags.tests/1", "matrix": {"pro": {"max_seats": 5}}}"#,
    );
    assert_eq!(place.flags("test t.toml t.json").yes(), "2 passed\n");
    let schema = place.json("schema tests");
    assert_eq!(schema["properties"]["format"]["const"], "flags.tests/1");
}
