//! Answers to questions that change nothing, each with its tag.
//!
//! The revision is the tag, and whoever has the answer of a revision need not get it again. Where the
//! clock has a say in an answer too, such as where an override ends, a hash of what it says stands
//! behind the revision.

use axum::http::header::{CONTENT_TYPE, ETAG, LINK};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use super::page::Page;
use super::take::Asked;
use crate::domain::catalog::Revision;
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::{Snapshot, Store};

/// How many bytes an answer has at first.
const USUALLY: usize = 256;

/// An answer as it goes out.
pub(super) struct Told {
    status: StatusCode,
    bytes: Vec<u8>,
    /// What the clock had a say in.
    mark: Option<u64>,
    next: Option<String>,
}

impl Told {
    /// A document.
    pub(super) fn new(document: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self {
            status: StatusCode::OK,
            bytes: bytes(document)?,
            mark: None,
            next: None,
        })
    }

    /// A page of many.
    pub(super) fn page<T: Serialize>(page: &Page<T>) -> Result<Self, Problem> {
        Ok(Self {
            next: page.next.clone(),
            ..Self::new(page)?
        })
    }

    /// The same where this part of it is another one at another time.
    pub(super) fn timed(self, part: &impl Serialize) -> Result<Self, Problem> {
        let mark = Some(xxh3_64(&bytes(part)?));
        Ok(Self { mark, ..self })
    }

    /// The same by a hash of what that part says.
    pub(super) fn marked(self, mark: u64) -> Self {
        let mark = Some(mark);
        Self { mark, ..self }
    }

    /// The same for what is new.
    pub(super) fn created(self) -> Self {
        let status = StatusCode::CREATED;
        Self { status, ..self }
    }

    /// The answer of a revision.
    pub(super) fn answer(self, asked: &Asked, revision: Revision) -> Response {
        let tag = tag(revision, self.mark);
        if asked.has(&tag) {
            return unaltered(&tag);
        }
        let json = HeaderValue::from_static("application/json");
        let mut response = (self.status, self.bytes).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, json);
        headers.extend(HeaderValue::from_str(&tag).map(|tag| (ETAG, tag)).ok());
        let link = self.next.and_then(|next| link(asked, &next));
        headers.extend(link.map(|link| (LINK, link)));
        response
    }
}

fn bytes(document: &impl Serialize) -> Result<Vec<u8>, Problem> {
    // Most answers are as long as that, and none has to be moved while it is written.
    let mut bytes = Vec::with_capacity(USUALLY);
    match serde_json::to_writer(&mut bytes, document) {
        Ok(()) => Ok(bytes),
        Err(error) => {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            let message = format!("the answer has no form: {error}");
            Err(Problem::new(status, "bug", message))
        }
    }
}

/// The tag of a revision's answer.
pub(super) fn tag(revision: Revision, mark: Option<u64>) -> String {
    match mark {
        None => format!("\"{revision}\""),
        Some(mark) => format!("\"{revision}-{mark:016x}\""),
    }
}

fn unaltered(tag: &str) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    let tag = HeaderValue::from_str(tag).map(|tag| (ETAG, tag)).ok();
    response.headers_mut().extend(tag);
    response
}

/// Where the next page is.
fn link(asked: &Asked, next: &str) -> Option<HeaderValue> {
    let others = asked.query.split('&');
    let mut query: Vec<&str> = others
        .filter(|pair| !pair.is_empty() && !pair.starts_with("after="))
        .collect();
    let after = format!("after={next}");
    query.push(&after);
    let query = query.join("&");
    HeaderValue::from_str(&format!("<{}?{query}>; rel=\"next\"", asked.path)).ok()
}

/// Answers from one moment of the store, unless the client has the answer of its revision.
pub(super) async fn look(
    app: &Shared,
    asked: Asked,
    ask: impl FnOnce(&dyn Snapshot) -> Result<Told, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let look = move |store: &dyn Store| {
        let snapshot = store.snapshot()?;
        let revision = snapshot.revision()?;
        let plain = tag(revision, None);
        match asked.has(&plain) {
            true => Ok(unaltered(&plain)),
            false => Ok(ask(&*snapshot)?.answer(&asked, revision)),
        }
    };
    app.stores.read(look).await
}
