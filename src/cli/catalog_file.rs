//! A catalog in a file: what `export` writes, or WorkOS's configuration payload.

use std::path::Path;

use anyhow::Result;

use super::context::Context;
use super::input::{read_text, unreadable};
use crate::domain::document::Document;
use crate::store::memory::MemoryStore;
use crate::store::workos::payload::{self, looks_like_payload};

/// What a file says.
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
        let text = read_text(path)?;
        let unreadable = |what: String| unreadable(path, &what);
        match serde_json::from_str(&text) {
            Ok(value) if looks_like_payload(&value) => {
                let read = payload::read(&value).map_err(|error| unreadable(error.to_string()))?;
                for note in &read.notes {
                    context.terminal.warn(note.to_string())?;
                }
                Ok(Self {
                    document: read.document,
                    is_payload: true,
                })
            }
            // Read again, since only text can tell the line of what is wrong with it.
            _ => Ok(Self {
                document: serde_json::from_str(&text)
                    .map_err(|error| unreadable(error.to_string()))?,
                is_payload: false,
            }),
        }
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
