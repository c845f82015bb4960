//! What a person at a terminal is asked and shown.

use std::process::Command;

use super::kit::{Place, store_revision};
use super::talk::Talk;

fn command(place: &Place, line: &str) -> Command {
    let mut command = place.command(&line.split_whitespace().collect::<Vec<_>>());
    command.env("TERM", "xterm-256color");
    command
}

fn talk(place: &Place, line: &str) -> Talk {
    Talk::start(command(place, line))
}

#[test]
fn what_is_missing_is_made_on_a_yes() {
    let place = Place::shop();
    let mut talk = talk(&place, "set analitycs --plan pro");
    talk.expect("did you mean `analytics`?");
    talk.answer(
        "There is no feature `analitycs`. Make it (boolean)? [y/N]",
        "y",
    );
    let (code, shown) = talk.end();
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("+ plan pro: analitycs"), "{shown}");
    assert_eq!(place.revision(), 2);
    let mut talk = self::talk(&place, "set max_users 5 --plan team");
    talk.answer(
        "There is no feature `max_users` and plan `team`. Make it (limit)?",
        "y",
    );
    assert_eq!(talk.end().0, Some(0));
    assert_eq!(place.json("plan show team")["grants"]["max_users"], 5);
}

#[test]
fn nothing_is_made_on_a_no_or_on_enter_alone() {
    let place = Place::shop();
    for answer in ["n", ""] {
        let mut talk = talk(&place, "set newest --plan pro");
        talk.answer("There is no feature `newest`. Make it (boolean)?", answer);
        let (code, shown) = talk.end();
        assert_eq!(code, Some(130), "{shown}");
        assert!(
            shown.contains("not confirmed; nothing was written"),
            "{shown}"
        );
    }
    assert_eq!(place.revision(), 1);
}

#[test]
fn nothing_is_asked_where_asking_was_ruled_out_or_makes_no_sense() {
    let place = Place::shop();
    for (line, told) in [
        ("set newest --plan pro --yes", "add --create to make"),
        ("set newest --plan pro --json", "add --create to make"),
        ("set analitycs off --plan pro", "did you mean `analytics`?"),
    ] {
        let (code, shown) = talk(&place, line).end();
        assert_eq!(code, Some(3), "{line}: {shown}");
        assert!(shown.contains(told), "{line}: {shown}");
        assert!(!shown.contains("[y/N]"), "{line}: {shown}");
    }
    assert_eq!(place.revision(), 1);
}

#[test]
fn control_c_at_a_question_writes_nothing_and_gives_the_cursor_back() {
    let place = Place::shop();
    for (line, question) in [
        ("set newest --plan pro", "Make it (boolean)?"),
        ("feature delete beta", "Type `beta` to confirm"),
    ] {
        let mut talk = talk(&place, line);
        talk.expect(question);
        talk.interrupt();
        let (code, shown) = talk.end();
        assert_eq!(code, Some(130), "{shown}");
        assert!(shown.contains("interrupted"), "{shown}");
        let hidden = shown.matches("\u{1b}[?25l").count();
        assert!(shown.matches("\u{1b}[?25h").count() >= hidden, "{shown:?}");
    }
    assert_eq!(place.revision(), 1);
}

#[test]
fn what_destroys_wants_its_key_typed() {
    let place = Place::shop();
    for (line, question) in [
        (
            "feature delete beta",
            "This deletes feature beta. Type `beta` to confirm: ",
        ),
        (
            "plan delete enterprise --take-off",
            "This deletes plan enterprise. Type `enterprise`",
        ),
        ("user forget ana", "This deletes user ana. Type `ana`"),
        (
            "org forget empty",
            "This deletes organization empty. Type `empty`",
        ),
        (
            "override clear --user ben",
            "This deletes all overrides of user ben. Type `ben`",
        ),
    ] {
        let mut talk = talk(&place, line);
        talk.answer(question, "yes");
        let (code, shown) = talk.end();
        assert_eq!(code, Some(130), "{shown}");
        assert!(
            shown.contains("not confirmed; nothing was written"),
            "{shown}"
        );
    }
    assert_eq!(place.revision(), 1);
    let mut talk = talk(&place, "feature delete beta");
    // What goes, and who loses, is shown before it is asked.
    talk.expect("- feature beta");
    talk.expect("answers that change: ");
    talk.answer("Type `beta` to confirm: ", "beta");
    assert_eq!(talk.end().0, Some(0));
    assert_eq!(place.revision(), 2);
    let (code, shown) = self::talk(&place, "feature delete beta").end();
    assert_eq!(code, Some(3), "{shown}");
    let (code, shown) = self::talk(&place, "user forget ben --yes").end();
    assert_eq!(code, Some(0), "{shown}");
}

#[test]
fn init_asks_where_the_store_shall_be() {
    let place = Place::bare();
    let start = |line: &str| {
        let mut command = command(&place, line);
        command.env_remove("FLAGS_STORE");
        Talk::start(command)
    };
    let mut talk = start("init");
    let default = place.path("data/flags/flags.db");
    let question = format!("Where shall the store be? [{}]", default.display());
    talk.answer(&question, "");
    assert_eq!(talk.end().0, Some(0));
    assert!(default.is_file());
    let mut talk = start("init --profile two");
    talk.answer("Where shall the store be?", "~/mine/two.db");
    assert_eq!(talk.end().0, Some(0));
    assert!(place.path("mine/two.db").is_file());
    // The second time there is nothing to ask.
    assert_eq!(start("init --profile two").end().0, Some(0));
    let mut talk = start("init --profile three");
    talk.expect("Where shall the store be?");
    talk.interrupt();
    assert_eq!(talk.end().0, Some(130));
    let text = std::fs::read_to_string(place.configuration()).unwrap();
    assert!(!text.contains("three"), "{text}");
}

#[test]
fn a_protected_profile_is_named_and_asks_for_every_write() {
    let place = Place::shop();
    let text = "[profiles.prod]\nkind = \"local\"\nstore = \"../../flags.db\"\nprotected = true\n";
    place.file("config/flags/config.toml", text);
    let mut talk = talk(&place, "--profile prod set sso --plan pro");
    talk.expect("+ plan pro: sso");
    talk.expect("1 gained");
    talk.answer("Write this to the protected profile prod? [y/N]", "n");
    let (code, shown) = talk.end();
    assert_eq!(code, Some(130), "{shown}");
    assert!(
        shown.contains("not confirmed; nothing was written"),
        "{shown}"
    );
    assert_eq!(store_revision(&place.store()), 1);
    let mut talk = self::talk(&place, "--profile prod set sso --plan pro");
    talk.answer("Write this to the protected profile prod? [y/N]", "y");
    assert_eq!(talk.end().0, Some(0));
    assert_eq!(store_revision(&place.store()), 2);
    let mut talk = self::talk(&place, "--profile prod feature delete beta");
    let question = "This deletes feature beta in profile prod. Type `beta` to confirm";
    talk.answer(question, "beta");
    assert_eq!(talk.end().0, Some(0));
    let (code, _) = self::talk(&place, "--profile prod set sso --user ana --yes").end();
    assert_eq!(code, Some(0));
    assert_eq!(store_revision(&place.store()), 4);
}

#[test]
fn a_program_at_a_terminal_is_asked_nothing_under_check() {
    let place = Place::shop();
    let (code, shown) = talk(&place, "check zebra --user ana").end();
    assert_eq!(code, Some(3), "{shown}");
    for line in ["token decode", "token inspect"] {
        let (code, shown) = talk(&place, line).end();
        assert_eq!(code, Some(2), "{shown}");
        assert!(shown.contains("no token: give it on stdin"), "{shown}");
    }
}

#[test]
fn tables_are_aligned_and_times_are_told_from_now() {
    let place = Place::shop();
    let plain = |line: &str| {
        let mut command = command(&place, line);
        command.env("NO_COLOR", "1");
        let (code, shown) = Talk::start(command).end();
        assert_eq!(code, Some(0), "{shown}");
        shown
    };
    assert_eq!(
        plain("override list"),
        "subject      feature    override  standing  from         until         reason\n\
         user:ana     sso        grant on  expired                4 months ago\n\
         user:ben     analytics  grant on  active                 in 14 days    trial\n\
         user:cleo    analytics  revoke    active                               asked for it\n\
         user:dev     max_seats  grant 25  active    31 days ago\n\
         org:initech  sso        grant on  active\n"
    );
    assert_eq!(
        plain("override show analytics --user ben"),
        "user:ben: analytics grant on until 2026-05-15T12:00:00Z (trial) [active]\n\
         set by seed 1 hour ago\n"
    );
    // Long cells are wrapped to the terminal's 100 columns.
    let reason = "a reason of many words ".repeat(9);
    let words = ["set", "sso", "--user", "ben", "--reason", &reason];
    place.words(&words).yes();
    let shown = plain("override list --user ben");
    assert!(shown.lines().count() > 3, "{shown}");
    assert!(
        shown.lines().all(|line| line.chars().count() <= 100),
        "{shown}"
    );
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let place = Place::shop();
    let shown = |variables: &[(&str, &str)]| {
        let mut command = command(&place, "get analytics --user ana");
        command.envs(variables.iter().copied());
        Talk::start(command).end().1
    };
    assert_eq!(shown(&[]), "\u{1b}[32mon\u{1b}[0m\n");
    assert_eq!(shown(&[("NO_COLOR", "1")]), "on\n");
    assert_eq!(shown(&[("NO_COLOR", "")]), "\u{1b}[32mon\u{1b}[0m\n");
    assert_eq!(shown(&[("TERM", "dumb")]), "on\n");
    let forced = [("TERM", "dumb"), ("CLICOLOR_FORCE", "1")];
    assert_eq!(shown(&forced), "\u{1b}[32mon\u{1b}[0m\n");
    // A usage error is clap's, and keeps to the same rules.
    let usage = |variables: &[(&str, &str)]| {
        let mut command = command(&place, "get");
        command.envs(variables.iter().copied());
        Talk::start(command).end().1
    };
    assert!(usage(&[]).contains('\u{1b}'));
    assert!(!usage(&[("NO_COLOR", "1")]).contains('\u{1b}'));
    assert!(!usage(&[("TERM", "dumb")]).contains('\u{1b}'));
}
