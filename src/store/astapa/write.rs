//! Changes as Astapa's calls, or why there is no call for one.

use super::refusal::Lacks;
use super::wire;
use crate::domain::change::Change;
use crate::domain::feature::Feature;
use crate::domain::overrides::Override;
use crate::domain::subject::{SubjectId, User};
use crate::domain::target::{Id, Serve};
use crate::remote::api::Call;
use crate::store::StoreError;

/// The call that makes a change.
///
/// # Errors
///
/// [`StoreError::Unsupported`].
pub(super) fn call(change: &Change) -> Result<Call, StoreError> {
    match change {
        Change::Feature {
            key,
            before: None,
            after: Some(feature),
        } => {
            plain(feature)?;
            Ok(wire::define(key, feature))
        }
        Change::Feature {
            key, after: None, ..
        } => Ok(wire::delete(key)),
        Change::Feature { .. } => Lacks::Particulars.refuse(),
        Change::Override {
            subject: SubjectId::Organization(_),
            ..
        } => Lacks::Organizations.refuse(),
        Change::Override {
            subject: SubjectId::User(user),
            feature,
            after,
            ..
        } => match after {
            None => Ok(wire::clear_override(user, feature)),
            Some(over) => {
                lasting(over)?;
                Ok(wire::set_override(user, feature, over.effect))
            }
        },
        Change::User {
            id,
            before,
            after: Some(after),
        } => assigned(id, before.as_ref(), after),
        Change::User { .. } => Lacks::Subjects.refuse(),
        Change::Organization { .. } => Lacks::Organizations.refuse(),
        Change::Plan { .. } | Change::Grant { .. } => Lacks::Plans.refuse(),
        Change::Settings { .. } => Lacks::Settings.refuse(),
        Change::AudienceDefault { .. } | Change::Rule { .. } | Change::Target { .. } => {
            Lacks::Targeting.refuse()
        }
    }
}

/// Refuses what Astapa keeps no word of.
fn plain(feature: &Feature) -> Result<(), StoreError> {
    let Feature {
        kind: _,
        name: _,
        description: _,
        tags,
        owner,
        enabled,
        off_value,
    } = feature;
    match tags.is_empty() && owner.is_none() && *enabled && *off_value == Serve::Off {
        true => Ok(()),
        false => Lacks::Particulars.refuse(),
    }
}

fn lasting(over: &Override) -> Result<(), StoreError> {
    match (over.starts, over.expires) {
        (None, None) => Ok(()),
        _ => Lacks::Spans.refuse(),
    }
}

/// The e-mail address says who is meant: the one given, else the name itself where it is one.
fn assigned(id: &Id, before: Option<&User>, after: &User) -> Result<Call, StoreError> {
    let User {
        email,
        plan,
        organizations,
        targets,
    } = after;
    if !organizations.is_empty() {
        return Lacks::Organizations.refuse();
    }
    if !targets.is_empty() || (plan.is_none() && before.is_none()) {
        return Lacks::Subjects.refuse();
    }
    let named = Some(id.as_str()).filter(|name| name.contains('@'));
    let email = email
        .as_deref()
        .or(named)
        .ok_or_else(|| Lacks::Email.error())?;
    Ok(wire::assign_plan(email, plan.as_ref()))
}
