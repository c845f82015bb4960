//! `flags auth status` where nobody names a profile: what each profile's server would be shown.
//!
//! Where a credential would come from is told without opening a keyring, which may ask for its
//! password once for each. With `--check` each one is had, and its server asked.

use anyhow::Result;
use serde_json::json;

use super::Server;
use super::trial::{Trial, nobody, trial};
use crate::cli::context::Context;
use crate::cli::credential::missing;
use crate::cli::failure::{Failure, classify};
use crate::cli::rows::{Column, ListReport};
use crate::cli::write::check_fields;
use crate::config::credential::{Whence, find, foreseen, login_of};
use crate::config::{self, Asked, Configuration, Kind, profile_named};
use crate::ui::{Line, Report};

/// Whether somebody says which profile, or what its credential is: then it is about that one.
///
/// # Errors
///
/// Where the working tree's file says more than it may.
pub fn is_of_one(asked: &Asked) -> Result<bool> {
    let is_given = asked.store.is_some() || asked.credential_file.is_some();
    Ok(is_given || profile_named(asked)?.is_some())
}

struct Row {
    profile: String,
    kind: Kind,
    host: Option<String>,
    whence: Option<Whence>,
    works: Option<bool>,
    problem: Option<Failure>,
    /// Whether a command that is told no more would use it.
    counts: bool,
}

/// Lists the profiles of servers in the order of their names.
pub fn run(context: &Context, check: bool) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let path = config::configuration_path()?;
    let known = Configuration::read(&path)?;
    let local = |name: &String| {
        known
            .place(name, &path)
            .is_ok_and(|place| place.file().is_some())
    };
    let names = known.profiles.keys().filter(|name| !local(name));
    let rows: Vec<Row> = names
        .map(|name| {
            let kind = known.profiles[name].kind;
            let counts = config::store_of_environment().is_none()
                && known.default_profile.as_ref() == Some(name);
            row(context, name, kind, counts, check)
        })
        .collect();
    if rows.is_empty() {
        context
            .remark("no profile names a server; `flags profile add NAME --url URL` makes one")?;
    }
    let broken = rows.iter().filter(|row| row.problem.is_some()).count();
    let message = format!(
        "{broken} of {} profiles have no credential of use",
        rows.len()
    );
    let report = ListReport {
        rows,
        fields: FIELDS,
        document: |row: &Row| {
            json!({
                "profile": row.profile,
                "kind": row.kind.as_str(),
                "host": row.host,
                "source": row.whence.as_ref().map(Whence::as_str),
                "from": row.whence.as_ref().map(ToString::to_string),
                "works": row.works,
                "problem": row.problem.as_ref().map(|failure| &failure.message),
                "in_effect": row.counts,
            })
        },
        columns: &COLUMNS,
    };
    if broken == 0 {
        return Ok(Box::new(report));
    }
    // What could be found out is told, and the exit code says the rest.
    context.terminal.show(&report, &context.mode)?;
    let failure = Failure::denied("no_credential", message);
    Err(failure
        .hint("`flags auth status --profile NAME` says more about one")
        .into())
}

fn row(context: &Context, name: &str, kind: Kind, counts: bool, check: bool) -> Row {
    let mut row = Row {
        profile: name.to_owned(),
        kind,
        host: None,
        whence: None,
        works: None,
        problem: None,
        counts,
    };
    let there = context.elsewhere(Asked {
        profile: Some(name.to_owned()),
        ..Asked::default()
    });
    if let Err(error) = row.look(&there, check) {
        row.problem = Some(classify(error));
    }
    row
}

impl Row {
    /// Finds out as much as can be.
    fn look(&mut self, there: &Context, check: bool) -> Result<()> {
        let server = Server::of(there)?;
        self.host = Some(server.wanted.origin.clone());
        self.whence = foreseen(&server.wanted).map_err(Failure::from)?;
        if self.whence.is_none() && self.kind != Kind::Http {
            return Err(missing(&server.wanted).into());
        }
        let is_kept = matches!(self.whence, Some(Whence::Keyring | Whence::Kept(_)));
        if is_kept && let Some(login) = login_of(server.profile).map_err(Failure::from)? {
            let fits = login.is_for(server.profile, &server.wanted);
            fits.map_err(Failure::from)?;
        }
        if !check {
            return Ok(());
        }
        let trial = match find(&server.wanted).map_err(Failure::from)? {
            Some(found) => trial(&server, &found.credential)?,
            None => nobody(&server)?,
        };
        self.works = trial.verdict();
        match trial {
            Trial::Works | Trial::Narrow(_) => Ok(()),
            Trial::Refused(failure) | Trial::Unknown(failure) => Err(failure.into()),
        }
    }
}

const FIELDS: &[&str] = &[
    "profile",
    "kind",
    "host",
    "source",
    "from",
    "works",
    "problem",
    "in_effect",
];

const COLUMNS: [Column<Row>; 4] = [
    ("profile", |row| Line::new().key(&row.profile)),
    ("server", |row| {
        let at = row.host.as_deref().map(|host| format!(" at {host}"));
        Line::from(format!("{}{}", row.kind.title(), at.unwrap_or_default()))
    }),
    ("credential from", |row| match &row.whence {
        Some(whence) => Line::from(whence.to_string()),
        None => Line::new().dim("nowhere"),
    }),
    ("", |row| match (&row.problem, row.works, row.counts) {
        (Some(failure), _, _) => Line::new().bad(&failure.message),
        (None, Some(true), _) => Line::new().good("works"),
        (None, _, true) => Line::new().good("in effect"),
        (None, _, false) => Line::new(),
    }),
];
