//! Why a token and the store differ: which of the layers, claims or moments explains it.

use super::{Answers, Said, Verdict};
use crate::domain::catalog::Catalog;
use crate::domain::finding::{Finding, Via};
use crate::domain::overrides::{Effect, Standing};
use crate::domain::resolve::{LayerKind, Resolution};
use crate::domain::target::{Condition, Id, TargetType};
use crate::domain::time::Time;
use crate::domain::value::{Answer, Kind};
use crate::token::{Misfit, Shape, Statement, TokenValue};

/// Why a token and the store differ, or why both say off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause<'a> {
    /// The token has no claim about features at all.
    ClaimsAbsent,
    /// It has one, of a type that cannot hold any.
    ClaimsUnreadable,
    /// It gives the feature what is no value of its kind.
    WrongType,
    /// It gives the feature several values.
    Contradiction,
    /// Somebody has written to the store since the token was issued.
    ChangedSince,
    /// The override that decided expired, at this moment.
    OverrideExpired(Time),
    /// The override that decides began, at this moment, after the token was issued.
    OverrideStarted(Time),
    /// An override would grant it, from this moment on.
    OverrideAhead(Time),
    /// An override revokes it.
    Revoked,
    /// The kill switch is thrown.
    FeatureDisabled,
    /// Targeting leaves the subject out.
    NotTargeted,
    /// No plan of the subject's includes it.
    NotInPlan,
    /// It comes through an organization that is not the token's. Which one, unless a rule of
    /// targeting names several.
    WrongOrganization(Option<&'a Id>),
    /// The store does not define the feature.
    FeatureUndefined,
    /// The store defines little of what the token names: it is another project's, or another
    /// environment's.
    OtherEnvironment,
    /// The store said already when the token was issued what it says now.
    ValueDiffers,
    /// The token's claims have no place for limits.
    LimitNotCarried,
    /// A custom target decides, which tokens of this kind do not know of.
    CustomTargetNotCarried,
}

impl Cause<'_> {
    /// A stable name for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ClaimsAbsent => "claims_absent",
            Self::ClaimsUnreadable => "claims_unreadable",
            Self::WrongType => "wrong_type",
            Self::Contradiction => "contradiction",
            Self::ChangedSince => "changed_since",
            Self::OverrideExpired(_) => "override_expired",
            Self::OverrideStarted(_) => "override_started",
            Self::OverrideAhead(_) => "override_not_started",
            Self::Revoked => "revoked",
            Self::FeatureDisabled => "feature_disabled",
            Self::NotTargeted => "not_targeted",
            Self::NotInPlan => "not_in_plan",
            Self::WrongOrganization(_) => "wrong_organization",
            Self::FeatureUndefined => "feature_undefined",
            Self::OtherEnvironment => "other_environment",
            Self::ValueDiffers => "value_differs",
            Self::LimitNotCarried => "limit_not_carried",
            Self::CustomTargetNotCarried => "custom_target_not_carried",
        }
    }
}

/// The cause of a verdict.
pub(super) fn find<'a>(
    statement: &Statement,
    catalog: &Catalog,
    answers: &Answers<'a>,
    said: &Said<'_>,
    verdict: Verdict,
) -> Option<Cause<'a>> {
    let now = match (&answers.now, verdict) {
        (_, Verdict::Stale) => return Some(stale(answers)),
        (Some(now), _) => now,
        (None, _) => return Some(Cause::FeatureUndefined),
    };
    match (verdict, said) {
        (Verdict::NotCarried, _) => Some(match now.kind {
            Kind::Limit => Cause::LimitNotCarried,
            Kind::Boolean => Cause::CustomTargetNotCarried,
        }),
        (_, Said::Unusable(values)) => Some(unusable(values)),
        (Verdict::Same, _) if now.answer.is_some() => None,
        _ if now.answer.is_none() => Some(why_off(catalog, now, &answers.elsewhere)),
        (_, Said::LeftOut) => Some(why_left_out(statement, now)),
        _ => Some(why_other(statement, now, &answers.elsewhere, said.answer())),
    }
}

/// Whether tokens with these claims cannot say what the store does.
///
/// WorkOS's list of what is on has no numbers in it, and custom targets come with a question and
/// never with a session (contract page, *Access token* and *Configuration payloads*).
pub(super) fn has_no_room(statement: &Statement, now: &Resolution<'_>) -> bool {
    let list = |shape: &Shape| *shape == Shape::FeatureFlags;
    let list_alone = !statement.shapes.is_empty() && statement.shapes.iter().all(list);
    let known = [TargetType::user(), TargetType::organization()];
    let custom = |named: &TargetType| !known.contains(named);
    list_alone && now.answer.is_some() && (now.kind == Kind::Limit || names(now, custom))
}

/// What decided.
fn winner<'a>(resolution: &Resolution<'a>) -> Option<Finding<'a>> {
    let mut layers = resolution.layers.iter();
    let layer = layers.find(|layer| layer.kind == resolution.winner);
    layer.map(|layer| layer.finding)
}

/// Whether a rule decided that names targets of such a type.
fn names(resolution: &Resolution<'_>, such: impl Fn(&TargetType) -> bool) -> bool {
    let Some(Finding::Rule { rule, .. }) = winner(resolution) else {
        return false;
    };
    rule.when.iter().any(
        |condition| matches!(condition, Condition::OneOf { target_type, .. } if such(target_type)),
    )
}

/// The organization through which the answer comes, if it comes through one; nothing where a rule
/// names it among others.
fn through<'a>(resolution: &Resolution<'a>) -> Option<Option<&'a Id>> {
    match winner(resolution) {
        Some(Finding::Granted {
            via: Via::Organization(id),
            ..
        }) => Some(Some(id)),
        Some(Finding::Override { holder, .. })
            if resolution.winner == LayerKind::OrganizationOverride =>
        {
            Some(holder)
        }
        _ if names(resolution, |named| *named == TargetType::organization()) => Some(None),
        _ => None,
    }
}

/// Whether the answer comes through an organization that the token is not for.
fn is_of_another(statement: &Statement, organization: Option<&Id>) -> bool {
    match (&statement.organization, organization) {
        (None, _) => true,
        (Some(own), Some(other)) => own != other.as_str(),
        (Some(_), None) => false,
    }
}

fn stale<'a>(answers: &Answers<'a>) -> Cause<'a> {
    let (Some(now), Some(then)) = (&answers.now, &answers.at_issue) else {
        return Cause::ChangedSince;
    };
    if answers.held != Some(now.answer) {
        return Cause::ChangedSince;
    }
    let began = match winner(now) {
        Some(Finding::Override { held, .. }) => held.over.starts,
        _ => None,
    };
    let expired = winner(then).and_then(|finding| finding.until());
    let expired = expired.map(Cause::OverrideExpired);
    expired
        .or(began.map(Cause::OverrideStarted))
        .unwrap_or(Cause::ChangedSince)
}

fn unusable(values: &[&TokenValue]) -> Cause<'static> {
    match values.split_first() {
        Some((first, others)) if others.iter().any(|other| other != first) => Cause::Contradiction,
        _ => Cause::WrongType,
    }
}

/// Why the store says off: what an operator would have to see to.
fn why_off<'a>(catalog: &Catalog, now: &Resolution<'a>, elsewhere: &[Resolution<'a>]) -> Cause<'a> {
    if now.winner == LayerKind::Switch {
        return Cause::FeatureDisabled;
    }
    if let Some(other) = elsewhere.iter().find(|found| found.answer.is_some()) {
        return Cause::WrongOrganization(through(other).flatten());
    }
    if matches!(winner(now), Some(Finding::Override { .. })) {
        return Cause::Revoked;
    }
    let mut overrides = now.layers.iter().flat_map(|layer| {
        let aside = layer.aside.iter();
        aside.chain([&layer.finding])
    });
    if let Some(cause) = overrides.find_map(not_standing) {
        return cause;
    }
    let granted = catalog
        .plans
        .values()
        .any(|plan| plan.grants.contains_key(now.key));
    match now.kind {
        Kind::Boolean if !granted || has_rules(now) => Cause::NotTargeted,
        _ => Cause::NotInPlan,
    }
}

/// A grant that does not count at the moment.
fn not_standing(finding: &Finding<'_>) -> Option<Cause<'static>> {
    let Finding::Override { held, standing, .. } = finding else {
        return None;
    };
    match (&held.over.effect, standing) {
        (Effect::Revoke, _) | (_, Standing::Active) => None,
        (Effect::Grant(_), Standing::Expired) => held.over.expires.map(Cause::OverrideExpired),
        (Effect::Grant(_), Standing::NotStarted) => held.over.starts.map(Cause::OverrideAhead),
    }
}

/// Whether targeting names anybody, so that it leaves others out.
fn has_rules(resolution: &Resolution<'_>) -> bool {
    resolution.layers.iter().any(|layer| match layer.finding {
        Finding::Rule { .. } => true,
        Finding::NoRuleMatches { entry, .. } => !entry.audience.rules.is_empty(),
        _ => false,
    })
}

/// The claims about features that are of a wrong type, as wholes or in an element.
pub fn unreadable_claims(statement: &Statement) -> impl Iterator<Item = &Misfit> {
    statement.misfits.iter().filter(|misfit| {
        let path = misfit.path.split_once(['.', '[']);
        match path.unwrap_or((&misfit.path, "")) {
            ("features" | "customClaims" | "custom_claims", "") | (_, "flags") => true,
            (claim, _) => claim == "feature_flags",
        }
    })
}

/// Why the token leaves out what the store gives.
fn why_left_out<'a>(statement: &Statement, now: &Resolution<'a>) -> Cause<'a> {
    if unreadable_claims(statement).next().is_some() {
        return Cause::ClaimsUnreadable;
    }
    if statement.shapes.is_empty() {
        return Cause::ClaimsAbsent;
    }
    match through(now) {
        Some(other) if is_of_another(statement, other) => Cause::WrongOrganization(other),
        _ => Cause::ValueDiffers,
    }
}

/// Why the token gives another value than the store.
fn why_other<'a>(
    statement: &Statement,
    now: &Resolution<'a>,
    elsewhere: &[Resolution<'a>],
    said: Option<Answer>,
) -> Cause<'a> {
    let mut elsewhere = elsewhere.iter();
    match (
        elsewhere.find(|other| Some(other.answer) == said),
        through(now),
    ) {
        (Some(other), _) => Cause::WrongOrganization(through(other).flatten()),
        (None, Some(other)) if is_of_another(statement, other) => Cause::WrongOrganization(other),
        _ => Cause::ValueDiffers,
    }
}
