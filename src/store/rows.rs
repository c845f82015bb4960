//! How tables hold what the domain knows: shared by the stores that have tables.
//!
//! A definition is JSON, a value a number or nothing, a revision an integer. What cannot be read
//! back was never written by us.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::catalog::Revision;
use crate::domain::overrides::{Effect, Override};
use crate::domain::time::Time;
use crate::domain::value::{Limit, Value};

/// A row holds what it never should.
#[derive(Debug)]
pub(super) struct Torn(pub(super) String);

/// A key, identifier or other text as the tables hold it.
pub(super) fn parsed<T: FromStr>(text: &str, what: &str) -> Result<T, Torn> {
    text.parse()
        .map_err(|_| Torn(format!("{text:?} is not a {what}")))
}

/// A definition or change as the tables hold it.
pub(super) fn from_json<'t, T: Deserialize<'t>>(text: &'t str, what: &str) -> Result<T, Torn> {
    serde_json::from_str(text).map_err(|error| Torn(format!("the {what} cannot be read: {error}")))
}

/// What the tables hold as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<String, Torn> {
    // Everything that is written has been read from JSON or could be.
    serde_json::to_string(value).map_err(|error| Torn(error.to_string()))
}

/// A number that can never be negative.
pub(super) fn natural<T: TryFrom<i64>>(number: i64) -> Result<T, Torn> {
    T::try_from(number).map_err(|_| Torn(format!("{number} is out of range")))
}

/// A revision as the tables hold it.
pub(super) fn revision(number: i64) -> Result<Revision, Torn> {
    natural(number).map(Revision)
}

/// A revision for a statement; one that is beyond a table's integers is beyond every history.
pub(super) fn number(revision: Revision) -> i64 {
    i64::try_from(revision.0).unwrap_or(i64::MAX)
}

/// A value as a column holds it: nothing for on, else a limit's number.
pub(super) fn value(column: Option<i64>) -> Result<Value, Torn> {
    let Some(number) = column else {
        return Ok(Value::On);
    };
    let limit = Limit::new(natural(number)?);
    limit
        .map(Value::Limit)
        .ok_or_else(|| Torn(format!("{number} is not a limit")))
}

/// The column of a value.
pub(super) fn column(value: Value) -> Option<i64> {
    match value {
        Value::On => None,
        Value::Limit(limit) => Some(limit.get().cast_signed()),
    }
}

/// What an override does, from the columns that say whether it grants, and what.
pub(super) fn effect(granted: i64, column: Option<i64>) -> Result<Effect, Torn> {
    match granted {
        0 => Ok(Effect::Revoke),
        _ => value(column).map(Effect::Grant),
    }
}

/// Whether it grants, and what.
pub(super) fn granted(over: &Override) -> (i64, Option<i64>) {
    match over.effect {
        Effect::Grant(value) => (1, column(value)),
        Effect::Revoke => (0, None),
    }
}

/// A moment as a column holds it.
pub(super) fn time(column: Option<i64>) -> Result<Option<Time>, Torn> {
    let time = column.map(Time::from_unix).transpose();
    time.map_err(|error| Torn(error.to_string()))
}
