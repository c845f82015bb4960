//! How a database is named, and what is refused before anything is opened.

use std::fs;

use serde_json::{Value, json};

use super::{command, home, run};
use crate::cli::kit::{Place, Said, refused_words};

#[test]
fn a_password_is_refused_where_others_can_read_it_and_not_repeated() {
    let place = home("postgres://flags@db.example/app");
    let hints = [
        "leave it out: `flags auth login` keeps it in the keyring, for a profile",
        "PGPASSWORD, PGPASSFILE, ~/.pgpass and --credential-file FILE do without one",
        "whoever could read it there knows it now: change it",
    ];
    for address in [
        "postgres://flags:hunter2@db.example/app",
        "postgresql://db.example/app?password=hunter2",
    ] {
        for line in [
            &["feature", "list", "--store", address][..],
            &["profile", "show", "--store", address],
            &["init", "--store", address],
            &["profile", "add", "x", "--url", address],
            &["profile", "add", "x", "--store", address],
        ] {
            let message = "the address of the database has a password in it, and the command line \
                           is no place for one: others can read it there";
            refused_words(&place, line, 2, "password_in_address", message, &hints);
        }
    }
    fs::write(
        place.configuration(),
        "[profiles.p]\nkind = \"postgres\"\nbase_url = \"postgres://flags:hunter2@db.example/app\"\n",
    )
    .unwrap();
    for line in ["feature list --profile p", "doctor --profile p"] {
        let said = run(&place, line);
        assert!(said.err.contains("config.toml is no place for one") || line.starts_with("doctor"));
        assert!(!format!("{said:?}").contains("hunter2"), "{line}: {said:?}");
    }
}

#[test]
fn what_is_not_an_address_of_a_database_is_refused_in_words_that_help() {
    let place = Place::bare();
    for (address, part) in [
        ("postgres://flags@db.example", "names no database"),
        ("postgres://flags@/app", "names no host"),
        (
            "postgres://flags@db.example/app?sslmod=require",
            "did you mean `sslmode`",
        ),
        (
            "postgres://flags@db.example/app?sslmode=prefer",
            "use sslmode=verify-full",
        ),
        (
            "postgres://flags@db.example/app?sslmode=verify-ca",
            "sslrootcert=FILE",
        ),
        ("postgres://flags:hunt/er2@db.example/app", "%2F"),
        ("postgres://flags@db.example:x/app", "port of host 1"),
    ] {
        for line in ["feature list --store", "profile add x --url"] {
            let said = run(&place, &format!("{line} {address}")).fails(2);
            assert!(said.contains(part), "{line} {address}: {said}");
            assert!(!said.contains("hunt") && !said.contains("er2"), "{said}");
        }
    }
    let said = run(&place, "feature list --store postgres://db.example/app").fails(2);
    assert!(said.contains("does not say as whom"), "{said}");
    let relative = "profile add x --url postgres://u@h/d?sslrootcert=ca.pem";
    let said = run(&place, relative).fails(2);
    assert!(
        said.contains("sslrootcert has to be an absolute path"),
        "{said}"
    );
    assert!(!place.configuration().exists(), "nothing was written");
}

fn setting(document: &Value, name: &str) -> (Value, Value) {
    let settings = document["settings"].as_array().unwrap();
    let found = settings.iter().find(|setting| setting["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no {name} in {document}"));
    (found["value"].clone(), found["source"].clone())
}

#[test]
fn a_profile_is_kept_as_it_was_written_and_shown_value_by_value() {
    let address = "postgres://flags@db1,db2:6432/app?target_session_attrs=prefer-standby";
    let place = home(address);
    let file = fs::read_to_string(place.configuration()).unwrap();
    assert_eq!(
        file,
        format!("\n[profiles.base]\nkind = \"postgres\"\nbase_url = \"{address}\"\n")
    );
    let shown: Value =
        serde_json::from_str(&run(&place, "profile show base --json").yes()).unwrap();
    let file = json!("configuration");
    for (name, value, source) in [
        ("kind", json!("postgres"), &file),
        (
            "base_url",
            json!("postgres://flags@db1,db2:6432/app"),
            &file,
        ),
        ("hosts", json!(["db1:5432", "db2:6432"]), &file),
        ("database", json!("app"), &file),
        ("user", json!("flags"), &file),
        ("schema", json!("flags"), &json!("default")),
        ("sslmode", json!("verify-full"), &json!("default")),
        ("target_session_attrs", json!("prefer-standby"), &file),
        ("connect_timeout", json!(5), &json!("default")),
    ] {
        assert_eq!(setting(&shown, name), (value, source.clone()), "{name}");
    }
    assert_eq!(shown["credential"], json!({"source": null, "from": null}));
    let listed = run(&place, "profile list --json=name,kind,place").yes();
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let row = json!({
        "name": "base", "kind": "postgres", "place": "postgres://flags@db1,db2:6432/app",
    });
    assert_eq!(listed, json!([row]));
}

#[test]
fn an_address_in_the_environment_is_a_store_too_and_may_hold_its_password() {
    let place = Place::bare();
    let mut show = command(&place, "profile show --json");
    show.env("FLAGS_STORE", "postgres://:canary@db.example/app");
    show.env("PGUSER", "ana");
    let said = Said::by(&mut show).yes();
    assert!(!said.contains("canary"), "{said}");
    let shown: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        setting(&shown, "user"),
        (json!("ana"), json!("environment"))
    );
    let credential = json!({"source": "environment", "from": "FLAGS_STORE"});
    assert_eq!(shown["credential"], credential);
}

#[test]
fn what_works_on_the_file_of_a_store_says_what_does_it_with_a_database() {
    let place = home("postgres://flags@db.example/app");
    place.file("b.db", "");
    for line in ["backup b2.db", "restore b.db"] {
        let said = run(&place, &format!("{line} --profile base")).fails(3);
        assert!(
            said.contains("the project is in the database postgres://flags@db.example/app"),
            "{said}"
        );
        assert!(
            said.contains("pg_dump") && said.contains("pg_restore"),
            "{said}"
        );
    }
    let said = run(&place, "feature list --profile base --offline").fails(3);
    assert!(said.contains("no copies are kept of PostgreSQL"), "{said}");
}

#[test]
fn a_working_tree_names_the_profile_of_a_database_and_never_its_address() {
    let place = home("postgres://flags@db.example/app");
    fs::create_dir_all(place.path("tree/.git")).unwrap();
    place.file("tree/.flags.toml", "profile = \"base\"\n");
    let mut show = command(&place, "profile show --json=profile");
    let said = Said::by(show.current_dir(place.path("tree"))).yes();
    assert_eq!(
        serde_json::from_str::<Value>(&said).unwrap()["profile"],
        "base"
    );
    place.file(
        "tree/.flags.toml",
        "store = \"postgres://evil.example/app\"\n",
    );
    let mut list = command(&place, "feature list");
    let said = Said::by(list.current_dir(place.path("tree"))).fails(2);
    assert!(said.contains("it says `store`"), "{said}");
}
