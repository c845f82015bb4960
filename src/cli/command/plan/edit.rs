//! `flags plan create` and `flags plan edit`.

use std::str::FromStr;

use anyhow::Result;
use clap::{ArgGroup, Args};

use crate::cli::context::Context;
use crate::cli::write::{WriteArgs, write_edit};
use crate::domain::key::PlanKey;
use crate::domain::plan::{Currency, Period, Price};
use crate::domain::text::{Name, PlanDescription};
use crate::edit::{Alter, Edit, PlanFields};
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

impl<T> OrNone<T> {
    fn alter(given: Option<Self>) -> Alter<T> {
        match given {
            None => Alter::Leave,
            Some(Self(None)) => Alter::Clear,
            Some(Self(Some(value))) => Alter::Put(value),
        }
    }
}

impl PlanArgs {
    fn fields(self) -> (PlanFields, WriteArgs) {
        let default = match (self.default, self.no_default) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        };
        let fields = PlanFields {
            plan: self.plan,
            display_name: self.name.into(),
            description: self.description.into(),
            price: OrNone::alter(self.price),
            currency: OrNone::alter(self.currency),
            period: OrNone::alter(self.period),
            default,
        };
        (fields, self.write)
    }
}

/// Creates the plan.
pub fn create(context: &Context, args: PlanArgs) -> Result<Box<dyn Report>> {
    let (fields, write) = args.fields();
    write_edit(context, &write, None, &Edit::CreatePlan(fields))
}

/// Alters the plan.
pub fn edit(context: &Context, args: EditArgs) -> Result<Box<dyn Report>> {
    let (fields, write) = args.plan.fields();
    write_edit(context, &write, None, &Edit::EditPlan(fields))
}
