//! Long writes: kept in a file as they are fed, and sent from there.
//!
//! What becomes of the rows has to be told before the end, and nothing may be written if the feed is
//! given up; so the file is sent once to learn that, and once more to be written, by then only if
//! every fate is still the one that was told.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use super::HttpStore;
use super::known::unkept;
use super::snapshot::Far;
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::remote::api::{Call, Method};
use crate::store::load::introduces;
use crate::store::wire::{Caused, Fates, Mode, Step, Told, Updated, WantedRow};
use crate::store::{
    Facts, Fate, Feed, Intake, Loaded, Purpose, Scope, Snapshot, StoreError, Visit, Wanted,
};

/// How long a long write may take, if usual calls do not get more.
pub(super) const LONG: Duration = Duration::from_secs(1800);

/// Feeds a write, and sends it.
pub(super) fn load(
    store: &HttpStore,
    purpose: Purpose<'_>,
    feed: &mut Feed<'_>,
) -> Result<Loaded, StoreError> {
    let snapshot = Far::for_many(store);
    let catalog = snapshot.catalog(Scope::All)?;
    let mut spool = Spool {
        store,
        snapshot: &snapshot,
        purpose,
        catalog,
        file: BufWriter::new(tempfile::tempfile().map_err(unkept)?),
        steps: 0,
        section: 0,
        fates: Fates::default(),
        waits: false,
        is_exact: false,
        introduced: HashSet::new(),
    };
    feed(&snapshot, &mut spool)?;
    spool.finish()
}

/// A write as far as it has been fed.
struct Spool<'s> {
    store: &'s HttpStore,
    snapshot: &'s Far<'s>,
    purpose: Purpose<'s>,
    /// The definitions after the changes so far.
    catalog: Catalog,
    file: BufWriter<File>,
    steps: u64,
    /// How often it has been settled.
    section: u32,
    /// What stands for all fates that were told.
    fates: Fates,
    /// Whether anything waits to be settled.
    waits: bool,
    /// Whether a rehearsal would not tell the fates, since they depend on what is written before.
    is_exact: bool,
    /// Subjects that were made known.
    introduced: HashSet<SubjectId>,
}

impl Spool<'_> {
    fn put(&mut self, step: &Step) -> Result<(), StoreError> {
        let mut line = serde_json::to_vec(step).map_err(|error| unkept(error.into()))?;
        line.push(b'\n');
        self.steps += 1;
        self.file.write_all(&line).map_err(unkept)
    }

    fn knows(&self, subject: &SubjectId) -> Result<bool, StoreError> {
        Ok(self.introduced.contains(subject)
            || match subject {
                SubjectId::User(id) => self.snapshot.user(id)?.is_some(),
                SubjectId::Organization(id) => self.snapshot.organization(id)?.is_some(),
            })
    }

    /// Settles or weighs what waits, and tells the fates.
    fn settled(
        &mut self,
        step: &Step,
        visit: &mut Visit<'_, (u32, Fate)>,
    ) -> Result<(), StoreError> {
        if !std::mem::take(&mut self.waits) {
            return Ok(());
        }
        self.put(step)?;
        let mode = match (self.purpose, self.is_exact) {
            (Purpose::Write(_), true) => Mode::Try,
            _ => Mode::Rehearse,
        };
        let mut told = self.fates;
        let mut is_over = false;
        let call = self.call(mode)?.query("section", self.section.to_string());
        let sent = self.store.lines(&call.reading(), |row| match row {
            Told::Fate(row, fate) => {
                told.add(row, fate);
                let flow = visit((row, fate));
                is_over = flow.is_break();
                flow
            }
            Told::Done(_) => ControlFlow::Continue(()),
        });
        sent?;
        if is_over {
            return Err(StoreError::GivenUp);
        }
        self.fates = told;
        self.section += 1;
        self.is_exact |= matches!(step, Step::Settle);
        Ok(())
    }

    /// The call that sends all of it so far.
    fn call(&mut self, mode: Mode) -> Result<Call, StoreError> {
        self.store.is_over()?;
        self.file.flush().map_err(unkept)?;
        let file = self.file.get_ref().try_clone().map_err(unkept)?;
        let word = match mode {
            Mode::Rehearse => "rehearse",
            Mode::Try => "try",
            Mode::Write => "write",
        };
        let mut call = Call::write(Method::POST, &["v1", "store", "load"])
            .query("mode", word)
            .file("application/x-ndjson", Arc::new(file))
            .within(LONG);
        if let Purpose::Write(author) = self.purpose {
            let Caused {
                command,
                reason,
                request,
                fingerprint,
            } = author.into();
            let reason = reason.map(|reason| reason.to_string());
            let said = [
                ("command", Some(command)),
                ("reason", reason),
                ("request", request),
                ("fingerprint", fingerprint),
            ];
            for (name, value) in said {
                if let Some(value) = value {
                    call = call.query(name, value);
                }
            }
        }
        Ok(call)
    }

    /// Has all of it written.
    fn finish(mut self) -> Result<Loaded, StoreError> {
        let found = self.snapshot.revision()?;
        let nothing = Loaded {
            revision: found,
            changes: 0,
        };
        if self.steps == 0 {
            return Ok(nothing);
        }
        let Purpose::Write(_) = self.purpose else {
            return Ok(nothing);
        };
        let fates = self.fates.0.to_string();
        let call = self.call(Mode::Write)?.query("fates", fates);
        let mut done = None;
        self.store.lines(&call, |row| {
            if let Told::Done(updated) = row {
                done = Some(updated);
            }
            ControlFlow::Continue(())
        })?;
        match done {
            Some(Updated { revision, changes }) => Ok(Loaded { revision, changes }),
            None => Err(StoreError::Moved),
        }
    }
}

impl Intake for Spool<'_> {
    fn change(&mut self, change: &Change) -> Result<(), StoreError> {
        if change.is_nothing() {
            return Ok(());
        }
        self.catalog.apply(change, Revision::UNKNOWN)?;
        self.is_exact |= matches!(change, Change::Override { .. });
        match change {
            _ if !introduces(change) => {}
            Change::User { id, .. } => {
                self.introduced.insert(SubjectId::User(id.clone()));
            }
            Change::Organization { id, .. } => {
                self.introduced.insert(SubjectId::Organization(id.clone()));
            }
            _ => {}
        }
        self.put(&Step::Change(change.clone()))
    }

    fn want(&mut self, wanted: &Wanted<'_>) -> Result<Result<(), Refusal>, StoreError> {
        let Wanted {
            row,
            subject,
            feature,
            after,
        } = *wanted;
        if let Err(refusal) = self.catalog.override_fits(feature, after) {
            return Ok(Err(refusal));
        }
        if !self.knows(subject)? {
            return Ok(Err(Refusal::UnknownSubject(subject.clone())));
        }
        self.waits = true;
        let (subject, feature) = (subject.clone(), feature.clone());
        let after = after.cloned();
        self.put(&Step::Want(WantedRow {
            row,
            subject,
            feature,
            after,
        }))?;
        Ok(Ok(()))
    }

    /// Nothing of it is in memory.
    fn is_full(&self) -> bool {
        false
    }

    fn settle(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError> {
        self.settled(&Step::Settle, visit)
    }

    fn weigh(&mut self, visit: &mut Visit<'_, (u32, Fate)>) -> Result<(), StoreError> {
        self.settled(&Step::Weigh, visit)
    }
}
