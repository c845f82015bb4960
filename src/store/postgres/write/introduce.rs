//! Making subjects known, many in one trip: an import makes a million.
//!
//! They wait until a few hundred have come, or until anything else is asked or written. That none of
//! them is there yet is looked up for all of them at once.

use std::collections::{BTreeSet, HashMap};

use super::Write;
use super::subjects::changed;
use crate::domain::change::Change;
use crate::domain::key::PlanKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Id, Target};
use crate::domain::text::Name;
use crate::store::load::introduces;
use crate::store::postgres::datum::{Datum, column};
use crate::store::postgres::fault::Fault;
use crate::store::postgres::subjects::{ORGANIZATION, USER, kind};
use crate::store::rows::parsed;

const THERE: &str = "SELECT s.kind, s.name FROM unnest($1, $2) AS given(kind, name) \
     JOIN subject s ON s.kind = given.kind AND s.name = given.name LIMIT 1";
const ROWS: &str = "SELECT s.name, s.id FROM unnest($1) AS given(name) \
     JOIN subject s ON s.kind = 1 AND s.name = given.name";
const PUT: &str = "INSERT INTO subject(id, kind, name, label, plan_id) \
     SELECT given.id, given.kind, given.name, given.label, given.plan \
     FROM unnest($1, $2, $3, $4, $5) AS given(id, kind, name, label, plan)";
const JOIN: &str = "INSERT INTO membership(user_id, organization_id) \
     SELECT given.member, given.organization FROM unnest($1, $2) AS given(member, organization)";
const BRING: &str = "INSERT INTO subject_target(subject_id, type, id) \
     SELECT given.subject, given.type, given.id FROM unnest($1, $2, $3) AS given(subject, type, id)";

/// So many wait at most.
const WAITING: usize = 1000;
/// The rows of so many organizations are remembered.
const REMEMBERED: usize = 100_000;

/// Subjects that are yet to be written, and what belongs to them.
#[derive(Default)]
pub(super) struct Newcomers {
    rows: HashMap<SubjectId, i64>,
    all: Vec<Newcomer>,
    /// The rows of organizations that were asked for.
    organizations: HashMap<Id, i64>,
}

struct Newcomer {
    row: i64,
    subject: SubjectId,
    label: Option<String>,
    plan: Option<i64>,
    joined: Vec<Id>,
    targets: Vec<Target>,
}

impl Write<'_> {
    /// Whether a change only makes a subject known.
    pub(super) fn introduces(&self, change: &Change) -> bool {
        introduces(change)
    }

    /// Makes a subject known.
    pub(super) fn introduce(
        &mut self,
        subject: &SubjectId,
        label: Option<&Name>,
        plan: Option<&PlanKey>,
        joined: &BTreeSet<Id>,
        targets: &BTreeSet<Target>,
    ) -> Result<(), Fault> {
        let row = self.lasts.subject + 1;
        let newcomers = &mut self.newcomers;
        if newcomers.rows.insert(subject.clone(), row).is_some() {
            return Err(changed(subject));
        }
        self.lasts.subject = row;
        self.view.enroll(subject, row);
        newcomers.all.push(Newcomer {
            row,
            subject: subject.clone(),
            label: label.map(|label| label.to_string()),
            plan: plan.and_then(|plan| self.plans.get(plan)).copied(),
            joined: joined.iter().cloned().collect(),
            targets: targets.iter().cloned().collect(),
        });
        match newcomers.all.len() < WAITING {
            true => Ok(()),
            false => self.introduce_all(),
        }
    }

    /// The row of a subject that was just made known.
    pub(super) fn newcomer(&self, subject: &SubjectId) -> Option<i64> {
        self.newcomers.rows.get(subject).copied()
    }

    /// Forgets what may be gone.
    pub(super) fn forget_organizations(&mut self) {
        self.newcomers.organizations.clear();
    }

    /// Writes all that wait.
    pub(super) fn introduce_all(&mut self) -> Result<(), Fault> {
        let all = std::mem::take(&mut self.newcomers.all);
        if all.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.newcomers.rows);
        self.are_new(&all)?;
        self.find_organizations(&all, &rows)?;
        let session = self.session()?;
        let kinds = all.iter().map(|one| kind(&one.subject)).collect::<Vec<_>>();
        let names = all.iter().map(|one| one.subject.id().to_string().into());
        let labels = all.iter().map(|one| one.label.clone().map(Into::into));
        let values = vec![
            all.iter().map(|one| one.row).collect::<Vec<_>>().into(),
            kinds.into(),
            Datum::Texts(names.collect()),
            Datum::MaybeTexts(labels.collect()),
            Datum::MaybeInts(all.iter().map(|one| one.plan).collect()),
        ];
        session.put(PUT, values)?;
        self.view.all_are_written();
        let (mut members, mut joined) = (Vec::new(), Vec::new());
        for one in &all {
            for organization in &one.joined {
                let known = self.newcomers.organizations.get(organization);
                let Some(row) = known else {
                    let unknown = SubjectId::Organization(organization.clone());
                    return Err(Refusal::UnknownSubject(unknown).into());
                };
                members.push(one.row);
                joined.push(*row);
            }
        }
        if !members.is_empty() {
            session.put(JOIN, vec![members.into(), joined.into()])?;
        }
        let brought = || {
            let each = |one: &'_ Newcomer| one.targets.len();
            all.iter()
                .flat_map(move |one| std::iter::repeat_n(one.row, each(one)))
        };
        let subjects: Vec<i64> = brought().collect();
        if !subjects.is_empty() {
            let targets = || all.iter().flat_map(|one| &one.targets);
            let types = targets().map(|one| one.target_type.to_string().into());
            let ids = targets().map(|one| one.id.to_string().into());
            let (types, ids) = (types.collect(), ids.collect());
            let values = vec![subjects.into(), Datum::Texts(types), Datum::Texts(ids)];
            session.put(BRING, values)?;
        }
        Ok(())
    }

    /// Refuses those that are there already.
    fn are_new(&self, all: &[Newcomer]) -> Result<(), Fault> {
        let kinds = all.iter().map(|one| kind(&one.subject)).collect::<Vec<_>>();
        let names = all.iter().map(|one| one.subject.id().as_str()).collect();
        let rows = self.view.ask(THERE, &[kinds.into(), names])?;
        let Some(row) = rows.first() else {
            return Ok(());
        };
        let id: Id = parsed(column(row, 1)?, "subject")?;
        Err(changed(&match column(row, 0)? {
            USER => SubjectId::User(id),
            _ => SubjectId::Organization(id),
        }))
    }

    /// Looks up the rows of the organizations that they belong to.
    fn find_organizations(
        &mut self,
        all: &[Newcomer],
        rows: &HashMap<SubjectId, i64>,
    ) -> Result<(), Fault> {
        let known = &mut self.newcomers.organizations;
        if known.len() > REMEMBERED {
            known.clear();
        }
        for (subject, row) in rows {
            if kind(subject) == ORGANIZATION {
                known.insert(subject.id().clone(), *row);
            }
        }
        let lacking: BTreeSet<&Id> = all.iter().flat_map(|one| &one.joined).collect();
        let lacking = lacking.into_iter().filter(|id| !known.contains_key(*id));
        let lacking: Vec<&str> = lacking.map(Id::as_str).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        for row in &self.view.ask(ROWS, &[lacking.into_iter().collect()])? {
            known.insert(parsed(column(row, 0)?, "subject")?, column(row, 1)?);
        }
        Ok(())
    }
}
