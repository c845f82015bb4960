//! What a comparison came to, as a table and as JSON.

use anyhow::Result;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::remarks::{Remark, remarks};
use super::row::{HEADERS, Shown};
use super::sides::{Now, Then, changed_since};
use super::subject::Who;
use super::words::Words;
use crate::cli::command::token::said::unverified;
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::time::Time;
use crate::token::compare::{Row, compare};
use crate::token::{Statement, TimeClaim, Times};
use crate::ui::{Line, Page, Report, Table, time};

/// The comparison, feature by feature, and what there is to say of the token as a whole.
pub struct DiffReport {
    rows: Vec<Shown>,
    remarks: Vec<Remark>,
    subject: Value,
    subject_in_words: String,
    issuer: Option<String>,
    issued: Option<i64>,
    expires: Option<i64>,
    validity: String,
    at: Time,
    revision: Revision,
    issue_revision: Option<Revision>,
    /// Whether next steps are shown for what is as it should be, too.
    asked: bool,
}

impl DiffReport {
    /// Compares, and puts what comes of it into words.
    pub fn new(
        who: &Who,
        said: &Statement,
        times: &Times,
        then: &Then<'_>,
        now: &Now,
    ) -> Result<Self> {
        let rows = compare(&now.case(who, said, then));
        let turns = changed_since(who, then, now, &rows)?;
        let words = Words {
            who,
            catalog: &now.catalog,
            issued: seconds(&times.issued_at),
            expires: seconds(&times.expires_at),
            now: now.at.unix(),
        };
        let shown = |row: &Row<'_>| Shown::new(&words, row, turns.get(row.feature.as_str()));
        Ok(Self {
            remarks: remarks(who, said, then, now, &rows),
            rows: rows.iter().map(shown).collect(),
            subject: who.question.subject_document(),
            subject_in_words: who.question.subject_in_words(),
            issuer: said.issuer.clone(),
            issued: words.issued,
            expires: words.expires,
            validity: times
                .validity(Timestamp::from_second(now.at.unix())?)
                .to_string(),
            at: now.at,
            revision: now.revision,
            issue_revision: then.revision(),
            asked: false,
        })
    }

    /// Leaves only these features, if any are named.
    pub fn only(mut self, features: &[FeatureKey]) -> Self {
        if !features.is_empty() {
            let wanted = |row: &Shown| features.iter().any(|key| key.as_str() == row.feature);
            self.rows.retain(wanted);
            self.asked = true;
        }
        self
    }

    fn head(&self) -> Line {
        let line = Line::new().strong(self.subject_in_words.clone());
        let line = match self.issued {
            Some(issued) => line.plain(", issued ").time(issued),
            None => line.plain(", without a time of issue"),
        };
        let line = match &self.issuer {
            Some(issuer) => line.plain(format!(" by {issuer}")),
            None => line,
        };
        line.plain(format!(", {}", self.validity))
    }

    /// What to do, each step once, with the features that it is for.
    fn steps(&self) -> Table {
        let mut steps: Vec<(&str, Vec<&str>)> = Vec::new();
        let rows = self
            .rows
            .iter()
            .filter(|row| self.asked || !row.verdict.is_fine());
        let rows = rows.map(|row| (row.feature.as_str(), row.next.as_deref()));
        let remarks = self
            .remarks
            .iter()
            .map(|remark| ("the token", remark.next.as_deref()));
        for (what, step) in rows.chain(remarks) {
            let Some(step) = step else {
                continue;
            };
            match steps.iter_mut().find(|(known, _)| *known == step) {
                Some((_, all)) => all.push(what),
                None => steps.push((step, vec![what])),
            }
        }
        let mut table = Table::new([]);
        for (step, features) in steps {
            table.push([Line::new().key(features.join(", ")), Line::from(step)]);
        }
        table
    }
}

fn seconds(claim: &TimeClaim) -> Option<i64> {
    let moment = claim.at().and_then(|date| date.timestamp());
    moment.map(|moment| moment.as_second())
}

pub(super) const FIELDS: &[&str] = &[
    "verified",
    "ok",
    "subject",
    "issuer",
    "issued_at",
    "expires_at",
    "validity",
    "at",
    "revision",
    "issue_revision",
    "remarks",
    "features",
];

impl Report for DiffReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn kept_fields(&self) -> &'static [&'static str] {
        &["verified"]
    }

    fn document(&self) -> Value {
        let remarks = self
            .remarks
            .iter()
            .map(|remark| json!({ "code": remark.code, "text": remark.text, "next": remark.next }));
        json!({
            "verified": false,
            "ok": !self.answered_no(),
            "subject": self.subject,
            "issuer": self.issuer,
            "issued_at": self.issued.map(time::rfc3339),
            "expires_at": self.expires.map(time::rfc3339),
            "validity": self.validity,
            "at": self.at,
            "revision": self.revision,
            "issue_revision": self.issue_revision,
            "remarks": remarks.collect::<Vec<_>>(),
            "features": self.rows.iter().map(Shown::document).collect::<Vec<_>>(),
        })
    }

    fn page(&self) -> Page {
        let mut table = Table::new(HEADERS);
        self.rows.iter().for_each(|row| table.push(row.cells()));
        let page = Page::new().line(unverified()).line(self.head());
        let page = self
            .remarks
            .iter()
            .fold(page.blank().table(table), |page, remark| {
                let code = remark.code.replace('_', " ");
                let text = format!(": {}", remark.text);
                page.blank().line(Line::new().warn(code).plain(text))
            });
        let steps = self.steps();
        match steps.rows.is_empty() {
            true => page,
            false => page.blank().heading("next").table(steps),
        }
    }

    fn answered_no(&self) -> bool {
        self.rows.iter().any(|row| !row.verdict.is_fine())
    }
}
