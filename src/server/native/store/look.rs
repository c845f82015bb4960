//! Looking at the project as of one revision, however many questions that takes.

use std::ops::ControlFlow;

use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::json;

use super::Wrong;
use super::lines::{Access, Lines, MEDIA, told};
use crate::server::app::Shared;
use crate::server::native::operation::{Operation, Purpose, read};
use crate::server::native::take::Sent;
use crate::server::problem::Problem;
use crate::store::wire::{Looking, Moment, Sought, WriteTold};
use crate::store::{Rewound, Scope, Snapshot, Span, Store, StoreError};

pub(super) fn operations() -> Vec<Operation> {
    let path = "/v1/store/look";
    let summary = "Look at the project as of one revision, as a store is looked at";
    vec![
        Operation::new((Method::POST, path), Purpose::Read, "look", summary, look)
            .takes::<Looking>()
            .answers_as(MEDIA, shape),
        read(
            "/v1/store/pulse",
            "pulse",
            "A number that is another one whenever something was written",
            pulse,
        )
        .answers_as("application/json", |_| {
            json_schema!({
                "type": "object",
                "properties": {"pulse": {"type": "integer", "minimum": 0}},
                "required": ["pulse"]
            })
        }),
    ]
}

/// The lines of an answer.
pub(super) fn shape(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "description": "First `{\"moment\": …}`, then `{\"row\": …}` for each, and at the end \
            `{\"end\": NUMBER}` or `{\"error\": …}`: without it the answer was cut off",
        "type": "object"
    })
}

async fn pulse(State(app): State<Shared>) -> Result<Response, Problem> {
    let pulse = app.stores.read(|store: &dyn Store| store.pulse()).await;
    let pulse = pulse.map_err(Problem::from)?;
    Ok(axum::response::IntoResponse::into_response(axum::Json(
        json!({"pulse": pulse}),
    )))
}

async fn look(State(app): State<Shared>, sent: Sent<Looking>) -> Result<Response, Wrong> {
    let Looking { at, look } = sent.body;
    let tell = move |store: &dyn Store, lines: &mut Lines| {
        let present = store.snapshot()?;
        let latest = present.revision()?;
        let revision = at.unwrap_or(latest);
        if revision == latest {
            let numbered = latest;
            let _ = lines.moment(Moment { revision, numbered });
            return Ok(answer(&*present, look, lines)?);
        }
        let then = Rewound::to(&*present, revision)?;
        let numbered = then.numbered();
        let _ = lines.moment(Moment { revision, numbered });
        Ok(answer(&then, look, lines)?)
    };
    told(&app.stores, Access::Read, tell).await
}

/// Tells what is sought.
fn answer(snapshot: &dyn Snapshot, look: Sought, lines: &mut Lines) -> Result<(), StoreError> {
    match look {
        Sought::Revision => {
            let _ = lines.row(&snapshot.revision()?);
        }
        Sought::Catalog(scope) => {
            let _ = lines.row(&snapshot.catalog(Scope::of(&scope))?);
        }
        Sought::Basis { scope, question } => {
            let _ = lines.row(&snapshot.basis(Scope::of(&scope), &question)?);
        }
        Sought::Audience(feature) => {
            let _ = lines.row(&snapshot.audience(&feature)?);
        }
        Sought::ListSize(list) => {
            let _ = lines.row(&snapshot.list_size(list)?);
        }
        Sought::ListsNaming(target) => {
            let _ = lines.row(&snapshot.lists_naming(&target)?);
        }
        Sought::User(id) => {
            let _ = lines.row(&snapshot.user(&id)?);
        }
        Sought::Organization(id) => {
            let _ = lines.row(&snapshot.organization(&id)?);
        }
        Sought::OverridesOf { subject, scope } => {
            let _ = lines.row(&snapshot.overrides_of(&subject, Scope::of(&scope))?);
        }
        of_history @ (Sought::Entry(_)
        | Sought::ChangeCount(_)
        | Sought::EachChange { .. }
        | Sought::Digest(_)
        | Sought::Verify(_)
        | Sought::IsIntact(_)
        | Sought::History(_)
        | Sought::Writes { .. }
        | Sought::Changed { .. }
        | Sought::Retold(_)) => return answer_of_history(snapshot, of_history, lines),
        of_many => return walk(snapshot, of_many, lines),
    }
    Ok(())
}

/// Tells of many subjects, one after the other.
fn walk(snapshot: &dyn Snapshot, look: Sought, lines: &mut Lines) -> Result<(), StoreError> {
    match look {
        Sought::Users(after) => snapshot.users(after.as_ref(), &mut each(lines)),
        Sought::Organizations(after) => snapshot.organizations(after.as_ref(), &mut each(lines)),
        Sought::Members(organization) => snapshot.members(&organization, &mut each(lines)),
        Sought::Overrides { scope, after } => {
            snapshot.overrides(Scope::of(&scope), after.as_ref(), &mut each(lines))
        }
        Sought::Briefs { scope, among } => {
            let scope = Scope::of(&scope);
            snapshot.briefs(scope, among.borrowed(), &mut |brief| {
                lines.row(&brief.to_record())
            })
        }
        Sought::Alone => snapshot.each_alone(&mut |alone| lines.row(alone)),
        _ => Ok(()),
    }
}

/// Tells what was written.
fn answer_of_history(
    snapshot: &dyn Snapshot,
    look: Sought,
    lines: &mut Lines,
) -> Result<(), StoreError> {
    let flow: ControlFlow<()> = match look {
        Sought::Entry(revision) => lines.row(&snapshot.entry(revision)?),
        Sought::ChangeCount(revision) => lines.row(&snapshot.change_count(revision)?),
        Sought::Digest(revision) => lines.row(&snapshot.digest(revision)?),
        Sought::Verify(noted) => lines.row(&snapshot.verify(noted)?),
        Sought::IsIntact(revision) => lines.row(&snapshot.is_intact(revision)?),
        Sought::EachChange { revision, about } => {
            return snapshot.each_change(revision, about.borrowed(), &mut each(lines));
        }
        Sought::Retold(after) => return snapshot.retell(after, &mut each(lines)),
        Sought::History(before) => return snapshot.history(before, &mut each(lines)),
        Sought::Writes {
            until,
            limit,
            about,
        } => {
            let about = about.borrowed();
            return WriteTold::each(snapshot, until, limit, about, &mut |write| lines.row(write));
        }
        Sought::Changed {
            after,
            until,
            about,
        } => {
            let span = Span { after, until };
            return snapshot.changed(span, about.borrowed(), &mut each(lines));
        }
        _ => return Ok(()),
    };
    // A single row, which nobody may be waiting for any more.
    let _ = flow;
    Ok(())
}

/// Tells each row as it comes.
fn each<T: serde::Serialize>(lines: &mut Lines) -> impl FnMut(T) -> ControlFlow<()> {
    move |row| lines.row(&row)
}
