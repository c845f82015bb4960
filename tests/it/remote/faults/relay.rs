//! A real server behind a way that loses what it carries: whatever is lost, a write happens once or
//! not at all, and nobody is told that it did when nobody knows.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use super::act::{error, reset};
use super::server::{After, Asked, Server, Turn};
use crate::cli::kit::{Place, Said};
use crate::serve::kit;

/// Where a write is sent to.
const UPDATE: &str = "/v1/store/update";

/// What the way does with a write, by how many there were before.
type Loss = fn(&mut Turn<'_>, usize, SocketAddr) -> After;

/// The answer of the server behind, byte for byte.
fn answer_of(behind: SocketAddr, asked: &Asked) -> Vec<u8> {
    let mut wire = TcpStream::connect(behind).unwrap();
    let mut head = format!("{} {} HTTP/1.1\r\n", asked.method, asked.target);
    for (name, value) in &asked.headers {
        let value = match name.as_str() {
            "host" => behind.to_string(),
            _ => value.clone(),
        };
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("connection: close\r\n\r\n");
    wire.write_all(head.as_bytes()).unwrap();
    wire.write_all(asked.body.as_bytes()).unwrap();
    let mut answer = Vec::new();
    wire.read_to_end(&mut answer).unwrap();
    answer
}

fn carry(turn: &mut Turn<'_>, behind: SocketAddr) -> After {
    let answer = answer_of(behind, turn.asked);
    let _ = turn.wire.write_all(&answer);
    After::Close
}

/// The write is carried out, and its answer never arrives.
fn lose(turn: &mut Turn<'_>, behind: SocketAddr) -> After {
    answer_of(behind, turn.asked);
    reset(turn.wire);
    After::Close
}

/// A shop behind a way with a loss, and a home whose profile `p` leads there.
fn shop(loss: Loss) -> (Place, kit::Server, Server, Place) {
    let shop = Place::shop();
    let served = kit::Server::open(&shop);
    let behind = served.address();
    let way = Server::start(move |turn| match turn.asked.target == UPDATE {
        true => {
            let before = turn.before_to(UPDATE);
            loss(turn, before, behind)
        }
        false => carry(turn, behind),
    });
    let home = Place::bare();
    let profile = format!(
        "[profiles.p]\nkind = \"http\"\nbase_url = \"{}\"\n",
        way.origin()
    );
    home.file("config/flags/config.toml", profile);
    (shop, served, way, home)
}

/// What `set` says by such a way, and how many writes there were.
fn set(loss: Loss) -> (Said, u64) {
    let (shop, _served, way, home) = shop(loss);
    let before = shop.revision();
    let said = home.flags("set sso --user ana --profile p");
    let keys: Vec<_> = way
        .asked()
        .iter()
        .filter(|asked| asked.target == UPDATE)
        .map(|asked| asked.header("idempotency-key").unwrap().to_owned())
        .collect();
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    (said, shop.revision() - before)
}

#[test]
fn a_write_whose_answer_is_lost_is_asked_for_again_and_done_once() {
    let (said, writes) = set(|turn, before, behind| match before {
        0 => lose(turn, behind),
        _ => carry(turn, behind),
    });
    assert_eq!((said.code, writes), (Some(0), 1), "{said:?}");
}

#[test]
fn a_write_that_was_lost_is_sent_again() {
    let (said, writes) = set(|turn, before, behind| match before {
        0 => {
            reset(turn.wire);
            After::Close
        }
        1 => error(turn, "503 Service Unavailable", ""),
        _ => carry(turn, behind),
    });
    assert_eq!((said.code, writes), (Some(0), 1), "{said:?}");
}

#[test]
fn a_write_whose_answer_never_comes_is_done_once_and_nobody_says_that_it_is() {
    let (said, writes) = set(|turn, _, behind| lose(turn, behind));
    assert_eq!((said.code, writes), (Some(5), 1), "{said:?}");
    assert!(
        said.err.contains("It may have been carried out"),
        "{said:?}"
    );
}

#[test]
fn a_check_is_one_connection_and_one_request() {
    let (_shop, _served, way, home) = shop(|turn, _, behind| carry(turn, behind));
    let said = home.flags("check analytics --user ana --profile p");
    assert!(matches!(said.code, Some(0 | 1)), "{said:?}");
    assert_eq!((way.connections(), way.asked().len()), (1, 1));
}
