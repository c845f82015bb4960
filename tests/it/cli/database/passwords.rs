//! Who is asked for a password, in which order, and whom it is shown to.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::fake::{Manner, Server};
use super::{command, home, run};
use crate::cli::kit::{Place, Said};

fn guarded() -> Server {
    Server::new(Manner {
        password: Some("right"),
        ..Manner::default()
    })
}

fn private(place: &Place, name: &str, text: &str) {
    let file = place.file(name, text);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
}

fn login(place: &Place, password: &str) -> Said {
    let mut child = command(place, "auth login --profile base --insecure-storage")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(password.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap().into()
}

/// The password that the server was shown by a run.
#[track_caller]
fn shown(server: &Server, run: &mut Command) -> (Option<String>, Said) {
    let said = Said::by(run);
    let visits = server.visits();
    assert_eq!(visits.len(), 1, "{said:?}");
    assert_eq!((&*visits[0].user, &*visits[0].database), ("flags", "app"));
    (visits[0].password.clone(), said)
}

#[test]
fn a_file_goes_before_the_environment_that_before_pgpass_and_that_before_what_is_kept() {
    let server = guarded();
    let port = server.port();
    let place = home(&format!("postgres://flags@127.0.0.1:{port}/app"));
    let check = "auth status --check --profile base --json";
    let told = |said: Said| -> (Value, Value) {
        assert_eq!(said.code, Some(4), "{said:?}");
        let document: Value = serde_json::from_str(&said.out).unwrap();
        (document["source"].clone(), document["works"].clone())
    };
    let none = run(&place, "auth status --profile base").fails(4);
    assert!(
        none.contains("there is no password for PostgreSQL"),
        "{none}"
    );
    login(&place, "kept with spaces\n").yes();
    let (password, said) = shown(&server, &mut command(&place, check));
    assert_eq!(password.as_deref(), Some("kept with spaces"));
    assert!(!format!("{said:?}").contains("kept with"), "{said:?}");
    assert_eq!(told(said), (json!("insecure_storage"), json!(false)));

    private(&place, ".pgpass", "127.0.0.1:*:app:flags:of pgpass\n");
    let (password, said) = shown(&server, &mut command(&place, check));
    assert_eq!(password.as_deref(), Some("of pgpass"));
    assert_eq!(told(said).0, json!("password_file"));

    private(
        &place,
        "other",
        &format!("127.0.0.1:{port}:*:*:of another\n"),
    );
    let mut named = command(&place, check);
    let (password, _) = shown(&server, named.env("PGPASSFILE", place.path("other")));
    assert_eq!(password.as_deref(), Some("of another"));

    named.env("PGPASSWORD", "of the environment");
    let (password, said) = shown(&server, &mut named);
    assert_eq!(password.as_deref(), Some("of the environment"));
    assert_eq!(told(said).0, json!("environment"));

    private(&place, "key.txt", "of the file\n");
    named.args(["--credential-file", "key.txt"]);
    let (password, said) = shown(&server, &mut named);
    assert_eq!(password.as_deref(), Some("of the file"));
    assert_eq!(told(said).0, json!("file"));

    let mut right = command(&place, check);
    let said = Said::by(right.env("PGPASSWORD", "right")).yes();
    let document: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(document["works"], json!(true));
    assert_eq!(
        document["credential"],
        json!("…"),
        "not even its end is shown"
    );
}

#[test]
fn a_file_of_passwords_that_others_can_read_is_of_no_use_and_that_is_said() {
    let server = guarded();
    let place = home(&format!("postgres://flags@127.0.0.1:{}/app", server.port()));
    let file = place.file(".pgpass", "*:*:*:*:right\n");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let said = run(&place, "auth status --check --profile base --json").fails(4);
    assert!(said.contains("\"code\":\"credential_exposed\""), "{said}");
    assert!(
        said.contains("its mode is 0640") && said.contains("chmod 600"),
        "{said}"
    );
    assert!(!said.contains("right"), "{said}");
    // A line for somebody else is nobody's business here.
    place.file(".pgpass", "elsewhere:*:*:*:right\n");
    let said = run(&place, "auth status --check --profile base");
    assert_eq!(said.code, Some(4), "{said:?}");
    let said = said.err;
    assert!(
        said.contains("wants a password for the user `flags`"),
        "{said}"
    );
    assert_eq!(server.visits().len(), 1);
    let mut missing = command(&place, "auth status --profile base");
    let said = Said::by(missing.env("PGPASSFILE", "/nonexistent/pgpass")).fails(2);
    assert!(said.contains("/nonexistent/pgpass"), "{said}");
}

#[test]
fn a_password_that_was_kept_goes_to_its_hosts_and_its_user_only() {
    let server = guarded();
    let port = server.port();
    let place = home(&format!("postgres://flags@127.0.0.1:{port}/app"));
    login(&place, "right").yes();
    let file = fs::read_to_string(place.configuration()).unwrap();
    for (from, to, code) in [
        ("127.0.0.1", "localhost", "credential_of_other_server"),
        ("flags@", "ana@", "credential_of_other_client"),
    ] {
        fs::write(place.configuration(), file.replace(from, to)).unwrap();
        let said = run(&place, "auth status --check --profile base --json").fails(4);
        assert!(said.contains(code), "{said}");
    }
    assert_eq!(server.visits(), [], "nothing was sent");
    // Another database of the same servers is the same user's.
    fs::write(place.configuration(), file.replace("/app", "/shop")).unwrap();
    run(&place, "auth status --check --profile base").yes();
    run(&place, "auth logout --profile base").yes();
    run(&place, "auth status --profile base").fails(4);
}

#[test]
fn a_password_is_tried_before_it_takes_the_old_ones_place() {
    let server = guarded();
    let place = home(&format!("postgres://flags@127.0.0.1:{}/app", server.port()));
    login(&place, "old").yes();
    private(&place, "new.txt", "wrong\n");
    let said = run(&place, "auth rotate --profile base --key-file new.txt").fails(4);
    assert!(said.contains("does not let the user `flags` in"), "{said}");
    assert!(said.contains("nothing was kept"), "{said}");
    private(&place, "new.txt", "right\n");
    run(&place, "auth rotate --profile base --key-file new.txt").yes();
    run(&place, "auth status --check --profile base").yes();
}
