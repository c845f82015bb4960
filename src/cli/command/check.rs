//! `flags check`: what CI asserts.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::check_token::{self, TokenArgs};
use crate::cli::ask_remote::AskRemoteArgs;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question::QuestionArgs;
use crate::domain::catalog::Revision;
use crate::domain::expect::Expectation;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{Decision, LayerKind, Resolver};
use crate::domain::time::Time;
use crate::domain::value::{answer_as_json, answer_in_words};
use crate::ui::{Line, Page, Report};

/// Assert what a subject gets: exit 0 if all holds, 1 if not
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all hold, 1 one does not; anything else: it could not be \
                        told.\nA limit of 0 counts as absent; no comparison holds of a limit that \
                        is off."
)]
pub struct CheckArgs {
    /// What must hold: analytics, '!beta', 'max_seats>=5' (= != < <= >); several at once
    #[arg(value_name = "EXPECTATION", required = true)]
    expectations: Vec<Expectation>,
    #[command(flatten)]
    question: QuestionArgs,
    #[command(flatten)]
    ask_remote: AskRemoteArgs,
    #[command(flatten)]
    token: TokenArgs,
}

/// The same without a token, which is what scripts mostly ask: read in half the time.
#[derive(Debug, Args)]
pub struct LeanCheckArgs {
    #[arg(value_name = "EXPECTATION", required = true)]
    expectations: Vec<Expectation>,
    #[command(flatten)]
    question: QuestionArgs,
    #[command(flatten)]
    ask_remote: AskRemoteArgs,
}

impl From<LeanCheckArgs> for CheckArgs {
    fn from(lean: LeanCheckArgs) -> Self {
        Self {
            expectations: lean.expectations,
            question: lean.question,
            ask_remote: lean.ask_remote,
            token: TokenArgs::default(),
        }
    }
}

/// Judges every expectation; the answer is yes only if all hold.
pub fn run(context: &Context, args: CheckArgs) -> Result<Box<dyn Report>> {
    let CheckArgs {
        expectations,
        question,
        ask_remote,
        token,
    } = args;
    if let Some(file) = &token.token {
        return check_token::run(context, expectations, &token, file);
    }
    token.refuse_without_token()?;
    if question.file.is_none() {
        context.asserts()?;
    }
    let keys: Vec<FeatureKey> = expectations.iter().map(|e| e.feature.clone()).collect();
    let report = question.ask(context, Some(&keys), |asked| {
        let resolver = Resolver::new(&asked.catalog);
        let subject = resolver.bind(&asked.record);
        let judged = expectations.into_iter().map(|expectation| {
            let unknown = || Refusal::UnknownFeature(expectation.feature.clone());
            let slot = resolver.slot(&expectation.feature).ok_or_else(unknown)?;
            let decision = resolver.decide(&subject, slot, asked.at);
            if asked.knows_kind(decision.answer) {
                expectation
                    .fits(resolver.kind(slot))
                    .map_err(|e| Failure::refused("wrong_type", e.to_string()))?;
            }
            Ok(Judged {
                layer: asked.layer(decision),
                by: asked.by,
                holds: expectation.holds(decision.answer),
                expectation,
                decision,
            })
        });
        let judged: Vec<Judged> = judged.collect::<Result<_>>()?;
        ask_remote.check(context, &question, asked, Some(&keys))?;
        Ok(CheckReport {
            judged,
            subject: question.subject_document(),
            at: asked.at,
            revision: asked.revision,
        })
    })?;
    Ok(Box::new(report))
}

struct Judged {
    expectation: Expectation,
    holds: bool,
    decision: Decision,
    layer: Option<LayerKind>,
    /// Who says so, if it is not our own resolver.
    by: Option<&'static str>,
}

impl Judged {
    /// Where the answer comes from, in words.
    fn source(&self) -> String {
        match (self.layer, self.by) {
            (Some(layer), _) => format!("from {layer}"),
            (None, by) => format!("says {}", by.unwrap_or_default()),
        }
    }
}

struct CheckReport {
    judged: Vec<Judged>,
    subject: Value,
    at: Time,
    revision: Revision,
}

impl CheckReport {
    fn all_hold(&self) -> bool {
        self.judged.iter().all(|judged| judged.holds)
    }
}

impl Report for CheckReport {
    fn fields(&self) -> &'static [&'static str] {
        &["ok", "subject", "at", "revision", "expectations"]
    }

    fn document(&self) -> Value {
        let expectations = self.judged.iter().map(|judged| {
            json!({
                "expectation": judged.expectation.to_string(),
                "ok": judged.holds,
                "feature": judged.expectation.feature,
                "value": answer_as_json(judged.decision.answer),
                "layer": judged.layer,
            })
        });
        json!({
            "ok": self.all_hold(),
            "subject": self.subject,
            "at": self.at,
            "revision": self.revision,
            "expectations": expectations.collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        self.judged.iter().fold(Page::new(), |page, judged| {
            let verdict = match judged.holds {
                true => Line::new().good("yes"),
                false => Line::new().bad("no "),
            };
            let key = &judged.expectation.feature;
            let answer = answer_in_words(judged.decision.answer);
            let why = format!("({key} is {answer}, {})", judged.source());
            let said = verdict.plain("  ").key(judged.expectation.to_string());
            page.line(said.plain("  ").dim(why))
        })
    }

    fn answered_no(&self) -> bool {
        !self.all_hold()
    }
}
