//! Passes over the same work until the time is up, and what the median one took.

use std::time::{Duration, Instant};

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
    let start = Instant::now();
    let mut times = Vec::new();
    let mut sum = 0;
    while times.is_empty() || start.elapsed().as_secs_f64() < seconds {
        let begun = Instant::now();
        sum = pass()?;
        times.push(begun.elapsed());
    }
    Ok((times, sum))
}
