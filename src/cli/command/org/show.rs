//! `flags org show`.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::command::user::overrides_table;
use crate::cli::context::Context;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Held, Organization, SubjectId};
use crate::domain::target::Id;
use crate::store::Scope;
use crate::told::OrganizationShown;
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags org show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The organization
    #[arg(value_name = "ORG")]
    org: Id,
}

/// Shows the organization.
pub fn run(context: &Context, args: ShowArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    let subject = SubjectId::Organization(args.org.clone());
    let found = snapshot.organization(&args.org)?;
    let organization = found.ok_or_else(|| Refusal::UnknownSubject(subject.clone()))?;
    let overrides = snapshot.overrides_of(&subject, Scope::All)?;
    let mut members = 0;
    snapshot.members(&args.org, &mut |_| {
        members += 1;
        ControlFlow::Continue(())
    })?;
    Ok(Box::new(ShowReport {
        id: args.org,
        organization,
        overrides,
        members,
    }))
}

struct ShowReport {
    id: Id,
    organization: Organization,
    overrides: Vec<(FeatureKey, Held)>,
    members: u64,
}

impl Report for ShowReport {
    fn fields(&self) -> &'static [&'static str] {
        &["id", "name", "plan", "targets", "members", "overrides"]
    }

    fn document(&self) -> Value {
        let (id, organization) = (&self.id, &self.organization);
        json!(OrganizationShown::new(
            id,
            organization,
            self.members,
            &self.overrides
        ))
    }

    fn page(&self) -> Page {
        let organization = &self.organization;
        let targets: Vec<String> = organization
            .targets
            .iter()
            .map(ToString::to_string)
            .collect();
        let facts = [
            (
                "name",
                organization.name.as_deref().unwrap_or_default().to_owned(),
            ),
            (
                "plan",
                organization
                    .plan
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            ),
            ("targets", targets.join(", ")),
            ("users", self.members.to_string()),
        ];
        let mut table = Table::new([]);
        for (name, fact) in facts.into_iter().filter(|(_, fact)| !fact.is_empty()) {
            table.push([Line::new().dim(name), Line::from(fact)]);
        }
        let page = Page::new()
            .heading(format!("organization {}", self.id))
            .table(table);
        overrides_table(page, &self.overrides)
    }
}
