//! Random edits of a project, and taking them back.

use flags::domain::catalog::{Revision, Settings};
use flags::domain::change::{Change, ChangeSet, replace_audience};
use flags::domain::document::Document;
use flags::domain::feature::Feature;
use flags::domain::key::{FeatureKey, PlanKey};
use flags::domain::overrides::Override;
use flags::domain::subject::{Organization, SubjectId, User};
use flags::domain::target::{Audience, Condition, Id, Members, Rule, Serve, Target};
use flags::domain::value::{Kind, Value};
use flags::store::memory::MemoryStore;
use flags::store::{Scope, Snapshot, Store};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::Config;

use crate::answers::stored;
use crate::project::{audience, everything, read, revision, seen, try_write, write};
use crate::random::{
    feature_key, grant_of_any_kind, kind, organization, organization_id, override_of_any_kind,
    plan_key, project, rule, subject_id, target, user, user_id,
};

/// Something an operator may ask for; it need not be possible.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    DefaultPlan(Option<PlanKey>),
    Cap(u32),
    Define(FeatureKey),
    Switch(FeatureKey),
    DeleteFeature(FeatureKey),
    Plan(PlanKey, Option<&'static str>),
    DeletePlan(PlanKey),
    Grant(PlanKey, (FeatureKey, Value)),
    Ungrant(PlanKey, FeatureKey),
    Name(FeatureKey, Target),
    Unname(FeatureKey, Index),
    PutRule(FeatureKey, Index, Rule<Members>),
    TakeRule(FeatureKey, Index),
    ExchangeRule(FeatureKey, Index, Rule<Members>),
    AudienceDefault(FeatureKey, Serve),
    User(Id, Option<User>),
    Organization(Id, Option<Organization>),
    Override(SubjectId, (FeatureKey, Override)),
    Clear(SubjectId, FeatureKey),
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let place = any::<Index>;
    let serve = prop_oneof![Just(Serve::On), Just(Serve::Off), Just(Serve::NoValue)];
    let definitions = prop_oneof![
        option::of(plan_key()).prop_map(Edit::DefaultPlan),
        (0_u32..12).prop_map(Edit::Cap),
        feature_key().prop_map(Edit::Define),
        feature_key().prop_map(Edit::Switch),
        feature_key().prop_map(Edit::DeleteFeature),
        (plan_key(), option::of(Just("29.00"))).prop_map(|(plan, price)| Edit::Plan(plan, price)),
        plan_key().prop_map(Edit::DeletePlan),
        (plan_key(), grant_of_any_kind()).prop_map(|(plan, grant)| Edit::Grant(plan, grant)),
        (plan_key(), feature_key()).prop_map(|(plan, feature)| Edit::Ungrant(plan, feature)),
    ];
    let audiences = prop_oneof![
        (feature_key(), target()).prop_map(|(key, target)| Edit::Name(key, target)),
        (feature_key(), place()).prop_map(|(key, at)| Edit::Unname(key, at)),
        (feature_key(), place(), rule()).prop_map(|(key, at, rule)| Edit::PutRule(key, at, rule)),
        (feature_key(), place()).prop_map(|(key, at)| Edit::TakeRule(key, at)),
        (feature_key(), place(), rule())
            .prop_map(|(key, at, rule)| Edit::ExchangeRule(key, at, rule)),
        (feature_key(), serve).prop_map(|(key, serve)| Edit::AudienceDefault(key, serve)),
    ];
    let subjects = prop_oneof![
        (user_id(), option::of(user())).prop_map(|(id, user)| Edit::User(id, user)),
        (organization_id(), option::of(organization()))
            .prop_map(|(id, found)| Edit::Organization(id, found)),
        (subject_id(), override_of_any_kind()).prop_map(|(id, over)| Edit::Override(id, over)),
        (subject_id(), feature_key()).prop_map(|(id, key)| Edit::Clear(id, key)),
    ];
    prop_oneof![definitions, audiences, subjects]
}

impl Edit {
    /// The changes that the edit means for what is there.
    pub(crate) fn changes(self, snapshot: &dyn Snapshot) -> ChangeSet {
        let now = snapshot.catalog(Scope::All).unwrap();
        let audience = |key: &FeatureKey| snapshot.audience(key).unwrap().unwrap_or_default();
        let change = match self {
            Self::DefaultPlan(default_plan) => now.set_settings(Settings {
                default_plan,
                ..now.settings.clone()
            }),
            Self::Cap(max_features) => now.set_settings(Settings {
                max_features,
                ..now.settings.clone()
            }),
            Self::Define(key) => {
                let feature = Feature::new(kind(&key.to_string()));
                now.set_feature(&key, Some(feature))
            }
            Self::Switch(key) => {
                let found = now.features.get(&key);
                let switched = found.map(|entry| Feature {
                    enabled: !entry.feature.enabled,
                    ..entry.feature.clone()
                });
                now.set_feature(&key, switched)
            }
            Self::DeleteFeature(key) => {
                let held = seen(snapshot).overrides.into_iter();
                let held = held.filter_map(|(subject, of_it)| {
                    let over = of_it.get(&key)?.clone();
                    Some((subject, over))
                });
                return now.delete_feature(&key, audience(&key), held.collect::<Vec<_>>());
            }
            Self::Plan(key, price) => {
                let found = now.plans.get(&key).map(|entry| entry.plan.clone());
                let mut plan = found.unwrap_or_default();
                plan.price = price.map(read);
                now.set_plan(&key, Some(plan))
            }
            Self::DeletePlan(key) => return now.delete_plan(&key),
            Self::Grant(plan, (feature, value)) => now.set_grant(&plan, &feature, Some(value)),
            Self::Ungrant(plan, feature) => now.set_grant(&plan, &feature, None),
            Self::Name(key, target) => {
                let whole = audience(&key);
                let rule = whole.naming_rule(&target.target_type);
                let named = rule.is_some_and(|rule| names(&whole, rule, &target));
                return now.add_target(&key, &target, named).into_iter().collect();
            }
            Self::Unname(key, at) => return unnamed(&key, &audience(&key), at),
            Self::PutRule(key, at, rule) => Change::Rule {
                index: at.index(audience(&key).rules.len() + 1),
                feature: key,
                before: None,
                after: Some(rule),
            },
            Self::TakeRule(key, at) => return exchanged(&key, &audience(&key), at, None),
            Self::ExchangeRule(key, at, rule) => {
                return exchanged(&key, &audience(&key), at, Some(rule));
            }
            Self::AudienceDefault(key, after) => Change::AudienceDefault {
                before: audience(&key).default,
                feature: key,
                after,
            },
            Self::User(id, after) => Change::User {
                before: snapshot.user(&id).unwrap(),
                id,
                after,
            },
            Self::Organization(id, after) => Change::Organization {
                before: snapshot.organization(&id).unwrap(),
                id,
                after,
            },
            Self::Override(subject, (feature, over)) => {
                overridden(snapshot, subject, feature, Some(over))
            }
            Self::Clear(subject, feature) => overridden(snapshot, subject, feature, None),
        };
        [change].into_iter().collect()
    }
}

fn members(audience: &Audience<Members>, rule: usize) -> Option<&Members> {
    match audience.rules[rule].when.first()? {
        Condition::OneOf { ids, .. } => Some(ids),
        _ => None,
    }
}

fn names(audience: &Audience<Members>, rule: usize, target: &Target) -> bool {
    members(audience, rule).is_some_and(|ids| ids.contains(&target.id))
}

fn unnamed(key: &FeatureKey, audience: &Audience<Members>, at: Index) -> ChangeSet {
    let all = audience.rules.iter().enumerate().flat_map(|(rule, found)| {
        let conditions = found.when.iter().enumerate();
        conditions.flat_map(move |(condition, when)| match when {
            Condition::OneOf { target_type, ids } => {
                let named = ids.iter().map(|id| Target {
                    target_type: target_type.clone(),
                    id: id.clone(),
                });
                named.map(|target| (rule, condition, target)).collect()
            }
            _ => Vec::new(),
        })
    });
    let all: Vec<_> = all.collect();
    if all.is_empty() {
        return ChangeSet::default();
    }
    let (rule, condition, target) = at.get(&all).clone();
    let change = Change::Target {
        feature: key.clone(),
        rule,
        condition,
        target,
        before: true,
        after: false,
    };
    [change].into_iter().collect()
}

fn exchanged(
    key: &FeatureKey,
    audience: &Audience<Members>,
    at: Index,
    after: Option<Rule<Members>>,
) -> ChangeSet {
    if audience.rules.is_empty() {
        return ChangeSet::default();
    }
    let index = at.index(audience.rules.len());
    let change = Change::Rule {
        feature: key.clone(),
        index,
        before: Some(audience.rules[index].clone()),
        after,
    };
    [change].into_iter().collect()
}

fn overridden(
    snapshot: &dyn Snapshot,
    subject: SubjectId,
    feature: FeatureKey,
    after: Option<Override>,
) -> Change {
    let scope = [feature];
    let held = snapshot.overrides_of(&subject, Scope::Features(&scope));
    let before = held.unwrap().pop().map(|(_, held)| held.over);
    let [feature] = scope;
    Change::Override {
        subject,
        feature,
        before,
        after,
    }
}

/// Makes the edits that are possible, each in a write of its own.
pub(crate) fn edited(project: &Document, edits: Vec<Edit>) -> (MemoryStore, ChangeSet) {
    let store = stored(project);
    let mut made = Vec::new();
    for edit in edits {
        let changes = edit.changes(&*store.snapshot().unwrap());
        let before = everything(&store);
        match try_write(&store, changes.changes().to_vec()) {
            Ok(written) => made.extend(written.changes.changes().to_vec()),
            Err(_) => assert_eq!(everything(&store), before),
        }
    }
    (store, ChangeSet::new(made))
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn edits_one_by_one_or_in_one_write_come_to_the_same_and_can_be_taken_back(
        project in project(), edits in vec(edit(), 1..24),
    ) {
        let (one_by_one, made) = edited(&project, edits);
        let at_once = stored(&project);
        write(&at_once, made.changes().to_vec());
        assert_eq!(everything(&at_once), everything(&one_by_one));
        write(&at_once, made.reversed().changes().to_vec());
        assert_eq!(everything(&at_once), project);
    }

    #[test]
    fn writes_are_taken_back_from_the_history_alone(
        project in project(), edits in vec(edit(), 1..16),
    ) {
        let (store, _) = edited(&project, edits);
        let last = revision(&store);
        for number in (1..=last.0).rev() {
            let snapshot = store.snapshot().unwrap();
            let made = snapshot.changes(Revision(number)).unwrap();
            let text = serde_json::to_string(&made).unwrap();
            let read_back: ChangeSet = serde_json::from_str(&text).unwrap();
            assert_eq!(read_back, made);
            write(&store, read_back.reversed().changes().to_vec());
        }
        assert_eq!(everything(&store), project);
    }

    #[test]
    fn one_project_becomes_another_and_back(first in project(), second in project()) {
        let store = stored(&first);
        let out = first.clone().into_changes().reversed();
        let into = second.clone().into_changes();
        let all: ChangeSet = out.changes().iter().chain(into.changes()).cloned().collect();
        write(&store, all.changes().to_vec());
        assert_eq!(everything(&store), second);
        write(&store, all.reversed().changes().to_vec());
        assert_eq!(everything(&store), first);
    }

    #[test]
    fn audiences_are_exchanged_whole(project in project(), others in vec(rule(), 0..4)) {
        let store = stored(&project);
        for (key, feature) in &project.features {
            let (definition, found) = feature.clone().into_parts();
            if definition.kind == Kind::Boolean {
                let other = Audience { default: Serve::On, rules: others.clone() };
                write(&store, replace_audience(key, found, other.clone()));
                assert_eq!(audience(&store, &key.to_string()), other);
            }
        }
    }
}
