//! Following a store.

use std::ops::ControlFlow;

use anyhow::Result;

use super::Watch;
use super::line::{Head, line};
use crate::cli::command::log::told::Told;
use crate::cli::command::log::unknown_revision;
use crate::domain::catalog::Revision;
use crate::store::{Entry, Snapshot, Store, StoreError};
use crate::ui::{Page, time};

/// How many writes are told from one view: while it is there, the store cannot tidy up, and who
/// reads our lines may be slow.
const AT_ONCE: u64 = 256;

/// Tells of each write until it is told to end, or enough has been told.
pub fn follow(watch: &Watch<'_>) -> Result<()> {
    let store = watch.context.store()?;
    let mut course = Course {
        watch,
        last: beginning(watch, store)?,
        told: 0,
    };
    let place = watch.context.place()?.to_string();
    watch.announce(&place, course.last)?;
    let mut seen = None;
    while !watch.is_enough(course.told) {
        // The number is asked for before the writes are: what comes between shows next time.
        let pulse = store.pulse()?;
        if seen == Some(pulse) {
            watch.pause()?;
            continue;
        }
        while course.advance(store)? {
            watch.go_on()?;
        }
        seen = Some(pulse);
    }
    Ok(())
}

/// The revision behind which everything is told.
fn beginning(watch: &Watch<'_>, store: &dyn Store) -> Result<Revision> {
    let snapshot = store.snapshot()?;
    let latest = snapshot.revision()?;
    match watch.since {
        None => Ok(latest),
        Some(since) if since <= latest => Ok(since),
        Some(since) => Err(unknown_revision(&*snapshot, since)),
    }
}

/// How far it has come.
struct Course<'c> {
    watch: &'c Watch<'c>,
    last: Revision,
    told: u64,
}

impl Course<'_> {
    /// Tells the next few writes; whether there may be more.
    fn advance(&mut self, store: &dyn Store) -> Result<bool> {
        let watch = self.watch;
        let snapshot = store.snapshot()?;
        let latest = snapshot.revision()?;
        if latest < self.last {
            // A backup took the store's place: what was told since is no longer so.
            let text = format!(
                "the store was put back to revision {latest}, from {}",
                self.last
            );
            watch.context.warn(&text)?;
            self.last = latest;
        }
        let until = Revision(latest.0.min(self.last.0 + AT_ONCE));
        while self.last < until && !watch.is_enough(self.told) {
            watch.go_on()?;
            let next = Revision(self.last.0 + 1);
            if let Some(entry) = snapshot.entry(next)?
                && watch.filter.wants(&entry)
                && is_about(watch, &*snapshot, next)?
            {
                tell(watch, &*snapshot, &entry)?;
                self.told += 1;
            }
            self.last = next;
        }
        Ok(self.last < latest && !watch.is_enough(self.told))
    }
}

/// Whether a write has a change that is wanted.
fn is_about(
    watch: &Watch<'_>,
    snapshot: &dyn Snapshot,
    revision: Revision,
) -> Result<bool, StoreError> {
    let mut found = false;
    snapshot.each_change(revision, watch.filter.about(), &mut |_| {
        found = true;
        ControlFlow::Break(())
    })?;
    Ok(found)
}

fn tell(watch: &Watch<'_>, snapshot: &dyn Snapshot, entry: &Entry) -> Result<()> {
    let told = Told {
        snapshot,
        about: watch.filter.about(),
        most: watch.most,
        fields: watch.fields.clone(),
    };
    let terminal = &watch.context.terminal;
    if watch.documents {
        let mut out = terminal.composer(true);
        told.document(&mut out, entry)?;
        return Ok(out.finish()?);
    }
    let mut out = terminal.stream();
    let head = Head {
        revision: entry.revision,
        at: &time::rfc3339(entry.at.div_euclid(1000)),
        actor: &entry.actor,
        command: &entry.command,
        reason: entry.reason.as_deref().unwrap_or_default(),
    };
    out.page(&Page::new().line(line(&head, told.changes(entry)?)));
    Ok(out.flush()?)
}
