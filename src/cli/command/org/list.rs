//! `flags org list`.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use super::document;
use crate::cli::command::plan::known_plan;
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::key::PlanKey;
use crate::domain::subject::Organization;
use crate::domain::target::Id;
use crate::ui::{Line, Report};

/// Arguments of `flags org list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only organizations on this plan
    #[arg(long, short, value_name = "PLAN")]
    plan: Option<PlanKey>,
    /// Only organizations behind this one
    #[arg(long, value_name = "ID")]
    after: Option<Id>,
    #[command(flatten)]
    rows: Rows,
}

/// Lists the organizations in the order of their identifiers.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    if let Some(plan) = &args.plan {
        known_plan(&*snapshot, plan)?;
    }
    let enough = args.rows.enough();
    let mut found = Vec::new();
    snapshot.organizations(args.after.as_ref(), &mut |(id, organization)| {
        if args.plan.is_none() || organization.plan == args.plan {
            found.push((id, organization));
        }
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
        fields: &["id", "name", "plan", "targets"],
        document: |(id, organization): &Row| document(id, organization),
        columns: &COLUMNS,
    }))
}

type Row = (Id, Organization);

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
