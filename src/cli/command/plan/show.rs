//! `flags plan show`.

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use super::{document, price_in_words};
use crate::cli::context::Context;
use crate::domain::catalog::PlanEntry;
use crate::domain::key::PlanKey;
use crate::edit::{EditError, Missing};
use crate::store::Scope;
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags plan show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The plan
    #[arg(value_name = "PLAN")]
    plan: PlanKey,
}

/// Shows the plan.
pub fn run(context: &Context, args: ShowArgs) -> Result<Box<dyn Report>> {
    let mut catalog = context.store()?.snapshot()?.catalog(Scope::All)?;
    let Some(entry) = catalog.plans.remove(&args.plan) else {
        return Err(EditError::from(Missing::plan(&catalog, &args.plan)).into());
    };
    let default = catalog.settings.default_plan.as_ref() == Some(&args.plan);
    Ok(Box::new(ShowReport {
        plan: args.plan,
        entry,
        default,
    }))
}

struct ShowReport {
    plan: PlanKey,
    entry: PlanEntry,
    default: bool,
}

impl Report for ShowReport {
    fn fields(&self) -> &'static [&'static str] {
        super::FIELDS
    }

    fn document(&self) -> Value {
        document(&self.plan, &self.entry, self.default)
    }

    fn page(&self) -> Page {
        let plan = &self.entry.plan;
        let texts = [
            (
                "name",
                plan.display_name.as_deref().unwrap_or_default().to_owned(),
            ),
            (
                "description",
                plan.description.as_deref().unwrap_or_default().to_owned(),
            ),
            ("price", price_in_words(&self.entry)),
            (
                "default",
                if self.default {
                    "yes".to_owned()
                } else {
                    String::new()
                },
            ),
        ];
        let mut facts = Table::new([]);
        for (name, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            facts.push([Line::new().dim(name), Line::from(text)]);
        }
        let mut grants = Table::new(["feature", "value"]);
        for (feature, grant) in &self.entry.grants {
            let value = Line::new().good(grant.value.to_string());
            grants.push([Line::new().key(feature.to_string()), value]);
        }
        let page = Page::new()
            .heading(self.plan.to_string())
            .table(facts)
            .blank();
        match self.entry.grants.is_empty() {
            true => page.line(Line::new().dim("it grants nothing yet")),
            false => page.table(grants),
        }
    }
}
