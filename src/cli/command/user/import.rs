//! `flags user import`.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::str::FromStr;

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::import::{Destination, ImportArgs, Kind, Reading, Row, Taken, import};
use crate::domain::catalog::Catalog;
use crate::domain::change::Change;
use crate::domain::key::PlanKey;
use crate::domain::nearest::nearest;
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::{Id, Target};
use crate::store::{Fate, Scope, Snapshot, StoreError};
use crate::ui::Report;

/// Make users known and alter what is kept about them, a row of a file for each
#[derive(Debug, Args)]
#[command(
    after_help = "Columns, in any order, or members of an object on each line:\n  \
        id              the user; the column may also be called user\n  \
        email           its address\n  \
        plan            its own plan\n  \
        organizations   those it belongs to, separated by spaces or semicolons\n  \
        targets         custom targets it brings along, such as workspace:ws_1\n\n\
        What the file has no column for stays as it is; an empty cell means none. One transaction \
        and one revision: any refused row refuses the file.\n\n\
        Exit codes: 0 done; 1 done, but rows were refused (--keep-going); 2 not readable; 3 rows \
        were refused, nothing was written; 130 interrupted, nothing was written.\n\n\
        Examples:\n  flags user import users.csv --dry-run\n  \
        flags user import users.ndjson --create --errors refused.ndjson"
)]
pub struct ImportUsersArgs {
    #[command(flatten)]
    import: ImportArgs,
    /// Make the organizations that are not known yet
    #[arg(long)]
    create: bool,
}

/// Imports them.
pub fn run(context: &Context, args: ImportUsersArgs) -> Result<Box<dyn Report>> {
    let kind = Users {
        create: args.create,
        catalog: Catalog::default(),
        organizations: HashMap::new(),
        hasher: RandomState::new(),
        seen: HashMap::new(),
    };
    import(context, &args.import, kind)
}

const COLUMNS: &[&str] = &["id", "user", "email", "plan", "organizations", "targets"];
const ID: usize = 0;
const USER: usize = 1;
const EMAIL: usize = 2;
const PLAN: usize = 3;
const ORGANIZATIONS: usize = 4;
const TARGETS: usize = 5;

struct Users {
    create: bool,
    catalog: Catalog,
    /// Whether an organization is known, as far as that was asked.
    organizations: HashMap<Id, bool>,
    hasher: RandomState,
    /// By the hash of a user: the row that was about it, and the hash of what it is to be.
    seen: HashMap<u64, (u32, u64)>,
}

impl Kind for Users {
    const COMMAND: &'static str = "user import";
    const COLUMNS: &'static [&'static str] = COLUMNS;

    fn check_header(&self, reading: &Reading) -> Result<(), Failure> {
        match (reading.has(ID), reading.has(USER)) {
            (true, false) | (false, true) => Ok(()),
            (false, false) => {
                let hint = format!(
                    "columns, separated by commas and in any order: {}",
                    COLUMNS.join(", ")
                );
                let missing = Failure::usage("missing_column", "line 1 names no column `id`");
                Err(missing.hint(hint))
            }
            (true, true) => {
                let message = "line 1 names both `id` and `user`, which are the same";
                Err(Failure::usage("repeated_column", message))
            }
        }
    }

    fn begin(&mut self, snapshot: &dyn Snapshot) -> Result<(), StoreError> {
        self.catalog = snapshot.catalog(Scope::All)?;
        self.organizations.clear();
        self.seen.clear();
        Ok(())
    }

    fn take(
        &mut self,
        line: u32,
        row: &Row,
        writes: bool,
        into: Destination<'_>,
    ) -> Result<Taken, StoreError> {
        let read = self.read(row, into.snapshot)?;
        let (id, before, after, missing) = match read {
            Ok(read) => read,
            Err(because) => return Ok(Taken::Refused(because)),
        };
        if let Some(taken) = self.repeated(line, &id, &after) {
            return Ok(taken);
        }
        for organization in missing {
            self.organizations.insert(organization.clone(), true);
            if writes {
                into.intake.change(&Change::Organization {
                    id: organization,
                    before: None,
                    after: Some(Organization::default()),
                })?;
            }
        }
        let fate = match &before {
            None => Fate::Added,
            Some(before) if *before == after => Fate::Unchanged,
            Some(_) => Fate::Altered,
        };
        if writes && fate != Fate::Unchanged {
            let after = Some(after);
            into.intake.change(&Change::User { id, before, after })?;
        }
        Ok(Taken::Decided(fate))
    }
}

/// A user as it is and as it is to be, with organizations that are yet to be made.
type Read = (Id, Option<User>, User, Vec<Id>);

impl Users {
    fn read(
        &mut self,
        row: &Row,
        snapshot: &dyn Snapshot,
    ) -> Result<Result<Read, String>, StoreError> {
        let said = match self.said(row) {
            Ok(said) => said,
            Err(because) => return Ok(Err(because)),
        };
        let before = snapshot.user(&said.id)?;
        let mut after = before.clone().unwrap_or_default();
        if let Some(email) = said.email {
            after.email = email;
        }
        if let Some(plan) = said.plan {
            after.plan = plan;
        }
        if let Some(targets) = said.targets {
            after.targets = targets;
        }
        let mut missing = Vec::new();
        if let Some(organizations) = said.organizations {
            for id in &organizations {
                if self.knows(id, snapshot)? {
                    continue;
                }
                if !self.create {
                    let unknown = SubjectId::Organization(id.clone());
                    return Ok(Err(Refusal::UnknownSubject(unknown).to_string()));
                }
                missing.push(id.clone());
            }
            after.organizations = organizations;
        }
        Ok(Ok((said.id, before, after, missing)))
    }

    /// Reads the cells, without a look at any subject.
    fn said(&self, row: &Row) -> Result<Said, String> {
        let id = row.said(ID).or_else(|| row.said(USER)).map(str::trim);
        let id = id.ok_or_else(|| "it names no user".to_owned())?;
        let plan = one::<PlanKey>(row, PLAN)?;
        if let Some(Some(plan)) = &plan
            && !self.catalog.plans.contains_key(plan)
        {
            let near = nearest(
                plan.as_str(),
                self.catalog.plans.keys().map(PlanKey::as_str),
            );
            let near = near.map(|near| format!("; did you mean `{near}`?"));
            return Err(format!(
                "there is no plan `{plan}`{}",
                near.unwrap_or_default()
            ));
        }
        let targets = many::<Target>(row, TARGETS)?;
        let subject = targets.iter().flatten().find(|target| !target.is_custom());
        if let Some(target) = subject {
            return Err(Refusal::NotACustomTarget(target.clone()).to_string());
        }
        Ok(Said {
            id: id.parse().map_err(in_words)?,
            email: one(row, EMAIL)?,
            plan,
            organizations: many(row, ORGANIZATIONS)?,
            targets,
        })
    }

    fn knows(&mut self, id: &Id, snapshot: &dyn Snapshot) -> Result<bool, StoreError> {
        if let Some(known) = self.organizations.get(id) {
            return Ok(*known);
        }
        let known = snapshot.organization(id)?.is_some();
        self.organizations.insert(id.clone(), known);
        Ok(known)
    }

    /// What becomes of a row about a user that an earlier row was about.
    fn repeated(&mut self, line: u32, id: &Id, after: &User) -> Option<Taken> {
        let User {
            email,
            plan,
            organizations,
            targets,
        } = after;
        let wanted = self.hasher.hash_one((email, plan, organizations, targets));
        let user = self.hasher.hash_one(id);
        match self.seen.get(&user) {
            None => {
                self.seen.insert(user, (line, wanted));
                None
            }
            Some((_, same)) if *same == wanted => Some(Taken::Decided(Fate::Unchanged)),
            Some((first, _)) => {
                let because = format!("it contradicts line {first}, which is about the same user");
                Some(Taken::Refused(because))
            }
        }
    }
}

/// What a row says: for each column that there is, what is in it.
struct Said {
    id: Id,
    email: Option<Option<crate::domain::text::Name>>,
    plan: Option<Option<PlanKey>>,
    organizations: Option<BTreeSet<Id>>,
    targets: Option<BTreeSet<Target>>,
}

/// One thing or, in an empty cell, none.
fn one<T: FromStr<Err: ToString>>(row: &Row, column: usize) -> Result<Option<Option<T>>, String> {
    let Some(cell) = row.get(column).map(str::trim) else {
        return Ok(None);
    };
    match cell {
        "" => Ok(Some(None)),
        _ => cell.parse().map(|one| Some(Some(one))).map_err(in_words),
    }
}

/// Things separated by spaces or semicolons.
fn many<T: FromStr<Err: ToString> + Ord>(
    row: &Row,
    column: usize,
) -> Result<Option<BTreeSet<T>>, String> {
    let Some(cell) = row.get(column) else {
        return Ok(None);
    };
    let words = cell.split([' ', ';']).filter(|word| !word.is_empty());
    let all = words.map(|word| word.parse().map_err(in_words));
    all.collect::<Result<_, _>>().map(Some)
}

fn in_words(error: impl ToString) -> String {
    error.to_string()
}
