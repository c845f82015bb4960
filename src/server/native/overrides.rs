//! `/v1/overrides`, and those of one user or organization.

use std::ops::ControlFlow;

use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;

use super::features::{not_found, simple, unknown};
use super::look::{Told, look};
use super::operation::{Operation, read, write};
use super::page::{Cursor, Gathered, Limit, Page};
use super::take::{Asked, Query, Sent, Way};
use super::write::{Wanted, WriteQuery, edit};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Standing;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::target::Id;
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::edit::{ClearOverrides, Edit, Missing, SetOverride, Word, known_subject};
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::{Scope, Snapshot, StoreError};
use crate::told::{OverrideShown, OverrideTold, Written};

pub(super) fn operations() -> Vec<Operation> {
    let user = "/v1/users/{user}/overrides/{feature}";
    let organization = "/v1/organizations/{organization}/overrides/{feature}";
    let (put, delete) = (Method::PUT, Method::DELETE);
    vec![
        read(
            "/v1/overrides",
            "listOverrides",
            "Overrides, in the order of subjects and keys",
            list,
        )
        .query::<ListQuery>()
        .answers::<Page<OverrideTold<'static>>>(),
        write(
            Method::POST,
            "/v1/overrides/clear",
            "clearOverrides",
            "Take away a subject's overrides, or whatever has expired",
            clear,
        )
        .query::<WriteQuery>()
        .takes::<Clearing>()
        .answers::<Written>(),
        read(
            user,
            "showUserOverride",
            "A user's override, and who set it",
            show_of_user,
        )
        .answers::<OverrideShown<'static>>(),
        write(
            put.clone(),
            user,
            "setUserOverride",
            "Override a feature for a user",
            set_of_user,
        )
        .query::<WriteQuery>()
        .takes::<Given>()
        .answers::<Written>(),
        write(
            delete.clone(),
            user,
            "unsetUserOverride",
            "Take a user's override away",
            unset_of_user,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
        read(
            organization,
            "showOrganizationOverride",
            "An organization's override, and who set it",
            show_of_organization,
        )
        .answers::<OverrideShown<'static>>(),
        write(
            put,
            organization,
            "setOrganizationOverride",
            "Override a feature for an organization",
            set_of_organization,
        )
        .query::<WriteQuery>()
        .takes::<Given>()
        .answers::<Written>(),
        write(
            delete,
            organization,
            "unsetOrganizationOverride",
            "Take an organization's override away",
            unset_of_organization,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
    ]
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Only overrides of this feature
    feature: Option<FeatureKey>,
    /// Only overrides of this user
    user: Option<Id>,
    /// Only overrides of this organization
    organization: Option<Id>,
    /// Only overrides that count now
    #[serde(default)]
    active: bool,
    /// Only those that end by this moment, and have not ended
    expires_by: Option<Time>,
    /// Only those that have ended
    #[serde(default)]
    expired: bool,
    /// At most so many
    limit: Option<Limit>,
    /// The cursor of the page before
    after: Option<Cursor>,
}

impl ListQuery {
    fn wants(&self, held: &Held, now: Time) -> bool {
        let (standing, end) = (held.over.standing(now), held.over.expires);
        let ends = |by: Time| end.is_some_and(|end| end > now && end <= by);
        (!self.active || standing == Standing::Active)
            && (!self.expired || standing == Standing::Expired)
            && self.expires_by.is_none_or(ends)
    }

    fn holder(&self) -> Result<Option<SubjectId>, Problem> {
        match (self.user.clone(), self.organization.clone()) {
            (Some(_), Some(_)) => Err(Problem::unreadable(
                "the query: user and organization exclude each other",
            )),
            (Some(user), None) => Ok(Some(SubjectId::User(user))),
            (None, organization) => Ok(organization.map(SubjectId::Organization)),
        }
    }
}

type Row = (SubjectId, FeatureKey, Held);

async fn list(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    let limit = Limit::of(query.limit)?;
    let after: Option<(SubjectId, FeatureKey)> = Cursor::read(query.after.as_ref())?;
    let holder = query.holder()?;
    let now = app.now().map_err(|_| StoreError::GivenUp)?;
    look(&app, asked, move |snapshot| {
        if let Some(feature) = &query.feature {
            known_feature(snapshot, feature)?;
        }
        if let Some(holder) = &holder {
            known_subject(snapshot, holder)?;
        }
        let mut found: Gathered<Row> = Gathered::up_to(limit);
        walk(
            snapshot,
            &query,
            holder,
            after,
            &mut |row: Row| match query.wants(&row.2, now) {
                true => found.take(row),
                false => ControlFlow::Continue(()),
            },
        )?;
        let next = found.next(|(subject, feature, _)| Cursor::behind(&(subject, feature)));
        let items = found
            .items
            .iter()
            .map(|(subject, feature, held)| OverrideTold::new(subject, feature, held, now));
        let page = Page {
            items: items.collect(),
            next,
            revision: snapshot.revision()?,
        };
        Told::page(&page)?.timed(&page)
    })
    .await
}

/// Hands over what one subject holds, or everybody, behind a row: at once where that lies in the middle
/// of millions.
fn walk(
    snapshot: &dyn Snapshot,
    query: &ListQuery,
    holder: Option<SubjectId>,
    after: Option<(SubjectId, FeatureKey)>,
    take: &mut dyn FnMut(Row) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    let scope = match &query.feature {
        Some(feature) => Scope::Features(std::slice::from_ref(feature)),
        None => Scope::All,
    };
    // The row may be one among several of its subject.
    let begun = after.as_ref().map(|(subject, _)| subject);
    if let Some(first) = holder.as_ref().or(begun) {
        for (feature, held) in snapshot.overrides_of(first, scope)? {
            let row = (first.clone(), feature, held);
            let is_behind = |(subject, feature)| (&row.0, &row.1) > (subject, feature);
            let after = after.as_ref().map(|(subject, feature)| (subject, feature));
            if after.is_none_or(is_behind) && take(row).is_break() {
                return Ok(());
            }
        }
    }
    match holder {
        Some(_) => Ok(()),
        None => snapshot.overrides(scope, begun, take),
    }
}

fn known_feature(snapshot: &dyn Snapshot, feature: &FeatureKey) -> Result<(), Problem> {
    let catalog = snapshot.catalog(Scope::All)?;
    match catalog.features.contains_key(feature) {
        true => Ok(()),
        false => Err(unknown(Missing::feature(&catalog, feature))),
    }
}

/// Which overrides go: one subject's, those that have ended, or both.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Clearing {
    /// Whose; everybody's if not said
    subject: Option<SubjectId>,
    /// Of which features; of all if none is named
    #[serde(default)]
    features: Vec<FeatureKey>,
    /// Only those that have ended
    #[serde(default)]
    expired: bool,
}

async fn clear(
    State(app): State<Shared>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Clearing>,
) -> Result<Response, Problem> {
    let body = sent.body;
    if body.subject.is_none() && !body.expired {
        let message = "name a `subject`, or say that only those go that have `expired`";
        return Err(Problem::impossible("invalid", message));
    }
    let cleared = ClearOverrides {
        subject: body.subject,
        features: body.features,
        expired: body.expired,
    };
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, "override clear");
    edit(&app, wanted, Edit::ClearOverrides(cleared)).await
}

async fn show_of_user(
    State(app): State<Shared>,
    asked: Asked,
    Way((id, feature)): Way<(Id, FeatureKey)>,
) -> Result<Response, Problem> {
    show(&app, asked, SubjectId::User(id), feature).await
}

async fn show_of_organization(
    State(app): State<Shared>,
    asked: Asked,
    Way((id, feature)): Way<(Id, FeatureKey)>,
) -> Result<Response, Problem> {
    show(&app, asked, SubjectId::Organization(id), feature).await
}

async fn show(
    app: &Shared,
    asked: Asked,
    subject: SubjectId,
    feature: FeatureKey,
) -> Result<Response, Problem> {
    let now = app.now().map_err(|_| StoreError::GivenUp)?;
    look(app, asked, move |snapshot| {
        known_feature(snapshot, &feature)?;
        known_subject(snapshot, &subject)?;
        let scope = Scope::Features(std::slice::from_ref(&feature));
        let found = snapshot.overrides_of(&subject, scope)?.into_iter().next();
        let (feature, held) = found.ok_or_else(|| {
            let message = format!("{subject} has no override of {feature}");
            not_found("override_not_found", message)
        })?;
        let set = snapshot.entry(held.revision)?;
        let over = OverrideTold::new(&subject, &feature, &held, now);
        let shown = OverrideShown::new(over, set.as_ref());
        Told::new(&shown)?.timed(&shown)
    })
    .await
}

/// What a subject is to get, whatever else says.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Given {
    /// On, unless it is a limit; off revokes
    value: Option<Word>,
    /// Why, kept with the override
    reason: Option<Reason>,
    /// When it starts to count; at once if not said
    starts: Option<Time>,
    /// When it ends; never if not said
    expires: Option<Time>,
    /// Make the feature and the subject if there is none yet
    #[serde(default)]
    create: bool,
}

async fn set_of_user(
    State(app): State<Shared>,
    Way((id, feature)): Way<(Id, FeatureKey)>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Given>,
) -> Result<Response, Problem> {
    set(&app, (SubjectId::User(id), feature), query, sent).await
}

async fn set_of_organization(
    State(app): State<Shared>,
    Way((id, feature)): Way<(Id, FeatureKey)>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Given>,
) -> Result<Response, Problem> {
    set(&app, (SubjectId::Organization(id), feature), query, sent).await
}

async fn set(
    app: &Shared,
    (subject, feature): (SubjectId, FeatureKey),
    query: WriteQuery,
    sent: Sent<Given>,
) -> Result<Response, Problem> {
    let body = sent.body;
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, "set");
    let set = SetOverride {
        subject,
        feature,
        value: body.value,
        reason: body.reason,
        starts: body.starts,
        expires: body.expires,
        create: body.create,
    };
    edit(app, wanted, Edit::SetOverride(set)).await
}

async fn unset_of_user(
    State(app): State<Shared>,
    Way((id, feature)): Way<(Id, FeatureKey)>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    let subject = SubjectId::User(id);
    simple(&app, asked, query, Edit::UnsetOverride { subject, feature }).await
}

async fn unset_of_organization(
    State(app): State<Shared>,
    Way((id, feature)): Way<(Id, FeatureKey)>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    let subject = SubjectId::Organization(id);
    simple(&app, asked, query, Edit::UnsetOverride { subject, feature }).await
}
