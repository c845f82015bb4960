//! Settling a pile: a walk along the table, which compares what is there with what is wanted and
//! writes the difference.

use std::ops::ControlFlow;
use std::rc::Rc;

use super::inserts::Inserts;
use super::load::Load;
use super::subjects::{DROP_OVERRIDE, OVERRIDE};
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::subject::Held;
use crate::store::pile::{Entry, Sorted};
use crate::store::sqlite::fault::Fault;
use crate::store::sqlite::subjects::held;
use crate::store::sqlite::view::View;
use crate::store::{Fate, StoreError, Visit};

const LAST: &str = "SELECT coalesce(max(subject_id), 0) FROM \"override\"";
const RANGE: &str = "SELECT subject_id, feature_id, granted, value, reason, starts, expires, \
     revision FROM \"override\" WHERE (subject_id, feature_id) >= (?1, ?2) \
     AND (subject_id, feature_id) <= (?3, ?4) ORDER BY subject_id, feature_id";

/// What must find its rows by an index however many there are.
#[cfg(test)]
pub(in crate::store::sqlite) const SEARCHES: &[&str] = &[LAST, RANGE];

/// What is there is read for so many entries at once.
const CHUNK: usize = 2048;
/// Reading on is worth passing over so many rows for each entry; then each is looked up.
const WORTH: usize = 8;

/// Walks along the pile, and writes it if it is to be kept.
pub(super) fn settle(
    load: &mut Load<'_>,
    sorted: &Sorted,
    keep: bool,
    visit: &mut Visit<'_, (u32, Fate)>,
) -> Result<(), Fault> {
    let view = Rc::clone(&load.write.view);
    // Whoever comes behind the last one who holds any holds none.
    let last: i64 = view.prepare_cached(LAST)?.query_row([], |row| row.get(0))?;
    let mut walk = Walk {
        inserts: Inserts::new(&view, load.write.revision)?,
        place: 0,
        name: String::new(),
        keep,
    };
    let (mut from, mut chunk) = (0, Vec::with_capacity(CHUNK));
    loop {
        from += sorted.read(from, CHUNK, &mut chunk);
        let Some(first) = chunk.first() else {
            break;
        };
        let found = match first.subject > last {
            true => Vec::new(),
            false => existing(&view, &load.features, &chunk)?,
        };
        let mut found = found.into_iter().peekable();
        for entries in chunk.chunk_by(|a, b| a.is_about_the_same(*b)) {
            let before = found.next_if(|(entry, _)| entry.is_about_the_same(entries[0]));
            let before = before.map(|(_, held)| held);
            walk.meet(load, sorted, entries, before, visit)?;
        }
    }
    walk.inserts.finish()
}

/// What a walk along the pile takes with it.
struct Walk<'c, 's> {
    inserts: Inserts<'c, 's>,
    /// Where the last name was found.
    place: usize,
    name: String,
    keep: bool,
}

impl<'s> Walk<'_, 's> {
    /// Deals with the entries about one override.
    fn meet(
        &mut self,
        load: &mut Load<'_>,
        sorted: &'s Sorted,
        entries: &[Entry],
        before: Option<Held>,
        visit: &mut Visit<'_, (u32, Fate)>,
    ) -> Result<(), Fault> {
        let first = entries[0];
        let wanted = sorted.wanted(first);
        let fate = fate(before.as_ref(), wanted.as_ref(), load.write.revision);
        tell(visit, first, fate)?;
        for other in &entries[1..] {
            tell(visit, *other, Sorted::beside(first, *other))?;
        }
        if !self.keep || matches!(fate, Fate::Unchanged | Fate::Contradicts(_)) {
            return Ok(());
        }
        load.sign()?;
        let (row, key) = &load.features[first.place];
        match (wanted, &before) {
            (Some(over), None) => self.inserts.add(first.subject, *row, over)?,
            (Some(over), Some(_)) => self.inserts.replace(first.subject, *row, over)?,
            (None, _) => {
                let mut drop = load.write.view.prepare_cached(DROP_OVERRIDE)?;
                drop.execute((first.subject, row))?;
            }
        }
        load.names.write_name(
            &load.write.view,
            first.subject,
            &mut self.place,
            &mut self.name,
        )?;
        let before = before.map(|held| held.over);
        load.write.record_override(&self.name, key, &before, wanted)
    }
}

fn fate(before: Option<&Held>, wanted: Option<&Override>, revision: Revision) -> Fate {
    match (before, wanted) {
        (before, wanted) if before.map(|held| &held.over) == wanted => Fate::Unchanged,
        (Some(before), _) if before.revision == revision => Fate::Contradicts(None),
        (None, _) => Fate::Added,
        (_, None) => Fate::Cleared,
        _ => Fate::Altered,
    }
}

fn tell(visit: &mut Visit<'_, (u32, Fate)>, entry: Entry, fate: Fate) -> Result<(), Fault> {
    match visit((entry.row, fate)) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(StoreError::GivenUp.into()),
    }
}

/// What the table holds of the overrides that the entries are about, in their order.
fn existing(
    view: &View<'_>,
    features: &[(i64, FeatureKey)],
    entries: &[Entry],
) -> Result<Vec<(Entry, Held)>, Fault> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Ok(Vec::new());
    };
    let at = |entry: &Entry| (entry.subject, features[entry.place].0);
    let mut found = Vec::new();
    let mut wanted = entries.iter().peekable();
    let mut passed = 0;
    let mut statement = view.prepare_cached(RANGE)?;
    let (from, to) = (at(first), at(last));
    let mut rows = statement.query((from.0, from.1, to.0, to.1))?;
    while let Some(row) = rows.next()? {
        let here: (i64, i64) = (row.get(0)?, row.get(1)?);
        while wanted.next_if(|entry| at(entry) < here).is_some() {}
        match wanted.peek() {
            None => break,
            Some(entry) if at(entry) == here => found.push((**entry, held(row, 2)?)),
            Some(_) => passed += 1,
        }
        if passed > WORTH * entries.len() {
            look_up(view, features, wanted, &mut found)?;
            break;
        }
    }
    Ok(found)
}

/// The same for entries that are few beside what lies between them.
fn look_up<'e>(
    view: &View<'_>,
    features: &[(i64, FeatureKey)],
    entries: impl Iterator<Item = &'e Entry>,
    found: &mut Vec<(Entry, Held)>,
) -> Result<(), Fault> {
    let mut statement = view.prepare_cached(OVERRIDE)?;
    for entry in entries {
        if found
            .last()
            .is_some_and(|(last, _)| last.is_about_the_same(*entry))
        {
            continue;
        }
        let at = (entry.subject, features[entry.place].0);
        let mut rows = statement.query(at)?;
        if let Some(row) = rows.next()? {
            found.push((*entry, held(row, 0)?));
        }
    }
    Ok(())
}
