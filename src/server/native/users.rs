//! `/v1/users`: users and what is kept about them.

use std::ops::ControlFlow;

use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;

use super::features::{simple, unknown};
use super::look::{Told, look};
use super::operation::{Operation, read, write};
use super::page::{Cursor, Gathered, Limit, Page};
use super::take::{Asked, Query, Sent, Way};
use super::write::{Wanted, WriteQuery, edit};
use crate::domain::key::PlanKey;
use crate::domain::subject::{SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::domain::text::Name;
use crate::edit::{Alter, AlterSet, AssignUser, Edit, Missing, known_subject};
use crate::server::app::Shared;
use crate::server::astapa;
use crate::server::problem::Problem;
use crate::store::{Scope, Snapshot, Store};
use crate::told::{UserShown, UserTold, Written};

pub(super) fn operations() -> Vec<Operation> {
    let (all, one) = ("/v1/users", "/v1/users/{user}");
    vec![
        read(
            all,
            "listUsers",
            "The users, in the order of their identifiers",
            list,
        )
        .query::<ListQuery>()
        .answers::<Page<UserTold<'static>>>(),
        read(one, "showUser", "One user with its overrides", show).answers::<UserShown<'static>>(),
        write(
            Method::PATCH,
            one,
            "assignUser",
            "Make a user known, or alter what is kept about one",
            assign,
        )
        .query::<WriteQuery>()
        .takes::<Assignment>()
        .answers::<Written>(),
        write(
            Method::DELETE,
            one,
            "forgetUser",
            "Forget a user, with its overrides and wherever rules name it",
            forget,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
    ]
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Only users whose own plan this is
    plan: Option<PlanKey>,
    /// Only users of this organization
    organization: Option<Id>,
    /// At most so many
    limit: Option<Limit>,
    /// The cursor of the page before
    after: Option<Cursor>,
}

async fn list(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    let limit = Limit::of(query.limit)?;
    let after: Option<Id> = Cursor::read(query.after.as_ref())?;
    look(&app, asked, move |snapshot| {
        known_plan(snapshot, query.plan.as_ref())?;
        if let Some(organization) = &query.organization {
            known_subject(snapshot, &SubjectId::Organization(organization.clone()))?;
        }
        let wanted = |user: &User| {
            let joined = |id: &Id| user.organizations.contains(id);
            (query.plan.is_none() || user.plan == query.plan)
                && query.organization.as_ref().is_none_or(joined)
        };
        let mut found: Gathered<(Id, User)> = Gathered::up_to(limit);
        snapshot.users(after.as_ref(), &mut |(id, user)| {
            if !wanted(&user) {
                return ControlFlow::Continue(());
            }
            found.take((id, user))
        })?;
        let next = found.next(|(id, _)| Cursor::behind(id));
        let items = found.items.iter().map(|(id, user)| UserTold::new(id, user));
        Told::page(&Page {
            items: items.collect(),
            next,
            revision: snapshot.revision()?,
        })
    })
    .await
}

/// Refuses a plan that the catalog does not have.
pub(super) fn known_plan(snapshot: &dyn Snapshot, plan: Option<&PlanKey>) -> Result<(), Problem> {
    let Some(plan) = plan else {
        return Ok(());
    };
    let catalog = snapshot.catalog(Scope::All)?;
    match catalog.plans.contains_key(plan) {
        true => Ok(()),
        false => Err(unknown(Missing::plan(&catalog, plan))),
    }
}

async fn show(
    State(app): State<Shared>,
    asked: Asked,
    Way(id): Way<Id>,
) -> Result<Response, Problem> {
    look(&app, asked, move |snapshot| {
        let subject = SubjectId::User(id.clone());
        let user = snapshot.user(&id)?;
        let user = user.ok_or_else(|| unknown(Missing::subject(&subject)))?;
        let overrides = snapshot.overrides_of(&subject, Scope::All)?;
        Told::new(&UserShown::new(&id, &user, &overrides))
    })
    .await
}

/// What becomes of a user; what is left out stays, and `null` takes away.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Assignment {
    /// Its own plan
    #[serde(default)]
    plan: Alter<PlanKey>,
    /// Its e-mail address
    #[serde(default)]
    email: Alter<Name>,
    /// The organizations it belongs to
    #[serde(default)]
    organizations: AlterSet<Id>,
    /// Custom targets that it always brings along
    #[serde(default)]
    targets: AlterSet<Target>,
    /// Make the organizations if they are not known yet
    #[serde(default)]
    create: bool,
}

async fn assign(
    State(app): State<Shared>,
    Way(user): Way<Id>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Assignment>,
) -> Result<Response, Problem> {
    let body = sent.body;
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, "user assign");
    let assigned = AssignUser {
        user,
        plan: body.plan,
        email: body.email,
        organizations: body.organizations,
        targets: body.targets,
        create: body.create,
    };
    edit(&app, wanted, Edit::AssignUser(assigned)).await
}

async fn forget(
    State(app): State<Shared>,
    Way(user): Way<Id>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (id, dry_run) = (user.clone(), query.dry_run);
    let forgotten = simple(&app, asked, query, Edit::ForgetUser { user }).await?;
    if !dry_run {
        let sweep = move |store: &dyn Store| astapa::forget(store, &id);
        app.stores.write(sweep).await?;
    }
    Ok(forgotten)
}
