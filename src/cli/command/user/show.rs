//! `flags user show`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::domain::diff::override_words;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Held, SubjectId, User};
use crate::domain::target::Id;
use crate::store::Scope;
use crate::told::UserShown;
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags user show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The user
    #[arg(value_name = "USER")]
    user: Id,
}

/// Shows the user.
pub fn run(context: &Context, args: ShowArgs) -> Result<Box<dyn Report>> {
    let snapshot = context.store()?.snapshot()?;
    let subject = SubjectId::User(args.user.clone());
    let user = snapshot.user(&args.user)?;
    let user = user.ok_or_else(|| Refusal::UnknownSubject(subject.clone()))?;
    let overrides = snapshot.overrides_of(&subject, Scope::All)?;
    Ok(Box::new(ShowReport {
        id: args.user,
        user,
        overrides,
    }))
}

struct ShowReport {
    id: Id,
    user: User,
    overrides: Vec<(FeatureKey, Held)>,
}

impl Report for ShowReport {
    fn fields(&self) -> &'static [&'static str] {
        &[
            "id",
            "email",
            "plan",
            "organizations",
            "targets",
            "overrides",
        ]
    }

    fn document(&self) -> Value {
        json!(UserShown::new(&self.id, &self.user, &self.overrides))
    }

    fn page(&self) -> Page {
        let joined = |words: Vec<String>| words.join(", ");
        let user = &self.user;
        let facts = [
            (
                "e-mail",
                user.email.as_deref().unwrap_or_default().to_owned(),
            ),
            (
                "plan",
                user.plan
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            ),
            (
                "organizations",
                joined(user.organizations.iter().map(ToString::to_string).collect()),
            ),
            (
                "targets",
                joined(user.targets.iter().map(ToString::to_string).collect()),
            ),
        ];
        let mut table = Table::new([]);
        for (name, fact) in facts.into_iter().filter(|(_, fact)| !fact.is_empty()) {
            table.push([Line::new().dim(name), Line::from(fact)]);
        }
        let page = Page::new()
            .heading(format!("user {}", self.id))
            .table(table);
        overrides_table(page, &self.overrides)
    }
}

/// A subject's overrides for people.
pub fn overrides_table(page: Page, overrides: &[(FeatureKey, Held)]) -> Page {
    if overrides.is_empty() {
        return page.line(Line::new().dim("no overrides"));
    }
    let mut table = Table::new(["feature", "override"]);
    for (feature, held) in overrides {
        let words = Line::from(override_words(&held.over));
        table.push([Line::new().key(feature.to_string()), words]);
    }
    page.blank().table(table)
}
