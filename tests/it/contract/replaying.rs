//! A history that goes from one store to another as it is.

use std::ops::ControlFlow;

use flags::domain::catalog::Revision;
use flags::store::memory::MemoryStore;
use flags::store::{
    Digest, Head, HistoryError, Piece, Purpose, RecordKind, Store, StoreError, Wanted,
};

use super::a_small_project;
use crate::project::{everything, grant, head, on_plan, put_user, read, walked, write};

/// A history of some writes: definitions, subjects, and overrides that share a row.
fn a_history(store: &dyn Store) {
    a_small_project(store);
    write(store, [put_user("dan", None, Some(on_plan("pro")))]);
    write(store, [put_user("eve", None, Some(on_plan("free")))]);
    let (beta, over) = (read("beta"), grant(flags::domain::value::Value::On));
    let author = crate::project::author();
    let loaded = store.load(Purpose::Write(&author), &mut |_, intake| {
        for (row, subject) in (0..).zip(["user:ann", "user:dan", "user:eve"]) {
            let subject = read(subject);
            let wanted = Wanted {
                row,
                subject: &subject,
                feature: &beta,
                after: Some(&over),
            };
            intake.want(&wanted)??;
        }
        intake.settle(&mut |_| ControlFlow::Continue(()))
    });
    loaded.unwrap();
    let dan = Some(on_plan("pro"));
    write(store, [put_user("dan", dan, Some(on_plan("free")))]);
}

fn pieces(store: &dyn Store, after: Revision) -> Vec<Piece> {
    let snapshot = store.snapshot().unwrap();
    walked(|visit| snapshot.retell(after, visit))
}

fn replay(store: &dyn Store, after: Head, pieces: &[Piece]) -> Result<Head, StoreError> {
    store.replay(&after, &mut |replay| {
        pieces.iter().try_for_each(|piece| replay.take(piece))
    })
}

/// What is there, who wrote it and when, and that all of it has its hashes.
#[track_caller]
fn are_the_same(one: &dyn Store, other: &dyn Store) {
    assert_eq!(everything(one), everything(other));
    let entries = |store: &dyn Store| {
        let snapshot = store.snapshot().unwrap();
        walked(|visit| snapshot.history(None, visit))
    };
    assert_eq!(entries(one), entries(other));
    for store in [one, other] {
        let verified = store.snapshot().unwrap().verify(None).unwrap();
        assert_eq!((verified.misfit, verified.head), (None, head(one)));
    }
}

pub(super) fn a_history_is_told_and_kept_with_the_hashes_that_it_has(store: &dyn Store) {
    // There and back: what a store keeps of another one's rows, it tells as it was told.
    let plain = MemoryStore::new();
    a_history(&plain);
    let told = pieces(&plain, Revision::UNKNOWN);
    let end = replay(store, Head::default(), &told).unwrap();
    assert_eq!(end, head(&plain));
    are_the_same(store, &plain);
    assert_eq!(pieces(store, Revision::UNKNOWN), told);
    let back = MemoryStore::new();
    replay(&back, Head::default(), &pieces(store, Revision::UNKNOWN)).unwrap();
    are_the_same(&back, store);
    // It goes on as if it had been written there.
    let eve = || [put_user("eve", Some(on_plan("free")), Some(on_plan("pro")))];
    assert_eq!(write(store, eve()).revision, write(&back, eve()).revision);
    assert_eq!(everything(store), everything(&back));
    let verified = store.snapshot().unwrap().verify(None).unwrap();
    assert_eq!((verified.misfit, verified.writes), (None, 6));
}

pub(super) fn a_replay_goes_on_behind_the_end_and_nowhere_else(store: &dyn Store) {
    let plain = MemoryStore::new();
    a_history(&plain);
    let told = pieces(&plain, Revision::UNKNOWN);
    let sealed = |piece: &Piece| matches!(piece, Piece::Sealed(_));
    let first = 1 + told.iter().position(sealed).unwrap();
    let end = replay(store, Head::default(), &told[..first]).unwrap();
    assert_eq!(end.revision, Revision(1));
    // From the start once more, behind another hash, or with a write left out.
    let elsewhere = Head {
        digest: Digest([7; 32]),
        ..end
    };
    for after in [Head::default(), elsewhere, head(&plain)] {
        let refused = replay(store, after, &told[first..]);
        assert!(matches!(refused, Err(StoreError::Moved)), "{refused:?}");
    }
    let second = first + 1 + told[first..].iter().position(sealed).unwrap();
    let refused = replay(store, end, &told[second..]);
    let missing = HistoryError::Missing(Revision(2));
    assert!(
        matches!(&refused, Err(StoreError::History(error)) if *error == missing),
        "{refused:?}"
    );
    assert_eq!(head(store), end);
    let rest = pieces(&plain, end.revision);
    assert_eq!(rest, told[first..]);
    replay(store, end, &rest).unwrap();
    are_the_same(store, &plain);
}

pub(super) fn what_was_altered_on_its_way_leaves_no_trace(store: &dyn Store) {
    let plain = MemoryStore::new();
    a_history(&plain);
    let told = pieces(&plain, Revision::UNKNOWN);
    let altered = |alter: &dyn Fn(&mut Piece)| {
        let mut pieces = told.clone();
        pieces.iter_mut().for_each(alter);
        pieces
    };
    let by_another = altered(&|piece| {
        if let Piece::Write(entry) = piece {
            entry.actor.push('x');
        }
    });
    let in_other_words = altered(&|piece| {
        if let Piece::Row { body, .. } = piece {
            body.push(' ');
        }
    });
    let without_hashes = altered(&|piece| {
        if let Piece::Sealed(digest) = piece {
            digest.0[31] ^= 1;
        }
    });
    let nonsense = altered(&|piece| {
        if let Piece::Row { body, .. } = piece {
            *body = "{\"change\":\"nothing\"}".to_owned();
        }
    });
    let cut_off = told[..told.len() - 1].to_vec();
    for pieces in [
        by_another,
        in_other_words,
        without_hashes,
        nonsense,
        cut_off,
    ] {
        let refused = replay(store, Head::default(), &pieces);
        assert!(refused.is_err(), "{refused:?}");
        assert_eq!(head(store), Head::default());
    }
    let given_up = store.replay(&Head::default(), &mut |replay| {
        told.iter().try_for_each(|piece| replay.take(piece))?;
        Err(StoreError::GivenUp)
    });
    assert!(matches!(given_up, Err(StoreError::GivenUp)));
    assert_eq!(head(store), Head::default());
    assert!(everything(store).features.is_empty());
    replay(store, Head::default(), &told).unwrap();
    are_the_same(store, &plain);
}

pub(super) fn records_come_along_in_the_same_transaction(store: &dyn Store) {
    let record = |name: &str, body: Option<&str>| Piece::Record {
        kind: RecordKind::Claims,
        name: name.to_owned(),
        body: body.map(str::to_owned),
    };
    let hostile = "'; DROP TABLE record; --\u{0}\n{\"a\":1}";
    let put = [record("ann", Some("1")), record("bob", Some(hostile))];
    let before = store.pulse().unwrap();
    assert_eq!(
        replay(store, Head::default(), &put).unwrap(),
        Head::default()
    );
    assert_ne!(store.pulse().unwrap(), before);
    let of = |name| store.record(RecordKind::Claims, name).unwrap();
    assert_eq!(
        (of("ann").as_deref(), of("bob").as_deref()),
        (Some("1"), Some(hostile))
    );
    let alter = [record("ann", None), record("bob", Some("2"))];
    let failed = store.replay(&Head::default(), &mut |replay| {
        alter.iter().try_for_each(|piece| replay.take(piece))?;
        Err(StoreError::GivenUp)
    });
    assert!(failed.is_err());
    assert_eq!(
        (of("ann").as_deref(), of("bob").as_deref()),
        (Some("1"), Some(hostile))
    );
    replay(store, Head::default(), &alter).unwrap();
    assert_eq!((of("ann"), of("bob").as_deref()), (None, Some("2")));
}
