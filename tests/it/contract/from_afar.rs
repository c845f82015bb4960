//! Stores at a server: the program serves an empty store, and the story is told to its client.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::Duration;

use flags::domain::catalog::Revision;
use flags::domain::change::ChangeSet;
use flags::domain::refusal::Refusal;
use flags::domain::subject::{SubjectId, User};
use flags::domain::target::Target;
use flags::domain::text::Reason;
use flags::remote::api::{Credential, Options};
use flags::secret::Secret;
use flags::server::access::Scope as KeyScope;
use flags::store::http::HttpStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{
    Amend, Author, Capabilities, Feed, Head, Loaded, Planner, Purpose, RecordKind, Records, Relay,
    Scope, Server as Where, Snapshot, Store, StoreError, Written,
};

use serde_json::json;

use super::a_small_project;
use crate::cli::kit::Place;
use crate::project::{
    audience, author, catalog, on_plan, put_user, read, revision, seen, try_write, write,
};
use crate::serve::kit::{Server, answered, key};

/// The moment of [`author`], which the server takes for now.
const NOW: &str = "2026-11-18T11:06:40Z";

/// A server over an empty store.
pub(crate) fn serving(place: &Place, arguments: &[&str]) -> Server {
    Server::by(Server::command(place, arguments).env("FLAGS_NOW", NOW))
}

/// The store of a server, as its clients see it.
pub(crate) fn far(server: &Server, key: Option<&str>) -> HttpStore {
    at(server.url(), key)
}

fn at(url: &str, key: Option<&str>) -> HttpStore {
    let credential = key.map_or(Credential::None, |key| Credential::Bearer(Secret::new(key)));
    let place = Where {
        address: url.parse().unwrap(),
        known: credential.into(),
        ca_bundle: None,
        options: Options::default(),
    };
    HttpStore::new(place.api(), || false)
}

pub(crate) fn http(behaviour: fn(&dyn Store)) {
    let place = Place::empty();
    let server = serving(&place, &["--insecure-no-auth"]);
    behaviour(&far(&server, None));
}

/// Written where it is, and looked at from afar.
pub(crate) struct Beside {
    here: SqliteStore,
    there: HttpStore,
}

pub(crate) fn beside(behaviour: fn(&dyn Store)) {
    let place = Place::empty();
    let server = serving(&place, &["--insecure-no-auth"]);
    behaviour(&Beside {
        here: SqliteStore::open(&place.store()).unwrap(),
        there: far(&server, None),
    });
}

impl Store for Beside {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, StoreError> {
        self.there.snapshot()
    }

    fn update(&self, author: &Author, planner: &mut Planner<'_>) -> Result<Written, StoreError> {
        self.here.update(author, planner)
    }

    fn load(&self, purpose: Purpose<'_>, feed: &mut Feed<'_>) -> Result<Loaded, StoreError> {
        self.here.load(purpose, feed)
    }

    fn replay(&self, after: &Head, relay: &mut Relay<'_>) -> Result<Head, StoreError> {
        self.here.replay(after, relay)
    }

    fn refuses(&self, command: &str, targets: &[Target]) -> Result<(), StoreError> {
        self.there.refuses(command, targets)
    }

    fn accepts(&self, snapshot: &dyn Snapshot, changes: &ChangeSet) -> Result<(), StoreError> {
        self.there.accepts(snapshot, changes)
    }

    fn given(&self, subject: &SubjectId) -> Result<BTreeSet<String>, StoreError> {
        self.there.given(subject)
    }

    fn capabilities(&self) -> Capabilities {
        self.there.capabilities()
    }

    fn pulse(&self) -> Result<u64, StoreError> {
        self.there.pulse()
    }

    fn await_pulse(&self, seen: u64, at_most: Duration) -> Result<u64, StoreError> {
        self.there.await_pulse(seen, at_most)
    }
}

impl Records for Beside {
    fn record(&self, kind: RecordKind, name: &str) -> Result<Option<String>, StoreError> {
        self.there.record(kind, name)
    }

    fn records(&self, kind: RecordKind) -> Result<Vec<(String, String)>, StoreError> {
        self.there.records(kind)
    }

    fn amend(&self, kind: RecordKind, name: &str, amend: &mut Amend<'_>) -> Result<(), StoreError> {
        self.here.amend(kind, name, amend)
    }
}

#[test]
fn a_server_writes_its_callers_name_and_its_own_time() {
    let place = Place::empty();
    let keys = [("ci", KeyScope::Write), ("looker", KeyScope::Read)];
    let [ci, looker] = keys.map(|(name, scope)| key(&place, name, scope));
    let server = serving(&place, &[]);
    let store = far(&server, Some(&ci));
    let reason: Reason = read("as agreed");
    let by = Author {
        at: 1,
        actor: "somebody else".to_owned(),
        command: "user assign".to_owned(),
        reason: Some(reason.clone()),
        request: None,
    };
    let dan = put_user("dan", None, Some(User::default()));
    let written = store.update(&by, &mut |_| Ok([dan.clone()].into_iter().collect()));
    let snapshot = store.snapshot().unwrap();
    let entry = snapshot.entry(written.unwrap().revision).unwrap().unwrap();
    assert_eq!((entry.actor.as_str(), entry.at), ("ci", author().at));
    assert_eq!(
        (entry.command, entry.reason),
        (by.command.clone(), Some(reason))
    );

    // Whoever may look may not write, and nobody but those who look after the server sees records.
    let denied = |error: StoreError| match error {
        StoreError::Remote(error) => assert_eq!(error.status(), Some(403)),
        other => panic!("{other:?}"),
    };
    let looker = far(&server, Some(&looker));
    assert_eq!(revision(&looker), Revision(1));
    let eve = put_user("eve", None, Some(User::default()));
    denied(try_write(&looker, [eve.clone()]).unwrap_err());
    let fed = looker.load(Purpose::Write(&by), &mut |_, intake| intake.change(&eve));
    denied(fed.unwrap_err());
    for kind in RecordKind::ALL {
        denied(store.records(kind).unwrap_err());
    }
    assert_eq!(revision(&looker), Revision(1));
}

#[test]
fn lists_that_are_numbered_anew_are_no_answer_of_the_moment_before() {
    let place = Place::empty();
    let server = serving(&place, &["--insecure-no-auth"]);
    let (store, other) = (far(&server, None), far(&server, None));
    a_small_project(&store);
    let snapshot = store.snapshot().unwrap();
    let before = seen(&*snapshot);
    let named = snapshot.lists_naming(&read("user:ann")).unwrap();
    let whole = audience(&other, "beta");
    let emptied = flags::domain::change::replace_audience(
        &read("beta"),
        whole,
        flags::domain::target::Audience::default(),
    );
    write(&other, emptied);
    // What names no list by its number is still told as of then.
    assert_eq!(snapshot.audience(&read("beta")).unwrap(), {
        let told = before.features["beta"].targeting().clone();
        Some(told)
    });
    let mixed = snapshot.lists_naming(&read("user:ann"));
    assert!(
        matches!(mixed, Err(StoreError::Moved)),
        "{named:?}, {mixed:?}"
    );
    // A fresh look is of one moment again.
    assert_eq!(
        store
            .snapshot()
            .unwrap()
            .lists_naming(&read("user:ann"))
            .unwrap(),
        []
    );
}

#[test]
fn a_write_that_somebody_was_quicker_than_is_planned_anew() {
    let place = Place::empty();
    let server = serving(&place, &["--insecure-no-auth"]);
    let (store, other) = (far(&server, None), far(&server, None));
    a_small_project(&store);
    let mut times = 0;
    let written = store.update(&author(), &mut |snapshot| {
        times += 1;
        let cid = snapshot.user(&read("cid"))?;
        if times <= 2 {
            let name = format!("quick{times}");
            write(&other, [put_user(&name, None, Some(on_plan("free")))]);
        }
        Ok([put_user("cid", cid, None)].into_iter().collect())
    });
    assert_eq!((times, written.unwrap().revision), (3, Revision(4)));

    // Not for ever.
    let mut times = 0;
    let given_up = store.update(&author(), &mut |snapshot| {
        times += 1;
        snapshot.revision()?;
        let name = format!("always{times}");
        write(&other, [put_user(&name, None, Some(on_plan("free")))]);
        Ok([put_user("ann", snapshot.user(&read("ann"))?, None)]
            .into_iter()
            .collect())
    });
    assert!(matches!(
        given_up,
        Err(StoreError::Refused(Refusal::Stale(_)))
    ));
    assert_eq!(times, 10);
    let catalog = catalog(&store);
    assert_eq!(catalog.features.len(), 3);
    assert!(store.snapshot().unwrap().catalog(Scope::All).is_ok());
}

#[test]
fn a_write_that_is_sent_twice_is_carried_out_once() {
    let place = Place::empty();
    let server = serving(&place, &["--insecure-no-auth"]);
    let store = far(&server, None);
    a_small_project(&store);
    let dan = put_user("dan", None, Some(User::default()));
    let eve = put_user("eve", None, Some(User::default()));
    let update = json!({"revision": 1, "changes": [dan]}).to_string();
    let line = json!({"change": eve}).to_string();
    let nothing = json!({"revision": 2, "changes": []}).to_string();
    let settle = "\"settle\"".to_owned();
    for (path, media, body, other) in [
        ("/v1/store/update", "application/json", update, nothing),
        (
            "/v1/store/load?mode=write",
            "application/x-ndjson",
            line,
            settle,
        ),
    ] {
        let send = |body: &str| {
            let request = server.request("POST", path).body(body.to_owned());
            let request = request.header("idempotency-key", path);
            answered(request.header("content-type", media))
        };
        let (first, made) = (send(&body), revision(&store));
        assert_eq!(first.status, 200, "{first:?}");
        let second = send(&body);
        assert_eq!((second.status, &second.body), (200, &first.body), "{path}");
        let reused = send(&other).expect(422);
        assert_eq!(reused["error"]["code"], "idempotency_key_reused", "{path}");
        assert_eq!(revision(&store), made);
    }
    assert_eq!(revision(&store), Revision(3));
}

#[test]
fn an_answer_that_is_cut_off_is_no_answer() {
    let whole = "{\"moment\":{\"revision\":1,\"numbered\":1}}\n{\"row\":[\"ann\",{}]}\n";
    for (body, whether) in [
        (whole.to_owned(), false),
        (format!("{whole}{{\"end\":2}}\n"), false),
        (format!("{whole}{{\"end\":1}}\n"), true),
        (
            format!("{whole}{{\"end\":1}}\n{{\"row\":[\"bob\",{{}}]}}\n"),
            false,
        ),
        ("{\"end\":0}\n".to_owned(), false),
        (String::new(), false),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        let serving = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        });
        let store = at(&url, None);
        let snapshot = store.snapshot().unwrap();
        let mut met = 0;
        let walked = snapshot.users(None, &mut |_| {
            met += 1;
            std::ops::ControlFlow::Continue(())
        });
        assert_eq!(walked.is_ok(), whether, "{body:?}: {walked:?}, {met}");
        serving.join().unwrap();
    }
}
