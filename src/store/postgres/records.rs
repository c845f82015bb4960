//! What is kept beside the project, in its table.

use super::attempt::Attempt;
use super::datum::text;
use super::fault::Fault;
use super::session::Session;
use super::view::View;
use crate::domain::catalog::Revision;
use crate::store::rows::from_json;
use crate::store::{Amend, Author, Kept, RecordKind, StoreError};

pub(super) const ONE: &str = "SELECT body FROM record WHERE kind = $1 AND name = $2";
const ALL: &str = "SELECT name, body FROM record WHERE kind = $1 ORDER BY name";
const PUT: &str = "INSERT INTO record(kind, name, body) VALUES($1, $2, $3) \
     ON CONFLICT(kind, name) DO UPDATE SET body = excluded.body";
const DROP: &str = "DELETE FROM record WHERE kind = $1 AND name = $2";

/// One record.
pub(super) fn one(view: &View<'_>, kind: RecordKind, name: &str) -> Result<Option<String>, Fault> {
    if let Some(found) = view.foreseen_record(kind, name) {
        return Ok(found);
    }
    let rows = view.ask(ONE, &[kind.as_str().into(), name.into()])?;
    rows.first()
        .map(|row| Ok(text(row, 0)?.into_owned()))
        .transpose()
}

/// The records of a kind, with their names.
pub(super) fn all(view: &View<'_>, kind: RecordKind) -> Result<Vec<(String, String)>, Fault> {
    let rows = view.ask(ALL, &[kind.as_str().into()])?;
    rows.iter()
        .map(|row| Ok((text(row, 0)?.into_owned(), text(row, 1)?.into_owned())))
        .collect()
}

/// Alters a record.
pub(super) fn amend(
    view: &View<'_>,
    kind: RecordKind,
    name: &str,
    amend: &mut Amend<'_>,
) -> Result<Attempt<()>, Fault> {
    let found = one(view, kind, name)?;
    let session = view.session()?;
    match amend(found.as_deref()) {
        Kept::AsItWas => return Ok(Attempt::Idle(())),
        Kept::Now(body) => put(session, kind, name, body)?,
        Kept::Gone => drop_one(session, kind, name)?,
    }
    Ok(Attempt::Ready((), None))
}

pub(super) fn put(
    session: &Session,
    kind: RecordKind,
    name: &str,
    body: String,
) -> Result<(), Fault> {
    let values = vec![kind.as_str().into(), name.to_owned().into(), body.into()];
    session.put(PUT, values)
}

pub(super) fn drop_one(session: &Session, kind: RecordKind, name: &str) -> Result<(), Fault> {
    session.put(DROP, vec![kind.as_str().into(), name.to_owned().into()])
}

/// Refuses to carry out a request again.
pub(super) fn refuse_repeated(view: &View<'_>, author: &Author) -> Result<(), Fault> {
    let Some(request) = &author.request else {
        return Ok(());
    };
    match one(view, RecordKind::Request, request.name.as_str())? {
        None => Ok(()),
        Some(body) => Err(StoreError::Repeated(from_json(&body, "note of a request")?).into()),
    }
}

/// Notes that the author's request was carried out, in the transaction that does it.
pub(super) fn note_request(
    session: &Session,
    author: &Author,
    revision: Revision,
) -> Result<(), Fault> {
    match &author.request {
        None => Ok(()),
        Some(request) => {
            let body = request.done(author.at, revision).write();
            put(session, RecordKind::Request, request.name.as_str(), body)
        }
    }
}
