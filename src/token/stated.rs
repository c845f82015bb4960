//! What a token states about one feature, as an answer that an expectation can be held against.
//!
//! An issuer leaves out what is off, so a feature that is missing is off: but only where the token
//! speaks of features at all, in a shape that could have carried it, and does not contradict
//! itself. Otherwise nothing can be told, which is no answer.

use thiserror::Error;

use super::claims::Statement;
use super::values::{Shape, TokenValue};
use crate::domain::key::FeatureKey;
use crate::domain::value::{Answer, Kind, Limit, Value};

/// Why a token gives no answer about a feature.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unclear {
    /// There is no feature claim at all.
    #[error(
        "the token says nothing about features: it was minted without such a claim, which is not \
         the same as all being off"
    )]
    NoClaim,
    /// Two claims state different things.
    #[error("the token contradicts itself about `{0}`: two of its claims say different things")]
    Contradiction(FeatureKey),
    /// The claim is there, and no value a feature can have.
    #[error("the token's value for `{feature}` is neither on, off nor a limit: it is {came}")]
    NoValue {
        /// The feature.
        feature: FeatureKey,
        /// What stands there.
        came: &'static str,
    },
    /// A feature claim is of the wrong type, so what it was to state is lost.
    #[error("the token's claim `{0}` is of the wrong type, so what it was to say is lost")]
    Misfit(String),
    /// A limit is asked of a shape that has no place for one.
    #[error(
        "the token lists only what is on (`feature_flags`), where a limit has no place: whether \
         `{0}` has one cannot be told"
    )]
    NoPlaceForLimits(FeatureKey),
}

/// What a token states about one feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// Its kind, where the value shows it: what is off shows none.
    pub kind: Option<Kind>,
    /// On, a limit, or off.
    pub answer: Answer,
}

impl Statement {
    /// The answer for one feature; `as_limit`, if a limit is what is asked for.
    ///
    /// # Errors
    /// [`Unclear`] where the token gives none.
    pub fn stated(&self, key: &FeatureKey, as_limit: bool) -> Result<Stated, Unclear> {
        if self.shapes.is_empty() {
            return Err(Unclear::NoClaim);
        }
        let broken = self.misfits.iter().find(|misfit| {
            let of_shape = |shape: &Shape| misfit.path.starts_with(shape.path());
            self.shapes.iter().any(of_shape)
        });
        if let Some(misfit) = broken {
            return Err(Unclear::Misfit(misfit.path.clone()));
        }
        let mut stated = self
            .about(key.as_str())
            .map(|found| read(key, &found.value));
        let Some(first) = stated.next().transpose()? else {
            return self.missing(key, as_limit);
        };
        for other in stated {
            if other? != first {
                return Err(Unclear::Contradiction(key.clone()));
            }
        }
        Ok(first)
    }

    fn missing(&self, key: &FeatureKey, as_limit: bool) -> Result<Stated, Unclear> {
        let lists_only = self
            .shapes
            .iter()
            .all(|shape| *shape == Shape::FeatureFlags);
        if as_limit && lists_only {
            return Err(Unclear::NoPlaceForLimits(key.clone()));
        }
        Ok(Stated {
            kind: None,
            answer: None,
        })
    }
}

fn read(key: &FeatureKey, value: &TokenValue) -> Result<Stated, Unclear> {
    let (kind, answer) = match value {
        TokenValue::On => (Some(Kind::Boolean), Some(Value::On)),
        TokenValue::Off => (None, None),
        TokenValue::Limit(number) => {
            let limit =
                Limit::new(*number).ok_or_else(|| no_value(key, "a number out of range"))?;
            (Some(Kind::Limit), Some(Value::Limit(limit)))
        }
        TokenValue::Other(other) => {
            let came = match other {
                serde_json::Value::String(_) => "a text",
                serde_json::Value::Number(_) => "a number that no limit can be",
                serde_json::Value::Array(_) => "an array",
                serde_json::Value::Object(_) => "an object",
                _ => "null",
            };
            return Err(no_value(key, came));
        }
    };
    Ok(Stated { kind, answer })
}

fn no_value(key: &FeatureKey, came: &'static str) -> Unclear {
    Unclear::NoValue {
        feature: key.clone(),
        came,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;

    fn stated(claims: &Json, as_limit: bool) -> Result<Stated, Unclear> {
        let said = Statement::read(claims.as_object().unwrap());
        said.stated(&"f".parse().unwrap(), as_limit)
    }

    fn answer(claims: &Json) -> Answer {
        stated(claims, false).unwrap().answer
    }

    #[test]
    fn what_is_missing_is_off_where_features_are_spoken_of() {
        assert_eq!(answer(&json!({"features": {}})), None);
        assert_eq!(answer(&json!({"feature_flags": ["g"]})), None);
        assert_eq!(answer(&json!({"features": {"f": false}})), None);
        assert_eq!(answer(&json!({"feature_flags": ["f"]})), Some(Value::On));
        let limit = answer(&json!({"features": {"f": 5}}));
        assert_eq!(limit, Some(Value::Limit(Limit::new(5).unwrap())));
    }

    #[test]
    fn what_cannot_be_told_is_no_answer() {
        let key = || "f".parse::<FeatureKey>().unwrap();
        let unclear = |claims: Json, as_limit| stated(&claims, as_limit).unwrap_err();
        assert_eq!(unclear(json!({"sub": "u1"}), false), Unclear::NoClaim);
        let both = json!({"features": {"f": true}, "custom_claims": {"flags": {"f": false}}});
        assert_eq!(unclear(both, false), Unclear::Contradiction(key()));
        let text = json!({"features": {"f": "5"}});
        assert!(matches!(unclear(text, true), Unclear::NoValue { .. }));
        let list = json!({"feature_flags": ["g"]});
        assert_eq!(unclear(list, true), Unclear::NoPlaceForLimits(key()));
        for broken in [json!({"features": []}), json!({"feature_flags": ["g", 7]})] {
            assert!(matches!(unclear(broken, false), Unclear::Misfit(_)));
        }
    }

    #[test]
    fn two_shapes_that_agree_are_one_answer() {
        let both = json!({"features": {"f": true}, "feature_flags": ["f"]});
        assert_eq!(answer(&both), Some(Value::On));
    }
}
