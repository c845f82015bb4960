//! `--at`: what was answered then is answered now, asked as of then.

use flags::domain::catalog::Revision;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Store};
use proptest::collection::vec;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::kit::{NOW, Place, refused};
use crate::edits::{edit, edited};
use crate::random;

/// What happened to the shop, which is there since 11:00, and when.
const STORY: [(&str, &str); 14] = [
    ("11:05:00", "set analytics --plan free --reason spring"),
    ("11:05:01", "feature disable beta --reason fire"),
    (
        "11:10:00",
        "set sso --user ben --expires 2026-05-01T11:18:00Z",
    ),
    ("11:15:00", "user assign ben --org acme --plan pro"),
    (
        "11:20:00",
        "set max_seats 7 --org acme --starts 2026-05-01T11:22:00Z",
    ),
    ("11:25:00", "target beta percent 50"),
    ("11:25:00", "target add beta user:ben"),
    ("11:25:00", "feature enable beta"),
    ("11:30:00", "user assign eve --plan pro"),
    ("11:35:00", "feature delete analytics --yes"),
    ("11:40:00", "user forget cleo --yes"),
    (
        "11:45:00",
        "plan delete free --take-off --yes --default pro",
    ),
    ("11:50:00", "feature define analytics --type limit"),
    ("11:55:00", "set analytics 5 --plan pro"),
];

/// Every way to ask for what was there.
const QUESTIONS: [&str; 16] = [
    "resolve --user ana --json",
    "resolve --user ben --json",
    "resolve --user ben",
    "resolve --user cleo --json",
    "resolve --user dev --org acme --json",
    "resolve --user eve --json",
    "resolve --org acme --target workspace:ws_1 --json",
    "resolve --plan free --json",
    "get beta --user ben",
    "check beta !sso analytics --user ben --json",
    "explain beta --user ben --json",
    "explain analytics --user ben --json",
    "explain max_seats --user dev --json",
    "matrix",
    "export",
    "export --subjects",
];

fn moment(time: &str) -> String {
    format!("2026-05-01T{time}Z")
}

/// All answers, asked at a moment; those that fail by their exit code alone, since the words of a
/// refusal tell the past from the present.
fn answers(place: &Place, now: &str, at: &str) -> Vec<(String, Option<i32>, String)> {
    let asked = QUESTIONS.iter().map(|question| {
        let said = place.at(now, &format!("{question} {at}"));
        ((*question).to_owned(), said.code, said.out)
    });
    asked.collect()
}

#[test]
fn every_command_answers_as_of_a_moment_and_a_revision_what_it_answered_then() {
    let place = Place::shop();
    let mut then = vec![("11:00:00", answers(&place, &moment("11:00:00"), ""))];
    for (time, line) in STORY {
        if line.starts_with("plan delete") {
            place.at(&moment(time), "plan edit pro --default").yes();
            place
                .at(&moment(time), "plan delete free --take-off --yes")
                .yes();
        } else {
            place.at(&moment(time), line).yes();
        }
        then.push((time, answers(&place, &moment(time), "")));
    }
    for (number, (time, expected)) in then.iter().enumerate() {
        // Of the two writes of one story line the second counts.
        let revision = number + 1 + usize::from(*time >= "11:45:00");
        let at = format!("--at r{revision}");
        assert_eq!(answers(&place, NOW, &at), *expected, "{time}");
        let last_of_its_second = then.get(number + 1).is_none_or(|(next, _)| next != time);
        if last_of_its_second {
            let at = format!("--at {}", moment(time));
            assert_eq!(answers(&place, NOW, &at), *expected, "{time}");
        }
    }
}

#[test]
fn between_two_writes_the_clock_alone_moves() {
    let place = Place::shop();
    for (time, line) in &STORY[..5] {
        place.at(&moment(time), line).yes();
    }
    let seats = |at: &str| {
        let line = format!("get max_seats --org acme --json=value,at,revision --at {at}");
        serde_json::from_str::<Value>(&place.flags(&line).yes()).unwrap()
    };
    let unlimited = 9_007_199_254_740_991_u64;
    for (time, value, revision) in [
        ("11:19:59", unlimited, 5),
        ("11:21:59", unlimited, 6),
        ("11:22:00", 7, 6),
    ] {
        let found = seats(&moment(time));
        let expected = json!({"value": value, "at": moment(time), "revision": revision});
        assert_eq!(found, expected);
    }
    // A span counts from now, and what lies ahead is asked of what is there now.
    assert_eq!(seats("-39m")["revision"], 6);
    assert_eq!(seats("-41m")["revision"], 5);
    assert_eq!(seats("1d")["value"], 7);
    assert_eq!(
        place
            .flags("get sso --user ben --at 2026-05-01T11:17:59Z")
            .yes(),
        "on\n"
    );
    assert_eq!(place.flags("get sso --user ben --at r4").yes(), "on\n");
    assert_eq!(
        place
            .flags("get sso --user ben --at 2026-05-01T11:18:00Z")
            .yes(),
        "on\n"
    );
    place
        .at(&moment("11:24:00"), "user assign ben --leave acme")
        .yes();
    assert_eq!(place.flags("get sso --user ben").yes(), "off\n");
}

#[test]
fn a_second_is_whole_a_fraction_exact_and_a_date_a_beginning() {
    let place = Place::empty();
    let write = |at: &str, line: &str| place.at(at, line).yes();
    write("2026-04-30T23:59:59Z", "plan create a");
    write("2026-05-01T00:00:00Z", "plan create b");
    // Written later, by a clock with milliseconds.
    let store = SqliteStore::open(&place.store()).unwrap();
    let author = Author {
        at: 1_777_593_600_500,
        actor: "tester".to_owned(),
        command: "test".to_owned(),
        reason: None,
        request: None,
    };
    let changes = |snapshot: &dyn flags::store::Snapshot| {
        let catalog = snapshot.catalog(flags::store::Scope::All)?;
        let plan = Some(flags::domain::plan::Plan::default());
        Ok([catalog.set_plan(&"c".parse().unwrap(), plan)]
            .into_iter()
            .collect())
    };
    let written = store.update(&author, &mut { changes }).unwrap();
    assert_eq!(written.revision, Revision(3));
    let plans = |at: &str| {
        let export = place.flags(&format!("export --json=plans --at {at}")).yes();
        let export: Value = serde_json::from_str(&export).unwrap();
        export["plans"].as_object().unwrap().len()
    };
    assert_eq!(plans("2026-05-01"), 2);
    assert_eq!(plans("2026-05-01T00:00:00Z"), 3);
    assert_eq!(plans("2026-05-01T00:00:00.499Z"), 2);
    assert_eq!(plans("2026-05-01T00:00:00.500Z"), 3);
    assert_eq!(plans("2026-04-30T23:59:59Z"), 1);
    assert_eq!(
        [plans("r0"), plans("r1"), plans("r2"), plans("r3")],
        [0, 1, 2, 3]
    );
}

#[test]
fn what_was_not_there_yet_is_told_apart_from_what_is_not_there() {
    let place = Place::shop();
    place.at(&moment("11:30:00"), "feature define fresh").yes();
    place.at(&moment("11:31:00"), "user assign eve").yes();
    let now = ["without --at, what is there now answers"];
    refused(
        &place,
        "get fresh --user ana --at r1",
        3,
        "feature_not_found",
        "as of revision 1, 2026-05-01T11:00:00Z: there is no feature `fresh`",
        &now,
    );
    refused(
        &place,
        "get sso --user eve --at 2026-05-01T11:30:30Z",
        3,
        "user_not_found",
        "as of revision 2, 2026-05-01T11:30:30Z: there is no user `eve`",
        &now,
    );
    place.flags("get fresh --user eve").yes();
}

#[test]
fn a_past_that_nobody_can_tell_is_refused() {
    let place = Place::shop();
    let begins =
        "the history begins at 2026-05-01T11:00:00Z: what was there before, nobody can tell";
    let ahead = "there is no revision 2: the latest is 1";
    for line in [
        "resolve --user ana",
        "get sso --user ana",
        "check sso --user ana",
        "explain sso --user ana",
        "matrix",
        "export",
        "export --subjects",
    ] {
        let early = format!("{line} --at 2026-05-01T10:59:59Z");
        refused(&place, &early, 3, "before_history", begins, &[]);
        refused(
            &place,
            &format!("{line} --at r2"),
            3,
            "revision_not_found",
            ahead,
            &[],
        );
    }
    let empty = Place::empty();
    let none = "there is no history, so nobody can tell what was there before";
    refused(&empty, "matrix --at -1d", 3, "no_history", none, &[]);
    assert_eq!(empty.json("matrix --at r0"), json!([]));
    assert_eq!(empty.json("matrix --at 2027-01-01"), json!([]));
}

#[test]
fn in_a_file_only_the_clock_moves() {
    let place = Place::shop();
    place.file("catalog.json", place.flags("export --subjects").yes());
    place.flags("user forget ben --yes").yes();
    let file = "--user ben --file catalog.json --at";
    let ends = |at: &str| place.flags(&format!("get analytics {file} {at}")).yes();
    assert_eq!(ends("2026-05-15T11:59:59Z"), "on\n");
    assert_eq!(ends("2026-05-15T12:00:00Z"), "off\n");
    assert_eq!(ends("2020-01-01"), "on\n");
    let none = "there is no history, so nobody can tell what was there before";
    refused(
        &place,
        &format!("get sso {file} r1"),
        3,
        "no_history",
        none,
        &[],
    );
}

#[test]
fn a_history_that_does_not_fit_is_damage_and_no_answer() {
    let place = Place::shop();
    place.at(&moment("11:10:00"), "set sso --user ana").yes();
    place.at(&moment("11:20:00"), "set sso --plan free").yes();
    let store = rusqlite::Connection::open(place.store()).unwrap();
    let torn = "UPDATE change SET body = replace(body, ':true', ':7') WHERE revision > 1";
    assert_eq!(store.execute(torn, []).unwrap(), 2);
    drop(store);
    for (line, revision) in [
        ("resolve --user ana", 3),
        ("matrix", 3),
        ("export", 3),
        ("export --subjects", 3),
    ] {
        let told = place.flags(&format!("{line} --at r1")).fails(6);
        let damaged = format!("the history is damaged: revision {revision} does not fit");
        assert!(told.contains(&damaged), "{line}: {told}");
    }
}

#[test]
fn an_explanation_of_the_past_says_so() {
    let place = Place::shop();
    place
        .at(&moment("11:30:00"), "set sso --user ben --reason deal")
        .yes();
    place
        .at(&moment("11:40:00"), "set sso off --user ben")
        .yes();
    let text = place.flags("explain sso --user ben --at r2").yes();
    let head =
        "sso is on for user ben, from user override, as of revision 2, 2026-05-01T11:30:00Z\n";
    assert!(text.starts_with(head), "{text}");
    assert!(
        text.contains("\ttester 2026-05-01T11:30:00Z: deal\n"),
        "{text}"
    );
    assert!(
        !place
            .flags("explain sso --user ben")
            .yes()
            .contains("as of")
    );
    // A table and a document have no place for it.
    for line in ["matrix --at r1", "export --at r1"] {
        assert_eq!(place.flags(line).err, "as of revision 1\n");
    }
}

#[test]
fn random_stories_are_told_again_by_the_program() {
    let stories = (random::project(), vec(edit(), 6..14));
    let mut runner = TestRunner::new(Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    });
    let ran = runner.run(&stories, |(project, edits)| {
        let (_, made) = edited(&project, edits);
        let place = Place::empty();
        let store = SqliteStore::open(&place.store()).unwrap();
        let begun = project.into_changes();
        let mut then = Vec::new();
        for (number, changes) in (0..).zip(
            [begun.changes()]
                .into_iter()
                .chain(made.changes().chunks(4)),
        ) {
            let changes = changes.iter().cloned().collect();
            let author = Author {
                at: 1_777_600_000_000 + number * 1000,
                actor: "tester".to_owned(),
                command: "test".to_owned(),
                reason: None,
                request: None,
            };
            let written = store.update(&author, &mut |_| Ok(Clone::clone(&changes)));
            if written.unwrap().revision.0 as usize > then.len() {
                then.push(asked(&place, ""));
            }
        }
        for (revision, expected) in (1..).zip(&then) {
            assert_eq!(asked(&place, &format!("--at r{revision}")), *expected);
        }
        Ok(())
    });
    ran.unwrap();
}

/// The whole project, and all entitlements of two users at the one moment that edits are about.
fn asked(place: &Place, at: &str) -> Vec<(Option<i32>, String)> {
    let lines = ["export --subjects", "resolve --user u1 --json=features"];
    let said = lines.map(|line| place.at("2026-05-01T00:00:00Z", &format!("{line} {at}")));
    said.map(|said| (said.code, said.out)).into()
}
