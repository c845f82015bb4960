//! `flags log verify`: whether the history is what was written.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::write::check_fields;
use crate::domain::catalog::Revision;
use crate::domain::text::counted;
use crate::store::{Digest, Verification};
use crate::told::VerificationTold;
use crate::ui::{Line, Page, Report};

/// Arguments of `flags log verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// A hash noted earlier: it must still be that of a write, so that everything up to it is as
    /// it was then
    #[arg(long, value_name = "HASH")]
    head: Option<Digest>,
}

/// Fields of the JSON document.
const FIELDS: &[&str] = &["valid", "writes", "revision", "hash", "noted", "misfit"];

/// Computes every hash anew.
pub fn run(context: &Context, args: &VerifyArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let snapshot = context.store()?.snapshot()?;
    let found = snapshot.verify(args.head)?;
    Ok(Box::new(VerifyReport {
        noted: args.head,
        found,
    }))
}

struct VerifyReport {
    noted: Option<Digest>,
    found: Verification,
}

impl Report for VerifyReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn kept_fields(&self) -> &'static [&'static str] {
        &["valid"]
    }

    fn document(&self) -> Value {
        json!(VerificationTold::new(&self.found, self.noted))
    }

    fn page(&self) -> Page {
        let page = self
            .noted_line()
            .into_iter()
            .fold(self.verdict(), Page::line);
        match self.answered_no() {
            false => page,
            true => page.line(Line::new().plain(
                "keep this file to look into it; `flags restore FILE` puts a backup in its place",
            )),
        }
    }

    fn answered_no(&self) -> bool {
        self.found.misfit.is_some() || (self.noted.is_some() && self.found.noted.is_none())
    }
}

impl VerifyReport {
    fn verdict(&self) -> Page {
        let head = self.found.head;
        let hash = || Line::new().key(head.digest.to_string());
        match &self.found.misfit {
            None => Page::new()
                .line(Line::new().good("whole").plain(format!(
                    ": {}, and none was altered or removed",
                    counted(self.found.writes, "write")
                )))
                .line(
                    Line::new()
                        .plain(format!("hash of revision {}: ", head.revision))
                        .then(hash()),
                ),
            Some(misfit) => {
                let proven = match head.revision {
                    Revision::UNKNOWN => "nothing of the history is proven".to_owned(),
                    last => format!(
                        "up to revision {last} every write is as it was, behind it nothing is proven"
                    ),
                };
                Page::new()
                    .line(
                        Line::new()
                            .bad("tampered with")
                            .plain(format!(": {misfit}")),
                    )
                    .line(proven)
            }
        }
    }

    /// What became of the hash that was noted earlier.
    fn noted_line(&self) -> Option<Line> {
        let noted = self.noted?;
        Some(match self.found.noted {
            Some(revision) => Line::new()
                .good("found")
                .plain(format!(": revision {revision} has the hash {noted}, so everything up to it is as it was when you noted it")),
            None => Line::new()
                .bad("not found")
                .plain(format!(": no write has the hash {noted}, so something up to that write was altered or removed, or it is from another store")),
        })
    }
}
