//! `flags override import`.

use anyhow::Result;
use clap::Args;
use hashbrown::HashMap;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::import::{Destination, ImportArgs, Kind, Reading, Row, Taken, import};
use crate::cli::values::When;
use crate::domain::catalog::Catalog;
use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::domain::nearest::nearest;
use crate::domain::overrides::{Effect, Override};
use crate::domain::refusal::Refusal;
use crate::domain::subject::{Organization, SubjectId, User};
use crate::domain::target::Id;
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::edit::{Word, meant};
use crate::store::{Scope, Snapshot, StoreError, Wanted};
use crate::ui::Report;

/// Set and clear overrides, a row of a file for each
#[derive(Debug, Args)]
#[command(
    after_help = "Columns, in any order, or members of an object on each line:\n  \
        subject   user:u1 or org:acme; or instead of it a column user or org\n  \
        feature   its key\n  \
        value     on (also when empty), off or revoke, a number, unlimited; clear takes the \
        override away\n  \
        reason    why, kept with the override\n  \
        starts, expires   14d, a date, or RFC 3339\n\n\
        One transaction and one revision: any refused row refuses the file. Every row is looked \
        at, and a file can be imported again: what is so already is left alone.\n\n\
        Exit codes: 0 done; 1 done, but rows were refused (--keep-going); 2 not readable; 3 rows \
        were refused, nothing was written; 130 interrupted, nothing was written.\n\n\
        Examples:\n  flags override import overrides.csv --dry-run\n  \
        flags override import overrides.csv --errors refused.csv --reason 'spring trial'\n  \
        zcat overrides.ndjson.gz | flags override import - --batch 100000"
)]
pub struct ImportOverridesArgs {
    #[command(flatten)]
    import: ImportArgs,
    /// Make the users and organizations that are not known yet
    #[arg(long)]
    create: bool,
}

/// Imports them.
pub fn run(context: &Context, args: ImportOverridesArgs) -> Result<Box<dyn Report>> {
    let kind = Overrides {
        now: context.now()?,
        create: args.create,
        catalog: Catalog::default(),
        read: HashMap::new(),
        key: String::new(),
    };
    import(context, &args.import, kind)
}

const COLUMNS: &[&str] = &[
    "subject", "user", "org", "feature", "value", "reason", "starts", "expires",
];
const SUBJECT: usize = 0;
const USER: usize = 1;
const ORG: usize = 2;
const FEATURE: usize = 3;
const VALUE: usize = 4;
const REASON: usize = 5;
const STARTS: usize = 6;
const EXPIRES: usize = 7;

/// So many different overrides are remembered, and then forgotten again.
const REMEMBERED: usize = 10_000;

/// What a row wants of which feature, or why it cannot be.
type Meaning = Result<(FeatureKey, Option<Override>), String>;

struct Overrides {
    now: Time,
    create: bool,
    catalog: Catalog,
    /// What was read before, by the cells it was read from: most rows want the same as others.
    read: HashMap<String, Meaning>,
    key: String,
}

impl Kind for Overrides {
    const COMMAND: &'static str = "override import";
    const COLUMNS: &'static [&'static str] = COLUMNS;

    fn check_header(&self, reading: &Reading) -> Result<(), Failure> {
        let missing = |what: &str| {
            let message = format!("line 1 names no column `{what}`");
            let hint = format!(
                "columns, separated by commas and in any order: {}",
                COLUMNS.join(", ")
            );
            Failure::usage("missing_column", message).hint(hint)
        };
        if ![SUBJECT, USER, ORG]
            .iter()
            .any(|column| reading.has(*column))
        {
            return Err(missing("subject"));
        }
        match reading.has(FEATURE) {
            true => Ok(()),
            false => Err(missing("feature")),
        }
    }

    fn begin(&mut self, snapshot: &dyn Snapshot) -> Result<(), StoreError> {
        self.catalog = snapshot.catalog(Scope::All)?;
        self.read.clear();
        Ok(())
    }

    fn take(
        &mut self,
        line: u32,
        row: &Row,
        _: bool,
        into: Destination<'_>,
    ) -> Result<Taken, StoreError> {
        let subject = match subject(row) {
            Ok(subject) => subject,
            Err(because) => return Ok(Taken::Refused(because)),
        };
        let create = self.create;
        let (feature, after) = match self.meaning(row) {
            Ok(meaning) => meaning,
            Err(because) => return Ok(Taken::Refused(because.clone())),
        };
        let wanted = Wanted {
            row: line,
            subject: &subject,
            feature,
            after: after.as_ref(),
        };
        match into.intake.want(&wanted)? {
            Ok(()) => Ok(Taken::Piled),
            Err(Refusal::UnknownSubject(_)) if create => {
                into.intake.change(&introduced(&subject))?;
                match into.intake.want(&wanted)? {
                    Ok(()) => Ok(Taken::Piled),
                    Err(refusal) => Ok(Taken::Refused(refusal.to_string())),
                }
            }
            Err(refusal) => Ok(Taken::Refused(refusal.to_string())),
        }
    }
}

impl Overrides {
    /// What the row wants, as read before or for the first time.
    fn meaning(&mut self, row: &Row) -> &Meaning {
        self.key.clear();
        for column in [FEATURE, VALUE, REASON, STARTS, EXPIRES] {
            self.key.push_str(row.get(column).unwrap_or_default());
            // No cell has one in it.
            self.key.push('\0');
        }
        if !self.read.contains_key(&self.key) {
            if self.read.len() >= REMEMBERED {
                self.read.clear();
            }
            let meaning = self.interpret(row);
            self.read.insert(self.key.clone(), meaning);
        }
        &self.read[&self.key]
    }

    fn interpret(&self, row: &Row) -> Meaning {
        let Some(key) = row.said(FEATURE).map(str::trim) else {
            return Err("it names no feature".to_owned());
        };
        let key: FeatureKey = key.parse().map_err(in_words)?;
        let Some(entry) = self.catalog.features.get(&key) else {
            let near = nearest(
                key.as_str(),
                self.catalog.features.keys().map(FeatureKey::as_str),
            );
            let near = near
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default();
            return Err(format!("there is no feature `{key}`{near}"));
        };
        let word = match row.said(VALUE).map(str::trim) {
            Some("clear") => return self.clearing(row, key),
            Some("revoke") => Some(Word::Off),
            Some(word) => Some(word.parse().map_err(in_words)?),
            None => None,
        };
        let value = meant(&key, &entry.feature, word).map_err(in_words)?;
        let reason = row.said(REASON).map(str::parse::<Reason>);
        let over = Override {
            effect: value.map_or(Effect::Revoke, Effect::Grant),
            reason: reason.transpose().map_err(in_words)?,
            starts: self.moment(row, STARTS)?,
            expires: self.moment(row, EXPIRES)?,
        };
        Ok((key, Some(over.checked().map_err(in_words)?)))
    }

    fn clearing(&self, row: &Row, key: FeatureKey) -> Meaning {
        match [STARTS, EXPIRES]
            .iter()
            .find(|column| row.said(**column).is_some())
        {
            None => Ok((key, None)),
            Some(column) => Err(format!("`clear` takes no `{}`", COLUMNS[*column])),
        }
    }

    fn moment(&self, row: &Row, column: usize) -> Result<Option<Time>, String> {
        let Some(text) = row.said(column).map(str::trim) else {
            return Ok(None);
        };
        let when: When = text.parse().map_err(in_words)?;
        when.from(self.now).map(Some).map_err(in_words)
    }
}

fn in_words(error: impl ToString) -> String {
    error.to_string()
}

/// Whose override the row is about.
fn subject(row: &Row) -> Result<SubjectId, String> {
    let id = |text: &str| text.parse::<Id>().map_err(in_words);
    let cell = |column| row.said(column).map(str::trim);
    match (cell(SUBJECT), cell(USER), cell(ORG)) {
        (Some(subject), None, None) => match subject.strip_prefix("user:") {
            Some(user) => id(user).map(SubjectId::User),
            None => subject.parse().map_err(in_words),
        },
        (None, Some(user), None) => id(user).map(SubjectId::User),
        (None, None, Some(org)) => id(org).map(SubjectId::Organization),
        (None, None, None) => Err("it names no user and no organization".to_owned()),
        _ => Err("it names more than one of subject, user and org".to_owned()),
    }
}

/// The change that makes a subject known.
fn introduced(subject: &SubjectId) -> Change {
    match subject.clone() {
        SubjectId::User(id) => Change::User {
            id,
            before: None,
            after: Some(User::default()),
        },
        SubjectId::Organization(id) => Change::Organization {
            id,
            before: None,
            after: Some(Organization::default()),
        },
    }
}
