//! `flags override list`.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use super::ending::{EndingArgs, Ends, First};
use super::{document, standing_in_words};
use crate::cli::command::unset::known;
use crate::cli::context::Context;
use crate::cli::question::unknown_feature;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::key::FeatureKey;
use crate::domain::overrides::{Effect, Standing};
use crate::domain::subject::{Held, SubjectId};
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::store::{Scope, Snapshot};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags override list`.
#[derive(Debug, Args)]
#[command(
    after_help = "`flags override list --expiring 7d --fail` is a gate for CI: exit 1 while \
                        something is about to end."
)]
pub struct ListArgs {
    /// Only overrides of this feature
    #[arg(long, short, value_name = "FEATURE")]
    feature: Option<FeatureKey>,
    /// Only overrides of this user
    #[arg(long, short, value_name = "ID", conflicts_with = "org")]
    user: Option<Id>,
    /// Only overrides of this organization
    #[arg(long, short, value_name = "ID")]
    org: Option<Id>,
    /// Only overrides that count now
    #[arg(long)]
    active: bool,
    #[command(flatten)]
    ending: EndingArgs,
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
    let ends = args.ending.ends(now)?;
    let snapshot = context.store()?.snapshot()?;
    let found = find(&*snapshot, &args, ends, now)?;
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

fn find(
    snapshot: &dyn Snapshot,
    args: &ListArgs,
    ends: Option<Ends>,
    now: Time,
) -> Result<Vec<Row>> {
    if let Some(feature) = &args.feature
        && !snapshot.catalog(Scope::All)?.features.contains_key(feature)
    {
        return Err(unknown_feature(snapshot, feature)?.into());
    }
    let scope = match &args.feature {
        Some(feature) => Scope::Features(std::slice::from_ref(feature)),
        None => Scope::All,
    };
    let mut first = First::new(ends.is_some(), args.rows.enough());
    let mut take = |subject, feature, held: Held| {
        let counts = !args.active || held.over.standing(now) == Standing::Active;
        if !counts || ends.is_some_and(|ends| !ends.include(&held.over)) {
            return ControlFlow::Continue(());
        }
        first.take(Row {
            subject,
            feature,
            held,
            now,
        })
    };
    let holder = match (&args.user, &args.org) {
        (Some(user), _) => Some(SubjectId::User(user.clone())),
        (None, org) => org.clone().map(SubjectId::Organization),
    };
    match holder {
        Some(subject) => {
            known(snapshot, &subject)?;
            for (feature, held) in snapshot.overrides_of(&subject, scope)? {
                if take(subject.clone(), feature, held).is_break() {
                    break;
                }
            }
        }
        None => snapshot.overrides(scope, &mut |(subject, feature, held)| {
            take(subject, feature, held)
        })?,
    }
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
