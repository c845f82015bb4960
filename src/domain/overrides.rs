//! An override: one subject's grant or revoke of one feature, with a reason and a time span.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use super::text::Reason;
use super::time::Time;
use super::value::{Answer, Value};

/// What an override does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Gives the feature this value.
    Grant(Value),
    /// Takes the feature away.
    Revoke,
}

impl Effect {
    /// What the override says while it stands.
    pub const fn answer(self) -> Answer {
        match self {
            Self::Grant(value) => Some(value),
            Self::Revoke => None,
        }
    }
}

/// One subject's override of one feature. In JSON either `grant` with a value or `revoke` with
/// `true`, then what is known of `reason`, `starts` and `expires`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "Form")]
pub struct Override {
    /// Grant or revoke.
    pub effect: Effect,
    /// Why it was made.
    pub reason: Option<Reason>,
    /// It stands from this moment on.
    pub starts: Option<Time>,
    /// It stands before this moment, and no longer at it.
    pub expires: Option<Time>,
}

/// An override as it is written: serde cannot refuse unknown fields of a flattened enum.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grant: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revoke: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    starts: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Time>,
}

impl From<Override> for Form {
    fn from(over: Override) -> Self {
        let Override {
            effect,
            reason,
            starts,
            expires,
        } = over;
        let (grant, revoke) = match effect {
            Effect::Grant(value) => (Some(value), None),
            Effect::Revoke => (None, Some(true)),
        };
        Self {
            grant,
            revoke,
            reason,
            starts,
            expires,
        }
    }
}

/// Checked while the reader is still at its end, so that a refusal names the right line.
impl<'de> Deserialize<'de> for Override {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Checked;

        impl<'de> Visitor<'de> for Checked {
            type Value = Override;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an override")
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Override, A::Error> {
                let form = Form::deserialize(MapAccessDeserializer::new(access))?;
                form.try_into().map_err(serde::de::Error::custom)
            }
        }

        deserializer.deserialize_map(Checked)
    }
}

impl TryFrom<Form> for Override {
    type Error = OverrideError;

    fn try_from(form: Form) -> Result<Self, OverrideError> {
        let Form {
            grant,
            revoke,
            reason,
            starts,
            expires,
        } = form;
        let effect = match (grant, revoke) {
            (Some(value), None) => Effect::Grant(value),
            (None, Some(true)) => Effect::Revoke,
            _ => return Err(OverrideError::Effect),
        };
        Self {
            effect,
            reason,
            starts,
            expires,
        }
        .checked()
    }
}

/// Why an override cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OverrideError {
    /// Neither or both of grant and revoke.
    #[error("an override either grants a value or has `revoke` set to true")]
    Effect,
    /// No moment lies between start and expiry.
    #[error("an override that starts at {starts} cannot expire at {expires}")]
    Span {
        /// Its start.
        starts: Time,
        /// Its expiry, not later.
        expires: Time,
    },
}

impl Override {
    /// The override itself, if there is a moment at which it stands.
    pub fn checked(self) -> Result<Self, OverrideError> {
        self.stands_once().map(|()| self)
    }

    /// Whether there is a moment at which it stands.
    pub fn stands_once(&self) -> Result<(), OverrideError> {
        match (self.starts, self.expires) {
            (Some(starts), Some(expires)) if expires <= starts => {
                Err(OverrideError::Span { starts, expires })
            }
            _ => Ok(()),
        }
    }
}

/// Whether an override counts at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Active,
    /// Its start lies ahead.
    NotStarted,
    /// Its expiry has come.
    Expired,
}

impl Override {
    /// Whether the override counts at `at`.
    pub fn standing(&self, at: Time) -> Standing {
        if self.expires.is_some_and(|end| end <= at) {
            Standing::Expired
        } else if self.starts.is_some_and(|start| at < start) {
            Standing::NotStarted
        } else {
            Standing::Active
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_stands_from_its_start_until_just_before_its_expiry() {
        let at = |seconds| Time::from_unix(seconds).ok();
        let over = Override {
            effect: Effect::Grant(Value::On),
            reason: None,
            starts: at(100),
            expires: at(200),
        };
        let standing = |seconds| at(seconds).map(|moment| over.standing(moment));
        assert_eq!(standing(99), Some(Standing::NotStarted));
        assert_eq!(standing(100), Some(Standing::Active));
        assert_eq!(standing(199), Some(Standing::Active));
        assert_eq!(standing(200), Some(Standing::Expired));
    }

    #[test]
    fn an_override_reads_back_from_json_as_it_was_written() {
        for text in [
            r#"{"grant":true}"#,
            r#"{"grant":5,"reason":"trial"}"#,
            r#"{"revoke":true}"#,
        ] {
            let over: Option<Override> = serde_json::from_str(text).ok();
            assert!(over.is_some(), "{text}");
            assert_eq!(serde_json::to_string(&over).ok().as_deref(), Some(text));
        }
        for bad in [
            r#"{"grant":false}"#,
            r#"{"revoke":false}"#,
            r#"{"reason":"x"}"#,
        ] {
            assert!(serde_json::from_str::<Override>(bad).is_err(), "{bad}");
        }
    }
}
