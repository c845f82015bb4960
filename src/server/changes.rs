//! Noticing that something was written, by this server or by anybody else.
//!
//! Whoever waits for changes waits for [`App::latest`]. A write of this server is told there at
//! once; for those of others the store is looked at again and again.

use std::sync::Weak;
use std::time::{Duration, Instant};

use tokio::time::{MissedTickBehavior, interval};

use super::app::App;
use crate::domain::catalog::Revision;
use crate::store::{Done, Kept, RecordKind, Store, StoreError};

/// For how long a request that was carried out is known again, in milliseconds.
const KNOWN: i64 = 48 * 3_600_000;
/// How often those known for longer are let go, and how many at once.
const SWEEPING: Duration = Duration::from_secs(3600);
const AT_ONCE: usize = 1000;
/// How often the store is looked at.
const OFTEN: Duration = Duration::from_millis(50);

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
        // A store that cannot be read just now may be readable again.
        if app.fresh().await.is_ok() {
            let revision = app.live.held().revision;
            // Also an earlier one: a backup may have been put in the store's place.
            app.latest.send_if_modified(|latest| {
                let other = *latest != revision;
                *latest = revision;
                other
            });
        }
    }
}

impl App {
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
