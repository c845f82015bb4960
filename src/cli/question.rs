//! Questions about one subject: who, when, and from where.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{ArgGroup, Args};
use serde_json::{Value, json};

use crate::domain::catalog::{Catalog, Revision};
use crate::domain::document::Document;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectRecord, User};
use crate::domain::target::{Id, Target};
use crate::domain::time::Time;
use crate::store::memory::MemoryStore;
use crate::store::{Question, Scope, Snapshot, Store, gather};
use crate::ui;

use super::catalog_file::{self, CatalogFile};
use super::command::user::custom_only;
use super::context::Context;
use super::failure::{Failure, classify};
use super::values::When;

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
    /// Another moment, with the catalog as it is now: RFC 3339, a date, or a span such as 14d
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<When>,
    /// Answer from a file (- for stdin) instead of the store: an exported catalog, or WorkOS's
    /// configuration payload
    #[arg(long, value_name = "FILE", conflicts_with = "store")]
    pub file: Option<PathBuf>,
}

/// All that is needed to answer.
pub struct Asked<'s> {
    /// Everything at one moment.
    pub snapshot: &'s dyn Snapshot,
    /// The revision of the store.
    pub revision: Revision,
    /// The definitions in scope.
    pub catalog: Catalog,
    /// The subject.
    pub record: SubjectRecord,
    /// The moment asked about.
    pub at: Time,
}

impl QuestionArgs {
    /// Collects what is needed to answer, and answers.
    pub fn ask<R>(
        &self,
        context: &Context,
        features: Option<&[FeatureKey]>,
        answer: impl FnOnce(&Asked<'_>) -> Result<R>,
    ) -> Result<R> {
        let now = context.now()?;
        let at = self.at.map_or(Ok(now), |when| when.from(now))?;
        let file = self.file.as_deref();
        let file = file
            .map(|path| self.read_store(context, path))
            .transpose()?;
        let store: &dyn Store = match &file {
            Some(store) => store,
            None => context.store()?,
        };
        let snapshot = store.snapshot()?;
        let scope = features.map_or(Scope::All, Scope::Features);
        let catalog = snapshot.catalog(scope)?;
        for key in features.unwrap_or_default() {
            if !catalog.features.contains_key(key) {
                let unknown = unknown_feature(&*snapshot, key)?;
                return Err(self.without_store_hints(unknown).into());
            }
        }
        let record = gather(&*snapshot, &catalog, scope, &self.question()?)
            .map_err(|error| self.explain_unknown(&*snapshot, error.into()))?;
        let revision = snapshot.revision()?;
        answer(&Asked {
            snapshot: &*snapshot,
            revision,
            catalog,
            record,
            at,
        })
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

    fn question(&self) -> Result<Question> {
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
        json!({
            "user": self.user,
            "organization": self.org,
            "plan": self.plan,
            "targets": self.targets,
        })
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

/// An unknown feature, with the nearest key there is.
pub fn unknown_feature(snapshot: &dyn Snapshot, key: &FeatureKey) -> Result<Failure> {
    let catalog = snapshot.catalog(Scope::All)?;
    let known = catalog.features.keys().map(FeatureKey::as_str);
    let refused = Failure::refused("feature_not_found", format!("there is no feature `{key}`"));
    Ok(refused
        .maybe_hint(ui::nearest(key.as_str(), known).map(did_you_mean))
        .hint("`flags feature list` shows what there is"))
}

/// Whether there is none at all of what was not found: then it was left out of the file.
fn lacks_all(snapshot: &dyn Snapshot, code: &str) -> bool {
    let mut lacks = true;
    let mut found = || {
        lacks = false;
        ControlFlow::Break(())
    };
    let looked = match code {
        "user_not_found" => snapshot.users(None, &mut |_| found()),
        "organization_not_found" => snapshot.organizations(None, &mut |_| found()),
        _ => return false,
    };
    looked.is_ok() && lacks
}

fn nearest_plan(snapshot: &dyn Snapshot, plan: &PlanKey) -> Option<String> {
    let catalog = snapshot.catalog(Scope::All).ok()?;
    let known = catalog.plans.keys().map(PlanKey::as_str);
    ui::nearest(plan.as_str(), known).map(did_you_mean)
}

/// The hint for a key that is nearly one.
pub fn did_you_mean(nearest: &str) -> String {
    format!("did you mean `{nearest}`?")
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        classify(refusal.into())
    }
}
