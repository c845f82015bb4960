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

    /// The same as the server can keep it, where it cannot keep it as it is.
    pub(super) fn escaped(&self) -> Option<Self> {
        let escape = |text: &Cow<'_, str>| Cow::Owned(escaped(text).into_owned());
        match self {
            Self::Text(Some(text)) if is_marked(text) => Some(Self::Text(Some(escape(text)))),
            Self::Texts(texts) if texts.iter().any(|text| is_marked(text)) => {
                Some(Self::Texts(texts.iter().map(escape).collect()))
            }
            Self::MaybeTexts(texts) if texts.iter().flatten().any(|text| is_marked(text)) => {
                let texts = texts.iter().map(|text| text.as_ref().map(escape));
                Some(Self::MaybeTexts(texts.collect()))
            }
            _ => None,
        }
    }
}

/// PostgreSQL keeps any character in a text but the first, which we keep any text with. So the second
/// stands for both, with a digit behind it; texts are in the same order then.
const NUL: char = '\u{0}';
const MARK: char = '\u{1}';

fn is_marked(text: &str) -> bool {
    text.bytes().any(|byte| byte < 2)
}

/// A text as the server can keep it.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    match is_marked(text) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.replace(MARK, "\u{1}1").replace(NUL, "\u{1}0")),
    }
}

/// A text that may hold any character, as it was.
pub(super) fn text(row: &Row, place: usize) -> Result<Cow<'_, str>, Fault> {
    Ok(maybe_text(row, place)?.unwrap_or_default())
}

/// The same, or nothing.
pub(super) fn maybe_text(row: &Row, place: usize) -> Result<Option<Cow<'_, str>>, Fault> {
    let kept: Option<&str> = column(row, place)?;
    Ok(kept.map(|kept| match kept.contains(MARK) {
        false => Cow::Borrowed(kept),
        true => Cow::Owned(kept.replace("\u{1}0", "\u{0}").replace("\u{1}1", "\u{1}")),
    }))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_texts_keep_their_order_and_hold_no_nul() {
        let texts = [
            "", "\0", "\0\0", "\u{0}1", "\u{1}", "\u{1}\0", "\u{1}0", "a", "a\0",
        ];
        let escaped: Vec<_> = texts.map(escaped).into();
        assert!(escaped.is_sorted(), "{escaped:?}");
        assert!(escaped.iter().all(|text| !text.contains(NUL)));
        assert!(texts.is_sorted());
    }
}
