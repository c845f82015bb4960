//! What has happened since a write, as far as it meets what the write touched.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::undo::{
    Conflict, Digest, Judge, Met, Part, RuleNumber, Rules, Who, digest, touches,
};
use crate::store::{About, HistoryError, Scope, Snapshot, Span, StoreError};

/// What has happened since a write.
pub(super) struct Since {
    conflicts: Vec<Conflict>,
    /// Things that the write altered and a later one altered, too, without being in its way.
    shared: HashSet<Digest>,
    /// The rules as the write left them, and as they are now.
    rules: (Rules, Rules),
    /// Audiences whose rules came or went by the write itself: nobody has moved them since.
    own: HashSet<FeatureKey>,
    /// How many features there might be before the write, where it altered that.
    cap: Option<u32>,
}

impl Since {
    /// Reads the write and all later ones.
    pub(super) fn read(
        present: &dyn Snapshot,
        write: Span,
        latest: Revision,
    ) -> Result<Self, StoreError> {
        let since = Span {
            after: write.until,
            until: latest,
        };
        let catalog = present.catalog(Scope::All)?;
        let now = Rules::new(&catalog);
        let mut then = now.clone();
        let rules = &mut then;
        let _to_the_end = walk(present, since, About::Definitions, &mut |at, change| {
            back(rules, &change, at).map(|_| ControlFlow::Continue(()))
        })?;
        let mut shares = 1;
        let reading = loop {
            let mut reading = Reading::new();
            match reading.read(present, (write, since), (&then, &now), shares)? {
                ControlFlow::Continue(()) => break reading,
                ControlFlow::Break(()) => shares *= 2,
            }
        };
        Ok(Self {
            conflicts: reading.conflicts(&catalog),
            shared: reading.shared,
            rules: (then, now),
            own: reading.own,
            cap: reading.cap,
        })
    }

    pub(super) fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Whether later writes have altered other parts of what the change alters.
    pub(super) fn shares(&self, change: &Change) -> bool {
        thing(change).is_some_and(|thing| self.shared.contains(&thing))
    }

    /// How many features there might be before the write, where it altered that.
    pub(super) fn cap(&self) -> Option<u32> {
        self.cap
    }

    /// Where a rule is now that had a place in its audience when the write was made.
    pub(super) fn place(&self, feature: &FeatureKey, rule: usize) -> Option<usize> {
        if self.own.contains(feature) {
            return Some(rule);
        }
        let (then, now) = &self.rules;
        let number: RuleNumber = *then.of(feature).get(rule)?;
        now.of(feature).iter().position(|known| *known == number)
    }
}

struct Reading {
    judge: Judge,
    /// What the write altered without making it or doing away with it.
    altered: HashSet<Digest>,
    shared: HashSet<Digest>,
    own: HashSet<FeatureKey>,
    /// How many features there might be before the write, where it altered that.
    cap: Option<u32>,
}

impl Reading {
    fn new() -> Self {
        Self {
            judge: Judge::default(),
            altered: HashSet::new(),
            shared: HashSet::new(),
            own: HashSet::new(),
            cap: None,
        }
    }

    /// Reads the write and all since once for each share; breaks off where a share is too large.
    fn read(
        &mut self,
        present: &dyn Snapshot,
        (write, since): (Span, Span),
        (then, now): (&Rules, &Rules),
        shares: u64,
    ) -> Result<ControlFlow<()>, StoreError> {
        for share in 0..shares {
            self.judge.begin(share, shares);
            let mut rules = then.clone();
            let read = walk(present, write, About::All, &mut |at, change| {
                self.own(&change, back(&mut rules, &change, at)?);
                Ok(self.unless_full())
            })?;
            let mut rules = now.clone();
            let read = match read {
                ControlFlow::Break(()) => ControlFlow::Break(()),
                ControlFlow::Continue(()) => {
                    walk(present, since, About::All, &mut |at, change| {
                        self.later(at, &change, back(&mut rules, &change, at)?);
                        Ok(self.unless_full())
                    })?
                }
            };
            if read.is_break() {
                return Ok(read);
            }
            let settled = self.judge.settle();
            settled.map_err(|torn| HistoryError::Torn(torn.0))?;
        }
        Ok(ControlFlow::Continue(()))
    }

    fn unless_full(&self) -> ControlFlow<()> {
        match self.judge.is_full() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    fn own(&mut self, change: &Change, met: Met) {
        touches(change, met, &mut |touch| self.judge.own(&touch));
        if let Some(thing) = altered(change) {
            self.altered.insert(thing);
        }
        match change {
            Change::Settings { before, after } if before.max_features != after.max_features => {
                self.cap = Some(before.max_features);
            }
            Change::Rule { feature, .. } if !self.own.contains(feature) => {
                self.own.insert(feature.clone());
            }
            _ => {}
        }
    }

    fn later(&mut self, at: Revision, change: &Change, met: Met) {
        touches(change, met, &mut |touch| {
            let words = || touch.part.in_words(change);
            self.judge.later(at, &touch, words);
        });
        if let Some(thing) = thing(change).filter(|thing| self.altered.contains(thing)) {
            self.shared.insert(thing);
        }
    }

    fn conflicts(&self, catalog: &Catalog) -> Vec<Conflict> {
        let conflicts = self.judge.conflicts();
        if !conflicts.is_empty() {
            return conflicts;
        }
        let cap = self.cap.unwrap_or(catalog.settings.max_features);
        let defined = i64::try_from(catalog.features.len()).unwrap_or(i64::MAX);
        let excess = defined.saturating_add(self.judge.returning()) - i64::from(cap);
        match usize::try_from(excess) {
            Ok(excess) if excess > 0 => self.judge.crowding(excess),
            _ => conflicts,
        }
    }
}

/// The thing that a change is about, if it has parts that others may alter.
fn thing(change: &Change) -> Option<Digest> {
    Some(match change {
        Change::Settings { .. } => digest("settings"),
        Change::Feature { key, .. } => digest(&Part::Feature(key)),
        Change::Plan { key, .. } => digest(&Part::Plan(key)),
        Change::User { id, .. } => digest(&Part::Subject(Who::User(id))),
        Change::Organization { id, .. } => digest(&Part::Subject(Who::Organization(id))),
        _ => return None,
    })
}

/// The thing that a change alters, but neither makes nor does away with.
fn altered(change: &Change) -> Option<Digest> {
    let stays = match change {
        Change::Settings { .. } => true,
        Change::Feature { before, after, .. } => before.is_some() && after.is_some(),
        Change::Plan { before, after, .. } => before.is_some() && after.is_some(),
        Change::User { before, after, .. } => before.is_some() && after.is_some(),
        Change::Organization { before, after, .. } => before.is_some() && after.is_some(),
        _ => false,
    };
    thing(change).filter(|_| stays)
}

fn back(rules: &mut Rules, change: &Change, at: Revision) -> Result<Met, StoreError> {
    let met = rules.back(change);
    met.ok_or_else(|| HistoryError::Torn(at).into())
}

/// Walks until it is told to stop, or to the end; tells which.
fn walk(
    present: &dyn Snapshot,
    span: Span,
    about: About<'_>,
    visit: &mut dyn FnMut(Revision, Change) -> Result<ControlFlow<()>, StoreError>,
) -> Result<ControlFlow<()>, StoreError> {
    let mut ended = Ok(ControlFlow::Continue(()));
    present.changed(span, about, &mut |(at, change)| {
        ended = visit(at, change);
        match &ended {
            Ok(flow) => *flow,
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    ended
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::change::ChangeSet;
    use crate::domain::document::Document;
    use crate::store::memory::MemoryStore;
    use crate::store::{Author, Store};

    const BEGUN: &str = r#"{"format": "flags.catalog/1",
        "features": {"beta": {"type": "boolean"}, "seats": {"type": "limit"}},
        "plans": {"pro": {"grants": {"seats": 5}}},
        "organizations": {"acme": {"plan": "pro"}},
        "users": {"ann": {"organizations": ["acme"]}, "bob": {"plan": "pro"}, "cid": {}}}"#;
    const LATER: &str = r#"{"format": "flags.catalog/1",
        "features": {"beta": {"type": "boolean", "enabled": false}, "seats": {"type": "limit"}},
        "plans": {"pro": {"grants": {"seats": 7, "beta": true}}},
        "users": {"ann": {"email": "a@b.c"}, "bob": {}, "dan": {"plan": "pro"}},
        "overrides": {"user:ann": {"seats": {"grant": 1}}, "user:dan": {"beta": {"grant": true}}}}"#;

    fn write(store: &MemoryStore, changes: &ChangeSet) {
        let author = Author {
            at: 0,
            actor: String::new(),
            command: "test".to_owned(),
            reason: None,
            request: None,
        };
        let written = store.update(&author, &mut |_| Ok(changes.clone()));
        assert!(written.is_ok(), "{written:?}");
    }

    #[test]
    fn judged_in_shares_the_same_stands_in_the_way() {
        let read = |text: &str| {
            serde_json::from_str::<Document>(text)
                .unwrap()
                .into_changes()
        };
        let (begun, later) = (read(BEGUN), read(LATER));
        let store = MemoryStore::new();
        for changes in [&begun, &begun.clone().reversed(), &begun] {
            write(&store, changes);
        }
        write(&store, &begun.clone().reversed());
        write(&store, &later);
        let snapshot = store.snapshot().unwrap();
        let catalog = snapshot.catalog(Scope::All).unwrap();
        let rules = Rules::new(&catalog);
        let latest = snapshot.revision().unwrap();
        for number in 1..latest.0 {
            let (after, until) = (Revision(number - 1), Revision(number));
            let write = Span { after, until };
            let after = until;
            let since = Span {
                after,
                until: latest,
            };
            let judged = |shares: u64| {
                let mut reading = Reading::new();
                let spans = (write, since);
                let read = reading.read(&*snapshot, spans, (&rules, &rules), shares);
                assert!(matches!(read, Ok(ControlFlow::Continue(()))));
                let conflicts = reading.conflicts(&catalog).into_iter();
                conflicts.map(|found| found.revision).collect::<Vec<_>>()
            };
            let whole = judged(1);
            assert!(!whole.is_empty(), "{number}");
            for shares in [2, 7] {
                assert_eq!(judged(shares), whole, "{number}");
            }
        }
    }
}
