//! `/v1/organizations`: organizations, what is kept about them, and who belongs to them.

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
use super::users::known_plan;
use super::write::{Wanted, WriteQuery, edit};
use crate::domain::key::PlanKey;
use crate::domain::subject::{Organization, SubjectId};
use crate::domain::target::{Id, Target};
use crate::domain::text::Name;
use crate::edit::{Alter, AlterSet, AssignOrganization, Edit, Missing};
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::Scope;
use crate::told::{OrganizationShown, OrganizationTold, Written};

pub(super) fn operations() -> Vec<Operation> {
    let (all, one) = ("/v1/organizations", "/v1/organizations/{organization}");
    vec![
        read(
            all,
            "listOrganizations",
            "The organizations, in the order of their identifiers",
            list,
        )
        .query::<ListQuery>()
        .answers::<Page<OrganizationTold<'static>>>(),
        read(
            one,
            "showOrganization",
            "One organization with its overrides",
            show,
        )
        .answers::<OrganizationShown<'static>>(),
        write(
            Method::PATCH,
            one,
            "assignOrganization",
            "Make an organization known, or alter what is kept about one",
            assign,
        )
        .query::<WriteQuery>()
        .takes::<Assignment>()
        .answers::<Written>(),
        write(
            Method::DELETE,
            one,
            "forgetOrganization",
            "Forget an organization without users, with its overrides and wherever rules name it",
            forget,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
    ]
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Only organizations on this plan
    plan: Option<PlanKey>,
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
        let mut found: Gathered<(Id, Organization)> = Gathered::up_to(limit);
        snapshot.organizations(after.as_ref(), &mut |(id, organization)| {
            if query.plan.is_some() && organization.plan != query.plan {
                return ControlFlow::Continue(());
            }
            found.take((id, organization))
        })?;
        let next = found.next(|(id, _)| Cursor::behind(id));
        let items = found
            .items
            .iter()
            .map(|(id, kept)| OrganizationTold::new(id, kept));
        Told::page(&Page {
            items: items.collect(),
            next,
            revision: snapshot.revision()?,
        })
    })
    .await
}

async fn show(
    State(app): State<Shared>,
    asked: Asked,
    Way(id): Way<Id>,
) -> Result<Response, Problem> {
    look(&app, asked, move |snapshot| {
        let subject = SubjectId::Organization(id.clone());
        let found = snapshot.organization(&id)?;
        let organization = found.ok_or_else(|| unknown(Missing::subject(&subject)))?;
        let overrides = snapshot.overrides_of(&subject, Scope::All)?;
        let mut members = 0;
        snapshot.members(&id, &mut |_| {
            members += 1;
            ControlFlow::Continue(())
        })?;
        Told::new(&OrganizationShown::new(
            &id,
            &organization,
            members,
            &overrides,
        ))
    })
    .await
}

/// What becomes of an organization; what is left out stays, and `null` takes away.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Assignment {
    /// Its plan, which its users share
    #[serde(default)]
    plan: Alter<PlanKey>,
    /// What people call it
    #[serde(default)]
    name: Alter<Name>,
    /// Custom targets that it and its users always bring along
    #[serde(default)]
    targets: AlterSet<Target>,
}

async fn assign(
    State(app): State<Shared>,
    Way(organization): Way<Id>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Assignment>,
) -> Result<Response, Problem> {
    let body = sent.body;
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, "org assign");
    let assigned = AssignOrganization {
        organization,
        plan: body.plan,
        name: body.name,
        targets: body.targets,
    };
    edit(&app, wanted, Edit::AssignOrganization(assigned)).await
}

async fn forget(
    State(app): State<Shared>,
    Way(organization): Way<Id>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    simple(
        &app,
        asked,
        query,
        Edit::ForgetOrganization { organization },
    )
    .await
}
