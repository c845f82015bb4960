//! `flags token verify`: whether a token is genuine, for us and for now, check by check.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::key_file::Encoding;
use super::lines;
use super::policy::{KeyArgs, PolicyArgs};
use super::source::TokenSource;
use crate::cli::context::Context;
use crate::token::{Check, Examination, Outcome, Reason, Verified, Verifier};
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags token verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    source: TokenSource,
    #[command(flatten)]
    keys: KeyArgs,
    /// How a shared secret is written in its file
    #[arg(long, value_enum, default_value = "raw", help_heading = "Key")]
    key_encoding: Encoding,
    #[command(flatten)]
    policy: PolicyArgs,
    /// Many tokens, one a line; a verdict for each as it comes
    #[arg(long)]
    lines: bool,
}

/// Verifies the token. Opens neither configuration nor store.
pub fn run(context: &Context, args: VerifyArgs) -> Result<Box<dyn Report>> {
    let policy = args.policy.policy();
    let now = args.policy.now(context)?;
    let keys = args.keys.read(args.key_encoding)?;
    if args.lines {
        return lines::run(context, args.source, &keys, &policy, now);
    }
    let text = args.source.read(context)?;
    let mut verifier = Verifier::new(&keys, &policy);
    let verified = verifier.prove(&text, now).ok();
    Ok(Box::new(VerifyReport {
        verified,
        examination: verifier.examination().clone(),
    }))
}

struct VerifyReport {
    verified: Option<Verified>,
    examination: Examination,
}

const FIELDS: &[&str] = &["valid", "reason", "detail", "checks", "header", "claims"];

impl Report for VerifyReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn kept_fields(&self) -> &'static [&'static str] {
        &["valid"]
    }

    fn document(&self) -> Value {
        let failure = self.examination.failure();
        json!({
            "valid": self.verified.is_some(),
            "reason": self.examination.reason().map(Reason::name),
            "detail": failure.map(|check| check.detail.to_string()),
            "checks": self.examination.checks().iter().map(check_document).collect::<Vec<_>>(),
            "header": self.verified.as_ref().map(Verified::header),
            "claims": self.verified.as_ref().map(Verified::claims),
        })
    }

    fn page(&self) -> Page {
        let mut table = Table::new(["check", "result", "found"]);
        for check in self.examination.checks() {
            table.push([
                Line::new().key(check.name),
                outcome_line(check.outcome),
                Line::from(check.detail.to_string()),
            ]);
        }
        Page::new().line(self.verdict()).blank().table(table)
    }

    fn answered_no(&self) -> bool {
        self.verified.is_none()
    }
}

impl VerifyReport {
    fn verdict(&self) -> Line {
        match self.examination.failure() {
            None => Line::new().good("genuine").plain(": every check passed"),
            Some(check) => {
                let reason = self.examination.reason().map_or("", Reason::name);
                Line::new()
                    .bad("refused")
                    .plain(format!(" ({reason}): {}: {}", check.name, check.detail))
            }
        }
    }
}

fn check_document(check: &Check) -> Value {
    json!({
        "check": check.name,
        "result": check.outcome.name(),
        "detail": check.detail.to_string(),
    })
}

fn outcome_line(outcome: Outcome) -> Line {
    match outcome {
        Outcome::Passed => Line::new().good(outcome.name()),
        Outcome::Warned => Line::new().warn(outcome.name()),
        Outcome::Failed(_) => Line::new().bad(outcome.name()),
        Outcome::Skipped => Line::new().dim(outcome.name()),
    }
}
