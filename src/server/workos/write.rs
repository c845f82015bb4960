//! The switch and the targets. Each of these leaves what is so already as it is, so that a client
//! that asks again because an answer was lost does nothing twice.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::desk::Desk;
use super::problem::WorkosProblem;
use super::read::{key, one};
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Id, Target};
use crate::domain::time::Time;
use crate::edit::{Edit, EditError};
use crate::server::access::Caller;
use crate::server::app::Shared;
use crate::store::{Author, Store, StoreError};

type Named = Result<Path<String>, PathRejection>;
type Placed = Result<Path<(String, String)>, PathRejection>;

/// `PUT /feature-flags/{slug}/enable`
pub(super) async fn enable(
    State(app): State<Shared>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(caller): Extension<Caller>,
    slug: Named,
) -> Result<Response, WorkosProblem> {
    let feature = key(slug)?;
    let edit = Edit::EnableFeature {
        feature: feature.clone(),
    };
    write(&app, &caller, edit).await?;
    one(&app, desk, &feature).await
}

/// `PUT /feature-flags/{slug}/disable`
pub(super) async fn disable(
    State(app): State<Shared>,
    Extension(desk): Extension<Arc<Desk>>,
    Extension(caller): Extension<Caller>,
    slug: Named,
) -> Result<Response, WorkosProblem> {
    let feature = key(slug)?;
    let edit = Edit::DisableFeature {
        feature: feature.clone(),
    };
    write(&app, &caller, edit).await?;
    one(&app, desk, &feature).await
}

/// `POST /feature-flags/{slug}/targets/{resourceId}`
pub(super) async fn add_target(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    placed: Placed,
) -> Result<StatusCode, WorkosProblem> {
    let (feature, target) = target(placed)?;
    let targets = vec![target];
    write(&app, &caller, Edit::AddTargets { feature, targets }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /feature-flags/{slug}/targets/{resourceId}`
pub(super) async fn remove_target(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    placed: Placed,
) -> Result<StatusCode, WorkosProblem> {
    let (feature, target) = target(placed)?;
    let targets = vec![target];
    write(&app, &caller, Edit::RemoveTargets { feature, targets }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A user or an organization, told apart by how their identifier begins.
fn target(placed: Placed) -> Result<(FeatureKey, Target), WorkosProblem> {
    let Path((slug, resource)) = placed.map_err(|_| WorkosProblem::resource())?;
    let id: Id = resource.parse().map_err(|_| WorkosProblem::resource())?;
    let beyond = |prefix: &str| {
        resource
            .strip_prefix(prefix)
            .is_some_and(|id| !id.is_empty())
    };
    let subject = if beyond("user_") {
        SubjectId::User(id)
    } else if beyond("org_") {
        SubjectId::Organization(id)
    } else {
        return Err(WorkosProblem::resource());
    };
    Ok((key(Ok(Path(slug)))?, subject.target()))
}

async fn write(app: &Shared, caller: &Caller, edit: Edit) -> Result<(), WorkosProblem> {
    let author = app.author(&caller.name, edit.command());
    let now = app.now().map_err(|_| StoreError::GivenUp)?;
    let carried = app
        .stores
        .write(move |store| carry_out(store, &author, &edit, now));
    app.noticed(carried.await?);
    Ok(())
}

fn carry_out(
    store: &dyn Store,
    author: &Author,
    edit: &Edit,
    now: Time,
) -> Result<Revision, EditError> {
    // A planner can say no in the store's words alone, so what else it says is kept here.
    let mut said = None;
    let written = store.update(author, &mut |snapshot| {
        edit.plan(snapshot, now).map_err(|error| match error {
            EditError::Store(error) => error,
            EditError::Refused(refusal) => StoreError::Refused(refusal),
            other => {
                said = Some(other);
                StoreError::GivenUp
            }
        })
    });
    match said {
        Some(error) => Err(error),
        None => Ok(written?.revision),
    }
}
