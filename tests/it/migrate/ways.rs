//! Between stores of several kinds.

use std::thread;

use flags::server::access::Scope;
use flags::store::sqlite::SqliteStore;
use flags::store::{Kept, RecordKind, Records};
use serde_json::{Value, json};

use super::kit::{are_the_same, head, migrate};
use crate::cli::kit::{Place, Said};
use crate::project::{on_plan, put_user, write};
use crate::serve::kit::{Server, key};
use crate::workos_remote::fake::Fake;

/// The shop with some history, and with something of each kind beside it.
pub(super) fn busy_shop() -> Place {
    let place = Place::old_shop();
    for line in [
        "feature define reports --type boolean",
        "set reports --user ana --reason because",
        "set max_seats 77 --user ana",
        "user assign zoe --plan pro",
        "unset reports --user ana",
        "feature disable beta",
        "undo",
    ] {
        place.flags(line).yes();
    }
    place.file(
        "rows.csv",
        "user,feature,value\nana,reports,on\nzoe,reports,off\n",
    );
    place.flags("override import rows.csv").yes();
    key(&place, "ci", Scope::Write);
    let store = SqliteStore::open(&place.store()).unwrap();
    for kind in RecordKind::ALL
        .into_iter()
        .filter(|kind| *kind != RecordKind::Key)
    {
        let put = &mut |_: Option<&str>| Kept::Now(format!("{{\"of\":\"{}\"}}", kind.as_str()));
        store.amend(kind, "some \"name\"", put).unwrap();
    }
    place
}

#[track_caller]
pub(super) fn moved(place: &Place, line: &str) -> Value {
    let said = migrate(place, &format!("{line} --json")).yes();
    serde_json::from_str(&said).unwrap()
}

#[test]
fn a_project_moves_with_its_history_and_all_that_is_beside_it() {
    let place = busy_shop();
    let preview = moved(&place, "flags.db other.db --dry-run");
    assert_eq!(
        (&preview["writes"], &preview["created"]),
        (&json!(9), &json!(true))
    );
    assert!(!place.path("other.db").exists(), "a preview made a file");
    let told = moved(&place, "flags.db other.db");
    are_the_same(&place.store(), &place.path("other.db"));
    let end = head(&place.store());
    assert_eq!(told["head"], json!(end.digest.to_string()));
    assert_eq!(
        (
            &told["revision"],
            &told["writes"],
            &told["compared"],
            &told["behind"]
        ),
        (&json!(9), &json!(9), &json!(9), &json!(0))
    );
    assert_eq!(
        told["records"],
        json!({"key": 1, "login": 1, "claims": 1,
        "destination": 1, "delivery": 1, "request": 1})
    );
    for line in [
        "log --limit 20",
        "log --user ana",
        "log verify",
        "get max_seats --user ana --at 2026-04-30T00:00:00Z",
        "explain max_seats --user ana",
        "export --subjects --overrides",
        "log verify",
        "undo",
    ] {
        let there = place.flags(&format!("{line} --store other.db")).yes();
        assert_eq!(there, place.flags(line).yes(), "{line}");
    }
    are_the_same(&place.store(), &place.path("other.db"));
}

#[test]
fn what_was_written_since_follows_and_nothing_is_moved_twice() {
    let place = busy_shop();
    moved(&place, "flags.db other.db");
    let again = moved(&place, "flags.db other.db");
    assert_eq!((&again["writes"], &again["begins"]), (&json!(0), &json!(9)));
    place.flags("set beta --user zoe").yes();
    place.flags("serve keys revoke ci --yes").yes();
    let store = SqliteStore::open(&place.store()).unwrap();
    let gone = &mut |_: Option<&str>| Kept::Gone;
    store
        .amend(RecordKind::Login, "some \"name\"", gone)
        .unwrap();
    let since = moved(&place, "flags.db other.db");
    assert_eq!(
        (&since["writes"], &since["revision"]),
        (&json!(1), &json!(10))
    );
    are_the_same(&place.store(), &place.path("other.db"));
}

#[test]
fn through_a_server_a_project_comes_and_goes_as_it_is() {
    let (place, far) = (busy_shop(), Place::empty());
    let admin = key(&far, "admin", Scope::Admin);
    let server = Server::start(&far, &[]);
    let add = format!("profile add team --url {}", server.url());
    place.flags(&add).yes();
    let with_key = |line: &str| {
        let mut command = super::kit::command(&place, line);
        Said::by(command.env("FLAGS_API_KEY", &admin)).yes()
    };
    let there: Value = serde_json::from_str(&with_key("flags.db team --json")).unwrap();
    assert_eq!(
        there["head"],
        json!(head(&place.store()).digest.to_string())
    );
    assert_eq!(head(&far.store()), head(&place.store()));
    place.flags("set beta --user zoe").yes();
    with_key("flags.db team");
    with_key("team back.db");
    assert_eq!(head(&place.path("back.db")), head(&place.store()));
    // By its own key the server is still reached; the others came along.
    let names = |place: &Place| {
        let store = SqliteStore::open(&place.store()).unwrap();
        let keys = store.records(RecordKind::Key).unwrap();
        keys.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(names(&far), ["admin", "ci"]);
    are_the_same(&far.store(), &place.path("back.db"));
}

#[test]
fn a_key_that_may_only_write_moves_no_history_into_a_server() {
    let (place, far) = (busy_shop(), Place::empty());
    let writer = key(&far, "writer", Scope::Write);
    let server = Server::start(&far, &[]);
    place
        .flags(&format!("profile add team --url {}", server.url()))
        .yes();
    let mut command = super::kit::command(&place, "flags.db team");
    let said = Said::by(command.env("FLAGS_API_KEY", &writer));
    said.fails(4);
    assert_eq!(head(&far.store()).revision.0, 0);
}

#[test]
fn a_source_in_use_is_moved_and_what_is_written_meanwhile_follows() {
    let place = busy_shop();
    let path = place.store();
    let writer = thread::spawn(move || {
        let store = SqliteStore::open(&path).unwrap();
        for number in 0..200 {
            write(
                &store,
                [put_user(
                    &format!("new-{number}"),
                    None,
                    Some(on_plan("pro")),
                )],
            );
        }
    });
    while !writer.is_finished() {
        let told = moved(&place, "flags.db other.db");
        assert!(
            told["compared"].as_u64() <= told["revision"].as_u64(),
            "{told}"
        );
    }
    writer.join().unwrap();
    let told = moved(&place, "flags.db other.db");
    assert_eq!(
        (&told["revision"], &told["behind"]),
        (&json!(209), &json!(0))
    );
    are_the_same(&place.store(), &place.path("other.db"));
}

#[test]
fn without_its_history_a_project_becomes_one_write() {
    let place = busy_shop();
    let told = moved(&place, "flags.db other.db --without-history");
    assert_eq!(
        (&told["revision"], &told["history"]),
        (&json!(1), &json!(false))
    );
    let export = |store: &str| {
        let line = format!("export --subjects --overrides --store {store}");
        place.flags(&line).yes()
    };
    assert_eq!(export("other.db"), export("flags.db"));
    // Keys, logins and claims do not refer to revisions; what does stays behind.
    assert_eq!(told["records"], json!({"key": 1, "login": 1, "claims": 1}));
    // Once more it finds all of it there; with another project it is refused.
    assert_eq!(
        moved(&place, "flags.db other.db --without-history")["writes"],
        json!(0)
    );
    place.flags("set beta --user zoe").yes();
    let said = migrate(&place, "flags.db other.db --without-history").fails(3);
    assert!(
        said.contains("other.db holds a project already (revision 1)"),
        "{said}"
    );
}

#[test]
fn an_environment_at_workos_becomes_one_write() {
    let (place, fake) = (
        Place::bare(),
        Fake::with(&[
            ("beta", &["user_1", "org_1"]),
            ("reports", &[]),
            ("sso", &["user_2"]),
        ]),
    );
    fake.state().flags.get_mut("sso").unwrap().0 = false;
    let line = format!("profile add far --kind workos --url {}", fake.url());
    place.flags(&line).yes();
    let by = |line: &str| {
        let mut command = super::kit::command(&place, line);
        Said::by(command.env("WORKOS_API_KEY", "sk_1"))
    };
    let told = by("far here.db --without-history --json").yes();
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&told["revision"], &told["history"]),
        (&json!(1), &json!(false))
    );
    let check = |line: &str| place.flags(&format!("{line} --store here.db")).code;
    // WorkOS does not list its users: rules name them, and they are yet to be made known.
    for (line, code) in [
        ("check beta --user user_1", 3),
        ("user assign user_1", 0),
        ("user assign user_2", 0),
        ("check beta --user user_1", 0),
        ("check !beta --user user_2", 0),
        ("check !sso --user user_2", 0),
        ("check !reports --user user_1", 0),
    ] {
        assert_eq!(check(line), Some(code), "{line}");
    }
    assert_eq!(fake.writes(), [""; 0]);
}

#[test]
fn hostile_names_and_reasons_arrive_as_they_are() {
    let place = Place::shop();
    let hostile = "\u{1b}[31m\u{202e}\"'; DROP TABLE change; --\\ \n\r\t\u{0}\u{10ffff}é";
    let changes = json!({"format": "flags.catalog/1", "features": {
        "odd": {"type": "boolean", "name": hostile.replace('\u{0}', ""), "targeting": {"default": false,
            "rules": [{"id": "r", "serve": true, "when": [
                {"one_of": {"type": "user", "ids": ["a\"b\\c", "</script>"]}}]}]}}}});
    place.file("odd.json", changes.to_string());
    let said = place.flags("apply odd.json");
    assert_eq!(said.code, Some(0), "{said:?}");
    let reason = hostile.replace(['\u{0}', '\n', '\r'], " ");
    let said = place.words(&["set", "odd", "--user", "ana", "--reason", &reason]);
    assert_eq!(said.code, Some(0), "{said:?}");
    moved(&place, "flags.db other.db");
    are_the_same(&place.store(), &place.path("other.db"));
}
