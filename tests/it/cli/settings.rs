//! Which store a command works on, and `flags init`, which makes one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::kit::{Place, Said, store_revision};

/// Runs without FLAGS_STORE, so that the profiles count.
fn run(place: &Place, line: &str) -> Said {
    Said::by(&mut unset(place, line))
}

fn unset(place: &Place, line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    command.env_remove("FLAGS_STORE");
    command
}

/// A home with profiles `one` (the default) and `two`, told apart by how many features they have.
fn two_profiles() -> Place {
    let place = Place::bare();
    run(&place, "init --profile one").yes();
    run(&place, "init --profile two").yes();
    run(&place, "--profile two feature define a").yes();
    place
}

#[test]
fn init_makes_a_private_store_and_a_profile_once() {
    let place = Place::bare();
    let store = place.path("data/flags/flags.db");
    let (shown, configuration) = (store.display(), place.configuration());
    assert_eq!(
        run(&place, "init").yes(),
        format!(
            "made the store {shown}\nmade the profile default in {}\n\
             next: flags set analytics --plan pro --create\n",
            configuration.display()
        )
    );
    assert_eq!(
        fs::read_to_string(&configuration).unwrap(),
        format!(
            "default_profile = \"default\"\n\n[profiles.default]\nkind = \"local\"\n\
             store = \"{shown}\"\n"
        )
    );
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(
        (mode(&store), mode(store.parent().unwrap())),
        (0o600, 0o700)
    );
    assert_eq!(mode(&configuration), 0o600);
    run(&place, "set analytics --plan pro --create").yes();
    let written = fs::read(&configuration).unwrap();
    assert_eq!(
        run(&place, "init").yes(),
        format!(
            "there is a store already: {shown}\nnext: flags set analytics --plan pro --create\n"
        )
    );
    assert_eq!(fs::read(&configuration).unwrap(), written);
    assert_eq!(store_revision(&store), 1);
    assert_eq!(
        run(&place, "feature cap").yes(),
        "1 of 50 features are defined\n"
    );
}

#[test]
fn init_makes_a_store_where_it_is_told() {
    let place = Place::bare();
    place.flags("init --no-profile").yes();
    assert!(place.store().is_file() && !place.configuration().exists());
    let made = run(&place, "init --store elsewhere/b.db --profile second").yes();
    assert!(made.contains("made the profile second"), "{made}");
    assert!(
        made.ends_with("next: flags set analytics --plan pro --create\n"),
        "{made}"
    );
    assert!(place.path("elsewhere/b.db").is_file());
    assert_eq!(run(&place, "--profile second feature cap").code, Some(0));
    let made = run(&place, "init --no-profile --store loose.db").yes();
    let next = format!("--create --store {}\n", place.path("loose.db").display());
    assert!(made.ends_with(&next), "{made}");
}

#[test]
fn init_follows_the_profile_that_is_there() {
    let place = two_profiles();
    let store = place.path("data/flags/two.db");
    let said = run(&place, "init --profile two").yes();
    assert!(
        said.contains(&format!("already: {}\n", store.display())),
        "{said}"
    );
    assert!(said.ends_with("--create --profile two\n"), "{said}");
    let mut command = unset(&place, "init");
    let said = Said::by(command.env("FLAGS_PROFILE", "two")).yes();
    assert!(
        said.contains(&format!("already: {}\n", store.display())),
        "{said}"
    );
    let mut command = unset(&place, "init");
    let said = Said::by(command.env("FLAGS_PROFILE", "three")).yes();
    assert!(said.contains("made the profile three"), "{said}");
    let said = run(&place, "init --profile two --store other.db").yes();
    assert!(
        said.contains("note: profile two names another store and stays as it is\n"),
        "{said}"
    );
}

#[test]
fn init_makes_nothing_where_something_is_wrong() {
    let place = Place::bare();
    let told = place.words(&["init", "--profile", "a b"]).fails(2);
    assert_eq!(
        told,
        "error: `a b` is not a profile name: write letters, digits, - and _\n"
    );
    place.flags("init --json=nonsense").fails(2);
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 0);
    place.file("config/flags/config.toml", "x = ");
    place.flags("init").fails(2);
    assert!(!place.store().exists());
    place.file("flags.db", "a shopping list");
    place.flags("init --no-profile").fails(6);
    assert_eq!(fs::read(place.store()).unwrap(), b"a shopping list");
}

#[test]
fn an_argument_goes_before_the_environment_and_that_before_the_default() {
    let place = two_profiles();
    place.flags("init --no-profile").yes();
    place.flags("feature define a").yes();
    place.flags("feature define b").yes();
    // The store of FLAGS_STORE has 2 features, profile two has 1, profile one has none.
    let found = |arguments: &str, store: bool, profile: Option<&str>| {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        let mut command = place.command(&words);
        command.arg("feature").arg("cap").arg("--json=defined");
        if !store {
            command.env_remove("FLAGS_STORE");
        }
        command.envs(profile.map(|name| ("FLAGS_PROFILE", name)));
        let document: serde_json::Value =
            serde_json::from_str(&Said::by(&mut command).yes()).unwrap();
        document["defined"].as_u64().unwrap()
    };
    let one = format!("--store {}", place.path("data/flags/one.db").display());
    assert_eq!(found(&one, true, Some("two")), 0, "--store is first");
    assert_eq!(
        found("--profile two", true, Some("one")),
        1,
        "then --profile"
    );
    assert_eq!(found("", true, Some("two")), 2, "then FLAGS_STORE");
    assert_eq!(found("", false, Some("two")), 1, "then FLAGS_PROFILE");
    assert_eq!(found("", false, None), 0, "then the file's default");
    assert_eq!(
        found("", false, Some("")),
        0,
        "an empty variable says nothing"
    );
}

#[test]
fn without_any_profile_the_default_place_counts() {
    let place = Place::bare();
    let told = run(&place, "feature list").fails(6);
    let default = place.path("data/flags/flags.db");
    assert!(told.starts_with(&format!(
        "error: there is no store at {}\n",
        default.display()
    )));
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 0);
}

#[test]
fn an_unknown_profile_is_refused_with_those_there_are() {
    let place = two_profiles();
    let file = place.configuration();
    let file = file.display();
    assert_eq!(
        place.flags("--profile tow feature list").fails(3),
        format!(
            "error: there is no profile `tow` in {file}\nhint: did you mean `two`?\n\
             hint: profiles there are: one, two\n"
        )
    );
    let mut command = unset(&place, "feature list --json");
    let told = Said::by(command.env("FLAGS_PROFILE", "zebra")).fails(3);
    assert!(told.contains("\"code\":\"profile_not_found\""), "{told}");
    assert_eq!(
        Place::bare()
            .flags("--profile x feature list")
            .fails(3)
            .lines()
            .nth(1),
        Some("hint: `flags init --profile NAME` makes one, `flags profile add` names one")
    );
}

#[test]
fn an_invalid_configuration_is_named_with_its_line() {
    let place = Place::shop();
    let file = place.configuration();
    for (text, what) in [
        (
            "\n\nx = ",
            "line 3: string values must be quoted, expected literal string",
        ),
        (
            "default_profile = 1",
            "line 1: invalid type: integer `1`, expected a string",
        ),
        (
            "[profiles.a]\nkind = \"local\"\nstore = \"s\"\nprotectd = true\n",
            "line 4: unknown field `protectd`, expected one of `kind`, `store`, `protected`, `organization`, `base_url`, \
             `client_id`, `ca_bundle`, `timeout`, `token`",
        ),
        (
            "default_profile = \"a\"\n[profiles.a]\nkind = \"local\"\n",
            "profile `a` names no `store`",
        ),
    ] {
        place.file("config/flags/config.toml", text);
        assert_eq!(
            run(&place, "feature list").fails(2),
            format!(
                "error: the configuration file {} is not valid: {what}\n\
                 hint: put the file right, or name the store with --store or FLAGS_STORE\n",
                file.display()
            )
        );
        // Who names the store does not need the file.
        place.flags("feature list").yes();
    }
}

#[test]
fn a_relative_store_is_found_from_its_file() {
    let place = two_profiles();
    let text = "[profiles.here]\nkind = \"local\"\nstore = \"../../data/flags/two.db\"\n";
    place.file("config/flags/config.toml", text);
    let said = run(&place, "--profile here feature cap").yes();
    assert_eq!(said, "1 of 50 features are defined\n");
}

#[test]
fn what_needs_no_store_opens_neither_store_nor_configuration() {
    let place = Place::bare();
    place.file("config/flags/config.toml", "x = ");
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2ln";
    for line in ["completions fish", "man", "--version", "--help", "help set"] {
        run(&place, line).yes();
    }
    place.file("token.jwt", token);
    run(&place, "token decode --file token.jwt").yes();
    assert_eq!(fs::read_dir(place.path("")).unwrap().count(), 2);
}

#[test]
fn a_protected_profile_is_written_only_on_somebodys_word() {
    let place = two_profiles();
    let text = fs::read_to_string(place.configuration()).unwrap();
    place.file(
        "config/flags/config.toml",
        format!("{text}protected = true\n"),
    );
    let store = place.path("data/flags/two.db");
    for line in [
        "feature define b",
        "user assign ana",
        "set a --user u --create",
    ] {
        assert_eq!(
            run(&place, &format!("{line} --profile two")).fails(2),
            "error: profile `two` is protected, and there is no terminal to ask on\n\
             hint: add --yes if you are sure; --dry-run shows the effect\n"
        );
        run(&place, &format!("{line} --profile two --dry-run")).yes();
    }
    assert_eq!(
        run(&place, "feature delete a --profile two").fails(2),
        "error: this deletes feature `a`, profile `two` is protected, and there is no terminal \
         to ask on\nhint: add --yes if you are sure; --dry-run shows the effect\n"
    );
    assert_eq!(store_revision(&store), 1);
    run(&place, "feature define b --profile two --yes").yes();
    assert_eq!(store_revision(&store), 2);
    // Reading, and a write that changes nothing, ask for nothing.
    run(&place, "feature list --profile two").yes();
    run(&place, "feature enable b --profile two").yes();
    run(&place, "feature define b --profile one").yes();
}
