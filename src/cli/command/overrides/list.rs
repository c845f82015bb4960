//! `flags override list`.

use std::cmp::Ordering;

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use super::ending::First;
use super::filter::FilterArgs;
use super::{document, standing_in_words};
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Effect;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::time::Time;
use crate::store::Snapshot;
use crate::ui::{Line, Page, Report};

/// Arguments of `flags override list`.
#[derive(Debug, Args)]
#[command(
    after_help = "`flags override list --expiring 7d --fail` is a gate for CI: exit 1 while \
                        something is about to end."
)]
pub struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,
    /// Exit 1 if there are any such overrides
    #[arg(long)]
    fail: bool,
    #[command(flatten)]
    rows: Rows,
}

struct Row {
    subject: SubjectId,
    feature: FeatureKey,
    held: Held,
    now: Time,
}

impl Row {
    /// Those that end come first, the soonest of all.
    fn rank(&self) -> (bool, Option<Time>, &SubjectId, &FeatureKey) {
        let end = self.held.over.expires;
        (end.is_none(), end, &self.subject, &self.feature)
    }
}

impl Ord for Row {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Row {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Row {}

/// Lists overrides in the order of subjects and keys, or of their ends where these are asked for.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let now = context.now()?;
    let snapshot = context.store()?.snapshot()?;
    let found = find(&*snapshot, &args, now)?;
    let rows = args
        .rows
        .collect(context, found, "there are no such overrides")?;
    Ok(Box::new(Listed {
        no: args.fail && !rows.is_empty(),
        list: ListReport {
            rows,
            fields: super::FIELDS,
            document: |row: &Row| document(&row.subject, &row.feature, &row.held, row.now),
            columns: &COLUMNS,
        },
    }))
}

fn find(snapshot: &dyn Snapshot, args: &ListArgs, now: Time) -> Result<Vec<Row>> {
    let by_end = args.filter.ends(now)?.is_some();
    let mut first = First::new(by_end, args.rows.enough());
    args.filter
        .each(snapshot, now, &mut |subject, feature, held| {
            first.take(Row {
                subject,
                feature,
                held,
                now,
            })
        })?;
    Ok(first.rows())
}

/// The list, which may be what fails a gate.
struct Listed {
    list: ListReport<Row>,
    no: bool,
}

impl Report for Listed {
    fn fields(&self) -> &'static [&'static str] {
        self.list.fields()
    }

    fn document(&self) -> Value {
        self.list.document()
    }

    fn page(&self) -> Page {
        self.list.page()
    }

    fn answered_no(&self) -> bool {
        self.no
    }
}

const COLUMNS: [Column<Row>; 7] = [
    ("subject", |row| Line::new().plain(row.subject.to_string())),
    ("feature", |row| Line::new().key(row.feature.to_string())),
    ("override", |row| match row.held.over.effect {
        Effect::Grant(value) => Line::new().good(format!("grant {value}")),
        Effect::Revoke => Line::new().bad("revoke"),
    }),
    ("standing", |row| {
        Line::from(standing_in_words(row.held.over.standing(row.now)))
    }),
    ("from", |row| moment(row.held.over.starts)),
    ("until", |row| moment(row.held.over.expires)),
    ("reason", |row| {
        Line::from(row.held.over.reason.as_deref().unwrap_or_default())
    }),
];

fn moment(at: Option<Time>) -> Line {
    at.map_or_else(Line::new, |at| Line::new().time(at.unix()))
}
