//! Where a migration begins: behind the last write that both stores have.

use anyhow::{Result, bail};

use crate::cli::failure::Failure;
use crate::domain::catalog::Revision;
use crate::domain::text::counted;
use crate::store::{Head, Scope, Snapshot, StoreError};

/// Where the history of a store ends.
pub(super) fn head_of(snapshot: &dyn Snapshot) -> Result<Head, StoreError> {
    match snapshot.revision()? {
        Revision::UNKNOWN => Ok(Head::default()),
        revision => Ok(Head {
            revision,
            digest: snapshot.digest(revision)?.unwrap_or_default(),
        }),
    }
}

/// Whether nothing was ever written there.
pub(super) fn is_empty(snapshot: &dyn Snapshot) -> Result<bool, StoreError> {
    if snapshot.revision()? != Revision::UNKNOWN {
        return Ok(false);
    }
    let catalog = snapshot.catalog(Scope::All)?;
    Ok(catalog.features.is_empty() && catalog.plans.is_empty())
}

/// Where to go on in the target: it holds nothing, or what it holds is how the source began.
///
/// # Errors
///
/// Exit 3 where it holds anything else.
pub(super) fn common(from: &dyn Snapshot, to: &dyn Snapshot, names: (&str, &str)) -> Result<Head> {
    let end = head_of(to)?;
    if end == Head::default() && is_empty(to)? {
        return Ok(end);
    }
    let latest = from.revision()?;
    if end.revision <= latest && from.digest(end.revision)? == Some(end.digest) {
        return Ok(end);
    }
    let parted = parting(from, to, latest.min(end.revision))?;
    bail!(refused(from, to, end, parted, names)?)
}

/// The last write that both have: each hash stands for all before it, so it is found by halving.
fn parting(
    from: &dyn Snapshot,
    to: &dyn Snapshot,
    shorter: Revision,
) -> Result<Revision, StoreError> {
    let (mut both, mut behind) = (0, shorter.0.saturating_add(1));
    while behind - both > 1 {
        let middle = both + (behind - both) / 2;
        let revision = Revision(middle);
        let hash = from.digest(revision)?;
        match hash.is_some() && hash == to.digest(revision)? {
            true => both = middle,
            false => behind = middle,
        }
    }
    Ok(Revision(both))
}

fn refused(
    from: &dyn Snapshot,
    to: &dyn Snapshot,
    end: Head,
    parted: Revision,
    (from_name, to_name): (&str, &str),
) -> Result<Failure> {
    let latest = from.revision()?;
    if parted == latest {
        let more = counted(end.revision.0 - latest.0, "write");
        let message = format!(
            "{to_name} has all {latest} revisions of {from_name} and {more} more: it was written to \
             since; nothing was written"
        );
        return Ok(Failure::refused("migration_target_ahead", message)
            .hint("if it took over, there is nothing left to move; else name an empty store"));
    }
    let first = parted.next();
    let entry = |snapshot: &dyn Snapshot| -> Result<String, StoreError> {
        Ok(match snapshot.entry(first)? {
            Some(entry) => format!("`{}` by {}", entry.command, entry.actor),
            None => "nothing".to_owned(),
        })
    };
    let message = format!(
        "{to_name} holds another project: its revision {first} is {}, that of {from_name} is {}; \
         nothing was written",
        entry(to)?,
        entry(from)?
    );
    let hint = "name an empty store, or one that an earlier run of this migration left";
    Ok(Failure::refused("migration_target_differs", message).hint(hint))
}
