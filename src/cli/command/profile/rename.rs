//! `flags profile rename`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::credential::patience;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::config::credential::rename;
use crate::ui::{Line, Page, Report};

/// Arguments of `flags profile rename`.
#[derive(Debug, Args)]
pub struct RenameArgs {
    /// Its name now
    #[arg(value_name = "NAME")]
    name: String,
    /// Its name from now on
    #[arg(value_name = "NEW")]
    new: String,
}

/// Renames the profile; what was kept to log in with it follows.
pub fn run(context: &Context, args: RenameArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let RenameArgs { name, new } = args;
    super::usable_name(&new)?;
    let mut editor = super::editor()?;
    super::known(editor.known(), &name)?;
    if name != new {
        super::free(editor.known(), &new)?;
        rename(&name, &new, patience(context)).map_err(|error| {
            let hint = format!("until it can follow, profile `{name}` keeps its name");
            Failure::from(error).hint(hint)
        })?;
        if let Err(error) = editor.rename(&name, &new).and_then(|()| editor.save()) {
            // A login is found by the name of its profile, so it goes back to the old one.
            let _ = rename(&new, &name, patience(context));
            return Err(error.into());
        }
    }
    Ok(Box::new(Renamed { name, new }))
}

struct Renamed {
    name: String,
    new: String,
}

const FIELDS: &[&str] = &["name", "before"];

impl Report for Renamed {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({ "name": self.new, "before": self.name })
    }

    fn page(&self) -> Page {
        let line = Line::new().plain("profile ").key(&self.name);
        Page::new().line(line.plain(" is called ").key(&self.new).plain(" now"))
    }

    fn done(&self) -> Option<String> {
        Some(format!(
            "the profile {} is called {} now",
            self.name, self.new
        ))
    }
}
