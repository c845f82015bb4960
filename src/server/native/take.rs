//! What a request brings, read strictly: what is not known, twice there or of the wrong form is
//! refused with its place, in the protocol's own words.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{CONTENT_TYPE, HeaderName, IF_MATCH, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::domain::catalog::Revision;
use crate::server::access::Caller;
use crate::server::app::Shared;
use crate::server::problem::Problem;

/// What stands in the path.
pub(super) struct Way<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Shared> for Way<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let read = Path::<T>::from_request_parts(parts, app).await;
        read.map(|Path(way)| Self(way))
            .map_err(|error| Problem::unreadable(format!("the path: {}", error.body_text())))
    }
}

/// What the query says.
pub(super) struct Query<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequestParts<Shared> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Shared) -> Result<Self, Problem> {
        let text = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(text.as_bytes());
        let pairs = serde_html_form::Deserializer::new(pairs);
        let read = serde_path_to_error::deserialize(pairs);
        read.map(Self).map_err(|error| {
            let place = error.path().to_string();
            let what = error.into_inner();
            Problem::unreadable(match place.as_str() {
                "." => format!("the query: {what}"),
                place => format!("the query: {place}: {what}"),
            })
        })
    }
}

/// Whose request it is, and on what conditions it is to be answered.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Who is calling.
    pub(super) caller: Caller,
    /// The method and the whole path, by which a request is known again.
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    /// The key of a request that may come again.
    pub(super) key: Option<String>,
    if_match: Vec<String>,
    if_none_match: Vec<String>,
}

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

impl FromRequestParts<Shared> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let caller = Extension::<Caller>::from_request_parts(parts, app).await;
        let Ok(Extension(caller)) = caller else {
            // No route without a guard takes this.
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "key_missing",
                "who is calling?",
            ));
        };
        Ok(Self {
            caller,
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            key: key(&parts.headers)?,
            if_match: tags(&parts.headers, &IF_MATCH)?,
            if_none_match: match parts.method.is_safe() {
                true => tags(&parts.headers, &IF_NONE_MATCH).unwrap_or_default(),
                false => Vec::new(),
            },
        })
    }
}

impl Asked {
    /// Whether the client has the answer with this tag already.
    pub(super) fn has(&self, tag: &str) -> bool {
        let alike = |known: &String| known.strip_prefix("W/").unwrap_or(known) == tag;
        self.if_none_match.iter().any(|t| t == "*" || alike(t))
    }

    /// Refuses to write where the project is no longer as the client has seen it.
    pub(super) fn meets(&self, revision: Revision) -> Result<(), Problem> {
        let seen = |tag: &String| tag == "*" || revision_of(tag) == Some(revision);
        match self.if_match.is_empty() || self.if_match.iter().any(seen) {
            true => Ok(()),
            false => {
                let message =
                    format!("the project has revision {revision} now: nothing was written");
                let problem = Problem::new(StatusCode::PRECONDITION_FAILED, "stale", message);
                let problem = Problem {
                    revision: Some(revision),
                    ..problem
                };
                Err(problem.hint("look again and repeat the request with the new ETag"))
            }
        }
    }
}

/// The revision that a tag is of, with what answers were made of it behind a dash.
fn revision_of(tag: &str) -> Option<Revision> {
    let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
    let number = inner.split_once('-').map_or(inner, |(number, _)| number);
    number.parse().ok().map(Revision)
}

fn tags(headers: &HeaderMap, name: &HeaderName) -> Result<Vec<String>, Problem> {
    let mut tags = Vec::new();
    for value in headers.get_all(name) {
        let text = value.to_str();
        let text = text.map_err(|_| Problem::unreadable(format!("{name} is not readable")))?;
        tags.extend(text.split(',').map(|tag| tag.trim().to_owned()));
    }
    Ok(tags)
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut keys = headers.get_all(IDEMPOTENCY_KEY).iter();
    let (Some(key), None) = (keys.next(), keys.next()) else {
        return match headers.contains_key(IDEMPOTENCY_KEY) {
            false => Ok(None),
            true => Err(Problem::unreadable("Idempotency-Key is given twice")),
        };
    };
    let text = key.to_str().unwrap_or_default();
    let graphic = text.bytes().all(|byte| byte.is_ascii_graphic());
    match graphic && (1..=255).contains(&text.len()) {
        true => Ok(Some(text.to_owned())),
        false => Err(Problem::unreadable(
            "Idempotency-Key has 1 to 255 printable ASCII characters",
        )),
    }
}

/// A request with what was sent along, by which it is known again.
pub(super) struct Sent<T> {
    /// Whose, and on what conditions.
    pub(super) asked: Asked,
    /// As it was sent.
    pub(super) bytes: Bytes,
    /// As it was read.
    pub(super) body: T,
}

impl<T: DeserializeOwned> FromRequest<Shared> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Problem> {
        let (asked, bytes) = sent(request, app, false).await?;
        let body = object(&bytes)?;
        Ok(Self { asked, bytes, body })
    }
}

/// The same where nothing may be sent along.
pub(super) struct MaySend<T>(pub(super) Sent<T>);

impl<T: DeserializeOwned + Default> FromRequest<Shared> for MaySend<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Problem> {
        let (asked, bytes) = sent(request, app, true).await?;
        let body = match bytes.is_empty() {
            true => T::default(),
            false => object(&bytes)?,
        };
        Ok(Self(Sent { asked, bytes, body }))
    }
}

async fn sent(
    request: Request,
    app: &Shared,
    may_be_empty: bool,
) -> Result<(Asked, Bytes), Problem> {
    let (mut parts, body) = request.into_parts();
    let asked = Asked::from_request_parts(&mut parts, app).await?;
    let is_json = is_of(&parts.headers, "application/json");
    let untyped = !parts.headers.contains_key(CONTENT_TYPE);
    let bytes = Bytes::from_request(Request::from_parts(parts, body), app).await;
    let bytes = bytes.map_err(|error| too_much(&error))?;
    match is_json || (untyped && may_be_empty && bytes.is_empty()) {
        true => Ok((asked, bytes)),
        false => Err(other_media("application/json")),
    }
}

/// Whether what is sent says that it is of this media type.
pub(super) fn is_of(headers: &HeaderMap, media: &str) -> bool {
    let said = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let said = said.map(|said| said.split(';').next().unwrap_or_default().trim());
    said.is_some_and(|said| said.eq_ignore_ascii_case(media))
}

/// What is sent is of another media type.
pub(super) fn other_media(media: &str) -> Problem {
    let message = format!("send `Content-Type: {media}`");
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", message)
}

/// What is sent cannot be taken.
pub(super) fn too_much(error: &BytesRejection) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "what was sent is too large",
        ),
        _ => Problem::unreadable(error.body_text()),
    }
}

/// Reads an object: an array would pass for one whose members are all left out.
fn object<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    match bytes.trim_ascii_start().first() {
        Some(b'[') => Err(Problem::impossible(
            "invalid",
            "this is an array, not an object",
        )),
        _ => parsed(bytes),
    }
}

/// Reads JSON; what is wrong is told with its place.
pub(super) fn parsed<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let place = error.path().to_string();
        let what = error.into_inner();
        let message = match place.as_str() {
            "." => what.to_string(),
            place => format!("{place}: {what}"),
        };
        match what.is_data() {
            true => Problem::impossible("invalid", message),
            false => Problem::unreadable(message),
        }
    })?;
    json.end()
        .map_err(|error| Problem::unreadable(error.to_string()))?;
    Ok(read)
}
