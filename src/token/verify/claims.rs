//! Judging the registered claims (RFC 7519 §4.1) against a policy and a moment.

use std::slice;

use jiff::Timestamp;
use serde_json::Value;

use super::check::{Detail, Examination, Reason};
use super::policy::Policy;
use crate::token::times::{NumericDate, seconds_between};

/// The claims every verification looks at, in the order [`Claims::of`] takes them.
pub const REGISTERED: [&str; 7] = ["exp", "nbf", "iat", "aud", "iss", "sub", "jti"];

/// The registered claims of a token, and whether those are there that must be.
pub struct Claims<'policy> {
    registered: Vec<Option<Value>>,
    required: Vec<(&'policy str, bool)>,
}

impl<'policy> Claims<'policy> {
    /// From the values of [`REGISTERED`], and the required names with whether they are there.
    pub fn of(
        registered: Vec<Option<Value>>,
        required: impl Iterator<Item = (&'policy str, bool)>,
    ) -> Self {
        Self {
            registered,
            required: required.collect(),
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        let place = REGISTERED.iter().position(|each| *each == name)?;
        self.registered.get(place)?.as_ref()
    }

    /// Makes every check and notes each.
    pub fn judge(&self, policy: &Policy, now: Timestamp, notes: &mut Examination) {
        self.judge_types(policy, notes);
        self.judge_expiry(policy, now, notes);
        self.judge_beginning(policy, now, notes);
        self.judge_age(policy, now, notes);
        self.judge_audience(policy, notes);
        self.judge_text("iss", Reason::Issuer, &policy.issuers, policy, notes);
        self.judge_text("sub", Reason::Subject, &policy.subjects, policy, notes);
        self.judge_text("jti", Reason::Jti, &policy.token_ids, policy, notes);
        self.judge_required(policy, notes);
    }

    fn judge_types(&self, policy: &Policy, notes: &mut Examination) {
        let wrong = REGISTERED
            .iter()
            .zip(&self.registered)
            .find(|(name, value)| {
                let is_wrong = |value: &Value| !is_of_type(name, value);
                !policy.ignores(name) && value.as_ref().is_some_and(is_wrong)
            });
        match wrong {
            None => notes.passed("claims", "the registered claims have their types"),
            Some((name, _)) => {
                let expected = match *name {
                    "exp" | "nbf" | "iat" => "a number of seconds",
                    "aud" => "a string or an array of strings",
                    _ => "a string",
                };
                let detail = format!("`{name}` is not {expected} (RFC 7519 §4.1)");
                notes.failed("claims", Reason::ClaimsType, detail);
            }
        }
    }

    /// A claim that is a time; one of a wrong type has been noted already.
    fn moment(&self, name: &str) -> Option<NumericDate> {
        match self.get(name) {
            Some(Value::Number(number)) => NumericDate::read(number),
            _ => None,
        }
    }

    fn judge_expiry(&self, policy: &Policy, now: Timestamp, notes: &mut Examination) {
        if policy.ignores("exp") {
            return notes.skipped("exp", "not looked at (--ignore exp)");
        }
        let Some(at) = self.moment("exp") else {
            return match self.get("exp") {
                None => notes.warned("exp", "the token never expires: it has no `exp`"),
                Some(_) => notes.skipped("exp", "it is not a number"),
            };
        };
        // RFC 7519 §4.1.4: "on or after" that moment it is not accepted.
        if at.later_by(policy.leeway) > NumericDate::from(now) {
            let lead = "expires";
            notes.passed("exp", Detail::Moment { lead, at, now });
        } else {
            let lead = "expired";
            notes.failed("exp", Reason::Expired, Detail::Moment { lead, at, now });
        }
    }

    fn judge_beginning(&self, policy: &Policy, now: Timestamp, notes: &mut Examination) {
        if policy.ignores("nbf") {
            return notes.skipped("nbf", "not looked at (--ignore nbf)");
        }
        let Some(at) = self.moment("nbf") else {
            return match self.get("nbf") {
                None => notes.passed("nbf", "it begins at once: there is no `nbf`"),
                Some(_) => notes.skipped("nbf", "it is not a number"),
            };
        };
        if at <= NumericDate::from(now).later_by(policy.leeway) {
            let lead = "began";
            notes.passed("nbf", Detail::Moment { lead, at, now });
        } else {
            let lead = "begins";
            notes.failed("nbf", Reason::NotYetValid, Detail::Moment { lead, at, now });
        }
    }

    /// `iat`: with a greatest age it decides; without one, a token from the future is only odd
    /// (RFC 7519 §4.1.6 gives it no rule).
    fn judge_age(&self, policy: &Policy, now: Timestamp, notes: &mut Examination) {
        if policy.ignores("iat") {
            return notes.skipped("iat", "not looked at (--ignore iat)");
        }
        let present = NumericDate::from(now);
        let Some(at) = self.moment("iat") else {
            return match (self.get("iat"), policy.max_age) {
                (None, Some(_)) => {
                    let detail = "its age cannot be told: there is no `iat`";
                    notes.failed("iat", Reason::RequiredClaim, detail);
                }
                (None, None) => notes.passed("iat", "not stated"),
                (Some(_), _) => notes.skipped("iat", "it is not a number"),
            };
        };
        let lead = "issued";
        let moment = Detail::Moment { lead, at, now };
        let future = at > present.later_by(policy.leeway);
        match policy.max_age {
            Some(_) if future => notes.failed("iat", Reason::NotYetValid, moment),
            None if future => notes.warned("iat", moment),
            Some(most) if at.later_by(most).later_by(policy.leeway) < present => {
                let detail = Detail::Age {
                    age: seconds_between(at, present),
                    most: most.saturating_add(policy.leeway),
                };
                notes.failed("iat", Reason::Expired, detail);
            }
            _ => notes.passed("iat", moment),
        }
    }

    fn judge_audience(&self, policy: &Policy, notes: &mut Examination) {
        if policy.ignores("aud") {
            return notes.skipped("aud", "not looked at (--ignore aud)");
        }
        let named = match self.get("aud") {
            None => &[],
            Some(Value::Array(several)) => &several[..],
            Some(value) => slice::from_ref(value),
        };
        let is_asked_for = |name: &Value| {
            let name = name.as_str();
            policy.audiences.iter().any(|asked| name == Some(asked))
        };
        let reason = Reason::Audience;
        if policy.any_audience {
            notes.passed("aud", "whichever it is (--any-audience)");
        } else if policy.audiences.is_empty() {
            match self.get("aud") {
                None => notes.passed("aud", "the token names none"),
                Some(_) => notes.failed(
                    "aud",
                    reason,
                    format!(
                        "it is for {}: say --audience if that is you, or --any-audience",
                        listed(named)
                    ),
                ),
            }
        } else if named.iter().any(is_asked_for) {
            notes.passed("aud", "it names the audience asked for");
        } else if self.get("aud").is_none() {
            notes.failed("aud", reason, "it names no audience, and one was asked for");
        } else {
            let detail = format!(
                "it is for {}, not for the audience asked for",
                listed(named)
            );
            notes.failed("aud", reason, detail);
        }
    }

    fn judge_text(
        &self,
        name: &'static str,
        reason: Reason,
        asked: &[String],
        policy: &Policy,
        notes: &mut Examination,
    ) {
        if policy.ignores(name) {
            return notes.skipped(name, "not looked at (--ignore)");
        }
        let said = self.get(name);
        if asked.is_empty() {
            return notes.skipped(name, "any will do: none was asked for");
        }
        let text = said.and_then(Value::as_str);
        match said {
            None => notes.failed(name, reason, "it is missing, and one was asked for"),
            Some(_) if asked.iter().any(|asked| text == Some(asked)) => {
                notes.passed(name, "it is the one asked for");
            }
            Some(value) => {
                let detail = format!("it is {}, not the one asked for", short(value));
                notes.failed(name, reason, detail);
            }
        }
    }

    fn judge_required(&self, policy: &Policy, notes: &mut Examination) {
        if policy.required.is_empty() {
            return notes.skipped("required", "nothing more was asked for (--require)");
        }
        match self.required.iter().find(|(_, present)| !present) {
            None => notes.passed("required", "the claims asked for are there"),
            Some((name, _)) => {
                let detail = format!("there is no `{name}`, and it was asked for");
                notes.failed("required", Reason::RequiredClaim, detail);
            }
        }
    }
}

fn is_of_type(name: &str, value: &Value) -> bool {
    match name {
        "exp" | "nbf" | "iat" => value.is_number(),
        "aud" => match value {
            Value::Array(several) => several.iter().all(Value::is_string),
            one => one.is_string(),
        },
        _ => value.is_string(),
    }
}

/// How much of a claim is repeated.
const SHOWN_CHARACTERS: usize = 64;

/// The value for a sentence: quoted, shortened, escaped.
fn short(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

fn listed(values: &[Value]) -> String {
    match values {
        [] => "nobody".to_owned(),
        [first] => short(first),
        [first, others @ ..] => format!("{} and {} more", short(first), others.len()),
    }
}
