//! All that answering a question takes, in one trip.
//!
//! The definitions in scope and what is known of everybody whom the question may concern come
//! together: none of it waits for another's answer. What is made of it is what every store makes of
//! single looks ([`gather`]).

use std::collections::{BTreeSet, HashMap};

use tokio_postgres::Row;

use super::datum::{Datum, column};
use super::definitions::{asking, keys, together};
use super::fault::Fault;
use super::session::Ask;
use super::subjects::{ORGANIZATION, USER, held, label, plan, target};
use super::view::View;
use crate::domain::key::FeatureKey;
use crate::domain::subject::{Held, Organization, SubjectId, User};
use crate::domain::target::{Id, ListId, Target};
use crate::store::rows::{natural, parsed, revision};
use crate::store::{Basis, Facts, Question, Scope, StoreError, gather};

/// The rows of whom the question may concern: the subject ($1, $2), the organizations of a user, and
/// the one that was named ($3).
macro_rules! of_parties {
    ($select:literal, $join:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM (SELECT id FROM subject WHERE kind = $1 AND name = $2 UNION \
             SELECT m.organization_id FROM subject u JOIN membership m ON m.user_id = u.id \
             WHERE $1 = 0 AND u.kind = 0 AND u.name = $2 UNION \
             SELECT id FROM subject WHERE kind = 1 AND name = $3) party ",
            $join
        )
    };
}

/// The same with whether they are organizations of the user; one that was also named comes twice.
pub(super) const PARTIES: &str = "SELECT s.id, s.kind, s.name, s.label, p.key, party.joined \
     FROM (SELECT id, 0::INT8 AS joined FROM subject WHERE kind = $1 AND name = $2 UNION \
     SELECT m.organization_id, 1::INT8 FROM subject u JOIN membership m ON m.user_id = u.id \
     WHERE $1 = 0 AND u.kind = 0 AND u.name = $2 UNION \
     SELECT id, 0::INT8 FROM subject WHERE kind = 1 AND name = $3) party \
     JOIN subject s ON s.id = party.id LEFT JOIN plan p ON p.id = s.plan_id";
pub(super) const TARGETS: &str = of_parties!(
    "t.subject_id, t.type, t.id",
    "JOIN subject_target t ON t.subject_id = party.id"
);
pub(super) const OVERRIDES: &str = of_parties!(
    "o.subject_id, f.key, o.granted, o.value, o.reason, o.starts, o.expires, o.revision",
    "JOIN \"override\" o ON o.subject_id = party.id JOIN feature f ON f.id = o.feature_id"
);
const SOME_OVERRIDES: &str = of_parties!(
    "o.subject_id, f.key, o.granted, o.value, o.reason, o.starts, o.expires, o.revision",
    "CROSS JOIN feature f JOIN \"override\" o ON o.subject_id = party.id AND o.feature_id = f.id \
     WHERE f.key = ANY($4)"
);
pub(super) const NAMED: &str = of_parties!(
    "n.type, n.id, n.list",
    "JOIN subject s ON s.id = party.id JOIN named n \
     ON n.type = CASE s.kind WHEN 0 THEN 'user' ELSE 'organization' END AND n.id = s.name"
);
pub(super) const TARGETS_NAMED: &str = of_parties!(
    "n.type, n.id, n.list",
    "JOIN subject_target t ON t.subject_id = party.id \
     JOIN named n ON n.type = t.type AND n.id = t.id"
);
const GIVEN_NAMED: &str = "SELECT n.type, n.id, n.list FROM unnest($1, $2) AS given(type, id) \
     JOIN named n ON n.type = given.type AND n.id = given.id";

/// Whom a question is about, for the statements.
struct Asked<'q> {
    kind: i64,
    name: &'q str,
    within: &'q str,
    targets: &'q [Target],
}

impl<'q> Asked<'q> {
    fn new(question: &'q Question) -> Self {
        match question {
            Question::User {
                id,
                within,
                targets,
            } => Self {
                kind: USER,
                name: id.as_str(),
                within: within.as_ref().map_or("", Id::as_str),
                targets,
            },
            Question::Organization { id, targets } => Self {
                kind: ORGANIZATION,
                name: id.as_str(),
                within: "",
                targets,
            },
            // No subject has an empty name.
            Question::Plan { targets, .. } => Self {
                kind: USER,
                name: "",
                within: "",
                targets,
            },
        }
    }
}

impl View<'_> {
    pub(super) fn read_basis(&self, scope: Scope<'_>, question: &Question) -> Result<Basis, Fault> {
        let whom = Asked::new(question);
        let keys = [keys(scope)];
        let [of_keys] = &keys;
        let party: [Datum<'_>; 3] = [whom.kind.into(), whom.name.into(), whom.within.into()];
        let [kind, name, within] = party.clone();
        let with_keys = [kind, name, within, of_keys.clone()];
        let types = whom.targets.iter().map(|one| one.target_type.as_str());
        let ids = whom.targets.iter().map(|one| one.id.as_str());
        let given = [types.collect(), ids.collect()];
        let mut asked: Vec<Ask<'_>> = asking(scope, &keys).to_vec();
        let overrides: Ask<'_> = match scope {
            Scope::All => (OVERRIDES, &party),
            Scope::Features(_) => (SOME_OVERRIDES, &with_keys),
        };
        asked.extend([(PARTIES, &party[..]), (TARGETS, &party)]);
        asked.extend([overrides, (NAMED, &party[..]), (TARGETS_NAMED, &party)]);
        if !whom.targets.is_empty() {
            asked.push((GIVEN_NAMED, &given));
        }
        let answers = self.ask_all(&asked)?;
        let Some((definitions, about)) = answers.split_at_checked(4) else {
            return Err(Fault::Damaged("the definitions did not come".to_owned()));
        };
        let catalog = together(scope, definitions)?.catalog;
        let known = Known::of(about)?;
        let record = match gather(&known, &catalog, scope, question) {
            Ok(record) => Ok(record),
            Err(StoreError::Refused(refusal)) => Err(refusal),
            Err(error) => return Err(error.into()),
        };
        Ok(Basis {
            revision: match self.standing_revision()? {
                Some(known) => revision(known)?,
                None => self.read_revision()?,
            },
            catalog,
            record,
        })
    }
}

/// What is known of whom the question may concern.
#[derive(Default)]
pub(super) struct Known {
    pub(super) users: HashMap<Id, User>,
    pub(super) organizations: HashMap<Id, Organization>,
    pub(super) overrides: HashMap<SubjectId, Vec<(FeatureKey, Held)>>,
    pub(super) lists: HashMap<Target, Vec<ListId>>,
    pub(super) rows: HashMap<SubjectId, i64>,
}

impl Known {
    /// What the answers say to [`PARTIES`], [`TARGETS`], overrides, and lists.
    pub(super) fn of(answers: &[Vec<Row>]) -> Result<Self, Fault> {
        let [parties, targets, overrides, named @ ..] = answers else {
            return Err(Fault::Damaged("the subject did not come".to_owned()));
        };
        let mut known = Self::default();
        let mut rows: HashMap<i64, SubjectId> = HashMap::new();
        let mut joined = BTreeSet::new();
        for row in parties {
            let id: Id = parsed(column(row, 2)?, "subject")?;
            let subject = match column(row, 1)? {
                USER => {
                    let user = User {
                        email: label(row, 3)?,
                        plan: plan(row, 4)?,
                        ..User::default()
                    };
                    known.users.insert(id.clone(), user);
                    SubjectId::User(id)
                }
                _ => {
                    if column::<i64>(row, 5)? > 0 {
                        joined.insert(id.clone());
                    }
                    let organization = Organization {
                        name: label(row, 3)?,
                        plan: plan(row, 4)?,
                        ..Organization::default()
                    };
                    known.organizations.insert(id.clone(), organization);
                    SubjectId::Organization(id)
                }
            };
            known.rows.insert(subject.clone(), column(row, 0)?);
            rows.insert(column(row, 0)?, subject);
        }
        // There is one at most.
        for user in known.users.values_mut() {
            user.organizations.clone_from(&joined);
        }
        for row in targets {
            let brought = target(row, 1)?;
            match rows.get(&column(row, 0)?) {
                Some(SubjectId::User(id)) => {
                    let user = known.users.get_mut(id);
                    user.map(|user| user.targets.insert(brought));
                }
                Some(SubjectId::Organization(id)) => {
                    let organization = known.organizations.get_mut(id);
                    organization.map(|found| found.targets.insert(brought));
                }
                None => {}
            }
        }
        for row in overrides {
            if let Some(subject) = rows.get(&column(row, 0)?) {
                let key = parsed(column(row, 1)?, "feature's key")?;
                let held = (key, held(row, 2)?);
                known
                    .overrides
                    .entry(subject.clone())
                    .or_default()
                    .push(held);
            }
        }
        for row in named.iter().flatten() {
            let list = ListId(natural(column(row, 2)?)?);
            known.lists.entry(target(row, 0)?).or_default().push(list);
        }
        Ok(known)
    }
}

impl Facts for Known {
    fn lists_naming(&self, target: &Target) -> Result<Vec<ListId>, StoreError> {
        let mut lists = self.lists.get(target).cloned().unwrap_or_default();
        lists.sort_unstable();
        lists.dedup();
        Ok(lists)
    }

    fn user(&self, id: &Id) -> Result<Option<User>, StoreError> {
        Ok(self.users.get(id).cloned())
    }

    fn organization(&self, id: &Id) -> Result<Option<Organization>, StoreError> {
        Ok(self.organizations.get(id).cloned())
    }

    fn overrides_of(
        &self,
        subject: &SubjectId,
        _: Scope<'_>,
    ) -> Result<Vec<(FeatureKey, Held)>, StoreError> {
        let mut found = self.overrides.get(subject).cloned().unwrap_or_default();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(found)
    }
}
