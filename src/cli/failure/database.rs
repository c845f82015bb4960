//! Where errors of databases meet an exit code and what helps.

use super::Failure;
use crate::cli::exit::Exit;
use crate::store::postgres::DatabaseError;

/// Sorts an error of a database.
pub fn of_database(error: &DatabaseError, failed: Failure) -> Failure {
    let exit = match error {
        DatabaseError::Login { .. } | DatabaseError::Denied { .. } => Exit::Denied,
        DatabaseError::NoDatabase { .. } | DatabaseError::NoProject { .. } => Exit::Store,
        DatabaseError::Unfit { .. } => Exit::Store,
        _ => Exit::Remote,
    };
    Failure { exit, ..failed }.hint(match error {
        DatabaseError::Unreachable { .. } | DatabaseError::Late { .. } => {
            "`flags doctor` tells of each server whether it answers"
        }
        DatabaseError::Login { .. } => {
            "`flags auth status` shows where the password comes from, never the password"
        }
        DatabaseError::Denied { .. } => {
            "have the database's owner grant what is missing; `flags doctor` lists what it takes"
        }
        DatabaseError::NoDatabase { .. } => "`createdb` makes a database, `flags init` the project",
        DatabaseError::NoProject { .. } => {
            "`flags init` makes one; `?schema=NAME` in the address names another"
        }
        DatabaseError::Crowded { .. } => {
            "allow more with `max_connections`, or end what holds them (`pg_stat_activity`)"
        }
        DatabaseError::NoLeader { .. } => "reading still works; repeat it when there is a leader",
        DatabaseError::NotWritten { .. } => "repeat the command",
        DatabaseError::InDoubt { .. } => {
            "`flags log` shows whether it is in the history; only if it is not, repeat the command"
        }
        DatabaseError::Pooled { .. } => {
            "a pooler must keep a session for its client: of PgBouncer, `pool_mode = session`"
        }
        DatabaseError::Unfit { .. } => "make a database with `createdb -E UTF8`",
    })
}
