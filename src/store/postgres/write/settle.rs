//! Settling a pile: a walk along it, which compares what is there with what is wanted and writes the
//! difference, chunk by chunk. What is new goes in by `COPY`, in the order of the table.

use std::ops::ControlFlow;

use tokio_postgres::types::Type;

use super::load::Load;
use crate::domain::catalog::Revision;
use crate::domain::overrides::Override;
use crate::domain::subject::Held;
use crate::domain::time::Time;
use crate::store::pile::{Entry, Sorted};
use crate::store::postgres::datum::{Datum, column, escaped};
use crate::store::postgres::fault::Fault;
use crate::store::postgres::session::Session;
use crate::store::postgres::subjects::held;
use crate::store::postgres::view::View;
use crate::store::rows::{granted, number};
use crate::store::{Fate, StoreError, Visit};

const LAST: &str = "SELECT coalesce(max(subject_id), 0) FROM \"override\"";
const FOUND: &str = "SELECT o.subject_id, o.feature_id, o.granted, o.value, o.reason, o.starts, \
     o.expires, o.revision FROM unnest($1, $2) AS wanted(subject, feature) \
     JOIN \"override\" o ON o.subject_id = wanted.subject AND o.feature_id = wanted.feature \
     ORDER BY o.subject_id, o.feature_id";
const COPY: &str = "COPY \"override\"(subject_id, feature_id, granted, value, reason, starts, \
     expires, revision) FROM STDIN WITH BINARY";
const REPLACE: &str = "INSERT INTO \"override\"(subject_id, feature_id, granted, value, reason, \
     starts, expires, revision) SELECT given.subject, given.feature, given.granted, given.value, \
     given.reason, given.starts, given.expires, $8 FROM unnest($1, $2, $3, $4, $5, $6, $7) \
     AS given(subject, feature, granted, value, reason, starts, expires) \
     ON CONFLICT(subject_id, feature_id) DO UPDATE SET granted = excluded.granted, \
     value = excluded.value, reason = excluded.reason, starts = excluded.starts, \
     expires = excluded.expires, revision = excluded.revision";
const DROP: &str = "DELETE FROM \"override\" WHERE (subject_id, feature_id) IN \
     (SELECT gone.subject, gone.feature FROM unnest($1, $2) AS gone(subject, feature))";

/// What is there is read for so many entries at once, and written for as many.
const CHUNK: usize = 8192;

/// An override, by the rows of its subject and its feature.
type Row<'s> = (i64, i64, &'s Override);

/// Walks along the pile, and writes it if it is to be kept.
pub(super) fn settle(
    load: &mut Load<'_>,
    sorted: &Sorted,
    keep: bool,
    visit: &mut Visit<'_, (u32, Fate)>,
) -> Result<(), Fault> {
    let view = load.write.view;
    // Whoever comes behind the last one who holds any holds none.
    let last = view.ask(LAST, &[])?;
    let last: i64 = last.first().map_or(Ok(0), |row| column(row, 0))?;
    let mut place = 0;
    let (mut from, mut chunk) = (0, Vec::with_capacity(CHUNK));
    loop {
        view.look_up()?;
        from += sorted.read(from, CHUNK, &mut chunk);
        let Some(first) = chunk.first() else {
            return Ok(());
        };
        let found = match first.subject > last {
            true => Vec::new(),
            false => existing(view, load, &chunk)?,
        };
        let mut differences = Differences::default();
        let mut found = found.into_iter().peekable();
        for entries in chunk.chunk_by(|a, b| a.is_about_the_same(*b)) {
            let first = entries[0];
            let at = (first.subject, load.features[first.place].0);
            while found.next_if(|(there, _)| *there < at).is_some() {}
            let before = found.next_if(|(there, _)| *there == at);
            let before = before.map(|(_, held)| held);
            let wanted = sorted.wanted(first);
            let fate = fate(before.as_ref(), wanted.as_ref(), load.write.revision);
            tell(visit, first, fate)?;
            for other in &entries[1..] {
                tell(visit, *other, Sorted::beside(first, *other))?;
            }
            if keep && !matches!(fate, Fate::Unchanged | Fate::Contradicts(_)) {
                differences.push(at, before, wanted);
                differences.entries.push(first);
            }
        }
        if !differences.entries.is_empty() {
            differences.write(load, sorted, &mut place)?;
        }
    }
}

/// What has to be written of a chunk.
#[derive(Default)]
struct Differences<'s> {
    new: Vec<Row<'s>>,
    others: Vec<Row<'s>>,
    gone: Vec<(i64, i64)>,
    /// All of them in order, with what was there before.
    entries: Vec<Entry>,
    before: Vec<Option<Override>>,
}

impl<'s> Differences<'s> {
    fn push(&mut self, at: (i64, i64), before: Option<Held>, wanted: &'s Option<Override>) {
        match (wanted, &before) {
            (Some(over), None) => self.new.push((at.0, at.1, over)),
            (Some(over), Some(_)) => self.others.push((at.0, at.1, over)),
            (None, _) => self.gone.push(at),
        }
        self.before.push(before.map(|held| held.over));
    }

    fn write(
        self,
        load: &mut Load<'_>,
        sorted: &'s Sorted,
        place: &mut usize,
    ) -> Result<(), Fault> {
        load.sign()?;
        let (view, revision) = (load.write.view, load.write.revision);
        let session = view.session()?;
        let mut subjects: Vec<i64> = self.entries.iter().map(|entry| entry.subject).collect();
        subjects.dedup();
        let names = view.names_of(&subjects, place)?;
        copy(session, revision, &self.new)?;
        replace(session, revision, &self.others)?;
        if !self.gone.is_empty() {
            let (subjects, features): (Vec<i64>, Vec<i64>) = self.gone.into_iter().unzip();
            session.put(DROP, vec![subjects.into(), features.into()])?;
        }
        let mut names = subjects.iter().zip(&names).peekable();
        for (entry, before) in self.entries.iter().zip(&self.before) {
            while names.next_if(|(row, _)| **row < entry.subject).is_some() {}
            let Some((_, name)) = names.peek() else {
                continue;
            };
            let key = load.features[entry.place].1.clone();
            let wanted = sorted.wanted(*entry);
            load.write.record_override(name, &key, before, wanted)?;
        }
        Ok(())
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

/// The numbers of a subject's row and of a feature's.
type Numbers = (i64, i64);

/// What the table holds of the overrides that the entries are about, in their order.
fn existing(
    view: &View<'_>,
    load: &Load<'_>,
    entries: &[Entry],
) -> Result<Vec<(Numbers, Held)>, Fault> {
    let subjects: Vec<i64> = entries.iter().map(|entry| entry.subject).collect();
    let features = entries.iter().map(|entry| load.features[entry.place].0);
    let features: Vec<i64> = features.collect();
    let rows = view.ask(FOUND, &[subjects.into(), features.into()])?;
    let mut found: Vec<(Numbers, Held)> = Vec::with_capacity(rows.len());
    for row in &rows {
        found.push(((column(row, 0)?, column(row, 1)?), held(row, 2)?));
    }
    // Entries about the same override bring it as often.
    found.dedup_by_key(|(at, _)| *at);
    Ok(found)
}

/// Adds overrides where there are none.
fn copy(session: &Session, revision: Revision, rows: &[Row<'_>]) -> Result<(), Fault> {
    const TYPES: [Type; 8] = [
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::TEXT,
        Type::INT8,
        Type::INT8,
        Type::INT8,
    ];
    if rows.is_empty() {
        return Ok(());
    }
    let revision = number(revision);
    session.copy(COPY, &TYPES, async |mut writer| {
        for (subject, feature, over) in rows {
            let (granted, value) = granted(over);
            let reason = over.reason.as_deref().map(escaped);
            let (starts, expires) = (over.starts.map(Time::unix), over.expires.map(Time::unix));
            let row: [&(dyn tokio_postgres::types::ToSql + Sync); 8] = [
                subject, feature, &granted, &value, &reason, &starts, &expires, &revision,
            ];
            writer.as_mut().write(&row).await?;
        }
        writer.finish().await
    })
}

/// Puts overrides in the place of others.
fn replace(session: &Session, revision: Revision, rows: &[Row<'_>]) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let all = || rows.iter().map(|(_, _, over)| *over);
    let reasons = all().map(|over| over.reason.as_deref().map(|text| text.to_owned().into()));
    let values = vec![
        rows.iter().map(|row| row.0).collect::<Vec<_>>().into(),
        rows.iter().map(|row| row.1).collect::<Vec<_>>().into(),
        all().map(|over| granted(over).0).collect::<Vec<_>>().into(),
        Datum::MaybeInts(all().map(|over| granted(over).1).collect()),
        Datum::MaybeTexts(reasons.collect()),
        Datum::MaybeInts(all().map(|over| over.starts.map(Time::unix)).collect()),
        Datum::MaybeInts(all().map(|over| over.expires.map(Time::unix)).collect()),
        number(revision).into(),
    ];
    session.put(REPLACE, values)
}
