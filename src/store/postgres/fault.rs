//! What went wrong, until the place is known: the server's codes told apart by what can be done.
//!
//! The codes are those of <https://www.postgresql.org/docs/current/errcodes-appendix.html>, which
//! CockroachDB and YugabyteDB give as well.

use std::error::Error as _;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, Severity, SqlState};

use super::place::Place;
use super::schema::FORMAT;
use super::{ConnectError, DatabaseError};
use crate::domain::refusal::Refusal;
use crate::store::StoreError;
use crate::store::rows::Torn;

/// An error that does not say yet in which project it happened.
#[derive(Debug)]
pub(super) enum Fault {
    /// A statement failed, or the connection that it went through.
    Sql(Error),
    /// No answer came in so many seconds.
    Late(u64),
    /// Another writer did not come to its end in so many seconds.
    Locked(u64),
    /// What is connected to takes no writes.
    NoLeader,
    /// A replica lacks a write that is known here.
    Behind,
    /// A write that cannot be begun again was cut off, and is not there.
    NotWritten(String),
    /// The answer to a commit was lost, and could not be looked up since.
    InDoubt(String),
    /// It passes, and was told to somebody already, in these words.
    Passed(Passing, String),
    /// The schema holds no project.
    NoProject,
    /// A row holds what it never should.
    Damaged(String),
    /// The tables are those of a later version.
    Newer(i64),
    /// A rule says no.
    Refused(Refusal),
    /// There is no connection.
    Connect(ConnectError),
    /// Something about the database, whose place is filled in.
    Database(fn(String) -> DatabaseError),
    /// An error that is complete already.
    Told(StoreError),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Sql(error)
    }
}

impl From<ConnectError> for Fault {
    fn from(error: ConnectError) -> Self {
        Self::Connect(error)
    }
}

impl From<Torn> for Fault {
    fn from(Torn(what): Torn) -> Self {
        Self::Damaged(what)
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Told(error)
    }
}

/// Whether an error passes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Passing {
    /// It stays.
    No,
    /// The transaction was taken back, since it met another one: it can begin again.
    Met,
    /// The server went away, or no longer leads: another connection may find one that does.
    Lost,
}

impl Fault {
    /// Whether it passes by itself.
    pub(super) fn passing(&self) -> Passing {
        match self {
            Self::Sql(error) => passing(error),
            Self::Passed(passing, _) => *passing,
            Self::Late(_) | Self::Locked(_) | Self::NoLeader | Self::Behind => Passing::Lost,
            Self::Connect(error) if error.may_pass() => Passing::Lost,
            _ => Passing::No,
        }
    }

    /// The server's code, if it was the server that failed.
    pub(super) fn code(&self) -> Option<&SqlState> {
        match self {
            Self::Sql(error) => error.code(),
            _ => None,
        }
    }

    /// Whether nobody answered at all, so that there may be no such server.
    pub(super) fn is_silence(&self) -> bool {
        match self {
            Self::Sql(error) => error.as_db_error().is_none(),
            Self::Connect(error) => error.is_silence(),
            _ => false,
        }
    }

    /// What happened, in a few words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Sql(error) => words(error),
            Self::Late(seconds) => format!("no answer came within {seconds} s"),
            Self::NoLeader => "what answers takes no writes".to_owned(),
            Self::Behind => "what answers has not got the latest writes yet".to_owned(),
            Self::Connect(error) => error.to_string(),
            Self::Locked(seconds) => format!("another writer was at work for {seconds} s"),
            Self::Told(error) => error.to_string(),
            Self::Passed(_, what) => what.clone(),
            other => format!("{other:?}"),
        }
    }

    /// The error as it happened at a place.
    pub(super) fn told(self, place: &Place) -> StoreError {
        let path = place.as_path();
        let at = place.to_string();
        match self {
            Self::Told(error) => error,
            Self::Connect(error) => error.into(),
            Self::Refused(refusal) => refusal.into(),
            Self::Damaged(what) => StoreError::Corrupt { path, what },
            Self::Newer(found) => StoreError::Newer {
                path,
                found,
                known: FORMAT,
            },
            Self::Locked(seconds) => StoreError::Locked { path, seconds },
            Self::Late(seconds) => DatabaseError::Late { place: at, seconds }.into(),
            Self::NoLeader => DatabaseError::NoLeader { place: at }.into(),
            Self::Behind => DatabaseError::Unreachable {
                place: at,
                what: self.words(),
            }
            .into(),
            Self::Passed(_, what) => DatabaseError::Unreachable { place: at, what }.into(),
            Self::NotWritten(what) => DatabaseError::NotWritten { place: at, what }.into(),
            Self::InDoubt(what) => DatabaseError::InDoubt { place: at, what }.into(),
            Self::NoProject => DatabaseError::NoProject {
                place: at,
                schema: place.schema.clone(),
            }
            .into(),
            Self::Database(error) => error(at).into(),
            Self::Sql(error) => match error.as_db_error() {
                Some(said) => of_server(said, place),
                None => of_connection(&error, at).into(),
            },
        }
    }
}

/// Whether a connection on which this happened is still of use.
pub(super) fn is_of_the_statement(error: &Error) -> bool {
    error.as_db_error().is_some_and(|said| {
        !matches!(
            said.parsed_severity(),
            Some(Severity::Fatal | Severity::Panic)
        ) && passing(error) != Passing::Lost
    })
}

fn passing(error: &Error) -> Passing {
    let Some(code) = error.code() else {
        // Of errors without a code only those of logging in stay: see `of_connection`.
        return match is_about_login(error) {
            true => Passing::No,
            false => Passing::Lost,
        };
    };
    match *code {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Passing::Met,
        SqlState::READ_ONLY_SQL_TRANSACTION
        | SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
        | SqlState::T_R_STATEMENT_COMPLETION_UNKNOWN => Passing::Lost,
        _ if code.code().starts_with("08") => Passing::Lost,
        _ => Passing::No,
    }
}

/// The client has no code for these either: the server asks for a password that we do not have, or
/// does not prove that it knows it.
fn is_about_login(error: &Error) -> bool {
    let text = error.to_string();
    text.starts_with("authentication") || text.starts_with("invalid configuration")
}

fn of_connection(error: &Error, place: String) -> DatabaseError {
    let what = words(error);
    match is_about_login(error) {
        true => DatabaseError::Login { place, what },
        false => DatabaseError::Unreachable { place, what },
    }
}

fn of_server(said: &DbError, place: &Place) -> StoreError {
    let path = place.as_path();
    let (at, what) = (place.to_string(), said.message().to_owned());
    match *said.code() {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            DatabaseError::Login { place: at, what }.into()
        }
        SqlState::INSUFFICIENT_PRIVILEGE => DatabaseError::Denied { place: at, what }.into(),
        SqlState::INVALID_CATALOG_NAME => DatabaseError::NoDatabase { place: at }.into(),
        SqlState::INVALID_SCHEMA_NAME => DatabaseError::NoProject {
            place: at,
            schema: place.schema.clone(),
        }
        .into(),
        SqlState::TOO_MANY_CONNECTIONS => DatabaseError::Crowded { place: at, what }.into(),
        // Statements are prepared for a session: another one has not got ours, or somebody else's.
        SqlState::INVALID_SQL_STATEMENT_NAME | SqlState::DUPLICATE_PSTATEMENT => {
            DatabaseError::Pooled { place: at }.into()
        }
        SqlState::DISK_FULL => StoreError::Full(path),
        SqlState::READ_ONLY_SQL_TRANSACTION => DatabaseError::NoLeader { place: at }.into(),
        SqlState::QUERY_CANCELED => DatabaseError::Late {
            place: at,
            seconds: place.statement_timeout.as_secs(),
        }
        .into(),
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => {
            DatabaseError::Unreachable { place: at, what }.into()
        }
        SqlState::UNDEFINED_TABLE | SqlState::UNDEFINED_COLUMN | SqlState::DATA_CORRUPTED => {
            StoreError::Corrupt { path, what }
        }
        _ => StoreError::Failed {
            path,
            what: format!("{what} ({})", said.code().code()),
        },
    }
}

/// An error with what caused it.
fn words(error: &Error) -> String {
    if let Some(said) = error.as_db_error() {
        return said.message().to_owned();
    }
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        words.push_str(": ");
        words.push_str(&deeper.to_string());
        cause = deeper.source();
    }
    words
}
