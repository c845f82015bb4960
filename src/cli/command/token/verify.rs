//! `flags token verify`: whether a token is genuine, for us and for now, check by check.

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::key_source::{KeyArgs, Keys};
use super::lines;
use super::policy::PolicyArgs;
use super::source::TokenSource;
use crate::cli::context::Context;
use crate::token::{Check, Examination, Outcome, Policy, Reason, Verified, Verifier};
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags token verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    source: TokenSource,
    #[command(flatten)]
    keys: KeyArgs,
    #[command(flatten)]
    policy: PolicyArgs,
    /// Check the form and signature only: the payload need not be claims
    #[arg(long, help_heading = "What must hold")]
    jws: bool,
    /// Many tokens, one a line; a verdict for each as it comes
    #[arg(long)]
    lines: bool,
}

/// Verifies the token. Opens no store.
pub fn run(context: &Context, args: VerifyArgs) -> Result<Box<dyn Report>> {
    let now = args.policy.now(context)?;
    let settings = context.token_settings()?;
    let mut keys = args.keys.keys(context, &settings)?;
    let policy = Policy {
        signature_only: args.jws,
        ..args.policy.policy(&keys, &settings)
    };
    if args.lines {
        return lines::run(context, args.source, keys, &policy, now);
    }
    let text = args.source.read(context)?;
    Ok(Box::new(prove(&text, &mut keys, &policy, now)?))
}

/// Proves one token, with newer keys if it names one that is not at hand.
///
/// # Errors
/// Exit 5 when newer keys cannot be fetched.
pub fn prove(text: &str, keys: &mut Keys, policy: &Policy, now: Timestamp) -> Result<VerifyReport> {
    let first = prove_once(text, keys, policy, now);
    if !keys.could_help(&first.examination) {
        return Ok(first);
    }
    keys.renew(now)?;
    Ok(prove_once(text, keys, policy, now))
}

fn prove_once(text: &str, keys: &Keys, policy: &Policy, now: Timestamp) -> VerifyReport {
    let mut verifier = Verifier::new(&keys.set, policy);
    VerifyReport {
        verified: verifier.prove(text, now).ok(),
        examination: verifier.examination().clone(),
    }
}

/// What came of it.
pub struct VerifyReport {
    /// The token's content, if it is genuine.
    pub verified: Option<Verified>,
    /// Every check.
    pub examination: Examination,
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
            "valid": self.is_genuine(),
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
        !self.is_genuine()
    }
}

impl VerifyReport {
    /// What a genuine token says may still be too much to be shown.
    fn is_genuine(&self) -> bool {
        self.examination.reason().is_none()
    }

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
