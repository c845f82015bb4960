//! Reports of changes, delivered while a server runs: on a thread of their own, outside the runtime.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::json;

use crate::cli::command::notify::clock;
use crate::notify::{Courier, Told};
use crate::server::log::{Level, Log};
use crate::server::metrics::Reports;
use crate::store::{self, Location};

/// Does the work of a server, and delivers reports for as long as it takes.
pub fn beside<T>(place: &Location, log: &Log, counted: &Reports, work: impl FnOnce() -> T) -> T {
    let over = AtomicBool::new(false);
    let open = || store::open(place, || false);
    let halt = || over.load(Ordering::SeqCst);
    let tell = |told: &Told| {
        let destination = told.destination.as_str();
        counted.sent(destination, told.outcome.as_str());
        if let Some(why) = told.outcome.why() {
            let fields = json!({"destination": destination, "error": why});
            log.tell(Level::Warn, "report_failed", &fields);
        }
    };
    let courier = Courier::new(&open, clock, &halt, &tell);
    thread::scope(|scope| {
        scope.spawn(|| {
            if let Err(error) = courier.follow() {
                let fields = json!({ "error": error.to_string() });
                log.tell(Level::Error, "reports_ended", &fields);
            }
        });
        let done = work();
        // What is under way is carried through; what is not begun waits for the next process.
        over.store(true, Ordering::SeqCst);
        done
    })
}
