//! What is in the store: whether it is whole, and what it will meet next.

use super::{Check, PUT_BACK};
use crate::domain::time::Time;
use crate::store::sqlite::{Examination, FORMAT};
use crate::store::{HistoryError, StoreError};
use crate::ui::size;

/// How far ahead ends are looked for.
const SOON_DAYS: i64 = 7;
/// A log of this size is folded in at the next write, unless somebody reads all the time.
const LONG_LOG: u64 = 64 << 20;
/// Less than this is not worth tidying up.
const WASTE: u64 = 1 << 20;

/// Every check of the contents.
pub fn checks(store: &Examination, now: Time, quick: bool) -> Vec<Check> {
    let mut checks = vec![
        told("integrity", integrity(store, quick)),
        told("tables", tables(store)),
    ];
    if !quick {
        checks.push(told("history", history(store)));
    }
    checks.extend([
        told("format", format(store)),
        told("journal", journal(store)),
        told("size", room(store)),
        told("references", references(store)),
        told("features", features(store)),
    ]);
    match endings(store, now) {
        Ok(found) => checks.extend(found),
        Err(error) => checks.push(told("overrides", Err(error))),
    }
    checks.push(told("writes", writes(store, now)));
    checks
}

/// A look that fails is a finding, too.
fn told(name: &'static str, check: Result<Check, StoreError>) -> Check {
    check.unwrap_or_else(|error| Check::problem(name, error.to_string()).advice(PUT_BACK))
}

fn integrity(store: &Examination, quick: bool) -> Result<Check, StoreError> {
    let faults = store.faults(!quick)?;
    Ok(match faults.is_empty() {
        true if quick => Check::ok("integrity", "every page can be read; no index was compared"),
        true => Check::ok("integrity", "every page and index is whole"),
        false => Check::problem("integrity", faults.join("; ")).advice(PUT_BACK),
    })
}

fn tables(store: &Examination) -> Result<Check, StoreError> {
    Ok(match store.strange_part()? {
        None => Check::ok("tables", "as this program makes them"),
        Some(what) => Check::problem("tables", what).advice(PUT_BACK),
    })
}

fn history(store: &Examination) -> Result<Check, StoreError> {
    let verified = match store.chain() {
        Err(StoreError::History(HistoryError::Unchained)) => {
            let found = "the writes are not chained yet";
            let advice = "the next command that can write here does that";
            return Ok(Check::warning("history", found).advice(advice));
        }
        verified => verified?,
    };
    Ok(match verified.misfit {
        None => {
            let found = format!("{} writes, none altered or removed", verified.writes);
            Check::ok("history", found)
        }
        Some(misfit) => Check::problem("history", misfit.to_string())
            .advice("`flags log verify` tells more; compare with a backup"),
    })
}

fn format(store: &Examination) -> Result<Check, StoreError> {
    let found = store.format()?;
    Ok(if found == FORMAT {
        Check::ok("format", format!("{found}, the present one"))
    } else {
        Check::warning("format", format!("{found}, the present one is {FORMAT}"))
            .advice("the next command brings it up to date; `flags backup` first")
    })
}

fn journal(store: &Examination) -> Result<Check, StoreError> {
    Ok(match store.has_log()? {
        true => Check::ok("journal", "a write-ahead log"),
        false => {
            let found = "a rollback journal: readers and writers wait for each other";
            let advice = "`flags backup FILE`, then `flags restore FILE` where there is no store \
                          yet, takes a log if the file system can keep one";
            Check::warning("journal", found).advice(advice)
        }
    })
}

fn room(store: &Examination) -> Result<Check, StoreError> {
    let room = store.room()?;
    let found = format!(
        "{}, of which {} are free; log {}",
        size(room.file),
        size(room.free),
        size(room.log)
    );
    Ok(if room.log > LONG_LOG {
        Check::warning("size", found)
            .advice("end what reads without a pause: then the next write folds the log in")
    } else if room.free > WASTE && room.free > room.file / 2 {
        Check::warning("size", found).advice("nothing has to be done: later writes use it")
    } else {
        Check::ok("size", found)
    })
}

fn references(store: &Examination) -> Result<Check, StoreError> {
    let dangling = store.dangling()?;
    if dangling.is_empty() {
        return Ok(Check::ok("references", "nothing refers to what is gone"));
    }
    let harmless = dangling.iter().all(|found| found.harmless);
    let found = dangling
        .iter()
        .map(|found| format!("{} {}", found.count, found.what));
    let found = found.collect::<Vec<_>>().join(", ");
    Ok(match harmless {
        true => Check::warning("references", found)
            .advice("`flags feature show FEATURE` shows a feature's rules"),
        false => Check::problem("references", found).advice(PUT_BACK),
    })
}

fn features(store: &Examination) -> Result<Check, StoreError> {
    let (count, cap) = store.features()?;
    let found = format!("{count} of at most {cap}");
    Ok(if count.saturating_mul(10) >= cap.saturating_mul(9) {
        Check::warning("features", found)
            .advice("`flags feature cap NUMBER` raises the cap, `flags feature delete` frees one")
    } else {
        Check::ok("features", found)
    })
}

fn endings(store: &Examination, now: Time) -> Result<[Check; 2], StoreError> {
    let soon = now.after(SOON_DAYS * 86_400).unwrap_or(Time::LAST);
    let endings = store.endings(now, soon)?;
    let past = match endings.past {
        0 => Check::ok("expired", "no override has ended"),
        count => Check::warning("expired", format!("{count} overrides have ended"))
            .advice("`flags override clear --expired`"),
    };
    let days = format!("within {SOON_DAYS} days");
    let ahead = match endings.ahead {
        0 => Check::ok("expiring", format!("no override ends {days}")),
        count => Check::warning("expiring", format!("{count} overrides end {days}"))
            .advice(format!("`flags override list --expiring {SOON_DAYS}d`")),
    };
    Ok([past, ahead])
}

/// A write that was made later than now: then one of two clocks is wrong.
fn writes(store: &Examination, now: Time) -> Result<Check, StoreError> {
    let revision = store.revision()?;
    let last = store.last_write()?.map(|at| at.div_euclid(1000));
    let last = last.and_then(|seconds| Time::from_unix(seconds).ok());
    Ok(match last {
        Some(last) if last > now => {
            let found = format!("revision {revision} was written at {last}, which is yet to come");
            Check::warning("writes", found)
                .advice("set the clock right: spans such as 14d count from it")
        }
        Some(last) => Check::ok(
            "writes",
            format!("revision {revision}, the latest at {last}"),
        ),
        None => Check::ok("writes", "none yet"),
    })
}
