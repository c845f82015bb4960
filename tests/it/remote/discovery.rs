//! Where an issuer keeps its keys, from the issuer.

use std::path::Path;

use flags::remote::discovery::{IssuerUrl, find};
use flags::remote::{RemoteError, Trouble, Unfit};
use serde_json::json;
use tempfile::tempdir;

use super::server::{Asked, Server, answer, at, documents, good, trouble};

const BELOW: &str = "/realms/a/.well-known/openid-configuration";
const BESIDE: &str = "/.well-known/oauth-authorization-server/realms/a";

fn issuer(server: &Server) -> IssuerUrl {
    format!("{}/realms/a", server.origin()).parse().unwrap()
}

/// A document that names the server that is asked as its issuer.
fn document_of(asked: &Asked, path: &str) -> String {
    let origin = format!("http://{}", asked.header("host").unwrap());
    let document = json!({"issuer": origin.clone() + path, "jwks_uri": origin + "/keys"});
    document.to_string()
}

fn found(directory: &Path, server: &Server, now: i64) -> Result<(String, String), RemoteError> {
    let documents = documents(Some(directory.to_owned()));
    let found = find(&documents, &issuer(server), at(now))?;
    Ok((found.name, found.keys.to_string()))
}

fn paths(server: &Server) -> Vec<String> {
    let asked = server.asked();
    asked.iter().map(|asked| asked.path().to_owned()).collect()
}

#[test]
fn an_issuer_is_asked_below_its_url_and_its_answer_kept() {
    let directory = tempdir().unwrap();
    let server = Server::by(|asked| {
        let headers = [("cache-control", "max-age=60")];
        good(&headers, document_of(asked, "/realms/a"))
    });
    let origin = server.origin();
    let expected = (origin.clone() + "/realms/a", origin + "/keys");
    for (now, requests) in [(0, 1), (59, 1), (60, 2)] {
        let found = found(directory.path(), &server, now).unwrap();
        assert_eq!(found, expected, "{now}");
        assert_eq!(paths(&server).len(), requests, "{now}");
    }
    assert_eq!(paths(&server), [BELOW, BELOW]);
}

#[test]
fn an_issuer_that_writes_itself_with_a_slash_is_named_as_it_writes_itself() {
    let directory = tempdir().unwrap();
    let server = Server::by(|asked| good(&[], document_of(asked, "/realms/a/")));
    let (name, _) = found(directory.path(), &server, 0).unwrap();
    assert_eq!(name, server.origin() + "/realms/a/");
}

#[test]
fn where_nothing_is_below_an_issuer_its_other_place_is_asked_and_asked_again_with_its_tag() {
    let directory = tempdir().unwrap();
    let server = Server::by(
        |asked| match (asked.path(), asked.header("if-none-match")) {
            (BESIDE, None) => good(
                &[("etag", "\"1\""), ("cache-control", "max-age=60")],
                document_of(asked, "/realms/a"),
            ),
            (BESIDE, Some("\"1\"")) => answer("304 Not Modified", &[], ""),
            (_, None) => answer("404 Not Found", &[], ""),
            _ => answer("400 Bad Request", &[], "this tag is not mine"),
        },
    );
    let first = found(directory.path(), &server, 0).unwrap();
    for now in [59, 60, 119] {
        assert_eq!(found(directory.path(), &server, now).unwrap(), first);
    }
    assert_eq!(paths(&server), [BELOW, BESIDE, BELOW, BESIDE]);
}

#[test]
fn the_other_place_is_for_where_nothing_is_and_not_for_errors() {
    let directory = tempdir().unwrap();
    let server = Server::by(|_| answer("503 Service Unavailable", &[], ""));
    let result = found(directory.path(), &server, 0);
    assert_eq!(trouble(result), Trouble::Status(503));
    assert_eq!(paths(&server), [BELOW]);
    let nothing = Server::by(|_| answer("404 Not Found", &[], ""));
    let result = found(directory.path(), &nothing, 0);
    let told = result.as_ref().unwrap_err().to_string();
    assert!(told.contains(BELOW), "the usual place: {told}");
    assert_eq!(trouble(result), Trouble::Status(404));
    assert_eq!(paths(&nothing), [BELOW, BESIDE]);
}

#[test]
fn one_tenant_does_not_speak_for_another_and_is_not_kept() {
    let directory = tempdir().unwrap();
    let server = Server::by(|asked| good(&[], document_of(asked, "/realms/b\u{202e}")));
    let error = found(directory.path(), &server, 0).unwrap_err();
    assert_eq!(error.code(), "other_issuer");
    let told = error.to_string();
    assert!(told.contains("/realms/b\\u{202e}\", not \"http"), "{told}");
    assert_eq!(directory.path().read_dir().unwrap().count(), 0);
}

#[test]
fn an_answer_that_names_no_keys_is_no_answer() {
    let directory = tempdir().unwrap();
    let told = |document: &str| {
        let template = document.to_owned();
        let server = Server::by(move |asked| {
            let issuer = format!("http://{}/realms/a", asked.header("host").unwrap());
            good(&[], template.replace("ISSUER", &issuer))
        });
        match found(directory.path(), &server, 0) {
            Err(RemoteError::Unfit { unfit, .. }) => unfit,
            other => panic!("{document}: {other:?}"),
        }
    };
    assert!(matches!(told("<html>"), Unfit::NotJson { .. }));
    assert_eq!(told("{}"), Unfit::NoIssuer);
    assert_eq!(told(r#"{"issuer":"ISSUER"}"#), Unfit::NoKeysAddress);
    for uri in [
        "http://issuer.example/keys",
        "file:///etc/passwd",
        "",
        "/keys",
    ] {
        let document = format!(r#"{{"issuer":"ISSUER","jwks_uri":"{uri}"}}"#);
        assert!(matches!(told(&document), Unfit::KeysAddress(_)), "{uri}");
    }
}
