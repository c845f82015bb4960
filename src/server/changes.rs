//! Noticing that something was written, by this server or by anybody else.
//!
//! Whoever waits for changes waits for [`App::latest`]. A write of this server is told there at
//! once; for those of others the store is looked at again and again.

use std::sync::Weak;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::app::App;
use crate::domain::catalog::Revision;

/// How often the store is looked at.
const OFTEN: Duration = Duration::from_millis(50);

/// Looks at the store for as long as there is a server.
pub(super) async fn watch(app: Weak<App>) {
    let mut ticks = interval(OFTEN);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(app) = app.upgrade() else {
            return;
        };
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
}
