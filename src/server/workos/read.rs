//! The flags, those that a user or an organization gets, and the payload.

use std::sync::Arc;

use axum::Extension;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use smallvec::SmallVec;

use super::desk::Desk;
use super::page::{Page, Wanted};
use super::problem::WorkosProblem;
use crate::domain::key::FeatureKey;
use crate::domain::target::Id;
use crate::domain::value::{Answer, Value};
use crate::server::app::{App, Shared};
use crate::server::evaluate::{Asked, Which};
use crate::server::shortcut::Reply;
use crate::server::signing;
use crate::store::Question;

/// A path's last variable part, decoded; nothing that there is where it cannot be.
type Named = Result<Path<String>, PathRejection>;
type Queried<T> = Result<Query<T>, QueryRejection>;

/// `GET /feature-flags`
pub(super) async fn flags(
    State(app): State<Shared>,
    Extension(desk): Extension<Arc<Desk>>,
    wanted: Queried<Wanted>,
) -> Result<Response, WorkosProblem> {
    let page = page(wanted)?;
    let directory = desk.directory(&app).await?;
    page.of(&directory, 0..directory.flags.len())
}

/// `GET /feature-flags/{slug}`
pub(super) async fn flag(
    State(app): State<Shared>,
    Extension(desk): Extension<Arc<Desk>>,
    slug: Named,
) -> Result<Response, WorkosProblem> {
    one(&app, desk, &key(slug)?).await
}

/// The answer that shows one flag.
pub(super) async fn one(
    app: &Shared,
    desk: Arc<Desk>,
    key: &FeatureKey,
) -> Result<Response, WorkosProblem> {
    let directory = desk.directory(app).await?;
    let place = directory.place(key);
    let place = place.ok_or_else(|| WorkosProblem::no_flag(key.as_str()))?;
    Ok(json(directory.flags[place].json.clone()))
}

/// `GET /organizations/{organizationId}/feature-flags`
pub(super) async fn of_organization(
    State(app): State<Shared>,
    Extension(desk): Extension<Arc<Desk>>,
    organization: Named,
    wanted: Queried<Wanted>,
) -> Result<Response, WorkosProblem> {
    let id = subject(organization, "Organization")?;
    let targets = Vec::new();
    let question = Question::Organization { id, targets };
    enabled_for(&app, desk, question, page(wanted)?).await
}

/// `GET /user_management/users/{userId}/feature-flags`
pub(super) async fn of_user(
    State(app): State<Shared>,
    Extension(desk): Extension<Arc<Desk>>,
    user: Named,
    wanted: Queried<Wanted>,
) -> Result<Response, WorkosProblem> {
    let question = Question::User {
        id: subject(user, "User")?,
        within: None,
        targets: Vec::new(),
    };
    enabled_for(&app, desk, question, page(wanted)?).await
}

async fn enabled_for(
    app: &Shared,
    desk: Arc<Desk>,
    question: Question,
    page: Page,
) -> Result<Response, WorkosProblem> {
    let evaluated = App::evaluate(app, question, Which::All).await?;
    let directory = desk.directory_of(app, evaluated.revision).await?;
    let on = evaluated
        .answers
        .iter()
        .filter(|(_, _, decision)| is_on(decision.answer));
    let mut places: Vec<usize> = on.filter_map(|(key, _, _)| directory.place(key)).collect();
    places.sort_unstable();
    page.of(&directory, places.into_iter())
}

/// A user's flags from memory, for those who ask all day (see
/// [`shortcut`](crate::server::shortcut)): nothing where that does not have them, or where something
/// about the question is wrong.
pub(in crate::server) fn flags_of(app: &App, desk: &Desk, user: &str, uri: &Uri) -> Option<Reply> {
    let page = page(Query::try_from_uri(uri)).ok()?;
    let question = Question::User {
        id: user.parse().ok()?,
        within: None,
        targets: Vec::new(),
    };
    let at = app.now().ok()?;
    let asked = Asked::Question(question);
    let listed = app.live.answer(&asked, &Which::All, at, |answers| {
        let directory = desk.kept(answers.revision())?;
        let slots = answers.slots().zip(directory.places());
        let on = slots.filter(|(slot, _)| is_on(answers.decide(*slot).answer));
        let mut places: SmallVec<[usize; 64]> = on.map(|(_, place)| place).collect();
        places.sort_unstable();
        page.text(&directory, places.into_iter()).ok()
    });
    Some(Reply {
        body: listed.ok()?.ok()??.into(),
        tag: None,
    })
}

/// Whether `flags check KEY` would say yes.
fn is_on(answer: Answer) -> bool {
    match answer {
        None => false,
        Some(Value::On) => true,
        Some(Value::Limit(limit)) => limit.get() > 0,
    }
}

/// Which form of the payload is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Form {
    payload_version: Option<String>,
}

/// `GET /sdk/feature-flags`
pub(super) async fn payload(
    State(app): State<Shared>,
    Extension(desk): Extension<Arc<Desk>>,
    form: Queried<Form>,
) -> Result<Response, WorkosProblem> {
    let form = form.map(|Query(form)| form);
    let form = form.map_err(|_| WorkosProblem::parameter("The query cannot be read."))?;
    let second = match form.payload_version.as_deref() {
        None | Some("1") => false,
        Some("2") => true,
        Some(_) => return Err(WorkosProblem::parameter("payload_version is 1 or 2.")),
    };
    let configuration = desk.configuration(&app).await?;
    Ok(json(match second {
        true => configuration.version2.clone(),
        false => configuration.version1.clone(),
    }))
}

/// `GET /sso/jwks/{clientId}`: whoever asks. The keys are the same for every client.
pub(super) async fn keys(
    State(app): State<Shared>,
    client: Named,
) -> Result<Response, WorkosProblem> {
    let Path(client) = client.map_err(|_| WorkosProblem::not_found("Client", ""))?;
    match client.strip_prefix("client_") {
        Some(rest) if !rest.is_empty() => Ok(signing::certified(&app)),
        _ => Err(WorkosProblem::not_found("Client", &client)),
    }
}

fn json(body: impl IntoResponse) -> Response {
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}

fn page(wanted: Queried<Wanted>) -> Result<Page, WorkosProblem> {
    match wanted {
        Ok(Query(wanted)) => wanted.read(),
        Err(_) => Err(WorkosProblem::parameter("The query cannot be read.")),
    }
}

/// The key that a path names; what is none, no flag has.
pub(super) fn key(slug: Named) -> Result<FeatureKey, WorkosProblem> {
    let Path(slug) = slug.map_err(|_| WorkosProblem::no_flag(""))?;
    slug.parse().map_err(|_| WorkosProblem::no_flag(&slug))
}

fn subject(named: Named, what: &str) -> Result<Id, WorkosProblem> {
    let Path(id) = named.map_err(|_| WorkosProblem::not_found(what, ""))?;
    id.parse().map_err(|_| WorkosProblem::not_found(what, &id))
}
