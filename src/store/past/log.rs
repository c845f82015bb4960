//! The changes that are undone, read once: those of the definitions, and those about each subject
//! and target that is asked for.
//!
//! A write may have changed a million subjects, which takes a while to pass over; one subject's
//! changes are few.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::domain::catalog::{Catalog, Revision};
use crate::domain::change::Change;
use crate::domain::subject::SubjectId;
use crate::domain::target::Target;
use crate::store::{About, Scope, Snapshot, Span, StoreError};

/// Changes, each with the revision that it was part of, latest first.
pub(in crate::store) type Made = Rc<[(Revision, Change)]>;

/// The changes of a span.
pub(super) struct Log<'s> {
    pub(super) present: &'s dyn Snapshot,
    pub(super) span: Span,
    /// The definitions as they are now.
    pub(super) catalog: Catalog,
    definitions: OnceCell<Made>,
    naming: RefCell<HashMap<Target, Made>>,
    subjects: RefCell<HashMap<SubjectId, Made>>,
}

impl<'s> Log<'s> {
    pub(super) fn new(present: &'s dyn Snapshot, span: Span) -> Result<Self, StoreError> {
        Ok(Self {
            catalog: present.catalog(Scope::All)?,
            present,
            span,
            definitions: OnceCell::new(),
            naming: RefCell::default(),
            subjects: RefCell::default(),
        })
    }

    pub(super) fn definitions(&self) -> Result<Made, StoreError> {
        match self.definitions.get() {
            Some(read) => Ok(Rc::clone(read)),
            None => {
                let read = self.read(About::Definitions)?;
                Ok(Rc::clone(self.definitions.get_or_init(|| read)))
            }
        }
    }

    /// Those of the definitions, and of the target's names.
    pub(super) fn naming(&self, target: &Target) -> Result<Made, StoreError> {
        kept(&self.naming, target, || self.read(About::Naming(target)))
    }

    pub(super) fn subject(&self, subject: &SubjectId) -> Result<Made, StoreError> {
        kept(&self.subjects, subject, || {
            self.read(About::Subject(subject))
        })
    }

    fn read(&self, about: About<'_>) -> Result<Made, StoreError> {
        let mut changes = Vec::new();
        self.present.changed(self.span, about, &mut |change| {
            changes.push(change);
            ControlFlow::Continue(())
        })?;
        Ok(changes.into())
    }
}

fn kept<K: Clone + Eq + Hash>(
    all: &RefCell<HashMap<K, Made>>,
    key: &K,
    read: impl FnOnce() -> Result<Made, StoreError>,
) -> Result<Made, StoreError> {
    if let Some(found) = all.borrow().get(key) {
        return Ok(Rc::clone(found));
    }
    let found = read()?;
    all.borrow_mut().insert(key.clone(), Rc::clone(&found));
    Ok(found)
}
