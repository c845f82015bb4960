//! One feature as a token states it: where it stands, and what it is said to be worth.
//!
//! A token may say anything, so nothing is dropped or bent into shape here: what no feature can be
//! worth stays as it stands, for whoever has to find out why a client does not see the feature.

use std::fmt;

use serde_json::{Number, Value};

/// The largest limit: 2^53-1, the largest integer that every JSON reader understands alike
/// (RFC 7493 §2.2). A larger number in a token is not a limit but [`TokenValue::Other`].
pub const MAX_LIMIT: u64 = (1 << 53) - 1;

/// The claim a feature was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Astapa: `"features": {"analytics": true, "max_seats": 5}`.
    Features,
    /// WorkOS: `"feature_flags": ["analytics"]`, the slugs that are on.
    FeatureFlags,
    /// A WorkOS JWT template: `"customClaims": {"flags": {"analytics": true}}`.
    CustomClaimsCamel,
    /// The same, spelled `"custom_claims": {"flags": {…}}`.
    CustomClaimsSnake,
}

impl Shape {
    /// The path of the claim, as it is written in prose.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Features => "features",
            Self::FeatureFlags => "feature_flags",
            Self::CustomClaimsCamel => "customClaims.flags",
            Self::CustomClaimsSnake => "custom_claims.flags",
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.path())
    }
}

/// What a token states for one feature.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenValue {
    /// `true`, or named in a list of what is on.
    On,
    /// `false`.
    Off,
    /// A whole number from 0 to [`MAX_LIMIT`], however written (`5`, `5.0`, `5e0`).
    Limit(u64),
    /// Anything else, as it stands: not a value a feature can have.
    Other(Value),
}

impl TokenValue {
    pub(super) fn read(value: &Value) -> Self {
        match value {
            Value::Bool(true) => Self::On,
            Value::Bool(false) => Self::Off,
            Value::Number(number) => {
                limit(number).map_or_else(|| Self::Other(value.clone()), Self::Limit)
            }
            _ => Self::Other(value.clone()),
        }
    }
}

/// `on`, `off`, the number, or the JSON as it stands.
impl fmt::Display for TokenValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On => formatter.write_str("on"),
            Self::Off => formatter.write_str("off"),
            Self::Limit(number) => number.fmt(formatter),
            Self::Other(other) => other.fmt(formatter),
        }
    }
}

/// JSON has one kind of number: a client in JavaScript cannot tell `5.0` from `5`, so neither do we.
fn limit(number: &Number) -> Option<u64> {
    let whole = number.as_u64().or_else(|| {
        let double = number.as_f64()?;
        // The bound is exact as a double, so the conversion neither rounds nor saturates.
        let fits = double.fract() == 0.0 && (0.0..=MAX_LIMIT as f64).contains(&double);
        fits.then_some(double as u64)
    });
    whole.filter(|limit| *limit <= MAX_LIMIT)
}

/// One feature found in a token.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The key as the token spells it: not checked against the rules for feature keys.
    pub key: String,
    /// What is stated for it.
    pub value: TokenValue,
    /// Where.
    pub shape: Shape,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_limit_is_a_json_safe_whole_number_however_written() {
        let limit = |value: Value| TokenValue::read(&value);
        assert_eq!(limit(json!(0)), TokenValue::Limit(0));
        assert_eq!(limit(json!(5.0)), TokenValue::Limit(5));
        assert_eq!(limit(json!(-0.0)), TokenValue::Limit(0));
        assert_eq!(limit(json!(MAX_LIMIT)), TokenValue::Limit(MAX_LIMIT));
        assert_eq!(
            limit(json!(9_007_199_254_740_991.0)),
            TokenValue::Limit(MAX_LIMIT)
        );
        for other in [
            json!(MAX_LIMIT + 1),
            json!(9_007_199_254_740_992.0),
            json!(u64::MAX),
            json!(-1),
            json!(2.5),
            json!(1e300),
            json!("5"),
            json!(null),
            json!([true]),
        ] {
            assert_eq!(limit(other.clone()), TokenValue::Other(other));
        }
    }
}
