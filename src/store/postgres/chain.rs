//! The chain of the history in its tables: where it ends, and whether it holds.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::ControlFlow;

use tokio_postgres::Row;

use super::datum::{column, maybe_text, text};
use super::fault::Fault;
use super::history::Size;
use super::view::View;
use crate::domain::catalog::Revision;
use crate::store::chain::{Digest, Head, Link, Signature, Verification, Verifier};
use crate::store::rows::{number, parsed};

/// Gives a write its hash, once all of its changes are there.
pub(super) const SEAL: &str = "UPDATE revision SET hash = $2 WHERE id = $1";

const HEAD: &str = "SELECT value FROM setting WHERE name = 'head'";
const HASH: &str = "SELECT hash FROM revision WHERE id = $1";
const WRITE: &str = "SELECT id, at, actor, command, reason, hash FROM revision WHERE id = $1";
pub(super) const WRITES: &str = "SELECT id, at, actor, command, reason, hash FROM revision WHERE id > $1 \
     ORDER BY id LIMIT 1000";
const ROWS: &str = "SELECT revision, position, body FROM change \
     WHERE (revision, position) > ($1, $2) AND revision <= $3 \
     ORDER BY revision, position LIMIT $4";

/// The first and the last number that changes belong to.
const OUTERMOST: [&str; 2] = [
    "SELECT min(revision) FROM change",
    "SELECT max(revision) FROM change",
];

/// The latest number that things are marked with, kind by kind.
const MARKS: [(&str, &str); 5] = [
    ("a feature", "SELECT max(revision) FROM feature"),
    ("an audience", "SELECT max(audience_revision) FROM feature"),
    ("a plan", "SELECT max(revision) FROM plan"),
    ("a grant", "SELECT max(revision) FROM plan_grant"),
    ("an override", "SELECT max(revision) FROM \"override\""),
];

impl View<'_> {
    /// The end of the chain: where it was written down and not where the rows end, as in SQLite.
    pub(super) fn read_head(&self) -> Result<Head, Fault> {
        if let Some(head) = self.standing_head()? {
            return Ok(head);
        }
        match self.noted_head()? {
            Some(head) => Ok(parsed(&head, "note of the latest write")?),
            None if self.read_revision()? == Revision::UNKNOWN => Ok(Head::default()),
            None => Err(Fault::Damaged(
                "the end of its history is not marked".to_owned(),
            )),
        }
    }

    pub(super) fn read_digest(&self, revision: Revision) -> Result<Option<Digest>, Fault> {
        let head = self.standing_head()?;
        if let Some(head) = head.filter(|head| head.revision == revision) {
            return Ok(Some(head.digest));
        }
        let rows = self.ask(HASH, &[number(revision).into()])?;
        let Some(row) = rows.first() else {
            return Ok(None);
        };
        let bytes: &[u8] = column(row, 0)?;
        let digest = bytes.try_into().map(Digest);
        match digest {
            Ok(digest) => Ok(Some(digest)),
            Err(_) => Err(Fault::Damaged(format!("revision {revision} has no hash"))),
        }
    }

    pub(super) fn read_is_intact(&self, revision: Revision) -> Result<bool, Fault> {
        let before = Revision(revision.0.saturating_sub(1));
        let before = match before {
            Revision::UNKNOWN => Some(Digest::default()),
            before => self.read_digest(before)?,
        };
        let rows = self.ask(WRITE, &[number(revision).into()])?;
        let (Some(before), Some(row)) = (before, rows.first()) else {
            return Ok(false);
        };
        let signed = Signed::of(row)?;
        let signature = signed.signature();
        let mut link = Link::new(&before, &signature);
        let mut bodies = Bodies::from(signature.revision, signature.revision);
        bodies.feed(self, signature.revision, &mut link)?;
        let kept: &[u8] = column(row, 5)?;
        Ok(link.close().0 == kept)
    }

    /// Holds every write against its hash, and what is there besides against the writes.
    pub(super) fn verify_chain(&self, noted: Option<Digest>) -> Result<Verification, Fault> {
        // A note of the end that cannot be read is as good as none.
        let end = match self.noted_head()? {
            Some(head) => head.parse().ok(),
            None => (self.read_revision()? == Revision::UNKNOWN).then(Head::default),
        };
        let mut verifier = Verifier::new(noted, end);
        self.verify_writes(&mut verifier)?;
        if verifier.fits() {
            verifier.ends();
            self.verify_rest(&mut verifier)?;
        }
        Ok(verifier.found())
    }

    fn verify_writes(&self, verifier: &mut Verifier) -> Result<(), Fault> {
        let mut bodies = Bodies::from(i64::MIN, i64::MAX);
        let mut after = i64::MIN;
        loop {
            let rows = self.ask(WRITES, &[after.into()])?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = column(last, 0)?;
            for row in &rows {
                let signed = Signed::of(row)?;
                let signature = signed.signature();
                let ControlFlow::Continue(mut link) = verifier.next(&signature) else {
                    return Ok(());
                };
                bodies.feed(self, signature.revision, &mut link)?;
                if verifier.close(link, column(row, 5)?).is_break() {
                    return Ok(());
                }
            }
        }
    }

    /// What a write that is gone leaves behind: changes of its own, and its mark on what it set.
    fn verify_rest(&self, verifier: &mut Verifier) -> Result<(), Fault> {
        let number = |statement| -> Result<Option<i64>, Fault> {
            let rows = self.ask(statement, &[])?;
            rows.first().map_or(Ok(None), |row| column(row, 0))
        };
        for statement in OUTERMOST {
            if let Some(revision) = number(statement)? {
                verifier.orphan(revision);
            }
        }
        for (what, statement) in MARKS {
            if let Some(revision) = number(statement)? {
                verifier.mark(what, revision);
            }
        }
        Ok(())
    }

    fn noted_head(&self) -> Result<Option<String>, Fault> {
        let rows = self.ask(HEAD, &[])?;
        rows.first().map(|row| column(row, 0)).transpose()
    }
}

/// The rows of changes, write after write, a page of them in memory.
struct Bodies {
    after: (i64, i64),
    last: i64,
    size: Size,
    page: VecDeque<(i64, i64, String)>,
    is_at_end: bool,
}

impl Bodies {
    /// Those of the writes from one to another.
    fn from(first: i64, last: i64) -> Self {
        Self {
            after: (first, -1),
            last,
            size: Size::new(),
            page: VecDeque::new(),
            is_at_end: false,
        }
    }

    /// Feeds those of one write, and passes over what stands before them.
    fn feed(&mut self, view: &View<'_>, revision: i64, link: &mut Link) -> Result<(), Fault> {
        loop {
            while let Some((of, position, body)) =
                self.page.pop_front_if(|(of, _, _)| *of <= revision)
            {
                if of == revision {
                    link.change(position, body.as_bytes());
                }
            }
            if !self.page.is_empty() || self.is_at_end {
                return Ok(());
            }
            self.turn(view)?;
        }
    }

    fn turn(&mut self, view: &View<'_>) -> Result<(), Fault> {
        let (revision, position) = self.after;
        let values = [
            revision.into(),
            position.into(),
            self.last.into(),
            self.size.get().into(),
        ];
        let rows = view.ask(ROWS, &values)?;
        let mut bytes = 0;
        for row in &rows {
            let body: String = column(row, 2)?;
            bytes += body.len();
            self.after = (column(row, 0)?, column(row, 1)?);
            self.page.push_back((self.after.0, self.after.1, body));
        }
        self.is_at_end = self.size.learn(rows.len(), bytes);
        Ok(())
    }
}

/// Who, when and why, as the row has it.
struct Signed<'r> {
    revision: i64,
    at: i64,
    actor: Cow<'r, str>,
    command: Cow<'r, str>,
    reason: Option<Cow<'r, str>>,
}

impl<'r> Signed<'r> {
    fn of(row: &'r Row) -> Result<Self, Fault> {
        Ok(Self {
            revision: column(row, 0)?,
            at: column(row, 1)?,
            actor: text(row, 2)?,
            command: text(row, 3)?,
            reason: maybe_text(row, 4)?,
        })
    }

    fn signature(&self) -> Signature<'_> {
        Signature {
            revision: self.revision,
            at: self.at,
            actor: self.actor.as_bytes(),
            command: self.command.as_bytes(),
            reason: self.reason.as_deref().map(str::as_bytes),
        }
    }
}
