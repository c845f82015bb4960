//! Files that people write: a document with a place for everything in it.
//!
//! Whoever edits a file by hand makes several mistakes at once, and wants to be told all of them
//! with line and column. Serde stops at the first and forgets where a thing stood. So a text of
//! any of the three forms first becomes a tree of [`Node`]s, each of which knows its
//! [`Position`]; [`Fields`] and its neighbours then read that tree and note in [`Mistakes`]
//! whatever is wrong, going on where they can. The parsing itself is done by libraries.
//!
//! [`catalog`] reads a whole project this way, [`cases`] what has to come out of one; [`write`](mod@write) is the other direction, and
//! [`schema`] tells editors what both of them know.

pub mod cases;
pub mod catalog;
mod fields;
mod json;
mod mistakes;
mod node;
mod positions;
pub mod schema;
mod toml;
pub mod write;
mod yaml;

use std::path::Path;
use std::str::FromStr;

use thiserror::Error;

pub use fields::{Fields, each, entries, parse, switch, text};
pub use mistakes::{Mistake, Mistakes};
pub use node::{Content, Key, Node, Position};

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 8259, and nothing beyond it.
    Json,
    /// YAML 1.2 with its core schema: `yes` and `on` are words, and a key is always a text.
    Yaml,
    /// TOML 1.1.
    Toml,
}

/// A word is not the name of a form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a format: write json, yaml or toml")]
pub struct FormatError(String);

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(word: &str) -> Result<Self, FormatError> {
        match word {
            "json" => Ok(Self::Json),
            "yaml" | "yml" => Ok(Self::Yaml),
            "toml" => Ok(Self::Toml),
            _ => Err(FormatError(word.to_owned())),
        }
    }
}

impl Format {
    /// The form that a file's name ends in.
    pub fn of_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        extension.to_ascii_lowercase().parse().ok()
    }

    /// The form of a text that has no telling name, such as stdin. A JSON document begins with a
    /// brace and is read as that; a line `name = …` or `[name]` is TOML; anything else is YAML.
    pub fn of_text(text: &str) -> Self {
        let telling = text
            .trim_start_matches('\u{feff}')
            .lines()
            .map(str::trim_start)
            .find(|line| !line.is_empty() && !line.starts_with('#'));
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | ' ');
        match telling {
            Some(line) if line.starts_with('{') => Self::Json,
            Some(line) if line.starts_with('[') => Self::Toml,
            Some(line) if line.trim_start_matches(word).starts_with('=') => Self::Toml,
            _ => Self::Yaml,
        }
    }
}

/// Reads a text. What is wrong with it is noted; there is no tree where it cannot be read at all.
pub fn read(text: &str, format: Format, mistakes: &mut Mistakes) -> Option<Node> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Json => json::read(text, mistakes),
        Format::Yaml => yaml::read(text, mistakes),
        Format::Toml => toml::read(text, mistakes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_known_by_the_name_or_by_how_the_text_begins() {
        let of = |name: &str| Format::of_name(Path::new(name));
        assert_eq!(of("a/catalog.yml"), Some(Format::Yaml));
        assert_eq!(of("catalog.YAML"), Some(Format::Yaml));
        assert_eq!(of("catalog.toml"), Some(Format::Toml));
        assert_eq!(of("catalog.json"), Some(Format::Json));
        assert_eq!(of("catalog"), None);
        for (text, format) in [
            ("\u{feff} {\"format\": 1}", Format::Json),
            ("# a comment\n\nformat: x", Format::Yaml),
            ("# a comment\nformat = \"x\"", Format::Toml),
            ("[features.sso]\n", Format::Toml),
            ("", Format::Yaml),
        ] {
            assert_eq!(Format::of_text(text), format, "{text}");
        }
    }
}
