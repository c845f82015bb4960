//! Lists: bounded, one row after another, and never partial in silence.

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use crate::ui::{Line, Page, Report, Table};

use super::context::Context;

/// Options of every list.
#[derive(Debug, Clone, Args)]
pub struct Rows {
    /// At most so many rows (0 for all)
    #[arg(long, value_name = "NUMBER", default_value_t = 1000)]
    pub limit: usize,
}

impl Rows {
    /// How many rows to look at: one more than wanted, to know whether there are more.
    pub fn enough(&self) -> usize {
        if self.limit == 0 {
            usize::MAX
        } else {
            self.limit.saturating_add(1)
        }
    }

    /// Takes the rows up to the limit; says on stderr when there are more, or (`none`) not any.
    pub fn collect<T>(
        &self,
        context: &Context,
        rows: impl IntoIterator<Item = T>,
        none: &'static str,
    ) -> Result<Vec<T>> {
        let mut rows: Vec<T> = rows.into_iter().take(self.enough()).collect();
        if rows.is_empty() {
            context.remark(none)?;
        }
        if self.limit != 0 && rows.len() > self.limit {
            rows.truncate(self.limit);
            let shown = format!(
                "only the first {} rows are shown; --limit 0 shows all",
                self.limit
            );
            context.terminal.warn(shown)?;
        }
        Ok(rows)
    }
}

/// A column: its header, and a row's cell.
pub type Column<T> = (&'static str, fn(&T) -> Line);

/// A list as a report: an array of objects, or a table.
pub struct ListReport<T: 'static> {
    /// The rows in order.
    pub rows: Vec<T>,
    /// The fields of each object.
    pub fields: &'static [&'static str],
    /// A row as an object.
    pub document: fn(&T) -> Value,
    /// The columns for people.
    pub columns: &'static [Column<T>],
}

impl<T> Report for ListReport<T> {
    fn fields(&self) -> &'static [&'static str] {
        self.fields
    }

    fn document(&self) -> Value {
        self.rows.iter().map(self.document).collect()
    }

    fn page(&self) -> Page {
        let headers: Vec<&'static str> = self.columns.iter().map(|(header, _)| *header).collect();
        let mut table = Table::new(headers);
        for row in &self.rows {
            table.push(self.columns.iter().map(|(_, cell)| cell(row)));
        }
        Page::new().table(table)
    }
}

/// A report whose rows have been shown as they came, each with these fields.
pub struct Streamed(pub &'static [&'static str]);

impl Report for Streamed {
    fn fields(&self) -> &'static [&'static str] {
        self.0
    }

    fn document(&self) -> Value {
        Value::Null
    }

    fn page(&self) -> Page {
        Page::new()
    }

    fn was_streamed(&self) -> bool {
        true
    }
}
