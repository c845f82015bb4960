//! What every in-process contestant shares: the workload, the clock, the digest.
//!
//! A contestant answers every flag for every user into one byte a question, `0` or `1`, users
//! outermost and flags in the order of their slugs. The bytes the clock saw written are the bytes
//! the digest is taken of, so a contestant cannot be timed on answers it did not give.
//! `../npm/evaluator.mjs` is the same harness in JavaScript; change both together.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};
use std::{env, error, fs};

use serde::{Deserialize, Serialize};

/// Any failure ends the program: a contestant that cannot run must not be left out in silence.
pub type Result<T> = std::result::Result<T, Box<dyn error::Error>>;

/// The flags and users of one run, as `../harness/workload.py` writes them.
#[derive(Deserialize)]
pub struct Workload {
    /// WorkOS's configuration payload, version 1. The generator writes slugs sorted, so a map
    /// that sorts and a map that keeps the order of insertion agree.
    pub flags: BTreeMap<String, Flag>,
    /// The users to answer for.
    pub users: Vec<String>,
}

/// One boolean flag.
#[derive(Deserialize)]
pub struct Flag {
    /// A flag that is not enabled is off for everybody.
    pub enabled: bool,
    /// What a user who is not a target gets.
    pub default_value: bool,
    /// Who gets the flag whatever the default is.
    pub targets: Targets,
}

/// Who a flag is switched on for. The workload has users only.
#[derive(Deserialize)]
pub struct Targets {
    /// Users by id.
    pub users: Vec<Target>,
}

/// One targeted user.
#[derive(Deserialize)]
pub struct Target {
    /// The user's id.
    pub id: String,
    /// A target that is not enabled counts as absent.
    pub enabled: bool,
}

impl Flag {
    /// The ids of the targets that count.
    pub fn target_ids(&self) -> impl Iterator<Item = &str> {
        let enabled = self.targets.users.iter().filter(|target| target.enabled);
        enabled.map(|target| target.id.as_str())
    }
}

/// The command line all contestants take: `WORKLOAD SECONDS [WAY]`.
pub struct Args {
    /// What to answer.
    pub workload: Workload,
    /// How long to keep the clock running.
    pub seconds: f64,
    /// Which of several ways of asking to time, for a contestant that has several.
    pub way: String,
}

impl Args {
    /// Reads the command line and the workload it names.
    pub fn read() -> Result<Self> {
        let mut args = env::args().skip(1);
        let (Some(path), Some(seconds)) = (args.next(), args.next()) else {
            return Err("usage: WORKLOAD SECONDS [WAY]".into());
        };
        Ok(Self {
            workload: serde_json::from_slice(&fs::read(path)?)?,
            seconds: seconds.parse()?,
            way: args.next().unwrap_or_default(),
        })
    }
}

/// What a contestant prints: one line of JSON.
#[derive(Serialize)]
struct Score<'a> {
    version: &'a str,
    /// The median pass.
    evaluations_per_second: f64,
    passes: usize,
    /// FNV-1a, 32 bits, over all answers.
    digest: String,
    /// For how many users each flag is on.
    on: Vec<usize>,
}

/// The byte that stands for an answer.
pub fn answer(on: bool) -> u8 {
    b'0' + u8::from(on)
}

/// Times `pass`, which answers every question once, and prints the score.
pub fn run(args: &Args, version: &str, mut pass: impl FnMut(&mut [u8])) -> Result<()> {
    let flags = args.workload.flags.len();
    let mut answers = vec![0; flags * args.workload.users.len()];
    // Half as long again to warm up: caches here, the JIT compiler in the JavaScript twin.
    time_passes(&mut pass, &mut answers, args.seconds / 2.0);
    let mut times = time_passes(&mut pass, &mut answers, args.seconds);
    times.sort();
    let median = times[times.len() / 2];
    let score = Score {
        version,
        evaluations_per_second: answers.len() as f64 / median.as_secs_f64(),
        passes: times.len(),
        digest: format!("{:08x}", fnv1a(&answers)),
        on: count_on(&answers, flags),
    };
    println!("{}", serde_json::to_string(&score)?);
    Ok(())
}

/// Runs passes until `seconds` are over, one at the least.
fn time_passes(
    pass: &mut impl FnMut(&mut [u8]),
    answers: &mut [u8],
    seconds: f64,
) -> Vec<Duration> {
    let start = Instant::now();
    let mut times = Vec::new();
    while times.is_empty() || start.elapsed().as_secs_f64() < seconds {
        let begun = Instant::now();
        pass(black_box(answers));
        black_box(&mut *answers);
        times.push(begun.elapsed());
    }
    times
}

fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

fn count_on(answers: &[u8], flags: usize) -> Vec<usize> {
    let mut on = vec![0; flags];
    for user in answers.chunks(flags) {
        for (count, byte) in on.iter_mut().zip(user) {
            *count += usize::from(*byte == b'1');
        }
    }
    on
}
