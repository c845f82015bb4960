//! Why somebody gets something: what every layer says.

use axum::extract::State;
use axum::response::Response;

use super::super::look::Told;
use super::super::operation::{Operation, read};
use super::super::take::{Asked, Query, Way};
use super::{
    AskQuery, Known, Put, UserQuery, custom_only, known_at, of_organization, of_plan, of_user,
};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{Resolution, Resolver};
use crate::domain::target::Id;
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::{Scope, Snapshot, Store, StoreError, gather};
use crate::told::{Explanation, LayerTold, ValueTold};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        explain(
            "/v1/users/{user}/entitlements/{feature}/explanation",
            "explainUserEntitlement",
            why_of_user,
        )
        .query::<UserQuery>(),
        explain(
            "/v1/organizations/{organization}/entitlements/{feature}/explanation",
            "explainOrganizationEntitlement",
            why_of_organization,
        )
        .query::<AskQuery>(),
        explain(
            "/v1/plans/{plan}/entitlements/{feature}/explanation",
            "explainPlanEntitlement",
            why_of_plan,
        )
        .query::<AskQuery>(),
    ]
}

/// Why somebody gets something says who changed what, which is more than the answer.
fn explain<H, T>(path: &'static str, name: &'static str, handler: H) -> Operation
where
    H: axum::handler::Handler<T, Shared>,
    T: 'static,
{
    let summary = "What every layer says, strongest first, and who set it";
    read(path, name, summary, handler).answers::<Explanation>()
}

async fn why_of_user(
    State(app): State<Shared>,
    asked: Asked,
    Way((id, feature)): Way<(Id, FeatureKey)>,
    Query(query): Query<UserQuery>,
) -> Result<Response, Problem> {
    why(&app, asked, of_user(id, query), feature).await
}

async fn why_of_organization(
    State(app): State<Shared>,
    asked: Asked,
    Way((id, feature)): Way<(Id, FeatureKey)>,
    Query(query): Query<AskQuery>,
) -> Result<Response, Problem> {
    why(&app, asked, of_organization(id, query), feature).await
}

async fn why_of_plan(
    State(app): State<Shared>,
    asked: Asked,
    Way((plan, feature)): Way<(PlanKey, FeatureKey)>,
    Query(query): Query<AskQuery>,
) -> Result<Response, Problem> {
    why(&app, asked, of_plan(plan, query), feature).await
}

async fn why(
    app: &Shared,
    asked: Asked,
    (question, at): Put,
    feature: FeatureKey,
) -> Result<Response, Problem> {
    custom_only(&question)?;
    let (now, milliseconds) = (
        app.now().map_err(|_| StoreError::GivenUp)?,
        app.milliseconds(),
    );
    let read = move |store: &dyn Store| {
        let snapshot = store.snapshot()?;
        let keys = std::slice::from_ref(&feature);
        let known = match at {
            Some(at) => known_at(&*snapshot, &question, (at, milliseconds), Some(keys), true)?.1,
            None => {
                let catalog = snapshot.catalog(Scope::Features(keys))?;
                let record = gather(&*snapshot, &catalog, Scope::Features(keys), &question)?;
                let (at, revision) = (now, snapshot.revision()?);
                Known {
                    at,
                    revision,
                    catalog,
                    record,
                }
            }
        };
        let resolver = Resolver::new(&known.catalog);
        let subject = resolver.bind(&known.record);
        let slot = resolver.slot(&feature);
        let slot = slot.ok_or_else(|| Refusal::UnknownFeature(feature.clone()))?;
        let resolution = resolver.resolve(&subject, slot, known.at);
        let told = Explanation {
            kind: resolution.kind,
            value: ValueTold(resolution.answer),
            layer: resolution.winner,
            subject: (&question).into(),
            at: known.at,
            revision: known.revision,
            layers: layers(&*snapshot, &resolution)?,
            feature,
        };
        let answer = Told::new(&told)?.timed(&told.layers)?;
        Ok(answer.answer(&asked, known.revision))
    };
    app.stores.read(read).await
}

fn layers(
    snapshot: &dyn Snapshot,
    resolution: &Resolution<'_>,
) -> Result<Vec<LayerTold>, StoreError> {
    let mut told = Vec::new();
    for layer in &resolution.layers {
        let outcome = match layer.finding.answer() {
            _ if layer.kind == resolution.winner => "won",
            Some(_) => "lost",
            None => "silent",
        };
        let aside = layer.aside.iter().map(|finding| ("aside", finding));
        for (outcome, finding) in [(outcome, &layer.finding)].into_iter().chain(aside) {
            let set = match finding.revision() {
                Some(revision) => snapshot.entry(revision)?,
                None => None,
            };
            let said = (finding.answer(), finding.until());
            let why = finding.in_words();
            told.push(LayerTold::new(layer.kind, outcome, said, why, set.as_ref()));
        }
    }
    Ok(told)
}
