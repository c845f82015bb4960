//! `flags check --token`: expectations held against what a token itself grants.
//!
//! A decision that rests on a token nobody has proven rests on whatever anybody wrote into it. So
//! the token is proven first, or `--unverified` is said, and then the answer carries the word.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::token::key_source::KeyArgs;
use super::token::policy::PolicyArgs;
use super::token::source;
use super::token::verify::prove;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::domain::expect::Expectation;
use crate::domain::value::{Answer, answer_as_json, answer_in_words};
use crate::token::{self, Check, Reason, Statement, Unclear};
use crate::ui::{Line, Page, Report};

/// The token instead of a subject, and how it is proven.
#[derive(Debug, Default, Args)]
pub struct TokenArgs {
    /// Instead of a subject: the entitlements of the token in this file, or - for stdin
    #[arg(
        long,
        value_name = "FILE",
        group = "who",
        conflicts_with_all = ["user", "org", "plan", "targets", "at", "file"],
        help_heading = "A token"
    )]
    pub token: Option<PathBuf>,
    /// Take the token's word without proving it: the answer says so
    #[arg(
        long,
        requires = "token",
        conflicts_with = "keys",
        help_heading = "A token"
    )]
    unverified: bool,
    #[command(flatten)]
    keys: KeyArgs,
    #[command(flatten)]
    policy: PolicyArgs,
}

impl TokenArgs {
    /// A key without a token proves nothing: whoever gave one meant to.
    ///
    /// # Errors
    /// Exit 2.
    pub fn refuse_without_token(&self) -> Result<()> {
        if self.keys.is_given() {
            let message = "a key is for a token, and none was named: give it with --token";
            return Err(Failure::usage("usage", message).into());
        }
        Ok(())
    }
}

/// Judges every expectation by the token.
pub fn run(
    context: &Context,
    expectations: Vec<Expectation>,
    args: &TokenArgs,
    path: &std::path::Path,
) -> Result<Box<dyn Report>> {
    let text = source::read_file(path)?;
    let statement = match args.unverified {
        true => token::decode(&text)
            .map_err(|error| Failure::usage("token_malformed", error.to_string()))?
            .statement(),
        false => match proven(context, args, &text)? {
            Ok(statement) => statement,
            Err(refused) => return Ok(Box::new(refused)),
        },
    };
    let judged = expectations.into_iter().map(|expectation| {
        let answer = answer(&statement, &expectation)?;
        Ok(Judged {
            holds: expectation.holds(answer),
            answer,
            expectation,
        })
    });
    Ok(Box::new(TokenCheckReport {
        judged: judged.collect::<Result<_>>()?,
        verified: !args.unverified,
        subject: statement.subject.clone(),
        refused: None,
    }))
}

fn proven(
    context: &Context,
    args: &TokenArgs,
    text: &str,
) -> Result<Result<Statement, TokenCheckReport>> {
    let now = args.policy.now(context)?;
    let settings = context.token_settings()?;
    let mut keys = args.keys.keys(context, &settings)?;
    let policy = args.policy.policy(&keys, &settings);
    let proven = prove(text, &mut keys, &policy, now)?;
    Ok(match proven.verified {
        Some(verified) => Ok(verified.statement()),
        None => Err(TokenCheckReport {
            judged: Vec::new(),
            verified: false,
            subject: None,
            refused: (proven.examination.failure().cloned()).zip(proven.examination.reason()),
        }),
    })
}

/// What the token answers; exit 3 where it gives no answer.
fn answer(statement: &Statement, expectation: &Expectation) -> Result<Answer> {
    let key = &expectation.feature;
    let unclear = |error: Unclear| {
        Failure::refused("token_unclear", error.to_string())
            .hint("`flags token inspect` shows what the token says")
    };
    let stated = statement
        .stated(key, expectation.compares())
        .map_err(unclear)?;
    if let Some(kind) = stated.kind {
        expectation
            .fits(kind)
            .map_err(|error| Failure::refused("wrong_type", error.to_string()))?;
    }
    Ok(stated.answer)
}

struct Judged {
    expectation: Expectation,
    holds: bool,
    answer: Answer,
}

struct TokenCheckReport {
    judged: Vec<Judged>,
    verified: bool,
    subject: Option<String>,
    /// Why the token itself was refused.
    refused: Option<(Check, Reason)>,
}

impl TokenCheckReport {
    fn all_hold(&self) -> bool {
        self.refused.is_none() && self.judged.iter().all(|judged| judged.holds)
    }
}

impl Report for TokenCheckReport {
    fn fields(&self) -> &'static [&'static str] {
        &[
            "verified",
            "ok",
            "reason",
            "detail",
            "subject",
            "expectations",
        ]
    }

    fn kept_fields(&self) -> &'static [&'static str] {
        &["verified"]
    }

    fn document(&self) -> Value {
        let expectations = self.judged.iter().map(|judged| {
            json!({
                "expectation": judged.expectation.to_string(),
                "ok": judged.holds,
                "feature": judged.expectation.feature,
                "value": answer_as_json(judged.answer),
            })
        });
        json!({
            "verified": self.verified,
            "ok": self.all_hold(),
            "reason": self.refused.as_ref().map(|(_, reason)| reason.name()),
            "detail": self.refused.as_ref().map(|(check, _)| check.detail.to_string()),
            "subject": self.subject,
            "expectations": expectations.collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        if let Some((check, reason)) = &self.refused {
            let said = Line::new().bad("no ").plain("  the token is not proven ");
            return Page::new().line(said.plain(format!("({reason}): {}", check.detail)));
        }
        let page = match self.verified {
            true => Page::new(),
            false => Page::new().line(
                Line::new()
                    .warn("UNVERIFIED")
                    .plain(": this is the token's own word; nobody has checked it"),
            ),
        };
        self.judged.iter().fold(page, |page, judged| {
            let verdict = match judged.holds {
                true => Line::new().good("yes"),
                false => Line::new().bad("no "),
            };
            let key = &judged.expectation.feature;
            let why = format!("({key} is {} in the token)", answer_in_words(judged.answer));
            let said = verdict.plain("  ").key(judged.expectation.to_string());
            page.line(said.plain("  ").dim(why))
        })
    }

    fn answered_no(&self) -> bool {
        !self.all_hold()
    }
}
