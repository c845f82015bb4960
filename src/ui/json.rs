//! The answer for a program: exact JSON that is also safe to look at.
//!
//! A string in JSON may name any character by its number, so the characters a terminal would
//! act on are written as `\u001b` and the like, always: the document is the same on a terminal
//! and in a pipe, and reads back as exactly the same strings.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::sanitise::{first_hidden, is_hidden};

/// The document on several lines, indented by two spaces, with an end of line.
pub fn pretty(document: &Value) -> Result<String, serde_json::Error> {
    let mut text = escape_hidden(serde_json::to_string_pretty(document)?);
    text.push('\n');
    Ok(text)
}

/// An error as one line: `{"error":{"code":…,"message":…,"hints":[…]}}`.
pub(super) fn error(
    code: &str,
    message: &str,
    hints: &[String],
) -> Result<String, serde_json::Error> {
    line(&json!({"error": {"code": code, "message": message, "hints": hints}}))
}

/// The same with a field of its own for what is wrong in detail.
pub(super) fn errors(
    code: &str,
    message: &str,
    (name, each): (&str, Value),
    hints: &[String],
) -> Result<String, serde_json::Error> {
    line(&json!({"error": {"code": code, "message": message, "hints": hints, name: each}}))
}

/// The document on one line, with an end of line.
pub(super) fn line(document: &Value) -> Result<String, serde_json::Error> {
    let mut text = escape_hidden(serde_json::to_string(document)?);
    text.push('\n');
    Ok(text)
}

/// Writes hidden characters as `\uXXXX`. Works on finished JSON: outside of strings it has only
/// ASCII, where of the hidden characters LF alone occurs, and inside of strings LF no longer does.
fn escape_hidden(text: String) -> String {
    if text.lines().all(|line| first_hidden(line).is_none()) {
        return text;
    }
    // Counted before: a long document need not be held with room for another of its size.
    let hidden = |character: &char| *character != '\n' && is_hidden(*character);
    let longer = |character: char| 6 * character.len_utf16() - character.len_utf8();
    let more: usize = text.chars().filter(hidden).map(longer).sum();
    let mut safe = String::with_capacity(text.len() + more);
    for character in text.chars() {
        if hidden(&character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(character);
        }
    }
    safe
}

/// A field was asked for that the document does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown field `{field}`: the fields are {}", known.join(", "))]
pub struct UnknownField {
    /// What was asked for.
    pub field: String,
    /// What could be asked for.
    pub known: Vec<String>,
}

/// Whether all `fields` are known. A command that writes asks before it writes.
pub fn check(fields: &[String], known: &[&str]) -> Result<(), UnknownField> {
    match fields.iter().find(|field| !known.contains(&field.as_str())) {
        None => Ok(()),
        Some(field) => Err(UnknownField {
            field: field.clone(),
            known: known.iter().map(|&name| name.to_owned()).collect(),
        }),
    }
}

/// Only the asked top-level `fields`, in the asked order: of an object, or of each element of an
/// array. No fields asked: all of them. A known field that this object lacks stays absent.
pub fn select(value: Value, fields: &[String], known: &[&str]) -> Result<Value, UnknownField> {
    check(fields, known)?;
    if fields.is_empty() {
        return Ok(value);
    }
    Ok(match value {
        Value::Array(elements) => elements
            .into_iter()
            .map(|element| keep(element, fields))
            .collect(),
        other => keep(other, fields),
    })
}

fn keep(value: Value, fields: &[String]) -> Value {
    let Value::Object(mut object) = value else {
        return value;
    };
    let kept = fields
        .iter()
        .filter_map(|field| object.swap_remove_entry(field));
    Value::Object(kept.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn hidden_characters_are_escaped_and_read_back() {
        let nasty = "a\u{7f}\u{9b}31m\u{202e}\u{e0041}\u{feff}\n\t\"\\ü👍";
        let text = pretty(&json!({ nasty: nasty })).unwrap();
        let line = r#""a\u007f\u009b31m\u202e\udb40\udc41\ufeff\n\t\"\\ü👍""#;
        assert_eq!(text, format!("{{\n  {line}: {line}\n}}\n"));
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap(),
            json!({ nasty: nasty })
        );
    }

    #[test]
    fn an_error_is_one_line() {
        let hints = fields(&["run `flags init`\n"]);
        assert_eq!(
            error("not_found", "no \u{1b} store", &hints).unwrap(),
            "{\"error\":{\"code\":\"not_found\",\"message\":\"no \\u001b store\",\
             \"hints\":[\"run `flags init`\\n\"]}}\n"
        );
    }

    #[test]
    fn fields_come_in_the_asked_order_from_objects_and_arrays() {
        let known = ["key", "value", "note"];
        let asked = fields(&["value", "key", "note", "key"]);
        let document = json!({"key": "beta", "more": 1, "value": true});
        let picked = select(document.clone(), &asked, &known).unwrap();
        assert_eq!(picked.to_string(), r#"{"value":true,"key":"beta"}"#);
        let picked = select(json!([document, 1]), &asked, &known).unwrap();
        assert_eq!(picked.to_string(), r#"[{"value":true,"key":"beta"},1]"#);
        assert_eq!(select(document.clone(), &[], &known).unwrap(), document);
    }

    #[test]
    fn an_unknown_field_names_the_known() {
        let error = select(json!([]), &fields(&["vlaue"]), &["key", "value"]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown field `vlaue`: the fields are key, value"
        );
    }
}
