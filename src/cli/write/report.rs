//! What a write did or would do, for a person and for a program.

use serde_json::{Value, json};

use super::FIELDS;
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::diff::{DiffLine, Sign};
use crate::domain::value::answer_in_words;
use crate::edit::Summary;
use crate::ui::{Line, Page, Report, Table};

/// How many of these a person is shown.
const SHOWN_EFFECTS: usize = 20;

/// What a write did or would do.
pub struct WriteReport {
    revision: Revision,
    /// The changes, or the first of them.
    changes: ChangeSet,
    /// How many there are.
    count: u64,
    summary: Option<Summary>,
    /// Whether nothing was written, only shown.
    dry: bool,
    /// Whether nobody could look at what was there before.
    unseen: bool,
}

impl WriteReport {
    /// What was written: these changes, or so many that these are only the first.
    pub fn written(revision: Revision, changes: ChangeSet, count: Option<u64>) -> Self {
        Self {
            revision,
            count: count.unwrap_or(changes.changes().len() as u64),
            changes,
            summary: None,
            dry: false,
            unseen: false,
        }
    }

    /// The same for what would be written, with what it would do.
    #[must_use]
    pub fn previewed(self, summary: Summary) -> Self {
        Self {
            summary: Some(summary),
            dry: true,
            ..self
        }
    }

    /// The same for a place that shows nothing: what was there before is not known.
    #[must_use]
    pub fn unseen(self) -> Self {
        Self {
            unseen: true,
            ..self
        }
    }

    /// The same for what would be written.
    #[must_use]
    pub fn dry(self) -> Self {
        Self { dry: true, ..self }
    }

    /// How many changes there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many of them are not shown.
    fn more(&self) -> u64 {
        self.count
            .saturating_sub(self.changes.changes().len() as u64)
    }

    /// Whether nothing was written, only shown.
    pub fn is_dry_run(&self) -> bool {
        self.dry
    }

    /// The changes as a program reads them.
    fn told(&self) -> Value {
        let mut told = json!(self.changes);
        if let (true, Value::Array(changes)) = (self.unseen, &mut told) {
            for change in changes {
                if let Some(before) = change.get_mut("before") {
                    *before = Value::Null;
                }
            }
        }
        told
    }

    /// The changes as a person reads them.
    fn lines(&self) -> Vec<Line> {
        match self.unseen {
            true => unseen_lines(&self.changes),
            false => diff_lines(&self.changes),
        }
    }

    /// What is there now.
    fn end(&self) -> Line {
        match (self.unseen, self.revision) {
            (true, _) => Line::new().dim("written; what was there before, nobody can tell"),
            // Where nobody counts revisions there is none to show.
            (false, Revision::UNKNOWN) => Line::new().dim("written"),
            (false, revision) => Line::new().dim(format!("revision {revision}")),
        }
    }
}

impl Report for WriteReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "dry_run": self.dry,
            "changed": !self.changes.is_empty() && !self.dry,
            "revision": self.revision,
            "changes": self.told(),
            "effects": self.summary.as_ref().map(|summary| {
                summary.document(self.more() == 0)
            }),
        })
    }

    fn done(&self) -> Option<String> {
        let written = !self.dry && !self.changes.is_empty();
        written.then(|| match self.revision {
            Revision::UNKNOWN => "the change was written".to_owned(),
            revision => format!("the change was written as revision {revision}"),
        })
    }

    fn page(&self) -> Page {
        let mut page = self.lines().into_iter().fold(Page::new(), Page::line);
        if self.changes.is_empty() {
            page = page.line(Line::new().dim("nothing to change: it is so already"));
        }
        if self.more() > 0 {
            page = page.line(Line::new().dim(format!("and {} more changes", self.more())));
        }
        match &self.summary {
            None if self.dry => {
                let unknown = "who gains and who loses, nobody can tell from here";
                let page = page.line(Line::new().dim(unknown));
                page.line(Line::new().dim("dry run: nothing was sent"))
            }
            None if self.changes.is_empty() => page,
            None => page.line(self.end()),
            Some(summary) => {
                let part = match self.more() {
                    0 => Line::new(),
                    _ => Line::new().dim("of the changes shown alone, "),
                };
                let page = page.line(part.then(effect_line(summary)));
                let page = page.table(effect_table(summary));
                page.line(Line::new().dim("dry run: nothing was written"))
            }
        }
    }
}

/// The changes in words, one line each.
pub fn diff_lines(changes: &ChangeSet) -> Vec<Line> {
    changes
        .changes()
        .iter()
        .flat_map(|change| change.in_words())
        .map(diff_line)
        .collect()
}

/// The same where nobody knows what was there before: whether something comes or alters.
pub fn unseen_lines(changes: &ChangeSet) -> Vec<Line> {
    let lines = changes
        .changes()
        .iter()
        .flat_map(|change| change.in_words());
    let unseen = lines.map(|line| DiffLine {
        sign: match line.sign {
            Sign::Removed => Sign::Removed,
            Sign::Added | Sign::Altered => Sign::Altered,
        },
        before: None,
        ..line
    });
    unseen.map(diff_line).collect()
}

/// One thing that is added, altered or taken away.
pub fn diff_line(line: DiffLine) -> Line {
    let DiffLine {
        sign,
        what,
        before,
        after,
    } = line;
    let text = format!("{sign} {what}");
    let start = match sign {
        Sign::Added => Line::new().good(text),
        Sign::Removed => Line::new().bad(text),
        Sign::Altered => Line::new().warn(text),
    };
    match (before, after) {
        (Some(before), Some(after)) => start.plain(": ").plain(format!("{before} → {after}")),
        (Some(one), None) | (None, Some(one)) => start.plain(": ").plain(one),
        (None, None) => start,
    }
}

/// How many gain and lose.
pub fn effect_line(summary: &Summary) -> Line {
    match (summary.gained, summary.lost) {
        (0, 0) => Line::new().dim("nobody gains or loses anything"),
        (gained, lost) => Line::new()
            .plain("answers that change: ")
            .good(format!("{gained} gained"))
            .plain(", ")
            .bad(format!("{lost} lost")),
    }
}

/// Who gains and loses what.
pub fn effect_table(summary: &Summary) -> Table {
    let mut table = Table::new(["subject", "feature", "now", "then"]);
    for effect in summary.first.iter().take(SHOWN_EFFECTS) {
        let then = answer_in_words(effect.after);
        let then = match effect.after > effect.before {
            true => Line::new().good(then),
            false => Line::new().bad(then),
        };
        table.push([
            Line::from(effect.subject.to_string()),
            Line::new().key(effect.feature.to_string()),
            Line::from(answer_in_words(effect.before)),
            then,
        ]);
    }
    let more = summary.count().saturating_sub(SHOWN_EFFECTS as u64);
    if more > 0 {
        table.push([Line::new().dim(format!("and {more} more"))]);
    }
    table
}
