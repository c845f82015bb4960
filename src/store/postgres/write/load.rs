//! A write that is fed: each change is carried out as it comes, and what is merely wanted waits on a
//! pile until it can be written in order.

use std::cell::Cell;
use std::ops::ControlFlow;

use hashbrown::HashMap;

use super::{Write, next, request};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::store::load::introduces;
use crate::store::pile::Pile;
use crate::store::postgres::attempt::{Again, Attempt};
use crate::store::postgres::fault::Fault;
use crate::store::postgres::foreseen::Matter;
use crate::store::postgres::view::View;
use crate::store::postgres::{PostgresStore, records};
use crate::store::{Author, Fate, Feed, Intake, Loaded, StoreError, Visit, Wanted};

/// Feeds one write. What feeds it may come from where it cannot be read twice, so it is begun again
/// only as long as nothing was read.
pub(in crate::store::postgres) fn load(
    store: &PostgresStore,
    author: &Author,
    feed: &mut Feed<'_>,
) -> Result<Loaded, Fault> {
    let begun = Cell::new(Again::Yes);
    let matter = Matter::Project(request(author));
    store.write(&begun, matter, &mut |view| {
        records::refuse_repeated(view, author)?;
        let loaded = fed(view, Some(author), &begun, feed)?;
        if loaded.changes == 0 {
            return Ok(Attempt::Idle(loaded));
        }
        records::note_request(view.session()?, author, loaded.revision)?;
        Ok(Attempt::Ready(loaded, Some(loaded.revision.0)))
    })
}

/// Feeds a write of which nothing is written.
pub(in crate::store::postgres) fn rehearse(
    store: &PostgresStore,
    feed: &mut Feed<'_>,
) -> Result<Loaded, Fault> {
    fed(
        &View::new(store).of_many(),
        None,
        &Cell::new(Again::Yes),
        feed,
    )
}

fn fed(
    view: &View<'_>,
    author: Option<&Author>,
    begun: &Cell<Again>,
    feed: &mut Feed<'_>,
) -> Result<Loaded, Fault> {
    let found = view.read_revision()?;
    let nobody = Author::default();
    let (entry, head) = next(view, author.unwrap_or(&nobody))?;
    let revision = entry.revision;
    let write = Write::new(view, entry, &head)?;
    let mut load = Load {
        last: write.lasts.subject,
        write,
        writes: author.is_some(),
        signed: false,
        pile: Pile::default(),
        places: HashMap::new(),
        features: Vec::new(),
        introduced: HashMap::new(),
    };
    begun.set(Again::No);
    // What feeds it may look at what was fed.
    view.alter();
    feed(view, &mut load)?;
    load.settle_untold()?;
    let changes = match load.writes {
        false => 0,
        true => load.write.close()?.0,
    };
    let revision = if changes > 0 { revision } else { found };
    Ok(Loaded { revision, changes })
}

/// A write as far as it has been fed.
pub(super) struct Load<'v> {
    pub(super) write: Write<'v>,
    /// Or only rehearses.
    writes: bool,
    signed: bool,
    /// The highest row of a subject when it began.
    last: i64,
    pile: Pile,
    /// The place of each feature among `features`.
    places: HashMap<FeatureKey, usize>,
    /// The features that were asked for, in the order of their rows.
    pub(super) features: Vec<(i64, FeatureKey)>,
    /// Subjects that a rehearsal has made known, with rows that they do not have.
    introduced: HashMap<SubjectId, i64>,
}

impl Load<'_> {
    /// Signs the write, before its first change.
    pub(super) fn sign(&mut self) -> Result<(), Fault> {
        if self.writes && !self.signed {
            self.write.sign()?;
            self.signed = true;
        }
        Ok(())
    }

    fn make(&mut self, change: &Change) -> Result<(), Fault> {
        self.write.view.look_up()?;
        if change.is_nothing() {
            return Ok(());
        }
        if !introduces(change) {
            self.settle_untold()?;
        }
        if !self.writes {
            self.write.catalog.apply(change, self.write.revision)?;
            self.note(change);
            return Ok(());
        }
        self.sign()?;
        self.write.change(change)?;
        self.note(change);
        self.write.record(change)
    }

    /// Keeps what is remembered of features and subjects up with a change.
    fn note(&mut self, change: &Change) {
        let subject = match change {
            Change::Feature { .. } => {
                self.places.clear();
                self.features.clear();
                return;
            }
            Change::User { id, .. } => SubjectId::User(id.clone()),
            Change::Organization { id, .. } => SubjectId::Organization(id.clone()),
            _ => return,
        };
        if introduces(change) && !self.writes {
            let introduced = i64::try_from(self.introduced.len()).unwrap_or(i64::MAX);
            let row = self.last.saturating_add(1).saturating_add(introduced);
            self.introduced.insert(subject, row);
        }
    }

    fn pile_up(&mut self, wanted: &Wanted<'_>) -> Result<Result<(), Refusal>, Fault> {
        let Wanted {
            row,
            subject,
            feature,
            after,
        } = *wanted;
        let known = self.places.get(feature).copied();
        let form = self.pile.form(after);
        let pair = known.zip(form);
        let pair = pair.and_then(|(place, form)| self.pile.pair(place, form));
        if pair.is_none()
            && let Err(refusal) = self.write.catalog.override_fits(feature, after)
        {
            return Ok(Err(refusal));
        }
        let introduced = match self.introduced.is_empty() {
            true => self.write.newcomer(subject),
            false => self.introduced.get(subject).copied(),
        };
        let found = match introduced {
            Some(found) => Some(found),
            None => self.write.view.row_of(subject)?,
        };
        let Some(found) = found else {
            return Ok(Err(Refusal::UnknownSubject(subject.clone())));
        };
        let pair = match pair {
            Some(pair) => Some(pair),
            None => {
                let place = known.unwrap_or_else(|| self.place(feature));
                form.and_then(|form| self.pile.new_pair(place, form))
            }
        };
        let pushed = pair.is_some_and(|pair| self.pile.push(found, pair, row));
        match pushed {
            true => Ok(Ok(())),
            false => Err(Fault::Told(StoreError::Failed {
                path: self.write.view.path(),
                what: "it has more subjects or features than a bulk write can sort".to_owned(),
            })),
        }
    }

    /// The place of a feature: with those asked for in the order of their rows, so are its rows.
    fn place(&mut self, feature: &FeatureKey) -> usize {
        if self.features.is_empty() {
            let rows = self.write.features.iter();
            self.features = rows.map(|(key, row)| (*row, key.clone())).collect();
            self.features.sort_unstable();
            let keys = self.features.iter().map(|(_, key)| key.clone());
            self.places = keys.zip(0..).collect();
        }
        match self.places.get(feature) {
            Some(place) => *place,
            // A rehearsal has defined it, so that it has no row.
            None => {
                let place = self.features.len();
                self.features.push((i64::MAX, feature.clone()));
                self.places.insert(feature.clone(), place);
                place
            }
        }
    }

    fn settle_untold(&mut self) -> Result<(), Fault> {
        if self.pile.is_empty() {
            return Ok(());
        }
        let mut contradicts = false;
        self.clear(true, &mut |(_, fate)| {
            contradicts |= matches!(fate, Fate::Contradicts(_));
            ControlFlow::Continue(())
        })?;
        match contradicts {
            true => Err(Refusal::Stale("an override wanted twice".to_owned()).into()),
            false => Ok(()),
        }
    }

    /// Settles or weighs what waits.
    fn clear(&mut self, keep: bool, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), Fault> {
        let sorted = self.pile.take();
        let keep = keep && self.writes;
        if self.writes {
            self.write.introduce_all()?;
        }
        super::settle::settle(self, &sorted, keep, visit)
    }
}

impl Intake for Load<'_> {
    fn change(&mut self, change: &Change) -> Result<(), StoreError> {
        let made = self.make(change);
        self.write.view.told(made)
    }

    fn want(&mut self, wanted: &Wanted<'_>) -> Result<Result<(), Refusal>, StoreError> {
        let piled = self.pile_up(wanted);
        self.write.view.told(piled)
    }

    fn is_full(&self) -> bool {
        self.pile.is_full()
    }

    fn settle(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError> {
        let settled = self.clear(true, visit);
        self.write.view.told(settled)
    }

    fn weigh(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError> {
        let weighed = self.clear(false, visit);
        self.write.view.told(weighed)
    }
}
