//! What can go wrong with a call, told apart by who can do something about it.
//!
//! A write is told apart once more: by whether it may have been carried out all the same. Nothing
//! of what a server wrote is repeated but a few words of its message, in quotation marks and with
//! everything in them escaped that could act on a terminal.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use super::call::{Origin, PathError};
use super::json::{self, NotRead};
use super::known::Withheld;
use crate::remote::error::{RemoteError, Trouble, name_of, quoted_to};

/// How many characters of a server's message are shown.
const SHOWN: usize = 300;

/// A call did not come to its end.
#[derive(Debug, Clone)]
pub struct ApiError {
    server: String,
    request: String,
    write: bool,
    fault: Box<Fault>,
}

/// Who can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Whoever asked: nothing was sent.
    Usage,
    /// The server does not know who asks, or does not let them.
    Denied,
    /// The server refuses this: it is not there, or a rule forbids it.
    Refused,
    /// The server cannot be reached, is late, or answers nonsense.
    Remote,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// No connection could be prepared.
    Unprepared(RemoteError),
    /// The path leads elsewhere.
    Path(PathError),
    /// There is no credential to send.
    Withheld(Withheld),
    /// The key cannot be sent.
    Key,
    /// There is no randomness to make a name for the write with.
    NoRandomness,
    /// Something on the way. The second says whether the server may have seen the request.
    Trouble(Trouble, bool),
    /// The server answered, with a status other than success.
    Status {
        status: u16,
        code: Option<String>,
        message: Option<String>,
        /// What it says, where that is JSON.
        document: Box<Value>,
        /// Until when it wants to be left alone, if it says so and it is longer than we wait.
        until: Option<Timestamp>,
    },
    /// The body is not what was asked for.
    Body(NotRead),
    /// The body says something else than it should, in the caller's words.
    Unfit(String),
    /// A list that names the same place twice as its next.
    Circle,
    /// A list without an end.
    Endless(usize),
}

impl Fault {
    /// What an answer says that is no success.
    pub(super) fn of_status(status: u16, body: &[u8]) -> Self {
        let document = json::value(body).unwrap_or_default();
        let said = Said::of(&document);
        Self::Status {
            status,
            code: said.code,
            message: said.message,
            document: Box::new(document),
            until: None,
        }
    }

    /// The same, with until when the server wants to be left alone.
    pub(super) fn wanting(mut self, wanted: Option<Timestamp>) -> Self {
        if let Self::Status { until, .. } = &mut self {
            *until = wanted;
        }
        self
    }
}

/// The words of an error document, in any of the forms that servers give it.
struct Said {
    code: Option<String>,
    message: Option<String>,
}

impl Said {
    fn of(document: &Value) -> Self {
        let error = &document["error"];
        let first = |places: &[&Value]| {
            let mut texts = places.iter().filter_map(|place| place.as_str());
            let text = texts.find(|text| !text.trim().is_empty());
            text.map(str::to_owned)
        };
        let code = first(&[
            &document["code"],
            &error["code"],
            &document["errorCode"],
            error,
        ]);
        let message = first(&[
            &document["message"],
            &error["message"],
            &document["error_description"],
            &document["detail"],
            &document["errorDetails"],
            &document["title"],
            error,
        ]);
        Self { code, message }
    }
}

impl ApiError {
    pub(super) fn of(origin: &Origin, fault: Fault) -> Self {
        Self {
            server: origin.server.clone(),
            request: origin.request.clone(),
            write: origin.write,
            fault: Box::new(fault),
        }
    }

    /// Who can do something about it.
    pub fn class(&self) -> Class {
        match &*self.fault {
            Fault::Unprepared(RemoteError::CaBundle { .. }) | Fault::Path(_) | Fault::Key => {
                Class::Usage
            }
            Fault::Withheld(_) => Class::Denied,
            Fault::Status { status, .. } => match status {
                401 | 403 | 407 => Class::Denied,
                408 | 425 | 429 => Class::Remote,
                400..500 => Class::Refused,
                _ => Class::Remote,
            },
            _ => Class::Remote,
        }
    }

    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        if self.may_have_happened() {
            return "outcome_unknown";
        }
        match &*self.fault {
            Fault::Unprepared(error) => error.code(),
            Fault::Path(_) => "path",
            Fault::Withheld(_) => "no_credential",
            Fault::Key => "unsendable_key",
            Fault::NoRandomness => "no_randomness",
            Fault::Trouble(trouble, _) => trouble.code(),
            Fault::Status { status, .. } => match status {
                401 => "not_authenticated",
                403 => "not_permitted",
                404 => "not_found",
                409 => "conflict",
                429 => "rate_limited",
                _ => "http_status",
            },
            Fault::Body(NotRead::Shape { .. }) | Fault::Unfit(_) => "unexpected_document",
            Fault::Body(_) => "garbled_answer",
            Fault::Circle | Fault::Endless(_) => "endless_list",
        }
    }

    /// Why there was no credential to send, where that is what stopped it.
    pub fn withheld(&self) -> Option<&Withheld> {
        match &*self.fault {
            Fault::Withheld(why) => Some(why),
            _ => None,
        }
    }

    /// The status, where the server answered with one that is no success.
    pub fn status(&self) -> Option<u16> {
        match &*self.fault {
            Fault::Status { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// What the server calls it, as it wrote it: to compare with, not to show.
    pub fn server_code(&self) -> Option<&str> {
        match &*self.fault {
            Fault::Status { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// What the server says about it, short, in quotation marks and safe to show.
    pub fn server_message(&self) -> Option<String> {
        match &*self.fault {
            Fault::Status { message, .. } => {
                message.as_ref().map(|message| quoted_to(message, SHOWN))
            }
            _ => None,
        }
    }

    /// What the server answered with a status that is no success, where that is JSON: to go by,
    /// not to show.
    pub fn document(&self) -> Option<&Value> {
        match &*self.fault {
            Fault::Status { document, .. } => Some(document),
            _ => None,
        }
    }

    /// The same call's error for an answer that says something else than it should, in words of the
    /// caller's.
    #[must_use]
    pub fn unfit(mut self, what: impl Into<String>) -> Self {
        *self.fault = Fault::Unfit(what.into());
        self
    }

    /// Until when the server wants to be left alone, where it said so.
    pub fn until(&self) -> Option<Timestamp> {
        match &*self.fault {
            Fault::Status { until, .. } => *until,
            _ => None,
        }
    }

    /// The server, such as `https://api.workos.com`.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Whether it is a write that may have been carried out in spite of the error: whoever can
    /// should look, and nobody should repeat it blindly.
    pub fn may_have_happened(&self) -> bool {
        self.write
            && match &*self.fault {
                Fault::Unprepared(_)
                | Fault::Path(_)
                | Fault::Withheld(_)
                | Fault::Key
                | Fault::NoRandomness => false,
                Fault::Trouble(_, seen) => *seen,
                Fault::Status { status, .. } => !(400..500).contains(status) || *status == 408,
                _ => true,
            }
    }
}

impl std::error::Error for ApiError {}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            server, request, ..
        } = self;
        match &*self.fault {
            Fault::Unprepared(error) => write!(f, "{error}"),
            Fault::Path(error) => write!(f, "{request} is not asked for: {error}"),
            Fault::Withheld(why) => write!(f, "{why}"),
            Fault::Key => write!(
                f,
                "the key for {server} has white space or other characters in it that no header can \
                 hold: it is not the key, or not only the key"
            ),
            Fault::NoRandomness => f.write_str("the system gives no randomness"),
            Fault::Trouble(trouble, _) => write!(f, "{request} at {server} failed: {trouble}"),
            Fault::Status { status, until, .. } => {
                let name = name_of(*status);
                write!(f, "{server} answers {request} with status {status}{name}")?;
                if let Some(message) = self.server_message() {
                    write!(f, ": {message}")?;
                }
                match until {
                    Some(until) => write!(f, "; it wants to be left alone until {until}"),
                    None => Ok(()),
                }
            }
            fault => write!(
                f,
                "what {server} answers to {request} cannot be used: {}",
                Unusable(fault)
            ),
        }?;
        match self.may_have_happened() {
            true => f.write_str(". It may have been carried out all the same"),
            false => Ok(()),
        }
    }
}

/// Why an answer cannot be used.
struct Unusable<'a>(&'a Fault);

impl fmt::Display for Unusable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Fault::Unfit(what) => f.write_str(what),
            Fault::Circle => f.write_str("its list leads in a circle"),
            Fault::Endless(pages) => write!(f, "its list does not end within {pages} pages"),
            Fault::Body(NotRead::Empty) => f.write_str("it is empty"),
            Fault::Body(NotRead::Html) => f.write_str(
                "it is a page for a browser; something else than the server may have answered, such \
                 as a proxy or a login page",
            ),
            Fault::Body(NotRead::NotJson { line, column }) => {
                write!(f, "it is not JSON (line {line}, column {column})")
            }
            Fault::Body(NotRead::TooDeep) => {
                write!(f, "it is nested more than {} deep", json::DEPTH)
            }
            Fault::Body(NotRead::TooMany(most)) => write!(f, "it has more than {most} values"),
            Fault::Body(NotRead::Shape { place, expected }) => {
                let expected = quoted_to(expected, SHOWN);
                match place.as_str() {
                    "" | "." => write!(f, "it has another shape: {expected}"),
                    place => write!(
                        f,
                        "it has another shape at {}: {expected}",
                        quoted_to(place, SHOWN)
                    ),
                }
            }
            _ => Ok(()),
        }
    }
}
