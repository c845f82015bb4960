//! The keys of a verification: from a file, from an address, or from where an issuer says.
//!
//! Keys at an address change. A token whose `kid` the copy does not have makes the copy be fetched
//! once more, and only then is the token refused.

use std::error::Error;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;

use super::key_file::{self, Encoding};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::config::{self, TokenSettings};
use crate::remote::discovery::{self, IssuerUrl};
use crate::remote::{Address, Client, Documents, Limits, Refreshed, jwks};
use crate::token::keys::{KeyError, KeySet};
use crate::token::{Detail, Examination};

/// Which keys a signature is checked with.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Key")]
pub struct KeyArgs {
    /// A key: PEM, certificate, JWK, JWKS, OpenSSH public key or shared secret; - for stdin
    #[arg(long, value_name = "FILE", group = "keys")]
    key_file: Option<PathBuf>,
    /// The JWKS at this address (https; kept as long as its server allows)
    #[arg(long, value_name = "URL", group = "keys")]
    key_url: Option<Address>,
    /// The keys that this issuer names by OpenID discovery; `iss` must be this issuer
    #[arg(long, value_name = "URL", group = "keys")]
    issuer_url: Option<IssuerUrl>,
    /// How a shared secret is written in its file
    #[arg(long, value_enum, value_name = "ENCODING", default_value = "raw")]
    key_encoding: Encoding,
    /// Trust these CA certificates too (PEM), when keys are fetched
    #[arg(long, value_name = "FILE")]
    ca_bundle: Option<PathBuf>,
}

/// Where keys are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    File(PathBuf),
    Address(Address),
    Issuer(IssuerUrl),
}

/// Keys at hand, and how to get newer ones.
pub struct Keys {
    /// The keys; a key that cannot be used makes no token genuine.
    pub set: Result<KeySet, KeyError>,
    /// The issuer that said where they are.
    pub issuer: Option<String>,
    remote: Option<Remote>,
}

struct Remote {
    documents: Documents,
    address: Address,
}

impl KeyArgs {
    /// Whether keys were named.
    pub fn is_given(&self) -> bool {
        self.key_file.is_some() || self.key_url.is_some() || self.issuer_url.is_some()
    }

    /// Reads or fetches the keys.
    ///
    /// # Errors
    /// Exit 2 when none are named or the file cannot be read, 5 when they cannot be fetched.
    pub fn keys(&self, context: &Context, settings: &TokenSettings) -> Result<Keys> {
        let place = match self.place() {
            Some(place) => place,
            None => place_of(settings)?.ok_or_else(no_key)?,
        };
        let now = Timestamp::from_second(context.now()?.unix())?;
        match place {
            Place::File(file) => Ok(Keys {
                set: key_file::read(&file, self.key_encoding)?,
                issuer: None,
                remote: None,
            }),
            Place::Address(address) => self.fetch(context, address, None, now),
            Place::Issuer(url) => {
                let issuer = discovery::find(&self.documents(), &url, now)?;
                self.fetch(context, issuer.keys, Some(issuer.name), now)
            }
        }
    }

    fn place(&self) -> Option<Place> {
        let file = self.key_file.clone().map(Place::File);
        let address = self.key_url.clone().map(Place::Address);
        let issuer = self.issuer_url.clone().map(Place::Issuer);
        file.or(address).or(issuer)
    }

    fn documents(&self) -> Documents {
        let client = Client::new(self.ca_bundle.clone(), Limits::default());
        Documents::new(client, config::cache_directory())
    }

    fn fetch(
        &self,
        context: &Context,
        address: Address,
        issuer: Option<String>,
        now: Timestamp,
    ) -> Result<Keys> {
        let documents = self.documents();
        let document = jwks::get(&documents, &address, now)?;
        if let Some(fault) = documents.warning() {
            context.warn(&fault.to_string())?;
        }
        Ok(Keys {
            set: KeySet::of_jwks(document.text.as_bytes()),
            issuer,
            remote: Some(Remote { documents, address }),
        })
    }
}

/// Where a profile says that the keys are.
fn place_of(settings: &TokenSettings) -> Result<Option<Place>> {
    let wrong = |error: &dyn Error| {
        let message = format!("the profile's keys: {error}");
        Failure::usage("configuration", message)
    };
    Ok(
        match (&settings.key_file, &settings.key_url, &settings.issuer_url) {
            (Some(file), _, _) => Some(Place::File(file.clone())),
            (_, Some(url), _) => Some(Place::Address(url.parse().map_err(|error| wrong(&error))?)),
            (_, _, Some(url)) => Some(Place::Issuer(url.parse().map_err(|error| wrong(&error))?)),
            (None, None, None) => None,
        },
    )
}

fn no_key() -> Failure {
    Failure::usage(
        "no_key",
        "no key: nothing can be said about a token's signature without one",
    )
    .hint("--key-file FILE takes a PEM key, a certificate, a JWK or JWKS, or a shared secret")
    .hint("--key-url URL and --issuer-url URL fetch the keys that an issuer publishes")
    .hint("a profile can name them: see `token` in the README's configuration part")
    .hint("`flags token decode` and `flags token inspect` need no key, and prove nothing")
}

impl Keys {
    /// Whether newer keys may make a refused token genuine: it names one that is not at hand, and
    /// the keys are from an address that has not been asked again yet.
    pub fn could_help(&self, refused: &Examination) -> bool {
        let unknown = Detail::Key(KeyError::UnknownId);
        self.remote.is_some()
            && refused
                .failure()
                .is_some_and(|check| check.detail == unknown)
    }

    /// Fetches the keys once more. Where somebody did so a moment ago, what they got is at hand
    /// already.
    ///
    /// # Errors
    /// Exit 5 when they cannot be fetched.
    pub fn renew(&mut self, now: Timestamp) -> Result<()> {
        if let Some(remote) = self.remote.take()
            && let Refreshed::Document(document) =
                jwks::refresh(&remote.documents, &remote.address, now)?
        {
            self.set = KeySet::of_jwks(document.text.as_bytes());
        }
        Ok(())
    }
}
