//! `flags token decode`: what a token says, without any word about whether it is genuine.

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::said::{found_document, moment, plan_document, plans, text_of, unverified, value_line};
use super::source::TokenSource;
use crate::cli::context::Context;
use crate::token::{Decoded, Misfit, Statement, TimeClaim, Validity};
use crate::ui::{Line, Page, Report, Table};

/// Arguments of `flags token decode`.
#[derive(Debug, Args)]
pub struct DecodeArgs {
    #[command(flatten)]
    source: TokenSource,
}

/// Decodes the token. Opens neither configuration nor store.
pub fn run(context: &Context, args: DecodeArgs) -> Result<Box<dyn Report>> {
    let handed = args.source.take(context)?;
    let decoded = handed.decode(context, &handed.text)?;
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
            .line(unverified())
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
            ("plan", plans(said)),
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

fn members(object: &Map<String, Value>) -> Table {
    let mut table = Table::new([]);
    for (name, value) in object {
        table.push([Line::new().dim(name.clone()), Line::from(text_of(value))]);
    }
    table
}
