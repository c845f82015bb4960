//! The resolution order a second time, straight from its description and as plainly as can be.
//!
//! It reads a document instead of a store and shares nothing with the resolver but the types of
//! its answer, so that a mistake would have to be made twice.

use flags::domain::document::Document;
use flags::domain::key::{FeatureKey, PlanKey};
use flags::domain::overrides::{Effect, Override};
use flags::domain::resolve::LayerKind;
use flags::domain::subject::SubjectId;
use flags::domain::target::{Condition, Id, Members, Percent, Serve, Target};
use flags::domain::time::Time;
use flags::domain::value::{Answer, Kind, Value};
use flags::store::Question;
use xxhash_rust::xxh3::xxh3_64;

/// What the answer must be, and which layer must give it.
pub(crate) fn expected(
    project: &Document,
    question: &Question,
    key: &FeatureKey,
    at: Time,
) -> (Answer, LayerKind) {
    let asked = Asked::about(project, question);
    let (feature, audience) = project.features[key].clone().into_parts();

    // 1. The feature is disabled: off for everybody, unless its off value says on.
    if !feature.enabled {
        let on = feature.off_value == Serve::On;
        return (on.then_some(Value::On), LayerKind::Switch);
    }

    // 2. An unexpired grant or revoke of the user.
    if let Some(user) = &asked.user
        && let Some(effect) = standing(project, SubjectId::User(user.clone()), key, at)
    {
        return (answer_of(effect), LayerKind::UserOverride);
    }

    // 3. The most generous grant over the organizations; a revoke counts when none grants.
    let of_organizations: Vec<Effect> = asked
        .organizations
        .iter()
        .filter_map(|id| standing(project, SubjectId::Organization(id.clone()), key, at))
        .collect();
    if !of_organizations.is_empty() {
        let best = of_organizations.into_iter().filter_map(answer_of).max();
        return (best, LayerKind::OrganizationOverride);
    }

    // 4. Ordered rules, the first match wins; booleans only.
    if feature.kind == Kind::Boolean {
        let first = audience.rules.iter().find(|rule| {
            !rule.when.is_empty() && rule.when.iter().all(|when| asked.meets(key, when))
        });
        match first.map_or(audience.default, |rule| rule.serve) {
            Serve::On => return (Some(Value::On), LayerKind::Targeting),
            Serve::Off if first.is_some() => return (None, LayerKind::Targeting),
            Serve::Off | Serve::NoValue => {}
        }
    }

    // 5. The user's plan, else the most generous of the organizations', else the default plan.
    let granted_by = |plan: &PlanKey| {
        let (_, grants) = project.plans[plan].clone().into_parts();
        grants.get(key).copied()
    };
    let own = asked.plan.as_ref().and_then(granted_by);
    let shared = || {
        let organizations = asked.organizations.iter();
        organizations
            .filter_map(|id| project.organizations[id].plan.as_ref())
            .filter_map(granted_by)
            .max()
    };
    let default = || project.settings.default_plan.as_ref().and_then(granted_by);
    if let Some(value) = own.or_else(shared).or_else(default) {
        return (Some(value), LayerKind::Plan);
    }

    // 6. Off.
    (None, LayerKind::Default)
}

struct Asked {
    user: Option<Id>,
    organizations: Vec<Id>,
    plan: Option<PlanKey>,
    targets: Vec<Target>,
}

impl Asked {
    fn about(project: &Document, question: &Question) -> Self {
        let (user, organizations, plan, mut targets) = match question.clone() {
            Question::Plan { plan, targets } => (None, Vec::new(), Some(plan), targets),
            Question::Organization { id, targets } => (None, vec![id], None, targets),
            Question::User {
                id,
                within,
                mut targets,
            } => {
                let user = project.users[&id].clone();
                targets.extend(user.targets);
                targets.push(SubjectId::User(id.clone()).target());
                let all = user.organizations.into_iter().collect();
                let counted = within.map_or(all, |one| vec![one]);
                (Some(id), counted, user.plan, targets)
            }
        };
        for id in &organizations {
            targets.extend(project.organizations[id].targets.clone());
            targets.push(SubjectId::Organization(id.clone()).target());
        }
        Self {
            user,
            organizations,
            plan,
            targets,
        }
    }

    fn meets(&self, key: &FeatureKey, condition: &Condition<Members>) -> bool {
        match condition {
            Condition::OneOf { target_type, ids } => self
                .targets
                .iter()
                .any(|target| target.target_type == *target_type && ids.contains(&target.id)),
            Condition::Percent(share) => {
                // Nobody in particular is only within everybody.
                let one = self.user.as_ref().or(self.organizations.first());
                one.map_or(10_000, |id| place(key, id) + 1) <= hundredths(*share)
            }
            Condition::Unsupported(_) => false,
        }
    }
}

/// The subject's place among ten thousand, from 0.
fn place(key: &FeatureKey, id: &Id) -> u64 {
    xxh3_64(format!("{key}\0{id}").as_bytes()) % 10_000
}

fn hundredths(share: Percent) -> u64 {
    let text = share.to_string();
    let (whole, fraction) = match text.trim_end_matches('%').split_once('.') {
        None => (text.trim_end_matches('%').to_owned(), "00".to_owned()),
        Some((whole, fraction)) => (whole.to_owned(), format!("{fraction:0<2}")),
    };
    format!("{whole}{fraction}").parse().unwrap()
}

fn standing(project: &Document, subject: SubjectId, key: &FeatureKey, at: Time) -> Option<Effect> {
    let Override {
        effect,
        starts,
        expires,
        ..
    } = project.overrides.get(&subject)?.get(key)?;
    let started = starts.is_none_or(|start| start.unix() <= at.unix());
    let over = expires.is_some_and(|end| end.unix() <= at.unix());
    (started && !over).then_some(*effect)
}

fn answer_of(effect: Effect) -> Answer {
    match effect {
        Effect::Grant(value) => Some(value),
        Effect::Revoke => None,
    }
}
