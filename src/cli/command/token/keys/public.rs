//! `flags token keys public`: the half of a key that may be given away.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::command::token::key_file::{self, Encoding};
use crate::ui::{Page, Report};

/// Print the public half of a key as PEM
#[derive(Debug, Args)]
pub struct PublicArgs {
    /// The key, private or public, in whichever form; - for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Prints it.
pub fn run(args: PublicArgs) -> Result<Box<dyn Report>> {
    let unusable = |error| key_file::unusable(&args.file, &error);
    let set = key_file::read(&args.file, Encoding::Raw)?.map_err(unusable)?;
    let key = set.into_only().map_err(unusable)?;
    Ok(Box::new(PublicReport {
        pem: key.public_pem().map_err(unusable)?,
        key_id: key.id_or_thumbprint().map_err(unusable)?,
    }))
}

struct PublicReport {
    pem: String,
    key_id: String,
}

impl Report for PublicReport {
    fn fields(&self) -> &'static [&'static str] {
        &["pem", "kid"]
    }

    fn document(&self) -> Value {
        json!({ "pem": self.pem, "kid": self.key_id })
    }

    fn page(&self) -> Page {
        Page::generated(self.pem.clone())
    }
}
