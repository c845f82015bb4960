//! What a server of ours and its client say to each other about a store, in one place so that
//! neither can mean something else by it.
//!
//! Whatever is looked for is asked with the revision that it is to be as of, and answered line by
//! line: first the moment that answers, then a row each, and at the end how many there were. An
//! answer without its end was cut off and is no answer.

mod fault;
mod load;
mod look;
mod write;
mod writes;

pub use fault::{Detail, Fault};
pub use load::{Fates, LoadQuery, Mode, Step, Told, WantedRow};
pub use look::{AboutWhat, Looking, Moment, Sought, Whole};
pub use write::{Amended, Amendment, Caused, RecordTold, Update, Updated};
pub use writes::WriteTold;

use serde::{Deserialize, Serialize};

/// A line of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Line<T> {
    /// The first: what the answer is as of.
    Moment(Moment),
    /// One of what was asked for.
    Row(T),
    /// Instead of the end: why there is no more.
    Error(Fault),
    /// The last: how many rows there were.
    End(u64),
}
