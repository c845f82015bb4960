//! `flags profile list`.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use crate::cli::context::Context;
use crate::cli::rows::{Column, ListReport, Rows};
use crate::config::{self, Configuration, Profile, profile_named};
use crate::ui::{Line, Report};

/// Arguments of `flags profile list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    #[command(flatten)]
    rows: Rows,
}

struct Row {
    name: String,
    profile: Profile,
    place: String,
    /// Whether it is the file's default.
    default: bool,
    /// Whether a command that is told no more would use it.
    counts: bool,
}

/// Lists the profiles in the order of their names.
pub fn run(context: &Context, args: ListArgs) -> Result<Box<dyn Report>> {
    let path = config::configuration_path()?;
    let known = Configuration::read(&path)?;
    let named = match config::store_of_environment() {
        Some(_) if context.asked().profile.is_none() => None,
        _ => profile_named(context.asked())?
            .map(|(name, _)| name)
            .or_else(|| known.default_profile.clone()),
    };
    let default = known.default_profile.clone();
    let rows = known.profiles.iter().map(|(name, profile)| Row {
        place: match known.place(name, &path) {
            Ok(place) => place.to_string(),
            // What is wrong with it is for `flags profile show` to say.
            Err(_) => String::new(),
        },
        name: name.clone(),
        profile: profile.clone(),
        default: default.as_deref() == Some(name),
        counts: named.as_deref() == Some(name),
    });
    let none = "there are no profiles; `flags init` or `flags profile add` makes one";
    Ok(Box::new(ListReport {
        rows: args.rows.collect(context, rows, none)?,
        fields: FIELDS,
        document: |row: &Row| {
            json!({
                "name": row.name,
                "kind": row.profile.kind.as_str(),
                "place": row.place,
                "protected": row.profile.protected,
                "default": row.default,
                "in_effect": row.counts,
            })
        },
        columns: &COLUMNS,
    }))
}

const FIELDS: &[&str] = &["name", "kind", "place", "protected", "default", "in_effect"];

const COLUMNS: [Column<Row>; 5] = [
    ("name", |row| Line::new().key(&row.name)),
    ("kind", |row| Line::from(row.profile.kind.as_str())),
    ("place", |row| Line::from(row.place.as_str())),
    ("protected", |row| match row.profile.protected {
        true => Line::new().warn("protected"),
        false => Line::new(),
    }),
    ("", |row| match (row.counts, row.default) {
        (true, true) => Line::new().good("in effect, default"),
        (true, false) => Line::new().good("in effect"),
        (false, true) => Line::new().dim("default"),
        (false, false) => Line::new(),
    }),
];
