//! `flags feature edit`: everything about a feature but its key and type.

use anyhow::{Result, ensure};
use clap::{ArgGroup, Args};

use crate::cli::context::Context;
use crate::cli::question::unknown_feature;
use crate::cli::write::{Request, WriteArgs, write};
use crate::domain::change::ChangeSet;
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::text::{Description, Name, Tag};
use crate::store::Scope;
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
    name: Option<Name>,
    /// What it does ('' for none)
    #[arg(long, value_name = "TEXT")]
    description: Option<Description>,
    /// A label to find it by (repeatable)
    #[arg(long = "tag", value_name = "TAG", value_parser = some_tag)]
    tags: Vec<Tag>,
    /// Who answers for it ('' for nobody)
    #[arg(long, value_name = "TEXT")]
    owner: Option<Name>,
}

/// Nothing is found by an empty label.
fn some_tag(text: &str) -> Result<Tag> {
    ensure!(!text.trim().is_empty(), "a tag cannot be empty");
    Ok(text.parse()?)
}

impl Particulars {
    /// Puts what was given into the feature and leaves the rest.
    pub fn put_into(self, feature: &mut Feature) {
        replace(&mut feature.name, self.name, |text| text.is_empty());
        replace(&mut feature.description, self.description, |text| {
            text.is_empty()
        });
        replace(&mut feature.owner, self.owner, |text| text.is_empty());
        feature.tags.extend(self.tags);
    }
}

/// Puts a given value in place; an empty one takes the old away.
pub fn replace<T>(slot: &mut Option<T>, given: Option<T>, is_empty: impl Fn(&T) -> bool) {
    if let Some(value) = given {
        *slot = Some(value).filter(|value| !is_empty(value));
    }
}

/// Alters the feature.
pub fn run(context: &Context, args: EditArgs) -> Result<Box<dyn Report>> {
    let request = Request {
        command: "feature edit",
        args: &args.write,
        destroys: None,
    };
    write(context, &request, &mut |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let Some(entry) = catalog.features.get(&args.feature) else {
            return Err(unknown_feature(snapshot, &args.feature)?.into());
        };
        let mut feature = entry.feature.clone();
        args.particulars.clone().put_into(&mut feature);
        feature.tags.retain(|tag| !args.untags.contains(tag));
        Ok(ChangeSet::new([
            catalog.set_feature(&args.feature, Some(feature))
        ]))
    })
}
