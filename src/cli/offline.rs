//! Answering from copies of what was last read from a server, and saying so.
//!
//! `--offline` opens nothing and answers from the copies. `--allow-stale` lets a copy that is not too
//! old take the place of a server that is out of reach. An assertion is answered from a copy only
//! where somebody said how old it may be; a server that turns us away is never covered up.

use anyhow::Result;
use serde_json::{Value, json};

use super::context::Context;
use super::credential;
use super::failure::Failure;
use super::interrupt::asks_to_end;
use super::values::Age;
use crate::config::credential::{Whence, foreseen};
use crate::config::{self, Kind, Lives, Place, Remote};
use crate::remote::api::Known;
use crate::store::offline::{Keeping, KeptStore, Reader, Shelf, Terms, Witness};
use crate::store::{self, Store, StoreError};
use crate::token::duration_in_words;
use crate::ui::{Page, Report, time};

/// Whether copies answer, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct Copies {
    /// Only copies do.
    pub offline: bool,
    /// How old one may be.
    pub allow_stale: Option<Age>,
    /// When the one that did was made.
    pub witness: Witness,
}

/// The store of a server: from its copies, or itself with copies kept of it.
///
/// # Errors
///
/// Exit 3 where of such a server there are no copies; and those of opening it.
pub fn store(context: &Context, place: &Place, remote: &Remote) -> Result<Box<dyn Store>> {
    let copies = &context.copies;
    let known = credential::known(context, place, remote)?;
    let shelf = shelf(
        place,
        remote,
        reader(context, place, remote, known.clone())?,
    );
    let terms = Terms {
        now: context.milliseconds(),
        at_most: copies.allow_stale.map(Age::seconds),
        witness: copies.witness.clone(),
    };
    match (copies.offline, shelf) {
        (true, Some(shelf)) => Ok(Box::new(KeptStore::new(shelf, terms))),
        (true, None) => Err(no_copies(remote.kind).into()),
        (false, shelf) => {
            let location = credential::location(context, place, remote, known)?;
            let live = store::open(&location, asks_to_end)?;
            Ok(match shelf {
                Some(shelf) => Box::new(Keeping::new(live, shelf, terms)),
                None => live,
            })
        }
    }
}

/// Where the copies of a place lie; none of a place that is never read whole, and where there is no
/// home directory.
pub fn shelf(place: &Place, remote: &Remote, reader: Reader) -> Option<Shelf> {
    if matches!(remote.kind, Kind::Astapa | Kind::Postgres) {
        return None;
    }
    let client = remote.client_id.as_ref().map(|named| named.value.as_str());
    let key = format!(
        "{} {} {} {}",
        remote.kind.as_str(),
        remote.base_url.value,
        client.unwrap_or_default(),
        place.profile.as_deref().unwrap_or_default()
    );
    let name = format!("{} ({place})", remote.kind.title());
    let whole = remote.kind == Kind::Workos;
    let directory = config::cache_directory()?;
    Some(Shelf::new(&directory, &key, &name, whole, reader))
}

/// Who asks, by what the place knows them by.
///
/// # Errors
///
/// Exit 2 where the place has no address.
pub fn reader(context: &Context, place: &Place, remote: &Remote, known: Known) -> Result<Reader> {
    let wanted = credential::wanted(context, place, remote)?;
    Ok(Reader::new(known, move || {
        let foreseen = foreseen(&wanted);
        matches!(foreseen, Ok(Some(Whence::Keyring | Whence::Kept(_))))
    }))
}

impl Copies {
    /// Refuses to answer offline about a place of which no copies are kept.
    ///
    /// # Errors
    ///
    /// Exit 3 under `--offline`.
    pub fn refuse(&self, kind: Kind) -> Result<(), StoreError> {
        match self.offline {
            true => Err(no_copies(kind)),
            false => Ok(()),
        }
    }
}

fn no_copies(kind: Kind) -> StoreError {
    let kind = kind.title();
    StoreError::Unsupported {
        what: format!("no copies are kept of {kind}, so nothing can be answered offline"),
        instead: Some("leave --offline out".to_owned()),
    }
}

impl Context {
    /// Refuses to answer an assertion from a copy of any age.
    ///
    /// # Errors
    ///
    /// Exit 2 under `--offline` without `--allow-stale`, where a server keeps the project.
    pub fn asserts(&self) -> Result<()> {
        let asks_nobody = self.copies.offline && self.copies.allow_stale.is_none();
        if asks_nobody && !matches!(self.place()?.lives, Lives::Here(_)) {
            let message = "an assertion is not answered from a copy unless it is said how old the \
                           copy may be";
            return Err(Failure::usage("stale_assertion", message)
                .hint("--allow-stale 1h lets a copy answer that is at most an hour old")
                .hint("without --offline the server itself is asked")
                .into());
        }
        Ok(())
    }
}

/// Says that a copy answered, if one did: a person is told on stderr, a program in the document.
///
/// # Errors
///
/// Where it cannot be said.
pub fn told(context: &Context, report: Box<dyn Report>) -> Result<Box<dyn Report>> {
    let Some(as_of) = context.copies.witness.as_of() else {
        return Ok(report);
    };
    let seconds = context.milliseconds().saturating_sub(as_of).max(0) / 1000;
    let stale = Stale {
        as_of: time::rfc3339(as_of.div_euclid(1000)),
        seconds: seconds.unsigned_abs(),
    };
    let why = match context.copies.offline {
        true => "the server was not asked",
        false => "the server is out of reach",
    };
    let age = duration_in_words(stale.seconds);
    let remark = format!("answered from a copy of {}, {age} old: {why}", stale.as_of);
    // A list has no room for it.
    match report.document() {
        Value::Object(_) => context.remark(&remark)?,
        _ => context.warn(&remark)?,
    }
    let mut fields = report.fields().to_vec();
    fields.push(OFFLINE);
    Ok(Box::new(FromCopy {
        kept: [report.kept_fields(), &[OFFLINE]].concat().leak(),
        fields: fields.leak(),
        report,
        stale,
    }))
}

/// The member that says so.
const OFFLINE: &str = "offline";

struct Stale {
    as_of: String,
    seconds: u64,
}

/// A report that came from a copy.
struct FromCopy {
    report: Box<dyn Report>,
    stale: Stale,
    fields: &'static [&'static str],
    kept: &'static [&'static str],
}

impl Report for FromCopy {
    fn fields(&self) -> &'static [&'static str] {
        self.fields
    }

    fn kept_fields(&self) -> &'static [&'static str] {
        self.kept
    }

    fn document(&self) -> Value {
        let mut document = self.report.document();
        if let Value::Object(members) = &mut document {
            let Stale { as_of, seconds } = &self.stale;
            let offline = json!({"as_of": as_of, "age_seconds": seconds});
            members.insert(OFFLINE.to_owned(), offline);
        }
        document
    }

    fn page(&self) -> Page {
        self.report.page()
    }

    fn answered_no(&self) -> bool {
        self.report.answered_no()
    }

    fn was_streamed(&self) -> bool {
        self.report.was_streamed()
    }

    fn done(&self) -> Option<String> {
        self.report.done()
    }
}
