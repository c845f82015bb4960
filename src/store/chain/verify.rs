//! Checking the chain: does every write still have the hash that it was given?
//!
//! The writes are gone through from the first to the last, each hashed anew behind the hash that
//! was computed for the one before. What comes first out of line is told; behind it nothing is
//! proven any more, so nothing is looked at. One row is in memory at a time.

use std::fmt;
use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::{Digest, Head, Link, Signature};
use crate::domain::catalog::Revision;

/// What somebody did to a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tampering {
    /// It is there, but not what was written.
    Altered,
    /// It is gone.
    Removed,
    /// It was not written by a command of ours.
    Added,
}

impl Tampering {
    /// A stable name for scripts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// The first write that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misfit {
    /// Its number; what was added may have any.
    pub revision: i64,
    /// What was done to it.
    pub tampering: Tampering,
    /// How that shows.
    pub evidence: Evidence,
}

/// How tampering shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Its hash is another one.
    Hash,
    /// Writes behind it are there.
    Gap,
    /// The store had noted that it ends elsewhere.
    End,
    /// Where the store had noted its end, there is nothing, or nothing of use.
    NoEnd,
    /// Changes are there that belong to it, and it is not.
    Changes,
    /// A number that no write of ours gets.
    Number,
    /// This is marked as set by it.
    Mark(String),
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let revision = self.revision;
        match (&self.evidence, self.tampering) {
            (Evidence::Hash, _) => write!(
                f,
                "revision {revision} does not have its hash: it, or what it changed, was altered"
            ),
            (Evidence::Gap, _) => {
                write!(f, "revision {revision} was removed: later ones are there")
            }
            (Evidence::End, Tampering::Removed) => write!(
                f,
                "revision {revision} was removed: the store had noted it, and now ends before it"
            ),
            (Evidence::End, Tampering::Added) => write!(
                f,
                "revision {revision} was added: the store had noted an earlier one as its latest"
            ),
            (Evidence::End, Tampering::Altered) => write!(
                f,
                "revision {revision} was altered: the store had noted another hash for it"
            ),
            (Evidence::NoEnd, _) => write!(
                f,
                "the note of which write is the latest, revision {revision}, was altered or removed"
            ),
            (Evidence::Changes, _) => write!(
                f,
                "revision {revision} was removed, but not its changes, or these were added"
            ),
            (Evidence::Number, _) => {
                write!(
                    f,
                    "revision {revision} was added: no write of flags gets this number"
                )
            }
            (Evidence::Mark(what), _) => write!(
                f,
                "revision {revision} was removed: {what} is marked as set by it"
            ),
        }
    }
}

/// What came of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// How many writes fit, one behind the other.
    pub writes: u64,
    /// The last that fits, and its hash.
    pub head: Head,
    /// The first that does not.
    pub misfit: Option<Misfit>,
    /// The write with the hash that was asked for, among those that fit.
    pub noted: Option<Revision>,
}

/// Checks the writes as a store hands them over, the first one first.
#[derive(Debug)]
pub struct Verifier {
    asked: Option<Digest>,
    end: Option<Head>,
    found: Verification,
}

impl Verifier {
    /// Begins before the first write, looking for a hash on the way. `end` is what the store has
    /// noted as its latest write; `None` where it noted nothing of use.
    pub fn new(asked: Option<Digest>, end: Option<Head>) -> Self {
        let mut verifier = Self {
            asked,
            end,
            found: Verification::default(),
        };
        verifier.look();
        verifier
    }

    /// Begins the hash of the next write, unless it does not fit already by its number.
    pub fn next(&mut self, signature: &Signature<'_>) -> ControlFlow<(), Link> {
        let found = signature.revision;
        let expected = self.expected();
        match found {
            ..1 => self.misfits(found, Tampering::Added, Evidence::Number),
            _ if self.is_behind_the_end(found) => {
                self.misfits(found, Tampering::Added, Evidence::End);
            }
            _ if found > expected => self.misfits(expected, Tampering::Removed, Evidence::Gap),
            _ => return ControlFlow::Continue(Link::new(&self.found.head.digest, signature)),
        }
        ControlFlow::Break(())
    }

    /// Holds the hash of the write that was begun against the one that was kept.
    pub fn close(&mut self, link: Link, kept: &[u8]) -> ControlFlow<()> {
        let digest = link.close();
        if digest.0 != kept {
            self.misfits(self.expected(), Tampering::Altered, Evidence::Hash);
            return ControlFlow::Break(());
        }
        let revision = self.found.head.revision.next();
        self.found.writes += 1;
        self.found.head = Head { revision, digest };
        self.look();
        ControlFlow::Continue(())
    }

    /// Whether everything has fitted so far.
    pub fn fits(&self) -> bool {
        self.found.misfit.is_none()
    }

    /// Holds the last write against what was noted as the last.
    pub fn ends(&mut self) {
        let head = self.found.head;
        let last = number(head.revision);
        match self.end {
            Some(end) if end == head => {}
            Some(end) if end.revision > head.revision => {
                self.misfits(last + 1, Tampering::Removed, Evidence::End);
            }
            Some(_) => self.misfits(last, Tampering::Altered, Evidence::End),
            None => self.misfits(last, Tampering::Altered, Evidence::NoEnd),
        }
    }

    /// Takes note of changes whose write is not there.
    pub fn orphan(&mut self, revision: i64) {
        if revision < 1 {
            self.misfits(revision, Tampering::Added, Evidence::Number);
        } else if revision >= self.expected() {
            self.misfits(revision, Tampering::Removed, Evidence::Changes);
        }
    }

    /// Takes note of something that is marked as set by a write.
    pub fn mark(&mut self, what: &str, revision: i64) {
        if revision >= self.expected() {
            let evidence = Evidence::Mark(what.to_owned());
            self.misfits(revision, Tampering::Removed, evidence);
        }
    }

    /// What came of it.
    pub fn found(self) -> Verification {
        self.found
    }

    fn is_behind_the_end(&self, revision: i64) -> bool {
        self.end.is_some_and(|end| revision > number(end.revision))
    }

    /// The number that the next write has.
    fn expected(&self) -> i64 {
        number(self.found.head.revision.next())
    }

    /// Only the first counts.
    fn misfits(&mut self, revision: i64, tampering: Tampering, evidence: Evidence) {
        self.found.misfit.get_or_insert(Misfit {
            revision,
            tampering,
            evidence,
        });
    }

    fn look(&mut self) {
        let Head { revision, digest } = self.found.head;
        if self.asked == Some(digest) {
            self.found.noted = Some(revision);
        }
    }
}

fn number(revision: Revision) -> i64 {
    i64::try_from(revision.0).unwrap_or(i64::MAX)
}
