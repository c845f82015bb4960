//! A write that is fed: each change is carried out as it comes, and what is merely wanted waits on a
//! pile until it can be written in order.

use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use hashbrown::HashMap;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::names::Names;
use super::{Write, migrated, next};
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::store::load::introduces;
use crate::store::pile::Pile;
use crate::store::sqlite::fault::Fault;
use crate::store::sqlite::view::View;
use crate::store::sqlite::{halt, records, schema};
use crate::store::{Author, Fate, Feed, Intake, Loaded, StoreError, Visit, Wanted};

/// Feeds one write.
pub(in crate::store::sqlite) fn load(
    connection: &mut Connection,
    path: &Path,
    author: &Author,
    feed: &mut Feed<'_>,
) -> Result<Loaded, Fault> {
    migrated(connection)?;
    let transaction = Transaction::new(connection, TransactionBehavior::Immediate)?;
    let view = Rc::new(View::on_write(&transaction, path));
    schema::is_current(&transaction)?;
    records::refuse_repeated(&view, author)?;
    let loaded = fed(view, path, Some(author), feed)?;
    if loaded.changes > 0 {
        records::note_request(&transaction, author, loaded.revision)?;
        halt::look_up()?;
        transaction.commit()?;
    }
    Ok(loaded)
}

/// Feeds a write of which nothing is written.
pub(in crate::store::sqlite) fn rehearse(
    view: View<'_>,
    path: &Path,
    feed: &mut Feed<'_>,
) -> Result<Loaded, Fault> {
    fed(Rc::new(view), path, None, feed)
}

fn fed(
    view: Rc<View<'_>>,
    path: &Path,
    author: Option<&Author>,
    feed: &mut Feed<'_>,
) -> Result<Loaded, Fault> {
    let found = view.read_revision()?;
    let nobody = Author::default();
    let (entry, head) = next(&view, author.unwrap_or(&nobody))?;
    let revision = entry.revision;
    let mut load = Load {
        names: Names::new(&view)?,
        write: Write::new(Rc::clone(&view), entry, &head)?,
        path,
        writes: author.is_some(),
        signed: false,
        pile: Pile::default(),
        places: HashMap::new(),
        features: Vec::new(),
        introduced: HashMap::new(),
    };
    feed(&*view, &mut load)?;
    load.settle_untold()?;
    let changes = match load.writes {
        false => 0,
        true => load.write.close()?,
    };
    let revision = if changes > 0 { revision } else { found };
    Ok(Loaded { revision, changes })
}

/// A write as far as it has been fed.
pub(super) struct Load<'t> {
    pub(super) write: Write<'t>,
    path: &'t Path,
    /// Or only rehearses.
    writes: bool,
    signed: bool,
    pub(super) names: Names,
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
        halt::look_up()?;
        if change.is_nothing() {
            return Ok(());
        }
        if !introduces(change) {
            self.settle_untold()?;
        }
        if !self.writes {
            self.write.catalog.apply(change, self.write.revision)?;
            self.note(change, None);
            return Ok(());
        }
        self.sign()?;
        self.write.change(change)?;
        let row = introduces(change).then(|| self.write.view.known.borrow().subject.clone());
        self.note(change, row.flatten().map(|(_, row)| row));
        self.write.record(change)
    }

    /// Keeps what is remembered of features and subjects up with a change.
    fn note(&mut self, change: &Change, row: Option<i64>) {
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
        match (introduces(change), row) {
            (true, Some(row)) => self.names.add(&subject, row),
            (true, None) => {
                let row = self.names.behind(self.introduced.len());
                self.introduced.insert(subject, row);
            }
            (false, _) => self.names.forget(),
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
            true => None,
            false => self.introduced.get(subject).copied(),
        };
        let found = match introduced {
            Some(found) => Some(found),
            None => self.names.row_of(&self.write.view, subject)?,
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
                path: self.path.to_owned(),
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
        super::settle::settle(self, &sorted, keep, visit)
    }

    fn told<T>(&self, result: Result<T, Fault>) -> Result<T, StoreError> {
        result.map_err(|fault| match self.writes {
            true => fault.writing(self.path),
            false => fault.reading(self.path),
        })
    }
}

impl Intake for Load<'_> {
    fn change(&mut self, change: &Change) -> Result<(), StoreError> {
        let made = self.make(change);
        self.told(made)
    }

    fn want(&mut self, wanted: &Wanted<'_>) -> Result<Result<(), Refusal>, StoreError> {
        let piled = self.pile_up(wanted);
        self.told(piled)
    }

    fn is_full(&self) -> bool {
        self.pile.is_full()
    }

    fn settle(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError> {
        let settled = self.clear(true, visit);
        self.told(settled)
    }

    fn weigh(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError> {
        let weighed = self.clear(false, visit);
        self.told(weighed)
    }
}
