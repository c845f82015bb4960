//! What is odd about a token: why a feature is not seen, and why the token should not be trusted.
//!
//! `decode` shows what a token states, and somebody who knows what to look for sees the fault in
//! it. This looks for them, one rule after the other. A finding is an observation on a text that
//! nobody has verified: that nothing was found does not make a token good.
//!
//! | file | looks at |
//! | --- | --- |
//! | `header` | how the token says it is signed |
//! | `times` | when it is valid, and for how long |
//! | `features` | what it states for features, against itself and the catalog |
//! | `identity` | whom it is about: organization, plan, and claims of the wrong type |

mod features;
mod header;
mod identity;
mod times;

use std::cmp::Reverse;

use jiff::Timestamp;
use serde_json::Value;

use super::decode::Decoded;
use super::finding::{Finding, FindingCode};
use super::wrapping::Wrapping;
use crate::domain::catalog::Catalog;
use crate::domain::target::Id;

/// How many characters of a value a finding repeats.
const SHOWN_CHARACTERS: usize = 64;

/// What is known beside the token. Where something is not, nothing is found by it.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'known> {
    /// The moment that counts as now.
    pub now: Timestamp,
    /// What was around the token, and was taken off.
    pub wrappings: &'known [Wrapping],
    /// The definitions of features and plans.
    pub catalog: Option<&'known Catalog>,
    /// The organization that tokens are expected to be of.
    pub organization: Option<&'known Id>,
}

/// Looks for what is odd about a token. What matters most comes first.
#[must_use]
pub fn inspect(decoded: &Decoded, known: &Surroundings<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = known.wrappings.iter().map(unwrapped).collect();
    let said = decoded.statement();
    findings.extend(header::look(decoded));
    findings.extend(times::look(&decoded.times(), known.now));
    findings.extend(identity::look(&said, decoded.claims(), known));
    findings.extend(features::look(&said, known.catalog));
    findings.sort_by_key(|finding| Reverse(finding.severity()));
    findings
}

fn unwrapped(wrapping: &Wrapping) -> Finding {
    match wrapping {
        Wrapping::Json { .. } => Finding::new(FindingCode::TakenFromJson, wrapping.to_string()),
        _ => Finding::new(FindingCode::Wrapped, wrapping.to_string())
            .help("`flags token decode` and most programs want the token alone"),
    }
}

/// A value as JSON, shortened: a claim may be as long as it likes.
fn shown(value: &Value) -> String {
    shortened(&value.to_string())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
