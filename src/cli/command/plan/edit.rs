//! `flags plan create` and `flags plan edit`.

use std::str::FromStr;

use anyhow::Result;
use clap::{ArgGroup, Args};

use super::unknown_plan;
use crate::cli::command::feature::replace;
use crate::cli::context::Context;
use crate::cli::write::{Request, WriteArgs, write};
use crate::domain::catalog::{Catalog, Settings};
use crate::domain::change::ChangeSet;
use crate::domain::key::PlanKey;
use crate::domain::plan::{Currency, Period, Plan, Price};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Name, PlanDescription};
use crate::store::Scope;
use crate::ui::Report;

/// Arguments of `flags plan create`, and particulars of `flags plan edit`.
#[derive(Debug, Args)]
pub struct PlanArgs {
    /// The plan: 1 to 64 of a-z, 0-9, - and _
    #[arg(value_name = "PLAN")]
    plan: PlanKey,
    /// What customers call it ('' for none)
    #[arg(long, value_name = "TEXT")]
    name: Option<Name>,
    /// What it is for ('' for none)
    #[arg(long, value_name = "TEXT")]
    description: Option<PlanDescription>,
    /// What it costs, such as 29.00 ('' for none)
    #[arg(long, value_name = "AMOUNT")]
    price: Option<OrNone<Price>>,
    /// The currency of the price, such as USD ('' for none)
    #[arg(long, value_name = "CODE")]
    currency: Option<OrNone<Currency>>,
    /// How often the price is due: monthly, yearly or one_time ('' for neither)
    #[arg(long, value_name = "PERIOD")]
    period: Option<OrNone<Period>>,
    /// Make it the default plan: everybody gets at least its grants
    #[arg(long, conflicts_with = "no_default")]
    default: bool,
    /// It is the default plan no longer
    #[arg(long)]
    no_default: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Arguments of `flags plan edit`.
#[derive(Debug, Args)]
#[command(group(
    ArgGroup::new("altered").required(true).multiple(true).args([
        "name", "description", "price", "currency", "period", "default", "no_default",
    ])
))]
pub struct EditArgs {
    #[command(flatten)]
    plan: PlanArgs,
}

/// A value, or '' to take away what is there.
#[derive(Debug, Clone)]
struct OrNone<T>(Option<T>);

impl<T: FromStr> FromStr for OrNone<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> std::result::Result<Self, T::Err> {
        match text {
            "" => Ok(Self(None)),
            _ => text.parse().map(|value| Self(Some(value))),
        }
    }
}

fn put<T: Clone>(slot: &mut Option<T>, given: Option<&OrNone<T>>) {
    if let Some(OrNone(value)) = given {
        slot.clone_from(value);
    }
}

impl PlanArgs {
    fn put_into(&self, mut plan: Plan) -> Plan {
        replace(&mut plan.display_name, self.name.clone(), |text| {
            text.is_empty()
        });
        replace(&mut plan.description, self.description.clone(), |text| {
            text.is_empty()
        });
        put(&mut plan.price, self.price.as_ref());
        put(&mut plan.currency, self.currency.as_ref());
        put(&mut plan.period, self.period.as_ref());
        plan
    }

    fn settings(&self, catalog: &Catalog) -> Settings {
        let mut settings = catalog.settings.clone();
        let is_default = settings.default_plan.as_ref() == Some(&self.plan);
        if self.default {
            settings.default_plan = Some(self.plan.clone());
        } else if self.no_default && is_default {
            settings.default_plan = None;
        }
        settings
    }
}

/// Creates the plan.
pub fn create(context: &Context, args: PlanArgs) -> Result<Box<dyn Report>> {
    let request = Request {
        command: "plan create",
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        if catalog.plans.contains_key(&args.plan) {
            return Err(Refusal::PlanExists(args.plan.clone()).into());
        }
        let made = catalog.set_plan(&args.plan, Some(args.put_into(Plan::default())));
        Ok(ChangeSet::new([
            made,
            catalog.set_settings(args.settings(&catalog)),
        ]))
    })
}

/// Alters the plan.
pub fn edit(context: &Context, args: EditArgs) -> Result<Box<dyn Report>> {
    let args = args.plan;
    let request = Request {
        command: "plan edit",
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let Some(entry) = catalog.plans.get(&args.plan) else {
            return Err(unknown_plan(&catalog, &args.plan).into());
        };
        let altered = catalog.set_plan(&args.plan, Some(args.put_into(entry.plan.clone())));
        Ok(ChangeSet::new([
            altered,
            catalog.set_settings(args.settings(&catalog)),
        ]))
    })
}
