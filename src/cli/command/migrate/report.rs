//! What was moved, or would be.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::MigrateArgs;
use super::history::Moved;
use super::records::Beside;
use crate::domain::catalog::Revision;
use crate::domain::text::counted;
use crate::store::{Fingerprint, Head, RecordKind};
use crate::ui::{Line, Page, Report, size};

/// Fields of the JSON document.
pub(super) const FIELDS: &[&str] = &[
    "from",
    "to",
    "dry_run",
    "created",
    "history",
    "begins",
    "revision",
    "head",
    "writes",
    "bytes",
    "seconds",
    "features",
    "plans",
    "organizations",
    "users",
    "overrides",
    "records",
    "keys_kept",
    "compared",
    "behind",
];

/// What was moved, or would be.
pub(super) struct MigrateReport {
    from: String,
    to: String,
    is_preview: bool,
    /// How long it took.
    pub(super) seconds: f64,
    records: BTreeMap<RecordKind, u64>,
    /// Whether the target was not there before.
    pub(super) created: bool,
    /// Whether the history went along.
    pub(super) history: bool,
    /// The last write that the target had before.
    pub(super) begins: Revision,
    /// Where its history ends.
    pub(super) head: Head,
    pub(super) moved: Moved,
    pub(super) contents: Fingerprint,
    /// At which revision both were compared.
    pub(super) compared: Revision,
    /// How many writes the source has more by now.
    pub(super) behind: u64,
    /// Keys that the target has others of.
    pub(super) taken: Vec<String>,
}

impl MigrateReport {
    pub(super) fn new(args: &MigrateArgs, beside: &Beside, is_preview: bool) -> Self {
        let mut records = BTreeMap::new();
        for (kind, _) in beside.keys() {
            *records.entry(*kind).or_default() += 1;
        }
        Self {
            from: args.from.clone(),
            to: args.to.clone(),
            is_preview,
            seconds: 0.0,
            records,
            created: false,
            history: false,
            begins: Revision::UNKNOWN,
            head: Head::default(),
            moved: Moved::default(),
            contents: Fingerprint::default(),
            compared: Revision::UNKNOWN,
            behind: 0,
            taken: Vec::new(),
        }
    }
}

impl Report for MigrateReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let records = self.records.iter();
        let records: BTreeMap<_, _> = records
            .map(|(kind, count)| (kind.as_str(), count))
            .collect();
        let head = self.history || !self.is_preview;
        json!({
            "from": self.from,
            "to": self.to,
            "dry_run": self.is_preview,
            "created": self.created,
            "history": self.history,
            "begins": self.begins,
            "revision": head.then_some(self.head.revision),
            "head": head.then(|| self.head.digest.to_string()),
            "writes": self.moved.writes,
            "bytes": self.moved.bytes,
            "seconds": (self.seconds * 1000.0).round() / 1000.0,
            "features": self.contents.features.count,
            "plans": self.contents.plans.count,
            "organizations": self.contents.organizations.count,
            "users": self.contents.users.count,
            "overrides": self.contents.overrides.count,
            "records": records,
            "keys_kept": self.taken,
            "compared": (!self.is_preview).then_some(self.compared),
            "behind": self.behind,
        })
    }

    fn done(&self) -> Option<String> {
        let revision = self.head.revision;
        (!self.is_preview).then(|| format!("{} was moved up to revision {revision}", self.from))
    }

    fn page(&self) -> Page {
        let page = Page::new().line(self.first_line());
        let page = page.line(Line::new().plain(self.held()));
        match self.is_preview {
            true => page.line(Line::new().dim("dry run: nothing was written")),
            false => self.outcome(page),
        }
    }
}

impl MigrateReport {
    fn first_line(&self) -> Line {
        let writes = counted(self.moved.writes, "write");
        let line = match (self.is_preview, self.moved.writes) {
            (true, _) => Line::new().warn("~ would move "),
            (false, 0) => Line::new().plain("nothing is left to move: "),
            (false, _) => Line::new().good("moved").plain(" "),
        };
        let line = match self.history {
            true => line.plain(writes),
            false => line.plain("what it holds, without its history,"),
        };
        let line = line.plain(" from ").key(self.from.as_str()).plain(" to ");
        let line = line.key(self.to.as_str());
        match (self.begins, self.moved.bytes, self.is_preview) {
            (_, _, true) if self.created => line.plain(", which would be made"),
            (Revision::UNKNOWN, 0, _) | (_, _, true) => line,
            (Revision::UNKNOWN, bytes, _) => {
                line.dim(format!(" ({}, {:.1} s)", size(bytes), self.seconds))
            }
            (begins, ..) => line.plain(format!(", which had everything up to revision {begins}")),
        }
    }

    /// What there is in both.
    fn held(&self) -> String {
        let parts = [
            (self.contents.features.count, "feature"),
            (self.contents.plans.count, "plan"),
            (self.contents.organizations.count, "organization"),
            (self.contents.users.count, "user"),
            (self.contents.overrides.count, "override"),
        ];
        let parts = parts.map(|(count, noun)| match (count, noun) {
            (1, noun) => format!("1 {noun}"),
            (count, noun) => format!("{count} {noun}s"),
        });
        let beside: u64 = self.records.values().sum();
        let beside = match beside {
            0 => String::new(),
            count => format!(", and {} beside them", counted(count, "record")),
        };
        format!("{}{beside}", parts.join(", "))
    }

    fn outcome(&self, page: Page) -> Page {
        let head = self.head;
        let same = Line::new().good("the same").plain(" in both, compared");
        let same = match self.compared == head.revision {
            true => same,
            false => same.plain(format!(
                " at revision {}; later ones have their hashes",
                self.compared
            )),
        };
        let page = page.line(same);
        let whose = match self.history {
            true => "revision",
            false => "one new revision: number",
        };
        let line = format!("{whose} {} with hash {}", head.revision, head.digest);
        let mut page = page.line(Line::new().dim(line));
        for name in &self.taken {
            let line = format!(
                " key `{name}` was left behind: {} has another one of that name",
                self.to
            );
            page = page.line(Line::new().warn("note:").plain(line));
        }
        match self.behind {
            0 => page,
            more => {
                let line = format!(
                    " {} has {} more by now: run it again before you switch",
                    self.from,
                    counted(more, "write")
                );
                page.line(Line::new().warn("note:").plain(line))
            }
        }
    }
}
