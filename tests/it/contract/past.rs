//! What was there before, as the history tells it.

use std::collections::BTreeSet;

use flags::domain::catalog::{Catalog, Revision};
use flags::domain::change::{Change, ChangeSet};
use flags::domain::subject::{Organization, SubjectId};
use flags::domain::target::{Condition, ListId, Rule};
use flags::domain::value::Value;
use flags::store::memory::MemoryStore;
use flags::store::{
    About, Author, Facts, HistoryError, Past, Scope, Span, Store, StoreError, gather, turns,
};

use super::a_small_project;
use crate::project::{
    about, audience, author, catalog, document, grant, held, limit, member_of, on_plan,
    put_organization, put_override, put_user, read, revoke, walked, walked_for_two, write,
};

/// Writes at a moment, in milliseconds.
fn write_at(store: &dyn Store, at: i64, changes: impl IntoIterator<Item = Change>) -> Revision {
    let author = Author { at, ..author() };
    let changes = ChangeSet::new(changes);
    let written = store.update(&author, &mut |_| Ok(changes.clone()));
    written.unwrap().revision
}

fn span(after: u64, until: u64) -> Span {
    Span {
        after: Revision(after),
        until: Revision(until),
    }
}

pub(super) fn the_changes_of_a_span_come_latest_first(store: &dyn Store) {
    a_small_project(store);
    let now = catalog(store);
    let first = now.set_grant(&read("free"), &read("analytics"), Some(Value::On));
    let second = put_user("dan", None, Some(on_plan("free")));
    let third = now.set_grant(&read("pro"), &read("analytics"), None);
    write(store, [first.clone()]);
    write(store, [second, third.clone()]);
    let snapshot = store.snapshot().unwrap();
    let changed = |span| walked(|visit| snapshot.changed(span, About::Definitions, visit));
    let both = [(Revision(3), third.clone()), (Revision(2), first.clone())];
    assert_eq!(changed(span(1, 3)), both);
    assert_eq!(changed(span(1, 99)), both);
    assert_eq!(changed(span(1, 2)), [(Revision(2), first.clone())]);
    assert_eq!(changed(span(2, 3)), [(Revision(3), third.clone())]);
    assert_eq!(changed(span(3, 3)), []);
    let all = walked(|visit| snapshot.changed(span(1, 3), About::All, visit));
    let dan = put_user("dan", None, Some(on_plan("free")));
    let later = [
        (Revision(3), third),
        (Revision(3), dan),
        (Revision(2), first),
    ];
    assert_eq!(all, later);
    let beginning = changed(span(0, 1));
    let begun = snapshot.changes(Revision(1)).unwrap();
    let begun: Vec<_> = begun.changes().iter().rev().cloned().collect();
    let wanted = begun.into_iter().filter(|c| About::Definitions.covers(c));
    let wanted: Vec<_> = wanted.map(|change| (Revision(1), change)).collect();
    assert!(beginning.len() > 5);
    assert_eq!(beginning, wanted);
    let about = About::Definitions;
    let two = walked_for_two(|visit| snapshot.changed(span(0, 3), about, visit));
    assert_eq!(two, both);
}

pub(super) fn a_walk_about_one_subject_meets_no_other(store: &dyn Store) {
    // Identifiers that JSON writes otherwise, and of which one begins like the other.
    let names = [r#"a"b\"#, r#"a"b\c"#, "ann"];
    a_small_project(store);
    for name in names {
        let kept = (name != "ann").then(|| put_user(name, None, Some(on_plan("free"))));
        let held = put_override(&format!("user:{name}"), "beta", None, Some(revoke()));
        write(store, kept.into_iter().chain([held]));
        let like_it = put_organization(name, None, Some(Organization::default()));
        let held = put_override(&format!("org:{name}"), "beta", None, Some(revoke()));
        write(store, [like_it, held]);
    }
    let snapshot = store.snapshot().unwrap();
    for name in names {
        for kind in ["user", "org"] {
            let subject: SubjectId = read(&format!("{kind}:{name}"));
            let about = About::Subject(&subject);
            let found = walked(|visit| snapshot.changed(span(1, 99), about, visit));
            assert_eq!(
                found.len(),
                if name == "ann" && kind == "user" {
                    1
                } else {
                    2
                }
            );
            for (_, change) in found {
                let whose = match change {
                    Change::User { id, .. } => SubjectId::User(id),
                    Change::Organization { id, .. } => SubjectId::Organization(id),
                    Change::Override { subject, .. } => subject,
                    other => panic!("{other:?}"),
                };
                assert_eq!(whose, subject);
            }
        }
    }
}

pub(super) fn a_walk_about_a_target_meets_the_definitions_and_its_own_name(store: &dyn Store) {
    a_small_project(store);
    let named = |id: &str, before: bool| Change::Target {
        feature: read("beta"),
        rule: 1,
        condition: 0,
        target: read(&format!("user:{id}")),
        before,
        after: !before,
    };
    let granted = catalog(store).set_grant(&read("free"), &read("analytics"), Some(Value::On));
    let cid = named("cid", false);
    let changes = [
        cid.clone(),
        named("xcid", false),
        granted.clone(),
        named("ann", true),
    ];
    write(store, changes);
    write(
        store,
        [put_user("cid", Some(on_plan("free")), Some(on_plan("pro")))],
    );
    let snapshot = store.snapshot().unwrap();
    let found = |about| -> Vec<Change> {
        let found = walked(|visit| snapshot.changed(span(1, 9), about, visit));
        found.into_iter().map(|(_, change)| change).collect()
    };
    assert_eq!(found(About::Definitions), std::slice::from_ref(&granted));
    let target = read("user:cid");
    assert_eq!(found(About::Naming(&target)), [granted, cid]);
    assert_eq!(found(About::Catalog).len(), 4);
    // A name that came or went leaves its mark on the audience.
    let marks = |past: &Past<'_>| past.catalog().features["beta"].audience_revision.0;
    let first = Past::of(&*snapshot, Revision(1)).unwrap();
    assert_eq!(marks(&first), 0);
    assert_eq!(marks(&first.with_revisions().unwrap()), 1);
    let second = Past::of(&*snapshot, Revision(2)).unwrap();
    assert_eq!(marks(&second), 2);
    let whom = |past: &Past<'_>| {
        ["user:ann", "user:cid", "user:xcid"].map(|id| past.lists_naming(&read(id)).unwrap().len())
    };
    assert_eq!(whom(&second), [0, 1, 1]);
    assert_eq!(whom(&Past::of(&*snapshot, Revision(1)).unwrap()), [1, 0, 0]);
}

pub(super) fn a_later_past_comes_from_what_was_read_for_an_earlier_one(store: &dyn Store) {
    a_small_project(store);
    for (before, after) in [("free", "pro"), ("pro", "free")] {
        write(
            store,
            [put_user("cid", Some(on_plan(before)), Some(on_plan(after)))],
        );
    }
    let snapshot = store.snapshot().unwrap();
    let first = Past::of(&*snapshot, Revision(2)).unwrap();
    let plans = [2, 3].map(|revision| {
        let later = first.later(Revision(revision)).unwrap();
        assert_eq!(later.revision(), Revision(revision));
        later.user(&read("cid")).unwrap()
    });
    assert_eq!(plans, [Some(on_plan("pro")), Some(on_plan("free"))]);
    for elsewhere in [1, 4] {
        let missing = first.later(Revision(elsewhere)).map(|past| past.revision());
        let error = HistoryError::Missing(Revision(elsewhere));
        assert!(matches!(missing, Err(StoreError::History(found)) if found == error));
    }
}

pub(super) fn the_past_is_what_the_last_write_by_then_had_left(store: &dyn Store) {
    a_small_project(store);
    let begun = author().at;
    let free = Some(on_plan("free"));
    let pro = Some(on_plan("pro"));
    write_at(
        store,
        begun + 1000,
        [put_user("cid", free.clone(), pro.clone())],
    );
    // A clock that is behind: the write is still the later one.
    write_at(store, begun + 500, [put_user("cid", pro.clone(), None)]);
    write_at(store, begun + 2000, [put_user("cid", None, free.clone())]);
    let snapshot = store.snapshot().unwrap();
    let then = |moment: i64| {
        let past = Past::at(&*snapshot, begun + moment).unwrap();
        (past.revision().0, past.user(&read("cid")).unwrap())
    };
    assert_eq!(then(0), (1, free.clone()));
    assert_eq!(then(499), (1, free.clone()));
    assert_eq!(then(500), (3, None));
    assert_eq!(then(1000), (3, None));
    assert_eq!(then(1999), (3, None));
    assert_eq!(then(2000), (4, free.clone()));
    assert_eq!(then(999_999), (4, free));
    let second = Past::of(&*snapshot, Revision(2)).unwrap();
    assert_eq!(second.user(&read("cid")).unwrap(), pro);
}

pub(super) fn before_its_history_nobody_can_tell(store: &dyn Store) {
    let told = |moment: i64| {
        let snapshot = store.snapshot().unwrap();
        let past = Past::at(&*snapshot, moment).map(|past| past.revision());
        match past {
            Err(StoreError::History(error)) => error,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(told(i64::MAX), HistoryError::None);
    a_small_project(store);
    let first = author().at;
    assert_eq!(told(first - 1), HistoryError::Before { first });
    let snapshot = store.snapshot().unwrap();
    let beyond = Past::of(&*snapshot, Revision(2)).map(|past| past.revision());
    let missing = HistoryError::Missing(Revision(2));
    assert!(matches!(beyond, Err(StoreError::History(error)) if error == missing));
    // What the first write found is known by what it made.
    let nothing = Past::of(&*snapshot, Revision::UNKNOWN).unwrap();
    assert!(nothing.catalog().features.is_empty() && nothing.catalog().plans.is_empty());
    assert_eq!(nothing.user(&read("ann")).unwrap(), None);
}

pub(super) fn a_subject_is_led_back_with_all_that_belongs_to_it(store: &dyn Store) {
    a_small_project(store);
    let asked = Some(held(store, "user:ann", "analytics"));
    let snapshot = store.snapshot().unwrap();
    let was = snapshot.user(&read("ann")).unwrap();
    let acme = snapshot.organization(&read("acme")).unwrap();
    let before = facts(&*snapshot, &snapshot.catalog(Scope::All).unwrap());
    drop(snapshot);
    write(
        store,
        [
            put_override("user:ann", "analytics", asked, None),
            put_override("user:ann", "max_seats", None, Some(grant(limit(2)))),
        ],
    );
    write(
        store,
        [
            put_override("user:ann", "max_seats", Some(grant(limit(2))), None),
            put_user("ann", was, None),
        ],
    );
    let renamed = acme.clone().map(|acme| Organization { plan: None, ..acme });
    write(store, [put_organization("acme", acme, renamed)]);
    write(store, [put_user("ann", None, Some(member_of(&["zeta"])))]);
    let snapshot = store.snapshot().unwrap();
    let past = Past::of(&*snapshot, Revision(1))
        .unwrap()
        .with_revisions()
        .unwrap();
    assert_eq!(facts(&past, past.catalog()), before);
    let second = Past::of(&*snapshot, Revision(2))
        .unwrap()
        .with_revisions()
        .unwrap();
    let held = second.overrides_of(&read("user:ann"), Scope::All).unwrap();
    let held: Vec<_> = held
        .iter()
        .map(|(key, held)| (key.as_str(), held.revision.0))
        .collect();
    assert_eq!(held, [("max_seats", 2)]);
    let third = Past::of(&*snapshot, Revision(3)).unwrap();
    let question = about(&read("user:ann"));
    let unknown = gather(&third, third.catalog(), Scope::All, &question);
    assert_eq!(unknown.unwrap_err().code(), "user_not_found");
}

/// What is known about ann, in words.
fn facts(facts: &dyn Facts, catalog: &Catalog) -> String {
    let record = gather(facts, catalog, Scope::All, &about(&read("user:ann"))).unwrap();
    format!("{record:#?}")
}

pub(super) fn a_list_that_is_gone_names_whom_it_named(store: &dyn Store) {
    a_small_project(store);
    let rules = audience(store, "beta").rules;
    let rule = |index: usize, before, after| Change::Rule {
        feature: read("beta"),
        index,
        before,
        after,
    };
    // The rule of ann and nobody goes; another that names bob comes and goes in its place.
    let bobs = Rule::naming(&read("user:bob"));
    write(store, [rule(1, Some(rules[1].clone()), None)]);
    write(store, [rule(1, None, Some(bobs.clone()))]);
    write(store, [rule(1, Some(bobs), None)]);
    let snapshot = store.snapshot().unwrap();
    let named = |past: &Past<'_>, target: &str| -> Vec<ListId> {
        past.lists_naming(&read(target)).unwrap()
    };
    let of_rule = |past: &Past<'_>| -> BTreeSet<ListId> {
        let entry = &past.catalog().features["beta"];
        let when = entry.audience.rules[1].when.iter();
        let lists = when.filter_map(|condition| match condition {
            Condition::OneOf { ids, .. } => Some(*ids),
            _ => None,
        });
        lists.collect()
    };
    let first = Past::of(&*snapshot, Revision(1)).unwrap();
    let whom = ["user:ann", "user:nobody", "user:bob", "org:acme"].map(|target| {
        let named = named(&first, target);
        named.iter().any(|list| of_rule(&first).contains(list))
    });
    assert_eq!(whom, [true, true, false, false]);
    let third = Past::of(&*snapshot, Revision(3)).unwrap();
    assert!(of_rule(&third).contains(&named(&third, "user:bob")[0]));
    assert_eq!(named(&third, "user:ann"), []);
    assert_eq!(third.catalog().features["beta"].audience.rules.len(), 3);
}

pub(super) fn a_snapshot_keeps_its_past(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    // Of a project elsewhere, a snapshot is of the moment of its first look.
    assert_eq!(snapshot.revision().unwrap(), Revision(1));
    write(store, [put_user("cid", Some(on_plan("free")), None)]);
    let past = Past::at(&*snapshot, i64::MAX).unwrap();
    assert_eq!(past.revision(), Revision(1));
    assert_eq!(past.user(&read("cid")).unwrap(), Some(on_plan("free")));
}

pub(super) fn the_write_that_turned_an_answer_is_told_from_those_that_could_have(
    store: &dyn Store,
) {
    a_small_project(store);
    let now = catalog(store);
    let cid = |from: &str, to: &str| put_user("cid", Some(on_plan(from)), Some(on_plan(to)));
    write(store, [cid("free", "pro")]);
    // Pro is left and come back to: the last time counts.
    write(store, [cid("pro", "free")]);
    write(
        store,
        [
            cid("free", "pro"),
            put_user("eve", None, Some(on_plan("pro"))),
        ],
    );
    // Behind cid's plan nothing of this can be seen.
    write(
        store,
        [now.set_grant(&read("free"), &read("analytics"), Some(Value::On))],
    );
    write(
        store,
        [put_override(
            "user:bob",
            "analytics",
            None,
            Some(grant(Value::On)),
        )],
    );
    let seats = now.set_grant(&read("pro"), &read("max_seats"), Some(limit(11)));
    write(store, [seats.clone()]);
    let snapshot = store.snapshot().unwrap();
    let features = ["analytics", "beta", "max_seats"].map(read).into();
    let parties = [read("user:cid")].into();
    let question = about(&read("user:cid"));
    let ask =
        |facts: &dyn Facts, catalog: &_| gather(facts, catalog, Scope::All, &question).map(Some);
    let at = crate::random::now();
    let found = |since: u64| {
        let past = Past::of(&*snapshot, Revision(since)).unwrap();
        turns(&past, &features, &parties, &[], at, &ask)
    };
    let turned = found(1).unwrap();
    assert_eq!(turned.len(), 2, "{turned:?}");
    let analytics = &turned["analytics"];
    assert_eq!(analytics.entry.revision, Revision(4));
    assert_eq!(analytics.changes, [cid("free", "pro")]);
    assert_eq!(turned["max_seats"].entry.revision, Revision(7));
    assert_eq!(turned["max_seats"].changes, [seats]);
    assert_eq!(found(4).unwrap().len(), 1);
    assert_eq!(found(7).unwrap().len(), 0);
}

pub(super) fn what_a_file_says_has_no_past() {
    let store = MemoryStore::from_document(document(r#""features": {}"#));
    let store = store.unwrap();
    let snapshot = store.snapshot().unwrap();
    let past = Past::at(&*snapshot, i64::MAX).map(|past| past.revision());
    assert!(matches!(past, Err(StoreError::History(HistoryError::None))));
}
