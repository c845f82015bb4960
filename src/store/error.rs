//! What can go wrong with a store, told apart by what the operator can do about it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Done;
use super::journal::JournalError;
use super::postgres::{ConnectError, DatabaseError};
use crate::domain::catalog::Revision;
use crate::domain::refusal::Refusal;
use crate::domain::time::Time;
use crate::remote::api::ApiError;

/// Why nobody can tell what was there in the past.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum HistoryError {
    /// Nothing was ever written here, or it was not written down: a file has no history.
    #[error("there is no history, so nobody can tell what was there before")]
    None,
    /// The moment lies before the first write that is known.
    #[error("the history begins at {}: what was there before, nobody can tell", seconds(*first))]
    Before {
        /// When the first write was made, in milliseconds since 1970.
        first: i64,
    },
    /// The revision is yet to come.
    #[error("there is no revision {revision}: the latest is {latest}")]
    Ahead {
        /// Which.
        revision: Revision,
        /// The latest.
        latest: Revision,
    },
    /// A write is not in the history.
    #[error("the history lacks revision {0}: what was there before it, nobody can tell")]
    Missing(Revision),
    /// A write is remembered otherwise than it can have been.
    #[error("the history is damaged: revision {0} does not fit what is there")]
    Torn(Revision),
    /// The store is of a form that kept no hashes, and cannot be brought to the present one.
    #[error(
        "the store is of an earlier version of flags, whose writes have no hashes, and could not \
         be brought up to date, since it cannot be written here"
    )]
    Unchained,
}

/// A moment of the history as people read it.
fn seconds(milliseconds: i64) -> String {
    let seconds = milliseconds.div_euclid(1000);
    Time::from_unix(seconds).map_or_else(|_| format!("@{seconds}"), |time| time.to_string())
}

impl HistoryError {
    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::None => "no_history",
            Self::Before { .. } => "before_history",
            Self::Ahead { .. } => "revision_not_found",
            Self::Missing(_) => "history_missing",
            Self::Torn(_) => "history_damaged",
            Self::Unchained => "history_unchained",
        }
    }
}

/// A store could not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A call to the server that keeps the project did not come to its end.
    #[error(transparent)]
    Remote(#[from] ApiError),
    /// No server of the database can be used.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// A database did not do it.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Nothing of the kind was read from the place before, so that there is no copy to answer from.
    #[error("there is no copy of {what} at {place}, so it cannot be told without asking there")]
    NoCopy {
        /// Of what.
        what: String,
        /// The place.
        place: String,
    },
    /// The copy was made with another credential than the one at hand.
    #[error(
        "the copy of {place} was read with another key than the one at hand, so it is not shown"
    )]
    CopyOfAnother {
        /// The place.
        place: String,
    },
    /// The copy is older than it may be.
    #[error(
        "the copy is of {}, which is longer ago than the {at_most} s that are allowed, so it does \
         not answer", seconds(*as_of)
    )]
    CopyTooOld {
        /// When it was made, in milliseconds since 1970.
        as_of: i64,
        /// How old it may be, in seconds.
        at_most: u64,
    },
    /// There is nothing at the place.
    #[error("there is no store at {}", .0.display())]
    Missing(PathBuf),
    /// This kind of store cannot do it; nothing was sent or written.
    #[error("{what}")]
    Unsupported {
        /// What it cannot do, as a sentence.
        what: String,
        /// What can, if anything: a command, or where to do it instead.
        instead: Option<String>,
    },
    /// What the server says cannot be, as a sentence.
    #[error("{0}")]
    Strange(String),
    /// A write may not have been carried out, and a look afterwards does not find it.
    #[error("{0}; a look afterwards does not find it so")]
    NotFoundSo(ApiError),
    /// Some changes of a write were made, and then no more.
    #[error("{done} of {of} changes were made, then this happened: {cause}")]
    Partly {
        /// How many were made.
        done: usize,
        /// Of how many.
        of: usize,
        /// What happened then.
        cause: Box<StoreError>,
    },
    /// It was to end between two changes of a write that is no transaction.
    #[error("interrupted before the next change")]
    Stopped,
    /// What is to be remembered about a write under way cannot be written down.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A store was to be created where something is already.
    #[error("{} exists already; it was left untouched", .0.display())]
    Exists(PathBuf),
    /// A copy was to be made in the place of its original, or taken from there.
    #[error("{} is the store itself; it was left untouched", .0.display())]
    Itself(PathBuf),
    /// What is at the place is not a store of ours.
    #[error("{} is not a flags store: {what}; it was left untouched", path.display())]
    NotAStore {
        /// The place.
        path: PathBuf,
        /// What it is instead.
        what: String,
    },
    /// A later version of the program wrote it.
    #[error(
        "the store {} has format {found}, this version of flags knows formats up to {known}; it \
         was left untouched",
        path.display()
    )]
    Newer {
        /// The place.
        path: PathBuf,
        /// The format found.
        found: i64,
        /// The newest format known.
        known: i64,
    },
    /// Its contents contradict themselves.
    #[error("the store {} is damaged: {what}", path.display())]
    Corrupt {
        /// The place.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// Another process kept it locked for as long as we wait.
    #[error("the store {} stayed locked by another process for {seconds} s", path.display())]
    Locked {
        /// The place.
        path: PathBuf,
        /// How long was waited.
        seconds: u64,
    },
    /// There is no room left to write.
    #[error("there is no space left for the store {}; nothing was written", .0.display())]
    Full(PathBuf),
    /// Writing is not possible here.
    #[error("the store {} is read-only; nothing was written", .0.display())]
    ReadOnly(PathBuf),
    /// The operating system does not let us.
    #[error("the store {} cannot be opened: {what}", path.display())]
    Unopenable {
        /// The place.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// Reading or writing failed otherwise.
    #[error("the store {} failed: {what}", path.display())]
    Failed {
        /// The place.
        path: PathBuf,
        /// What was said.
        what: String,
    },
    /// The request was carried out before, as it is noted with the write that did it.
    #[error("the request was carried out before, by revision {}; nothing was written", .0.revision)]
    Repeated(Done),
    /// It was changed between two looks, so that there is no answer from one moment.
    #[error("the project was changed while it was looked at; nothing was written")]
    Moved,
    /// Whoever planned the write gave it up, for reasons of their own.
    #[error("the write was given up; nothing was written")]
    GivenUp,
    /// It was to end before it was committed, see [`Halt`](super::Halt).
    #[error("interrupted: nothing was written, the store is as it was")]
    Interrupted,
    /// The past cannot be told.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The rules of the domain say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl StoreError {
    /// There is nobody else to ask: what answers is our own resolver.
    pub(super) fn answers_itself() -> Self {
        Self::Unsupported {
            what: "the answer is this program's own: there is no other to hold it against"
                .to_owned(),
            instead: Some("leave --ask-remote out".to_owned()),
        }
    }

    /// There is no code for databases in this program.
    #[cfg(not(feature = "postgres"))]
    pub(in crate::store) fn without_databases() -> Self {
        Self::Unsupported {
            what: "this program was built without PostgreSQL (the cargo feature `postgres`), so a \
                   project in a database cannot be reached"
                .to_owned(),
            instead: Some("install a release of flags: it has the feature".to_owned()),
        }
    }

    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Connect(error) => error.code(),
            Self::Database(error) => error.code(),
            Self::NoCopy { .. } => "no_copy",
            Self::CopyOfAnother { .. } => "copy_of_another_key",
            Self::CopyTooOld { .. } => "copy_too_old",
            Self::Missing(_) => "store_missing",
            Self::Exists(_) => "store_exists",
            Self::Itself(_) => "store_itself",
            Self::Unsupported { .. } => "unsupported",
            Self::Remote(error) | Self::NotFoundSo(error) => error.code(),
            Self::Strange(_) => "unexpected_document",
            Self::Partly { .. } => "partly_written",
            Self::Stopped => "interrupted",
            Self::Journal(_) => "journal",
            Self::NotAStore { .. } => "not_a_store",
            Self::Newer { .. } => "store_newer",
            Self::Corrupt { .. } => "store_corrupt",
            Self::Locked { .. } => "store_locked",
            Self::Full(_) => "store_full",
            Self::ReadOnly(_) => "store_read_only",
            Self::Unopenable { .. } => "store_unopenable",
            Self::Failed { .. } => "store_failed",
            Self::Repeated(_) => "repeated",
            Self::Moved => "stale",
            Self::GivenUp => "given_up",
            Self::Interrupted => "interrupted",
            Self::History(error) => error.code(),
            Self::Refused(refusal) => refusal.code(),
        }
    }
}
