//! Why something could not be, so that the client of a store sees the error that the store made.

use serde::{Deserialize, Serialize};

use crate::domain::refusal::Refusal;
use crate::store::{Done, HistoryError, StoreError};

/// An error: the document of the command line, with what a program can go by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// A stable name.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What helps.
    #[serde(default)]
    pub hints: Vec<String>,
    /// The error itself, where it is one of the store.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

/// An error of a store that is the same wherever the store is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// The rules of the domain say no.
    Refused(Refusal),
    /// The past cannot be told.
    History(HistoryError),
    /// The request was carried out before.
    Repeated(Done),
    /// The project has moved on from where it was expected.
    Moved,
    /// Whoever planned the write gave it up.
    GivenUp,
}

impl Detail {
    /// What a client is told of an error, beside its words.
    pub fn of(error: &StoreError) -> Option<Self> {
        match error {
            StoreError::Refused(refusal) => Some(Self::Refused(refusal.clone())),
            StoreError::History(error) => Some(Self::History(error.clone())),
            StoreError::Repeated(done) => Some(Self::Repeated(done.clone())),
            StoreError::Moved => Some(Self::Moved),
            StoreError::GivenUp => Some(Self::GivenUp),
            _ => None,
        }
    }
}

impl From<Detail> for StoreError {
    fn from(detail: Detail) -> Self {
        match detail {
            Detail::Refused(refusal) => Self::Refused(refusal),
            Detail::History(error) => Self::History(error),
            Detail::Repeated(done) => Self::Repeated(done),
            Detail::Moved => Self::Moved,
            Detail::GivenUp => Self::GivenUp,
        }
    }
}
