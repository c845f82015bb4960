//! `flags matrix`: features by plans.

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::cli::as_of::{self, AsOf};
use crate::cli::context::Context;
use crate::domain::catalog::{Catalog, FeatureEntry};
use crate::domain::key::FeatureKey;
use crate::domain::value::Value as FeatureValue;
use crate::store::{Past, Scope};
use crate::told::MatrixRow;
use crate::ui::{Line, Page, Report, Table, sanitise};

/// Features by plans, as a table or Markdown
#[derive(Debug, Args)]
pub struct MatrixArgs {
    /// How the matrix is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The plans as they were: at a moment (RFC 3339, a date, or a span from now such as -3d), or as
    /// a revision (r17) left them
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    at: Option<AsOf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    Table,
    /// Markdown, for a page or an issue
    Markdown,
}

/// Shows what each plan grants.
pub fn run(context: &Context, args: MatrixArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    let catalog = match as_of::revision(context, &*snapshot, args.at)? {
        None => snapshot.catalog(Scope::All)?,
        Some(revision) => Past::of(&*snapshot, revision)?.catalog().clone(),
    };
    if catalog.features.is_empty() {
        context.remark(NO_FEATURES)?;
    }
    Ok(Box::new(MatrixReport {
        catalog,
        format: args.format,
    }))
}

/// What to say of a catalog without features.
pub const NO_FEATURES: &str = "there are no features; `flags feature define KEY` makes one";

struct MatrixReport {
    catalog: Catalog,
    format: Format,
}

impl MatrixReport {
    fn values(&self, feature: &FeatureKey) -> impl Iterator<Item = Option<FeatureValue>> {
        self.catalog
            .plans
            .values()
            .map(|plan| plan.grants.get(feature).map(|grant| grant.value))
    }

    fn markdown(&self) -> Page {
        let plans: Vec<String> = self.catalog.plans.keys().map(ToString::to_string).collect();
        let rule = vec!["---"; plans.len() + 1].join(" | ");
        let head = format!("| feature | {} |", plans.join(" | "));
        let head = Page::new()
            .line(head.replace("|  |", "|"))
            .line(format!("| {rule} |"));
        self.catalog
            .features
            .iter()
            .fold(head, |page, (key, entry)| {
                let cells: Vec<String> = self
                    .values(key)
                    .map(|value| match value {
                        None => "–".to_owned(),
                        Some(FeatureValue::On) => "yes".to_owned(),
                        Some(FeatureValue::Limit(limit)) => limit.to_string(),
                    })
                    .collect();
                let name = entry
                    .feature
                    .name
                    .as_deref()
                    .map(|name| format!(" ({})", escaped(name)));
                let first = format!("`{key}`{}{}", name.unwrap_or_default(), mark(entry));
                let row = std::iter::once(first)
                    .chain(cells)
                    .collect::<Vec<_>>()
                    .join(" | ");
                page.line(format!("| {row} |"))
            })
    }

    fn table(&self) -> Page {
        // Headers are as many as there are plans, so the first row carries them.
        let mut table = Table::new([]);
        let plans = self.catalog.plans.keys();
        let head = plans.map(|plan| Line::new().strong(plan.to_string()));
        table.push(std::iter::once(Line::new().dim("feature")).chain(head));
        for (key, entry) in &self.catalog.features {
            let cells = self.values(key).map(|value| match value {
                None => Line::new().dim("–"),
                Some(value) => Line::new().good(value.to_string()),
            });
            let first = Line::new().key(key.to_string()).bad(mark(entry));
            table.push(std::iter::once(first).chain(cells));
        }
        Page::new().table(table)
    }
}

/// What plans grant of a disabled feature, nobody gets.
fn mark(entry: &FeatureEntry) -> &'static str {
    match entry.feature.enabled {
        true => "",
        false => " (disabled)",
    }
}

/// Keeps a name inside its Markdown cell.
fn escaped(name: &str) -> String {
    sanitise(name)
        .replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
}

impl Report for MatrixReport {
    fn fields(&self) -> &'static [&'static str] {
        &["feature", "type", "enabled", "plans"]
    }

    fn document(&self) -> Value {
        MatrixRow::all(&self.catalog)
            .map(|row| json!(row))
            .collect()
    }

    fn page(&self) -> Page {
        match (self.catalog.features.is_empty(), self.format) {
            (true, _) => Page::new(),
            (false, Format::Table) => self.table(),
            (false, Format::Markdown) => self.markdown(),
        }
    }
}
