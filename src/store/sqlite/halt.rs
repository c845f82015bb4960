//! Being asked to end in the middle of a write: it is given up, and the transaction ends without a
//! trace.
//!
//! Who opens a store says how to find out. SQLite's handler of locks is a bare function, so the
//! question is kept for the thread while a write is under way there; reading never asks it.

use std::cell::Cell;

use crate::store::{Halt, StoreError};

thread_local!(static QUESTION: Cell<Option<Halt>> = const { Cell::new(None) });

/// While this lives, the thread's work heeds the question.
pub(super) struct Heeding(Option<Halt>);

/// Begins to heed a question.
pub(super) fn heed(question: Option<Halt>) -> Heeding {
    Heeding(QUESTION.replace(question))
}

impl Drop for Heeding {
    fn drop(&mut self) {
        QUESTION.set(self.0);
    }
}

/// Whether the work under way can be asked to end at all.
pub(super) fn is_heeded() -> bool {
    QUESTION.get().is_some()
}

/// Whether the work under way was asked to end.
pub(super) fn asked() -> bool {
    QUESTION.get().is_some_and(|question| question())
}

/// Gives the work up if it was asked to end.
pub(super) fn look_up() -> Result<(), StoreError> {
    match asked() {
        true => Err(StoreError::Interrupted),
        false => Ok(()),
    }
}
