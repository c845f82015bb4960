//! An inspected token as a report.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::inspect::CatalogAtHand;
use super::said::{found_document, moment, plan_document, text_of, unverified, value_line};
use crate::domain::value::Kind;
use crate::token::{
    CUSTOM_CLAIM, Decoded, Finding, Found, Severity, Statement, TimeClaim, Times, claim_meaning,
    header_meaning, is_moment,
};
use crate::ui::{Line, Page, Report, Table};

/// Claims about the holder, in the order in which a person asks.
const WHO: [&str; 14] = [
    "sub",
    "email",
    "name",
    "org_id",
    "role",
    "roles",
    "permissions",
    "entitlements",
    "sid",
    "act",
    "iss",
    "aud",
    "azp",
    "client_id",
];

/// The registered times.
const TIMES: [&str; 3] = ["iat", "nbf", "exp"];

/// A token, explained.
pub struct InspectReport {
    decoded: Decoded,
    said: Statement,
    times: Times,
    findings: Vec<Finding>,
    catalog: Option<CatalogAtHand>,
    now: Timestamp,
}

impl InspectReport {
    /// Puts together what is known.
    pub fn new(
        decoded: Decoded,
        findings: Vec<Finding>,
        catalog: Option<CatalogAtHand>,
        now: Timestamp,
    ) -> Self {
        Self {
            said: decoded.statement(),
            times: decoded.times(),
            decoded,
            findings,
            catalog,
            now,
        }
    }
}

const FIELDS: &[&str] = &[
    "verified",
    "header",
    "claims",
    "meanings",
    "validity",
    "issued_at",
    "not_before",
    "expires_at",
    "subject",
    "email",
    "organization",
    "role",
    "roles",
    "permissions",
    "entitlements",
    "plan",
    "plans",
    "feature_claims",
    "features",
    "catalog",
    "findings",
];

impl Report for InspectReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn kept_fields(&self) -> &'static [&'static str] {
        &["verified"]
    }

    fn document(&self) -> Value {
        let said = &self.said;
        let claims = self.decoded.claims();
        let meanings = claims
            .keys()
            .map(|name| (name.clone(), json!(meaning(name))));
        json!({
            "verified": false,
            "header": self.decoded.header(),
            "claims": claims,
            "meanings": meanings.collect::<Map<_, _>>(),
            "validity": self.times.validity(self.now).to_string(),
            "issued_at": moment(&self.times.issued_at),
            "not_before": moment(&self.times.not_before),
            "expires_at": moment(&self.times.expires_at),
            "subject": said.subject,
            "email": said.email,
            "organization": said.organization,
            "role": said.role,
            "roles": said.roles,
            "permissions": said.permissions,
            "entitlements": said.entitlements,
            "plan": said.plan(),
            "plans": said.plans.iter().map(plan_document).collect::<Vec<_>>(),
            "feature_claims": said.shapes.iter().map(|shape| shape.path()).collect::<Vec<_>>(),
            "features": said.features.iter().map(|it| self.feature(it)).collect::<Vec<_>>(),
            "catalog": self.catalog.as_ref().map(CatalogAtHand::document),
            "findings": self.findings.iter().map(finding_document).collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        let header = self.decoded.header().iter();
        let header = header.map(|(name, value)| {
            let meaning = header_meaning(name).unwrap_or("custom header member");
            row(name, &in_words(value), meaning)
        });
        let page = Page::new().line(unverified());
        let page = section(page, "header", header);
        let page = section(page, "who", self.who());
        let validity = self.times.validity(self.now).to_string();
        let page = page
            .blank()
            .heading("times")
            .line(validity)
            .table(self.times());
        let page = self.entitlements(page.blank().heading("entitlements"));
        let page = section(page, "other claims", self.others());
        self.found(page.blank().heading("findings"))
    }
}

impl InspectReport {
    /// What the catalog at hand calls the feature, if it has it.
    fn kind(&self, found: &Found) -> Option<Kind> {
        let features = &self.catalog.as_ref()?.catalog.features;
        Some(features.get(found.key.as_str())?.feature.kind)
    }

    fn feature(&self, found: &Found) -> Value {
        let kind = self.kind(found);
        let mut document = found_document(found);
        document["known"] = json!(self.catalog.as_ref().map(|_| kind.is_some()));
        document["type"] = json!(kind);
        document
    }

    fn who(&self) -> Vec<[Line; 3]> {
        let claims = self.decoded.claims();
        let stated = WHO
            .into_iter()
            .filter_map(|name| Some((name, claims.get(name)?)));
        let rows = stated.map(|(name, value)| row(name, &in_words(value), meaning(name)));
        let plans = self.said.plans.iter();
        let plans = plans.map(|claim| row(claim.path, &claim.plan, "the plan"));
        rows.chain(plans).collect()
    }

    fn times(&self) -> Table {
        let mut table = Table::new([]);
        let claims = self.decoded.claims();
        for name in TIMES.into_iter().filter(|name| claims.contains_key(*name)) {
            table.push(row(name, &self.moment(name), meaning(name)));
        }
        table
    }

    /// A time claim: the moment and how far off it is, or whatever stands there.
    fn moment(&self, name: &str) -> String {
        let claims = self.decoded.claims();
        match TimeClaim::read(claims, name) {
            TimeClaim::Absent => String::new(),
            TimeClaim::NotANumber(value) => text_of(&value),
            TimeClaim::At(date) => {
                let distance = date.relative_to(self.now);
                match date.timestamp() {
                    Some(moment) => format!("{moment} ({distance})"),
                    None => format!("{} ({distance})", claims[name]),
                }
            }
        }
    }

    fn entitlements(&self, page: Page) -> Page {
        if self.said.shapes.is_empty() {
            return page.line(Line::new().dim("the token says nothing about features"));
        }
        if self.said.features.is_empty() {
            return page.line(Line::new().dim("the token names no features"));
        }
        let mut headers = vec!["feature", "value", "claim"];
        headers.extend(self.catalog.as_ref().map(|_| "catalog"));
        let mut table = Table::new(headers);
        for found in &self.said.features {
            let mut cells = vec![
                Line::new().key(found.key.clone()),
                value_line(&found.value),
                Line::new().dim(found.shape.to_string()),
            ];
            cells.extend(self.catalog.as_ref().map(|_| match self.kind(found) {
                Some(kind) => Line::new().dim(kind.to_string()),
                None => Line::new().warn("unknown"),
            }));
            table.push(cells);
        }
        page.table(table)
    }

    /// The claims that are shown nowhere else.
    fn others(&self) -> Vec<[Line; 3]> {
        let mut rows = Vec::new();
        for (name, value) in self.decoded.claims() {
            match (name.as_str(), value) {
                (name, _) if WHO.contains(&name) || TIMES.contains(&name) => {}
                ("features", Value::Object(_)) | ("feature_flags", Value::Array(_)) => {}
                ("custom_claims" | "customClaims", Value::Object(members)) => {
                    rows.extend(members.iter().filter_map(|member| custom(name, member)));
                }
                (name, _) if is_moment(name) => {
                    rows.push(row(name, &self.moment(name), meaning(name)));
                }
                (name, value) => rows.push(row(name, &in_words(value), meaning(name))),
            }
        }
        rows
    }

    fn found(&self, page: Page) -> Page {
        let mut table = Table::new([]);
        for finding in &self.findings {
            let help = finding.help.map(|help| format!(" → {help}"));
            let words = Line::new().plain(finding.message.clone());
            table.push([
                mark(finding.severity()),
                Line::new().dim(finding.code.name()),
                words.dim(help.unwrap_or_default()),
            ]);
        }
        let page = match self.findings.is_empty() {
            true => page.line("nothing odd was found, which does not make the token genuine"),
            false => page.table(table),
        };
        let compared = match &self.catalog {
            Some(catalog) => format!("compared with the catalog in {}", catalog.in_words()),
            None => "compared with no catalog: --catalog FILE or --store PATH names one".to_owned(),
        };
        page.line(Line::new().dim(compared))
    }
}

fn section(page: Page, name: &'static str, rows: impl IntoIterator<Item = [Line; 3]>) -> Page {
    let mut table = Table::new([]);
    for row in rows {
        table.push(row);
    }
    match table.rows.is_empty() {
        true => page,
        false => page.blank().heading(name).table(table),
    }
}

fn row(name: &str, value: &str, meaning: &'static str) -> [Line; 3] {
    [
        Line::new().dim(name),
        Line::from(value),
        Line::new().dim(meaning),
    ]
}

/// A member of the custom claims, unless it is shown as the plan or among the features.
fn custom(name: &str, (member, value): (&String, &Value)) -> Option<[Line; 3]> {
    match (member.as_str(), value) {
        ("plan", Value::String(_)) | ("flags", Value::Object(_)) => None,
        _ => Some(row(
            &format!("{name}.{member}"),
            &in_words(value),
            CUSTOM_CLAIM,
        )),
    }
}

fn meaning(name: &str) -> &'static str {
    claim_meaning(name).unwrap_or(CUSTOM_CLAIM)
}

/// A value for a person: a list of words without brackets and quotation marks.
fn in_words(value: &Value) -> String {
    let words = value.as_array().filter(|words| !words.is_empty());
    let words = words.and_then(|all| all.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
    words.map_or_else(|| text_of(value), |words| words.join(", "))
}

fn mark(severity: Severity) -> Line {
    let word = severity.word();
    match severity {
        Severity::Problem => Line::new().bad(format!("✗ {word}")),
        Severity::Warning => Line::new().warn(format!("! {word}")),
        Severity::Note => Line::new().dim(format!("· {word}")),
    }
}

fn finding_document(finding: &Finding) -> Value {
    json!({
        "code": finding.code.name(),
        "severity": finding.severity().word(),
        "message": finding.message,
        "help": finding.help,
        "claim": finding.claim,
        "feature": finding.feature,
    })
}
