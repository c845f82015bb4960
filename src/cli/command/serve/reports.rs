//! Reports of changes, delivered while a server runs: on a thread of their own, outside the runtime.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::cli::command::notify::clock;
use crate::notify::{Courier, Told};
use crate::store;
use crate::ui::Terminal;

/// Does the work of a server, and delivers reports for as long as it takes.
pub fn beside<T>(place: &Path, work: impl FnOnce() -> T) -> T {
    let over = AtomicBool::new(false);
    let open = || store::open(place, || false);
    let halt = || over.load(Ordering::SeqCst);
    let courier = Courier::new(&open, clock, &halt, &tell);
    thread::scope(|scope| {
        scope.spawn(|| {
            if let Err(error) = courier.follow() {
                let text = format!("changes are not reported: {error}");
                let _ = Terminal::from_env(0).warn(text);
            }
        });
        let done = work();
        // What is under way is carried through; what is not begun waits for the next process.
        over.store(true, Ordering::SeqCst);
        done
    })
}

/// Says what failed. With stderr gone, the note in the store has to do.
fn tell(told: &Told) {
    let text = format!("report to {}: {}", told.destination, told.why);
    let _ = Terminal::from_env(0).warn(text);
}
