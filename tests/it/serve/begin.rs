//! How a server begins and ends.

use flags::server::access::Scope;
use serde_json::json;

use super::kit::{Server, key};
use crate::cli::kit::Place;

#[test]
fn a_server_answers_what_the_command_line_says_and_ends_when_it_is_told_to() {
    let place = Place::shop();
    let server = Server::open(&place);
    let answer = server.get("/v1/users/ana/entitlements").expect(200);
    let own = place.json("resolve --user ana");
    assert_eq!(answer["entitlements"], own["entitlements"]);
    assert_eq!(server.stop().0, Some(0));
}

#[test]
fn whoever_shows_a_key_is_let_in_and_nobody_else() {
    let place = Place::shop();
    let key = key(&place, "app", Scope::Evaluate);
    let server = Server::start(&place, &[]);
    let path = "/v1/users/ana/entitlements";
    server.get_as(&key, path).expect(200);
    let refused = server.get(path).expect(401);
    assert_eq!(refused["error"]["code"], json!("key_missing"));
    let refused = server.get_as("sk_unknown", path).expect(401);
    assert_eq!(refused["error"]["code"], json!("key_invalid"));
}
