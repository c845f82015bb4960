//! `flags serve keys list`.

use anyhow::Result;
use clap::Args;

use super::{FIELDS, document, in_words, moment, standing};
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::server::access::Key;
use crate::store::RecordKind;
use crate::ui::{Line, Report};

/// Arguments of `flags serve keys list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    rows: Rows,
}

/// A key, and the moment that counts as now.
type Row = (Key, i64);

/// Lists the keys in the order of their names, those that were revoked too.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let now = context.milliseconds();
    let records = context.store()?.records(RecordKind::Key)?;
    let keys = records
        .into_iter()
        .filter_map(|(name, body)| Some((Key::read(&name, &body)?, now)));
    let none = "there are no keys; `flags serve keys create NAME --scope read` makes one";
    Ok(Box::new(ListReport {
        rows: args.rows.collect(context, keys, none)?,
        fields: FIELDS,
        document: |(key, now): &Row| document(key, *now),
        columns: &COLUMNS,
    }))
}

const COLUMNS: [Column<Row>; 7] = [
    ("name", |(key, _)| Line::new().key(&key.name)),
    ("may", |(key, _)| Line::from(in_words(&key.scopes))),
    ("standing", |(key, now)| match standing(key, *now) {
        "valid" => Line::new().good("valid"),
        other => Line::new().bad(other),
    }),
    ("created", |(key, _)| cell(Some(key.created))),
    ("expires", |(key, _)| cell(key.expires)),
    ("last used", |(key, _)| cell(key.used)),
    ("client", |(key, _)| {
        Line::from(key.client.clone().unwrap_or_default())
    }),
];

fn cell(milliseconds: Option<i64>) -> Line {
    Line::from(moment(milliseconds).unwrap_or_default())
}
