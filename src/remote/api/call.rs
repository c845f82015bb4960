//! What is asked of a server, and what it answers.

use std::fmt;
use std::fs::File;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::{ApiError, Fault};
use super::json;

pub use reqwest::Method;
pub use reqwest::header::{HeaderName, HeaderValue};

/// One call: what is to happen on a server, whatever it takes to bring it there.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Where, below the server's address.
    pub path: Path,
    /// The query, name and value, in their order.
    pub query: Vec<(String, String)>,
    /// Headers beside those that every call has.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// What is sent.
    pub body: Option<Content>,
    /// Whether it changes anything, and whether it may be sent twice.
    pub kind: Kind,
    /// How long it may take, where that is longer than usual.
    pub deadline: Option<Duration>,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A JSON document.
    Json(Value),
    /// Bytes of a kind, such as `application/x-ndjson`.
    Bytes(HeaderValue, Bytes),
    /// What is in a file, from its start, of a kind.
    File(HeaderValue, Spooled),
}

/// A file that holds what is sent, however often.
#[derive(Debug, Clone)]
pub struct Spooled(pub Arc<File>);

impl PartialEq for Spooled {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Where on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Path {
    /// Names one below the other. Whatever is in one of them cannot lead elsewhere.
    Segments(Vec<String>),
    /// A path as somebody typed it, percent-encoded where it has to be.
    Raw(String),
}

/// What it would mean to send a call twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It changes nothing.
    Read,
    /// It changes something.
    Write {
        /// What the server tells a repetition by; `None` makes one up. All attempts of a call share it.
        idempotency_key: Option<String>,
        /// Whether the server does the same once or twice: it knows such keys, or the call says
        /// what is to be and not what is to change. Otherwise it is sent once more only where the
        /// server cannot have seen it.
        safe_to_repeat: bool,
    },
}

impl Call {
    /// A question.
    pub fn get(segments: &[&str]) -> Self {
        Self::new(Method::GET, segments, Kind::Read)
    }

    /// A write that is safe to repeat: `PUT` and `DELETE` say what is to be (RFC 9110 §9.2.2), other
    /// methods only where the server knows idempotency keys.
    pub fn write(method: Method, segments: &[&str]) -> Self {
        Self::new(
            method,
            segments,
            Kind::Write {
                idempotency_key: None,
                safe_to_repeat: true,
            },
        )
    }

    /// A call of a kind.
    pub fn new(method: Method, segments: &[&str], kind: Kind) -> Self {
        let segments = segments.iter().map(|&segment| segment.to_owned());
        Self {
            method,
            path: Path::Segments(segments.collect()),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            kind,
            deadline: None,
        }
    }

    /// Adds to the query.
    #[must_use]
    pub fn query(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// Sends a document.
    #[must_use]
    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(Content::Json(body));
        self
    }

    /// Sends bytes of a kind, such as `application/x-ndjson`.
    #[must_use]
    pub fn bytes(mut self, kind: &'static str, bytes: impl Into<Bytes>) -> Self {
        self.body = Some(Content::Bytes(HeaderValue::from_static(kind), bytes.into()));
        self
    }

    /// Sends what is in a file.
    #[must_use]
    pub fn file(mut self, kind: &'static str, file: Arc<File>) -> Self {
        let kind = HeaderValue::from_static(kind);
        self.body = Some(Content::File(kind, Spooled(file)));
        self
    }

    /// Lets it take so long, if that is longer than usual.
    #[must_use]
    pub fn within(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Makes it a question, though its method is not `GET`.
    #[must_use]
    pub fn reading(mut self) -> Self {
        self.kind = Kind::Read;
        self
    }

    /// Makes it a write that must not happen twice, at a server that knows no idempotency keys.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.kind = Kind::Write {
            idempotency_key: None,
            safe_to_repeat: false,
        };
        self
    }

    /// Names what the server tells a repetition by, also one by another process.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        if let Kind::Write {
            idempotency_key, ..
        } = &mut self.kind
        {
            *idempotency_key = Some(key.into());
        }
        self
    }

    /// What the server tells a repetition by, if the caller says so.
    pub(super) fn key(&self) -> Option<&str> {
        match &self.kind {
            Kind::Read => None,
            Kind::Write {
                idempotency_key, ..
            } => idempotency_key.as_deref(),
        }
    }

    /// Whether it changes nothing.
    pub fn is_read(&self) -> bool {
        self.kind == Kind::Read
    }
}

/// `GET /v1/features`, without its query.
impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.method)?;
        match &self.path {
            Path::Raw(path) => f.write_str(path),
            Path::Segments(segments) => segments.iter().try_for_each(|name| write!(f, "/{name}")),
        }
    }
}

/// Why a text is no path on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// It names a server, or could be taken to.
    #[error(
        "it names a server of its own: write the path alone, such as /feature-flags; credentials \
         go to the profile's server and to no other"
    )]
    Server,
    /// It has white space or control characters in it.
    #[error("it has white space or control characters in it, which no path has")]
    Blank,
    /// It has a fragment.
    #[error("it has a fragment (`#…`), which is never sent: leave it out")]
    Fragment,
    /// A name in it would lead up or nowhere.
    #[error("a part of it is empty, `.` or `..`, which would lead to another place")]
    Dots,
}

impl Path {
    /// A path as somebody typed it, and its query.
    ///
    /// # Errors
    ///
    /// Where it is none, or leads to another server.
    pub fn typed(text: &str) -> Result<(Self, Vec<(String, String)>), PathError> {
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(PathError::Blank);
        }
        if text.contains('#') {
            return Err(PathError::Fragment);
        }
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        if path.contains("://") || path.starts_with("//") || path.contains('\\') {
            return Err(PathError::Server);
        }
        let query = form_urlencoded::parse(query.as_bytes()).into_owned();
        let path = format!("/{}", path.strip_prefix('/').unwrap_or(path));
        if path.split('/').any(is_dots) {
            return Err(PathError::Dots);
        }
        Ok((Self::Raw(path), query.collect()))
    }

    /// Whether nothing in it leads to another place than it names.
    pub(super) fn check(&self) -> Result<(), PathError> {
        let Self::Segments(segments) = self else {
            return Ok(());
        };
        match segments.iter().any(|name| name.is_empty() || is_dots(name)) {
            true => Err(PathError::Dots),
            false => Ok(()),
        }
    }
}

/// Whether a URL's parser takes a name for "here" or "one up", however it is written.
fn is_dots(name: &str) -> bool {
    let plain = name.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        Ok(Self::typed(text)?.0)
    }
}

/// What a server answered. Our own secrets are not in it any more, should it have repeated them.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status, from 200 to 299.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, unpacked.
    pub body: Vec<u8>,
    /// Where it came from, for errors.
    pub(super) origin: Origin,
}

/// Whose answer it is, for an error that is found in it.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub server: String,
    pub request: String,
    pub write: bool,
}

impl Reply {
    /// The body as a JSON document of a type. Members that the type does not know are passed over.
    ///
    /// # Errors
    ///
    /// Where it is not JSON, is nested too deeply, or is of another shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        self.judged(json::read(&self.body))
    }

    /// The body as any JSON document.
    ///
    /// # Errors
    ///
    /// Where it is not JSON, is nested too deeply, or would take too much memory.
    pub fn value(&self) -> Result<Value, ApiError> {
        self.judged(json::value(&self.body))
    }

    /// A header's text, if it has one that is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// An error for an answer that says something else than it should, in words of the caller's.
    pub fn unfit(&self, what: impl Into<String>) -> ApiError {
        self.error(Fault::Unfit(what.into()))
    }

    fn judged<T>(&self, read: Result<T, json::NotRead>) -> Result<T, ApiError> {
        read.map_err(|error| self.error(Fault::Body(error)))
    }

    pub(super) fn error(&self, fault: Fault) -> ApiError {
        ApiError::of(&self.origin, fault)
    }
}
