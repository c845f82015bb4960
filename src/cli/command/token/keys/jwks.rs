//! `flags token keys jwks`: what a service publishes so that others can verify its tokens.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::command::token::key_file::{self, Encoding};
use crate::cli::failure::Failure;
use crate::ui::{Page, Report};

/// Print the public halves of keys as a JWKS, to be published
#[derive(Debug, Args)]
pub struct JwksArgs {
    /// The keys, private or public, in whichever form
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Prints them.
pub fn run(args: JwksArgs) -> Result<Box<dyn Report>> {
    let mut keys: Vec<Value> = Vec::new();
    for file in &args.files {
        let unusable = |error| key_file::unusable(file, &error);
        let set = key_file::read(file, Encoding::Raw)?.map_err(unusable)?;
        for key in set.keys() {
            let jwk = key.public_jwk().map_err(unusable)?;
            if keys.iter().any(|other| other["kid"] == jwk["kid"]) {
                let message = format!("{}: another key has the same id (kid)", file.display());
                return Err(Failure::usage("key", message).into());
            }
            keys.push(jwk);
        }
    }
    Ok(Box::new(JwksReport { keys }))
}

struct JwksReport {
    keys: Vec<Value>,
}

impl Report for JwksReport {
    fn fields(&self) -> &'static [&'static str] {
        &["keys"]
    }

    fn document(&self) -> Value {
        json!({ "keys": self.keys })
    }

    fn page(&self) -> Page {
        Page::document(&self.document())
    }
}
