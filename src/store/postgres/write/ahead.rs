//! Overrides that are about to be changed, looked up together: one by one each would be a trip.

use std::collections::HashMap;

use super::Write;
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::overrides::Override;
use crate::domain::subject::SubjectId;
use crate::store::postgres::datum::{Datum, column};
use crate::store::postgres::fault::Fault;
use crate::store::postgres::subjects::{held, kind};

const OVERRIDES: &str = "SELECT given.number, s.id, o.granted, o.value, o.reason, o.starts, \
     o.expires, o.revision FROM unnest($1, $2, $3, $4) AS given(number, kind, name, feature) \
     JOIN subject s ON s.kind = given.kind AND s.name = given.name \
     LEFT JOIN \"override\" o ON o.subject_id = s.id AND o.feature_id = given.feature";

/// So many are looked up in one trip.
const TOGETHER: usize = 1000;

/// What was found of each, with the row of its subject.
pub(super) type Ahead = HashMap<(SubjectId, FeatureKey), (i64, Option<Override>)>;

/// What a change is about, if it is of an override.
fn about(change: &Change) -> Option<(&SubjectId, &FeatureKey)> {
    match change {
        Change::Override {
            subject, feature, ..
        } => Some((subject, feature)),
        _ => None,
    }
}

impl Write<'_> {
    /// Looks up what changes are about, where all of them are of overrides. Whoever is not known is not
    /// found here, and refused as ever.
    pub(super) fn look_ahead(&mut self, changes: &[Change]) -> Result<(), Fault> {
        self.ahead.get_mut().clear();
        let all: Option<Vec<_>> = changes.iter().map(about).collect();
        let Some(all) = all.filter(|all| all.len() > 1) else {
            return Ok(());
        };
        self.introduce_all()?;
        for some in all.chunks(TOGETHER) {
            let rows = some.iter().zip(0_i64..);
            let known = rows.filter_map(|((subject, feature), number)| {
                Some((number, *subject, *self.features.get(*feature)?))
            });
            let known: Vec<_> = known.collect();
            let asked = [
                Datum::Ints(known.iter().map(|one| one.0).collect()),
                Datum::Ints(known.iter().map(|one| kind(one.1)).collect()),
                Datum::Texts(known.iter().map(|one| one.1.id().as_str().into()).collect()),
                Datum::Ints(known.iter().map(|one| one.2).collect()),
            ];
            for row in &self.view.ask(OVERRIDES, &asked)? {
                let number = usize::try_from(column::<i64>(row, 0)?).unwrap_or(usize::MAX);
                let Some((subject, feature)) = some.get(number) else {
                    continue;
                };
                let found = match column::<Option<i64>>(row, 2)? {
                    None => None,
                    Some(_) => Some(held(row, 2)?.over),
                };
                let about = ((*subject).clone(), (*feature).clone());
                self.ahead.get_mut().insert(about, (column(row, 1)?, found));
            }
        }
        Ok(())
    }

    /// What was found ahead of an override. It is told once: then it is another one.
    pub(super) fn found_ahead(
        &self,
        subject: &SubjectId,
        feature: &FeatureKey,
    ) -> Option<(i64, Option<Override>)> {
        let mut ahead = self.ahead.borrow_mut();
        if ahead.is_empty() {
            return None;
        }
        ahead.remove(&(subject.clone(), feature.clone()))
    }
}
