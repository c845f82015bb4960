//! `flags user list`.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use super::document;
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::key::PlanKey;
use crate::domain::subject::{SubjectId, User};
use crate::domain::target::Id;
use crate::edit::{known_plan, known_subject};
use crate::store::Snapshot;
use crate::ui::{Line, Report};

/// Which users are meant.
#[derive(Debug, Args)]
pub struct FilterArgs {
    /// Only users whose own plan this is
    #[arg(long, short, value_name = "PLAN")]
    plan: Option<PlanKey>,
    /// Only users of this organization
    #[arg(long, short, value_name = "ID")]
    org: Option<Id>,
    /// Only users behind this one
    #[arg(long, value_name = "ID")]
    after: Option<Id>,
}

impl FilterArgs {
    /// Hands over the users that are meant, in the order of their identifiers.
    pub fn each(
        &self,
        snapshot: &dyn Snapshot,
        take: &mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Result<()> {
        if let Some(plan) = &self.plan {
            known_plan(snapshot, plan)?;
        }
        if let Some(org) = &self.org {
            known_subject(snapshot, &SubjectId::Organization(org.clone()))?;
        }
        let wanted = |user: &User| {
            let joined = |org: &Id| user.organizations.contains(org);
            (self.plan.is_none() || user.plan == self.plan) && self.org.as_ref().is_none_or(joined)
        };
        snapshot.users(self.after.as_ref(), &mut |(id, user)| match wanted(&user) {
            true => take((id, user)),
            false => ControlFlow::Continue(()),
        })?;
        Ok(())
    }
}

/// Arguments of `flags user list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    rows: Rows,
}

/// Lists the users in the order of their identifiers.
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
            .collect(context, found, "there are no such users")?,
        fields: super::FIELDS,
        document: |(id, user): &Row| document(id, user),
        columns: &COLUMNS,
    }))
}

/// A user with its identifier.
pub type Row = (Id, User);

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
