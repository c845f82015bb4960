//! A catalog in a file: what `export` writes, in any of its forms, or WorkOS's configuration
//! payload.

use std::path::Path;

use anyhow::Result;

use super::context::Context;
use super::input::{name_of, read_text, unreadable};
use super::mistaken::Mistaken;
use crate::domain::document::Document;
use crate::domain::wanted::Wanted;
use crate::file::catalog::{self, Around};
use crate::file::{self, Content, Format, Mistakes, Node};
use crate::store::memory::MemoryStore;
use crate::store::workos::payload::{self, looks_like_payload};

/// A file that was read as far as its form goes.
pub struct CatalogText {
    name: String,
    text: String,
    format: Format,
    node: Option<Node>,
    mistakes: Mistakes,
}

impl CatalogText {
    /// Reads it, from stdin for `-`. The form is what the name ends in, else how the text begins.
    ///
    /// # Errors
    ///
    /// Exit 2 where it cannot be read at all. What is wrong with the text is told by
    /// [`wanted`](Self::wanted), together with all else.
    pub fn read(path: &Path) -> Result<Self> {
        let text = read_text(path)?;
        let format = Format::of_name(path).unwrap_or_else(|| Format::of_text(&text));
        Ok(Self::new(&name_of(path), &text, format))
    }

    /// Reads a text that is called `name` where something is wrong with it.
    pub fn new(name: &str, text: &str, format: Format) -> Self {
        let mut mistakes = Mistakes::new();
        let node = file::read(text, format, &mut mistakes);
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            format,
            node,
            mistakes,
        }
    }

    /// The text as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the file says, beside what there is around it.
    ///
    /// # Errors
    ///
    /// [`Mistaken`], with everything that is wrong.
    pub fn wanted(&self, around: &Around<'_>) -> Result<Wanted> {
        let mut mistakes = self.mistakes.clone();
        let wanted = self.node.as_ref();
        let wanted = wanted.map(|node| catalog::read(node, around, &mut mistakes));
        match Mistaken::found(&self.name, mistakes) {
            Some(mistaken) => Err(mistaken.into()),
            None => Ok(wanted.unwrap_or_default()),
        }
    }

    /// WorkOS's payload, if that is what the file holds. Ours says its format at the top. Of a
    /// name that stands twice in a payload the last counts, as with WorkOS, so it is read anew.
    fn payload(&self) -> Option<serde_json::Value> {
        let node = self.node.as_ref()?;
        let format = node.get("format").map(|node| &node.content);
        if matches!(format, Some(Content::Text(_))) {
            return None;
        }
        let value = match self.format {
            Format::Json => serde_json::from_str(&self.text).ok()?,
            Format::Yaml | Format::Toml => node.to_json(),
        };
        looks_like_payload(&value).then_some(value)
    }

    /// Whether the file holds WorkOS's payload.
    pub fn is_payload(&self) -> bool {
        self.payload().is_some()
    }
}

/// What a file says that stands by itself.
pub struct CatalogFile {
    /// The catalog, and whatever else was exported with it.
    pub document: Document,
    /// Whether it is WorkOS's, which lists no users and no plans.
    pub is_payload: bool,
}

impl CatalogFile {
    /// Reads it, from stdin for `-`. What a payload says and cannot be judged is a warning.
    ///
    /// # Errors
    ///
    /// Exit 2 where it cannot be read or is neither of the two.
    pub fn read(context: &Context, path: &Path) -> Result<Self> {
        let read = CatalogText::read(path)?;
        let Some(value) = read.payload() else {
            let document = read.wanted(&Around::nothing())?.into_document();
            return Ok(Self {
                document,
                is_payload: false,
            });
        };
        let read = payload::read(&value).map_err(|error| unreadable(path, &error.to_string()))?;
        for note in &read.notes {
            context.terminal.warn(note.to_string())?;
        }
        Ok(Self {
            document: read.document,
            is_payload: true,
        })
    }
}

/// The document as a store that is only read.
///
/// # Errors
///
/// Exit 2 where it breaks a rule that any write would have to keep.
pub fn as_store(document: Document, path: &Path) -> Result<MemoryStore> {
    let store = MemoryStore::from_document(document);
    Ok(store.map_err(|error| unreadable(path, &error.to_string()))?)
}
