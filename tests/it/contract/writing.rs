//! Writes: revisions, planners, snapshots beside them, taking them back.

use flags::domain::catalog::{Revision, Settings};
use flags::domain::change::{Change, ChangeSet, replace_audience};
use flags::domain::document::Document;
use flags::domain::feature::Feature;
use flags::domain::refusal::Refusal;
use flags::domain::subject::Organization;
use flags::domain::target::Audience;
use flags::domain::value::{Kind, Value};
use flags::store::{Among, Scope, Store, StoreError};

use super::a_small_project;
use crate::project::{
    audience, author, catalog, everything, fill, grant, held, limit, member_of, on_plan,
    put_organization, put_override, put_user, read, records, revision, revoke, seen, walked, write,
};

pub(super) fn a_write_raises_the_revision_by_one(store: &dyn Store) {
    assert_eq!(revision(store), Revision(0));
    a_small_project(store);
    assert_eq!(revision(store), Revision(1));
    let written = write(store, [put_user("dan", None, Some(on_plan("pro")))]);
    assert_eq!(written.revision, Revision(2));
    assert_eq!(revision(store), Revision(2));
}

pub(super) fn a_write_without_changes_leaves_no_trace(store: &dyn Store) {
    a_small_project(store);
    let free = on_plan("free");
    let nothing = put_user("cid", Some(free.clone()), Some(free));
    let written = write(store, [nothing]);
    assert_eq!(written.revision, Revision(1));
    assert!(written.changes.is_empty());
    assert_eq!(revision(store), Revision(1));
    let snapshot = store.snapshot().unwrap();
    assert_eq!(walked(|visit| snapshot.history(None, visit)).len(), 1);
}

pub(super) fn a_planner_plans_from_what_is_there_and_may_decline(store: &dyn Store) {
    a_small_project(store);
    let mut seen_at = Vec::new();
    let written = store.update(&author(), &mut |snapshot| {
        seen_at.push(snapshot.revision()?);
        let cid = snapshot.user(&read("cid"))?;
        Ok([put_user("cid", cid, None)].into_iter().collect())
    });
    assert_eq!(written.unwrap().revision, Revision(2));
    assert_eq!(seen_at.last(), Some(&Revision(1)));

    let before = everything(store);
    let declined = store.update(&author(), &mut |_| {
        Err(Refusal::UnknownPlan(read("gold")).into())
    });
    assert!(matches!(
        declined,
        Err(StoreError::Refused(Refusal::UnknownPlan(_)))
    ));
    assert_eq!(revision(store), Revision(2));
    assert_eq!(everything(store), before);
}

pub(super) fn a_snapshot_keeps_its_moment(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let before = seen(&*snapshot);
    let lists = snapshot.lists_naming(&read("user:ann")).unwrap();
    let walked_before = records(&*snapshot, Scope::All, Among::All);
    remake(store);

    assert_eq!(snapshot.revision().unwrap(), Revision(1));
    assert_eq!(seen(&*snapshot), before);
    assert_eq!(snapshot.lists_naming(&read("user:ann")).unwrap(), lists);
    assert_eq!(records(&*snapshot, Scope::All, Among::All), walked_before);
    assert_eq!(snapshot.entry(Revision(2)).unwrap(), None);
    assert_eq!(walked(|visit| snapshot.history(None, visit)).len(), 1);
    drop(snapshot);
    assert_ne!(everything(store), before);
}

pub(super) fn a_snapshot_answers_while_a_write_is_planned(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let before = seen(&*snapshot);
    let written = store.update(&author(), &mut |planned_on| {
        assert_eq!(seen(&*snapshot), before);
        let cid = planned_on.user(&read("cid"))?;
        Ok([put_user("cid", cid, None)].into_iter().collect())
    });
    assert_eq!(written.unwrap().revision, Revision(2));
    assert_eq!(seen(&*snapshot), before);
}

pub(super) fn two_snapshots_keep_two_moments(store: &dyn Store) {
    a_small_project(store);
    let first = store.snapshot().unwrap();
    let before = seen(&*first);
    remake(store);
    let second = store.snapshot().unwrap();
    let after = seen(&*second);
    write(store, [put_user("eve", None, Some(on_plan("free")))]);

    assert_eq!(first.revision().unwrap(), Revision(1));
    assert_eq!(second.revision().unwrap(), Revision(2));
    assert_eq!(seen(&*first), before);
    assert_eq!(seen(&*second), after);
    drop(first);
    assert_eq!(seen(&*second), after);
}

/// One write that touches everything.
fn remake(store: &dyn Store) -> ChangeSet {
    let now = catalog(store);
    let (analytics, beta, seats) = (read("analytics"), read("beta"), read("max_seats"));
    let pro = read("pro");
    let settings = Settings {
        default_plan: None,
        max_features: 9,
    };
    let disabled = Feature {
        enabled: false,
        ..now.features[&analytics].feature.clone()
    };
    let mut changes = vec![
        now.set_settings(settings),
        now.set_feature(&analytics, Some(disabled)),
        now.set_grant(&pro, &seats, Some(limit(11))),
        now.set_grant(&pro, &beta, Some(Value::On)),
        now.set_grant(&pro, &analytics, None),
        put_override(
            "user:ann",
            "analytics",
            Some(held(store, "user:ann", "analytics")),
            None,
        ),
        put_override("user:cid", "beta", None, Some(grant(Value::On))),
        put_user("dan", None, Some(member_of(&["zeta"]))),
        put_user("cid", Some(on_plan("free")), Some(on_plan("pro"))),
        put_organization("new", None, Some(Organization::default())),
    ];
    changes.extend(now.add_target(&beta, &read("user:bob"), false));
    let whole = audience(store, "analytics");
    changes.extend(replace_audience(&analytics, whole, Audience::all()));
    write(store, changes).changes
}

pub(super) fn a_feature_goes_with_all_that_hangs_on_it(store: &dyn Store) {
    a_small_project(store);
    let before = everything(store);
    let beta = read("beta");
    write(
        store,
        [catalog(store).set_grant(&read("pro"), &beta, Some(Value::On))],
    );
    let held = held(store, "user:bob", "beta");
    let whole = audience(store, "beta");
    let gone = catalog(store).delete_feature(&beta, whole, [(read("user:bob"), held)]);
    write(store, gone.changes().to_vec());

    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.audience(&beta).unwrap(), None);
    assert_eq!(snapshot.lists_naming(&read("user:ann")).unwrap(), []);
    let mut expected = before;
    expected.features.remove(&beta);
    let of_bob = expected.overrides.get_mut(&read("user:bob")).unwrap();
    of_bob.remove(&beta);
    assert_eq!(seen(&*snapshot), expected);
}

pub(super) fn a_plan_goes_with_its_grants(store: &dyn Store) {
    a_small_project(store);
    let ann = store.snapshot().unwrap().user(&read("ann")).unwrap();
    let acme = store.snapshot().unwrap().organization(&read("acme"));
    write(
        store,
        [
            put_user("ann", ann, Some(member_of(&["acme"]))),
            put_organization("acme", acme.unwrap(), Some(Organization::default())),
        ],
    );
    let gone = catalog(store).delete_plan(&read("pro"));
    write(store, gone.changes().to_vec());
    assert_eq!(everything(store).plans.len(), 1);
}

pub(super) fn every_write_can_be_taken_back(store: &dyn Store) {
    let nothing = everything(store);
    a_small_project(store);
    let taken_back = |store: &dyn Store, made: &dyn Fn() -> ChangeSet| {
        let before = everything(store);
        let changes = made();
        assert_ne!(everything(store), before);
        write(store, changes.reversed().changes().to_vec());
        assert_eq!(everything(store), before);
    };
    taken_back(store, &|| remake(store));
    taken_back(store, &|| {
        let whole = audience(store, "beta");
        let held = held(store, "user:bob", "beta");
        let gone = catalog(store).delete_feature(&read("beta"), whole, [(read("user:bob"), held)]);
        write(store, gone.changes().to_vec()).changes
    });
    taken_back(store, &|| {
        let unnamed = Change::Target {
            feature: read("beta"),
            rule: 0,
            condition: 1,
            target: read("workspace:w1"),
            before: true,
            after: false,
        };
        write(store, [unnamed]).changes
    });
    taken_back(store, &|| {
        let rule = &audience(store, "beta").rules[0];
        let mut other = rule.clone();
        other.when.pop();
        let exchanged = Change::Rule {
            feature: read("beta"),
            index: 0,
            before: Some(rule.clone()),
            after: Some(other),
        };
        write(store, [exchanged]).changes
    });
    taken_back(store, &|| {
        let seats = before_and_after(store);
        write(store, seats).changes
    });
    // Even the first write, and whatever a store reads of its own history.
    let first = store.snapshot().unwrap().changes(Revision(1)).unwrap();
    write(store, first.reversed().changes().to_vec());
    assert_eq!(everything(store), nothing);
}

/// A limit that becomes a boolean feature of the same name, and what hangs on it with it.
fn before_and_after(store: &dyn Store) -> Vec<Change> {
    let (now, key) = (catalog(store), read("max_seats"));
    let overrides = everything(store).overrides;
    let held = overrides.into_iter().filter_map(|(subject, mut of_it)| {
        let over = of_it.remove(&key)?;
        Some((subject, over))
    });
    let gone = now.delete_feature(&key, Audience::default(), held);
    let anew = [
        Change::Feature {
            key: key.clone(),
            before: None,
            after: Some(Feature::new(Kind::Boolean)),
        },
        put_override("user:ann", "max_seats", None, Some(revoke())),
    ];
    gone.changes().iter().cloned().chain(anew).collect()
}

pub(super) fn a_document_is_written_and_exported_as_it_was(store: &dyn Store) {
    a_small_project(store);
    let whole = everything(store);
    let text = serde_json::to_string_pretty(&whole).unwrap();
    let read_back: Document = serde_json::from_str(&text).unwrap();
    assert_eq!(read_back, whole);
    let emptied = whole.clone().into_changes().reversed();
    write(store, emptied.changes().to_vec());
    fill(store, read_back);
    assert_eq!(everything(store), whole);
    assert_eq!(revision(store), Revision(3));
}
