//! A loop that inserts the rows of `../harness/load.py`, in the order of their table: what
//! `flags override import` is held against.
//!
//! It reads nothing, checks nothing and keeps no history: one transaction, one prepared statement,
//! and the pragmas of the program. What it writes is there after a power cut.

#![forbid(unsafe_code)]

use rusqlite::{Connection, Result, params};

const PUT: &str = "INSERT INTO \"override\"(subject_id, feature_id, granted, value, reason, starts, \
     expires, revision) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const FEATURES: i64 = 50;
const REASONS: [Option<&str>; 3] = [None, Some("spring trial"), Some("beta group")];
const EXPIRES: [Option<i64>; 4] = [None, Some(1_798_761_600), Some(1_830_297_600), None];

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let store = arguments.next().unwrap_or_default();
    let rows: i64 = arguments
        .next()
        .and_then(|rows| rows.parse().ok())
        .unwrap_or_default();
    let each: i64 = arguments
        .next()
        .and_then(|each| each.parse().ok())
        .unwrap_or(1);
    let mut store = Connection::open(store)?;
    store.execute_batch("PRAGMA synchronous = FULL; PRAGMA cache_size = -16384")?;
    let transaction = store.transaction()?;
    let mut put = transaction.prepare(PUT)?;
    for subject in 1..=rows / each {
        let mut features: Vec<i64> = (0..each)
            .map(|nth| (7 * (subject - 1) + 11 * nth) % FEATURES + 1)
            .collect();
        features.sort_unstable();
        for feature in features {
            let of = usize::try_from(subject + feature).unwrap_or_default();
            put.execute(params![
                subject,
                feature,
                1,
                None::<i64>,
                REASONS[of % REASONS.len()],
                None::<i64>,
                EXPIRES[of % EXPIRES.len()],
                2,
            ])?;
        }
    }
    drop(put);
    transaction.commit()?;
    println!("{rows} rows");
    Ok(())
}
