//! Reading all subjects beforehand, so that the first question about each is as quick as the second.
//!
//! It happens on a thread of its own, in one walk of one snapshot, while the server answers and
//! writes go on. Whom a write touches meanwhile is left out: what the walk tells of them is old.

use std::collections::HashSet;
use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use super::Live;
use super::world::World;
use crate::domain::catalog::Revision;
use crate::store::{Alone, Store, StoreError};

/// How many subjects are put in memory at a time: for so long nobody can answer.
const AT_ONCE: usize = 64;
/// How long to wait after a failure before the next attempt.
const PAUSE: Duration = Duration::from_secs(5);

impl Live {
    /// Reads all subjects in the background, now and whenever everything was forgotten, for as long
    /// as there is somebody to answer.
    ///
    /// # Errors
    ///
    /// Where the system has no thread for it.
    pub fn fill_in_background(self: &Arc<Self>) -> io::Result<()> {
        let (wake, woken) = sync_channel(1);
        let _ = wake.try_send(());
        if self.filler.set(wake).is_err() {
            return Ok(());
        }
        let live = Arc::downgrade(self);
        let named = thread::Builder::new().name("subjects".to_owned());
        named
            .spawn(move || fill_again_and_again(&live, &woken))
            .map(drop)
    }

    /// Has the subjects read again.
    pub(super) fn wake_filler(&self) {
        if let Some(filler) = self.filler.get() {
            // One call that was not yet heeded is enough.
            let _ = filler.try_send(());
        }
    }

    /// Reads all subjects, or as many as there is room for. `false` where everything was forgotten
    /// meanwhile: then it is to be done again.
    ///
    /// # Errors
    ///
    /// Those of the store.
    pub fn fill(&self, store: &dyn Store) -> Result<bool, StoreError> {
        let snapshot = loop {
            self.follow(store)?;
            let snapshot = store.snapshot()?;
            let revision = snapshot.revision()?;
            let begun = self.write(|world| {
                let fits = world.revision == revision;
                world.filling = fits.then(HashSet::new);
                fits
            });
            if begun {
                break snapshot;
            }
        };
        let revision = snapshot.revision()?;
        let mut batch = Vec::with_capacity(AT_ONCE);
        let mut goes_on = true;
        let walked = snapshot.each_alone(&mut |alone| {
            batch.push(alone.clone());
            if batch.len() >= AT_ONCE {
                goes_on = self.write(|world| put(world, &mut batch, revision));
            }
            match goes_on {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        Ok(self.write(|world| {
            if walked.is_ok() && goes_on {
                put(world, &mut batch, revision);
            }
            // If it is gone already, so is what was put.
            world.filling.take().is_some()
        }) && walked.map(|()| true)?)
    }
}

/// Puts subjects in memory that nothing newer is known of. `false` where no more are wanted.
fn put(world: &mut World, batch: &mut Vec<Alone>, revision: Revision) -> bool {
    let Some(touched) = &world.filling else {
        return false;
    };
    for alone in batch.drain(..) {
        if world.shelf.is_full() {
            return false;
        }
        let is_touched = touched.contains(&world.shelf.hash_of_subject(&alone.subject));
        if !is_touched && !world.shelf.has(&alone.subject) {
            world.shelf.put(&alone, revision);
        }
    }
    true
}

fn fill_again_and_again(live: &Weak<Live>, woken: &Receiver<()>) {
    while woken.recv().is_ok() {
        let Some(live) = live.upgrade() else { return };
        let done = live.stores.lend(|store| live.fill(store));
        if done.is_err() {
            // Nothing is missing but speed. Who asks meanwhile is told what is wrong.
            thread::sleep(PAUSE);
        }
        if !matches!(done, Ok(true)) {
            live.wake_filler();
        }
    }
}
