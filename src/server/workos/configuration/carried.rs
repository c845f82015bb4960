//! What the payload can say of a feature: all layers as one list of ordered rules.
//!
//! WorkOS's evaluator knows a switch, rules of which the first that matches serves, and a default.
//! Our layers fit into that as far as each of them is a list of names: a user's override stands in
//! front, the organization's behind it, then the feature's own rules, then the plans, which are
//! told as targets of the type `plan`. So the order of the rules is the order of the layers, and an
//! application that passes whom it knows (`user`, one `organization`, its `plan`) gets the answer
//! that the resolver gives.

use thiserror::Error;

use crate::domain::catalog::FeatureEntry;
use crate::domain::key::PlanKey;
use crate::domain::target::{
    Audience, Condition, Id, Members, Percent, Rule, Serve, TargetError, TargetType,
};
use crate::domain::text::Name;
use crate::domain::value::Kind;

/// The target type by which the payload tells plans.
pub const PLAN: &str = "plan";

/// Why the payload has nothing to say of a feature.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LeftOut {
    /// It has numbers.
    #[error("it is a limit, and the payload says on and off alone")]
    Limit,
    /// A rule asks for a share of all subjects.
    #[error("a rule asks for a percentage of all subjects")]
    Percentage,
    /// A rule names targets of the type that stands for plans.
    #[error("a rule names targets of the type `plan`, by which the payload tells plans")]
    PlanTargets,
    /// Its rules and overrides name too many.
    #[error("its rules and overrides name {named}, and the payload takes {most} for a feature")]
    TooManyNames {
        /// How many.
        named: u64,
        /// How many would fit.
        most: u64,
    },
    /// Others have filled the payload.
    #[error(
        "its rules and overrides name {named}, for which the payload, which takes {most}, has no \
         room left"
    )]
    NoRoom {
        /// How many.
        named: u64,
        /// How many would fit in all.
        most: u64,
    },
}

/// The overrides of one feature that stand.
#[derive(Debug, Clone, Default)]
pub struct Overridden {
    /// Users whose override takes it away, and those whom it gives it to.
    pub users: [Members; 2],
    /// Organizations, likewise.
    pub organizations: [Members; 2],
}

/// The plans that give a feature.
#[derive(Debug, Clone, Default)]
pub struct Granting {
    /// Each of them.
    pub plans: Vec<PlanKey>,
    /// Whether the default plan is among them, so that everybody has it of a plan.
    pub everybody: bool,
}

/// What the payload says of a feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The kill switch.
    pub enabled: bool,
    /// What it serves when it is thrown.
    pub off_value: bool,
    /// Rules that ask for names alone and serve on or off, and a default that is one of the two.
    pub audience: Audience<Members>,
}

impl Carried {
    /// Puts all layers of a feature in one list.
    ///
    /// # Errors
    ///
    /// Why that cannot be.
    pub fn of(
        entry: &FeatureEntry,
        audience: Audience<Members>,
        overridden: Overridden,
        granting: &Granting,
    ) -> Result<Self, LeftOut> {
        if entry.feature.kind == Kind::Limit {
            return Err(LeftOut::Limit);
        }
        let mut rules = Vec::new();
        let [revoked, granted] = overridden.users;
        overrides(&mut rules, TargetType::user(), revoked, granted);
        let [revoked, granted] = overridden.organizations;
        overrides(&mut rules, TargetType::organization(), revoked, granted);
        let settled = targeting(&mut rules, audience, granting)?;
        let default = match settled {
            Some(serve) => serve,
            None => {
                rules.extend(by_plan("plan", &[], granting));
                otherwise(granting)
            }
        };
        Ok(Self {
            enabled: entry.feature.enabled,
            off_value: entry.feature.off_value == Serve::On,
            audience: Audience { default, rules },
        })
    }
}

/// What whoever no plan in particular gives it gets of the plans.
fn otherwise(granting: &Granting) -> Serve {
    match granting.everybody {
        true => Serve::On,
        false => Serve::Off,
    }
}

fn overrides(rules: &mut Vec<Rule<Members>>, of: TargetType, revoked: Members, granted: Members) {
    for (ids, serve, word) in [
        (revoked, Serve::Off, "revoked"),
        (granted, Serve::On, "granted"),
    ] {
        if !ids.is_empty() {
            let target_type = of.clone();
            rules.push(Rule {
                id: Name::new(&format!("{of}-{word}")).unwrap_or_default(),
                serve,
                when: vec![Condition::OneOf { target_type, ids }],
            });
        }
    }
}

/// The feature's own rules; the default where they leave nothing to the plans.
fn targeting(
    rules: &mut Vec<Rule<Members>>,
    audience: Audience<Members>,
    granting: &Granting,
) -> Result<Option<Serve>, LeftOut> {
    for (index, rule) in audience.rules.into_iter().enumerate() {
        let id = format!("rule-{}", index + 1);
        // A rule that asks for nothing never matches; one that asks for what always holds does.
        let Some(when) = conditions(rule.when)? else {
            continue;
        };
        let serve = match rule.serve {
            Serve::NoValue => {
                // Whoever it matches is not answered here: the plans are asked, and no later rule.
                if when.is_empty() {
                    rules.extend(by_plan("plan", &[], granting));
                    return Ok(Some(otherwise(granting)));
                }
                rules.extend(by_plan(&format!("{id}-plan"), &when, granting));
                otherwise(granting)
            }
            serve => serve,
        };
        if when.is_empty() {
            return Ok(Some(serve));
        }
        let id = Name::new(&id).unwrap_or_default();
        rules.push(Rule { id, serve, when });
    }
    Ok((audience.default == Serve::On).then_some(Serve::On))
}

/// The conditions that ask for names; `None` where they cannot all hold.
fn conditions(when: Vec<Condition<Members>>) -> Result<Option<Vec<Condition<Members>>>, LeftOut> {
    let mut possible = !when.is_empty();
    let mut named = Vec::new();
    for condition in when {
        match condition {
            Condition::OneOf { target_type, .. } if target_type.as_str() == PLAN => {
                return Err(LeftOut::PlanTargets);
            }
            Condition::OneOf { ref ids, .. } if ids.is_empty() => possible = false,
            Condition::OneOf { .. } => named.push(condition),
            Condition::Percent(Percent::ALL) => {}
            Condition::Percent(Percent::NONE) | Condition::Unsupported(_) => possible = false,
            Condition::Percent(_) => return Err(LeftOut::Percentage),
        }
    }
    Ok(possible.then_some(named))
}

/// The rule for those on plans that give it, among whom `when` holds for; none where it makes no
/// difference.
fn by_plan(id: &str, when: &[Condition<Members>], granting: &Granting) -> Option<Rule<Members>> {
    if granting.everybody || granting.plans.is_empty() {
        return None;
    }
    let ids: Result<Members, TargetError> = granting
        .plans
        .iter()
        .map(|plan| plan.as_str().parse::<Id>())
        .collect();
    // The key of a plan is an identifier, and this is the type of a target.
    let target_type: TargetType = PLAN.parse().ok()?;
    let ids = ids.ok()?;
    let mut when = when.to_vec();
    when.push(Condition::OneOf { target_type, ids });
    Some(Rule {
        id: Name::new(id).unwrap_or_default(),
        serve: Serve::On,
        when,
    })
}
