//! `flags org export`.

use anyhow::Result;
use clap::Args;

use super::list::{FilterArgs, Row};
use super::{FIELDS, document};
use crate::cli::bulk_rows::{BulkArgs, Columns, listed, write_bulk};
use crate::cli::context::Context;
use crate::ui::Report;

/// Arguments of `flags org export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    bulk: BulkArgs,
}

/// Writes the organizations in the order of their identifiers.
pub fn run(context: &Context, args: ExportArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    write_bulk(context, &args.bulk, &COLUMNS, |take| {
        args.filter.each(&*snapshot, take)
    })
}

const COLUMNS: Columns<Row> = Columns {
    names: FIELDS,
    cells: |(id, organization)| {
        let plan = organization.plan.as_ref();
        vec![
            id.to_string(),
            organization.name.as_deref().unwrap_or_default().to_owned(),
            plan.map(ToString::to_string).unwrap_or_default(),
            listed(&organization.targets),
        ]
    },
    document: |(id, organization)| document(id, organization),
    none: "there are no such organizations",
};
