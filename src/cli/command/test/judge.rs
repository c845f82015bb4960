//! Running the tests: each asks the one resolver, and "could not tell" is no failure.

use super::answered;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::known_plan;
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{Decision, Resolver};
use crate::domain::subject::{Held, Party, SubjectId, SubjectRecord};
use crate::domain::time::Time;
use crate::file::cases::{Case, Claim, Given, Invented};
use crate::store::{Facts, Question, Scope, Snapshot, StoreError, Subjects, gather};

/// What became of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    /// It names what is not there, or compares what is no limit.
    Undecided,
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Undecided => "undecided",
        }
    }
}

/// A claim and the answer.
pub struct Judged {
    pub claim: Claim,
    pub decision: Decision,
}

impl Judged {
    pub fn holds(&self) -> bool {
        let decided = |layer| layer == self.decision.winner;
        self.claim.expectation.holds(self.decision.answer) && self.claim.because.is_none_or(decided)
    }

    /// What came instead of what was claimed.
    pub fn in_words(&self) -> String {
        let answer = answered(self.decision);
        match self.claim.because {
            Some(layer) if layer != self.decision.winner => {
                format!("it is {answer}, and not from {layer}")
            }
            _ => format!("it is {answer}"),
        }
    }
}

/// What came of a test.
pub struct Verdict {
    pub file: String,
    pub case: Case,
    pub judged: Vec<Judged>,
    pub errors: Vec<String>,
}

impl Verdict {
    pub fn outcome(&self) -> Outcome {
        if !self.errors.is_empty() {
            Outcome::Undecided
        } else if self.judged.iter().all(Judged::holds) {
            Outcome::Passed
        } else {
            Outcome::Failed
        }
    }

    /// Where the test stands.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.case.at.line)
    }

    /// Every reason why it did not pass, a line for each.
    pub fn reasons(&self) -> Vec<String> {
        let judged = self.judged.iter().filter(|judged| !judged.holds());
        let failed = judged.map(|judged| {
            let expectation = &judged.claim.expectation;
            format!("{expectation}: {}", judged.in_words())
        });
        failed.chain(self.errors.iter().cloned()).collect()
    }
}

/// Runs all of them, from one moment of the store.
pub fn all(
    snapshot: &dyn Snapshot,
    subjects: Subjects,
    cases: Vec<(String, Case)>,
    now: Time,
) -> Result<Vec<Verdict>, StoreError> {
    let catalog = snapshot.catalog(Scope::All)?;
    let resolver = Resolver::new(&catalog);
    let mut verdicts = Vec::with_capacity(cases.len());
    for (file, case) in cases {
        let mut verdict = Verdict {
            file,
            judged: Vec::new(),
            errors: Vec::new(),
            case,
        };
        match record(snapshot, subjects, &catalog, &verdict.case) {
            Ok(record) => judge(&resolver, &record, now, &mut verdict),
            Err(StoreError::Refused(refusal)) => verdict.errors.push(refusal.to_string()),
            Err(error) => return Err(error),
        }
        verdicts.push(verdict);
    }
    Ok(verdicts)
}

fn judge(resolver: &Resolver<'_>, record: &SubjectRecord, now: Time, verdict: &mut Verdict) {
    let subject = resolver.bind(record);
    let at = verdict.case.moment.unwrap_or(now);
    for claim in &verdict.case.claims {
        let feature = &claim.expectation.feature;
        let Some(slot) = resolver.slot(feature) else {
            let unknown = Refusal::UnknownFeature(feature.clone());
            verdict.errors.push(unknown.to_string());
            continue;
        };
        match claim.expectation.fits(resolver.kind(slot)) {
            Err(error) => verdict.errors.push(error.to_string()),
            Ok(_) => verdict.judged.push(Judged {
                claim: claim.clone(),
                decision: resolver.decide(&subject, slot, at),
            }),
        }
    }
}

/// What is known about whom the case is about.
fn record(
    facts: &dyn Snapshot,
    subjects: Subjects,
    catalog: &Catalog,
    case: &Case,
) -> Result<SubjectRecord, StoreError> {
    let targets = case.targets.clone();
    let question = match &case.given {
        Given::Plan(plan) => Question::Plan {
            plan: plan.clone(),
            targets,
        },
        Given::User(id, within) => Question::User {
            id: id.clone(),
            within: within.clone(),
            targets,
        },
        Given::Organization(id) => Question::Organization {
            id: id.clone(),
            targets,
        },
        Given::Invented(invented) => return invent(facts, catalog, case, invented),
    };
    subjects.gather(facts, catalog, Scope::All, &question)
}

/// A user as [`gather`] would find one whom the store knew.
fn invent(
    facts: &dyn Snapshot,
    catalog: &Catalog,
    case: &Case,
    invented: &Invented,
) -> Result<SubjectRecord, StoreError> {
    if let Some(plan) = &invented.plan {
        known_plan(catalog, plan)?;
    }
    for feature in invented.overrides.keys() {
        if !catalog.features.contains_key(feature) {
            return Err(Refusal::UnknownFeature(feature.clone()).into());
        }
    }
    let mut record = SubjectRecord::default();
    for id in &invented.organizations {
        let id = id.clone();
        let targets = Vec::new();
        let question = Question::Organization { id, targets };
        let found = gather(facts, catalog, Scope::All, &question)?;
        record.organizations.extend(found.organizations);
        record.lists.extend(found.lists.iter().copied());
    }
    let own = invented.id.clone().map(|id| SubjectId::User(id).target());
    for target in own.iter().chain(&case.targets) {
        record.lists.extend(Facts::lists_naming(facts, target)?);
    }
    let held = |over: &crate::domain::overrides::Override| Held {
        over: over.clone(),
        revision: Revision::UNKNOWN,
    };
    let overrides = invented.overrides.iter();
    record.user = Some(Party {
        id: invented.id.clone(),
        plan: invented.plan.clone(),
        overrides: overrides
            .map(|(feature, over)| (feature.clone(), held(over)))
            .collect(),
    });
    Ok(record)
}
