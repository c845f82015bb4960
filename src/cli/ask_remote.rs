//! Our answers held against the server's own: `--ask-remote`.
//!
//! A server such as WorkOS answers by itself too, and hands the same rules out for our resolver. The
//! two are made in different places, and an assertion is worth most where they agree. Where they do
//! not, nobody can tell which is right: that is an error, and neither a yes nor a no.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::question::{Asked, QuestionArgs};
use crate::domain::key::FeatureKey;
use crate::domain::resolve::Resolver;
use crate::domain::subject::SubjectId;
use crate::store::{Question, Scope};

/// Whether the server's own answers are asked for.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct AskRemoteArgs {
    /// Ask the server for its own list of what the subject gets, too, and fail unless it agrees
    /// (WorkOS; a user's list counts all its organizations, and no list counts custom targets)
    #[arg(long, conflicts_with_all = ["at", "file", "plan"])]
    ask_remote: bool,
}

/// One answer that the two sides give differently.
struct Disagreement {
    feature: FeatureKey,
    subject: SubjectId,
    ours: bool,
}

impl AskRemoteArgs {
    /// Compares the answers for these features, or for all, if that was asked for.
    ///
    /// # Errors
    ///
    /// Exit 5 where the server says something else, or cannot be asked.
    pub fn check(
        self,
        context: &Context,
        question: &QuestionArgs,
        asked: &Asked<'_>,
        features: Option<&[FeatureKey]>,
    ) -> Result<()> {
        if !self.ask_remote {
            return Ok(());
        }
        let resolver = Resolver::new(&asked.catalog);
        let wanted = |key: &FeatureKey| features.is_none_or(|keys| keys.contains(key));
        let store = context.store()?;
        let mut disagreements = Vec::new();
        for (subject, question) in questions(question) {
            let given: BTreeSet<String> = store.given(&subject)?;
            let subjects = store.capabilities().subjects;
            let record = subjects.gather(asked.facts, &asked.catalog, Scope::All, &question)?;
            let bound = resolver.bind(&record);
            for slot in resolver.slots() {
                let feature = resolver.key(slot);
                let ours = resolver.decide(&bound, slot, asked.at).answer.is_some();
                if wanted(feature) && ours != given.contains(feature.as_str()) {
                    disagreements.push(Disagreement {
                        feature: feature.clone(),
                        subject: subject.clone(),
                        ours,
                    });
                }
            }
        }
        match disagreements.is_empty() {
            true => context.remark("the server's own list says the same"),
            false => Err(failure(&disagreements).into()),
        }
    }
}

/// What both sides can be asked: without custom targets, which no list of the server counts.
fn questions(question: &QuestionArgs) -> Vec<(SubjectId, Question)> {
    let (targets, within) = (Vec::new(), question.org.clone());
    let user = question.user.clone().map(|id| {
        let asked = Question::User {
            id: id.clone(),
            within,
            targets: targets.clone(),
        };
        (SubjectId::User(id), asked)
    });
    let organization = question.org.clone().map(|id| {
        let asked = Question::Organization {
            id: id.clone(),
            targets: targets.clone(),
        };
        (SubjectId::Organization(id), asked)
    });
    user.into_iter().chain(organization).collect()
}

fn failure(disagreements: &[Disagreement]) -> Failure {
    let word = |on| if on { "on" } else { "off" };
    let told = disagreements.iter().map(|found| {
        let (ours, theirs) = (word(found.ours), word(!found.ours));
        format!(
            "{} is {ours} for {} by the rules, and {theirs} by the server's own list",
            found.feature, found.subject
        )
    });
    let failure = Failure {
        exit: Exit::Remote,
        code: "remote_disagrees",
        message: told.collect::<Vec<_>>().join("; "),
        hints: Vec::new(),
    };
    let of_user = |found: &Disagreement| matches!(found.subject, SubjectId::User(_)) && !found.ours;
    let counts_more = disagreements.iter().any(of_user).then(|| {
        "a user's list counts every organization it belongs to, and the rules only the one that \
         --org names: name each with --org alone to find which gives it"
            .to_owned()
    });
    failure.maybe_hint(counts_more).hint(
        "a change takes a moment to arrive everywhere: ask again; `flags explain` shows our side",
    )
}
