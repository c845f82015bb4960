//! Users, organizations, overrides, and what the resolver reads of them.

use std::ops::ControlFlow;

use flags::domain::catalog::Revision;
use flags::domain::key::{FeatureKey, PlanKey};
use flags::domain::refusal::Refusal;
use flags::domain::subject::{Held, Organization, SubjectId, SubjectRecord, User};
use flags::domain::target::Id;
use flags::domain::value::Value;
use flags::store::{Among, Question, Scope, Snapshot, Store, StoreError, gather};

use super::a_small_project;
use crate::project::{
    about, decisive, grant, limit, member_of, on_plan, put_organization, put_override, put_user,
    read, records, revoke, walked, walked_for_two, write,
};

pub(super) fn subjects_read_back_as_they_were_written(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let bob = User {
        targets: [read("workspace:w2")].into(),
        ..member_of(&["acme", "zeta"])
    };
    assert_eq!(snapshot.user(&read("bob")).unwrap(), Some(bob.clone()));
    let acme = Organization {
        name: Some(read("Acme")),
        plan: Some(read("pro")),
        targets: [read("workspace:w1")].into(),
    };
    let found = snapshot.organization(&read("acme")).unwrap();
    assert_eq!(found, Some(acme.clone()));

    let moved = User {
        email: Some(read("bob@example.com")),
        organizations: [read("zeta")].into(),
        ..on_plan("free")
    };
    write(
        store,
        [
            put_user("bob", Some(bob), Some(moved.clone())),
            put_organization("acme", Some(acme), Some(Organization::default())),
            put_user("cid", Some(on_plan("free")), None),
        ],
    );
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.user(&read("bob")).unwrap(), Some(moved));
    let found = snapshot.organization(&read("acme")).unwrap();
    assert_eq!(found, Some(Organization::default()));
    assert_eq!(snapshot.user(&read("cid")).unwrap(), None);
}

pub(super) fn subjects_come_in_the_order_of_their_identifiers_bytes(store: &dyn Store) {
    let given = ["b", "~x", "B", "10", "a-1", "a", "9", "a_1", "a1", "Z"];
    let ordered = ["10", "9", "B", "Z", "a", "a-1", "a1", "a_1", "b", "~x"];
    write(
        store,
        given.map(|id| put_organization(id, None, Some(Organization::default()))),
    );
    write(
        store,
        given.map(|id| put_user(id, None, Some(member_of(&["a"])))),
    );

    let snapshot = store.snapshot().unwrap();
    let users = |after: Option<&str>| -> Vec<String> {
        let after = after.map(read::<Id>);
        let rows = walked(|visit| snapshot.users(after.as_ref(), visit));
        rows.into_iter().map(|(id, _)| id.to_string()).collect()
    };
    let organizations = |after: Option<&str>| -> Vec<String> {
        let after = after.map(read::<Id>);
        let rows = walked(|visit| snapshot.organizations(after.as_ref(), visit));
        rows.into_iter().map(|(id, _)| id.to_string()).collect()
    };
    assert_eq!(users(None), ordered);
    assert_eq!(organizations(None), ordered);
    // Whoever is behind need not exist.
    for (after, place) in [("a", 5), ("a0", 6), ("!", 0), ("~x", 10)] {
        assert_eq!(users(Some(after)), ordered[place..], "{after}");
        assert_eq!(organizations(Some(after)), ordered[place..], "{after}");
    }
    let two = walked_for_two(|visit| snapshot.users(None, visit));
    assert_eq!(two.len(), 2);
    let two = walked_for_two(|visit| snapshot.organizations(None, visit));
    assert_eq!(two.len(), 2);
}

pub(super) fn an_organization_knows_its_members(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let members = |id: &str| walked(|visit| snapshot.members(&read(id), visit));
    assert_eq!(members("acme"), [read("ann"), read("bob")]);
    assert_eq!(members("zeta"), [read("bob")]);
    assert_eq!(members("nowhere"), []);
    let two = walked_for_two(|visit| snapshot.members(&read("acme"), visit));
    assert_eq!(two.len(), 2);
}

pub(super) fn overrides_come_by_subject_and_then_by_key(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let behind = |after: Option<&SubjectId>, scope: Scope<'_>| -> Vec<(String, String)> {
        let rows = walked(|visit| snapshot.overrides(scope, after, visit));
        rows.into_iter()
            .map(|(subject, feature, _)| (subject.to_string(), feature.to_string()))
            .collect()
    };
    let all = |scope| behind(None, scope);
    let pair = |subject: &str, feature: &str| (subject.to_owned(), feature.to_owned());
    let expected = [
        pair("user:ann", "analytics"),
        pair("user:bob", "beta"),
        pair("user:bob", "max_seats"),
        pair("org:acme", "max_seats"),
    ];
    assert_eq!(all(Scope::All), expected);
    let seats: [FeatureKey; 2] = [read("max_seats"), read("unheard_of")];
    assert_eq!(all(Scope::Features(&seats)), expected[2..]);
    assert_eq!(all(Scope::Features(&[])), []);
    for (after, left) in [
        ("user:aaa", &expected[..]),
        ("user:ann", &expected[1..]),
        ("user:b", &expected[1..]),
        ("user:bob", &expected[3..]),
        ("user:zoe", &expected[3..]),
        ("org:aaa", &expected[3..]),
        ("org:acme", &[]),
    ] {
        assert_eq!(behind(Some(&read(after)), Scope::All), left, "{after}");
    }
    let last = behind(Some(&read("user:ann")), Scope::Features(&seats));
    assert_eq!(last, expected[2..]);
    let two = walked_for_two(|visit| snapshot.overrides(Scope::All, None, visit));
    assert_eq!(two.len(), 2);

    let of = |subject: &str, scope: Scope<'_>| -> Vec<String> {
        let rows = snapshot.overrides_of(&read(subject), scope).unwrap();
        rows.into_iter().map(|(key, _)| key.to_string()).collect()
    };
    assert_eq!(of("user:bob", Scope::All), ["beta", "max_seats"]);
    assert_eq!(of("user:bob", Scope::Features(&seats)), ["max_seats"]);
    assert_eq!(of("org:acme", Scope::All), ["max_seats"]);
    assert_eq!(of("user:acme", Scope::All), [""; 0]);
}

pub(super) fn an_override_has_the_revision_that_set_it(store: &dyn Store) {
    a_small_project(store);
    let held = |subject: &str, feature: &str| -> Option<Held> {
        let (snapshot, key) = (store.snapshot().unwrap(), read(feature));
        let scope = [key];
        let rows = snapshot.overrides_of(&read(subject), Scope::Features(&scope));
        rows.unwrap().pop().map(|(_, held)| held)
    };
    let seven = grant(limit(7));
    let at = |over, revision| {
        Some(Held {
            over,
            revision: Revision(revision),
        })
    };
    assert_eq!(held("user:bob", "max_seats"), at(seven.clone(), 1));
    let after = Some(revoke());
    write(
        store,
        [put_override("user:bob", "max_seats", Some(seven), after)],
    );
    assert_eq!(held("user:bob", "max_seats"), at(revoke(), 2));
    assert_eq!(held("user:bob", "beta"), at(grant(Value::On), 1));
    write(
        store,
        [put_override("user:bob", "max_seats", Some(revoke()), None)],
    );
    assert_eq!(held("user:bob", "max_seats"), None);
}

pub(super) fn records_are_what_gather_collects_one_by_one(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let one = [read::<FeatureKey>("max_seats")];
    let other = [read::<FeatureKey>("beta"), read("unheard_of")];
    for scope in [Scope::All, Scope::Features(&one), Scope::Features(&other)] {
        let catalog = snapshot.catalog(scope).unwrap();
        let records = records(&*snapshot, scope, Among::All);
        assert_eq!(records.len(), 5);
        for (subject, record) in records {
            let found = gather(&*snapshot, &catalog, scope, &about(&subject)).unwrap();
            assert_eq!(record, decisive(found), "{subject} in {scope:?}");
        }
    }
    let records = records(&*snapshot, Scope::All, Among::All);
    let lists = records.iter().map(|(_, record)| record.lists.len());
    assert_eq!(lists.collect::<Vec<_>>(), [3, 2, 0, 2, 1]);
}

pub(super) fn a_walk_can_be_for_those_whom_a_plan_concerns(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let everybody = records(&*snapshot, Scope::All, Among::All);
    for plans in [
        &["pro"][..],
        &["free"],
        &["free", "pro"],
        &["unheard_of"],
        &[],
    ] {
        let plans: Vec<PlanKey> = plans.iter().map(|plan| read(plan)).collect();
        let on = |record: &SubjectRecord| {
            let mut parties = record.user.iter().chain(&record.organizations);
            parties.any(|party| party.plan.as_ref().is_some_and(|plan| plans.contains(plan)))
        };
        let mut expected = everybody.clone();
        expected.retain(|(_, record)| on(record));
        let found = records(&*snapshot, Scope::All, Among::OnPlans(&plans));
        assert_eq!(found, expected, "{plans:?}");
    }
    let pro = [read("pro")];
    let on_pro = records(&*snapshot, Scope::All, Among::OnPlans(&pro));
    let through_acme = |(subject, record): &(SubjectId, SubjectRecord)| {
        let own = record.user.as_ref().and_then(|user| user.plan.as_ref());
        matches!(subject, SubjectId::User(_)) && own != Some(&pro[0])
    };
    assert!(on_pro.iter().any(through_acme), "{on_pro:#?}");
}

pub(super) fn a_walk_through_subjects_ends_when_it_is_told_to(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let mut met = 0;
    let walked = snapshot.briefs(Scope::All, Among::All, &mut |_| {
        met += 1;
        match met {
            2 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    });
    walked.unwrap();
    assert_eq!(met, 2);
}

pub(super) fn what_is_unknown_is_not_there(store: &dyn Store) {
    a_small_project(store);
    let snapshot = store.snapshot().unwrap();
    let nobody: Id = read("acme");
    assert_eq!(snapshot.user(&nobody).unwrap(), None);
    assert_eq!(snapshot.organization(&read("ann")).unwrap(), None);

    let refused = |question: &Question| asked(&*snapshot, question);
    let unknown = |subject: &str| Refusal::UnknownSubject(read(subject));
    assert_eq!(refused(&user("acme", None)), unknown("user:acme"));
    let within = user("ann", Some("nowhere"));
    assert_eq!(refused(&within), unknown("org:nowhere"));
    let not_a_member = Refusal::NotAMember {
        user: read("ann"),
        organization: read("zeta"),
    };
    assert_eq!(refused(&user("ann", Some("zeta"))), not_a_member);
    let organization = Question::Organization {
        id: read("ann"),
        targets: Vec::new(),
    };
    assert_eq!(refused(&organization), unknown("org:ann"));
    let plan = Question::Plan {
        plan: read("gold"),
        targets: Vec::new(),
    };
    assert_eq!(refused(&plan), Refusal::UnknownPlan(read("gold")));
}

fn user(id: &str, within: Option<&str>) -> Question {
    Question::User {
        id: read(id),
        within: within.map(read),
        targets: Vec::new(),
    }
}

fn asked(snapshot: &dyn Snapshot, question: &Question) -> Refusal {
    let catalog = snapshot.catalog(Scope::All).unwrap();
    match gather(snapshot, &catalog, Scope::All, question) {
        Err(StoreError::Refused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}
