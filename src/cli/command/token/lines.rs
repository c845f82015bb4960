//! Many tokens, one a line: a verdict for each as it comes, and memory for one.

use anyhow::Result;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::key_source::Keys;
use super::source::{Lines, TokenSource};
use crate::cli::context::Context;
use crate::cli::input::unreadable;
use crate::token::{Examination, Policy, Reason, Verifier};
use crate::ui::{OutputMode, Page, Report, Stream};

/// Verifies every line.
pub fn run(
    context: &Context,
    source: TokenSource,
    mut keys: Keys,
    policy: &Policy,
    now: Timestamp,
) -> Result<Box<dyn Report>> {
    let mut lines = source.lines(context)?;
    let mut verifier = Verifier::new(&keys.set, policy);
    let mut out = context.terminal.stream();
    let mut count = Count::default();
    while let Some(line) = next(&mut lines)? {
        // What is no UTF-8 is no token: a character that no token has says so.
        let token = std::str::from_utf8(line).unwrap_or("\u{fffd}");
        if keys.could_help(verifier.examine(token, now)) {
            drop(verifier);
            keys.renew(now)?;
            verifier = Verifier::new(&keys.set, policy);
            verifier.examine(token, now);
        }
        let examination = verifier.examination();
        let genuine = examination.reason().is_none();
        count.all += 1;
        count.genuine += u64::from(genuine);
        match context.mode {
            OutputMode::Text => text(&mut out, count.all, examination),
            OutputMode::Json(_) => document(&mut out, count.all, examination)?,
        }
        out.flush_if_long()?;
        if lines.would_wait() {
            out.flush()?;
        }
    }
    out.flush()?;
    let Count { all, genuine } = count;
    context.remark(&format!("{genuine} genuine, {} refused", all - genuine))?;
    Ok(Box::new(count))
}

fn next(lines: &mut Lines) -> Result<Option<&[u8]>> {
    let read = lines.read_next();
    read.map_err(|error| unreadable("-".as_ref(), &error.to_string()).into())
}

fn text(out: &mut Stream<'_>, number: u64, examination: &Examination) {
    match (examination.failure(), examination.reason()) {
        (Some(check), Some(reason)) => {
            out.line(&format!(
                "{number} {reason}: {}: {}",
                check.name, check.detail
            ));
        }
        _ => out.own(format_args!("{number} genuine")),
    }
}

fn document(out: &mut Stream<'_>, number: u64, examination: &Examination) -> Result<()> {
    let Some(check) = examination.failure() else {
        out.own(format_args!(
            r#"{{"line":{number},"valid":true,"reason":null,"detail":null}}"#
        ));
        return Ok(());
    };
    Ok(out.document(&json!({
        "line": number,
        "valid": false,
        "reason": examination.reason().map(Reason::name),
        "detail": check.detail.to_string(),
    }))?)
}

/// How many lines there were, and how many of them held a genuine token.
#[derive(Default)]
struct Count {
    all: u64,
    genuine: u64,
}

impl Report for Count {
    fn fields(&self) -> &'static [&'static str] {
        &["line", "valid", "reason", "detail"]
    }

    fn document(&self) -> Value {
        json!({ "all": self.all, "genuine": self.genuine })
    }

    fn page(&self) -> Page {
        Page::new()
    }

    fn was_streamed(&self) -> bool {
        true
    }

    /// No token at all is no proof of anything either.
    fn answered_no(&self) -> bool {
        self.genuine < self.all || self.all == 0
    }
}
