//! `flags get`: one value.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::question::QuestionArgs;
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{LayerKind, Resolver};
use crate::domain::time::Time;
use crate::domain::value::{Answer, Kind, answer_as_json, answer_in_words};
use crate::ui::{Line, Page, Report};

/// One feature's value for one subject
#[derive(Debug, Args)]
pub struct GetArgs {
    /// The feature
    #[arg(value_name = "FEATURE")]
    feature: FeatureKey,
    #[command(flatten)]
    question: QuestionArgs,
}

/// Answers with the value: `on`, `off` or the number.
pub fn run(context: &Context, args: GetArgs) -> Result<Box<dyn Report>> {
    let keys = [args.feature.clone()];
    let report = args.question.ask(context, Some(&keys), |asked| {
        let resolver = Resolver::new(&asked.catalog);
        let subject = resolver.bind(&asked.record);
        let slot = resolver
            .slot(&args.feature)
            .ok_or_else(|| Refusal::UnknownFeature(args.feature.clone()))?;
        let decision = resolver.decide(&subject, slot, asked.at);
        Ok(GetReport {
            feature: args.feature.clone(),
            kind: asked
                .knows_kind(decision.answer)
                .then_some(resolver.kind(slot)),
            answer: decision.answer,
            layer: asked.layer(decision),
            subject: args.question.subject_document(),
            at: asked.at,
            revision: asked.revision,
        })
    })?;
    Ok(Box::new(report))
}

struct GetReport {
    feature: FeatureKey,
    kind: Option<Kind>,
    answer: Answer,
    layer: Option<LayerKind>,
    subject: Value,
    at: Time,
    revision: Revision,
}

impl Report for GetReport {
    fn fields(&self) -> &'static [&'static str] {
        &[
            "feature", "type", "value", "layer", "subject", "at", "revision",
        ]
    }

    fn document(&self) -> Value {
        json!({
            "feature": self.feature,
            "type": self.kind,
            "value": answer_as_json(self.answer),
            "layer": self.layer,
            "subject": self.subject,
            "at": self.at,
            "revision": self.revision,
        })
    }

    fn page(&self) -> Page {
        Page::new().line(answer_line(self.answer))
    }
}

/// An answer as a person sees it.
pub fn answer_line(answer: Answer) -> Line {
    let words = answer_in_words(answer);
    if answer.is_some() {
        Line::new().good(words)
    } else {
        Line::new().bad(words)
    }
}
