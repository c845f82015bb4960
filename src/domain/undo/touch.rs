//! Which parts a change alters.

use std::collections::BTreeSet;
use std::hash::Hash;

use super::part::{Part, Side, Who};
use super::rules::{Met, RuleNumber};
use super::{Digest, digest};
use crate::domain::catalog::Settings;
use crate::domain::change::Change;
use crate::domain::feature::Feature;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::Plan;
use crate::domain::subject::{Organization, User};
use crate::domain::target::{Condition, Id, Members, Rule, Serve, Target, TargetType};

/// A part that a change alters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch<'c> {
    /// Which.
    pub part: Part<'c>,
    /// Found.
    pub before: Side<'c>,
    /// Left.
    pub after: Side<'c>,
}

/// A field by its name, and how its value is found; `None` for what a thing begins with.
type Field<T> = (&'static str, fn(&T) -> Option<Digest>);

/// Tells of every part that the change alters. `met` is what it meant for the rules.
pub fn touches<'c>(change: &'c Change, met: Met, tell: &mut dyn FnMut(Touch<'c>)) {
    let mut teller = Teller(tell);
    match change {
        Change::Settings { before, after } => teller.settings(before, after),
        Change::Feature { key, before, after } => {
            teller.feature(key, before.as_ref(), after.as_ref());
        }
        Change::AudienceDefault {
            feature,
            before,
            after,
        } => {
            // Off is what every audience begins with.
            let side = |serve: &'c Serve| {
                let serve = Some(serve).filter(|serve| **serve != Serve::Off);
                serve.map(|serve| Side::of(serve, [Part::Feature(feature)]))
            };
            teller.tell(Part::AudienceDefault(feature), side(before), side(after));
        }
        Change::Rule {
            feature,
            before,
            after,
            ..
        } => {
            teller.rule(feature, met.taken.zip(before.as_ref()), false);
            teller.rule(feature, met.put.zip(after.as_ref()), true);
            let order = |value: Option<Digest>| value.map(|value| Side::of(&value, []));
            let (before, after) = (order(met.order_before), order(met.order_after));
            teller.tell(Part::Order(feature), before, after);
        }
        Change::Target {
            feature,
            condition,
            target,
            after,
            ..
        } => {
            if let Some(rule) = met.put {
                let (kind, id) = (&target.target_type, &target.id);
                teller.named(feature, rule, *condition, (kind, id), *after);
            }
        }
        Change::Plan { key, before, after } => teller.plan(key, before.as_ref(), after.as_ref()),
        Change::Grant {
            plan,
            feature,
            before,
            after,
        } => {
            let on = [Part::Plan(plan), Part::Feature(feature)];
            teller.value(
                Part::Grant(plan, feature),
                before.as_ref(),
                after.as_ref(),
                on,
            );
        }
        Change::User { id, before, after } => teller.user(id, before.as_ref(), after.as_ref()),
        Change::Organization { id, before, after } => {
            teller.organization(id, before.as_ref(), after.as_ref());
        }
        Change::Override {
            subject,
            feature,
            before,
            after,
        } => {
            let who = Who::from(subject);
            let on = [Part::Subject(who), Part::Feature(feature)];
            let part = Part::Override(who, feature);
            teller.value(part, before.as_ref(), after.as_ref(), on);
        }
    }
}

struct Teller<'t, 'c>(&'t mut dyn FnMut(Touch<'c>));

impl<'c> Teller<'_, 'c> {
    fn tell(&mut self, part: Part<'c>, before: Option<Side<'c>>, after: Option<Side<'c>>) {
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        if before.value != after.value {
            (self.0)(Touch {
                part,
                before,
                after,
            });
        }
    }

    /// A part that stands on the same, whatever its value is.
    fn value<T: Hash>(
        &mut self,
        part: Part<'c>,
        before: Option<T>,
        after: Option<T>,
        on: impl IntoIterator<Item = Part<'c>> + Clone,
    ) {
        let side = |value: Option<T>| value.map(|value| Side::of(&value, on.clone()));
        self.tell(part, side(before), side(after));
    }

    /// Each thing that only one of two sets holds.
    fn each<T: Ord>(
        &mut self,
        before: Option<&'c BTreeSet<T>>,
        after: Option<&'c BTreeSet<T>>,
        of: impl Fn(&'c T) -> (Part<'c>, [Option<Part<'c>>; 2]),
    ) {
        let holds = |set: Option<&BTreeSet<T>>, one: &T| set.is_some_and(|set| set.contains(one));
        let there = |on: [Option<Part<'c>>; 2]| Some(Side::of(&(), on.into_iter().flatten()));
        for gone in before.into_iter().flatten() {
            if !holds(after, gone) {
                let (part, on) = of(gone);
                self.tell(part, there(on), None);
            }
        }
        for new in after.into_iter().flatten() {
            if !holds(before, new) {
                let (part, on) = of(new);
                self.tell(part, None, there(on));
            }
        }
    }

    fn settings(&mut self, before: &'c Settings, after: &'c Settings) {
        self.on_plan(
            Part::DefaultPlan,
            None,
            before.default_plan.as_ref(),
            after.default_plan.as_ref(),
        );
        let (before, after) = (before.max_features, after.max_features);
        self.value(Part::Cap, Some(before), Some(after), []);
    }

    /// A part whose value is a plan.
    fn on_plan(
        &mut self,
        part: Part<'c>,
        holder: Option<Part<'c>>,
        before: Option<&'c PlanKey>,
        after: Option<&'c PlanKey>,
    ) {
        let side = |plan: Option<&'c PlanKey>| {
            plan.map(|plan| Side::of(plan, holder.into_iter().chain([Part::Plan(plan)])))
        };
        self.tell(part, side(before), side(after));
    }

    fn feature(
        &mut self,
        key: &'c FeatureKey,
        before: Option<&'c Feature>,
        after: Option<&'c Feature>,
    ) {
        let kind = |side: Option<&Feature>| side.map(|feature| feature.kind);
        self.value(Part::Feature(key), kind(before), kind(after), []);
        let fields: [Field<Feature>; 5] = [
            ("name", |feature| feature.name.as_ref().map(digest)),
            ("description", |feature| {
                feature.description.as_ref().map(digest)
            }),
            ("owner", |feature| feature.owner.as_ref().map(digest)),
            // What a feature begins with is nothing that was altered.
            ("switch", |feature| (!feature.enabled).then(|| digest(&()))),
            ("off value", |feature| {
                let altered = feature.off_value != Serve::Off;
                altered.then(|| digest(&feature.off_value))
            }),
        ];
        let on = [Part::Feature(key)];
        for (name, field) in fields {
            let (before, after) = (before.and_then(field), after.and_then(field));
            self.value(Part::FeatureField(key, name), before, after, on);
        }
        let tags = |side: Option<&'c Feature>| side.map(|feature| &feature.tags);
        self.each(tags(before), tags(after), |tag| {
            (Part::Tag(key, tag), [Some(Part::Feature(key)), None])
        });
    }

    fn plan(&mut self, key: &'c PlanKey, before: Option<&'c Plan>, after: Option<&'c Plan>) {
        let there = |side: Option<&Plan>| side.map(|_| ());
        self.value(Part::Plan(key), there(before), there(after), []);
        let fields: [Field<Plan>; 5] = [
            ("name", |plan| plan.display_name.as_ref().map(digest)),
            ("description", |plan| plan.description.as_ref().map(digest)),
            ("price", |plan| plan.price.as_ref().map(digest)),
            ("currency", |plan| plan.currency.as_ref().map(digest)),
            ("period", |plan| plan.period.as_ref().map(digest)),
        ];
        for (name, field) in fields {
            let (before, after) = (before.and_then(field), after.and_then(field));
            self.value(Part::PlanField(key, name), before, after, [Part::Plan(key)]);
        }
    }

    fn user(&mut self, id: &'c Id, before: Option<&'c User>, after: Option<&'c User>) {
        let who = Who::User(id);
        let there = |side: Option<&User>| side.map(|_| ());
        self.value(Part::Subject(who), there(before), there(after), []);
        let email = |side: Option<&'c User>| side.and_then(|user| user.email.as_ref());
        let plan = |side: Option<&'c User>| side.and_then(|user| user.plan.as_ref());
        let part = Part::SubjectField(who, "e-mail");
        self.value(part, email(before), email(after), [Part::Subject(who)]);
        self.subject_plan(who, plan(before), plan(after));
        let belongs = |side: Option<&'c User>| side.map(|user| &user.organizations);
        self.each(belongs(before), belongs(after), |organization| {
            let of = Part::Subject(Who::Organization(organization));
            let part = Part::Membership(id, organization);
            (part, [Some(Part::Subject(who)), Some(of)])
        });
        let targets = |side: Option<&'c User>| side.map(|user| &user.targets);
        self.brought(who, targets(before), targets(after));
    }

    fn organization(
        &mut self,
        id: &'c Id,
        before: Option<&'c Organization>,
        after: Option<&'c Organization>,
    ) {
        let who = Who::Organization(id);
        let there = |side: Option<&Organization>| side.map(|_| ());
        self.value(Part::Subject(who), there(before), there(after), []);
        let name = |side: Option<&'c Organization>| side.and_then(|found| found.name.as_ref());
        let plan = |side: Option<&'c Organization>| side.and_then(|found| found.plan.as_ref());
        let part = Part::SubjectField(who, "name");
        self.value(part, name(before), name(after), [Part::Subject(who)]);
        self.subject_plan(who, plan(before), plan(after));
        let targets = |side: Option<&'c Organization>| side.map(|found| &found.targets);
        self.brought(who, targets(before), targets(after));
    }

    fn subject_plan(
        &mut self,
        who: Who<'c>,
        before: Option<&'c PlanKey>,
        after: Option<&'c PlanKey>,
    ) {
        let part = Part::SubjectField(who, "plan");
        self.on_plan(part, Some(Part::Subject(who)), before, after);
    }

    fn brought(
        &mut self,
        who: Who<'c>,
        before: Option<&'c BTreeSet<Target>>,
        after: Option<&'c BTreeSet<Target>>,
    ) {
        self.each(before, after, |target| {
            (Part::Brought(who, target), [Some(Part::Subject(who)), None])
        });
    }

    /// A whole rule that comes or goes, with everybody it names.
    fn rule(
        &mut self,
        feature: &'c FeatureKey,
        rule: Option<(RuleNumber, &'c Rule<Members>)>,
        comes: bool,
    ) {
        let Some((number, rule)) = rule else {
            return;
        };
        let there = |there: bool| there.then(|| Side::of(&(), [Part::Feature(feature)]));
        self.tell(Part::Rule(feature, number), there(!comes), there(comes));
        for (condition, when) in rule.when.iter().enumerate() {
            if let Condition::OneOf { target_type, ids } = when {
                for id in ids {
                    self.named(feature, number, condition, (target_type, id), comes);
                }
            }
        }
    }

    fn named(
        &mut self,
        feature: &'c FeatureKey,
        rule: RuleNumber,
        condition: usize,
        (target_type, id): (&'c TargetType, &'c Id),
        comes: bool,
    ) {
        let who = match target_type.as_str() {
            "user" => Some(Part::Subject(Who::User(id))),
            "organization" => Some(Part::Subject(Who::Organization(id))),
            _ => None,
        };
        let on = [Part::Rule(feature, rule), Part::Feature(feature)];
        let on = on.into_iter().chain(who);
        let side = |there: bool| there.then(|| Side::of(&(), on.clone()));
        let part = Part::Named(feature, rule, condition, target_type, id);
        self.tell(part, side(!comes), side(comes));
    }
}
