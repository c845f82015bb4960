//! What is kept beside the project, for those who look after the server.

use axum::extract::State;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Wrong;
use crate::server::access::Denied;
use crate::server::app::Shared;
use crate::server::native::operation::{Operation, Purpose};
use crate::server::native::take::{Query, Sent, Way};
use crate::server::problem::Problem;
use crate::store::wire::{Amended, Amendment, RecordTold};
use crate::store::{Kept, RecordKind, Store, StoreError};

pub(super) fn operations() -> Vec<Operation> {
    let path = "/v1/store/records/{kind}";
    vec![
        Operation::new(
            (Method::GET, path),
            Purpose::Admin,
            "listRecords",
            "What is kept beside the project, of one kind",
            list,
        )
        .query::<ListQuery>()
        .answers::<RecordsTold>(),
        Operation::new(
            (Method::PUT, path),
            Purpose::Admin,
            "amendRecord",
            "Alter what is kept beside the project, if it is as it was seen",
            amend,
        )
        .query::<AmendQuery>()
        .takes::<Amendment>()
        .answers::<Amended>(),
    ]
}

/// A kind of record in a path.
#[derive(Clone, Copy)]
struct Kind(RecordKind);

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = RecordKind::ALL.into_iter();
        let mut known = known.filter(|kind| kind.as_str() == text);
        let kind = known.next().map(Self);
        kind.ok_or_else(|| serde::de::Error::custom(format!("no records are of the kind {text:?}")))
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Only the one of this name
    name: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AmendQuery {
    /// Its name
    name: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RecordsTold {
    /// In the order of their names.
    records: Vec<RecordTold>,
}

async fn list(
    State(app): State<Shared>,
    Way(Kind(kind)): Way<Kind>,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    let look = move |store: &dyn Store| {
        Ok::<_, StoreError>(match query.name {
            None => store.records(kind)?,
            Some(name) => {
                let body = store.record(kind, &name)?;
                body.map(|body| (name, body)).into_iter().collect()
            }
        })
    };
    let found = app.stores.read(look).await?;
    let told = |(name, body)| RecordTold { name, body };
    let records = found.into_iter().map(told).collect();
    Ok(axum::Json(RecordsTold { records }).into_response())
}

async fn amend(
    State(app): State<Shared>,
    Way(Kind(kind)): Way<Kind>,
    Query(query): Query<AmendQuery>,
    sent: Sent<Amendment>,
) -> Result<Response, Wrong> {
    if app.settings.read_only {
        return Err(Problem::from(Denied::ReadOnly).into());
    }
    let work = move |store: &dyn Store| {
        let mut told = Amended {
            amended: false,
            found: None,
        };
        store.amend(kind, &query.name, &mut |found| {
            let decided = sent.body.decide(found);
            told = Amended {
                amended: decided.is_some(),
                found: found.map(str::to_owned),
            };
            decided.unwrap_or(Kept::AsItWas)
        })?;
        Ok::<_, StoreError>(told)
    };
    let told = app.stores.write(work).await?;
    Ok(axum::Json(told).into_response())
}
