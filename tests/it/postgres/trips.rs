//! How often the server is asked, and what is known without asking it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use flags::domain::feature::Feature;
use flags::domain::value::Kind;
use flags::edit::{Edit, SetOverride};
use flags::server::live::Prepared;
use flags::store::postgres::{Latest, PostgresStore};
use flags::store::{Kept, Question, RecordKind, Records, Scope, Store, StoreError, gather};

use super::kit::Ground;
use crate::project::{author, document, fill, held, limit, put_user, read, try_write, write};

const PROJECT: &str = r#""features": {"seats": {"type": "limit"}},
    "plans": {"pro": {"grants": {"seats": 5}}},
    "organizations": {"acme": {"plan": "pro"}},
    "users": {"ann": {"plan": "pro", "organizations": ["acme"]}}"#;

/// Passes on whatever is said, and counts how often an answer is waited for.
struct Counter {
    port: u16,
    trips: Arc<AtomicU32>,
}

impl Counter {
    fn new(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let trips = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&trips);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), counted) = (client, Arc::clone(&counted)) else {
                    return;
                };
                thread::spawn(move || carry(client, server, &counted));
            }
        });
        Self { port, trips }
    }

    /// How many trips something takes once everything is prepared: the fewest of some, since what is
    /// sent at once need not arrive at once.
    fn trips(&self, mut of: impl FnMut()) -> u32 {
        let each = (0..8).map(|_| {
            let before = self.trips.load(Ordering::SeqCst);
            of();
            self.trips.load(Ordering::SeqCst) - before
        });
        each.min().unwrap()
    }
}

fn carry(mut client: TcpStream, server: u16, trips: &AtomicU32) {
    let mut server = TcpStream::connect(("127.0.0.1", server)).unwrap();
    let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    let answered = Arc::new(AtomicBool::new(true));
    let has_answered = Arc::clone(&answered);
    thread::spawn(move || {
        let mut buffer = [0; 65536];
        while let Ok(length @ 1..) = answers.read(&mut buffer) {
            has_answered.store(true, Ordering::SeqCst);
            if back.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = back.shutdown(Shutdown::Both);
    });
    let mut buffer = [0; 65536];
    while let Ok(length @ 1..) = client.read(&mut buffer) {
        let said = &buffer[..length];
        // Nobody waits for the end of what was only read.
        let is_waited_for = said != b"Q\0\0\0\x0dROLLBACK\0";
        if is_waited_for && answered.swap(false, Ordering::SeqCst) {
            trips.fetch_add(1, Ordering::SeqCst);
        }
        if server.write_all(said).is_err() {
            return;
        }
    }
    let _ = server.shutdown(Shutdown::Both);
}

/// A store of which nobody else in this process knows anything.
fn stranger(ground: &Ground, port: u16) -> PostgresStore {
    let mut place = ground.behind(port);
    place.latest = Latest::default();
    PostgresStore::open(&place)
}

fn set_seats(seats: u64) -> Edit {
    Edit::SetOverride(SetOverride {
        subject: read("user:ann"),
        feature: read("seats"),
        value: Some(read(&seats.to_string())),
        reason: None,
        starts: None,
        expires: None,
        create: false,
    })
}

fn carry_out(store: &dyn Store, edit: &Edit) {
    let now = read("2026-01-01");
    let planned = store.update(&author(), &mut |snapshot| {
        let planned = edit.plan(snapshot, now);
        planned.map_err(|_| StoreError::GivenUp)
    });
    planned.unwrap();
}

#[test]
fn an_override_is_written_in_three_trips_a_record_in_two_and_a_question_is_answered_in_one() {
    let Some(ground) = Ground::new() else {
        return;
    };
    fill(&ground.create(), document(PROJECT));
    let counter = Counter::new(ground.port());
    let store = stranger(&ground, counter.port);
    let mut seats = 1;
    // The lock with all that is foreseen, who is written about, and all that is written.
    let written = counter.trips(|| {
        seats += 1;
        carry_out(&store, &set_seats(seats));
    });
    assert_eq!(written, 3);
    assert_eq!(held(&store, "user:ann", "seats").effect, grant_of(seats));
    let amended = counter.trips(|| {
        let mut more = |found: Option<&str>| Kept::Now(format!("{}x", found.unwrap_or_default()));
        store.amend(RecordKind::Claims, "ann", &mut more).unwrap();
    });
    assert_eq!(amended, 2);
    let prepared = Prepared::new(store.snapshot().unwrap().catalog(Scope::All).unwrap());
    let asked = counter.trips(|| {
        let snapshot = store.snapshot().unwrap();
        let question = Question::User {
            id: read("ann"),
            within: None,
            targets: Vec::new(),
        };
        let found = gather(&*snapshot, prepared.catalog(), Scope::All, &question);
        assert_eq!(found.unwrap().organizations.len(), 1);
        assert!(snapshot.revision().unwrap().0 > 0);
    });
    assert_eq!(asked, 1);
}

fn grant_of(seats: u64) -> flags::domain::overrides::Effect {
    flags::domain::overrides::Effect::Grant(limit(seats))
}

#[test]
fn what_others_have_defined_is_known_to_the_next_write() {
    let Some(ground) = Ground::new() else {
        return;
    };
    fill(&ground.create(), document(PROJECT));
    let (here, there) = (
        stranger(&ground, ground.port()),
        stranger(&ground, ground.port()),
    );
    for round in 0..4 {
        // Both remember the definitions as they found them.
        carry_out(&here, &set_seats(10 + round));
        carry_out(&there, &set_seats(20 + round));
        let key = read(&format!("new{round}"));
        let snapshot = there.snapshot().unwrap();
        let catalog = snapshot.catalog(Scope::All).unwrap();
        let defined = catalog.set_feature(&key, Some(Feature::new(Kind::Boolean)));
        drop(snapshot);
        write(&there, [defined]);
        let over = Edit::SetOverride(SetOverride {
            subject: read("org:acme"),
            feature: key,
            value: None,
            reason: None,
            starts: None,
            expires: None,
            create: false,
        });
        carry_out(&here, &over);
    }
    let snapshot = here.snapshot().unwrap();
    assert_eq!(snapshot.verify(None).unwrap().misfit, None);
    let rows = ground.sql("SELECT count(DISTINCT feature_id) FROM \"override\"");
    assert_eq!(rows, ["5"]);
}

#[test]
fn a_statement_that_fails_beside_the_commit_takes_the_write_back() {
    let Some(ground) = Ground::new() else {
        return;
    };
    let store = ground.create();
    ground.sql(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION 'not today'; END $$; \
         CREATE TRIGGER refuse BEFORE UPDATE ON state FOR EACH ROW EXECUTE FUNCTION refuse()",
    );
    for _ in 0..3 {
        let refused = try_write(&store, [put_user("ann", None, Some(Default::default()))]);
        let refused = refused.unwrap_err();
        assert_ne!(refused.code(), "in_doubt", "{refused}");
        assert_eq!(ground.sql("SELECT count(*) FROM subject"), ["0"]);
        assert_eq!(ground.sql("SELECT count(*) FROM mark"), ["0"]);
    }
    ground.sql("DROP TRIGGER refuse ON state");
    write(&store, [put_user("ann", None, Some(Default::default()))]);
    assert_eq!(ground.sql("SELECT count(*) FROM subject"), ["1"]);
}

#[test]
fn who_waits_hears_of_records_too_and_hardly_asks() {
    let Some(ground) = Ground::new() else {
        return;
    };
    ground.create();
    let counter = Counter::new(ground.port());
    let (store, other) = (stranger(&ground, counter.port), ground.open());
    let seen = store.pulse().unwrap();
    assert_eq!(store.await_pulse(seen, Duration::ZERO).unwrap(), seen);
    let before = counter.trips.load(Ordering::SeqCst);
    for _ in 0..10 {
        let heard = store.await_pulse(seen, Duration::from_millis(100)).unwrap();
        assert_eq!(heard, seen);
    }
    let asked = counter.trips.load(Ordering::SeqCst) - before;
    assert!(asked <= 2, "{asked} trips in a second");
    let begun = Instant::now();
    let heard = thread::scope(|scope| {
        scope.spawn(move || {
            thread::sleep(Duration::from_millis(200));
            let mut more = |_: Option<&str>| Kept::Now("x".to_owned());
            other.amend(RecordKind::Claims, "ann", &mut more).unwrap();
        });
        store.await_pulse(seen, Duration::from_secs(20)).unwrap()
    });
    assert_eq!(heard, seen + 1);
    assert!(begun.elapsed() < Duration::from_secs(10));
}
