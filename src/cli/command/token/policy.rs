//! The options that say how a token is to be proven: with which keys, and what else must hold.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;

use super::key_file::{self, Encoding};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::domain::time::Time;
use crate::token::keys::{KeyError, KeySet};
use crate::token::{Algorithm, Policy};

/// Which keys a signature is checked with.
#[derive(Debug, Args)]
#[group(id = "keys", multiple = false)]
pub struct KeyArgs {
    /// A key: PEM, certificate, JWK, JWKS, OpenSSH public key or shared secret; - for stdin
    #[arg(long, value_name = "FILE", help_heading = "Key")]
    key_file: Option<PathBuf>,
}

/// What must hold.
#[derive(Debug, Args)]
#[command(next_help_heading = "What must hold")]
pub struct PolicyArgs {
    /// Take only this algorithm; may be repeated
    #[arg(long, value_name = "ALG", value_parser = algorithm)]
    alg: Vec<Algorithm>,
    /// `iss` must be this; may be repeated
    #[arg(long, value_name = "ISSUER")]
    issuer: Vec<String>,
    /// `sub` must be this; may be repeated
    #[arg(long, value_name = "SUBJECT")]
    subject: Vec<String>,
    /// `jti` must be this; may be repeated
    #[arg(long, value_name = "ID")]
    jti: Vec<String>,
    /// The header's `typ` must be this media type; may be repeated
    #[arg(long, value_name = "TYPE")]
    typ: Vec<String>,
    /// `aud` must name this; may be repeated
    #[arg(long, value_name = "AUDIENCE")]
    audience: Vec<String>,
    /// Take a token for any audience
    #[arg(long, conflicts_with = "audience")]
    any_audience: bool,
    /// Seconds that clocks may differ by
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    leeway: u64,
    /// The token's greatest age, by its `iat`, in seconds
    #[arg(long, value_name = "SECONDS")]
    max_age: Option<u64>,
    /// This claim must be there; may be repeated
    #[arg(long, value_name = "CLAIM")]
    require: Vec<String>,
    /// Do not look at this claim; may be repeated
    #[arg(long, value_name = "CLAIM", value_parser = clap::builder::PossibleValuesParser::new(Policy::IGNORABLE))]
    ignore: Vec<String>,
    /// Take a shared secret that is shorter than the algorithm's hash
    #[arg(long)]
    allow_weak_key: bool,
    /// Check the form and signature only: the payload need not be claims
    #[arg(long)]
    jws: bool,
    /// Judge as of this moment: seconds since 1970, or RFC 3339
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    now: Option<String>,
}

pub fn algorithm(name: &str) -> Result<Algorithm, String> {
    Algorithm::named(name).ok_or_else(|| {
        let names: Vec<_> = Algorithm::ALL.iter().map(|each| each.name()).collect();
        format!("not an algorithm; there are {}", names.join(", "))
    })
}

impl KeyArgs {
    /// The keys. A key that cannot be used is no error of the command: no token is genuine by it.
    ///
    /// # Errors
    /// Exit 2 when none is named or the file cannot be read.
    pub fn read(&self, encoding: Encoding) -> Result<Result<KeySet, KeyError>> {
        let Some(file) = &self.key_file else {
            return Err(no_key().into());
        };
        key_file::read(file, encoding)
    }
}

fn no_key() -> Failure {
    Failure::usage(
        "no_key",
        "no key: nothing can be said about a token's signature without one",
    )
    .hint("--key-file FILE takes a PEM key, a certificate, a JWK or JWKS, or a shared secret")
    .hint("`flags token decode` and `flags token inspect` need no key, and prove nothing")
}

impl PolicyArgs {
    /// What is asked of the token.
    pub fn policy(&self) -> Policy {
        Policy {
            algorithms: self.alg.clone(),
            issuers: self.issuer.clone(),
            subjects: self.subject.clone(),
            token_ids: self.jti.clone(),
            types: self.typ.clone(),
            audiences: self.audience.clone(),
            any_audience: self.any_audience,
            leeway: self.leeway,
            max_age: self.max_age,
            required: self.require.clone(),
            ignored: self.ignore.clone(),
            allow_weak_key: self.allow_weak_key,
            signature_only: self.jws,
        }
    }

    /// The moment that counts.
    ///
    /// # Errors
    /// Exit 2 for what is no moment.
    pub fn now(&self, context: &Context) -> Result<Timestamp> {
        let Some(text) = &self.now else {
            return Ok(Timestamp::from_second(context.now()?.unix())?);
        };
        let seconds = match text.parse::<i64>() {
            Ok(seconds) => seconds,
            Err(_) => text.parse::<Time>()?.unix(),
        };
        Timestamp::from_second(seconds).map_err(|_| {
            let message = format!("--now {text}: outside the years -9999 to 9999");
            Failure::usage("clock", message).into()
        })
    }
}
