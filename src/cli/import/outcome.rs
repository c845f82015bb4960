//! How an import ended, for people and programs.

use std::path::PathBuf;

use anyhow::{Error, Result};
use serde_json::{Value, json};

use super::told::{Counts, Stopped, Told};
use crate::cli::context::Context;
use crate::cli::failure::{Failure, classify};
use crate::cli::input::unreadable;
use crate::cli::shell::quoted;
use crate::domain::catalog::Revision;
use crate::domain::text::counted;
use crate::ui::{Line, OutputMode, Page, Report};

/// Fields of an import's JSON document.
pub const FIELDS: &[&str] = &[
    "dry_run",
    "changed",
    "revision",
    "rows",
    "added",
    "altered",
    "cleared",
    "unchanged",
    "refused",
    "refusals",
    "written_until",
];

/// What an import came to.
pub struct Outcome {
    pub(super) command: &'static str,
    pub(super) file: PathBuf,
    pub(super) dry_run: bool,
    pub(super) keep_going: bool,
    /// Whether the refused rows went into a file.
    pub(super) errors: bool,
    pub(super) batched: bool,
    pub(super) revision: Revision,
    pub(super) written_until: Option<u32>,
    pub(super) told: Told,
}

impl Outcome {
    /// Reports it, or fails where rows were refused and so nothing is written.
    pub fn report(self, context: &Context) -> Result<Box<dyn Report>> {
        for (line, because) in self.told.refused.first() {
            context.remark(&format!("line {line}: {because}"))?;
        }
        let refused = self.told.refused.count();
        let unseen = refused - self.told.refused.first().len() as u64;
        if unseen > 0 {
            let all = if self.errors {
                ""
            } else {
                "; --errors FILE keeps all of them"
            };
            context.remark(&format!("and {unseen} more{all}"))?;
        }
        if refused == 0 || self.keep_going {
            return Ok(Box::new(self));
        }
        if let OutputMode::Json(_) = context.mode {
            context.terminal.show(&self, &context.mode)?;
        }
        let verb = if refused == 1 { "was" } else { "were" };
        let of = counted(self.told.rows(), "row");
        let message = format!("{refused} of {of} {verb} refused; {}", self.kept());
        let hint = match self.errors {
            true => "put the rows right and import again; --keep-going writes the others",
            false => {
                "put the rows right and import again; --errors FILE keeps them in a file, \
                 --keep-going writes the others"
            }
        };
        let failure = Failure::refused("rows_refused", message).hint(hint);
        Err(failure.maybe_hint(self.go_on()).into())
    }

    /// The failure of an import that did not come to its end.
    pub fn stopped(self, why: Stopped) -> Error {
        let kept = self.kept();
        let go_on = self.go_on();
        let failure = match why {
            Stopped::Interrupted(exit) => Failure {
                exit,
                code: "interrupted",
                message: format!("interrupted: {kept}"),
                hints: Vec::new(),
            },
            Stopped::Split(error) => unreadable(&self.file, &format!("{error}; {kept}")),
            Stopped::Refused { .. } => Failure::refused("rows_refused", kept),
            Stopped::Store(error) => {
                let failure = classify(error.into());
                match failure.message.ends_with("nothing was written")
                    && self.written_until.is_none()
                {
                    true => failure,
                    false => Failure {
                        message: format!(
                            "{}; {kept}",
                            failure.message.trim_end_matches("; nothing was written")
                        ),
                        ..failure
                    },
                }
            }
            Stopped::Other(error) => classify(error),
        };
        failure.maybe_hint(go_on).into()
    }

    /// What is in the store now.
    fn kept(&self) -> String {
        match self.written_until {
            Some(line) if self.batched => format!(
                "the rows up to line {line} are written, the last of them as revision {}",
                self.revision
            ),
            _ => "nothing was written, the store is as it was".to_owned(),
        }
    }

    /// The command that goes on where a part is written.
    fn go_on(&self) -> Option<String> {
        let line = self.written_until.filter(|_| self.batched)?;
        let file = quoted(&self.file.to_string_lossy());
        Some(format!(
            "`flags {} {file} --after-line {line}` goes on",
            self.command
        ))
    }

    fn changes(&self) -> u64 {
        let Counts {
            added,
            altered,
            cleared,
            ..
        } = self.told.counts;
        added + altered + cleared
    }

    fn wrote(&self) -> bool {
        let all = self.keep_going || self.told.refused.count() == 0;
        !self.dry_run && self.changes() > 0 && (all || self.written_until.is_some())
    }
}

impl Report for Outcome {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let Counts {
            added,
            altered,
            cleared,
            unchanged,
        } = self.told.counts;
        let refusals = self.told.refused.first().iter();
        let refusals = refusals.map(|(line, because)| json!({"line": line, "because": because}));
        json!({
            "dry_run": self.dry_run,
            "changed": self.wrote(),
            "revision": self.revision,
            "rows": self.told.rows(),
            "added": added,
            "altered": altered,
            "cleared": cleared,
            "unchanged": unchanged,
            "refused": self.told.refused.count(),
            "refusals": refusals.collect::<Vec<_>>(),
            "written_until": self.written_until,
        })
    }

    fn answered_no(&self) -> bool {
        self.told.refused.count() > 0
    }

    fn done(&self) -> Option<String> {
        let revision = self.revision;
        self.wrote()
            .then(|| format!("the rows were written as revision {revision}"))
    }

    fn page(&self) -> Page {
        let counts = self.told.counts;
        let line = Line::new()
            .plain(format!("{}: ", counted(self.told.rows(), "row")))
            .good(format!("{} added", counts.added))
            .plain(", ")
            .warn(format!("{} altered", counts.altered));
        let line = match counts.cleared {
            0 => line,
            cleared => line.plain(", ").bad(format!("{cleared} cleared")),
        };
        let line = line.plain(format!(", {} unchanged", counts.unchanged));
        let page = Page::new().line(match self.told.refused.count() {
            0 => line,
            refused => line.plain(", ").bad(format!("{refused} refused")),
        });
        match (self.dry_run, self.wrote()) {
            (true, _) => page.line(Line::new().dim("dry run: nothing was written")),
            (false, true) => page.line(Line::new().dim(format!("revision {}", self.revision))),
            (false, false) => page.line(Line::new().dim("nothing to change: it is so already")),
        }
    }
}
