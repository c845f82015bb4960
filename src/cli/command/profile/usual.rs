//! `flags profile use`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::write::check_fields;
use crate::config::{self, Source, profile_named};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags profile use`.
#[derive(Debug, Args)]
pub struct UseArgs {
    /// Which
    #[arg(value_name = "NAME")]
    name: String,
}

/// Makes it the default.
pub fn run(context: &Context, args: UseArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let mut editor = super::editor()?;
    super::known(editor.known(), &args.name)?;
    let before = editor.known().default_profile.clone();
    if before.as_ref() != Some(&args.name) {
        editor.count_by_default(&args.name);
        editor.save()?;
    }
    // What goes before the default would make this look as if it had not worked.
    let stronger = match config::store_of_environment() {
        Some(_) => Some(Source::Environment("FLAGS_STORE").to_string()),
        None => profile_named(context.asked())?
            .filter(|(name, _)| *name != args.name)
            .map(|(name, by)| format!("profile {name} ({by})")),
    };
    if let Some(stronger) = stronger {
        context.remark(&format!("here {stronger} goes before it"))?;
    }
    Ok(Box::new(Used {
        name: args.name,
        before,
    }))
}

struct Used {
    name: String,
    before: Option<String>,
}

const FIELDS: &[&str] = &["name", "before"];

impl Report for Used {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({ "name": self.name, "before": self.before })
    }

    fn page(&self) -> Page {
        let line = Line::new().plain("profile ").key(&self.name);
        Page::new().line(line.plain(" counts where none is named"))
    }

    fn done(&self) -> Option<String> {
        Some(format!("the profile {} is the default", self.name))
    }
}
