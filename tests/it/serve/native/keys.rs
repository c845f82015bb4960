//! Who may do what: every operation with every key that should not open it.

use flags::server::access::{Key, Scope};
use flags::store::sqlite::SqliteStore;
use flags::store::{Kept, RecordKind, Records};
use serde_json::Value;

use super::{filled, operations};
use crate::cli::kit::Place;
use crate::serve::kit::{Server, answered, key};

/// A key that was good once.
fn altered(place: &Place, name: &str, alter: impl FnOnce(&mut Key)) -> String {
    let mut made = Key::generate(name, vec![Scope::Admin], 0).unwrap();
    alter(&mut made.key);
    let body = made.key.write();
    let store = SqliteStore::open(&place.store()).unwrap();
    let write = &mut |_: Option<&str>| Kept::Now(body.clone());
    store.amend(RecordKind::Key, name, write).unwrap();
    made.secret.reveal().to_owned()
}

#[test]
fn no_operation_opens_for_a_key_that_may_not() {
    let place = Place::shop();
    let revoked = altered(&place, "revoked", |key| key.revoked = Some(1));
    let expired = altered(&place, "expired", |key| key.expires = Some(1));
    let evaluate = key(&place, "evaluate", Scope::Evaluate);
    let read = key(&place, "read", Scope::Read);
    let write = key(&place, "write", Scope::Write);
    let server = Server::start(&place, &[]);
    let before = place.contents();
    for (method, path, scope) in operations(&server) {
        let ask = |shown: Option<&str>| {
            let request = server.request(&method, &filled(&path));
            let request = request
                .header("content-type", "application/json")
                .body("{}");
            answered(match shown {
                None => request,
                Some(key) => request.bearer_auth(key),
            })
        };
        let wrong: &[&str] = match &*scope {
            "evaluate" => &[],
            "read" => &[&evaluate],
            "write" => &[&evaluate, &read],
            _ => &[&evaluate, &read, &write],
        };
        let bad = [Some("sk_wrong"), Some(&*revoked), Some(&*expired), None];
        let refused = bad.iter().map(|shown| (*shown, 401));
        let refused = refused.chain(wrong.iter().map(|shown| (Some(*shown), 403)));
        for (shown, status) in refused {
            let reply = ask(shown);
            let told: Value = reply.expect(status);
            let members: Vec<&String> = told.as_object().unwrap().keys().collect();
            assert_eq!(members, ["error"], "{method} {path}: {told}");
            assert!(!reply.body.contains("example.com"), "{reply:?}");
            assert_eq!(reply.header("etag"), None, "{method} {path}");
        }
    }
    assert_eq!(place.contents(), before, "nothing was written");
    server
        .get_as(&evaluate, "/v1/users/ana/entitlements")
        .expect(200);
    server.get_as(&read, "/v1/users").expect(200);
    server.get_as(&write, "/v1/users").expect(200);
    server.get("/v1/openapi.json").expect(200);
}
