//! That both stores hold the same: read again from end to end, and compared.

use std::cell::Cell;
use std::ops::ControlFlow;

use anyhow::{Result, bail};

use super::history::Way;
use super::pace::Pace;
use super::standing::head_of;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::interrupt::asks_to_end;
use crate::domain::catalog::Revision;
use crate::store::{Fingerprint, Snapshot, Store, StoreError, Subjects, fingerprint};

/// The name of the failure for scripts.
pub(super) const DIFFERS: &str = "migration_differs";
/// So many items are told before somebody looks whether to go on.
const GLANCE: u64 = 1024;

/// What was compared.
pub(super) struct Proof {
    /// At which revision.
    pub(super) revision: Revision,
    /// What both hold.
    pub(super) contents: Fingerprint,
}

/// What a snapshot comes to.
pub(super) fn of(
    snapshot: &dyn Snapshot,
    subjects: Subjects,
    pace: &Pace<'_>,
) -> Result<Fingerprint, StoreError> {
    let rows = Cell::new(0_u64);
    fingerprint(snapshot, subjects, &mut || {
        rows.set(rows.get() + 1);
        if !rows.get().is_multiple_of(GLANCE) {
            return ControlFlow::Continue(());
        }
        pace.comparing(rows.get());
        match asks_to_end() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    })
}

/// Compares the source of one moment with the target that was made from it.
///
/// # Errors
///
/// Exit 1 where they are not the same.
pub(super) fn compare(
    here: &dyn Snapshot,
    target: &dyn Store,
    way: &Way<'_>,
    subjects: Subjects,
    (from, to): (&str, &str),
) -> Result<Proof> {
    let contents = of(here, subjects, way.pace)?;
    let there = target.snapshot()?;
    let head = head_of(&*there)?;
    if head != way.head {
        bail!(differs(format!(
            "{to} was written to meanwhile: it ends with revision {}, and {} was moved",
            head.revision, way.head.revision
        )));
    }
    let moved = of(&*there, subjects, way.pace)?;
    let parts = contents.differs(&moved);
    if !parts.is_empty() {
        bail!(differs(in_words(&contents, &moved, &parts, (from, to))));
    }
    let verified = there.verify(None)?;
    if let Some(misfit) = verified.misfit {
        bail!(differs(format!(
            "the history in {to} is not whole: {misfit}"
        )));
    }
    if verified.head != way.head {
        bail!(differs(format!(
            "the history in {to} ends elsewhere than it says"
        )));
    }
    Ok(Proof {
        revision: head.revision,
        contents,
    })
}

fn in_words(
    here: &Fingerprint,
    there: &Fingerprint,
    parts: &[&str],
    (from, to): (&str, &str),
) -> String {
    let count = |of: &Fingerprint, name: &str| {
        let parts = of.parts().into_iter();
        let mut found = parts.filter(|(known, _)| *known == name);
        found.next().map_or(0, |(_, part)| part.count)
    };
    let told = parts.iter().map(|name| match *name {
        "settings" => "settings".to_owned(),
        name => format!("{name} ({} and {})", count(here, name), count(there, name)),
    });
    let told: Vec<String> = told.collect();
    format!("{from} and {to} do not hold the same {}", told.join(", "))
}

fn differs(message: String) -> Failure {
    Failure {
        exit: Exit::No,
        code: DIFFERS,
        message,
        hints: vec![
            "do not switch over; `flags doctor` and `flags log verify` look into either store"
                .to_owned(),
            "what is moved into an empty store is compared anew".to_owned(),
        ],
    }
}
