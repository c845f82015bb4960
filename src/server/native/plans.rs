//! `/v1/plans`: plans and what they give.

use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;

use super::features::{simple, unknown};
use super::look::{Told, look};
use super::operation::{Operation, read, write};
use super::page::{Cursor, Limit, Page};
use super::take::{Asked, Query, Sent, Way};
use super::write::{Wanted, WriteQuery, edit};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::plan::{Currency, Period, Price};
use crate::domain::text::{Name, PlanDescription, Reason};
use crate::edit::{Alter, Edit, Missing, PlanFields, SetGrant, Successor, Word};
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::Scope;
use crate::told::{PlanTold, Written};

pub(super) fn operations() -> Vec<Operation> {
    let (all, one) = ("/v1/plans", "/v1/plans/{plan}");
    let grant = "/v1/plans/{plan}/grants/{feature}";
    vec![
        read(
            all,
            "listPlans",
            "The plans, in the order of their keys",
            list,
        )
        .query::<ListQuery>()
        .answers::<Page<PlanTold<'static>>>(),
        write(Method::POST, all, "createPlan", "Create a plan", create)
            .query::<WriteQuery>()
            .takes::<Creation>()
            .answers::<Written>()
            .creating(),
        read(one, "showPlan", "One plan with its grants", show).answers::<PlanTold<'static>>(),
        write(
            Method::PATCH,
            one,
            "editPlan",
            "Alter a plan, all but its key and grants",
            alter,
        )
        .query::<WriteQuery>()
        .takes::<Particulars>()
        .answers::<Written>(),
        write(
            Method::DELETE,
            one,
            "deletePlan",
            "Delete a plan with its grants",
            remove,
        )
        .query::<DeleteQuery>()
        .answers::<Written>(),
        write(
            Method::PUT,
            grant,
            "setGrant",
            "Map a feature into a plan",
            set_grant,
        )
        .query::<WriteQuery>()
        .takes::<Given>()
        .answers::<Written>(),
        write(
            Method::DELETE,
            grant,
            "unsetGrant",
            "Take what a plan gives of a feature away",
            unset_grant,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
    ]
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListQuery {
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
    let after: Option<PlanKey> = Cursor::read(query.after.as_ref())?;
    look(&app, asked, move |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let default = catalog.settings.default_plan.as_ref();
        let behind = |key: &PlanKey| after.as_ref().is_none_or(|after| key > after);
        let wanted = catalog.plans.iter().filter(|(key, _)| behind(key));
        let mut found: Vec<_> = wanted.take(limit + 1).collect();
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found
            .last()
            .filter(|_| more)
            .map(|(key, _)| Cursor::behind(key));
        let items = found
            .into_iter()
            .map(|(key, entry)| PlanTold::new(key, entry, default == Some(key)));
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
    Way(plan): Way<PlanKey>,
) -> Result<Response, Problem> {
    look(&app, asked, move |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let entry = catalog.plans.get(&plan);
        let entry = entry.ok_or_else(|| unknown(Missing::plan(&catalog, &plan)))?;
        let default = catalog.settings.default_plan.as_ref() == Some(&plan);
        Told::new(&PlanTold::new(&plan, entry, default))
    })
    .await
}

/// A plan that is to be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Creation {
    /// Its key
    key: PlanKey,
    /// What customers call it
    #[serde(default)]
    display_name: Alter<Name>,
    /// What it is for
    #[serde(default)]
    description: Alter<PlanDescription>,
    /// What it costs, such as 29.00
    #[serde(default)]
    price: Alter<Price>,
    /// The currency of the price
    #[serde(default)]
    currency: Alter<Currency>,
    /// How often the price is due
    #[serde(default)]
    period: Alter<Period>,
    /// Whether it is the default plan
    default: Option<bool>,
}

/// What becomes of a plan; what is left out stays, and `null` takes away.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Particulars {
    /// What customers call it
    #[serde(default)]
    display_name: Alter<Name>,
    /// What it is for
    #[serde(default)]
    description: Alter<PlanDescription>,
    /// What it costs, such as 29.00
    #[serde(default)]
    price: Alter<Price>,
    /// The currency of the price
    #[serde(default)]
    currency: Alter<Currency>,
    /// How often the price is due
    #[serde(default)]
    period: Alter<Period>,
    /// Whether it is the default plan
    default: Option<bool>,
}

async fn create(
    State(app): State<Shared>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Creation>,
) -> Result<Response, Problem> {
    let body = sent.body;
    let created = PlanFields {
        plan: body.key,
        display_name: body.display_name,
        description: body.description,
        price: body.price,
        currency: body.currency,
        period: body.period,
        default: body.default,
    };
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, "plan create").creating();
    edit(&app, wanted, Edit::CreatePlan(created)).await
}

async fn alter(
    State(app): State<Shared>,
    Way(plan): Way<PlanKey>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Particulars>,
) -> Result<Response, Problem> {
    let body = sent.body;
    let altered = PlanFields {
        plan,
        display_name: body.display_name,
        description: body.description,
        price: body.price,
        currency: body.currency,
        period: body.period,
        default: body.default,
    };
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, "plan edit");
    edit(&app, wanted, Edit::EditPlan(altered)).await
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DeleteQuery {
    /// Put whoever is on it on this plan
    move_to: Option<PlanKey>,
    /// Leave whoever is on it without a plan
    #[serde(default)]
    take_off: bool,
    /// Tell the diff and who gains and who loses; write nothing
    #[serde(default)]
    dry_run: bool,
    /// Why, for the history
    reason: Option<Reason>,
}

async fn remove(
    State(app): State<Shared>,
    Way(plan): Way<PlanKey>,
    Query(query): Query<DeleteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    let successor = match (query.move_to, query.take_off) {
        (Some(_), true) => {
            let message = "the query: move_to and take_off exclude each other";
            return Err(Problem::unreadable(message));
        }
        (Some(next), false) => Some(Successor::Plan(next)),
        (None, true) => Some(Successor::None),
        (None, false) => None,
    };
    let query = WriteQuery {
        dry_run: query.dry_run,
        reason: query.reason,
    };
    simple(&app, asked, query, Edit::DeletePlan { plan, successor }).await
}

/// What a plan gives of a feature.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Given {
    /// On, unless it is a limit; off takes the mapping away
    value: Option<Word>,
    /// Make the feature and the plan if there is none yet
    #[serde(default)]
    create: bool,
}

async fn set_grant(
    State(app): State<Shared>,
    Way((plan, feature)): Way<(PlanKey, FeatureKey)>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Given>,
) -> Result<Response, Problem> {
    let Given { value, create } = sent.body;
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, "set");
    let grant = SetGrant {
        plan,
        feature,
        value,
        create,
    };
    edit(&app, wanted, Edit::SetGrant(grant)).await
}

async fn unset_grant(
    State(app): State<Shared>,
    Way((plan, feature)): Way<(PlanKey, FeatureKey)>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    simple(&app, asked, query, Edit::UnsetGrant { plan, feature }).await
}
