//! The history from afar: the same words as at home, in few requests however many writes there are.

use std::ops::ControlFlow;

use flags::domain::change::{Change, ChangeSet};
use flags::domain::feature::Feature;
use flags::domain::subject::User;
use flags::domain::text::Name;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Scope, Snapshot, Store, StoreError};

use super::{asked, named};
use crate::cli::kit::{Place, Said};
use crate::serve::kit::Server;

const WRITES: usize = 1000;

/// The shop, in which `analytics` and `sso` are renamed by turns, again and again; one of the writes
/// has more changes than go along with a list of writes.
fn long_story() -> Place {
    let shop = Place::shop();
    let store = SqliteStore::open(&shop.store()).unwrap();
    let author = |at: usize| Author {
        at: 1_777_000_000_000 + at as i64,
        actor: "ann".to_owned(),
        command: "feature edit".to_owned(),
        ..Author::default()
    };
    for number in 0..WRITES {
        let key = ["analytics", "sso"][number % 2];
        let rename = &mut |snapshot: &dyn Snapshot| renamed(snapshot, key, number);
        store.update(&author(number), rename).unwrap();
    }
    let users = (0..100).map(|number| Change::User {
        id: format!("u{number}").parse().unwrap(),
        before: None,
        after: Some(User::default()),
    });
    let many = ChangeSet::new(users);
    store
        .update(&author(WRITES), &mut |_| Ok(many.clone()))
        .unwrap();
    shop
}

fn renamed(snapshot: &dyn Snapshot, key: &str, number: usize) -> Result<ChangeSet, StoreError> {
    let key = key.parse().unwrap();
    let before = snapshot.catalog(Scope::All)?.features[&key].feature.clone();
    let name: Name = format!("Name {number}").parse().unwrap();
    let after = Feature {
        name: Some(name),
        ..before.clone()
    };
    Ok(ChangeSet::new(vec![Change::Feature {
        key,
        before: Some(before),
        after: Some(after),
    }]))
}

fn requests(said: &Said) -> usize {
    let sent = |line: &&str| line.starts_with("> POST") || line.starts_with("> GET");
    said.err.lines().filter(sent).count()
}

#[test]
fn a_long_history_takes_few_requests_and_is_told_as_at_home() {
    let shop = long_story();
    let server = Server::open(&shop);
    let home = named("http", server.url());
    for (line, most) in [
        ("log --limit 0", 16),
        ("log --limit 0 --json", 16),
        ("log --limit 0 --json=revision,hash", 12),
        ("log --limit 0 --lines --changes 0", 16),
        ("log --limit 0 --feature sso", 24),
        ("log --limit 0 --feature sso --json", 24),
        ("log --limit 0 --user ana", 24),
        ("log --limit 30 --actor ann", 16),
        ("log", 12),
        ("log 7", 6),
        ("log 1 --json", 6),
        ("explain analytics --user ana --history", 12),
        ("explain sso --user ben --history --json", 12),
    ] {
        let here = shop.flags(line);
        let there = asked(&home, &format!("{line} --verbose"));
        assert_eq!(
            (there.code, &there.out),
            (here.code, &here.out),
            "{line}: {}",
            here.err
        );
        let requests = requests(&there);
        assert!(
            (1..=most).contains(&requests),
            "{line}: {requests} requests"
        );
    }
}

#[test]
fn writes_between_two_looks_are_told_once_each_whatever_is_asked_for_in_between() {
    let shop = long_story();
    let server = Server::open(&shop);
    let far = crate::contract::from_afar::far(&server, None);
    let (far, here) = (
        far.snapshot().unwrap(),
        SqliteStore::open(&shop.store()).unwrap(),
    );
    let here = here.snapshot().unwrap();
    let latest = here.revision().unwrap();
    // Downwards, upwards, and across what was fetched in advance.
    let steps = (0..40)
        .chain((0..60).rev())
        .chain([500, 30, 501, 502, 700, 999]);
    for revision in steps.map(|back| flags::domain::catalog::Revision(latest.0 - back)) {
        assert_eq!(far.entry(revision).unwrap(), here.entry(revision).unwrap());
        assert_eq!(
            far.digest(revision).unwrap(),
            here.digest(revision).unwrap()
        );
        assert_eq!(
            far.change_count(revision).unwrap(),
            here.change_count(revision).unwrap()
        );
        let wanted = flags::store::About::Definitions;
        for about in [flags::store::About::All, wanted] {
            let told = |snapshot: &dyn Snapshot| {
                let mut told = Vec::new();
                let visit = &mut |change| {
                    told.push(change);
                    ControlFlow::Continue(())
                };
                snapshot.each_change(revision, about, visit).unwrap();
                told
            };
            assert_eq!(told(&*far), told(&*here), "{revision}");
        }
    }
}
