//! What can go wrong with a document on another machine, told apart by what can be done about it.
//!
//! No message repeats what a server said, but for a few words in quotation marks with everything
//! in them escaped that could act on a terminal; none shows a query, where secrets may be.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use thiserror::Error;

use super::address::AddressError;

/// A document could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RemoteError {
    /// The file that `--ca-bundle` names is of no use.
    #[error("cannot use the CA bundle {}: {what}", path.display())]
    CaBundle {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The machine trusts nobody, so no server can prove who it is.
    #[error(
        "this machine has no CA certificates, so no server can prove who it is: install them (in \
         Debian the package ca-certificates), or name a file of them with --ca-bundle"
    )]
    NoRoots,
    /// The client could not be made.
    #[error("cannot prepare a connection: {0}")]
    Unprepared(String),
    /// The document could not be fetched.
    #[error("cannot fetch {address}: {trouble}")]
    Failed {
        /// Where it was to come from.
        address: String,
        /// What happened.
        trouble: Trouble,
    },
    /// The document could not be fetched, and the copy of it that there is counts no more.
    #[error(
        "cannot fetch {address}: {trouble}. The copy fetched at {fetched_at} has expired, and \
         what has expired is not trusted"
    )]
    Expired {
        /// Where it was to come from.
        address: String,
        /// What happened.
        trouble: Trouble,
        /// When the copy was fetched.
        fetched_at: Timestamp,
    },
    /// What was fetched is not what was asked for.
    #[error("what {address} answers cannot be used: {unfit}")]
    Unfit {
        /// Where it came from.
        address: String,
        /// What is wrong with it.
        unfit: Unfit,
    },
}

/// What happened on the way.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Trouble {
    /// The name could not be turned into an address.
    #[error("there is no host of that name, or names cannot be looked up here")]
    NoSuchHost,
    /// The host says that nothing listens there.
    #[error("the connection was refused: nothing listens there")]
    Refused,
    /// The host is one that only this machine or this network reaches.
    #[error("the host is within this network, which was not allowed for it")]
    Private,
    /// No connection, for another reason, in the system's words.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// No connection, and the system gave no reason.
    #[error("no connection; if the environment names a proxy (HTTPS_PROXY), look there")]
    NoConnection,
    /// It took too long.
    #[error("there was no complete answer within {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// The server did not prove who it is.
    #[error("{0}")]
    Untrusted(Doubt),
    /// The server does not speak TLS as we do; what failed, if it is known.
    #[error("the server does not encrypt as https has to: {0}")]
    Handshake(String),
    /// A status other than 200.
    #[error("the server answered with status {0}{name}", name = name_of(*.0))]
    Status(u16),
    /// The server sends us to another one.
    #[error(
        "the server points to another place, {0}, and is not followed there: if that is right, \
         ask for that place itself"
    )]
    Elsewhere(String),
    /// The server sends us round and round.
    #[error("the server points to another place more than {0} times")]
    RoundAndRound(usize),
    /// The answer is larger than such a document can be.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(u64),
    /// The answer's headers are larger than any server needs.
    #[error("the answer's headers are larger than {0} bytes")]
    HeadersTooLarge(usize),
    /// The answer is not UTF-8.
    #[error("the answer is not text (UTF-8)")]
    NotText,
    /// The answer broke off, or is no HTTP.
    #[error("the answer broke off or is garbled")]
    Garbled,
}

/// Why a server did not prove who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Doubt {
    /// Its certificate comes from an authority that is not known.
    #[error(
        "its certificate is signed by nobody whom this machine trusts; if it is your own \
         authority, name its certificate with --ca-bundle"
    )]
    UnknownAuthority,
    /// Its certificate has expired.
    #[error("its certificate has expired")]
    Expired,
    /// Its certificate is not valid yet; often it is our clock.
    #[error("its certificate is not valid yet; is the clock of this machine right?")]
    NotYet,
    /// Its certificate is somebody else's.
    #[error("its certificate is for another host")]
    OtherHost,
    /// Its certificate was revoked.
    #[error("its certificate was revoked")]
    Revoked,
    /// Its certificate is wrong in another way.
    #[error("its certificate is not valid")]
    Invalid,
}

/// Why a document is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfit {
    /// It is not JSON.
    #[error("it is not JSON (line {line}, column {column})")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is JSON, but not a key set (RFC 7517 §5).
    #[error("it is not a key set: there is no list `keys` in it")]
    NoKeys,
    /// It is JSON, but no issuer describes itself in it (RFC 8414 §2).
    #[error("it does not describe an issuer: there is no text `issuer` in it")]
    NoIssuer,
    /// The issuer names no place for its keys.
    #[error("it names no place for the issuer's keys: there is no text `jwks_uri` in it")]
    NoKeysAddress,
    /// The place it names for the keys is not one that we fetch from.
    #[error("the place it names for the issuer's keys (`jwks_uri`) is refused: {0}")]
    KeysAddress(AddressError),
    /// It describes another issuer than the one asked for.
    #[error(
        "it describes the issuer {found}, not {asked}: if that is the right one, ask for it \
         exactly as it writes itself"
    )]
    OtherIssuer {
        /// The issuer asked for.
        asked: String,
        /// The issuer described: a few characters, quoted.
        found: String,
    },
}

impl RemoteError {
    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::CaBundle { .. } => "ca_bundle",
            Self::NoRoots => "no_ca_certificates",
            Self::Unprepared(_) => "connection_unprepared",
            Self::Failed { trouble, .. } => trouble.code(),
            Self::Expired { .. } => "expired_copy",
            Self::Unfit { unfit, .. } => unfit.code(),
        }
    }
}

impl Trouble {
    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchHost | Self::Refused | Self::Unreachable(_) | Self::NoConnection => {
                "unreachable"
            }
            Self::Private => "address_private",
            Self::TimedOut(_) => "timed_out",
            Self::Untrusted(_) | Self::Handshake(_) => "server_not_trusted",
            Self::Status(_) => "http_status",
            Self::Elsewhere(_) | Self::RoundAndRound(_) => "redirect_refused",
            Self::TooLarge(_) | Self::HeadersTooLarge(_) | Self::NotText | Self::Garbled => {
                "garbled_answer"
            }
        }
    }
}

impl Unfit {
    /// A text that is not JSON, or JSON of another kind.
    pub(super) fn of_json(error: &serde_json::Error, otherwise: Self) -> Self {
        if error.is_data() {
            return otherwise;
        }
        Self::NotJson {
            line: error.line(),
            column: error.column(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::OtherIssuer { .. } => "other_issuer",
            Self::KeysAddress(_) => "keys_address_refused",
            _ => "unexpected_document",
        }
    }
}

/// ` (Not Found)` for 404, from our own table and not from what the server wrote.
pub(super) fn name_of(status: u16) -> String {
    let known = reqwest::StatusCode::from_u16(status).ok();
    let name = known.and_then(|status| status.canonical_reason());
    name.map(|name| format!(" ({name})")).unwrap_or_default()
}

/// The beginning of a text from outside, in quotation marks, with everything escaped that acts or
/// hides.
pub(super) fn quoted(text: &str) -> String {
    quoted_to(text, 80)
}

/// The same, with so many characters of it at most.
pub(super) fn quoted_to(text: &str, most: usize) -> String {
    let beginning: String = text.chars().take(most).collect();
    let rest = if beginning.len() < text.len() {
        "…"
    } else {
        ""
    };
    format!("{beginning:?}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_wrote_is_short_and_cannot_act() {
        assert_eq!(quoted("https://a.example"), "\"https://a.example\"");
        let hostile = quoted("\u{1b}]0;x\u{7}\r\n\u{202e}\u{200b}\u{9b}\"");
        let acts = |c: char| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}');
        assert!(!hostile.contains(acts), "{hostile}");
        assert_eq!(quoted(&"a".repeat(1_000_000)).chars().count(), 83);
    }
}
