//! The keys that `flags serve` signs Astapa's tokens with.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::cli::command::token::key_file::{self, Encoding};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::server::signing::{Loader, Signing, SigningError};
use crate::token::Family;
use crate::token::keys::{self, Key, NewKey, RsaSize};

/// What tokens are signed with, and in whose name.
#[derive(Debug, Args)]
pub struct SigningArgs {
    /// Sign Astapa's tokens with this RSA key: PEM or JWK, private. Given several times, the first
    /// signs and all are published, for Astapa's and WorkOS's clients [default: the profile's `key_file`, if it is one]
    #[arg(long = "signing-key", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// `iss` of these tokens [default: auth.astapa.com]
    #[arg(long, value_name = "ISSUER")]
    issuer: Option<String>,
}

impl SigningArgs {
    /// The keys. To try things out (`demo`) one is made, if none is named.
    pub fn signing(self, context: &Context, demo: bool) -> Result<Signing> {
        let load: Loader = match (self.files.as_slice(), of_profile(context)?) {
            ([], Some(file)) => from(vec![file]),
            ([], None) if demo => made()?,
            ([], None) => return Ok(Signing::none()),
            _ => from(self.files),
        };
        let signing = Signing::new(self.issuer, load);
        Ok(signing.map_err(|error| {
            let failure = match &error {
                // It was said of which file, and how it helps.
                SigningError::Unreadable(_) => Failure::usage("key", error.to_string()),
                _ => Failure::usage("key", format!("--signing-key: {error}")),
            };
            failure.hint("`flags token keys generate --type rsa --out FILE` makes a key")
        })?)
    }
}

/// The profile's key, if tokens can be signed with it: most are there to verify with.
fn of_profile(context: &Context) -> Result<Option<PathBuf>> {
    let Some(file) = context.token_settings()?.key_file else {
        return Ok(None);
    };
    let signs = |key: &Key| key.is_private() && key.family() == Family::Rsa;
    let set = key_file::read(&file, Encoding::Raw)?;
    let key = set.and_then(keys::KeySet::into_only);
    Ok(key.is_ok_and(|key| signs(&key)).then_some(file))
}

fn from(files: Vec<PathBuf>) -> Loader {
    Box::new(move || {
        let read = files.iter().map(|file| Ok(one(file)?));
        read.collect()
    })
}

fn one(file: &Path) -> Result<Key> {
    let unusable = |error| key_file::unusable(file, &error);
    let set = key_file::read(file, Encoding::Raw)?.map_err(unusable)?;
    Ok(set.into_only().map_err(unusable)?)
}

/// A key that is gone when the server is.
fn made() -> Result<Loader> {
    let key = Key::generate(NewKey::Rsa(RsaSize::Bits2048))?;
    let text = key.private_pem().unwrap_or_default();
    Ok(Box::new(move || {
        Ok(vec![keys::read(text.as_bytes())?.into_only()?])
    }))
}
