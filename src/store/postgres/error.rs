//! What can go wrong with a database, told apart by who can do something about it.
//!
//! A write is told apart once more: by whether it may have been carried out all the same.

use thiserror::Error;

/// A database could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DatabaseError {
    /// No server can be reached, or none goes on answering.
    #[error("the database at {place} cannot be reached: {what}")]
    Unreachable {
        /// The place.
        place: String,
        /// What happened.
        what: String,
    },
    /// It takes too long.
    #[error("the database at {place} did not answer within {seconds} s")]
    Late {
        /// The place.
        place: String,
        /// How long was waited.
        seconds: u64,
    },
    /// It does not know us.
    #[error("the database at {place} does not let this user in: {what}")]
    Login {
        /// The place.
        place: String,
        /// What it said.
        what: String,
    },
    /// It knows us, and does not let us do this.
    #[error("the database at {place} does not allow that: {what}")]
    Denied {
        /// The place.
        place: String,
        /// What it said.
        what: String,
    },
    /// The server has no such database.
    #[error("there is no such database: {place}")]
    NoDatabase {
        /// The place.
        place: String,
    },
    /// The database holds no project of ours under this name.
    #[error("there is no project in the schema `{schema}` of the database at {place}")]
    NoProject {
        /// The place.
        place: String,
        /// The schema.
        schema: String,
    },
    /// It has no connection left for us.
    #[error("the database at {place} has no connection left: {what}")]
    Crowded {
        /// The place.
        place: String,
        /// What it said.
        what: String,
    },
    /// Only servers that take no writes were found.
    #[error("no server of {place} takes writes at present; nothing was written")]
    NoLeader {
        /// The place.
        place: String,
    },
    /// The connection was lost in a write that cannot be begun again, before it was carried out.
    #[error("the connection to {place} was lost; nothing was written: {what}")]
    NotWritten {
        /// The place.
        place: String,
        /// What happened.
        what: String,
    },
    /// The connection was lost while a write was carried out.
    #[error(
        "nobody knows whether the write was carried out: the connection to {place} was lost before \
         its answer, and it could not be looked up since: {what}"
    )]
    InDoubt {
        /// The place.
        place: String,
        /// What happened.
        what: String,
    },
    /// Something in between hands us another session for each transaction.
    #[error(
        "what stands before the database at {place} gives each transaction to another session, which \
         knows nothing of what was said in the one before"
    )]
    Pooled {
        /// The place.
        place: String,
    },
    /// The database is not made so that a project could be kept in it.
    #[error("the database at {place} cannot keep a project: {what}")]
    Unfit {
        /// The place.
        place: String,
        /// What is wrong with it.
        what: String,
    },
}

impl DatabaseError {
    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "database_unreachable",
            Self::Late { .. } => "database_late",
            Self::Login { .. } => "database_login",
            Self::Denied { .. } => "database_denied",
            Self::NoDatabase { .. } => "database_missing",
            Self::NoProject { .. } => "store_missing",
            Self::Crowded { .. } => "database_crowded",
            Self::NoLeader { .. } => "database_read_only",
            Self::NotWritten { .. } => "database_lost",
            Self::InDoubt { .. } => "in_doubt",
            Self::Pooled { .. } => "database_pooled",
            Self::Unfit { .. } => "database_unfit",
        }
    }
}
