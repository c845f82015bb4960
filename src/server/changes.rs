//! Noticing that something was written, by this server or by anybody else.
//!
//! Whoever waits for changes waits for [`App::latest`]. A write of this server is told there at
//! once; for those of others the store is looked at again and again.

use std::io;
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use tokio::time::{MissedTickBehavior, interval};

use super::app::App;
use super::pool::{SendStore, Stores};
use crate::domain::catalog::Revision;
use crate::store::{Done, Kept, RecordKind, Store, StoreError};

/// For how long a request that was carried out is known again, in milliseconds.
const KNOWN: i64 = 48 * 3_600_000;
/// How often those known for longer are let go, and how many at once.
const SWEEPING: Duration = Duration::from_secs(3600);
const AT_ONCE: usize = 1000;
/// How often the store is looked at.
const OFTEN: Duration = Duration::from_millis(50);
/// How often one that is far away is asked at the least; it may tell of writes sooner.
const SELDOM: Duration = Duration::from_secs(1);

/// Looks at the store for as long as there is a server.
pub(super) async fn watch(app: Weak<App>) {
    let mut ticks = interval(OFTEN);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept = Instant::now();
    loop {
        ticks.tick().await;
        let Some(app) = app.upgrade() else {
            return;
        };
        if swept.elapsed() >= SWEEPING && !app.settings.read_only {
            swept = Instant::now();
            app.sweep().await;
        }
        // Whoever listens to a store that is far away takes note of it.
        if app.live.is_far() {
            continue;
        }
        // A store that cannot be read just now may be readable again.
        if app.fresh().await.is_ok() {
            app.tell_waiting();
        }
    }
}

/// Has a thread listen to a store that is far away, for as long as there is a server: what is written
/// there is taken note of before anybody asks.
///
/// # Errors
///
/// Where there is no thread for it.
pub(super) fn listen(app: &Arc<App>) -> io::Result<()> {
    let server = Arc::downgrade(app);
    let listening = move || {
        let (mut ear, mut heard) = (Ear::default(), None);
        while let Some(app) = server.upgrade() {
            if app.catch_up(heard).is_ok() {
                app.tell_waiting();
                if !app.live.is_far() {
                    return;
                }
            }
            let (stores, rest) = (app.stores.clone(), app.between_looks());
            // Nothing of the server is held while nothing happens.
            drop(app);
            heard = ear.wait(&stores, rest);
        }
    };
    let thread = thread::Builder::new().name("listener".to_owned());
    thread.spawn(listening).map(drop)
}

/// What hears of writes.
#[derive(Default)]
struct Ear {
    store: Option<SendStore>,
    /// The last pulse that was heard.
    heard: u64,
}

impl Ear {
    /// Waits for a write, at most so long; what was heard of one, and since when that was so.
    fn wait(&mut self, stores: &Stores, rest: Duration) -> Option<(Instant, u64)> {
        let begun = Instant::now();
        let store = match self.store.take() {
            Some(store) => Ok(store),
            None => stores.open(),
        };
        let heard = store.and_then(|store| Ok((store.await_pulse(self.heard, rest)?, store)));
        match heard {
            Ok((pulse, store)) => {
                self.store = Some(store);
                let before = std::mem::replace(&mut self.heard, pulse);
                (pulse != before).then_some((begun, pulse))
            }
            // Another one may fare better, in a while.
            Err(_) => {
                thread::sleep(rest);
                None
            }
        }
    }
}

impl App {
    /// Takes note of everything that was written up to now, or until something was heard, on the
    /// thread that calls, which may wait.
    fn catch_up(&self, heard: Option<(Instant, u64)>) -> Result<(), StoreError> {
        let since = match heard {
            Some((begun, pulse)) => {
                self.live.hear(begun, pulse);
                begun
            }
            None => Instant::now(),
        };
        let watch = self.live.watch();
        self.stores
            .lend(|store| self.take_note(watch, since, store))
    }

    /// How long nothing need be heard of a store that is far away: less than answers may be old, so
    /// that none has to wait, unless nobody has asked for any since the last time.
    fn between_looks(&self) -> Duration {
        let allowed = self.settings.max_staleness / 3;
        match allowed.is_zero() || !self.live.was_wanted() {
            true => SELDOM,
            false => allowed.min(SELDOM),
        }
    }

    /// Wakes those who wait for changes, where what is in memory is of another revision.
    fn tell_waiting(&self) {
        let revision = self.live.held().revision;
        // Also an earlier one: a backup may have been put in the store's place.
        self.latest.send_if_modified(|latest| {
            let other = *latest != revision;
            *latest = revision;
            other
        });
    }

    /// Wakes those who wait for changes.
    pub fn noticed(&self, revision: Revision) {
        self.latest.send_if_modified(|latest| {
            let newer = *latest < revision;
            *latest = revision.max(*latest);
            newer
        });
    }

    /// Lets go of requests that were carried out long ago.
    async fn sweep(&self) {
        let before = self.milliseconds().saturating_sub(KNOWN);
        let sweep = move |store: &dyn Store| {
            let notes = store.records(RecordKind::Request)?.into_iter();
            let old = notes.filter(|(_, body)| Done::read(body).is_some_and(|d| d.at < before));
            for (name, _) in old.take(AT_ONCE) {
                store.amend(RecordKind::Request, &name, &mut |_| Kept::Gone)?;
            }
            Ok::<_, StoreError>(())
        };
        // What could not be let go now is the next time.
        let _ = self.stores.write(sweep).await;
    }
}
