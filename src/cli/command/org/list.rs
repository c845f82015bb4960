//! `flags org list`.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use super::document;
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::key::PlanKey;
use crate::domain::subject::Organization;
use crate::domain::target::Id;
use crate::edit::known_plan;
use crate::store::Snapshot;
use crate::ui::{Line, Report};

/// Which organizations are meant.
#[derive(Debug, Args)]
pub struct FilterArgs {
    /// Only organizations on this plan
    #[arg(long, short, value_name = "PLAN")]
    plan: Option<PlanKey>,
    /// Only organizations behind this one
    #[arg(long, value_name = "ID")]
    after: Option<Id>,
}

impl FilterArgs {
    /// Hands over the organizations that are meant, in the order of their identifiers.
    pub fn each(
        &self,
        snapshot: &dyn Snapshot,
        take: &mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Result<()> {
        if let Some(plan) = &self.plan {
            known_plan(snapshot, plan)?;
        }
        snapshot.organizations(self.after.as_ref(), &mut |(id, organization)| match self
            .plan
            .is_none()
            || organization.plan == self.plan
        {
            true => take((id, organization)),
            false => ControlFlow::Continue(()),
        })?;
        Ok(())
    }
}

/// Arguments of `flags org list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    rows: Rows,
}

/// Lists the organizations in the order of their identifiers.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    let enough = args.rows.enough();
    let mut found = Vec::new();
    args.filter.each(&*snapshot, &mut |row| {
        found.push(row);
        if found.len() < enough {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    })?;
    Ok(Box::new(ListReport {
        rows: args
            .rows
            .collect(context, found, "there are no such organizations")?,
        fields: super::FIELDS,
        document: |(id, organization): &Row| document(id, organization),
        columns: &COLUMNS,
    }))
}

/// An organization with its identifier.
pub type Row = (Id, Organization);

const COLUMNS: [Column<Row>; 3] = [
    ("id", |(id, _)| Line::new().key(id.to_string())),
    ("plan", |(_, org)| {
        Line::from(
            org.plan
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        )
    }),
    ("name", |(_, org)| {
        Line::from(org.name.as_deref().unwrap_or_default())
    }),
];
