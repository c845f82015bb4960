//! What a token and a store say of one feature, and the verdict.

use super::Cause;
use crate::domain::resolve::Resolution;
use crate::domain::value::{Answer, Kind};
use crate::token::TokenValue;

/// What the token says of a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Said<'a> {
    /// This value.
    Stated(Answer),
    /// Nothing, which means off.
    LeftOut,
    /// Nothing, and it could not: its claims do not have room for this.
    NotCarried,
    /// What is no value for the feature, or several that contradict each other.
    Unusable(Vec<&'a TokenValue>),
}

impl Said<'_> {
    /// What the feature is worth by the token, if that can be said.
    #[must_use]
    pub const fn answer(&self) -> Option<Answer> {
        match self {
            Self::Stated(answer) => Some(*answer),
            Self::LeftOut => Some(None),
            Self::NotCarried | Self::Unusable(_) => None,
        }
    }
}

/// What a store says of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// This value, or off.
    Is(Answer),
    /// It does not define the feature.
    Undefined,
    /// It does not know the subject.
    Stranger,
    /// Nobody can tell.
    Untold,
}

impl Told {
    /// Whether a token that was issued by this says so.
    pub(super) fn agrees(self, said: Answer) -> bool {
        match self {
            Self::Is(answer) => answer == said,
            Self::Undefined | Self::Stranger => said.is_none(),
            Self::Untold => false,
        }
    }

    /// The value, or off, where that was answered.
    #[must_use]
    pub const fn answer(self) -> Option<Answer> {
        match self {
            Self::Is(answer) => Some(answer),
            Self::Undefined | Self::Stranger | Self::Untold => None,
        }
    }
}

/// How a token stands to the store, for one feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It says what the store says.
    Same,
    /// It says what the store said when it was issued; the answer has changed since.
    Stale,
    /// The store says on, and said so when the token was issued; the token does not have it.
    Missing,
    /// The token has it; the store says off, and said so when the token was issued.
    Extra,
    /// They say different things, and it cannot be told which of the above that is; or both give
    /// a value, but not the same.
    Differs,
    /// The token cannot say it: there is nothing to compare.
    NotCarried,
    /// The token has it; the store does not define it.
    Unknown,
}

impl Verdict {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_fine(self) -> bool {
        matches!(self, Self::Same | Self::NotCarried)
    }

    /// The word for it, stable for scripts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Stale => "stale",
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::Differs => "differs",
            Self::NotCarried => "not_carried",
            Self::Unknown => "unknown",
        }
    }
}

/// The comparison for one feature.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The feature, as the catalog or the token spells it.
    pub feature: String,
    /// Its kind, where it is defined.
    pub kind: Option<Kind>,
    /// By the token.
    pub said: Said<'a>,
    /// By the store when the token was issued.
    pub at_issue: Told,
    /// By the store now.
    pub now: Told,
    /// How they stand to each other.
    pub verdict: Verdict,
    /// Why they differ; where both say off, why that is so.
    pub cause: Option<Cause<'a>>,
    /// What every layer says now, where the feature is defined.
    pub resolution: Option<Resolution<'a>>,
}
