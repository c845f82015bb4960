//! A token against a fresh one of the same user, where tokens alone show all that a user gets.
//!
//! Astapa lists nothing, but whoever shows a refresh token gets an access token whose features are
//! resolved at that moment. The refresh token is spent by that, and the next one goes where the
//! operator says and nowhere else; so there has to be such a place before anything is sent.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::DiffArgs;
use super::report::FIELDS;
use super::row::HEADERS;
use super::steps::REFRESH;
use super::subject::Who;
use crate::cli::command::get::answer_line;
use crate::cli::command::token::said::unverified;
use crate::cli::command::token::source::read_file;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output_file::{Audience, Beside, as_it_is, unwritable};
use crate::domain::key::FeatureKey;
use crate::domain::value::{Answer, answer_as_json};
use crate::secret::Secret;
use crate::store::astapa::{AstapaStore, Issued};
use crate::store::{Location, StoreError};
use crate::token::{self, Stated, Statement, Times, Unclear};
use crate::ui::{Line, Page, Report, Table, time};

/// The variable that the refresh token may be in.
const VARIABLE: &str = "ASTAPA_REFRESH_TOKEN";

/// How a fresh token is had.
#[derive(Debug, Default, Args)]
pub struct FreshArgs {
    /// At Astapa, compare with a fresh token: the file with the user's refresh token (- for stdin;
    /// else ASTAPA_REFRESH_TOKEN), which is spent by that
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    refresh_token_file: Option<PathBuf>,
    /// Where the next refresh token goes (mode 0600), as the one shown is spent; it may be the same
    /// file
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    next_refresh_token: Option<PathBuf>,
}

impl FreshArgs {
    /// Refuses them where they mean nothing.
    ///
    /// # Errors
    /// Exit 2.
    pub fn refuse_elsewhere(&self) -> Result<()> {
        match self.refresh_token_file.is_some() || self.next_refresh_token.is_some() {
            false => Ok(()),
            true => Err(elsewhere().into()),
        }
    }

    /// Whether the refresh token comes from stdin.
    pub fn is_stdin(&self) -> bool {
        self.refresh_token_file.as_deref() == Some(Path::new("-"))
    }

    fn refresh_token(&self) -> Result<Secret> {
        let text = match &self.refresh_token_file {
            Some(file) => read_file(file)?.trim().to_owned(),
            None => std::env::var(VARIABLE).unwrap_or_default(),
        };
        if text.is_empty() {
            let what =
                "Astapa's interface does not tell all that a user gets, but a fresh token does";
            return Err(StoreError::Unsupported {
                what: what.to_owned(),
                instead: Some(format!(
                    "--refresh-token-file FILE or {VARIABLE}, with --next-refresh-token FILE, gets one; \
                     `flags get FEATURE --user ID` asks about one feature"
                )),
            }
            .into());
        }
        Ok(Secret::new(text))
    }

    /// Where the next refresh token goes.
    fn next(&self) -> Result<Next<'_>> {
        let Some(path) = &self.next_refresh_token else {
            let message = "the refresh token is spent by being shown, and nobody said where the next \
                           one is to go";
            return Err(Failure::usage("usage", message)
                .hint("--next-refresh-token FILE keeps it; the file may be the same one")
                .into());
        };
        let beside = Beside::new(path, Audience::Owner);
        let beside = beside.map_err(|error| unwritable(path, &error))?;
        Ok(Next { path, beside })
    }
}

fn elsewhere() -> Failure {
    let message = "a refresh token is for a profile of Astapa: elsewhere the store itself says what the \
                   user gets";
    Failure::usage("usage", message)
}

/// The place for the next refresh token, known to take it before the first is shown.
struct Next<'a> {
    path: &'a Path,
    /// `None` where it is no ordinary file.
    beside: Option<Beside>,
}

impl Next<'_> {
    fn keep(self, token: &Secret) -> Result<()> {
        let line = zeroize::Zeroizing::new(format!("{}\n", token.expose()));
        let written = match self.beside {
            Some(mut beside) => {
                let written = beside.file().write_all(line.as_bytes());
                written.and_then(|()| beside.into_place())
            }
            None => as_it_is(self.path).and_then(|mut file| file.write_all(line.as_bytes())),
        };
        Ok(written.map_err(|error| unwritable(self.path, &error))?)
    }
}

/// Gets a fresh token and compares.
///
/// # Errors
/// Exit 3 without a refresh token, 4 where it opens nothing, 5 where what comes is no such token.
pub fn run(
    context: &Context,
    args: &DiffArgs,
    who: &Who,
    said: &Statement,
    times: &Times,
) -> Result<Box<dyn Report>> {
    let shown = args.fresh.refresh_token()?;
    let next = args.fresh.next()?;
    let Location::Astapa(server) = context.location()? else {
        return Err(elsewhere().into());
    };
    let Issued {
        access,
        next: given,
    } = AstapaStore::new(server.api())
        .refresh(&shown)
        .map_err(not_opened)?;
    // Before anything else can go wrong: the one that was shown opens nothing any more.
    if let Some(given) = &given {
        next.keep(given)?;
    }
    let fresh = token::decode(access.expose()).map_err(|_| strange("is no token (JWT)"))?;
    let fresh = fresh.statement();
    let user = who.user().map(|id| id.as_str());
    if fresh.subject.as_deref() != user {
        let message = "the refresh token is another user's, so the two tokens cannot be compared";
        return Err(Failure::refused("other_user", message).into());
    }
    let rows = rows(said, &fresh, &args.features)?;
    let seconds = |claim: &token::TimeClaim| {
        let moment = claim.at().and_then(|date| date.timestamp());
        moment.map(|moment| moment.as_second())
    };
    let now = context.now()?;
    Ok(Box::new(FreshReport {
        rows,
        subject: who.question.subject_document(),
        subject_in_words: who.question.subject_in_words(),
        issuer: said.issuer.clone(),
        issued: seconds(&times.issued_at),
        expires: seconds(&times.expires_at),
        validity: times
            .validity(Timestamp::from_second(now.unix())?)
            .to_string(),
        at: now.to_string(),
    }))
}

/// A refresh token that opens nothing is like a key that is not known.
fn not_opened(error: StoreError) -> anyhow::Error {
    match &error {
        StoreError::Remote(refused) if refused.server_code() == Some("invalid_grant") => {
            let message = format!("the refresh token opens nothing: {refused}");
            Failure::denied("refresh_token_refused", message)
                .hint("the user signs in again, and the application keeps the new one")
                .into()
        }
        _ => error.into(),
    }
}

fn strange(what: &str) -> StoreError {
    StoreError::Strange(format!("what Astapa issued {what}"))
}

/// One feature.
struct Row {
    feature: String,
    token: Result<Stated, Unclear>,
    now: Answer,
}

impl Row {
    fn is_same(&self) -> bool {
        self.token
            .as_ref()
            .is_ok_and(|stated| stated.answer == self.now)
    }

    /// The verdict and the cause, as comparisons with a store call them.
    fn verdict(&self) -> (&'static str, Option<&'static str>) {
        match &self.token {
            Ok(_) if self.is_same() => ("same", None),
            Ok(_) => ("stale", Some("changed_since")),
            Err(_) => ("differs", Some("claims_unreadable")),
        }
    }

    fn why(&self) -> String {
        match &self.token {
            Ok(_) if self.is_same() => "as Astapa resolves it now".to_owned(),
            Ok(_) => "Astapa resolves it otherwise now; the user sees that at the next refresh"
                .to_owned(),
            Err(error) => error.to_string(),
        }
    }

    fn next(&self) -> Option<&'static str> {
        (!self.is_same()).then_some(REFRESH)
    }
}

fn rows(said: &Statement, fresh: &Statement, only: &[FeatureKey]) -> Result<Vec<Row>> {
    let named = said.features.iter().chain(&fresh.features);
    let mut keys: BTreeSet<FeatureKey> = named.filter_map(|found| found.key.parse().ok()).collect();
    if !only.is_empty() {
        keys = only.iter().cloned().collect();
    }
    keys.into_iter()
        .map(|key| {
            let now = fresh.stated(&key, false);
            let now =
                now.map_err(|error| strange(&format!("tells nothing of features: {error}")))?;
            Ok(Row {
                token: said.stated(&key, false),
                feature: key.to_string(),
                now: now.answer,
            })
        })
        .collect()
}

struct FreshReport {
    rows: Vec<Row>,
    subject: Value,
    subject_in_words: String,
    issuer: Option<String>,
    issued: Option<i64>,
    expires: Option<i64>,
    validity: String,
    at: String,
}

impl FreshReport {
    fn row(&self, row: &Row) -> Value {
        let (verdict, cause) = row.verdict();
        let stale = verdict == "stale";
        json!({
            "feature": row.feature,
            "type": row.now.map(|value| value.kind()),
            "token": row.token.as_ref().ok().map(|stated| answer_as_json(stated.answer)),
            "at_issue": null,
            "now": answer_as_json(row.now),
            "verdict": verdict,
            "layer": null,
            "cause": cause,
            "why": row.why(),
            "next": row.next(),
            "changed": null,
            "seen_by": self.expires.filter(|_| stale).map(time::rfc3339),
        })
    }
}

impl Report for FreshReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn kept_fields(&self) -> &'static [&'static str] {
        &["verified"]
    }

    fn document(&self) -> Value {
        json!({
            "verified": false,
            "ok": !self.answered_no(),
            "subject": self.subject,
            "issuer": self.issuer,
            "issued_at": self.issued.map(time::rfc3339),
            "expires_at": self.expires.map(time::rfc3339),
            "validity": self.validity,
            "at": self.at,
            "revision": null,
            "issue_revision": null,
            "remarks": [],
            "features": self.rows.iter().map(|row| self.row(row)).collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        let mut table = Table::new(HEADERS);
        for row in &self.rows {
            let (verdict, _) = row.verdict();
            let verdict = match row.is_same() {
                true => Line::new().good(verdict),
                false => Line::new().warn(verdict),
            };
            let token = match &row.token {
                Ok(stated) => answer_line(stated.answer),
                Err(_) => Line::new().dim("?"),
            };
            table.push([
                Line::new().key(row.feature.clone()),
                token,
                Line::new().dim("?"),
                answer_line(row.now),
                verdict,
                Line::from(row.why()),
            ]);
        }
        let head = Line::new().strong(self.subject_in_words.clone());
        let head = head.plain(format!(", {}; compared with a fresh token", self.validity));
        let page = Page::new()
            .line(unverified())
            .line(head)
            .blank()
            .table(table);
        match self.answered_no() {
            true => page.blank().heading("next").line(REFRESH),
            false => page,
        }
    }

    fn answered_no(&self) -> bool {
        self.rows.iter().any(|row| !row.is_same())
    }
}
