//! A project as a file of any form: the other direction.
//!
//! The text is for Git: the same project always gives the same text, everything is sorted, and one
//! thing more or less is a line or a few more or less. It is for terminals, too, so each character
//! that would be hidden there is written as its escape; all three forms read it back. The writers
//! are our own for these two reasons: comments, and what the caller calls hidden.

mod toml;
mod yaml;

use serde_json::{Map, Value};

use super::Format;
use crate::domain::document::Document;
use crate::domain::value::Limit;

/// The file that editors are told to look for beside a catalog: `flags schema` writes it.
pub const SCHEMA_FILE: &str = "flags.catalog.schema.json";

/// Which characters a terminal would not show.
pub type Hidden = dyn Fn(char) -> bool;

/// The document as JSON. With `whole`, the parts about subjects are there even where they are
/// empty, since an absent part says nothing about them.
///
/// # Errors
///
/// Those of `serde_json`, of which none is to be expected: every name is a text.
pub fn value(document: &Document, whole: bool) -> Result<Value, serde_json::Error> {
    let mut value = serde_json::to_value(document)?;
    if let (true, Value::Object(parts)) = (whole, &mut value) {
        for part in ["organizations", "users", "overrides"] {
            let found = parts.shift_remove(part);
            let found = found.unwrap_or_else(|| Value::Object(Map::new()));
            parts.insert(part.to_owned(), found);
        }
    }
    Ok(value)
}

/// What [`value`] made as YAML or TOML, comments first. For JSON there is one writer already, in
/// `ui`, and `None` here.
pub fn text(value: &Value, format: Format, hidden: &Hidden) -> Option<String> {
    let told = "# Features, plans and what the plans grant. `flags diff FILE` shows what applying \
                this file\n# would change, `flags apply FILE` makes it so, and `flags schema > \
                flags.catalog.schema.json`\n# lets an editor complete and check it.\n";
    match format {
        Format::Json => None,
        Format::Yaml => {
            let schema = format!("# yaml-language-server: $schema={SCHEMA_FILE}\n");
            Some(schema + told + &yaml::write(value, hidden))
        }
        Format::Toml => {
            let schema = format!("#:schema ./{SCHEMA_FILE}\n");
            Some(schema + told + &toml::write(value, hidden))
        }
    }
}

/// A number as people read it: the largest limit has a name.
fn number(number: &serde_json::Number) -> String {
    match number.as_u64() == Some(Limit::UNLIMITED.get()) {
        true => "\"unlimited\"".to_owned(),
        false => number.to_string(),
    }
}

/// A text in double quotes, with escapes that YAML and TOML share.
fn quoted(text: &str, hidden: &Hidden) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        let code = u32::from(character);
        // YAML takes the two last characters of a plane for none at all.
        let none = code & 0xfffe == 0xfffe;
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if !none && !character.is_control() && !hidden(character) => quoted.push(character),
            _ if code <= 0xffff => quoted.push_str(&format!("\\u{code:04X}")),
            _ => quoted.push_str(&format!("\\U{code:08X}")),
        }
    }
    quoted.push('"');
    quoted
}
