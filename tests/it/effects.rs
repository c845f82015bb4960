//! Who gains and who loses: whatever shortcut a preview takes, it tells what asking everybody
//! before and after would find.

use std::collections::BTreeMap;

use flags::domain::catalog::Settings;
use flags::domain::change::{Change, ChangeSet};
use flags::domain::key::FeatureKey;
use flags::domain::overrides::Override;
use flags::domain::resolve::Resolver;
use flags::domain::subject::{Organization, SubjectId};
use flags::domain::value::{Answer, Value};
use flags::store::memory::MemoryStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{Among, Effect, Scope, Snapshot, Store, effects, gather};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::answers::stored;
use crate::edits::{edit, edited};
use crate::project::{
    about, decisive, document, fill, grant, member_of, on_plan, put_organization, put_override,
    put_user, read, records, revoke, write,
};
use crate::random::{now, project};

/// What everybody gets of everything, off left out.
type Answers = BTreeMap<(SubjectId, FeatureKey), Value>;

fn answers(store: &dyn Store) -> Answers {
    let snapshot = store.snapshot().unwrap();
    let catalog = snapshot.catalog(Scope::All).unwrap();
    let resolver = Resolver::new(&catalog);
    let mut answers = Answers::new();
    for (id, _) in records(&*snapshot, Scope::All, Among::All) {
        let record = gather(&*snapshot, &catalog, Scope::All, &about(&id)).unwrap();
        let subject = resolver.bind(&record);
        for slot in resolver.slots() {
            if let Some(value) = resolver.decide(&subject, slot, now()).answer {
                answers.insert((id.clone(), resolver.key(slot).clone()), value);
            }
        }
    }
    answers
}

/// Everything that differs, in order.
fn differences(before: &Answers, after: &Answers) -> Vec<(SubjectId, FeatureKey, Answer, Answer)> {
    let mut both: Vec<_> = before.keys().chain(after.keys()).collect();
    both.sort();
    both.dedup();
    let told = both.into_iter().filter_map(|key| {
        let (was, is) = (before.get(key).copied(), after.get(key).copied());
        (was != is).then(|| (key.0.clone(), key.1.clone(), was, is))
    });
    told.collect()
}

/// What a preview tells, in order; each of it once.
fn told(
    snapshot: &dyn Snapshot,
    changes: &ChangeSet,
) -> Vec<(SubjectId, FeatureKey, Answer, Answer)> {
    let mut told = Vec::new();
    let collected = effects(snapshot, changes, now(), &mut |effect| {
        let Effect {
            subject,
            feature,
            before,
            after,
        } = effect;
        told.push((subject, feature, before, after));
    });
    collected.unwrap();
    told.sort();
    told
}

/// Writes the changes, and holds what was told before against what is found after.
#[track_caller]
fn assert_told(store: &dyn Store, changes: &ChangeSet) {
    let before = answers(store);
    let told = told(&*store.snapshot().unwrap(), changes);
    write(store, changes.changes().to_vec());
    assert_eq!(told, differences(&before, &answers(store)), "{changes:#?}");
}

fn in_sqlite(directory: &tempfile::TempDir) -> SqliteStore {
    SqliteStore::create(&directory.path().join("flags.db")).unwrap()
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_preview_of_any_change_tells_what_asking_everybody_twice_finds(
        project in project(), edits in vec(edit(), 1..6),
    ) {
        let (_, made) = edited(&project, edits);
        assert_told(&stored(&project), &made);
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, cases: 48, ..Config::default() })]

    #[test]
    fn a_pass_through_a_file_tells_what_asking_one_by_one_does(
        project in project(), edits in vec(edit(), 1..6),
    ) {
        let directory = tempfile::tempdir().unwrap();
        let store = in_sqlite(&directory);
        fill(&store, project.clone());
        let features: Vec<FeatureKey> = project.features.keys().cloned().collect();
        let scopes = [Scope::All, Scope::Features(&features[..features.len().min(1)])];
        let snapshot = store.snapshot().unwrap();
        for scope in scopes {
            let catalog = snapshot.catalog(scope).unwrap();
            let walked = records(&*snapshot, scope, Among::All);
            assert_eq!(walked.len(), project.users.len() + project.organizations.len());
            for (subject, record) in walked {
                let found = gather(&*snapshot, &catalog, scope, &about(&subject)).unwrap();
                assert_eq!(record, decisive(found), "{subject}");
            }
        }
        drop(snapshot);
        let (_, made) = edited(&project, edits);
        assert_told(&store, &made);
    }
}

const SHOP: &str = r#"
    "settings": {"default_plan": "free"},
    "features": {"analytics": {"type": "boolean"}, "sso": {"type": "boolean"}},
    "plans": {"free": {}, "pro": {"grants": {"sso": true}}}"#;

#[test]
fn who_goes_and_comes_back_is_told_of_once() {
    let store = MemoryStore::new();
    fill(&store, document(SHOP));
    let acme = Organization::default;
    write(&store, [put_organization("acme", None, Some(acme()))]);
    let settings = |plan: Option<&str>| Settings {
        default_plan: plan.map(read),
        ..Settings::default()
    };
    let changes = [
        Change::Settings {
            before: settings(Some("free")),
            after: settings(Some("pro")),
        },
        put_organization("acme", Some(acme()), None),
        put_organization("acme", None, Some(acme())),
    ];
    assert_told(&store, &changes.into_iter().collect());
}

/// How many subjects are more than are asked for one by one.
const MANY: u32 = 20_050;

fn crowd() -> (MemoryStore, Vec<String>) {
    let store = MemoryStore::new();
    fill(&store, document(SHOP));
    write(
        &store,
        [put_organization("acme", None, Some(Default::default()))],
    );
    let names: Vec<String> = (0..MANY).map(|number| format!("u{number}")).collect();
    let every_third = |place: usize| {
        if place.is_multiple_of(3) {
            &["acme"][..]
        } else {
            &[]
        }
    };
    let users = names.iter().enumerate();
    write(
        &store,
        users.map(|(place, id)| put_user(id, None, Some(member_of(every_third(place))))),
    );
    (store, names)
}

#[test]
fn a_change_of_very_many_overrides_is_told_completely() {
    let (store, names) = crowd();
    let each = |after: fn(usize) -> Option<Override>| {
        let users = names.iter().enumerate();
        users.map(move |(place, id)| {
            let subject = format!("user:{id}");
            put_override(&subject, "analytics", None, after(place))
        })
    };
    let newcomer = put_user("new", None, Some(member_of(&["acme"])));
    let acme = put_override("org:acme", "analytics", None, Some(grant(Value::On)));
    let by_turns = |place: usize| match place % 2 {
        0 => Some(grant(Value::On)),
        _ => Some(revoke()),
    };
    let all = each(by_turns).chain([newcomer, acme]);
    assert_told(&store, &all.collect());
    // Of those on no plan the default plan decides, which concerns everybody once more.
    let granted: Change = {
        let snapshot = store.snapshot().unwrap();
        let catalog = snapshot.catalog(Scope::All).unwrap();
        catalog.set_grant(&read("free"), &read("sso"), Some(Value::On))
    };
    assert_told(&store, &[granted].into_iter().collect());
}

/// Users in a file, each with an override of every feature but its own plan's, and every `nth` of
/// them on plan pro.
fn scattered(directory: &tempfile::TempDir, nth: usize) -> SqliteStore {
    let store = in_sqlite(directory);
    fill(&store, document(SHOP));
    for place in 0..60_usize {
        let user = if place.is_multiple_of(nth) {
            on_plan("pro")
        } else {
            Default::default()
        };
        let subject = format!("user:u{place}");
        let held = ["analytics", "sso"].map(|feature| {
            let over = if place.is_multiple_of(4) {
                grant(Value::On)
            } else {
                revoke()
            };
            put_override(&subject, feature, None, (place % 3 > 0).then_some(over))
        });
        let known = put_user(&format!("u{place}"), None, Some(user));
        write(&store, [known].into_iter().chain(held));
    }
    store
}

#[test]
fn what_a_plan_grants_is_told_alike_whether_few_or_many_are_on_it_or_share_it() {
    for nth in [1, 2, 20] {
        let directory = tempfile::tempdir().unwrap();
        let store = scattered(&directory, nth);
        let change = |feature: &str, value: Option<Value>| -> ChangeSet {
            let snapshot = store.snapshot().unwrap();
            let catalog = snapshot.catalog(Scope::All).unwrap();
            let change = catalog.set_grant(&read("pro"), &read(feature), value);
            [change].into_iter().collect()
        };
        assert_told(&store, &change("sso", None));
        assert_told(&store, &change("analytics", Some(Value::On)));
        // From here on an organization is on the plan, too, with somebody who is not.
        let acme = Some(Organization {
            plan: Some(read("pro")),
            ..Default::default()
        });
        write(&store, [put_organization("acme", None, acme)]);
        write(&store, [put_user("late", None, Some(member_of(&["acme"])))]);
        let taken = change("analytics", None);
        let told = told(&*store.snapshot().unwrap(), &taken);
        assert!(
            told.iter()
                .any(|(subject, ..)| *subject == read("user:late"))
        );
        assert_told(&store, &taken);
    }
}
