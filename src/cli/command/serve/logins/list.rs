//! `flags serve logins list`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::{Row, all, moment};
use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::domain::target::Id;
use crate::ui::{Line, Report};

/// Arguments of `flags serve logins list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only logins of this user
    #[arg(long, short, value_name = "USER")]
    user: Option<Id>,
    /// Also those that have ended
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    rows: Rows,
}

const FIELDS: &[&str] = &[
    "id", "user", "client", "created", "used", "expires", "revoked",
];

/// Lists the logins.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let now = context.milliseconds();
    let wanted = |(_, login): &Row| {
        let whose = args.user.as_ref().is_none_or(|user| *user == login.user);
        whose && (args.all || login.is_open(now))
    };
    let logins = all(context.store()?)?.into_iter().filter(wanted);
    Ok(Box::new(ListReport {
        rows: args
            .rows
            .collect(context, logins, "there are no such logins")?,
        fields: FIELDS,
        document,
        columns: &COLUMNS,
    }))
}

fn document((name, login): &Row) -> Value {
    json!({
        "id": name,
        "user": login.user,
        "client": login.client,
        "created": moment(login.created),
        "used": login.used.map(moment),
        "expires": moment(login.ends()),
        "revoked": login.revoked.map(moment),
    })
}

const COLUMNS: [Column<Row>; 6] = [
    ("id", |(name, _)| Line::new().key(name.clone())),
    ("user", |(_, login)| Line::from(login.user.to_string())),
    ("client", |(_, login)| {
        Line::from(login.client.clone().unwrap_or_default())
    }),
    ("used", |(_, login)| at(login.used)),
    ("expires", |(_, login)| at(Some(login.ends()))),
    ("revoked", |(_, login)| at(login.revoked)),
];

fn at(milliseconds: Option<i64>) -> Line {
    let line = Line::new();
    match milliseconds {
        None => line,
        Some(at) => line.time(at.div_euclid(1000)),
    }
}
