//! Every question that a project can be asked, and what it answers.

use std::collections::BTreeMap;

use flags::domain::document::Document;
use flags::domain::key::FeatureKey;
use flags::domain::resolve::{Decision, Resolution, Resolver};
use flags::domain::subject::SubjectId;
use flags::domain::target::Id;
use flags::domain::value::Answer;
use flags::store::memory::MemoryStore;
use flags::store::{Question, Scope, Store, gather};

use crate::project::read;
use crate::random::now;

/// A question as text, and the feature asked about.
pub(crate) type Asked = (String, FeatureKey);

/// Everybody: users with all their organizations and within each, organizations, and nobody in
/// particular on each plan; some of them with a custom target that comes along.
pub(crate) fn questions(project: &Document) -> Vec<Question> {
    let mut questions = Vec::new();
    for (id, user) in &project.users {
        let within = user.organizations.iter().cloned().map(Some);
        questions.extend(within.chain([None]).map(|within| Question::User {
            id: id.clone(),
            within,
            targets: Vec::new(),
        }));
        questions.push(Question::User {
            id: id.clone(),
            within: None,
            targets: vec![read("workspace:w1")],
        });
    }
    let organizations = project.organizations.keys().cloned();
    questions.extend(organizations.map(|id| Question::Organization {
        id,
        targets: Vec::new(),
    }));
    let plans = project.plans.keys().cloned();
    questions.extend(plans.map(|plan| Question::Plan {
        plan,
        targets: vec![read("workspace:w0")],
    }));
    questions
}

pub(crate) fn stored(project: &Document) -> MemoryStore {
    MemoryStore::from_document(project.clone()).unwrap()
}

/// Hands over every question, feature, short and long answer.
pub(crate) fn each_answer(
    store: &dyn Store,
    questions: &[Question],
    mut look: impl FnMut(&Question, &FeatureKey, Decision, Resolution<'_>),
) {
    let snapshot = store.snapshot().unwrap();
    let catalog = snapshot.catalog(Scope::All).unwrap();
    let resolver = Resolver::new(&catalog);
    for question in questions {
        let record = gather(&*snapshot, &catalog, Scope::All, question).unwrap();
        let subject = resolver.bind(&record);
        for slot in resolver.slots() {
            let decision = resolver.decide(&subject, slot, now());
            let resolution = resolver.resolve(&subject, slot, now());
            look(question, resolver.key(slot), decision, resolution);
        }
    }
}

/// Every decision of a store.
pub(crate) fn decisions(store: &dyn Store, questions: &[Question]) -> BTreeMap<Asked, Decision> {
    let mut decisions = BTreeMap::new();
    each_answer(store, questions, |question, key, decision, _| {
        decisions.insert((format!("{question:?}"), key.clone()), decision);
    });
    decisions
}

/// Every answer that a project gives to the questions, by question and feature.
pub(crate) fn answers(project: &Document, questions: &[Question]) -> BTreeMap<Asked, Answer> {
    let decisions = decisions(&stored(project), questions);
    let answers = decisions.into_iter();
    answers
        .map(|(asked, found)| (asked, found.answer))
        .collect()
}

/// Those who count for a question: the user, and its organizations.
pub(crate) fn parties(project: &Document, question: &Question) -> (Option<Id>, Vec<SubjectId>) {
    match question {
        Question::Plan { .. } => (None, Vec::new()),
        Question::Organization { id, .. } => (None, vec![SubjectId::Organization(id.clone())]),
        Question::User { id, within, .. } => {
            let all = project.users[id].organizations.iter();
            let counted = all.filter(|one| within.as_ref().is_none_or(|within| within == *one));
            let organizations = counted.cloned().map(SubjectId::Organization);
            (Some(id.clone()), organizations.collect())
        }
    }
}
