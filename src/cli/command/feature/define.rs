//! `flags feature define`.

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::edit::Particulars;
use crate::cli::context::Context;
use crate::cli::write::{Request, WriteArgs, write};
use crate::domain::change::ChangeSet;
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::value::Kind;
use crate::store::Scope;
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
    let mut feature = Feature {
        enabled: !args.disabled,
        ..Feature::new(kind)
    };
    args.particulars.clone().put_into(&mut feature);
    let request = Request {
        command: "feature define",
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        if catalog.features.contains_key(&args.feature) {
            return Err(Refusal::FeatureExists(args.feature.clone()).into());
        }
        Ok(ChangeSet::new([
            catalog.set_feature(&args.feature, Some(feature.clone()))
        ]))
    })
}
