//! What the environment says, as far as the HTTP client listens to it: each test runs itself once
//! more, in an environment of its own.

use std::process::Command;

use flags::remote::{Address, RemoteError, Trouble, jwks};

use super::server::{KEYS, Server, answer, at, documents, good, trouble};

/// Whether the caller is in the environment that it wants. If not, it is run there, and has to
/// pass there.
fn surrounded_by(test: &str, environment: &[(&str, &str)]) -> bool {
    const WITHIN: &str = "FLAGS_TEST_WITHIN";
    if std::env::var_os(WITHIN).is_some() {
        return true;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env_clear()
        .env(WITHIN, "1")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{told}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    false
}

fn far() -> Address {
    "https://issuer.invalid/keys".parse().unwrap()
}

#[test]
fn without_certificates_nobody_is_believed_and_the_error_names_what_helps() {
    let test = "remote::surroundings::\
                without_certificates_nobody_is_believed_and_the_error_names_what_helps";
    let nothing = [("SSL_CERT_FILE", "/nowhere"), ("SSL_CERT_DIR", "/nowhere")];
    if !surrounded_by(test, &nothing) {
        return;
    }
    let error = jwks::get(&documents(None), &far(), at(0)).unwrap_err();
    assert!(matches!(error, RemoteError::NoRoots), "{error:?}");
    assert!(error.to_string().contains("--ca-bundle"), "{error}");
    let server = Server::saying([good(&[], KEYS)]);
    let near = jwks::get(&documents(None), &server.at("/keys"), at(0));
    assert_eq!(near.unwrap().text, KEYS, "unencrypted, none is needed");
}

#[test]
fn a_proxy_is_asked_for_other_machines_and_never_for_this_one() {
    let test = "remote::surroundings::a_proxy_is_asked_for_other_machines_and_never_for_this_one";
    // A port of the test's own, which it does not know before it has begun.
    let proxy = Server::by(|_| answer("502 hostile", &[], "hostile"));
    let url = proxy.origin().replace("://", "://user:secret@");
    let names = [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTPS_PROXY",
        "ALL_PROXY",
    ];
    let environment = names.map(|name| (name, url.as_str()));
    if !surrounded_by(test, &environment) {
        let asked = proxy.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        assert!(asked[0].head.starts_with("CONNECT issuer.invalid:443 "));
        return;
    }
    let server = Server::saying([good(&[], KEYS)]);
    jwks::get(&documents(None), &server.at("/keys"), at(0)).unwrap();
    let result = jwks::get(&documents(None), &far(), at(0));
    let told = result.as_ref().unwrap_err().to_string();
    assert!(
        !told.contains("secret") && !told.contains("hostile"),
        "{told}"
    );
    assert_eq!(trouble(result), Trouble::NoConnection);
}

#[test]
fn a_name_that_does_not_exist_is_told_apart() {
    let test = "remote::surroundings::a_name_that_does_not_exist_is_told_apart";
    // Where no name server answers, it is not waited for long.
    if !surrounded_by(test, &[("RES_OPTIONS", "attempts:1 timeout:1")]) {
        return;
    }
    let result = jwks::get(&documents(None), &far(), at(0));
    assert_eq!(trouble(result), Trouble::NoSuchHost);
}
