//! `flags set`: map a feature into a plan, or override it for a subject.

use anyhow::Result;
use clap::{ArgGroup, Args};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question::{did_you_mean, unknown_feature};
use crate::cli::values::{When, Word, meant, suggested_kind};
use crate::cli::write::{FIELDS, Request, WriteArgs, check_fields, not_confirmed, write};
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::feature::Feature;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::{Effect, Override};
use crate::domain::plan::Plan;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::store::{Scope, Snapshot, StoreError};
use crate::ui::{self, OutputMode, Report, prompt};

/// Map a feature into a plan, or override it for a user or an organization
#[derive(Debug, Args)]
#[command(
    group(ArgGroup::new("whose").required(true).args(["plan", "user", "org"])),
    after_help = "Examples:\n  flags set analytics --plan pro\n  flags set max_seats 25 --plan pro\
                  \n  flags set beta --user u1 --expires 14d --reason 'trial'\
                  \n  flags set analytics off --org acme"
)]
pub struct SetArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    /// on (the default for a boolean), off (revokes), a number, or unlimited
    #[arg(value_name = "VALUE", allow_negative_numbers = true)]
    value: Option<Word>,
    #[command(flatten)]
    whose: Whose,
    /// The override ends at this moment: 14d, 36h, a date, or RFC 3339
    #[arg(
        long,
        value_name = "TIME",
        conflicts_with = "plan",
        allow_hyphen_values = true
    )]
    expires: Option<When>,
    /// The override starts at this moment
    #[arg(
        long,
        value_name = "TIME",
        conflicts_with = "plan",
        allow_hyphen_values = true
    )]
    starts: Option<When>,
    /// Make the feature, plan, user or organization if there is none yet
    #[arg(long)]
    create: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Whom a mapping or an override belongs to: exactly one of the three.
#[derive(Debug, Clone, Args)]
pub struct Whose {
    /// The plan to map the feature into
    #[arg(long, short, value_name = "PLAN")]
    pub plan: Option<PlanKey>,
    /// The user whose override it is
    #[arg(long, short, value_name = "ID")]
    pub user: Option<Id>,
    /// The organization whose override it is
    #[arg(long, short, value_name = "ID")]
    pub org: Option<Id>,
}

/// A plan or a subject.
#[derive(Debug, Clone)]
pub enum Holder {
    /// A plan.
    Plan(PlanKey),
    /// A user or an organization.
    Subject(SubjectId),
}

impl Whose {
    /// The one that was named.
    pub fn holder(&self) -> Result<Holder> {
        match (&self.plan, &self.user, &self.org) {
            (Some(plan), ..) => Ok(Holder::Plan(plan.clone())),
            (_, Some(user), _) => Ok(Holder::Subject(SubjectId::User(user.clone()))),
            (_, _, Some(org)) => Ok(Holder::Subject(SubjectId::Organization(org.clone()))),
            _ => Err(Failure::usage("usage", "name a --plan, a --user or an --org").into()),
        }
    }
}

/// Maps or overrides.
pub fn run(context: &Context, args: SetArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let holder = args.whose.holder()?;
    let now = context.now()?;
    let span = Span {
        starts: args.starts.map(|when| when.from(now)).transpose()?,
        expires: args.expires.map(|when| when.from(now)).transpose()?,
    };
    if let Some(end) = span.expires.filter(|end| *end <= now) {
        let message = format!("the override would have expired at {end}, and it is {now}");
        let refused = Failure::usage("expired", message);
        return Err(refused.hint("`--expires 14d` ends it in 14 days").into());
    }
    let snapshot = context.store()?.snapshot()?;
    let missing = missing(&*snapshot, &args.feature, &holder)?;
    if missing.feature && args.value == Some(Word::Off) {
        // What is off needs no definition: it is a mistyped key, not one to make.
        return Err(unknown_feature(&*snapshot, &args.feature)?.into());
    }
    drop(snapshot);
    if !missing.is_empty() && !args.create {
        agreed(context, &args, &missing)?;
    }
    let request = Request {
        command: "set",
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        changes(snapshot, &args, &holder, span)
    })
}

#[derive(Debug, Clone, Copy)]
struct Span {
    starts: Option<Time>,
    expires: Option<Time>,
}

fn changes(
    snapshot: &dyn Snapshot,
    args: &SetArgs,
    holder: &Holder,
    span: Span,
) -> Result<ChangeSet> {
    let catalog = snapshot.catalog(Scope::All)?;
    let mut changes = Vec::new();
    let made = Feature::new(suggested_kind(args.value));
    let feature = match catalog.features.get(&args.feature) {
        Some(entry) => &entry.feature,
        None if args.value == Some(Word::Off) => {
            return Err(Refusal::UnknownFeature(args.feature.clone()).into());
        }
        None => {
            changes.push(catalog.set_feature(&args.feature, Some(made.clone())));
            &made
        }
    };
    let value = meant(&args.feature, feature, args.value)?;
    match holder {
        Holder::Plan(plan) => {
            if !catalog.plans.contains_key(plan) {
                changes.push(catalog.set_plan(plan, Some(Plan::default())));
            }
            changes.push(catalog.set_grant(plan, &args.feature, value));
        }
        Holder::Subject(subject) => {
            changes.extend(introduced(snapshot, subject)?);
            let over = Override {
                effect: value.map_or(Effect::Revoke, Effect::Grant),
                reason: args.write.reason(),
                starts: span.starts,
                expires: span.expires,
            };
            let over = over
                .checked()
                .map_err(|e| Failure::usage("span", e.to_string()))?;
            changes.push(override_change(
                snapshot,
                subject,
                &args.feature,
                Some(over),
            )?);
        }
    }
    Ok(ChangeSet::new(changes))
}

/// The change that makes an unknown subject known.
fn introduced(snapshot: &dyn Snapshot, subject: &SubjectId) -> Result<Option<Change>, StoreError> {
    Ok(match subject {
        SubjectId::User(id) if snapshot.user(id)?.is_none() => Some(Change::User {
            id: id.clone(),
            before: None,
            after: Some(User::default()),
        }),
        SubjectId::Organization(id) if snapshot.organization(id)?.is_none() => {
            let (before, after) = (None, Some(Organization::default()));
            Some(Change::Organization {
                id: id.clone(),
                before,
                after,
            })
        }
        _ => None,
    })
}

/// The change of one subject's override of one feature.
pub fn override_change(
    snapshot: &dyn Snapshot,
    subject: &SubjectId,
    feature: &FeatureKey,
    after: Option<Override>,
) -> Result<Change, StoreError> {
    let held = snapshot.overrides_of(subject, Scope::Features(std::slice::from_ref(feature)))?;
    let before = held.into_iter().next().map(|(_, held)| held.over);
    let (subject, feature) = (subject.clone(), feature.clone());
    Ok(Change::Override {
        subject,
        feature,
        before,
        after,
    })
}

/// What a `set` names that is not there yet.
struct Missing {
    feature: bool,
    plan: Option<PlanKey>,
    subject: Option<SubjectId>,
    hints: Vec<String>,
}

impl Missing {
    fn is_empty(&self) -> bool {
        !self.feature && self.plan.is_none() && self.subject.is_none()
    }

    fn things(&self, feature: &FeatureKey) -> Vec<String> {
        let feature = self.feature.then(|| format!("feature `{feature}`"));
        let plan = self.plan.as_ref().map(|plan| format!("plan `{plan}`"));
        let subject = self
            .subject
            .as_ref()
            .map(|s| format!("{} `{}`", s.noun(), s.id()));
        feature.into_iter().chain(plan).chain(subject).collect()
    }

    fn failure(&self, feature: &FeatureKey) -> Failure {
        let code = match (self.feature, &self.plan, &self.subject) {
            (true, ..) => "feature_not_found",
            (_, Some(_), _) => "plan_not_found",
            (_, _, Some(SubjectId::User(_))) => "user_not_found",
            _ => "organization_not_found",
        };
        let things = self.things(feature).join(" and no ");
        let refused = Failure::refused(code, format!("there is no {things}"));
        let refused = self.hints.iter().cloned().fold(refused, Failure::hint);
        refused.hint("add --create to make what is missing")
    }
}

fn missing(snapshot: &dyn Snapshot, feature: &FeatureKey, holder: &Holder) -> Result<Missing> {
    let catalog = snapshot.catalog(Scope::All)?;
    let no_feature = !catalog.features.contains_key(feature);
    let (plan, subject) = match holder {
        Holder::Plan(plan) if !catalog.plans.contains_key(plan) => (Some(plan.clone()), None),
        Holder::Plan(_) => (None, None),
        Holder::Subject(subject) => {
            let unknown = introduced(snapshot, subject)?.is_some();
            (None, unknown.then(|| subject.clone()))
        }
    };
    let hints = nearest(&catalog, no_feature.then_some(feature), plan.as_ref());
    Ok(Missing {
        feature: no_feature,
        plan,
        subject,
        hints,
    })
}

fn nearest(catalog: &Catalog, feature: Option<&FeatureKey>, plan: Option<&PlanKey>) -> Vec<String> {
    let features = || catalog.features.keys().map(FeatureKey::as_str);
    let plans = || catalog.plans.keys().map(PlanKey::as_str);
    let feature = feature.and_then(|key| ui::nearest(key.as_str(), features()));
    let plan = plan.and_then(|key| ui::nearest(key.as_str(), plans()));
    feature.into_iter().chain(plan).map(did_you_mean).collect()
}

/// On a terminal, asks whether to make what is missing; a script says so with `--create`.
fn agreed(context: &Context, args: &SetArgs, missing: &Missing) -> Result<()> {
    let asks_nothing = args.write.yes || context.mode != OutputMode::Text;
    if asks_nothing || !context.terminal.interactive() {
        return Err(missing.failure(&args.feature).into());
    }
    let things = missing.things(&args.feature).join(" and ");
    for hint in &missing.hints {
        context.terminal.status(hint.as_str())?;
    }
    let kind = match missing.feature {
        true => format!(" ({})", suggested_kind(args.value)),
        false => String::new(),
    };
    match prompt::confirm(&format!("There is no {things}. Make it{kind}?"))? {
        true => Ok(()),
        false => Err(not_confirmed().into()),
    }
}
