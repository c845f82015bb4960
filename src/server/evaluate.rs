//! What a subject gets, for every protocol.

use super::app::App;
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::resolve::{Decision, Resolver};
use crate::domain::time::Time;
use crate::domain::value::Kind;
use crate::store::{Question, Scope, Store, StoreError, gather};

/// Which features are asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Every one.
    All,
    /// This one; there is no answer if it is not defined.
    One(FeatureKey),
}

/// What a subject gets, all of it from one revision.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// The revision that the answers are from.
    pub revision: Revision,
    /// Each feature asked about that is defined, in the order of the keys.
    pub answers: Vec<(FeatureKey, Kind, Decision)>,
}

impl App {
    /// Asks what a subject gets now.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where the store does not know who is asked about; never an answer
    /// instead.
    pub async fn evaluate(
        &self,
        question: Question,
        which: Which,
    ) -> Result<Evaluated, StoreError> {
        let at = self.now().map_err(|_| StoreError::GivenUp)?;
        let asked = move |store: &dyn Store| evaluate(store, &question, &which, at);
        self.stores.read(asked).await
    }
}

fn evaluate(
    store: &dyn Store,
    question: &Question,
    which: &Which,
    at: Time,
) -> Result<Evaluated, StoreError> {
    let scope = match which {
        Which::All => Scope::All,
        Which::One(key) => Scope::Features(std::slice::from_ref(key)),
    };
    let snapshot = store.snapshot()?;
    let catalog = snapshot.catalog(scope)?;
    let record = gather(&*snapshot, &catalog, scope, question)?;
    let resolver = Resolver::new(&catalog);
    let subject = resolver.bind(&record);
    let answers = resolver.slots().map(|slot| {
        let decision = resolver.decide(&subject, slot, at);
        (resolver.key(slot).clone(), resolver.kind(slot), decision)
    });
    Ok(Evaluated {
        revision: snapshot.revision()?,
        answers: answers.collect(),
    })
}
