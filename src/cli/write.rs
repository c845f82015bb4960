//! Every write goes this way: plan, preview or confirm, write, report.

pub mod blind;
mod report;

use anyhow::{Error, Result, bail};
use clap::Args;

use crate::config::Source;
use crate::domain::change::ChangeSet;
use crate::domain::refusal::Refusal;
use crate::domain::text::Reason;
use crate::edit::{Edit, EditError, Summary};
use crate::store::{Snapshot, StoreError, Subjects};
use crate::ui::{OutputMode, Report, prompt};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::interrupt::Interrupt;
pub use report::{WriteReport, diff_line, diff_lines, effect_line, effect_table};

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

/// Carries an edit through, or shows what it would do.
pub fn write_edit(
    context: &Context,
    args: &WriteArgs,
    destroys: Option<Destroys<'_>>,
    edit: &Edit,
) -> Result<Box<dyn Report>> {
    let now = context.now()?;
    let edit = &*edit.fitted(context.store()?)?;
    let request = Request {
        command: edit.command(),
        args,
        destroys,
    };
    let blind = blind::is_blind(context)?;
    write(context, &request, &mut |snapshot| {
        let planned = match blind {
            true => edit.unseen(now),
            false => edit.plan(snapshot, now),
        };
        planned.map_err(|error| match error {
            EditError::Store(error) => error.into(),
            error => error.into(),
        })
    })
}

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
    let store = context.store()?;
    store.refuses(request.command, &[])?;
    if !store.capabilities().history && request.args.reason().is_some() {
        context.warn("this place keeps no reasons: what --reason says is not written down")?;
    }
    if request.args.dry_run {
        let snapshot = store.snapshot()?;
        let changes = planner(&*snapshot)?;
        store.accepts(&*snapshot, &changes)?;
        return match blind::is_blind(context)? {
            true => blind::previewed(changes),
            false => previewed(context, &*snapshot, changes, None),
        };
    }
    announce(context)?;
    let confirmed = confirm(context, request, question, planner)?;
    Interrupt::listen()?;
    let author = context.author(request.command, request.args.reason());
    let mut failed: Option<Error> = None;
    let written = store.update(&author, &mut |snapshot| {
        let planned = planner(snapshot).and_then(|changes| match &confirmed {
            Some(seen) if !seen.alters_as(&changes) => {
                bail!(Refusal::Stale("what you confirmed".into()))
            }
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
            let report = WriteReport::written(revision, changes, None);
            Ok(match blind::is_blind(context)? {
                true => report.unseen(),
                false => report,
            })
        }
    }
}

/// Says where a write goes if it was not the operator who said so, but the tree that they are in.
pub fn announce(context: &Context) -> Result<()> {
    let place = context.place()?;
    match (&place.named_by, &place.profile) {
        (Source::Tree(file), Some(profile)) => {
            let file = file.display();
            context.remark(&format!("profile {profile}, which {file} names: {place}"))
        }
        _ => Ok(()),
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
    let summary = summary(context, snapshot, &changes)?;
    let written = WriteReport::written(snapshot.revision()?, changes, count);
    Ok(written.previewed(summary))
}

/// Who gains and who loses by changes, as far as the store tells of subjects.
pub fn summary(context: &Context, snapshot: &dyn Snapshot, changes: &ChangeSet) -> Result<Summary> {
    let mut summary = Summary::of(snapshot, changes, context.now()?)?;
    if context.store()?.capabilities().subjects == Subjects::Anybody {
        summary.partial = true;
        context.remark(
            "this place tells of no subjects but those that a feature names: whoever else gains or \
             loses is not counted",
        )?;
    }
    Ok(summary)
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
    let store = context.store()?;
    let snapshot = store.snapshot()?;
    let changes = planner(&*snapshot)?;
    if changes.is_empty() {
        return Ok(Some(changes));
    }
    store.accepts(&*snapshot, &changes)?;
    // A protected profile is named, whatever is asked.
    let profile = place.profile.as_deref().filter(|_| place.protected);
    if !context.terminal.interactive() {
        return Err(nobody_to_ask(request.destroys, profile).into());
    }
    match blind::is_blind(context)? {
        true => {
            for line in report::unseen_lines(&changes) {
                context.terminal.status(line)?;
            }
        }
        false => {
            let summary = summary(context, &*snapshot, &changes)?;
            for line in diff_lines(&changes) {
                context.terminal.status(line)?;
            }
            context.terminal.status(effect_line(&summary))?;
        }
    }
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
pub fn agree_to_import(context: &Context, args: &WriteArgs) -> Result<()> {
    let question = |profile: &str| format!("Import into the protected profile {profile}?");
    agree(context, args.yes, question)
}

/// Asks before something that has no diff to be shown, where the profile is protected.
pub fn agree(context: &Context, yes: bool, question: impl Fn(&str) -> String) -> Result<()> {
    announce(context)?;
    let place = context.place()?;
    if yes || !place.protected {
        return Ok(());
    }
    let profile = place.profile.as_deref().unwrap_or_default();
    if !context.terminal.interactive() {
        return Err(nobody_to_ask(None, Some(profile)).into());
    }
    match prompt::confirm(&question(profile))? {
        true => Ok(()),
        false => bail!(not_confirmed()),
    }
}

/// Asks before something is written beside the project, such as a key, where the profile is
/// protected. Of that there is no preview.
pub fn agree_beside(context: &Context, yes: bool, what: &str) -> Result<()> {
    let question = |profile: &str| format!("{what} in the protected profile {profile}?");
    agree(context, yes, question).map_err(|error| match error.downcast::<Failure>() {
        Ok(failure) if failure.code == CONFIRMATION_NEEDED => {
            let hints = vec!["add --yes if you are sure".to_owned()];
            Failure { hints, ..failure }.into()
        }
        Ok(failure) => failure.into(),
        Err(error) => error,
    })
}

/// The name of a failure: somebody has to agree, and there is nobody to ask.
const CONFIRMATION_NEEDED: &str = "confirmation_needed";

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
fn nobody_to_ask(destroys: Option<Destroys<'_>>, profile: Option<&str>) -> Failure {
    let deletes = destroys.map(|Destroys { what, key }| format!("this deletes {what} `{key}`"));
    let protected = profile.map(|name| format!("profile `{name}` is protected"));
    let why: Vec<String> = deletes.into_iter().chain(protected).collect();
    let message = format!("{}, and there is no terminal to ask on", why.join(", "));
    Failure::usage(CONFIRMATION_NEEDED, message)
        .hint("add --yes if you are sure; --dry-run shows the effect")
}
