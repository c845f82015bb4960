//! A write as a server tells it.

use anyhow::{Context as _, Result};
use serde_json::{Map, Value};

use super::Watch;
use super::line::{Head, line};
use crate::cli::write::diff_line;
use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::store::{About, Entry};
use crate::ui::{Line, Page};

/// A write as a server tells it, which has the fields of `flags log`.
pub struct Written {
    /// The revision that it made.
    pub revision: Revision,
    document: Map<String, Value>,
}

impl Written {
    /// Reads what an event says.
    ///
    /// # Errors
    ///
    /// Where that is no write.
    pub fn read(text: &str) -> Result<Self> {
        let document: Map<String, Value> = serde_json::from_str(text)?;
        let revision = document.get("revision").and_then(Value::as_u64);
        let revision = Revision(revision.context("it has no revision")?);
        Ok(Self { revision, document })
    }

    /// Whether there may be more in it that is wanted than the server told unasked.
    pub fn wants_more(&self, watch: &Watch<'_>) -> bool {
        let told = self.document.get("changes").and_then(Value::as_array);
        let told = told.map_or(0, Vec::len);
        let all = matches!(watch.filter.about(), About::All);
        self.is_truncated() && (!all || watch.most == 0 || watch.most > told)
    }

    fn is_truncated(&self) -> bool {
        self.document.get("truncated") == Some(&Value::Bool(true))
    }

    /// Tells of it, if it is wanted, and whether it was.
    pub fn tell(mut self, watch: &Watch<'_>) -> Result<bool> {
        if !watch.filter.wants(&self.entry()) {
            return Ok(false);
        }
        let all = self.changes()?;
        let count = all.len();
        let about = watch.filter.about();
        let wanted: Vec<Change> = all.into_iter().filter(|c| about.covers(c)).collect();
        let is_cut = self.is_truncated();
        // Of a write that is told in part, the part that is wanted may be the rest.
        if wanted.is_empty() && !(is_cut || count == 0 && matches!(about, About::All)) {
            return Ok(false);
        }
        let shown = match watch.most {
            0 => wanted.len(),
            most => most.min(wanted.len()),
        };
        let is_cut = is_cut || shown < wanted.len();
        if watch.documents {
            self.document(watch, &wanted[..shown], is_cut)?;
        } else {
            self.line(watch, &wanted[..shown], is_cut)?;
        }
        Ok(true)
    }

    fn changes(&mut self) -> Result<Vec<Change>> {
        let changes = self.document.remove("changes").unwrap_or(Value::Null);
        Ok(serde_json::from_value(changes)?)
    }

    /// As far as filters ask for it.
    fn entry(&self) -> Entry {
        Entry {
            revision: self.revision,
            at: 0,
            actor: self.text("actor").to_owned(),
            command: self.text("command").to_owned(),
            reason: None,
        }
    }

    fn text(&self, name: &str) -> &str {
        let value = self.document.get(name);
        value.and_then(Value::as_str).unwrap_or_default()
    }

    fn document(&self, watch: &Watch<'_>, changes: &[Change], is_cut: bool) -> Result<()> {
        let mut document = Map::new();
        for field in &watch.fields {
            let value = match *field {
                "changes" => serde_json::to_value(changes)?,
                "truncated" => Value::Bool(is_cut),
                field => self.document.get(field).cloned().unwrap_or_default(),
            };
            document.insert((*field).to_owned(), value);
        }
        let mut stream = watch.context.terminal.stream();
        stream.document(&Value::Object(document))?;
        Ok(stream.flush()?)
    }

    fn line(&self, watch: &Watch<'_>, changes: &[Change], is_cut: bool) -> Result<()> {
        let words = changes.iter().flat_map(Change::in_words).map(diff_line);
        let mut said = Line::new();
        for word in words {
            let comma = if said.0.is_empty() { "" } else { "; " };
            said = said.plain(comma).then(word);
        }
        if is_cut {
            let all = self.document.get("change_count").and_then(Value::as_u64);
            let rest = |all: u64| all.saturating_sub(changes.len() as u64);
            let of_all = all.map_or_else(String::new, |all| match watch.filter.about() {
                About::All => format!("and {} more", rest(all)),
                _ => format!("of {all} changes"),
            });
            said = said.plain("; ");
            said = said.dim(of_all);
        }
        let head = Head {
            revision: self.revision,
            at: self.text("at"),
            actor: self.text("actor"),
            command: self.text("command"),
            reason: self.text("reason"),
        };
        let mut stream = watch.context.terminal.stream();
        stream.page(&Page::new().line(line(&head, said)));
        Ok(stream.flush()?)
    }
}
