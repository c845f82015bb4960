//! `flags user list`.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use super::document;
use crate::cli::command::plan::known_plan;
use crate::cli::command::unset::known;
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::key::PlanKey;
use crate::domain::subject::{SubjectId, User};
use crate::domain::target::Id;
use crate::ui::{Line, Report};

/// Arguments of `flags user list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only users whose own plan this is
    #[arg(long, short, value_name = "PLAN")]
    plan: Option<PlanKey>,
    /// Only users of this organization
    #[arg(long, short, value_name = "ID")]
    org: Option<Id>,
    /// Only users behind this one
    #[arg(long, value_name = "ID")]
    after: Option<Id>,
    #[command(flatten)]
    rows: Rows,
}

/// Lists the users in the order of their identifiers.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    if let Some(plan) = &args.plan {
        known_plan(&*snapshot, plan)?;
    }
    if let Some(org) = &args.org {
        known(&*snapshot, &SubjectId::Organization(org.clone()))?;
    }
    let wanted = |user: &User| {
        (args.plan.is_none() || user.plan == args.plan)
            && args
                .org
                .as_ref()
                .is_none_or(|org| user.organizations.contains(org))
    };
    let enough = args.rows.enough();
    let mut found = Vec::new();
    snapshot.users(args.after.as_ref(), &mut |(id, user)| {
        if wanted(&user) {
            found.push((id, user));
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
            .collect(context, found, "there are no such users")?,
        fields: &["id", "email", "plan", "organizations", "targets"],
        document: |(id, user): &Row| document(id, user),
        columns: &COLUMNS,
    }))
}

type Row = (Id, User);

const COLUMNS: [Column<Row>; 4] = [
    ("id", |(id, _)| Line::new().key(id.to_string())),
    ("plan", |(_, user)| {
        Line::from(
            user.plan
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        )
    }),
    ("organizations", |(_, user)| {
        let ids: Vec<&str> = user.organizations.iter().map(Id::as_str).collect();
        Line::from(ids.join(" "))
    }),
    ("e-mail", |(_, user)| {
        Line::from(user.email.as_deref().unwrap_or_default())
    }),
];
