//! Values on their way to the server and back.
//!
//! Each goes with its type, so that the server need not be asked for it: a statement that is run
//! once takes one trip then.

use std::borrow::Cow;

use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, ToSql, Type};

use super::fault::Fault;

/// A value that stands for a parameter.
#[derive(Debug, Clone)]
pub(super) enum Datum<'d> {
    /// A number, or nothing.
    Int(Option<i64>),
    /// A text, or nothing.
    Text(Option<Cow<'d, str>>),
    /// Bytes.
    Bytes(Cow<'d, [u8]>),
    /// Numbers.
    Ints(Vec<i64>),
    /// Numbers, some of which are missing.
    MaybeInts(Vec<Option<i64>>),
    /// Texts.
    Texts(Vec<Cow<'d, str>>),
    /// Texts, some of which are missing.
    MaybeTexts(Vec<Option<Cow<'d, str>>>),
}

impl Datum<'_> {
    /// The value as the client takes it.
    pub(super) fn value(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Int(value) => value,
            Self::Text(value) => value,
            Self::Bytes(value) => value,
            Self::Ints(values) => values,
            Self::MaybeInts(values) => values,
            Self::Texts(values) => values,
            Self::MaybeTexts(values) => values,
        }
    }

    /// Its type.
    pub(super) fn kind(&self) -> Type {
        match self {
            Self::Int(_) => Type::INT8,
            Self::Text(_) => Type::TEXT,
            Self::Bytes(_) => Type::BYTEA,
            Self::Ints(_) | Self::MaybeInts(_) => Type::INT8_ARRAY,
            Self::Texts(_) | Self::MaybeTexts(_) => Type::TEXT_ARRAY,
        }
    }

    /// Whether a text in it has the one character that PostgreSQL keeps in no text.
    pub(super) fn has_nul(&self) -> bool {
        let nul = |text: &Cow<'_, str>| text.contains('\0');
        match self {
            Self::Text(Some(text)) => nul(text),
            Self::Texts(texts) => texts.iter().any(nul),
            Self::MaybeTexts(texts) => texts.iter().flatten().any(nul),
            _ => false,
        }
    }
}

impl From<i64> for Datum<'_> {
    fn from(value: i64) -> Self {
        Self::Int(Some(value))
    }
}

impl From<Option<i64>> for Datum<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::Int(value)
    }
}

impl<'d> From<&'d str> for Datum<'d> {
    fn from(value: &'d str) -> Self {
        Self::Text(Some(Cow::Borrowed(value)))
    }
}

impl From<String> for Datum<'_> {
    fn from(value: String) -> Self {
        Self::Text(Some(Cow::Owned(value)))
    }
}

impl<'d> From<Option<&'d str>> for Datum<'d> {
    fn from(value: Option<&'d str>) -> Self {
        Self::Text(value.map(Cow::Borrowed))
    }
}

impl From<Option<String>> for Datum<'_> {
    fn from(value: Option<String>) -> Self {
        Self::Text(value.map(Cow::Owned))
    }
}

impl From<Vec<i64>> for Datum<'_> {
    fn from(values: Vec<i64>) -> Self {
        Self::Ints(values)
    }
}

impl<'d> FromIterator<&'d str> for Datum<'d> {
    fn from_iter<I: IntoIterator<Item = &'d str>>(texts: I) -> Self {
        Self::Texts(texts.into_iter().map(Cow::Borrowed).collect())
    }
}

/// A column of a row, which the tables say is of this type.
pub(super) fn column<'r, T: FromSql<'r>>(row: &'r Row, place: usize) -> Result<T, Fault> {
    row.try_get(place)
        .map_err(|error| Fault::Damaged(error.to_string()))
}
