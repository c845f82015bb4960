//! Where output goes, and what happens when it cannot go there.

use std::fs::OpenOptions;
use std::process::Stdio;

use super::kit::{Place, Said};

#[test]
fn a_reader_that_leaves_ends_the_program_quietly() {
    let place = Place::shop();
    for line in [
        "feature list",
        "export --subjects --overrides",
        "get analytics --user ana --json",
        "man",
        "completions bash",
        "--help",
        "--version",
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = place.command(&line.split_whitespace().collect::<Vec<_>>());
        let child = command.stdout(writer).stderr(Stdio::piped()).spawn();
        let output = child.unwrap().wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(141), "{line}: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
    }
}

#[test]
fn output_that_finds_no_room_is_an_error() {
    let place = Place::shop();
    let run = |line: &str| {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = place.command(&line.split_whitespace().collect::<Vec<_>>());
        let child = command.stdout(full).stderr(Stdio::piped()).spawn();
        Said::from(child.unwrap().wait_with_output().unwrap()).fails(2)
    };
    let full = "error: cannot write the output: No space left on device (os error 28)\n";
    for line in [
        "feature list",
        "check analytics --user ana",
        "man",
        "completions zsh",
    ] {
        assert_eq!(run(line), full, "{line}");
    }
    let told = run("export --json");
    assert!(told.contains("\"code\":\"output\""), "{told}");
    run("--help");
    // Who writes must know that it was written.
    let lost = "error: the change was written as revision 2, but its report could not be shown: \
                No space left on device (os error 28)\n";
    assert_eq!(run("set sso --plan pro"), lost);
    assert_eq!(run("set sso --plan pro"), full);
}

#[test]
fn with_stderr_gone_the_exit_code_still_tells() {
    let place = Place::shop();
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = place.command(&["get", "zebra", "--user", "ana"]);
    let status = command.stderr(full).stdout(Stdio::null()).status();
    assert_eq!(status.unwrap().code(), Some(3));
}

#[test]
fn help_and_version_are_data_and_usage_is_an_error() {
    let place = Place::bare();
    let help = place.flags("--help").yes();
    assert!(
        help.contains("Usage: flags") && help.contains("Exit codes:"),
        "{help}"
    );
    assert!(place.flags("--version").yes().starts_with("flags "));
    let help = place.flags("set --help").yes();
    assert!(help.contains("flags set max_seats 25 --plan pro"), "{help}");
    let told = place.flags("").fails(2);
    assert!(told.contains("Usage: flags"), "{told}");
}

#[test]
fn only_who_asks_for_colour_gets_it_in_a_pipe() {
    let place = Place::shop();
    let run = |line: &str, variables: &[(&str, &str)]| {
        let mut command = place.command(&line.split_whitespace().collect::<Vec<_>>());
        command.envs(variables.iter().copied());
        let said = Said::by(&mut command);
        format!("{}{}", said.out, said.err)
    };
    let line = "resolve --user ana";
    let plain = run(line, &[]);
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let forced = run(line, &[("CLICOLOR_FORCE", "1")]);
    assert!(
        forced.contains("\u{1b}[36manalytics\u{1b}[0m\t\u{1b}[32mon\u{1b}[0m"),
        "{forced}"
    );
    let told = run("get zebra --user ana", &[("CLICOLOR_FORCE", "1")]);
    assert!(
        told.starts_with("\u{1b}[31merror:\u{1b}[0m there is no"),
        "{told:?}"
    );
    for quiet in [
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")][..],
        &[("CLICOLOR_FORCE", "0")],
        &[("TERM", "xterm-256color")],
    ] {
        assert_eq!(run(line, quiet), plain, "{quiet:?}");
    }
    let json = run("resolve --user ana --json", &[("CLICOLOR_FORCE", "1")]);
    assert!(!json.contains('\u{1b}'), "{json}");
}

#[test]
fn a_list_that_is_cut_off_says_so_beside_the_data() {
    let place = Place::shop();
    let said = place.flags("user list --limit 2");
    assert_eq!(said.code, Some(0));
    assert_eq!(said.out.lines().count(), 3);
    assert_eq!(
        said.err,
        "warning: only the first 2 rows are shown; --limit 0 shows all\n"
    );
    for line in ["feature list", "plan list", "org list", "override list"] {
        let said = place.flags(&format!("{line} --limit 1 --json"));
        let rows: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(rows.as_array().unwrap().len(), 1, "{line}");
        assert!(
            said.err.starts_with("warning: only the first 1 "),
            "{line}: {}",
            said.err
        );
    }
    let all = place.flags("user list --limit 0").yes();
    assert_eq!(all, place.flags("user list --limit 4").yes());
    assert_eq!(
        place.flags("user list --after ben").yes().lines().count(),
        3
    );
}
