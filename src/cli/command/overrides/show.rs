//! `flags override show`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::HolderArgs;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question::unknown_feature;
use crate::domain::diff::override_words;
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, SubjectId};
use crate::domain::time::Time;
use crate::edit::known_subject;
use crate::store::{Entry, Scope};
use crate::told::{OverrideShown, OverrideTold};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags override show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    #[command(flatten)]
    holder: HolderArgs,
}

/// Shows the override, or refuses where there is none.
pub fn run(context: &Context, args: ShowArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    let scope = Scope::Features(std::slice::from_ref(&args.feature));
    if snapshot.catalog(scope)?.features.is_empty() {
        return Err(unknown_feature(&*snapshot, &args.feature)?.into());
    }
    let subject = args.holder.subject()?;
    known_subject(&*snapshot, &subject)?;
    let found = snapshot.overrides_of(&subject, scope)?.into_iter().next();
    let (feature, held) = found.ok_or_else(|| {
        let message = format!("{} has no override of {}", subject, args.feature);
        let option = match &subject {
            SubjectId::User(id) => format!("--user {id}"),
            SubjectId::Organization(id) => format!("--org {id}"),
        };
        let feature = &args.feature;
        Failure::refused("override_not_found", message).hint(format!(
            "`flags explain {feature} {option}` shows where the answer comes from"
        ))
    })?;
    let set = snapshot.entry(held.revision)?;
    let now = context.now()?;
    Ok(Box::new(ShowReport {
        subject,
        feature,
        held,
        set,
        now,
    }))
}

struct ShowReport {
    subject: SubjectId,
    feature: FeatureKey,
    held: Held,
    set: Option<Entry>,
    now: Time,
}

const FIELDS: &[&str] = &[
    "subject", "feature", "effect", "value", "standing", "reason", "starts", "expires", "revision",
    "set_by", "set_at",
];

impl Report for ShowReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let over = OverrideTold::new(&self.subject, &self.feature, &self.held, self.now);
        json!(OverrideShown::new(over, self.set.as_ref()))
    }

    fn page(&self) -> Page {
        let head = Line::new()
            .plain(format!("{}: ", self.subject))
            .key(self.feature.to_string());
        let standing = super::standing_in_words(self.held.over.standing(self.now));
        let what = format!(" {} [{standing}]", override_words(&self.held.over));
        let page = Page::new().line(head.plain(what));
        match &self.set {
            None => page,
            Some(entry) => {
                let line = Line::new()
                    .dim("set by ")
                    .plain(format!("{} ", entry.actor));
                page.line(line.time(entry.at.div_euclid(1000)))
            }
        }
    }
}
