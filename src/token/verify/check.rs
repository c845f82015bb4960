//! One check of a token and what came of it.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;

use crate::token::algorithm::Algorithm;
use crate::token::duration::duration_in_words;
use crate::token::error::DecodeError;
use crate::token::keys::KeyError;
use crate::token::times::NumericDate;

/// Why a token is refused, as a stable name for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Not three parts of strict base64url with strict JSON in them.
    Malformed,
    /// The algorithm is none, unknown, or not one that was asked for.
    Alg,
    /// The key cannot or must not be used for this token.
    Key,
    /// The signature does not belong to the token and key.
    Signature,
    /// The header demands an extension that nobody here knows (RFC 7515 §4.1.11).
    Crit,
    /// The header's `typ` is not one that was asked for.
    Typ,
    /// A registered claim has a value of a type it cannot have.
    ClaimsType,
    /// `exp` is past, or the token is older than allowed.
    Expired,
    /// `nbf` is to come.
    NotYetValid,
    /// `aud` does not name who was asked for.
    Audience,
    /// `iss` is not who was asked for.
    Issuer,
    /// `sub` is not who was asked for.
    Subject,
    /// `jti` is not what was asked for.
    Jti,
    /// A claim that must be there is not.
    RequiredClaim,
}

impl Reason {
    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Alg => "alg",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Crit => "crit",
            Self::Typ => "typ",
            Self::ClaimsType => "claims_type",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::Audience => "audience",
            Self::Issuer => "issuer",
            Self::Subject => "subject",
            Self::Jti => "jti",
            Self::RequiredClaim => "required_claim",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Fine.
    Passed,
    /// Fine, and yet to be known.
    Warned,
    /// Refused, for this reason.
    Failed(Reason),
    /// Not made: it was not asked for, or an earlier one left nothing to look at.
    Skipped,
}

impl Outcome {
    /// The published name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Warned => "warning",
            Self::Failed(_) => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// One check, with its result and what was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// What was looked at: `signature`, `exp`.
    pub name: &'static str,
    /// What came of it.
    pub outcome: Outcome,
    /// What was found, in words; part of it may have come from the token.
    pub detail: Detail,
}

/// What was found. Put into words only when somebody reads it: a million tokens are checked by
/// their outcomes alone.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// Words.
    Text(Cow<'static, str>),
    /// Why the text is no token.
    Form(DecodeError),
    /// Why the key cannot be used.
    Key(KeyError),
    /// The algorithm the signature is made with.
    Algorithm(Algorithm),
    /// A moment of the token and the present one, with words before it: `expires`, `expired`.
    Moment {
        /// What happens or happened then.
        lead: &'static str,
        /// The token's moment.
        at: NumericDate,
        /// The present one.
        now: Timestamp,
    },
    /// How old the token is and may be, in seconds.
    Age {
        /// Since `iat`.
        age: u64,
        /// At most, leeway included.
        most: u64,
    },
}

impl From<&'static str> for Detail {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Detail {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Form(error) => error.fmt(formatter),
            Self::Key(error) => error.fmt(formatter),
            Self::Algorithm(algorithm) => algorithm.fmt(formatter),
            Self::Moment { lead, at, now } => {
                write!(formatter, "{lead} {}", at.relative_to(*now))
            }
            Self::Age { age, most } => write!(
                formatter,
                "issued {} ago, at most {} are allowed",
                duration_in_words(*age),
                duration_in_words(*most)
            ),
        }
    }
}

/// The checks of one token, in the order they were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Examination {
    checks: Vec<Check>,
}

impl Examination {
    /// All checks.
    #[must_use]
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// Why the token is refused: the first check that failed. `None`: it is genuine.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.failure().and_then(|check| match check.outcome {
            Outcome::Failed(reason) => Some(reason),
            _ => None,
        })
    }

    /// The check that decided against the token.
    #[must_use]
    pub fn failure(&self) -> Option<&Check> {
        self.checks
            .iter()
            .find(|check| matches!(check.outcome, Outcome::Failed(_)))
    }

    pub(super) fn passed(&mut self, name: &'static str, detail: impl Into<Detail>) {
        self.push(name, Outcome::Passed, detail.into());
    }

    pub(super) fn warned(&mut self, name: &'static str, detail: impl Into<Detail>) {
        self.push(name, Outcome::Warned, detail.into());
    }

    pub(super) fn skipped(&mut self, name: &'static str, detail: impl Into<Detail>) {
        self.push(name, Outcome::Skipped, detail.into());
    }

    pub(super) fn failed(&mut self, name: &'static str, reason: Reason, detail: impl Into<Detail>) {
        self.push(name, Outcome::Failed(reason), detail.into());
    }

    fn push(&mut self, name: &'static str, outcome: Outcome, detail: Detail) {
        self.checks.push(Check {
            name,
            outcome,
            detail,
        });
    }

    pub(super) fn clear(&mut self) {
        self.checks.clear();
    }
}
