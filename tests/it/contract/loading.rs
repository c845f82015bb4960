//! Writes that are fed change by change.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use flags::domain::catalog::Revision;
use flags::domain::change::{Change, ChangeSet};
use flags::domain::overrides::Override;
use flags::domain::refusal::Refusal;
use flags::domain::value::Value;
use flags::store::{
    About, Fate, Intake, Loaded, Past, Purpose, Scope, Span, Store, StoreError, Wanted,
};

use super::a_small_project;
use crate::project::{
    author, everything, grant, held, limit, member_of, put_override, put_user, read, revision,
    revoke, seen, walked, write,
};

/// A row: whose, which feature, what there should be.
type Row = (&'static str, &'static str, Option<Override>);

/// Puts the rows on the pile, numbered from 1.
fn pile(intake: &mut dyn Intake, rows: &[Row]) -> Result<(), StoreError> {
    for (row, (subject, feature, after)) in (1..).zip(rows) {
        let wanted = Wanted {
            row,
            subject: &read(subject),
            feature: &read(feature),
            after: after.as_ref(),
        };
        intake.want(&wanted)?.unwrap();
    }
    Ok(())
}

/// Settles or weighs the pile and collects the fates by row.
fn fates(intake: &mut dyn Intake, keep: bool) -> BTreeMap<u32, Fate> {
    let mut fates = BTreeMap::new();
    let mut visit = |(row, fate)| {
        assert_eq!(fates.insert(row, fate), None, "row {row} was told twice");
        ControlFlow::Continue(())
    };
    match keep {
        true => intake.settle(&mut visit).unwrap(),
        false => intake.weigh(&mut visit).unwrap(),
    }
    fates
}

fn load(store: &dyn Store, rows: &[Row]) -> (Loaded, BTreeMap<u32, Fate>) {
    let mut told = BTreeMap::new();
    let author = author();
    let loaded = store.load(Purpose::Write(&author), &mut |_, intake| {
        pile(intake, rows)?;
        told = fates(intake, true);
        Ok(())
    });
    (loaded.unwrap(), told)
}

/// One row for each fate: `bob` has `beta` and 7 seats, `ann` is denied `analytics`.
fn rows() -> Vec<Row> {
    vec![
        ("user:cid", "beta", Some(grant(Value::On))),
        ("user:bob", "max_seats", Some(grant(limit(9)))),
        ("user:bob", "beta", Some(grant(Value::On))),
        ("user:ann", "analytics", None),
        ("org:zeta", "beta", None),
        ("user:cid", "beta", Some(grant(Value::On))),
        ("user:cid", "beta", Some(revoke())),
    ]
}

fn expected() -> BTreeMap<u32, Fate> {
    BTreeMap::from([
        (1, Fate::Added),
        (2, Fate::Altered),
        (3, Fate::Unchanged),
        (4, Fate::Cleared),
        (5, Fate::Unchanged),
        (6, Fate::Unchanged),
        (7, Fate::Contradicts(Some(1))),
    ])
}

pub(super) fn wanted_overrides_are_written_and_each_row_learns_its_fate(store: &dyn Store) {
    a_small_project(store);
    let (loaded, told) = load(store, &rows());
    assert_eq!(told, expected());
    let (revision, changes) = (Revision(2), 3);
    assert_eq!(loaded, Loaded { revision, changes });
    assert_eq!(held(store, "user:cid", "beta"), grant(Value::On));
    assert_eq!(held(store, "user:bob", "max_seats"), grant(limit(9)));
    let snapshot = store.snapshot().unwrap();
    let of_ann = snapshot.overrides_of(&read("user:ann"), Scope::All);
    assert!(of_ann.unwrap().is_empty());
    let of_bob = snapshot.overrides_of(&read("user:bob"), Scope::All);
    let marks: Vec<_> = of_bob.unwrap().iter().map(|(_, h)| h.revision).collect();
    assert_eq!(marks, [Revision(1), Revision(2)]);
}

pub(super) fn a_load_that_changes_nothing_leaves_no_trace(store: &dyn Store) {
    a_small_project(store);
    let (loaded, told) = load(store, &[("user:bob", "beta", Some(grant(Value::On)))]);
    assert_eq!(told[&1], Fate::Unchanged);
    let (revision, changes) = (Revision(1), 0);
    assert_eq!(loaded, Loaded { revision, changes });
    let snapshot = store.snapshot().unwrap();
    assert_eq!(walked(|visit| snapshot.history(None, visit)).len(), 1);
}

pub(super) fn a_rehearsal_tells_the_same_fates_and_writes_nothing(store: &dyn Store) {
    a_small_project(store);
    let before = everything(store);
    let mut told = BTreeMap::new();
    let loaded = store.load(Purpose::Rehearse, &mut |_, intake| {
        intake.change(&put_user("new", None, Some(member_of(&[]))))?;
        let mut rows = rows();
        rows.push(("user:new", "beta", Some(revoke())));
        pile(intake, &rows)?;
        told = fates(intake, true);
        Ok(())
    });
    let mut all = expected();
    all.insert(8, Fate::Added);
    assert_eq!(told, all);
    assert_eq!(loaded.unwrap().revision, Revision(1));
    assert_eq!(everything(store), before);
}

pub(super) fn what_is_weighed_is_not_written(store: &dyn Store) {
    a_small_project(store);
    let before = everything(store);
    let mut told = BTreeMap::new();
    let author = author();
    let loaded = store.load(Purpose::Write(&author), &mut |_, intake| {
        pile(intake, &rows())?;
        told = fates(intake, false);
        Ok(())
    });
    assert_eq!(told, expected());
    assert_eq!(loaded.unwrap().revision, Revision(1));
    assert_eq!(everything(store), before);
}

pub(super) fn a_load_that_is_given_up_leaves_no_trace(store: &dyn Store) {
    a_small_project(store);
    let before = everything(store);
    let author = author();
    let declined = store.load(Purpose::Write(&author), &mut |_, intake| {
        intake.change(&put_user("dan", None, Some(member_of(&["acme"]))))?;
        pile(intake, &rows())?;
        fates(intake, true);
        Err(StoreError::GivenUp)
    });
    assert!(matches!(declined, Err(StoreError::GivenUp)));
    let broken_off = store.load(Purpose::Write(&author), &mut |_, intake| {
        pile(intake, &rows())?;
        intake.settle(&mut |_| ControlFlow::Break(()))
    });
    assert!(matches!(broken_off, Err(StoreError::GivenUp)));
    assert_eq!(revision(store), Revision(1));
    assert_eq!(everything(store), before);
    // And the store can be written as before.
    write(store, [put_user("dan", None, Some(member_of(&["acme"])))]);
}

pub(super) fn exact_changes_are_fed_one_by_one_and_compared(store: &dyn Store) {
    a_small_project(store);
    let author = author();
    let (ann, bob) = ("user:ann", "user:bob");
    let stale = store.load(Purpose::Write(&author), &mut |_, intake| {
        intake.change(&put_override(bob, "max_seats", Some(grant(limit(7))), None))?;
        intake.change(&put_override(ann, "beta", Some(revoke()), None))
    });
    assert!(matches!(stale, Err(StoreError::Refused(Refusal::Stale(_)))));
    let before = everything(store);
    // Whatever was written is taken back by feeding it, reversed, latest first.
    load(store, &rows());
    let loaded = store.load(Purpose::Write(&author), &mut |snapshot, intake| {
        let (after, until) = (Revision(1), Revision(2));
        let mut made = Vec::new();
        snapshot.changed(Span { after, until }, About::All, &mut |(_, change)| {
            made.push(change.reversed());
            ControlFlow::Continue(())
        })?;
        made.iter().try_for_each(|change| intake.change(change))
    });
    let (revision, changes) = (Revision(3), 3);
    assert_eq!(loaded.unwrap(), Loaded { revision, changes });
    assert_eq!(everything(store), before);
}

pub(super) fn a_subject_made_known_may_hold_an_override_at_once(store: &dyn Store) {
    a_small_project(store);
    let author = author();
    let loaded = store.load(Purpose::Write(&author), &mut |_, intake| {
        let (dan, after) = (read("user:dan"), grant(Value::On));
        let wanted = Wanted {
            row: 1,
            subject: &dan,
            feature: &read("beta"),
            after: Some(&after),
        };
        let unknown = Refusal::UnknownSubject(dan.clone());
        assert_eq!(intake.want(&wanted)?, Err(unknown));
        intake.change(&put_user("dan", None, Some(member_of(&["acme"]))))?;
        assert_eq!(intake.want(&wanted)?, Ok(()));
        Ok(())
    });
    assert_eq!(loaded.unwrap().changes, 2);
    assert_eq!(held(store, "user:dan", "beta"), grant(Value::On));
}

pub(super) fn what_cannot_be_is_refused_row_by_row(store: &dyn Store) {
    a_small_project(store);
    let author = author();
    let ten = grant(limit(10));
    let never = Override {
        starts: Some(read("2026-01-02")),
        expires: Some(read("2026-01-01")),
        ..grant(Value::On)
    };
    let loaded = store.load(Purpose::Write(&author), &mut |_, intake| {
        let mut want = |feature: &str, after: &Override| {
            intake.want(&Wanted {
                row: 1,
                subject: &read("user:cid"),
                feature: &read(feature),
                after: Some(after),
            })
        };
        let kind = want("beta", &ten)?;
        assert!(matches!(kind, Err(Refusal::WrongKind { .. })));
        let unknown = want("gamma", &ten)?;
        assert_eq!(unknown, Err(Refusal::UnknownFeature(read("gamma"))));
        let span = want("beta", &never)?;
        assert!(matches!(span, Err(Refusal::NeverStands(_))));
        Ok(())
    });
    assert_eq!(loaded.unwrap().changes, 0);
}

pub(super) fn a_load_is_remembered_change_by_change(store: &dyn Store) {
    a_small_project(store);
    let before = everything(store);
    load(store, &rows());
    let snapshot = store.snapshot().unwrap();
    let override_of =
        |subject: &str, feature: &str, before, after| put_override(subject, feature, before, after);
    let denied = Override {
        reason: Some(read("asked for it")),
        ..revoke()
    };
    let mut made = snapshot.changes(Revision(2)).unwrap().changes().to_vec();
    made.sort_by_key(|change| format!("{change:?}"));
    let mut wanted: Vec<Change> = vec![
        override_of("user:cid", "beta", None, Some(grant(Value::On))),
        override_of(
            "user:bob",
            "max_seats",
            Some(grant(limit(7))),
            Some(grant(limit(9))),
        ),
        override_of("user:ann", "analytics", Some(denied), None),
    ];
    wanted.sort_by_key(|change| format!("{change:?}"));
    assert_eq!(made, wanted);

    let (after, until) = (Revision(1), Revision(2));
    let about = |about: About<'_>| -> Vec<Change> {
        let span = Span { after, until };
        let changed = walked(|visit| snapshot.changed(span, about, visit));
        changed.into_iter().map(|(_, change)| change).collect()
    };
    let in_order = snapshot.changes(Revision(2)).unwrap();
    let latest_first: Vec<Change> = in_order.changes().iter().rev().cloned().collect();
    assert_eq!(about(About::All), latest_first);
    let of_cid = about(About::Subject(&read("user:cid")));
    assert_eq!(of_cid, [wanted[2].clone()]);
    assert_eq!(about(About::Definitions), []);
    assert_eq!(about(About::Catalog), []);

    let past = Past::of(&*snapshot, Revision(1)).unwrap();
    for subject in ["user:ann", "user:bob", "user:cid", "org:zeta"] {
        let id = read(subject);
        let then = flags::store::Facts::overrides_of(&past, &id, Scope::All).unwrap();
        let then: BTreeMap<_, _> = then.into_iter().map(|(key, h)| (key, h.over)).collect();
        let once = before.overrides.get(&id).cloned().unwrap_or_default();
        assert_eq!(then, once, "{subject}");
    }
    let back: ChangeSet = in_order.reversed();
    write(store, back.changes().to_vec());
    assert_eq!(seen(&*store.snapshot().unwrap()), before);
}
