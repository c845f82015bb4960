//! TAP version 14, <https://testanything.org/tap-version-14-specification.html>.

use std::fmt::Write;

use serde_json::{Value, json};

use super::judge::{Outcome, Verdict};
use crate::ui::sanitise;

/// The whole document.
pub fn document(verdicts: &[Verdict]) -> String {
    let mut text = format!("TAP version 14\n1..{}\n", verdicts.len());
    for (number, verdict) in (1..).zip(verdicts) {
        let not = match verdict.outcome() {
            Outcome::Passed => "",
            _ => "not ",
        };
        let name = description(&verdict.case.name);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{not}ok {number} - {name}");
        if verdict.outcome() != Outcome::Passed {
            let _ = write!(text, "{}", diagnostics(verdict));
        }
    }
    text
}

/// A name that is no directive and stays on its line.
fn description(name: &str) -> String {
    sanitise(name).replace('\\', "\\\\").replace('#', "\\#")
}

/// A block of YAML, whose values are written as JSON, which is YAML as well.
fn diagnostics(verdict: &Verdict) -> String {
    let severity = match verdict.outcome() {
        Outcome::Undecided => "error",
        _ => "fail",
    };
    let fields: [(&str, Value); 4] = [
        ("severity", json!(severity)),
        ("file", json!(verdict.file)),
        ("line", json!(verdict.case.at.line)),
        ("reasons", json!(verdict.reasons())),
    ];
    let lines = fields.map(|(name, value)| format!("  {name}: {}\n", sanitise(&value.to_string())));
    format!("  ---\n{}  ...\n", lines.concat())
}
