//! `override import` and `user import`: what becomes of each row, and of the store.

mod forms;
mod stops;
mod users;

use std::fmt::Write;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use super::kit::{Place, Said};

/// Runs an import whose input comes on stdin.
fn fed(place: &Place, line: &str, input: impl AsRef<[u8]>) -> Said {
    let input = std::fs::File::open(place.file("stdin", input)).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    Said::by(place.command(&words).stdin(input))
}

/// The document of an import that ends so.
#[track_caller]
fn document(place: &Place, line: &str, input: &str, code: i32) -> Value {
    let said = fed(place, &format!("{line} --json"), input);
    assert_eq!(said.code, Some(code), "{said:?}");
    serde_json::from_str(&said.out).unwrap()
}

/// The lines that were refused, and why, as the document shows them.
fn refusals(document: &Value) -> Vec<(u64, String)> {
    let all = document["refusals"].as_array().unwrap();
    let one = |row: &Value| {
        let because = row["because"].as_str().unwrap().to_owned();
        (row["line"].as_u64().unwrap(), because)
    };
    all.iter().map(one).collect()
}

#[test]
fn a_file_sets_alters_and_clears_overrides_in_one_revision() {
    let place = Place::shop();
    let rows = "feature,subject,value,reason,expires\n\
                analytics,user:ana,,trial,14d\n\
                max_seats,user:dev,unlimited,,\n\
                analytics,user:cleo,clear,,\n\
                sso,org:initech,on,,\n\
                sso,org:acme,revoke,,\n";
    let told = fed(&place, "override import --reason spring", rows).yes();
    let expected = "5 rows: 2 added, 1 altered, 1 cleared, 1 unchanged\nrevision 2\n";
    assert_eq!(told, expected);
    let listed = place.json("override list --feature analytics");
    assert_eq!(listed[0]["subject"], "user:ana");
    assert_eq!(listed[0]["reason"], "trial");
    assert_eq!(listed[0]["expires"], "2026-05-15T12:00:00Z");
    assert_eq!(listed[0]["revision"], 2);
    assert_eq!(listed.as_array().unwrap().len(), 2, "cleo's is gone");
    assert_eq!(place.flags("get max_seats --user dev").yes(), "unlimited\n");
    assert_eq!(place.flags("get sso --user cleo").yes(), "off\n");
    // What is so already is left alone.
    let again = "feature,subject,value\nsso,org:acme,off\nmax_seats,user:dev,unlimited\n";
    let told = fed(&place, "override import", again).yes();
    let expected = "2 rows: 0 added, 0 altered, 2 unchanged\nnothing to change: it is so already\n";
    assert_eq!((&*told, place.revision()), (expected, 2));
}

#[test]
fn every_bad_row_is_reported_and_nothing_is_written() {
    let place = Place::shop();
    let before = place.contents();
    let rows = "user,feature,value,starts,expires\n\
                ana,analytics,on,,\n\
                nobody,analytics,on,,\n\
                ana,analitics,on,,\n\
                ana,max_seats,on,,\n\
                ana,sso,7,,\n\
                ana,max_seats,-1,,\n\
                ana,max_seats,9007199254740992,,\n\
                ana,beta,on,,someday\n\
                ana,beta,on,2026-02-01,2026-01-01\n\
                ,beta,on,,\n\
                a b,beta,on,,\n\
                ana,beta\n\
                ana,beta,on,,,\n\
                ana,analytics,off,,\n\
                ana,analytics,on,,\n";
    let told = document(&place, "override import", rows, 3);
    let refused = refusals(&told);
    let lines: Vec<u64> = refused.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, (3..=15).collect::<Vec<u64>>());
    for (line, part) in [
        (3, "there is no user `nobody`"),
        (4, "did you mean `analytics`?"),
        (5, "needs a number"),
        (9, "`someday` is not a moment"),
        (10, "cannot expire"),
        (11, "names no user"),
        (13, "only 2 of the 5 columns"),
        (14, "it has 6 of the 5 columns"),
        (15, "contradicts line 2"),
    ] {
        let because = &refused.iter().find(|(at, _)| *at == line).unwrap().1;
        assert!(because.contains(part), "line {line}: {because}");
    }
    let counts = ["rows", "added", "unchanged", "refused", "changed"];
    let counts = counts.map(|field| told[field].clone());
    assert_eq!(
        counts,
        [json!(15), json!(1), json!(1), json!(13), json!(false)]
    );
    assert_eq!((&told["revision"], place.contents()), (&json!(1), before));
    let said = fed(&place, "override import", rows);
    let message =
        "error: 13 of 15 rows were refused; nothing was written, the store is as it was\n";
    assert!(said.err.contains(message), "{}", said.err);
    assert!(
        said.err.starts_with("line 3: there is no user `nobody`\n"),
        "{}",
        said.err
    );
    assert_eq!((said.code, &*said.out), (Some(3), ""));
}

#[test]
fn keeping_going_writes_the_good_rows_and_says_no() {
    let place = Place::shop();
    let rows = "user,feature\nana,analytics\nnobody,analytics\nben,beta\n";
    let told = document(&place, "override import --keep-going", rows, 1);
    assert_eq!((&told["added"], &told["refused"]), (&json!(2), &json!(1)));
    assert_eq!((&told["changed"], place.revision()), (&json!(true), 2));
    assert_eq!(place.flags("get beta --user ben").yes(), "on\n");
}

#[test]
fn refused_rows_can_be_put_right_and_handed_in_again() {
    let place = Place::shop();
    let rows = "user,feature,reason\n\
                nobody,beta,\"two\nlines, \"\"quoted\"\"\"\n\
                ana,beta,=1+1\n\
                ana,beta,other\n\
                ben,beta,'=2+2\n";
    let line = "override import --keep-going --errors refused.csv";
    assert_eq!(fed(&place, line, rows).code, Some(1));
    let file = place.path("refused.csv");
    let mode = file.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(&file).unwrap();
    let expected = "refused_line,refused_because,user,feature,reason\n\
                    2,there is no user `nobody`,nobody,beta,\"two\nlines, \"\"quoted\"\"\"\n\
                    5,\"it contradicts line 4, which is about the same override\",ana,beta,other\n";
    assert_eq!(text, expected);
    // What a spreadsheet would calculate is taken as it was meant.
    let listed = place.json("override list --feature beta");
    assert_eq!(listed[0]["reason"], "=1+1");
    assert_eq!(listed[1]["reason"], "=2+2");
    let told = place.flags("override import refused.csv --create").yes();
    assert_eq!(
        told,
        "2 rows: 1 added, 1 altered, 0 unchanged\nrevision 3\n"
    );
    let text = "refused_line,refused_because,user,feature,reason\n7,x,gone,beta,-1\n";
    let second = place.file("second.csv", text);
    let line = format!("override import {} --errors third.csv", second.display());
    place.flags(&line).fails(3);
    let third = std::fs::read_to_string(place.path("third.csv")).unwrap();
    let expected = "refused_line,refused_because,user,feature,reason\n\
                    2,there is no user `gone`,gone,beta,'-1\n";
    assert_eq!(
        third, expected,
        "the old reason is replaced, and a formula made harmless"
    );
}

#[test]
fn a_verdict_is_given_on_every_row() {
    let place = Place::shop();
    let rows =
        "user,feature,value\nana,beta,\nben,analytics,clear\nana,beta,\nx,beta,\nben,sso,off\n";
    fed(
        &place,
        "override import --dry-run --verdicts verdicts.ndjson",
        rows,
    )
    .fails(3);
    let text = std::fs::read_to_string(place.path("verdicts.ndjson")).unwrap();
    let mut verdicts: Vec<(u64, String)> = text
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            let verdict = row["verdict"].as_str().unwrap().to_owned();
            (row["line"].as_u64().unwrap(), verdict)
        })
        .collect();
    verdicts.sort();
    let expected = ["added", "cleared", "unchanged", "refused", "added"];
    let expected: Vec<(u64, String)> = (2..).zip(expected.map(str::to_owned)).collect();
    assert_eq!(verdicts, expected);
}

#[test]
fn a_dry_run_says_what_the_import_says_and_writes_nothing() {
    let rows = "subject,feature\nuser:new,beta\norg:acme,beta\nuser:new,sso\n";
    let place = Place::shop();
    let before = place.contents();
    let rehearsed = document(&place, "override import --create --dry-run", rows, 0);
    assert_eq!(place.contents(), before);
    let written = document(&place, "override import --create", rows, 0);
    for field in [
        "rows",
        "added",
        "altered",
        "cleared",
        "unchanged",
        "refused",
    ] {
        assert_eq!(rehearsed[field], written[field], "{field}");
    }
    assert_eq!(written["added"], 3);
    assert_eq!(
        (&rehearsed["dry_run"], &rehearsed["changed"]),
        (&json!(true), &json!(false))
    );
    let again = document(&place, "override import --dry-run", rows, 0);
    assert_eq!(again["unchanged"], 3);
}

#[test]
fn of_many_rows_exactly_the_bad_ones_are_reported_with_their_lines() {
    let place = Place::shop();
    let people = 20_000;
    let users: String = (0..people).fold("id\n".to_owned(), |mut text, user| {
        writeln!(text, "u{user}").unwrap();
        text
    });
    let told = document(&place, "user import", &users, 0);
    assert_eq!(told["added"], people);
    // In an order that is not that of the users, with a line break within some rows.
    let mut rows = "reason,user,feature,value\n".to_owned();
    let (mut line, mut bad) = (2, Vec::new());
    for row in 0..people {
        let user = (row * 7919) % people;
        let (reason, breaks) = match row % 10 {
            0 => ("\"a\r\nb\"", 1),
            _ => ("", 0),
        };
        let value = if row % 1000 == 500 { "many" } else { "3" };
        if value == "many" {
            bad.push(line);
        }
        writeln!(rows, "{reason},u{user},max_seats,{value}").unwrap();
        line += 1 + breaks;
    }
    let before = place.revision();
    let file = place.file("rows.csv", &rows);
    let line = format!("override import {} --errors bad.csv", file.display());
    let told = place.flags(&format!("{line} --json"));
    assert_eq!(told.code, Some(3));
    let told: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(
        (&told["rows"], &told["refused"]),
        (&json!(people), &json!(20))
    );
    let reported: Vec<u64> = refusals(&told).into_iter().map(|(line, _)| line).collect();
    assert_eq!(reported, bad);
    let kept = std::fs::read_to_string(place.path("bad.csv")).unwrap();
    let kept = kept
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(",\"`many` is not"));
    let kept: Vec<u64> = kept.map(|(line, _)| line.parse().unwrap()).collect();
    assert_eq!(kept, bad);
    assert_eq!(place.revision(), before);
    let told = place
        .flags(&format!("{line} --keep-going"))
        .no_with_remarks();
    assert!(told.starts_with("20000 rows: 19980 added"), "{told}");
    assert_eq!(place.revision(), before + 1);
    assert_eq!(place.flags("get max_seats --user u7919").yes(), "3\n");
    // The history of so many tells each one apart, and the past is what it was.
    let exported = place.flags("export --subjects --overrides").yes();
    let exported: Value = serde_json::from_str(&exported).unwrap();
    assert_eq!(exported["overrides"]["user:u7919"]["max_seats"]["grant"], 3);
}
