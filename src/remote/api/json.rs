//! JSON from a server, read with suspicion.
//!
//! A few megabytes of brackets become gigabytes of values, so a document is walked over before it
//! is read: how deeply it is nested, and how many values there are in it, is known without keeping
//! any of them.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// How deeply a document may be nested. That is also where `serde_json` gives up.
pub(super) const DEPTH: usize = 128;
/// How many values a document may have that is read into a type, and one that is read as it is,
/// each value of which takes more memory.
pub(super) const VALUES: usize = 4_000_000;
pub(super) const FREE_VALUES: usize = 400_000;

/// Why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotRead {
    /// There is nothing.
    Empty,
    /// It is a page for a browser.
    Html,
    /// It is not JSON; where it stops being so, from 1.
    NotJson { line: usize, column: usize },
    /// It is nested too deeply.
    TooDeep,
    /// It has too many values.
    TooMany(usize),
    /// It is of another shape: where, and what was expected there.
    Shape { place: String, expected: String },
}

/// Reads a document of a type.
pub(super) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, NotRead> {
    survey(text, VALUES)?;
    let mut reader = serde_json::Deserializer::from_slice(text);
    let read = serde_path_to_error::deserialize(&mut reader);
    let read = read.map_err(|error| {
        let place = error.path().to_string();
        NotRead::of(error.inner(), place)
    })?;
    reader
        .end()
        .map_err(|error| NotRead::of(&error, String::new()))?;
    Ok(read)
}

/// Reads any document.
pub(super) fn value(text: &[u8]) -> Result<Value, NotRead> {
    survey(text, FREE_VALUES)?;
    serde_json::from_slice(text).map_err(|error| NotRead::of(&error, String::new()))
}

impl NotRead {
    fn of(error: &serde_json::Error, place: String) -> Self {
        if error.is_data() {
            return Self::Shape {
                place,
                expected: without_place(&error.to_string()),
            };
        }
        Self::NotJson {
            line: error.line(),
            column: error.column(),
        }
    }
}

/// What `serde_json` says, without the line and column it adds.
fn without_place(words: &str) -> String {
    let end = words.rfind(" at line ").unwrap_or(words.len());
    words[..end].to_owned()
}

/// Looks a document over. What is no JSON is found by whoever reads it.
fn survey(text: &[u8], most: usize) -> Result<(), NotRead> {
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    match first {
        None => return Err(NotRead::Empty),
        Some(b'<') => return Err(NotRead::Html),
        Some(_) => {}
    }
    let (mut depth, mut values) = (0_usize, 1_usize);
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => pass_string(&mut bytes),
            b'[' | b'{' => {
                depth += 1;
                values += 1;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => values += 1,
            _ => {}
        }
        if depth >= DEPTH {
            return Err(NotRead::TooDeep);
        }
        if values > most {
            return Err(NotRead::TooMany(most));
        }
    }
    Ok(())
}

/// Goes to the end of a string whose quotation mark was just passed.
fn pass_string(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => {
                bytes.next();
            }
            b'"' => return,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Flag {
        #[expect(dead_code, reason = "only whether it can be read matters")]
        slug: String,
    }

    #[test]
    fn brackets_in_strings_are_no_nesting() {
        let text = format!("[\"{}\\\"{}\"]", "[".repeat(500), "[,".repeat(500));
        assert_eq!(value(text.as_bytes()).map(|_| ()), Ok(()));
    }

    #[test]
    fn what_is_nested_too_deeply_is_not_walked_into() {
        for brackets in ["[", "{\"a\":"] {
            let text = brackets.repeat(200_000);
            assert_eq!(value(text.as_bytes()), Err(NotRead::TooDeep));
            let read: Result<Flag, NotRead> = read(text.as_bytes());
            assert_eq!(read.unwrap_err(), NotRead::TooDeep);
        }
    }

    #[test]
    fn a_crowd_of_small_values_is_not_taken_into_memory() {
        let text = format!("[0{}]", ",0".repeat(FREE_VALUES));
        assert_eq!(value(text.as_bytes()), Err(NotRead::TooMany(FREE_VALUES)));
    }

    #[test]
    fn each_way_of_being_no_document_is_told_apart() {
        let of = |text: &str| read::<Flag>(text.as_bytes()).unwrap_err();
        assert_eq!(of(" \n"), NotRead::Empty);
        assert_eq!(of("\n<!doctype html>"), NotRead::Html);
        assert_eq!(of("{\"slug\""), NotRead::NotJson { line: 1, column: 7 });
        let twice = of("{\"slug\":\"a\"} {}");
        assert!(matches!(twice, NotRead::NotJson { .. }), "{twice:?}");
        let shape = NotRead::Shape {
            place: "slug".to_owned(),
            expected: "invalid type: integer `1`, expected a string".to_owned(),
        };
        assert_eq!(of("{\"slug\":1}"), shape);
    }
}
