//! What the history says that can concern one subject and one feature: read once, kept by write.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use crate::domain::catalog::Revision;
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Id, Target};
use crate::domain::time::Time;
use crate::store::turn::{concerns, kept, targets_in};
use crate::store::{About, Entry, HistoryError, Question, Snapshot, Span, StoreError};

/// Some of the changes of a history.
pub(super) struct Trail {
    feature: FeatureKey,
    /// Latest first, also within a write.
    changes: BTreeMap<Revision, Vec<Change>>,
    /// Whose changes are among them: the user, and every organization it ever belonged to.
    pub(super) parties: BTreeSet<SubjectId>,
    /// What a rule can have named them by.
    pub(super) targets: BTreeSet<Target>,
    latest: Revision,
}

impl Trail {
    pub(super) fn read(
        present: &dyn Snapshot,
        feature: &FeatureKey,
        question: &Question,
    ) -> Result<Self, StoreError> {
        let mut trail = Self {
            feature: feature.clone(),
            changes: BTreeMap::new(),
            parties: BTreeSet::new(),
            targets: BTreeSet::new(),
            latest: present.revision()?,
        };
        trail.read_subjects(present, question)?;
        trail.read_definitions(present)?;
        Ok(trail)
    }

    fn read_subjects(
        &mut self,
        present: &dyn Snapshot,
        question: &Question,
    ) -> Result<(), StoreError> {
        let organization = |id: &Id| SubjectId::Organization(id.clone());
        let (mut open, within, targets) = match question {
            Question::Plan { targets, .. } => (Vec::new(), None, targets),
            Question::Organization { id, targets } => (vec![organization(id)], None, targets),
            Question::User {
                id,
                within,
                targets,
            } => {
                let own = within.iter().map(organization);
                let open = own.chain([SubjectId::User(id.clone())]).collect();
                (open, within.as_ref(), targets)
            }
        };
        self.targets.extend(targets.iter().cloned());
        while let Some(subject) = open.pop() {
            if !self.parties.insert(subject.clone()) {
                continue;
            }
            self.targets.insert(subject.target());
            self.targets.extend(kept(present, &subject)?);
            let mut organizations = match &subject {
                SubjectId::User(id) => present.user(id)?.map(|user| user.organizations),
                SubjectId::Organization(_) => None,
            }
            .unwrap_or_default();
            self.walk(present, About::Subject(&subject), &mut |change| {
                organizations.extend(organizations_in(change));
            })?;
            let counted = |id: &&Id| within.is_none_or(|within| within == *id);
            open.extend(organizations.iter().filter(counted).map(organization));
        }
        let all = self.changes.values().flatten();
        let brought: BTreeSet<Target> = all.flat_map(targets_in).cloned().collect();
        self.targets.extend(brought);
        Ok(())
    }

    fn read_definitions(&mut self, present: &dyn Snapshot) -> Result<(), StoreError> {
        self.walk(present, About::Catalog, &mut |_| ())
    }

    fn walk(
        &mut self,
        present: &dyn Snapshot,
        about: About<'_>,
        look: &mut dyn FnMut(&Change),
    ) -> Result<(), StoreError> {
        let whole = Span {
            after: Revision::UNKNOWN,
            until: self.latest,
        };
        present.changed(whole, about, &mut |(at, change)| {
            look(&change);
            if self.needs(&change) {
                self.changes.entry(at).or_default().push(change);
            }
            ControlFlow::Continue(())
        })
    }

    /// Whether the change is needed on the way back. A plan's particulars alter no answer, but with
    /// the plan itself they come and go.
    fn needs(&self, change: &Change) -> bool {
        match change {
            Change::Settings { .. } | Change::Plan { .. } => true,
            Change::Target {
                feature, target, ..
            } => *feature == self.feature && self.targets.contains(target),
            change => concerns(change, &self.feature),
        }
    }

    pub(super) fn latest_first(&self) -> impl Iterator<Item = (&Revision, &Vec<Change>)> {
        self.changes.iter().rev()
    }

    /// What a write changed that can have altered the answer, in order.
    pub(super) fn of(&self, revision: Revision) -> Vec<Change> {
        let made = self.changes.get(&revision).into_iter().flatten().rev();
        let concerning = made.filter(|change| concerns(change, &self.feature));
        concerning.cloned().collect()
    }

    /// Who made each of the writes up to `until`, and since when it counts: none later than one
    /// that was written after it.
    pub(super) fn entries(
        &self,
        present: &dyn Snapshot,
        until: Revision,
        now: Time,
    ) -> Result<BTreeMap<Revision, (Entry, Time)>, StoreError> {
        let mut entries = BTreeMap::new();
        let mut expected = self.latest;
        let mut since = now;
        let mut unreadable = None;
        present.history(None, &mut |entry| {
            if entry.revision != expected {
                return ControlFlow::Break(());
            }
            expected = Revision(expected.0.saturating_sub(1));
            if entry.revision <= until {
                match Time::from_unix(entry.at.div_euclid(1000)) {
                    Ok(at) => since = since.min(at),
                    Err(_) => unreadable = Some(entry.revision),
                }
                if self.changes.contains_key(&entry.revision) {
                    entries.insert(entry.revision, (entry, since));
                }
            }
            ControlFlow::Continue(())
        })?;
        match unreadable {
            Some(revision) => Err(HistoryError::Torn(revision).into()),
            None if expected > Revision::UNKNOWN => Err(HistoryError::Missing(expected).into()),
            None => Ok(entries),
        }
    }
}

/// The organizations that a user belonged to before a change or after it.
fn organizations_in(change: &Change) -> impl Iterator<Item = Id> {
    let sides = match change {
        Change::User { before, after, .. } => [before.as_ref(), after.as_ref()],
        _ => [None, None],
    };
    let sides = sides.into_iter().flatten();
    sides.flat_map(|user| user.organizations.iter().cloned())
}
