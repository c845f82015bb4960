//! What was last read from a remote place, for when it cannot be reached.
//!
//! Two things are kept of each place: its definitions, when they were read whole, and the basis of
//! each answer, for the subject and the features that were asked about. WorkOS hands out whole
//! configurations, of which everybody can be answered. Of what was not read there is no copy: that is
//! an error and never a no.
//!
//! A copy says when it was made and of which place. It is found by the place's name *and* says it
//! inside, so that a profile that names another place has none, and it says what key it was read
//! with, so that the holder of another sees nothing of it. Nothing of it is secret, but it says
//! who has what, so that it lies where only its owner reads. Whatever is amiss with it makes it as
//! good as none.

mod copy;
mod keeping;
mod kept;
mod reader;

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;

pub use keeping::Keeping;
pub use kept::KeptStore;
pub use reader::Reader;

use super::StoreError;

/// A place of which copies are kept.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// Where the copies lie.
    directory: PathBuf,
    /// What the place is known by.
    place: String,
    /// What the place is called in sentences.
    name: String,
    /// Whether the definitions answer for anybody: it hands them out with all whom they name.
    whole: bool,
    /// Who asks.
    reader: Reader,
}

/// How a copy may answer.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The moment that counts as now, in milliseconds since 1970.
    pub now: i64,
    /// How old a copy may be, in seconds; any age where nobody asks.
    pub at_most: Option<u64>,
    /// When the copy that answered was made, for whoever is to be told.
    pub witness: Witness,
}

/// The moment, in milliseconds since 1970, of the oldest copy that was answered from, if one was.
#[derive(Debug, Clone, Default)]
pub struct Witness(Rc<Cell<Option<i64>>>);

impl Witness {
    /// The moment, if a copy answered.
    pub fn as_of(&self) -> Option<i64> {
        self.0.get()
    }

    fn note(&self, as_of: i64) {
        let oldest = self.0.get().map_or(as_of, |noted| noted.min(as_of));
        self.0.set(Some(oldest));
    }
}

impl Terms {
    /// Whether a copy of this moment may answer; then it is noted that it did.
    fn admit(&self, as_of: i64) -> Result<(), StoreError> {
        if let Some(at_most) = self.at_most {
            // One from the future is of no known age: a clock was wrong.
            let age = u64::try_from(self.now.saturating_sub(as_of)).ok();
            let young = age.is_some_and(|age| age <= at_most.saturating_mul(1000));
            if !young {
                return Err(StoreError::CopyTooOld { as_of, at_most });
            }
        }
        self.witness.note(as_of);
        Ok(())
    }
}

/// Whether a place could not be reached, or answered nothing that can be used: then a copy can take
/// its place. Whoever is turned away was reached.
fn is_out_of_reach(error: &StoreError) -> bool {
    use crate::remote::api::Class;
    matches!(error, StoreError::Remote(error) if error.class() == Class::Remote)
}
