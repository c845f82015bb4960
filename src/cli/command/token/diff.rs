//! `flags token diff`: a token against what its subject is entitled to, when it was issued and
//! now.
//!
//! It answers "why does the user not see the feature?" as far as the token is to blame: the token
//! is older than the change, it is for another organization or from another environment, or it
//! says what the store says, and then the store is where to look.

mod fresh;
mod remarks;
mod report;
mod row;
mod sides;
mod steps;
mod subject;
mod words;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::source::{Handed, TokenSource};
use crate::cli::command::user::custom_only;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question::unknown_feature;
use crate::config::{Kind, TokenSettings};
use crate::domain::key::FeatureKey;
use crate::domain::target::{Id, Target};
use crate::store::{Scope, Snapshot, Store};
use crate::ui::Report;

use fresh::FreshArgs;
use report::DiffReport;
use sides::{Now, Then};
use subject::Who;

/// Arguments of `flags token diff`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 the token says what the store says; 1 it does not; anything else: \
                  it could not be told.\nNobody checks the token's signature here."
)]
pub struct DiffArgs {
    /// The token, or - for stdin (the default when stdin is not a terminal); as an argument it
    /// stays in the shell's history
    #[arg(value_name = "TOKEN", conflicts_with = "token_file")]
    token: Option<String>,
    /// Read the token from this file
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// The user, if not the token's `sub`
    #[arg(long, short, value_name = "ID")]
    user: Option<Id>,
    /// The organization, if not the token's `org_id`
    #[arg(long, short, value_name = "ID")]
    org: Option<Id>,
    /// A custom target that comes with the question, such as workspace:ws_1 (repeatable)
    #[arg(long = "target", value_name = "TYPE:ID")]
    targets: Vec<Target>,
    /// Only this feature (repeatable)
    #[arg(long = "feature", short, value_name = "FEATURE")]
    features: Vec<FeatureKey>,
    /// Compare with a file (- for stdin) instead of the store: an exported catalog, or WorkOS's
    /// configuration payload; neither has a history
    #[arg(
        long,
        visible_alias = "catalog",
        value_name = "FILE",
        conflicts_with = "store"
    )]
    file: Option<PathBuf>,
    #[command(flatten)]
    fresh: FreshArgs,
}

/// Compares. The store is opened only after the token could be read.
pub fn run(context: &Context, args: DiffArgs) -> Result<Box<dyn Report>> {
    let handed = args.take(context)?;
    let decoded = handed.decode(context, &handed.text)?;
    let (said, times) = (decoded.statement(), decoded.times());
    custom_only(&args.targets)?;
    let mut who = Who::new(&args, &said, args.issuers(context)?)?;
    if args.file.is_none()
        && let Some(remote) = context.place()?.remote()
        && remote.kind == Kind::Astapa
    {
        return fresh::run(context, &args, &who, &said, &times);
    }
    args.fresh.refuse_elsewhere()?;
    let file = args.file.as_deref();
    let file = file.map(|path| who.question.read_store(context, path));
    let file = file.transpose()?;
    let store: &dyn Store = match &file {
        Some(store) => store,
        None => context.store()?,
    };
    who.subjects = store.capabilities().subjects;
    let snapshot = store.snapshot()?;
    known(&*snapshot, &args.features)?;
    let then = Then::read(&*snapshot, &who, &times)?;
    let now = Now::read(&*snapshot, &who, &then, context.now()?)?;
    let report = DiffReport::new(&who, &said, &times, &then, &now)?;
    Ok(Box::new(report.only(&args.features)))
}

fn known(snapshot: &dyn Snapshot, features: &[FeatureKey]) -> Result<()> {
    let catalog = snapshot.catalog(Scope::Features(features))?;
    let unknown = |feature: &&FeatureKey| !catalog.features.contains_key(*feature);
    match features.iter().find(unknown) {
        None => Ok(()),
        Some(feature) => Err(unknown_feature(snapshot, feature)?.into()),
    }
}

impl DiffArgs {
    /// Those who issue the tokens of the profile that names the store, if it says.
    fn issuers(&self, context: &Context) -> Result<Vec<String>> {
        if self.file.is_some() || context.place()?.profile.is_none() {
            return Ok(Vec::new());
        }
        let TokenSettings {
            issuer, issuer_url, ..
        } = context.token_settings()?;
        Ok(issuer.into_iter().chain(issuer_url).collect())
    }

    fn take(&self, context: &Context) -> Result<Handed> {
        let source = TokenSource::new(self.token.clone(), self.token_file.clone());
        if source.is_stdin() && self.file.as_deref() == Some(Path::new("-")) {
            let both = "the token and the catalog cannot both come from stdin: put one in a file";
            return Err(Failure::usage("usage", both).into());
        }
        if source.is_stdin() && self.fresh.is_stdin() {
            let both =
                "the token and the refresh token cannot both come from stdin: put one in a file";
            return Err(Failure::usage("usage", both).into());
        }
        let none = self.token.is_none() && self.token_file.is_none();
        if none && context.terminal.input_is_terminal() {
            let message = "no token: give it on stdin, with --token-file, or as an argument";
            return Err(Failure::usage("usage", message).into());
        }
        source.take(context)
    }
}
