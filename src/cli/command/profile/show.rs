//! `flags profile show`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::credential;
use crate::cli::database;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::config::credential::{Whence, foreseen};
use crate::config::{self, Asked, Kind, Lives, Settings, Source};
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags profile show`.
#[derive(Debug, Args)]
#[command(
    after_help = "Without a name it is the profile that counts here. A secret is never shown; \
                  `flags auth status`\nsays more about it."
)]
pub struct ShowArgs {
    /// Which [default: the one that counts]
    #[arg(value_name = "NAME", conflicts_with_all = ["profile", "store"])]
    name: Option<String>,
}

/// Shows what counts.
pub fn run(context: &Context, args: ShowArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let mut settings = config::settings(context.asked(), args.name.as_deref())?;
    let credential = match settings.kind {
        Kind::Local => None,
        _ => credential_of(context, &mut settings)?,
    };
    Ok(Box::new(Shown {
        settings,
        credential,
    }))
}

/// Where the credential would come from, and whether from anywhere; `None` where none is asked for.
fn credential_of(context: &Context, settings: &mut Settings) -> Result<Option<Option<Whence>>> {
    let asked = Asked {
        profile: settings.profile.clone(),
        credential_file: context.asked().credential_file.clone(),
        store: match settings.profile {
            None => context.asked().store.clone(),
            Some(_) => None,
        },
    };
    let there = context.elsewhere(asked);
    let place = there.place()?;
    match &place.lives {
        Lives::Here(_) => Ok(None),
        Lives::Database(remote) => {
            settings.values.extend(database::settings(place, remote));
            let whence = database::foreseen(&there, place, remote);
            Ok(Some(whence.map_err(Failure::from)?))
        }
        Lives::There(remote) => {
            // Of an address that cannot be used it is the address that is to be seen.
            let Ok(wanted) = credential::wanted(&there, place, remote) else {
                return Ok(None);
            };
            Ok(Some(foreseen(&wanted).map_err(Failure::from)?))
        }
    }
}

struct Shown {
    settings: Settings,
    /// Of a server, where its credential would come from.
    credential: Option<Option<Whence>>,
}

const FIELDS: &[&str] = &[
    "profile",
    "source",
    "configuration",
    "settings",
    "credential",
];

impl Report for Shown {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let values = self.settings.values.iter().map(|setting| {
            json!({
                "name": setting.name,
                "value": setting.value,
                "source": setting.by.as_str(),
                "from": from(&setting.by),
            })
        });
        let by = &self.settings.named_by;
        let credential = self.credential.as_ref().map(|whence| match whence {
            None => json!({ "source": null, "from": null }),
            Some(whence) => json!({ "source": whence.as_str(), "from": whence.to_string() }),
        });
        json!({
            "profile": self.settings.profile,
            "source": { "source": by.as_str(), "from": from(by) },
            "configuration": self.settings.configuration,
            "settings": values.collect::<Vec<_>>(),
            "credential": credential,
        })
    }

    fn page(&self) -> Page {
        let mut table = Table::new(["setting", "value", "source"]);
        let name = self.settings.profile.as_deref();
        table.push([
            Line::from("profile"),
            match name {
                Some(name) => Line::new().key(name),
                None => Line::new().dim("none"),
            },
            Line::new().dim(self.settings.named_by.to_string()),
        ]);
        for setting in &self.settings.values {
            table.push([
                Line::from(setting.name.as_str()),
                Line::from(in_words(&setting.value)),
                Line::new().dim(setting.by.to_string()),
            ]);
        }
        if let Some(whence) = &self.credential {
            let (value, source) = match whence {
                None => (
                    Line::new().warn("none"),
                    "`flags auth login` keeps one".to_owned(),
                ),
                Some(whence) => (Line::new().dim("hidden"), whence.to_string()),
            };
            table.push([Line::from("credential"), value, Line::new().dim(source)]);
        }
        Page::new().table(table)
    }
}

/// The variable or file, where there is one.
fn from(source: &Source) -> Value {
    match source {
        Source::Environment(name) => json!(name),
        Source::Tree(file) | Source::File(file) => json!(file),
        Source::Argument | Source::Default => Value::Null,
    }
}

fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(in_words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
