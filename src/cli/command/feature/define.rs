//! `flags feature define`.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::edit::Particulars;
use crate::cli::context::Context;
use crate::cli::write::{WriteArgs, write_edit};
use crate::domain::key::FeatureKey;
use crate::domain::value::Kind;
use crate::edit::{DefineFeature, Edit};
use crate::ui::Report;

/// Arguments of `flags feature define`.
#[derive(Debug, Args)]
pub struct DefineArgs {
    /// The key: 1 to 64 of a-z, 0-9, - and _
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    /// What values it has
    #[arg(long = "type", value_enum, default_value_t = Type::Boolean)]
    kind: Type,
    /// Define it with the kill switch thrown
    #[arg(long)]
    disabled: bool,
    #[command(flatten)]
    particulars: Particulars,
    #[command(flatten)]
    write: WriteArgs,
}

/// A kind of feature, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Type {
    /// On or off
    Boolean,
    /// A number
    Limit,
}

/// Defines the feature.
pub fn run(context: &Context, args: DefineArgs) -> Result<Box<dyn Report>> {
    let kind = match args.kind {
        Type::Boolean => Kind::Boolean,
        Type::Limit => Kind::Limit,
    };
    let particulars = args.particulars;
    let edit = Edit::DefineFeature(DefineFeature {
        enabled: !args.disabled,
        name: particulars.name,
        description: particulars.description,
        tags: particulars.tags.into_iter().collect(),
        owner: particulars.owner,
        ..DefineFeature::new(args.feature, kind)
    });
    write_edit(context, &args.write, None, &edit)
}
