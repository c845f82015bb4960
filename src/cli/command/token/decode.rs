//! `flags token decode`: what a token says, without any word about whether it is genuine.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::read_text;
use crate::token::{
    self, Decoded, Found, Misfit, PlanClaim, Statement, TimeClaim, TokenValue, Validity,
};
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags token decode`.
#[derive(Debug, Args)]
pub struct DecodeArgs {
    /// The token, or - for stdin (the default when stdin is not a terminal)
    #[arg(value_name = "TOKEN", conflicts_with = "file")]
    token: Option<String>,
    /// Read the token from this file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Decodes the token. Opens neither configuration nor store.
pub fn run(context: &Context, args: DecodeArgs) -> Result<Box<dyn Report>> {
    let text = match (args.token, args.file) {
        (Some(token), _) if token != "-" => token,
        (None, Some(file)) => read_text(&file)?,
        (None, None) if context.terminal.input_is_terminal() => {
            let message = "no token: give it as an argument, with --file, or on stdin";
            return Err(Failure::usage("usage", message).into());
        }
        _ => read_text(Path::new("-"))?,
    };
    // A line's end belongs to the file or the pipe, not to the token.
    let text = text.trim_end_matches(['\n', '\r']);
    let decoded = token::decode(text)
        .map_err(|error| Failure::usage("token_malformed", error.to_string()))?;
    let now = Timestamp::from_second(context.now()?.unix())?;
    let times = decoded.times();
    Ok(Box::new(DecodeReport {
        statement: decoded.statement(),
        validity: times.validity(now),
        issued: times.issued_at,
        expires: times.expires_at,
        decoded,
        now,
    }))
}

struct DecodeReport {
    decoded: Decoded,
    statement: Statement,
    validity: Validity,
    issued: TimeClaim,
    expires: TimeClaim,
    now: Timestamp,
}

const FIELDS: &[&str] = &[
    "verified",
    "header",
    "claims",
    "validity",
    "issued_at",
    "expires_at",
    "subject",
    "plan",
    "plans",
    "organization",
    "feature_claims",
    "features",
    "entitlements",
    "permissions",
    "misfits",
];

impl Report for DecodeReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn kept_fields(&self) -> &'static [&'static str] {
        &["verified"]
    }

    fn document(&self) -> Value {
        let said = &self.statement;
        let moment = |claim: &TimeClaim| {
            claim
                .at()
                .and_then(|date| date.timestamp())
                .map(|moment| moment.to_string())
        };
        json!({
            "verified": false,
            "header": self.decoded.header(),
            "claims": self.decoded.claims(),
            "validity": self.validity.to_string(),
            "issued_at": moment(&self.issued),
            "expires_at": moment(&self.expires),
            "subject": said.subject,
            "plan": said.plan(),
            "plans": said.plans.iter().map(plan_document).collect::<Vec<_>>(),
            "organization": said.organization,
            "feature_claims": said.shapes.iter().map(|shape| shape.path()).collect::<Vec<_>>(),
            "features": said.features.iter().map(found_document).collect::<Vec<_>>(),
            "entitlements": said.entitlements,
            "permissions": said.permissions,
            "misfits": said.misfits.iter().map(misfit_document).collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        let page = Page::new()
            .line(
                Line::new()
                    .warn("UNVERIFIED")
                    .plain(": this is what the token says; nobody has checked it"),
            )
            .blank()
            .heading("header")
            .table(members(self.decoded.header()))
            .blank()
            .heading("claims")
            .table(members(self.decoded.claims()))
            .blank();
        let page = page.line(self.times()).table(self.facts());
        let misfits = self.statement.misfits.iter().map(misfit_line);
        self.entitlements(misfits.fold(page, Page::line))
    }
}

impl DecodeReport {
    fn times(&self) -> Line {
        let line = Line::new()
            .strong("validity ")
            .plain(self.validity.to_string());
        match self.issued.at() {
            None => line,
            Some(issued) => line.dim(format!(" (issued {})", issued.relative_to(self.now))),
        }
    }

    /// What was said about the holder, where it was said.
    fn facts(&self) -> Table {
        let said = &self.statement;
        let facts = [
            ("plan", self.plans()),
            (
                "organization",
                said.organization.clone().unwrap_or_default(),
            ),
            ("entitlements", said.entitlements.join(", ")),
            ("permissions", said.permissions.join(", ")),
        ];
        let mut table = Table::new([]);
        for (name, fact) in facts.into_iter().filter(|(_, fact)| !fact.is_empty()) {
            table.push([Line::new().strong(name), Line::from(fact)]);
        }
        table
    }

    /// The plan; where claims name different ones, all with their claims.
    fn plans(&self) -> String {
        let plans = &self.statement.plans;
        match plans.split_first() {
            None => String::new(),
            Some((first, others)) if others.iter().all(|other| other.plan == first.plan) => {
                first.plan.clone()
            }
            Some(_) => {
                let named = plans
                    .iter()
                    .map(|PlanClaim { plan, path }| format!("{plan} ({path})"));
                named.collect::<Vec<_>>().join(", ")
            }
        }
    }

    fn entitlements(&self, page: Page) -> Page {
        let said = &self.statement;
        if said.shapes.is_empty() {
            return page.line(Line::new().dim("the token says nothing about features"));
        }
        if said.features.is_empty() {
            return page.line(Line::new().dim("the token names no features"));
        }
        let mut table = Table::new(["feature", "value", "claim"]);
        for found in &self.statement.features {
            let key = Line::new().key(found.key.clone());
            table.push([
                key,
                value_line(&found.value),
                Line::new().dim(found.shape.to_string()),
            ]);
        }
        page.blank().table(table)
    }
}

/// A claim that cannot be used: whoever looks for a missing feature has to see it.
fn misfit_line(misfit: &Misfit) -> Line {
    let Misfit {
        path,
        value,
        expected,
    } = misfit;
    Line::new().warn(format!("claim {path} is {value}, expected {expected}"))
}

fn misfit_document(misfit: &Misfit) -> Value {
    json!({ "claim": misfit.path, "value": misfit.value, "expected": misfit.expected })
}

fn plan_document(claim: &PlanClaim) -> Value {
    json!({ "plan": claim.plan, "claim": claim.path })
}

fn found_document(found: &Found) -> Value {
    let value = match &found.value {
        TokenValue::On => json!(true),
        TokenValue::Off => json!(false),
        TokenValue::Limit(number) => json!(number),
        TokenValue::Other(other) => other.clone(),
    };
    json!({ "feature": found.key, "value": value, "claim": found.shape.path() })
}

fn value_line(value: &TokenValue) -> Line {
    match value {
        TokenValue::On => Line::new().good("on"),
        TokenValue::Off => Line::new().bad("off"),
        TokenValue::Limit(number) => Line::new().good(number.to_string()),
        TokenValue::Other(other) => Line::new().warn(format!("{other} (not a value)")),
    }
}

fn members(object: &Map<String, Value>) -> Table {
    let mut table = Table::new([]);
    for (name, value) in object {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        table.push([Line::new().dim(name.clone()), Line::from(text)]);
    }
    table
}
