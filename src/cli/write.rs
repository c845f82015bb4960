//! Every write goes this way: plan, preview or confirm, write, report.

use anyhow::{Error, Result, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::diff::{DiffLine, Sign};
use crate::domain::refusal::Refusal;
use crate::domain::text::Reason;
use crate::domain::value::{answer_as_json, answer_in_words};
use crate::store::{Effect, Snapshot, StoreError, effects};
use crate::ui::{Line, OutputMode, Page, Report, Table, prompt};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt::Interrupt;

/// Options of every write.
#[derive(Debug, Clone, Args)]
pub struct WriteArgs {
    /// Show the diff and who gains and who loses; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Why, for the history
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<Reason>,
    /// Do not ask
    #[arg(long, short)]
    pub yes: bool,
}

impl WriteArgs {
    /// Why, if that was said: an empty reason is none.
    pub fn reason(&self) -> Option<Reason> {
        self.reason.clone().filter(|reason| !reason.is_empty())
    }
}

/// A write as a command asks for it.
pub struct Request<'a> {
    /// The command's name, for the history.
    pub command: &'static str,
    /// Its options.
    pub args: &'a WriteArgs,
    /// What it destroys, to be confirmed by typing a key.
    pub destroys: Option<Destroys<'a>>,
}

/// What a write destroys.
#[derive(Debug, Clone, Copy)]
pub struct Destroys<'a> {
    /// What it is, in front of its key: `feature`, `all overrides of user`.
    pub what: &'static str,
    /// The key to type.
    pub key: &'a str,
}

/// The planner of a command: what is there in, the changes out.
pub type CommandPlanner<'p> = dyn FnMut(&dyn Snapshot) -> Result<ChangeSet> + 'p;

/// Fields of a write's JSON document.
pub const FIELDS: &[&str] = &["dry_run", "changed", "revision", "changes", "effects"];

/// Carries a write through, or shows what it would do.
pub fn write(
    context: &Context,
    request: &Request<'_>,
    planner: &mut CommandPlanner<'_>,
) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    carry_through(context, request, planner)
}

/// The same for a command whose report has fields of its own beside these, and which has looked at
/// those asked for.
pub fn carry_through(
    context: &Context,
    request: &Request<'_>,
    planner: &mut CommandPlanner<'_>,
) -> Result<Box<dyn Report>> {
    Ok(Box::new(carried(context, request, None, planner)?))
}

/// The same for a command that says more in its report. On a terminal it is asked the `question`
/// after the diff.
pub fn carried(
    context: &Context,
    request: &Request<'_>,
    question: Option<&str>,
    planner: &mut CommandPlanner<'_>,
) -> Result<WriteReport> {
    if request.args.dry_run {
        let snapshot = context.store()?.snapshot()?;
        let changes = planner(&*snapshot)?;
        return previewed(context, &*snapshot, changes, None);
    }
    let confirmed = confirm(context, request, question, planner)?;
    Interrupt::listen()?;
    let author = context.author(request.command, request.args.reason());
    let mut failed: Option<Error> = None;
    let written = context.store()?.update(&author, &mut |snapshot| {
        let planned = planner(snapshot).and_then(|changes| match &confirmed {
            Some(seen) if *seen != changes => bail!(Refusal::Stale("what you confirmed".into())),
            _ => Ok(changes),
        });
        planned.map_err(|error| match error.downcast::<StoreError>() {
            Ok(error) => error,
            Err(error) => {
                failed = Some(error);
                StoreError::GivenUp
            }
        })
    });
    match (failed, written) {
        (Some(error), Err(StoreError::GivenUp)) => Err(error),
        (_, written) => {
            let written = written?;
            let (revision, changes) = (written.revision, written.changes);
            Ok(WriteReport::written(revision, changes, None))
        }
    }
}

/// What a write would do. Of more changes than these first ones (`count`), the others are not looked
/// at.
pub fn previewed(
    context: &Context,
    snapshot: &dyn Snapshot,
    changes: ChangeSet,
    count: Option<u64>,
) -> Result<WriteReport> {
    let summary = summarize(snapshot, &changes, context)?;
    let written = WriteReport::written(snapshot.revision()?, changes, count);
    let summary = Some(summary);
    Ok(WriteReport { summary, ..written })
}

/// Refuses an unknown `--json` field before anything is written.
pub fn check_fields(context: &Context, known: &[&str]) -> Result<()> {
    if let OutputMode::Json(fields) = &context.mode {
        crate::ui::json::check(fields, known).map_err(crate::ui::ShowError::from)?;
    }
    Ok(())
}

/// Asks, where the command destroys something or the profile is protected. Returns the changes
/// that were agreed to, so that nothing else is written in their place.
pub fn confirm(
    context: &Context,
    request: &Request<'_>,
    question: Option<&str>,
    planner: &mut CommandPlanner<'_>,
) -> Result<Option<ChangeSet>> {
    let place = context.place()?;
    let question = question.filter(|_| asks(context));
    let asked = request.destroys.is_some() || place.protected || question.is_some();
    if request.args.yes || !asked {
        return Ok(None);
    }
    let snapshot = context.store()?.snapshot()?;
    let changes = planner(&*snapshot)?;
    if changes.is_empty() {
        return Ok(Some(changes));
    }
    // A protected profile is named, whatever is asked.
    let profile = place.profile.as_deref().filter(|_| place.protected);
    if !context.terminal.interactive() {
        return Err(nobody_to_ask(request, profile).into());
    }
    let summary = summarize(&*snapshot, &changes, context)?;
    for line in diff_lines(&changes) {
        context.terminal.status(line)?;
    }
    context.terminal.status(effect_line(&summary))?;
    let agreed = match request.destroys {
        Some(Destroys { what, key }) => {
            let whence = profile.map(|name| format!(" in profile {name}"));
            let question = format!("This deletes {what} {key}{}.", whence.unwrap_or_default());
            prompt::type_to_confirm(&question, key)?
        }
        None => match (profile, question) {
            (None, Some(question)) => prompt::confirm(question)?,
            (profile, _) => {
                let profile = profile.unwrap_or_default();
                prompt::confirm(&format!("Write this to the protected profile {profile}?"))?
            }
        },
    };
    if !agreed {
        bail!(not_confirmed());
    }
    Ok(Some(changes))
}

/// Whether there is a person who can be asked, and not a program that reads the answer.
pub fn asks(context: &Context) -> bool {
    context.mode == OutputMode::Text && context.terminal.interactive()
}

/// Asks before an import into a protected profile.
pub fn agree_to_import(context: &Context, command: &'static str, args: &WriteArgs) -> Result<()> {
    let place = context.place()?;
    if args.yes || !place.protected {
        return Ok(());
    }
    let destroys = None;
    let request = Request {
        command,
        args,
        destroys,
    };
    let profile = place.profile.as_deref().unwrap_or_default();
    if !context.terminal.interactive() {
        return Err(nobody_to_ask(&request, Some(profile)).into());
    }
    match prompt::confirm(&format!("Import into the protected profile {profile}?"))? {
        true => Ok(()),
        false => bail!(not_confirmed()),
    }
}

/// Asked, the operator said no.
pub fn not_confirmed() -> Failure {
    Failure {
        exit: Exit::Interrupted,
        code: "not_confirmed",
        message: "not confirmed; nothing was written".to_owned(),
        hints: Vec::new(),
    }
}

/// Nothing is destroyed, and nothing protected altered, on nobody's word.
fn nobody_to_ask(request: &Request<'_>, profile: Option<&str>) -> Failure {
    let deletes = request
        .destroys
        .map(|Destroys { what, key }| format!("this deletes {what} `{key}`"));
    let protected = profile.map(|name| format!("profile `{name}` is protected"));
    let why: Vec<String> = deletes.into_iter().chain(protected).collect();
    let message = format!("{}, and there is no terminal to ask on", why.join(", "));
    Failure::usage("confirmation_needed", message)
        .hint("add --yes if you are sure; --dry-run shows the effect")
}

/// Who gains and who loses: all counted, the first ones named.
#[derive(Debug, Default)]
pub struct Summary {
    gained: u64,
    lost: u64,
    first: Vec<Effect>,
}

/// How many effects are named; the rest is counted.
const NAMED_EFFECTS: usize = 100;
/// How many of these a person is shown.
const SHOWN_EFFECTS: usize = 20;

/// Asks the resolver twice: without the changes and with them.
pub fn summarize(
    snapshot: &dyn Snapshot,
    changes: &ChangeSet,
    context: &Context,
) -> Result<Summary> {
    let mut summary = Summary::default();
    effects(snapshot, changes, context.now()?, &mut |effect| {
        // Off is less than any value, so the order of answers tells gain from loss.
        match effect.after > effect.before {
            true => summary.gained += 1,
            false => summary.lost += 1,
        }
        if summary.first.len() < NAMED_EFFECTS {
            summary.first.push(effect);
        }
    })?;
    // A store tells of subjects in the order that suits it.
    let order = |effect: &Effect| (effect.subject.clone(), effect.feature.clone());
    summary.first.sort_by_cached_key(order);
    Ok(summary)
}

/// What a write did or would do.
pub struct WriteReport {
    revision: Revision,
    /// The changes, or the first of them.
    changes: ChangeSet,
    /// How many there are.
    count: u64,
    summary: Option<Summary>,
}

impl WriteReport {
    /// What was written: these changes, or so many that these are only the first.
    pub fn written(revision: Revision, changes: ChangeSet, count: Option<u64>) -> Self {
        Self {
            revision,
            count: count.unwrap_or(changes.changes().len() as u64),
            changes,
            summary: None,
        }
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
        self.summary.is_some()
    }
}

impl Report for WriteReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "dry_run": self.summary.is_some(),
            "changed": !self.changes.is_empty() && self.summary.is_none(),
            "revision": self.revision,
            "changes": self.changes,
            "effects": self.summary.as_ref().map(|summary| {
                effects_document(summary, self.more() == 0)
            }),
        })
    }

    fn done(&self) -> Option<String> {
        let written = self.summary.is_none() && !self.changes.is_empty();
        written.then(|| format!("the change was written as revision {}", self.revision))
    }

    fn page(&self) -> Page {
        let mut page = diff_lines(&self.changes)
            .into_iter()
            .fold(Page::new(), Page::line);
        if self.changes.is_empty() {
            page = page.line(Line::new().dim("nothing to change: it is so already"));
        }
        if self.more() > 0 {
            page = page.line(Line::new().dim(format!("and {} more changes", self.more())));
        }
        match &self.summary {
            None if self.changes.is_empty() => page,
            None => page.line(Line::new().dim(format!("revision {}", self.revision))),
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

/// The effects for a program: of all changes, or only of the first.
pub fn effects_document(summary: &Summary, all_changes: bool) -> Value {
    let named = summary.first.iter().map(|effect| {
        json!({
            "subject": effect.subject,
            "feature": effect.feature,
            "before": answer_as_json(effect.before),
            "after": answer_as_json(effect.after),
        })
    });
    json!({
        "gained": summary.gained,
        "lost": summary.lost,
        "first": named.collect::<Vec<_>>(),
        "complete": all_changes && summary.first.len() as u64 == summary.gained + summary.lost,
    })
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
    let all = summary.gained + summary.lost;
    let more = all.saturating_sub(SHOWN_EFFECTS as u64);
    if more > 0 {
        table.push([Line::new().dim(format!("and {more} more"))]);
    }
    table
}
