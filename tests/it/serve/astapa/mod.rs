//! Astapa's protocol, as an application's server speaks it.

mod calls;
mod forms;
mod logins;
mod tokens;

use flags::server::access::{Key, Scope};
use flags::store::sqlite::SqliteStore;
use flags::store::{Kept, RecordKind, Records};
use serde_json::{Value, json};

use super::kit::{Reply, Server};
use crate::cli::kit::Place;

const FEATURES: &str = "/api/platform/features";
const OVERRIDES: &str = "/api/platform/feature-overrides";
const CHECK: &str = "/api/platform/features/check";
const CLAIMS: &str = "/api/platform/claims";
const TOKEN: &str = "/api/platform/token";

/// A client's id and secret.
#[derive(Clone)]
struct Client(String, String);

impl Client {
    /// Makes a client for the place's store, and lets `alter` do something to it.
    fn made(place: &Place, name: &str, scope: Scope, alter: impl Fn(&mut Key)) -> Self {
        let mut made = Key::generate_client(name, vec![scope], 0).unwrap();
        alter(&mut made.key);
        let body = made.key.write();
        SqliteStore::open(&place.store())
            .unwrap()
            .amend(RecordKind::Key, name, &mut |_| Kept::Now(body.clone()))
            .unwrap();
        Self(made.key.client.unwrap(), made.secret.reveal().to_owned())
    }

    fn new(place: &Place, name: &str, scope: Scope) -> Self {
        Self::made(place, name, scope, |_| ())
    }

    /// The body with these credentials in it.
    fn signed(&self, body: &Value) -> Value {
        let mut body = body.clone();
        body["client_id"] = json!(self.0);
        body["client_secret"] = json!(self.1);
        body
    }

    #[track_caller]
    fn call(&self, server: &Server, (method, path): (&str, &str), body: &Value) -> Reply {
        server.send(method, path, &self.signed(body))
    }
}

/// Puts a key to sign with into the place.
pub(super) fn signing_key(place: &Place, name: &str) {
    let made = place.flags(&format!("token keys generate --type rsa --out {name}"));
    assert_eq!(made.code, Some(0), "{made:?}");
}

/// Shows a refresh token and gives the answer.
#[track_caller]
fn refresh(server: &Server, token: &str) -> Reply {
    let body = json!({"grant_type": "refresh_token", "refresh_token": token});
    server.send("POST", TOKEN, &body)
}

/// The text that a member of an answer holds.
#[track_caller]
fn text(answer: &Value, member: &str) -> String {
    answer[member].as_str().unwrap().to_owned()
}

/// Logs a user in, and gives the refresh token.
#[track_caller]
pub(super) fn login(place: &Place, user: &str) -> String {
    let made = place.flags(&format!("serve logins create {user}")).yes();
    made.trim().to_owned()
}
