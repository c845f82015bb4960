//! Several servers on one database: none answers from what it remembers where another has written.

use serde_json::json;

use flags::edit::{Edit, SetOverride};
use flags::store::{Store, StoreError};

use super::kit::Ground;
use crate::cli::kit::Place;
use crate::project::{author, document, fill, read};
use crate::serve::kit::Server;

const PROJECT: &str = r#""features": {"seats": {"type": "limit"}},
    "plans": {"pro": {"grants": {"seats": 5}}},
    "organizations": {"acme": {"plan": "pro"}},
    "users": {"u0": {"organizations": ["acme"]}, "u1": {}, "u2": {"plan": "pro"}}"#;

fn serving(home: &Place, ground: &Ground) -> Server {
    let url = std::env::var("FLAGS_TEST_POSTGRES").unwrap();
    let url = format!("{url}?schema={}", ground.place.schema);
    Server::start(home, &["--insecure-no-auth", "--store", &url])
}

fn set_seats(store: &dyn Store, user: &str, seats: u64) {
    let edit = Edit::SetOverride(SetOverride {
        subject: read(&format!("user:{user}")),
        feature: read("seats"),
        value: Some(read(&seats.to_string())),
        reason: None,
        starts: None,
        expires: None,
        create: false,
    });
    let written = store.update(&author(), &mut |snapshot| {
        let planned = edit.plan(snapshot, read("2026-01-01"));
        planned.map_err(|_| StoreError::GivenUp)
    });
    written.unwrap();
}

#[test]
fn what_was_acknowledged_anywhere_is_in_every_later_answer() {
    let Some(ground) = Ground::new() else {
        return;
    };
    fill(&ground.create(), document(PROJECT));
    let home = Place::bare();
    let servers = [serving(&home, &ground), serving(&home, &ground)];
    let third = ground.open();
    for round in 0..45_u64 {
        let (user, seats) = (format!("u{}", round % 3), 100 + round);
        let over = format!("/v1/users/{user}/overrides/seats");
        // Each of the three writes several times in a row, and after each of the others.
        match (round / 2) % 4 {
            writer @ (0 | 1) => {
                let server = &servers[usize::try_from(writer).unwrap()];
                let said = server.send("PUT", &over, &json!({ "value": seats }));
                assert_eq!(said.status, 200, "{said:?}");
            }
            2 => set_seats(&third, &user, seats),
            _ => {
                let plan = servers[0].send(
                    "PUT",
                    "/v1/plans/pro/grants/seats",
                    &json!({ "value": seats }),
                );
                assert_eq!(plan.status, 200, "{plan:?}");
                set_seats(&third, &user, seats);
            }
        }
        for server in servers.iter().chain([&servers[0]]) {
            let answer = server.get(&format!("/v1/users/{user}/entitlements/seats"));
            assert_eq!(answer.json()["value"], seats, "{round}: {answer:?}");
        }
    }
    let found = third.snapshot().unwrap().verify(None).unwrap();
    assert_eq!(found.misfit, None);
}
