//! What a token's header demands of its verifier (RFC 7515 §4.1).
//!
//! Keys that a header brings along or points to (`jwk`, `jku`, `x5c`, `x5u`) are never looked at:
//! whoever forges a token writes them. A `kid` is compared with the ids of keys that were given,
//! and opens nothing.

use serde_json::{Map, Value};

use super::check::{Examination, Reason};
use crate::token::algorithm::Algorithm;

/// What of a header counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    pub algorithm: Result<Algorithm, &'static str>,
    pub key_id: Option<String>,
    pub token_type: Option<Value>,
    critical: Result<(), &'static str>,
    brings_keys: bool,
}

impl Header {
    /// Reads the members.
    ///
    /// # Errors
    /// A `kid` that is no string: it may be the very object that makes a careless verifier fail.
    pub fn read(members: &Map<String, Value>) -> Result<Self, &'static str> {
        let key_id = match members.get("kid") {
            None => None,
            Some(Value::String(id)) => Some(id.clone()),
            Some(_) => return Err("the header's `kid` is not a string (RFC 7515 §4.1.4)"),
        };
        Ok(Self {
            algorithm: algorithm(members.get("alg")),
            key_id,
            token_type: members.get("typ").cloned(),
            critical: critical(members),
            brings_keys: ["jwk", "jku", "x5c", "x5u"]
                .iter()
                .any(|name| members.contains_key(*name)),
        })
    }

    /// Judges what must be understood.
    pub fn judge_critical(&self, examination: &mut Examination) {
        match self.critical {
            Err(problem) => examination.failed("crit", Reason::Crit, problem),
            Ok(()) if self.brings_keys => examination.warned(
                "crit",
                "nothing demanded; the header brings or names a key of its own, which is ignored",
            ),
            Ok(()) => examination.passed("crit", "nothing demanded"),
        }
    }
}

fn algorithm(alg: Option<&Value>) -> Result<Algorithm, &'static str> {
    let Some(alg) = alg else {
        return Err("the header has no `alg`");
    };
    let Some(name) = alg.as_str() else {
        return Err("the header's `alg` is not a string");
    };
    Algorithm::named(name).ok_or_else(|| {
        if name.eq_ignore_ascii_case("none") {
            "the token is unsigned (`none`): anybody could have written it"
        } else {
            "the header names an algorithm that is not known here"
        }
    })
}

/// `crit` (RFC 7515 §4.1.11), and `b64` (RFC 7797 §7), which a token must not use.
fn critical(members: &Map<String, Value>) -> Result<(), &'static str> {
    if members
        .get("b64")
        .is_some_and(|b64| *b64 != Value::Bool(true))
    {
        return Err("the payload is said not to be encoded (`b64`), which a token must not do");
    }
    let Some(critical) = members.get("crit") else {
        return Ok(());
    };
    match critical.as_array().map(Vec::as_slice) {
        None => Err("`crit` is not an array of names"),
        Some([]) => Err("`crit` is empty, which it must not be"),
        Some(_) => Err("the header demands extensions (`crit`), and none is known here"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(header: &Value) -> Result<Header, &'static str> {
        Header::read(header.as_object().unwrap())
    }

    #[test]
    fn whatever_is_critical_is_unknown() {
        for header in [
            json!({"crit": []}),
            json!({"crit": "b64"}),
            json!({"crit": ["exp"]}),
            json!({"crit": ["b64"], "b64": true}),
            json!({"crit": null}),
            json!({"b64": false}),
            json!({"b64": "no"}),
        ] {
            assert!(read(&header).unwrap().critical.is_err(), "{header}");
        }
        for header in [json!({}), json!({"b64": true})] {
            assert!(read(&header).unwrap().critical.is_ok(), "{header}");
        }
    }

    #[test]
    fn only_a_known_algorithm_by_its_exact_name_counts() {
        for alg in [
            json!("none"),
            json!("rs256"),
            json!(null),
            json!(["RS256"]),
            json!(""),
        ] {
            assert!(
                read(&json!({ "alg": alg })).unwrap().algorithm.is_err(),
                "{alg}"
            );
        }
        assert!(read(&json!({})).unwrap().algorithm.is_err());
        let read = read(&json!({"alg": "RS256"})).unwrap();
        assert_eq!(read.algorithm, Ok(Algorithm::Rs256));
    }

    #[test]
    fn a_key_id_is_a_string_or_the_header_is_refused() {
        for id in [json!(1), json!(null), json!({"$ne": ""}), json!(["k"])] {
            assert!(read(&json!({ "kid": id })).is_err(), "{id}");
        }
    }
}
