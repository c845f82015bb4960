//! Passes over the same work until the time is up, and what the median one took.
//!
//! Counted is the processor's time, not the wall's: a pass is long enough to be interrupted, and
//! `openssl speed` counts the same.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

use crate::Result;

/// Times `pass`, which does `items` things, and prints the score: one line of JSON.
///
/// `pass` returns a number that depends on everything it read, so that nothing can be left out.
pub fn run(seconds: f64, items: usize, mut pass: impl FnMut() -> Result<u64>) -> Result<()> {
    // Half as long again to warm up.
    passes(seconds / 2.0, &mut pass)?;
    let (mut times, sum) = passes(seconds, &mut pass)?;
    times.sort();
    let median = times[times.len() / 2];
    let score: Value = json!({
        "per_second": items as f64 / median.as_secs_f64(),
        "passes": times.len(),
        "sum": sum,
    });
    println!("{score}");
    Ok(())
}

fn passes(seconds: f64, pass: &mut impl FnMut() -> Result<u64>) -> Result<(Vec<Duration>, u64)> {
    let start = spent();
    let mut times = Vec::new();
    let mut sum = 0;
    while times.is_empty() || (spent() - start).as_secs_f64() < seconds {
        let begun = spent();
        sum = pass()?;
        times.push(spent() - begun);
    }
    Ok((times, sum))
}

/// The processor's time this process has taken.
fn spent() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(
        time.tv_sec.unsigned_abs(),
        time.tv_nsec.unsigned_abs() as u32,
    )
}
