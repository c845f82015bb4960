//! Past writes of another store, as they were told there: for whoever moves a project here.
//!
//! What is written so is in the name of whoever wrote it there, and so it takes the right to look
//! after the server. A server that only reads takes none.

use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::Response;
use schemars::{JsonSchema, json_schema};
use serde::{Deserialize, Serialize};

use super::Wrong;
use super::lines::{Access, Lines, MEDIA, told};
use super::load::Rows;
use super::look::shape;
use crate::domain::catalog::Revision;
use crate::server::access::Denied;
use crate::server::app::Shared;
use crate::server::native::bulk::{Source, spooled};
use crate::server::native::operation::{Operation, Purpose};
use crate::server::native::take::{Query, parsed};
use crate::server::problem::Problem;
use crate::store::wire::Moment;
use crate::store::{Digest, Head, Piece, Store, StoreError};

pub(super) fn operations() -> Vec<Operation> {
    let summary = "Write past writes of another store as they were kept there";
    vec![
        Operation::new(
            (Method::POST, "/v1/store/replay"),
            Purpose::Admin,
            "replay",
            summary,
            replay,
        )
        .query::<ReplayQuery>()
        .takes_lines(|_| {
            json_schema!({
                "description": "A piece of a history, as `retold` looks give it, or a record",
                "type": "object"
            })
        })
        .answers_as(MEDIA, shape),
    ]
}

#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ReplayQuery {
    /// Where the history ends: with another end nothing is written
    revision: Revision,
    /// The hash of that write
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"), with = "String")]
    digest: Digest,
}

async fn replay(
    State(app): State<Shared>,
    Query(query): Query<ReplayQuery>,
    request: Request,
) -> Result<Response, Wrong> {
    let (source, _) = spooled(&app, request).await?;
    // Whoever is told in the middle of sending does not hear it.
    if app.settings.read_only {
        return Err(Problem::from(Denied::ReadOnly).into());
    }
    let here = app.clone();
    let after = Head {
        revision: query.revision,
        digest: query.digest,
    };
    let tell = move |store: &dyn Store, lines: &mut Lines| {
        let head = carried_out(store, &after, &source)?;
        here.noticed(head.revision);
        let (revision, numbered) = (head.revision, head.revision);
        // Nobody may be waiting for it any more.
        let _ = lines.moment(Moment { revision, numbered });
        let _ = lines.row(&head);
        Ok(())
    };
    told(&app.stores, Access::Write, tell).await
}

fn carried_out(store: &dyn Store, after: &Head, source: &Source) -> Result<Head, Wrong> {
    // Nonsense keeps no other writer waiting, whatever is there.
    all(source, &mut |_| Ok(()))?;
    let mut wrong = None;
    let replayed = store.replay(after, &mut |replay| {
        all(source, &mut |piece| replay.take(piece)).map_err(|error| {
            wrong = Some(error);
            StoreError::GivenUp
        })
    });
    match wrong {
        Some(wrong) => Err(wrong),
        None => Ok(replayed?),
    }
}

fn all(
    source: &Source,
    take: &mut dyn FnMut(&Piece) -> Result<(), StoreError>,
) -> Result<(), Wrong> {
    match source {
        Source::Array(bytes) => {
            for piece in parsed::<Vec<Piece>>(bytes)? {
                take(&piece)?;
            }
        }
        Source::Lines(file) => {
            let mut pieces = Rows::<Piece>::of(file)?;
            while let Some(piece) = pieces.next()? {
                take(&piece)?;
            }
        }
    }
    Ok(())
}
