//! JUnit's XML, as CI systems read it: a suite for each file, a case for each test.

use std::fmt::Write;

use super::judge::{Outcome, Verdict};
use crate::ui::sanitise;

/// The whole document.
pub fn document(verdicts: &[Verdict]) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a String cannot fail.
    let _ = writeln!(text, "<testsuites name=\"flags\" {}>", counts(verdicts));
    for suite in verdicts.chunk_by(|one, other| one.file == other.file) {
        let file = suite.first().map_or("", |verdict| &verdict.file);
        let file = escaped(file);
        let _ = writeln!(text, "  <testsuite name=\"{file}\" {}>", counts(suite));
        for verdict in suite {
            let name = escaped(&verdict.case.name);
            let line = verdict.case.at.line;
            let head = format!(
                "<testcase classname=\"{file}\" name=\"{name}\" file=\"{file}\" line=\"{line}\""
            );
            let _ = match verdict.outcome() {
                Outcome::Passed => writeln!(text, "    {head}/>"),
                Outcome::Failed => {
                    writeln!(text, "    {head}>{}</testcase>", why("failure", verdict))
                }
                Outcome::Undecided => {
                    writeln!(text, "    {head}>{}</testcase>", why("error", verdict))
                }
            };
        }
        text.push_str("  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn counts(verdicts: &[Verdict]) -> String {
    let of = |outcome| {
        verdicts
            .iter()
            .filter(|verdict| verdict.outcome() == outcome)
            .count()
    };
    let (failed, undecided) = (of(Outcome::Failed), of(Outcome::Undecided));
    let all = verdicts.len();
    format!("tests=\"{all}\" failures=\"{failed}\" errors=\"{undecided}\"")
}

fn why(element: &str, verdict: &Verdict) -> String {
    let reasons = verdict.reasons();
    let first = escaped(reasons.first().map_or("", String::as_str));
    let lines: Vec<String> = reasons.iter().map(|reason| escaped(reason)).collect();
    let all = lines.join("\n");
    format!("<{element} message=\"{first}\">{all}</{element}>")
}

/// A text without what XML gives a meaning, and without what it cannot hold at all: hidden
/// characters are written out, and of the others only U+FFFE and U+FFFF are forbidden.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in sanitise(text).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}
