//! Expectations: what a CI script asserts, such as `analytics`, `!beta` or `max_seats>=5`.
//!
//! A feature that is off has no number, so no comparison holds for it, `!=` included: an
//! assertion about a cap fails when there is no cap to speak of.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::key::{FeatureKey, KeyError};
use super::value::{Answer, Kind, Limit, Value, ValueError};

/// How a limit is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `!=`
    Not,
    /// `=`, or `==`
    Exactly,
    /// `<`
    Below,
    /// `>`
    Above,
}

/// Longer spellings first, so that `>=` is never read as `>`.
const SPELLINGS: [(&str, Comparison); 7] = [
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("!=", Comparison::Not),
    ("==", Comparison::Exactly),
    ("=", Comparison::Exactly),
    ("<", Comparison::Below),
    (">", Comparison::Above),
];

/// What must be true of the feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// `f`: on, or a limit above zero.
    Present,
    /// `!f`: off, or a limit of zero.
    Absent,
    /// `f>=5`: a limit that compares so.
    Number(Comparison, Limit),
}

/// One assertion about one feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The feature.
    pub feature: FeatureKey,
    /// What must be true of it.
    pub wanted: Wanted,
}

/// Why a text is not an expectation.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExpectationError {
    /// The feature's key.
    #[error("`{text}`: {source}")]
    Key {
        /// The whole text.
        text: String,
        /// What is wrong with the key.
        source: KeyError,
    },
    /// The number to compare with.
    #[error(
        "`{text}`: compare with a whole number or `unlimited`; for on and off write `{feature}` or \
         `!{feature}`"
    )]
    Number {
        /// The whole text.
        text: String,
        /// The feature it is about.
        feature: FeatureKey,
        /// What is wrong with the number.
        source: ValueError,
    },
    /// A negated comparison.
    #[error("`{0}`: write the opposite comparison instead of `!`, for example `max_seats<5`")]
    NegatedComparison(String),
}

/// An expectation compares, but the feature is not a limit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{feature} is a boolean feature: expect `{feature}` or `!{feature}`, not a number")]
pub struct NotALimit {
    /// The feature.
    pub feature: FeatureKey,
}

impl FromStr for Expectation {
    type Err = ExpectationError;

    fn from_str(text: &str) -> Result<Self, ExpectationError> {
        let key = |part: &str| {
            let owned = || text.to_owned();
            part.trim().parse().map_err(|source| ExpectationError::Key {
                text: owned(),
                source,
            })
        };
        let operator = text.char_indices().skip(1).find_map(|(at, _)| {
            let spelled = |(spelling, _): &&(&str, Comparison)| text[at..].starts_with(spelling);
            SPELLINGS
                .iter()
                .find(spelled)
                .map(|(spelling, how)| (at, spelling.len(), *how))
        });
        let negated = text.trim_start().strip_prefix('!');
        match (negated, operator) {
            (Some(_), Some(_)) => Err(ExpectationError::NegatedComparison(text.to_owned())),
            (Some(rest), None) => Ok(Self {
                feature: key(rest)?,
                wanted: Wanted::Absent,
            }),
            (None, None) => Ok(Self {
                feature: key(text)?,
                wanted: Wanted::Present,
            }),
            (None, Some((at, width, how))) => {
                let feature = key(&text[..at])?;
                let number = match text[at + width..].trim().parse() {
                    Ok(number) => number,
                    Err(source) => {
                        return Err(ExpectationError::Number {
                            text: text.to_owned(),
                            feature,
                            source,
                        });
                    }
                };
                Ok(Self {
                    feature,
                    wanted: Wanted::Number(how, number),
                })
            }
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.wanted {
            Wanted::Present => self.feature.fmt(f),
            Wanted::Absent => write!(f, "!{}", self.feature),
            Wanted::Number(how, number) => {
                let spelling = SPELLINGS.iter().rfind(|(_, known)| *known == how);
                write!(
                    f,
                    "{}{}{number}",
                    self.feature,
                    spelling.map_or("", |(text, _)| text)
                )
            }
        }
    }
}

impl Expectation {
    /// Whether it is about a limit's number.
    pub fn compares(&self) -> bool {
        matches!(self.wanted, Wanted::Number(..))
    }

    /// Whether the expectation fits a feature of this kind at all.
    pub fn fits(&self, kind: Kind) -> Result<(), NotALimit> {
        match (self.wanted, kind) {
            (Wanted::Number(..), Kind::Boolean) => Err(NotALimit {
                feature: self.feature.clone(),
            }),
            _ => Ok(()),
        }
    }

    /// Whether the answer is as expected.
    pub fn holds(&self, answer: Answer) -> bool {
        let present = match answer {
            None => false,
            Some(Value::On) => true,
            Some(Value::Limit(limit)) => limit.get() > 0,
        };
        match (self.wanted, answer) {
            (Wanted::Present, _) => present,
            (Wanted::Absent, _) => !present,
            (Wanted::Number(how, number), Some(Value::Limit(limit))) => match how {
                Comparison::AtMost => limit <= number,
                Comparison::AtLeast => limit >= number,
                Comparison::Not => limit != number,
                Comparison::Exactly => limit == number,
                Comparison::Below => limit < number,
                Comparison::Above => limit > number,
            },
            (Wanted::Number(..), _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(text: &str, answer: Answer) -> Option<bool> {
        text.parse::<Expectation>()
            .ok()
            .map(|expectation| expectation.holds(answer))
    }

    #[test]
    fn expectations_judge_answers() {
        let seats = |n| Limit::new(n).map(Value::Limit);
        for (text, answer, holds) in [
            ("analytics", Some(Value::On), true),
            ("analytics", None, false),
            ("!beta", None, true),
            ("!beta", Some(Value::On), false),
            ("max_seats>=5", seats(5), true),
            ("max_seats>=5", seats(4), false),
            ("max_seats > 5", seats(5), false),
            ("max_seats=5", seats(5), true),
            ("max_seats==5", seats(6), false),
            ("max_seats!=5", seats(6), true),
            ("max_seats<5", seats(4), true),
            ("max_seats<=5", seats(6), false),
            (
                "max_seats=unlimited",
                Some(Value::Limit(Limit::UNLIMITED)),
                true,
            ),
            ("max_seats", seats(0), false),
            ("!max_seats", seats(0), true),
        ] {
            assert_eq!(judge(text, answer), Some(holds), "{text} of {answer:?}");
        }
    }

    #[test]
    fn no_comparison_holds_of_a_limit_that_is_off() {
        for operator in ["<", "<=", "=", "!=", ">=", ">"] {
            assert_eq!(
                judge(&format!("max_seats{operator}5"), None),
                Some(false),
                "{operator}"
            );
        }
    }

    #[test]
    fn an_unreadable_expectation_is_an_error_never_an_answer() {
        for bad in [
            "",
            "!",
            "a b",
            "max_seats>=",
            "max_seats>=-1",
            ">=5",
            "!max_seats>=5",
            "a=>5",
            "A",
        ] {
            assert!(bad.parse::<Expectation>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_expectation_is_shown_as_it_is_written() {
        for text in [
            "analytics",
            "!beta",
            "max_seats>=5",
            "max_seats=5",
            "max_seats!=5",
        ] {
            let shown = text.parse::<Expectation>().map(|e| e.to_string());
            assert_eq!(shown.as_deref(), Ok(text));
        }
    }
}
