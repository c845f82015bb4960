//! What a server is shown: where it comes from, in which order, and to whom it goes.
//!
//! There is no keyring in these tests; `tests/interop/keyring` has real ones.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::kit::{Place, Said};
use super::listener::Listener;

const KEY: &str = "sk_test_0123456789abcdefghijKEPT";
const OTHER: &str = "sk_test_0123456789abcdefghijOTHR";

fn command(place: &Place, line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    command.env_remove("FLAGS_STORE");
    // Not the machine's own keyring.
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    command
}

fn run(place: &Place, line: &str) -> Said {
    Said::by(&mut command(place, line))
}

/// Runs with a text on stdin.
fn fed(place: &Place, line: &str, text: &str) -> Said {
    let mut child = command(place, line)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap().into()
}

/// A server that knows one key, and a home with profiles `live` (WorkOS), `team` and `shop` there.
fn home(known: &'static str) -> (Place, Listener) {
    let listener = Listener::answering(move |request| {
        let knows = request.contains(&format!("Bearer {known}\r\n"))
            || request.contains(&format!("\"client_secret\":\"{known}\""));
        match knows {
            true => (
                200,
                r#"{"data": [], "items": [], "has_feature": false}"#.to_owned(),
            ),
            false => (
                401,
                format!(
                    r#"{{"message": "who is {}?"}}"#,
                    request.replace(['"', '\\', '\r', '\n'], " ")
                ),
            ),
        }
    });
    let place = Place::bare();
    for (name, kind) in [("live", "workos"), ("team", "http"), ("shop", "astapa")] {
        let line = format!(
            "profile add {name} --kind {kind} --url {}",
            listener.address
        );
        run(&place, &line).yes();
    }
    (place, listener)
}

fn status(said: Said) -> Value {
    serde_json::from_str(&said.yes()).unwrap()
}

#[test]
fn a_file_goes_before_the_environment_and_that_before_what_is_kept() {
    let (place, listener) = home(KEY);
    let file = place.file("key.txt", format!("{OTHER}\n"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let ask = |arguments: &str, variable: Option<&str>| {
        let mut asked = command(
            &place,
            &format!("auth status --profile live --json {arguments}"),
        );
        asked.envs(variable.map(|key| ("WORKOS_API_KEY", key)));
        Said::by(&mut asked)
    };
    let none = ask("", None).fails(4);
    assert!(none.contains("\"code\":\"no_credential\""), "{none}");
    let kept = fed(&place, "auth login --profile live --insecure-storage", KEY).yes();
    assert!(
        kept.contains("kept sk_test_…KEPT for profile live"),
        "{kept}"
    );
    let source = |said: Said| {
        let found = status(said);
        (found["source"].clone(), found["credential"].clone())
    };
    assert_eq!(
        source(ask("", None)),
        (json!("insecure_storage"), json!("sk_test_…KEPT"))
    );
    let variable = "sk_test_0123456789abcdefghijVARI";
    assert_eq!(
        source(ask("", Some(variable))),
        (json!("environment"), json!("sk_test_…VARI"))
    );
    assert_eq!(
        source(ask("--credential-file key.txt", Some(variable))),
        (json!("file"), json!("sk_test_…OTHR"))
    );
    assert!(listener.heard().is_empty(), "nothing is sent unasked");
    let checked = status(ask("--check", None));
    assert_eq!(checked["works"], json!(true));
    let heard = listener.heard();
    assert_eq!(heard.len(), 1, "one request: {heard:?}");
    assert!(
        heard[0].starts_with("GET /feature-flags?limit=1 "),
        "{heard:?}"
    );
    let refused = ask("--check", Some(variable));
    assert_eq!(refused.code, Some(4), "{refused:?}");
    assert!(!format!("{refused:?}").contains(variable), "{refused:?}");
}

#[test]
fn a_variable_is_for_one_kind_of_server_only() {
    let (place, listener) = home(KEY);
    for (profile, own) in [
        ("live", "WORKOS_API_KEY"),
        ("team", "FLAGS_API_KEY"),
        ("shop", "ASTAPA_CLIENT_SECRET"),
    ] {
        for variable in ["WORKOS_API_KEY", "FLAGS_API_KEY", "ASTAPA_CLIENT_SECRET"] {
            let line = format!("auth status --check --json --profile {profile}");
            let mut asked = command(&place, &line);
            asked.env(variable, KEY).env("ASTAPA_CLIENT_ID", "c1");
            let said = Said::by(&mut asked);
            let works = variable == own;
            assert_eq!(
                said.code,
                Some(if works { 0 } else { 4 }),
                "{profile} {variable}: {said:?}"
            );
            let sent = listener.heard().concat();
            assert_eq!(sent.contains(KEY), works, "{profile} {variable}: {sent}");
        }
    }
}

#[test]
fn what_is_kept_stays_with_the_server_that_it_was_given_for() {
    let (place, listener) = home(KEY);
    fed(&place, "auth login --profile live --insecure-storage", KEY).yes();
    let elsewhere = Listener::answering(|_| (200, "{\"data\": []}".to_owned()));
    let file = place.configuration();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace(&listener.address, &elsewhere.address)).unwrap();
    for line in [
        "auth status --check --profile live",
        "api GET /feature-flags --profile live",
    ] {
        let said = run(&place, line).fails(4);
        assert!(
            said.contains(&format!(
                "was given for WorkOS at {}; it is not sent to WorkOS at {}",
                listener.address, elsewhere.address
            )),
            "{line}: {said}"
        );
    }
    // The address may stay, and what is there be another kind of server.
    fs::write(&file, text.replace("kind = \"workos\"", "kind = \"http\"")).unwrap();
    let said = run(&place, "auth status --check --profile live").fails(4);
    assert!(said.contains("it is not sent to flags serve at"), "{said}");
    assert!(listener.heard().is_empty() && elsewhere.heard().is_empty());
    // Back where it was, it is good again; under another name too.
    fs::write(&file, &text).unwrap();
    run(&place, "profile rename live production").yes();
    run(&place, "auth status --check --profile production").yes();
    run(&place, "profile remove production --yes").yes();
    let kept = fs::read_to_string(place.path("data/flags/credentials.json")).unwrap();
    assert!(!kept.contains(KEY), "{kept}");
}

#[test]
fn a_key_is_taken_from_stdin_a_descriptor_or_a_file_and_never_from_an_argument() {
    let (place, _listener) = home(KEY);
    let file = place.file("key.txt", format!("WORKOS_API_KEY=\"{KEY}\"\n"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let login = "auth login --profile live --insecure-storage --check --json";
    let shell = format!("exec \"$0\" {login} --fd 7 7< key.txt");
    let mut by_descriptor = Command::new("sh");
    by_descriptor
        .args(["-c", &shell, env!("CARGO_BIN_EXE_flags")])
        .current_dir(place.path(""))
        .env_clear()
        .env("HOME", place.path(""))
        .env("XDG_CONFIG_HOME", place.path("config"))
        .env("XDG_DATA_HOME", place.path("data"));
    for said in [
        fed(&place, login, &format!("{KEY}\r\n")),
        fed(&place, &format!("{login} --key-file -"), KEY),
        run(&place, &format!("{login} --key-file key.txt")),
        Said::by(&mut by_descriptor),
    ] {
        assert_eq!(status(said)["checked"], json!(true));
        run(&place, "auth logout --profile live").yes();
    }
    for (line, part) in [
        (
            "auth login sk_live_canary --profile live",
            "unexpected argument",
        ),
        ("auth login --profile live --fd 99", "file descriptor 99"),
        ("auth login --profile live --key-file none", "none: "),
        (
            "auth login --profile live --client-id x --key-file key.txt",
            "is for Astapa",
        ),
        ("auth login --profile live", "stdin: it is empty"),
    ] {
        let said = run(&place, line).fails(2);
        assert!(said.contains(part), "{line}: {said}");
    }
}

#[test]
fn a_malformed_key_is_refused_before_anything_is_sent_and_not_repeated() {
    let (place, listener) = home(KEY);
    for text in [
        "",
        "client_01CANARY",
        "CANARY",
        "sk_CANARY two",
        "pk_live_CANARY",
        "\u{feff}sk_CANARY",
    ] {
        for line in ["auth login --check", "auth rotate"] {
            if line == "auth rotate" {
                fed(&place, "auth login --profile live --insecure-storage", KEY).yes();
            }
            let said = fed(&place, &format!("{line} --profile live"), text).fails(2);
            assert!(!said.contains("CANARY"), "{text}: {said}");
        }
        let mut asked = command(&place, "api GET /feature-flags --profile live");
        let said = Said::by(asked.env("WORKOS_API_KEY", text));
        let code = if text.is_empty() { 0 } else { 2 };
        assert_eq!(said.code, Some(code), "{text}: {said:?}");
        assert!(!format!("{said:?}").contains("CANARY"), "{text}: {said:?}");
        listener.heard();
    }
    let file = place.file("long", "sk_".to_owned() + &"x".repeat(1 << 20));
    let line = format!("auth login --profile live --key-file {}", file.display());
    assert!(run(&place, &line).err.contains("longer than"));
}

#[test]
fn without_a_keyring_nothing_is_kept_and_what_else_there_is_is_said() {
    let (place, _listener) = home(KEY);
    let said = fed(&place, "auth login --profile live", KEY).fails(4);
    assert!(
        said.starts_with("error: there is no keyring here: "),
        "{said}"
    );
    assert!(
        said.contains("--insecure-storage keeps it in a file that only you may read"),
        "{said}"
    );
    assert!(said.contains("WORKOS_API_KEY"), "{said}");
    assert!(!place.path("data/flags/credentials.json").exists());
}

#[test]
fn the_private_file_is_private_or_not_used() {
    let (place, _listener) = home(KEY);
    fed(&place, "auth login --profile live --insecure-storage", KEY).yes();
    let file = place.path("data/flags/credentials.json");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let said = run(&place, "auth status --profile live").fails(4);
    assert!(said.contains("others can read"), "{said}");
    assert!(said.contains("chmod 600"), "{said}");
    let file = place.file("shared.txt", KEY);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let said = run(
        &place,
        "auth login --profile team --insecure-storage --key-file shared.txt",
    );
    assert!(said.err.contains("others can read"), "{said:?}");
}

#[test]
fn a_rotated_key_replaces_the_old_one_once_it_is_known_to_work() {
    let (place, listener) = home(OTHER);
    let said = fed(&place, "auth rotate --profile live", OTHER).fails(4);
    assert!(
        said.contains("nothing is kept for profile `live`"),
        "{said}"
    );
    fed(&place, "auth login --profile live --insecure-storage", KEY).yes();
    let kept = || fs::read_to_string(place.path("data/flags/credentials.json")).unwrap();
    let before = kept();
    let unknown = "sk_test_0123456789abcdefghijNONE";
    let said = fed(&place, "auth rotate --profile live", unknown).fails(4);
    assert!(
        said.contains("nothing was kept") && !said.contains(unknown),
        "{said}"
    );
    assert_eq!(kept(), before, "the old one stays");
    let fields: Value =
        serde_json::from_str(&fed(&place, "auth rotate --profile live --json", OTHER).yes())
            .unwrap();
    let fields: Vec<&String> = fields.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["profile", "host", "source", "rotated"]);
    let said = fed(&place, "auth rotate --profile live", OTHER).yes();
    assert!(
        said.contains("replaced what the private file has for live by sk_test_…OTHR"),
        "{said}"
    );
    assert!(kept().contains(OTHER) && !kept().contains(KEY));
    assert_eq!(listener.heard().len(), 3);
}

#[test]
fn astapa_is_shown_the_client_with_its_secret_and_no_other() {
    let (place, listener) = home("s3cret");
    let said = fed(
        &place,
        "auth login --profile shop --insecure-storage",
        "s3cret",
    )
    .fails(2);
    assert!(said.contains("nobody says whose"), "{said}");
    let both = "ASTAPA_CLIENT_ID=c1\nASTAPA_CLIENT_SECRET=s3cret\n";
    fed(
        &place,
        "auth login --profile shop --insecure-storage --check",
        both,
    )
    .yes();
    let sent = listener.heard().concat();
    assert!(
        sent.contains("\"client_id\":\"c1\",\"client_secret\":\"s3cret\""),
        "{sent}"
    );
    assert!(!sent.to_lowercase().contains("authorization"), "{sent}");
    let mut asked = command(&place, "auth status --check --profile shop");
    let said = Said::by(asked.env("ASTAPA_CLIENT_ID", "c2")).fails(4);
    assert!(said.contains("is that of c1, not of c2"), "{said}");
    assert!(listener.heard().is_empty());
}

#[test]
fn a_secret_is_sent_over_plain_http_to_this_machine_alone() {
    let place = Place::bare();
    place.file(
        "config/flags/config.toml",
        "[profiles.p]\nkind = \"http\"\nbase_url = \"http://flags.example.com\"\n",
    );
    let mut asked = command(&place, "auth status --check --profile p");
    let said = Said::by(asked.env("FLAGS_API_KEY", KEY)).fails(2);
    assert!(
        said.contains("it is plain http to another machine"),
        "{said}"
    );
}

#[test]
fn a_credential_is_looked_for_when_something_is_sent_and_not_for_a_refusal() {
    let (place, listener) = home(KEY);
    // What WorkOS cannot do is refused, whether there is a key or not.
    for line in ["plan create pro", "log", "user assign ana --plan pro"] {
        let said = run(&place, &format!("{line} --profile live")).fails(3);
        assert!(said.contains("WorkOS"), "{line}: {said}");
    }
    // A file that cannot be read is not looked at for that either.
    let absent = "log --profile live --credential-file nowhere";
    run(&place, absent).fails(3);
    assert_eq!(listener.heard(), Vec::<String>::new());
    // What it can do takes one.
    let said = run(&place, "feature list --profile live").fails(4);
    assert!(said.contains("there is no API key for WorkOS"), "{said}");
    let said = run(
        &place,
        "feature list --profile live --credential-file nowhere",
    )
    .fails(2);
    assert!(said.contains("nowhere"), "{said}");
    // A missing key is not covered up by a copy.
    let said = run(
        &place,
        "check a --user u --profile live --allow-stale 1h --json",
    );
    assert_eq!(said.code, Some(4), "{said:?}");
    assert!(said.err.contains(r#""code":"no_credential""#), "{said:?}");
    assert_eq!(listener.heard(), Vec::<String>::new());
}

#[test]
fn where_nobody_names_a_profile_all_of_them_are_listed() {
    let (place, listener) = home(KEY);
    fed(&place, "auth login --profile live --insecure-storage", KEY).yes();
    let list = |said: &Said| -> Value { serde_json::from_str(&said.out).unwrap() };
    let said = run(&place, "auth status --json");
    // Astapa lets nobody in without a credential.
    assert_eq!(said.code, Some(4), "{said:?}");
    let rows = list(&said);
    let of = |name: &str| -> Value {
        let found = rows
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["profile"] == name);
        found.unwrap().clone()
    };
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(of("live")["source"], "insecure_storage");
    assert_eq!(of("live")["problem"], Value::Null);
    assert_eq!(
        (&of("team")["source"], &of("team")["problem"]),
        (&Value::Null, &Value::Null)
    );
    assert!(
        of("shop")["problem"]
            .as_str()
            .unwrap()
            .contains("no client secret"),
        "{rows}"
    );
    assert!(listener.heard().is_empty());
    // Each is asked where that is wanted.
    let mut asked = command(&place, "auth status --check --json");
    asked.env("FLAGS_API_KEY", OTHER);
    let said = Said::by(&mut asked);
    let rows = list(&said);
    let works: Vec<&Value> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["works"])
        .collect();
    assert_eq!(
        (said.code, works),
        (Some(4), vec![&json!(true), &Value::Null, &json!(false)])
    );
    assert!(!said.out.contains(KEY) && !said.out.contains(OTHER) && !said.err.contains(OTHER));
    // Named by the environment, it is about that one.
    let mut one = command(&place, "auth status --json");
    let said = Said::by(one.env("FLAGS_PROFILE", "live"));
    assert_eq!(status(said)["profile"], "live");
    // What was kept for another server is nothing to rely on.
    let text = fs::read_to_string(place.configuration()).unwrap();
    fs::write(
        place.configuration(),
        text.replace("127.0.0.1", "localhost"),
    )
    .unwrap();
    let said = run(&place, "auth status");
    assert_eq!(said.code, Some(4));
    assert!(said.out.contains("was given for WorkOS at"), "{said:?}");
}
