//! `flags feature edit`: everything about a feature but its key and type.

use anyhow::{Result, ensure};
use clap::{ArgGroup, Args};

use crate::cli::context::Context;
use crate::cli::write::{WriteArgs, write_edit};
use crate::domain::key::FeatureKey;
use crate::domain::text::{Description, Name, Tag};
use crate::edit::{AlterSet, Edit, EditFeature};
use crate::ui::Report;

/// Arguments of `flags feature edit`.
#[derive(Debug, Args)]
#[command(group(
    ArgGroup::new("altered")
        .required(true)
        .multiple(true)
        .args(["name", "description", "tags", "owner", "untags"])
))]
pub struct EditArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    #[command(flatten)]
    particulars: Particulars,
    /// Take a tag away (repeatable)
    #[arg(long = "untag", value_name = "TAG")]
    untags: Vec<Tag>,
    #[command(flatten)]
    write: WriteArgs,
}

/// What people need to know about a feature.
#[derive(Debug, Clone, Args)]
pub struct Particulars {
    /// What people call it ('' for none)
    #[arg(long, value_name = "TEXT")]
    pub name: Option<Name>,
    /// What it does ('' for none)
    #[arg(long, value_name = "TEXT")]
    pub description: Option<Description>,
    /// A label to find it by (repeatable)
    #[arg(long = "tag", value_name = "TAG", value_parser = some_tag)]
    pub tags: Vec<Tag>,
    /// Who answers for it ('' for nobody)
    #[arg(long, value_name = "TEXT")]
    pub owner: Option<Name>,
}

/// Nothing is found by an empty label.
fn some_tag(text: &str) -> Result<Tag> {
    ensure!(!text.trim().is_empty(), "a tag cannot be empty");
    Ok(text.parse()?)
}

/// Alters the feature.
pub fn run(context: &Context, args: EditArgs) -> Result<Box<dyn Report>> {
    let particulars = args.particulars;
    let edit = Edit::EditFeature(EditFeature {
        name: particulars.name.into(),
        description: particulars.description.into(),
        tags: AlterSet::some(particulars.tags, args.untags),
        owner: particulars.owner.into(),
        ..EditFeature::new(args.feature)
    });
    write_edit(context, &args.write, None, &edit)
}
