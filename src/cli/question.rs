//! Questions about one subject: who, when, and from where.

mod unknown;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{ArgGroup, Args};
use serde_json::{Value, json};

use crate::domain::catalog::{Catalog, Revision};
use crate::domain::document::Document;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{Decision, LayerKind};
use crate::domain::subject::{Organization, SubjectRecord, User};
use crate::domain::target::{Id, Target};
use crate::domain::time::Time;
use crate::domain::value::Answer;
use crate::store::memory::MemoryStore;
use crate::store::{Basis, Facts, Past, Question, Scope, Snapshot, Store, StoreError, gather};
use crate::told::SubjectTold;

use super::as_of::{AsOf, Point};
use super::catalog_file::{self, CatalogFile};
use super::command::user::custom_only;
use super::context::Context;
use super::failure::{Failure, classify};
pub use unknown::{did_you_mean, unknown_feature};
use unknown::{lacks_all, nearest_plan, of_the_past, unknown_among};

/// Who is asked about, at which moment, and where the answer comes from.
#[derive(Debug, Clone, Args)]
#[command(group(ArgGroup::new("who").required(true).multiple(true).args(["user", "org", "plan"])))]
pub struct QuestionArgs {
    /// The user
    #[arg(long, short, value_name = "ID")]
    pub user: Option<Id>,
    /// The organization; with --user, the only one of the user's that counts
    #[arg(long, short, value_name = "ID")]
    pub org: Option<Id>,
    /// Instead of a subject: anybody who is on this plan
    #[arg(long, short, value_name = "PLAN", conflicts_with_all = ["user", "org"])]
    pub plan: Option<PlanKey>,
    /// A custom target that comes with the question, such as workspace:ws_1 (repeatable)
    #[arg(long = "target", value_name = "TYPE:ID")]
    pub targets: Vec<Target>,
    /// Another moment (RFC 3339, a date, or a span from now such as -3d or 14d), or a revision (r17):
    /// what was past is answered from the history, what is to come from what is there now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<AsOf>,
    /// Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS's
    /// configuration payload; it has no history, so --at only moves the clock
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    pub file: Option<PathBuf>,
}

/// All that is needed to answer.
pub struct Asked<'s> {
    /// The store as it is now, which also knows who made each revision.
    pub snapshot: &'s dyn Snapshot,
    /// What is known about subjects, as of the moment asked about.
    pub facts: &'s dyn Facts,
    /// The revision that answers.
    pub revision: Revision,
    /// Whether later revisions were left out of account.
    pub past: bool,
    /// The definitions: at least those in scope.
    pub catalog: Catalog,
    /// The subject.
    pub record: SubjectRecord,
    /// The moment asked about.
    pub at: Time,
    /// Who says so, where it is not our own resolver: then nobody knows by which layer, nor what
    /// kind a feature is that is off.
    pub by: Option<&'static str>,
}

impl Asked<'_> {
    /// The layer that decided, if anybody knows.
    pub fn layer(&self, decision: Decision) -> Option<LayerKind> {
        self.by.is_none().then_some(decision.winner)
    }

    /// Whether the kind of the feature that has this answer is known.
    pub fn knows_kind(&self, answer: Answer) -> bool {
        self.by.is_none() || answer.is_some()
    }
}

/// Whether the past has to tell which revision set what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    Wanted,
    Spared,
}

impl QuestionArgs {
    /// Collects what is needed to answer, and answers.
    pub fn ask<R>(
        &self,
        context: &Context,
        features: Option<&[FeatureKey]>,
        answer: impl FnOnce(&Asked<'_>) -> Result<R>,
    ) -> Result<R> {
        self.ask_of(context, features, Marks::Spared, answer)
    }

    /// The same with what is asked about marked with the revision that set it, which takes a look
    /// farther back where the past answers.
    pub fn ask_marked<R>(
        &self,
        context: &Context,
        features: Option<&[FeatureKey]>,
        answer: impl FnOnce(&Asked<'_>) -> Result<R>,
    ) -> Result<R> {
        self.ask_of(context, features, Marks::Wanted, answer)
    }

    fn ask_of<R>(
        &self,
        context: &Context,
        features: Option<&[FeatureKey]>,
        marks: Marks,
        answer: impl FnOnce(&Asked<'_>) -> Result<R>,
    ) -> Result<R> {
        let file = self.file.as_deref();
        let file = file
            .map(|path| self.read_store(context, path))
            .transpose()?;
        let store: &dyn Store = match &file {
            Some(store) => store,
            None => context.store()?,
        };
        let capabilities = store.capabilities();
        if capabilities.blind && marks == Marks::Wanted {
            return Err(not_explained(capabilities.kind).into());
        }
        let by = capabilities.blind.then_some(capabilities.kind);
        let snapshot = store.snapshot()?;
        let scope = features.map_or(Scope::All, Scope::Features);
        let Point { past, at } = self.point(context, &*snapshot)?;
        let Some(revision) = past else {
            let Basis {
                revision,
                catalog,
                record,
            } = snapshot
                .basis(scope, &self.question()?)
                .map_err(|error| match by {
                    Some(kind) => without_our_hints(error.into(), kind),
                    None => error.into(),
                })?;
            let all = || Ok(snapshot.catalog(Scope::All)?);
            let record = self
                .known(&catalog, features, all)
                .and_then(|()| Ok(record?))
                .map_err(|error| match by {
                    Some(kind) => without_our_hints(error, kind),
                    None => self.explain_unknown(&*snapshot, error),
                })?;
            return answer(&Asked {
                by,
                snapshot: &*snapshot,
                facts: &*snapshot,
                revision,
                past: false,
                catalog,
                record,
                at,
            });
        };
        let past = match marks {
            Marks::Wanted => Past::of(&*snapshot, revision)?.with_revisions()?,
            Marks::Spared => Past::of(&*snapshot, revision)?,
        };
        let record = self
            .known(past.catalog(), features, || Ok(past.catalog().clone()))
            .and_then(|()| self.record(&past, past.catalog(), scope))
            .map_err(|error| of_the_past(error, revision, at))?;
        answer(&Asked {
            by: None,
            snapshot: &*snapshot,
            facts: &past,
            revision,
            past: true,
            catalog: past.catalog().clone(),
            record,
            at,
        })
    }

    /// When the question is asked. A file has no history.
    pub fn point(&self, context: &Context, snapshot: &dyn Snapshot) -> Result<Point> {
        let now = context.now()?;
        let clock = |at| Point { past: None, at };
        match (self.at, &self.file) {
            (None, _) => Ok(clock(now)),
            (Some(as_of), None) => as_of.find(context, snapshot),
            (Some(as_of), Some(_)) => as_of.clock(now).map(clock),
        }
    }

    fn known(
        &self,
        catalog: &Catalog,
        features: Option<&[FeatureKey]>,
        all: impl FnOnce() -> Result<Catalog>,
    ) -> Result<()> {
        let mut asked = features.unwrap_or_default().iter();
        match asked.find(|key| !catalog.features.contains_key(*key)) {
            None => Ok(()),
            Some(key) => Err(unknown_among(&all()?, key).into()),
        }
    }

    fn record(
        &self,
        facts: &dyn Facts,
        catalog: &Catalog,
        scope: Scope<'_>,
    ) -> Result<SubjectRecord> {
        Ok(gather(facts, catalog, scope, &self.question()?)?)
    }

    /// Reads a catalog file as a store that is only read.
    pub fn read_store(&self, context: &Context, path: &Path) -> Result<MemoryStore> {
        let CatalogFile {
            document,
            is_payload,
        } = CatalogFile::read(context, path)?;
        let document = match is_payload {
            true => self.introduced(document),
            false => document,
        };
        catalog_file::as_store(document, path)
    }

    /// Makes the subject of the question known: a payload lists none, and WorkOS's evaluator
    /// answers for any.
    fn introduced(&self, mut document: Document) -> Document {
        let organizations = self.org.iter().cloned();
        document.organizations.extend(
            organizations
                .clone()
                .map(|id| (id, Organization::default())),
        );
        let organizations = organizations.collect();
        let user = User {
            organizations,
            ..User::default()
        };
        document
            .users
            .extend(self.user.iter().map(|id| (id.clone(), user.clone())));
        document
    }

    /// The question in the words of a store.
    pub fn question(&self) -> Result<Question> {
        custom_only(&self.targets)?;
        let targets = self.targets.clone();
        let question = match (&self.user, &self.org, &self.plan) {
            (Some(id), within, _) => Question::User {
                id: id.clone(),
                within: within.clone(),
                targets,
            },
            (None, Some(id), _) => Question::Organization {
                id: id.clone(),
                targets,
            },
            (None, None, Some(plan)) => Question::Plan {
                plan: plan.clone(),
                targets,
            },
            (None, None, None) => return Err(Failure::usage("usage", "who is asked about?").into()),
        };
        Ok(question)
    }

    /// Adds what helps where something is not known.
    pub fn explain_unknown(&self, snapshot: &dyn Snapshot, error: anyhow::Error) -> anyhow::Error {
        let failure = self.without_store_hints(classify(error));
        let nearest = match (failure.code, &self.plan) {
            ("plan_not_found", Some(plan)) => nearest_plan(snapshot, plan),
            _ => None,
        };
        let not_exported = self.file.is_some() && lacks_all(snapshot, failure.code);
        let export = "export with --subjects --overrides, or ask about --plan PLAN";
        let export = not_exported.then(|| export.to_owned());
        let hints = nearest.into_iter().chain(failure.hints).chain(export);
        Failure {
            hints: hints.collect(),
            ..failure
        }
        .into()
    }

    /// Where a file answers, what a store has or could be told is no help; a likely key is.
    fn without_store_hints(&self, mut failure: Failure) -> Failure {
        if self.file.is_some() {
            failure.hints.retain(|hint| !hint.starts_with("`flags "));
        }
        failure
    }

    /// The subject as JSON documents name it.
    pub fn subject_document(&self) -> Value {
        json!(self.subject_told())
    }

    /// The same as a part of a larger document.
    pub fn subject_told(&self) -> SubjectTold {
        SubjectTold {
            user: self.user.clone(),
            organization: self.org.clone(),
            plan: self.plan.clone(),
            targets: self.targets.clone(),
        }
    }

    /// The subject in words.
    pub fn subject_in_words(&self) -> String {
        match (&self.user, &self.org, &self.plan) {
            (Some(user), Some(org), _) => format!("user {user} within organization {org}"),
            (Some(user), None, _) => format!("user {user}"),
            (None, Some(org), _) => format!("organization {org}"),
            (None, None, Some(plan)) => format!("anybody on plan {plan}"),
            (None, None, None) => String::new(),
        }
    }
}

/// A place that shows nothing does not say why, either.
fn not_explained(kind: &str) -> StoreError {
    StoreError::Unsupported {
        what: format!(
            "{kind} says what a subject gets and not why: there are no layers to explain"
        ),
        instead: Some(format!(
            "`flags get FEATURE --user ID` tells the value; {kind}'s Dashboard shows plans and overrides"
        )),
    }
}

/// What our commands show of a store of our own is no help where there is nothing to show.
fn without_our_hints(error: anyhow::Error, kind: &str) -> anyhow::Error {
    let mut failure = classify(error);
    if matches!(failure.code, "feature_not_found" | "user_not_found") {
        failure.hints = vec![format!("{kind}'s Dashboard shows what there is")];
    }
    failure.into()
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        classify(refusal.into())
    }
}
