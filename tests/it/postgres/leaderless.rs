//! A leader that says nothing any more, and what goes on without it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use flags::store::Store;
use flags::store::postgres::place::Target;
use flags::store::postgres::{Host, Latest, Place, PostgresStore};
use serde_json::json;

use super::kit::Ground;
use crate::cli::kit::Place as Home;
use crate::project::{document, fill, member_of, put_user, write};
use crate::serve::kit::Server;

/// Longer than it takes to see that a leader is silent, and less than anybody's patience.
const SOON: Duration = Duration::from_secs(20);
/// Less than anybody waits for a silent leader.
const AT_ONCE: Duration = Duration::from_millis(1900);
const MINUTE: Duration = Duration::from_secs(60);

const PROJECT: &str = r#""features": {"beta": {"type": "boolean"}}, "users": {"ann": {}}"#;

/// A way to the server of the tests, as a leader or as one that takes no writes. It can fall silent, as
/// a cable does that was pulled out: nobody is told.
struct Way {
    port: u16,
    silent: Arc<AtomicBool>,
}

impl Way {
    fn to(server: u16, is_replica: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let silent = Arc::new(AtomicBool::new(false));
        let falls_silent = Arc::clone(&silent);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let silent = Arc::clone(&falls_silent);
                thread::spawn(move || lead(client, server, is_replica, &silent));
            }
        });
        Self { port, silent }
    }

    fn is_silent(&self, silent: bool) {
        self.silent.store(silent, Ordering::SeqCst);
    }

    fn host(&self) -> Host {
        Host::Tcp {
            name: "127.0.0.1".to_owned(),
            port: self.port,
        }
    }
}

fn lead(mut client: TcpStream, server: u16, is_replica: bool, silent: &Arc<AtomicBool>) {
    let mut server = TcpStream::connect(("127.0.0.1", server)).unwrap();
    if is_replica {
        let mut length = [0; 4];
        client.read_exact(&mut length).unwrap();
        let mut said = vec![0; u32::from_be_bytes(length) as usize - 4];
        client.read_exact(&mut said).unwrap();
        // The last byte ends the list of parameters.
        said.pop();
        said.extend(b"options\0-c default_transaction_read_only=on\0\0");
        let length = u32::try_from(said.len() + 4).unwrap();
        server.write_all(&length.to_be_bytes()).unwrap();
        server.write_all(&said).unwrap();
    }
    let (answers, back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let is_silent = Arc::clone(silent);
    thread::spawn(move || pass(answers, back, &is_silent));
    pass(client, server, silent);
}

/// Passes on what is said. What is said into a silence is lost, and the connection with it once the
/// silence ends.
fn pass(mut from: TcpStream, mut to: TcpStream, silent: &AtomicBool) {
    let mut buffer = [0; 65536];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        let mut is_lost = false;
        while silent.load(Ordering::SeqCst) {
            is_lost = true;
            thread::sleep(Duration::from_millis(10));
        }
        if is_lost || to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

impl Drop for Way {
    fn drop(&mut self) {
        self.is_silent(false);
    }
}

/// The project of a test, reached by a leader and a replica.
struct Pair {
    leader: Way,
    place: Place,
    // Gone last: what holds its tables has to end before.
    ground: Ground,
}

impl Pair {
    fn new() -> Option<Self> {
        let ground = Ground::new()?;
        fill(&ground.create(), document(PROJECT));
        let leader = Way::to(ground.port(), false);
        let replica = Way::to(ground.port(), true);
        let mut place = ground.behind(leader.port);
        place.hosts.push(replica.host());
        place.connect_timeout = Duration::from_secs(1);
        Some(Self {
            ground,
            leader,
            place,
        })
    }
}

#[track_caller]
fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    assert!(begun.elapsed() < limit, "{:?}", begun.elapsed());
    done
}

#[test]
fn while_the_leader_is_silent_a_replica_says_whether_anybody_wrote() {
    let Some(pair) = Pair::new() else { return };
    let store = PostgresStore::open(&pair.place.clone().served(MINUTE));
    let before = store.pulse().unwrap();
    let revision = || store.snapshot().unwrap().revision().unwrap();
    let known = revision();
    pair.leader.is_silent(true);
    let meanwhile = within(SOON, || store.pulse()).unwrap();
    // What a replica says is never taken for what the next leader says under the same number.
    assert_ne!(meanwhile, before);
    assert_eq!(within(AT_ONCE, || store.pulse()).unwrap(), meanwhile);
    assert_eq!(within(SOON, revision), known);
    assert_eq!(within(AT_ONCE, revision), known);
    // It tells of writes, too.
    write(
        &pair.ground.open(),
        [put_user("bob", None, Some(member_of(&[])))],
    );
    let later = within(AT_ONCE, || store.pulse()).unwrap();
    assert_ne!(later, meanwhile);
    assert_eq!(within(AT_ONCE, revision), known.next());
    // Whoever listens finds the leader again, and from then on it is asked.
    pair.leader.is_silent(false);
    let ear = PostgresStore::open(store.place());
    let heard = ear.await_pulse(u64::MAX, Duration::ZERO).unwrap();
    assert_eq!(store.pulse().unwrap(), heard);
}

#[test]
fn whoever_allows_nothing_old_hears_nothing_without_a_leader() {
    let Some(pair) = Pair::new() else { return };
    let mut primary = pair.place.clone();
    primary.target = Target::Primary;
    let places = [
        pair.place.clone(),
        pair.place.clone().served(Duration::ZERO),
        primary.served(MINUTE),
    ];
    let stores = places.each_ref().map(PostgresStore::open);
    for store in &stores {
        store.pulse().unwrap();
    }
    pair.leader.is_silent(true);
    for store in &stores {
        assert!(store.pulse().is_err(), "{store:?}");
    }
    // Nor does one who never heard the leader: nobody knows how old the replica is.
    let mut unheard = pair.place.clone().served(MINUTE);
    unheard.latest = Latest::default();
    assert!(PostgresStore::open(&unheard).pulse().is_err());
}

#[test]
fn a_server_answers_from_a_replica_while_the_leader_is_silent() {
    let Some(pair) = Pair::new() else { return };
    let home = Home::bare();
    let there = format!("{}&connect_timeout=1", pair.place);
    let serve = |more: &[&str]| {
        let all = [&["--store", &there, "--insecure-no-auth"], more].concat();
        Server::start(&home, &all)
    };
    let (server, strict) = (serve(&[]), serve(&["--max-staleness", "0s"]));
    let asked = "/v1/users/ann/entitlements/beta";
    for one in [&server, &strict] {
        one.get(asked).expect(200);
    }
    pair.leader.is_silent(true);
    within(SOON, || server.get(asked)).expect(200);
    within(AT_ONCE, || server.get(asked)).expect(200);
    // Who is not in memory is looked up.
    write(
        &pair.ground.open(),
        [put_user("cid", None, Some(member_of(&[])))],
    );
    let other = "/v1/users/cid/entitlements/beta";
    within(SOON, || server.get(other)).expect(200);
    let refused = strict.get(asked).expect(503);
    assert_eq!(refused["error"]["code"], json!("store_unreachable"));
    pair.leader.is_silent(false);
    let begun = Instant::now();
    while strict.get(asked).status != 200 {
        assert!(begun.elapsed() < MINUTE);
    }
}
