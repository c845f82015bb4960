//! `flags feature cap`: how many features the catalog may have.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::write::{WriteArgs, write_edit};
use crate::edit::{Edit, EditSettings, LARGEST_CAP};
use crate::store::Scope;
use crate::ui::{Page, Report};

/// Arguments of `flags feature cap`.
#[derive(Debug, Args)]
pub struct CapArgs {
    /// The new cap; without it, the present one is shown
    #[arg(value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=i64::from(LARGEST_CAP)))]
    cap: Option<u32>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Shows or sets the cap.
pub fn run(context: &Context, args: CapArgs) -> Result<Box<dyn Report>> {
    let Some(max_features) = args.cap else {
        let catalog = context.store()?.snapshot()?.catalog(Scope::All)?;
        let (cap, defined) = (catalog.settings.max_features, catalog.features.len());
        return Ok(Box::new(CapReport { cap, defined }));
    };
    let edit = Edit::EditSettings(EditSettings {
        max_features: Some(max_features),
        ..EditSettings::default()
    });
    write_edit(context, &args.write, None, &edit)
}

struct CapReport {
    cap: u32,
    defined: usize,
}

impl Report for CapReport {
    fn fields(&self) -> &'static [&'static str] {
        &["cap", "defined"]
    }

    fn document(&self) -> Value {
        json!({ "cap": self.cap, "defined": self.defined })
    }

    fn page(&self) -> Page {
        Page::new().line(format!(
            "{} of {} features are defined",
            self.defined, self.cap
        ))
    }
}
