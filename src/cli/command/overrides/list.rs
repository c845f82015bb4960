//! `flags override list`.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

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
use crate::ui::{Line, Report};

/// Arguments of `flags override list`.
#[derive(Debug, Args)]
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
    rows: Rows,
}

struct Row {
    subject: SubjectId,
    feature: FeatureKey,
    held: Held,
    now: Time,
}

/// Lists overrides in the order of subjects and keys.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    let found = find(&*snapshot, &args, context.now()?)?;
    Ok(Box::new(ListReport {
        rows: args
            .rows
            .collect(context, found, "there are no such overrides")?,
        fields: super::FIELDS,
        document: |row: &Row| document(&row.subject, &row.feature, &row.held, row.now),
        columns: &COLUMNS,
    }))
}

fn find(snapshot: &dyn Snapshot, args: &ListArgs, now: Time) -> Result<Vec<Row>> {
    if let Some(feature) = &args.feature
        && !snapshot.catalog(Scope::All)?.features.contains_key(feature)
    {
        return Err(unknown_feature(snapshot, feature)?.into());
    }
    let scope = match &args.feature {
        Some(feature) => Scope::Features(std::slice::from_ref(feature)),
        None => Scope::All,
    };
    let wanted = |held: &Held| !args.active || held.over.standing(now) == Standing::Active;
    let row = |subject, (feature, held)| Row {
        subject,
        feature,
        held,
        now,
    };
    let holder = match (&args.user, &args.org) {
        (Some(user), _) => Some(SubjectId::User(user.clone())),
        (None, org) => org.clone().map(SubjectId::Organization),
    };
    if let Some(subject) = holder {
        known(snapshot, &subject)?;
        let held = snapshot.overrides_of(&subject, scope)?;
        let held = held.into_iter().filter(|(_, held)| wanted(held));
        return Ok(held.map(|pair| row(subject.clone(), pair)).collect());
    }
    let enough = args.rows.enough();
    let mut rows = Vec::new();
    snapshot.overrides(scope, &mut |(subject, feature, held)| {
        if wanted(&held) {
            rows.push(row(subject, (feature, held)));
        }
        if rows.len() < enough {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(rows)
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
