//! The options that say what must hold of a token beyond its signature.

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;

use super::key_source::Keys;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::config::TokenSettings;
use crate::domain::time::Time;
use crate::token::{Algorithm, Policy};

/// What must hold.
#[derive(Debug, Default, Args)]
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
    /// Seconds that clocks may differ by [default: 0]
    #[arg(long, value_name = "SECONDS")]
    leeway: Option<u64>,
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
    /// Judge as of this moment: seconds since 1970, or RFC 3339
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    now: Option<String>,
}

/// Reads the name of an algorithm.
///
/// # Errors
/// Words that list the names there are.
pub fn algorithm(name: &str) -> Result<Algorithm, String> {
    Algorithm::named(name).ok_or_else(|| {
        let names: Vec<_> = Algorithm::ALL.iter().map(|each| each.name()).collect();
        format!("not an algorithm; there are {}", names.join(", "))
    })
}

impl PolicyArgs {
    /// What is asked of the token.
    /// An issuer that said where its keys are answers for its own tokens only.
    pub fn policy(&self, keys: &Keys, settings: &TokenSettings) -> Policy {
        let or = |given: &[String], settings: &[String]| match given {
            [] => settings.to_vec(),
            given => given.to_vec(),
        };
        let mut issuers = or(&self.issuer, &settings.issuer);
        if issuers.is_empty() {
            issuers.extend(keys.issuer.clone());
        }
        let mut required = self.require.clone();
        required.extend(settings.require.iter().cloned());
        let audiences = match self.any_audience {
            true => Vec::new(),
            false => or(&self.audience, &settings.audience),
        };
        Policy {
            algorithms: self.alg.clone(),
            issuers,
            subjects: self.subject.clone(),
            token_ids: self.jti.clone(),
            types: self.typ.clone(),
            audiences,
            any_audience: self.any_audience,
            leeway: self.leeway.or(settings.leeway).unwrap_or(0),
            max_age: self.max_age,
            required,
            ignored: self.ignore.clone(),
            allow_weak_key: self.allow_weak_key,
            signature_only: false,
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
