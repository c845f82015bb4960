//! Waiting for a write, where nobody tells of it.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::StoreError;

/// How long to rest where asking costs next to nothing, and where it is a journey.
pub(super) const NEAR: Duration = Duration::from_millis(50);
pub(super) const FAR: Duration = Duration::from_millis(500);

/// Asks for the pulse until it is another one than `seen`, at most so long, resting in between. Who
/// has less time than a rest takes asks once, at its end.
pub(super) fn poll(
    seen: u64,
    at_most: Duration,
    rest: Duration,
    mut pulse: impl FnMut() -> Result<u64, StoreError>,
) -> Result<u64, StoreError> {
    let begun = Instant::now();
    if at_most < rest {
        sleep(at_most);
    }
    loop {
        let now = pulse()?;
        let left = at_most.saturating_sub(begun.elapsed());
        if now != seen || left.is_zero() {
            return Ok(now);
        }
        sleep(rest.min(left));
    }
}
