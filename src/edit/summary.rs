//! Who gains and who loses by changes: all counted, the first ones named.

use serde_json::{Value, json};

use crate::domain::change::ChangeSet;
use crate::domain::time::Time;
use crate::domain::value::answer_as_json;
use crate::store::{Effect, Snapshot, StoreError, effects};

/// How many effects are named; the rest is counted.
const NAMED_EFFECTS: usize = 100;

/// Who gains and who loses: all counted, the first ones named.
#[derive(Debug, Default)]
pub struct Summary {
    /// Answers that become more.
    pub gained: u64,
    /// Answers that become less.
    pub lost: u64,
    /// The first of them, in the order of subjects and features.
    pub first: Vec<Effect>,
    /// Whether there may be more: the store does not tell of every subject.
    pub partial: bool,
}

impl Summary {
    /// Asks the resolver twice: without the changes and with them, at the moment `now`.
    ///
    /// # Errors
    ///
    /// Those of the store, and the refusal that writing the changes would meet.
    pub fn of(snapshot: &dyn Snapshot, changes: &ChangeSet, now: Time) -> Result<Self, StoreError> {
        let mut summary = Self::default();
        effects(snapshot, changes, now, &mut |effect| {
            // Off is less than any value, so the order of answers tells gain from loss.
            match effect.after > effect.before {
                true => summary.gained += 1,
                false => summary.lost += 1,
            }
            if summary.first.len() < NAMED_EFFECTS {
                summary.first.push(effect);
            }
        })?;
        // A store tells of subjects in the order that suits it.
        let order = |effect: &Effect| (effect.subject.clone(), effect.feature.clone());
        summary.first.sort_by_cached_key(order);
        Ok(summary)
    }

    /// How many answers change.
    pub fn count(&self) -> u64 {
        self.gained + self.lost
    }

    /// The effects for a program: of all changes, or only of the first.
    pub fn document(&self, all_changes: bool) -> Value {
        let named = self.first.iter().map(|effect| {
            json!({
                "subject": effect.subject,
                "feature": effect.feature,
                "before": answer_as_json(effect.before),
                "after": answer_as_json(effect.after),
            })
        });
        json!({
            "gained": self.gained,
            "lost": self.lost,
            "first": named.collect::<Vec<_>>(),
            "complete": all_changes && !self.partial && self.first.len() as u64 == self.count(),
        })
    }
}
