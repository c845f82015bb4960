//! Everything at once: every subject's entitlements, and users, organizations and overrides as
//! rows.

use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;

use serde_json::{Map, Value, json};

use super::kit::{Place, Said};
use super::strings::{assert_safe, strings};
use super::talk::Talk;

fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What `resolve --all` tells of each subject.
#[track_caller]
fn told(place: &Place, line: &str) -> BTreeMap<String, Value> {
    let told = lines(&place.flags(line).yes());
    let count = told.len();
    let by_subject = told.into_iter().map(|line| {
        let subject = line["subject"].as_str().unwrap().to_owned();
        (subject, line["entitlements"].clone())
    });
    let by_subject: BTreeMap<_, _> = by_subject.collect();
    assert_eq!(by_subject.len(), count, "a subject comes twice");
    by_subject
}

/// What asking for each subject by itself tells.
fn asked(place: &Place, subjects: &[&str], rest: &str) -> BTreeMap<String, Value> {
    let ask = |subject: &&str| {
        let (noun, id) = subject.split_once(':').unwrap();
        let document = place.json(&format!("resolve --{noun} {id} {rest}"));
        (subject.to_string(), document["entitlements"].clone())
    };
    subjects.iter().map(ask).collect()
}

const SHOP: [&str; 7] = [
    "user:ana",
    "user:ben",
    "user:cleo",
    "user:dev",
    "org:acme",
    "org:empty",
    "org:initech",
];

#[test]
fn every_subject_gets_in_one_go_what_it_gets_alone() {
    let place = Place::shop();
    for at in ["", "--at 30d", "--at 2030-01-01"] {
        let all = told(&place, &format!("resolve --all {at}"));
        assert_eq!(all, asked(&place, &SHOP, at), "{at}");
    }
    let export = place.flags("export --subjects").yes();
    place.file("shop.json", export);
    std::fs::remove_file(place.store()).unwrap();
    let all = told(&place, "resolve --all --file shop.json");
    assert_eq!(all, asked(&place, &SHOP, "--file shop.json"));
}

#[test]
fn a_share_and_several_plans_are_decided_for_each_subject() {
    let place = Place::shop();
    place.flags("target sso percent 50").yes();
    place.flags("set max_seats 7 --org initech").yes();
    place.flags("org assign initech --plan free").yes();
    place.flags("user assign cleo --org initech").yes();
    let all = told(&place, "resolve --all");
    assert_eq!(all, asked(&place, &SHOP, ""));
    assert!(all.values().any(|of| of["sso"] == true));
}

#[test]
fn a_line_names_the_subject_and_what_is_on_in_the_order_of_keys() {
    let place = Place::shop();
    let text = place.flags("resolve --all").yes();
    let ana = r#"{"subject":"user:ana","entitlements":{"analytics":true,"beta":true,"max_projects":50,"max_seats":5}}"#;
    assert!(text.lines().any(|line| line == ana), "{text}");
    let selected = place
        .flags("resolve --all --json=entitlements,subject")
        .yes();
    assert!(
        selected
            .lines()
            .any(|line| line.starts_with(r#"{"entitlements":{"analytics""#)),
        "{selected}"
    );
    let failed = place.flags("resolve --all --json=nonsense").fails(2);
    assert!(failed.contains("unknown_field"), "{failed}");
}

#[test]
fn identifiers_that_mean_something_to_json_come_back_as_they_are() {
    let ids = [r#"a"b"#, r"c\d", "'e;f,g", "<h>&", "=i"];
    let users: Map<String, Value> = ids.iter().map(|id| (id.to_string(), json!({}))).collect();
    let catalog = json!({"format": "flags.catalog/1", "features": {"sso": {"type": "boolean"}},
        "users": users});
    let place = Place::with(&catalog.to_string());
    let found: BTreeSet<String> = told(&place, "resolve --all").into_keys().collect();
    assert_eq!(found, ids.iter().map(|id| format!("user:{id}")).collect());
}

#[test]
fn what_is_asked_for_narrows_what_is_told() {
    let place = Place::shop();
    let names = |line: &str| told(&place, line).into_keys().collect::<Vec<_>>();
    assert_eq!(
        names("resolve --all --plan enterprise"),
        ["org:acme", "user:cleo", "user:dev"]
    );
    assert_eq!(names("resolve --all --limit 2").len(), 2);
    let seats = told(&place, "resolve --all --feature max_seats --feature sso");
    assert_eq!(seats["user:dev"], json!({"max_seats": 25, "sso": true}));
    assert_eq!(seats["user:ben"], json!({}));

    let failed = place.flags("resolve --all --plan gold").fails(3);
    assert!(failed.contains("there is no plan `gold`"), "{failed}");
    let failed = place.flags("resolve --all --feature max_seat").fails(3);
    assert!(failed.contains("did you mean `max_seats`?"), "{failed}");
    for line in [
        "resolve --all --user ana",
        "resolve --all --org acme",
        "resolve --all --target workspace:w1",
        "resolve --user ana --limit 2",
        "resolve --user ana --output x",
        "resolve --limit 2",
    ] {
        let failed = place.flags(line);
        assert_eq!(failed.code, Some(2), "{line}: {failed:?}");
    }
    let empty = Place::empty().flags("resolve --all");
    assert_eq!((empty.code, &*empty.out), (Some(0), ""));
    assert_eq!(empty.err, "there are no such subjects\n");
}

#[test]
fn a_file_is_written_whole_for_its_owner_alone_or_not_at_all() {
    let place = Place::shop();
    let (all, failing) = (
        "resolve --all --output",
        "resolve --all --feature nope --output",
    );
    for (line, failing, to_stdout) in [
        (all, failing, "resolve --all"),
        (
            "user export --output",
            "user export --plan nope --output",
            "user export",
        ),
        (
            "override export --output",
            "override export --user nope --output",
            "override export",
        ),
        (
            "org export --output",
            "org export --plan nope --output",
            "org export",
        ),
    ] {
        let path = place.file("out/rows", "before");
        assert_eq!(place.flags(&format!("{failing} out/rows")).code, Some(3));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        place.flags(&format!("{line} out/rows")).yes();
        let expected = place.flags(to_stdout).yes();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), expected, "{line}");
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{line}");
        assert_eq!(place.flags(&format!("{line} -")).yes(), expected);
    }
    // A link stays one.
    symlink("rows", place.path("out/link")).unwrap();
    place
        .flags("org export --output out/link --format ndjson")
        .yes();
    assert!(place.path("out/link").is_symlink());
    let exchanged = std::fs::read_to_string(place.path("out/rows")).unwrap();
    assert_eq!(lines(&exchanged).len(), 3);
    // Nothing is left beside it, and what is no file is not exchanged for one.
    assert_eq!(std::fs::read_dir(place.path("out")).unwrap().count(), 2);
    place.flags("user export --output /dev/null").yes();
    let full = place.flags("user export --output /dev/full").fails(2);
    assert!(
        full.contains("/dev/full cannot be written: No space left"),
        "{full}"
    );
    let failed = place.flags("user export --output nowhere/rows").fails(2);
    assert!(
        failed.contains("nowhere/rows cannot be written"),
        "{failed}"
    );
    assert_eq!(place.flags("user export --output out").code, Some(2));
}

#[test]
fn a_reader_that_leaves_ends_a_stream_quietly() {
    let place = Place::shop();
    for line in [
        "resolve --all",
        "user export",
        "override export",
        "org export",
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = place.command(&line.split_whitespace().collect::<Vec<_>>());
        let child = command.stdout(writer).stderr(Stdio::piped()).spawn();
        let output = child.unwrap().wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(141), "{line}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let mut command = place.command(&line.split_whitespace().collect::<Vec<_>>());
        let child = command.stdout(full.unwrap()).stderr(Stdio::piped()).spawn();
        let told = Said::from(child.unwrap().wait_with_output().unwrap()).fails(2);
        assert!(
            told.contains("cannot write the output: No space left"),
            "{told}"
        );
    }
}

#[test]
fn rows_have_the_columns_that_an_import_reads() {
    let place = Place::shop();
    place.flags("user assign dev --target team:core").yes();
    let users = "id,email,plan,organizations,targets\n\
                 ana,ana@example.com,pro,,\n\
                 ben,ben@example.com,free,,\n\
                 cleo,,,acme,\n\
                 dev,,pro,acme initech,team:core workspace:ws_1\n";
    assert_eq!(place.flags("user export").yes(), users);
    let overrides = "subject,feature,value,reason,starts,expires\n\
                     user:ana,sso,on,,,2026-01-01T00:00:00Z\n\
                     user:ben,analytics,on,trial,,2026-05-15T12:00:00Z\n\
                     user:cleo,analytics,off,asked for it,,\n\
                     user:dev,max_seats,25,,2026-04-01T00:00:00Z,\n\
                     org:initech,sso,on,,,\n";
    assert_eq!(place.flags("override export").yes(), overrides);
    let organizations = "id,name,plan,targets\n\
                         acme,Acme Inc.,enterprise,\n\
                         empty,,,\n\
                         initech,,,\n";
    assert_eq!(place.flags("org export").yes(), organizations);

    let dev = json!({"id": "dev", "email": null, "plan": "pro",
        "organizations": ["acme", "initech"], "targets": ["team:core", "workspace:ws_1"]});
    let cleo = json!({"subject": "user:cleo", "feature": "analytics", "value": false,
        "reason": "asked for it", "starts": null, "expires": null});
    for format in ["--format ndjson", "--json"] {
        let users = lines(&place.flags(&format!("user export {format}")).yes());
        assert_eq!(users[3], dev);
        let overrides = lines(&place.flags(&format!("override export {format}")).yes());
        assert_eq!(overrides[2], cleo);
    }
    let picked = place.flags("user export --json=plan,id").yes();
    assert_eq!(picked.lines().next(), Some(r#"{"plan":"pro","id":"ana"}"#));
    let both = place.flags("user export --json --format csv").fails(2);
    assert!(both.contains("give one of them"), "{both}");
}

#[test]
fn exports_are_narrowed_as_lists_are() {
    let place = Place::shop();
    let ids = |line: &str| -> Vec<String> {
        let rows = lines(&place.flags(&format!("{line} --json")).yes());
        let id = |row: &Value| {
            row["id"]
                .as_str()
                .or(row["subject"].as_str())
                .unwrap()
                .to_owned()
        };
        rows.iter().map(id).collect()
    };
    assert_eq!(ids("user export --plan pro"), ["ana", "dev"]);
    assert_eq!(ids("user export --org acme"), ["cleo", "dev"]);
    assert_eq!(ids("user export --after ben --limit 1"), ["cleo"]);
    assert_eq!(ids("org export --plan enterprise"), ["acme"]);
    assert_eq!(
        ids("override export --feature sso"),
        ["user:ana", "org:initech"]
    );
    assert_eq!(ids("override export --user dev"), ["user:dev"]);
    assert_eq!(ids("override export --expired"), ["user:ana"]);
    assert_eq!(ids("override export --expiring 30d"), ["user:ben"]);
    assert_eq!(
        ids("override export --active --limit 2"),
        ["user:ben", "user:cleo"]
    );
}

/// The cells of CSV as RFC 4180 has them.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (quoted, character) {
            (true, '"') if characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            (_, '"') => quoted = !quoted,
            (false, ',') => row.push(std::mem::take(&mut cell)),
            (false, '\n') => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(character),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "{text}");
    rows
}

fn unmarked(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'');
    let formula = |rest: &&str| {
        rest.trim_start_matches('\'')
            .starts_with(['=', '+', '-', '@', '\t', '\r'])
    };
    rest.filter(formula).unwrap_or(cell)
}

const FORMULAS: [&str; 10] = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@x", "'", "'plain",
];

/// A user with an override for each text.
fn with_texts(texts: &[String]) -> Place {
    let (mut users, mut overrides) = (Map::new(), Map::new());
    for (number, text) in texts.iter().enumerate() {
        let id = format!("=u{number:04}");
        users.insert(id.clone(), json!({ "email": text }));
        let over = json!({"grant": true, "reason": text});
        overrides.insert(format!("user:{id}"), json!({ "-f": over }));
    }
    let catalog = json!({"format": "flags.catalog/1", "features": {"-f": {"type": "boolean"}},
        "users": users, "overrides": overrides});
    Place::with(&catalog.to_string())
}

/// The same for what somebody else wrote.
fn hostile() -> (Place, Vec<String>) {
    let mut texts = strings();
    texts.extend(FORMULAS.map(str::to_owned));
    (with_texts(&texts), texts)
}

#[test]
fn no_cell_is_a_formula_and_every_text_comes_back_exactly() {
    let (place, texts) = hostile();
    for (line, column, names) in [("user export", 1, 0), ("override export", 3, 1)] {
        let rows = cells(&place.flags(line).yes());
        assert_eq!(rows.len(), texts.len() + 1);
        for cell in rows.iter().flatten() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell:?}"
            );
        }
        let found: Vec<&str> = rows[1..].iter().map(|row| unmarked(&row[column])).collect();
        assert_eq!(found, texts, "{line}");
        assert!(
            rows[1..].iter().all(|row| row[names].starts_with('\'')),
            "{line}"
        );
    }
    let emails = lines(&place.flags("user export --json").yes());
    let emails: Vec<&str> = emails
        .iter()
        .map(|row| row["email"].as_str().unwrap_or_default())
        .collect();
    assert_eq!(emails, texts);
}

#[test]
fn what_is_exported_is_imported_elsewhere_as_it_was() {
    let mut texts = strings();
    texts.extend(FORMULAS.map(str::to_owned));
    // CSV cannot hold a NUL, and an empty cell says nothing.
    texts.retain(|text| !text.is_empty() && !text.contains('\0'));
    let place = with_texts(&texts);
    // White space around an address is nobody's, and an import drops it.
    let exported = |place: &Place, what: &str| {
        let mut rows = lines(&place.flags(&format!("{what} export --json")).yes());
        for row in &mut rows {
            let email = row["email"].as_str().map(|text| text.trim().to_owned());
            row["email"] = json!(email.unwrap_or_default());
        }
        rows
    };
    for ending in ["csv", "ndjson"] {
        let other = with_texts(&[]);
        for what in ["user", "override"] {
            let rows = place.path(&format!("{what}.{ending}"));
            let rows = rows.to_str().unwrap();
            place.words(&[what, "export", "--output", rows]).yes();
            let read = other.words(&[what, "import", rows]);
            assert_eq!(read.code, Some(0), "{what} {ending}: {}", read.err);
            let (found, expected) = (exported(&other, what), exported(&place, what));
            assert_eq!(found.len(), expected.len(), "{what} {ending}");
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!(found, expected, "{what} {ending}");
            }
        }
    }
}

#[test]
fn on_a_terminal_rows_cannot_steer_it() {
    let (place, _) = hostile();
    for line in [
        "user export",
        "override export",
        "user export --format ndjson",
        "resolve --all",
    ] {
        let command = place.command(&line.split_whitespace().collect::<Vec<_>>());
        let (code, shown) = Talk::start(command).end();
        assert_eq!(code, Some(0), "{line}: {shown}");
        assert_safe(&shown, &['\r', '\n'], line);
    }
}
