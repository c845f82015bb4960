//! `flags override export`.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::filter::FilterArgs;
use crate::cli::bulk_rows::{BulkArgs, Columns, write_bulk};
use crate::cli::context::Context;
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::time::Time;
use crate::domain::value::{answer_as_json, answer_in_words};
use crate::ui::Report;

/// Arguments of `flags override export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    bulk: BulkArgs,
}

type Row = (SubjectId, FeatureKey, Held);

/// Writes overrides in the order of subjects and keys.
pub fn run(context: &Context, args: ExportArgs) -> Result<Box<dyn Report>> {
    let now = context.now()?;
    let snapshot = context.store()?.snapshot()?;
    write_bulk(context, &args.bulk, &COLUMNS, |take| {
        args.filter
            .each(&*snapshot, now, &mut |subject, feature, held| {
                take((subject, feature, held))
            })
    })
}

const COLUMNS: Columns<Row> = Columns {
    names: &["subject", "feature", "value", "reason", "starts", "expires"],
    cells: |(subject, feature, held)| {
        let moment = |at: Option<Time>| at.map(|at| at.to_string()).unwrap_or_default();
        let over = &held.over;
        vec![
            subject.to_string(),
            feature.to_string(),
            answer_in_words(over.effect.answer()),
            over.reason.as_deref().unwrap_or_default().to_owned(),
            moment(over.starts),
            moment(over.expires),
        ]
    },
    document: |(subject, feature, held)| {
        json!({
            "subject": subject,
            "feature": feature,
            "value": answer_as_json(held.over.effect.answer()),
            "reason": held.over.reason,
            "starts": held.over.starts,
            "expires": held.over.expires,
        })
    },
    none: "there are no such overrides",
};
