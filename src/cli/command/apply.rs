//! `flags apply`: the catalog becomes what a file says.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use crate::cli::catalog_file::CatalogText;
use crate::cli::context::Context;
use crate::cli::input::{name_of, unreadable};
use crate::cli::wanted_file::{FIELDS, KeepingReport, way_to_file};
use crate::cli::write::{Destroys, Request, WriteArgs, carry_through, check_fields};
use crate::domain::refusal::Refusal;
use crate::domain::steps::Kept;
use crate::ui::Report;

/// Make the catalog what a file says, in one transaction
#[derive(Debug, Args)]
#[command(
    after_help = "The file is the truth about whatever it names: a feature, plan, user, \
                  organization or override\nis as written there, and a field left out is empty. \
                  About what it does not name it says nothing:\nthat is kept, unless --prune is \
                  given, which deletes it within the parts that the file has\n(`features:`, \
                  `plans:` with their grants, `organizations:`, `users:`, `overrides:`), with all \
                  that\nhangs on it. Applying a file twice changes nothing the second time."
)]
pub struct ApplyArgs {
    /// The catalog file: JSON, YAML or TOML; `-` for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Delete what the file leaves out of the parts that it has
    #[arg(long)]
    prune: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Plans within the write, so that nothing comes between looking and doing.
pub fn run(context: &Context, args: ApplyArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let text = catalog_text(&args.file)?;
    let name = name_of(&args.file);
    let asks = args.prune && !args.write.yes && !args.write.dry_run;
    let deletes = asks && {
        let snapshot = context.store()?.snapshot()?;
        way_to_file(&*snapshot, &text, true)?.changes.deletes()
    };
    let destroys = deletes.then_some(Destroys {
        what: "what is not in",
        key: &name,
    });
    let request = Request {
        command: "apply",
        args: &args.write,
        destroys,
    };
    let mut kept = Kept::default();
    let write = carry_through(context, &request, &mut |snapshot| {
        let way = way_to_file(snapshot, &text, args.prune)?;
        // Somebody has come between, and now there is something to ask about.
        if asks && !deletes && way.changes.deletes() {
            bail!(Refusal::Stale("what is not in the file".to_owned()));
        }
        kept = way.kept;
        Ok(way.changes)
    })?;
    Ok(Box::new(KeepingReport { write, kept }))
}

/// Reads a catalog of ours.
///
/// # Errors
///
/// Exit 2 where it cannot be read, or is WorkOS's, whose features have no names and no plans.
pub fn catalog_text(path: &Path) -> Result<CatalogText> {
    let text = CatalogText::read(path)?;
    if text.is_payload() {
        let what = "this is a WorkOS configuration payload, and only a catalog can be applied";
        return Err(unreadable(path, what)
            .hint("`flags resolve --file` and `flags check --file` answer from a payload")
            .into());
    }
    Ok(text)
}
