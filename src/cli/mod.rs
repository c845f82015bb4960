//! The command line: arguments in, one report or one error out, and the exit code.
//!
//! Each command is a file with its arguments and a `run` that returns a report. What a command
//! decides comes from `domain`; here requests are put into its words and answers into people's.

mod args;
mod as_of;
mod aside;
mod ask_remote;
mod bulk_rows;
mod catalog_file;
mod cells;
pub mod command;
mod context;
mod credential;
mod database;
mod exit;
mod failure;
mod import;
mod input;
mod interrupt;
mod mistaken;
mod offline;
mod output_file;
mod question;
mod quick;
mod rows;
mod server;
mod shell;
mod turn;
mod two_places;
mod values;
mod wanted_file;
mod write;

use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory;

use crate::config::Asked;
use crate::ui::sanitise::is_hidden;
use crate::ui::{OutputMode, Report, ShowError, Terminal, sanitise};

pub use context::Context;
pub use exit::Exit;
pub use failure::Failure;

use args::{Cli, Command};
use mistaken::Mistaken;

/// Runs the program on the process's arguments.
pub fn main() -> ExitCode {
    on_bug();
    let cli = match quick::read(&std::env::args_os().collect::<Vec<_>>()) {
        Ok(cli) => cli,
        Err(error) => return usage(error).into(),
    };
    let json = cli.global.json.is_some();
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(error) => report(error, json).into(),
    }
}

/// The definition that help, completions and manual are made from.
pub fn definition() -> clap::Command {
    Cli::command()
}

fn run(cli: Cli) -> Result<Exit> {
    let now = context::clock()?;
    let mode = match cli.global.json {
        None => OutputMode::Text,
        Some(fields) => OutputMode::Json(fields),
    };
    let names_both = matches!(cli.command, Command::Init(_));
    if cli.global.store.is_some() && cli.global.profile.is_some() && !names_both {
        let both = "--store and --profile each name a store: give one of them";
        return Err(Failure::usage("usage", both).into());
    }
    let asked = Asked {
        store: cli.global.store,
        profile: cli.global.profile,
        credential_file: cli.global.credential_file,
    };
    let mut context = Context::new(Terminal::from_env(now.div_euclid(1000)), mode, asked, now);
    context.verbose = cli.global.verbose;
    context.copies.offline = cli.global.offline;
    context.copies.allow_stale = cli.global.allow_stale;
    let report = dispatch(&context, cli.command)?;
    let report = offline::told(&context, report)?;
    let shown = context.terminal.show(&*report, &context.mode);
    let done = report.done();
    let only_read = done.is_none();
    shown.map_err(|error| failure::unshown(&error, done))?;
    let exit = if report.answered_no() {
        Exit::No
    } else {
        Exit::Yes
    };
    if only_read {
        // The process ends here, so nothing has to be taken apart piece by piece first. A store
        // that was written is closed in order, which folds its log back into the file.
        std::mem::forget((report, context));
    }
    Ok(exit)
}

/// What a command is called whose place may be unable to do it at all, whatever is asked of it. What
/// edits and answers can be refused for is told apart where they are planned.
fn name_of(command: &Command) -> Option<&'static str> {
    Some(match command {
        Command::Plan(_) => "plan",
        Command::User(_) => "user",
        Command::Org(_) => "org",
        Command::Override(_) => "override",
        Command::Log(_) => "log",
        Command::Undo(_) => "undo",
        Command::Notify(_) => "notify",
        _ => return None,
    })
}

fn dispatch(context: &Context, command: Command) -> Result<Box<dyn Report>> {
    if let Some(name) = name_of(&command) {
        context.refuse_unable(name)?;
    }
    match command {
        Command::Init(args) => command::init::run(context, args),
        Command::Set(args) => command::set::run(context, args),
        Command::Unset(args) => command::unset::run(context, args),
        Command::Get(args) => command::get::run(context, args),
        Command::Resolve(args) => command::resolve::run(context, args),
        Command::Check(args) => command::check::run(context, *args),
        Command::Explain(args) => command::explain::run(context, args),
        Command::Feature(command) => command::feature::run(context, command),
        Command::Target(args) => command::target::run(context, args),
        Command::Plan(command) => command::plan::run(context, command),
        Command::Matrix(args) => command::matrix::run(context, args),
        Command::User(command) => command::user::run(context, command),
        Command::Org(command) => command::org::run(context, command),
        Command::Override(command) => command::overrides::run(context, command),
        Command::Token(command) => command::token::run(context, command),
        Command::Export(args) => command::export::run(context, args),
        Command::Diff(args) => command::diff::run(context, args),
        Command::Apply(args) => command::apply::run(context, args),
        Command::Promote(args) => command::promote::run(context, args),
        Command::Migrate(args) => command::migrate::run(context, args),
        Command::Schema(args) => command::schema::run(context, args),
        Command::Backup(args) => command::backup::run(context, args),
        Command::Restore(args) => command::restore::run(context, args),
        Command::Doctor(args) => command::doctor::run(context, args),
        Command::Test(args) => command::test::run(context, args),
        Command::Log(args) => command::log::run(context, *args),
        Command::Undo(args) => command::undo::run(context, args),
        Command::Serve(args) => command::serve::run(context, args),
        Command::Watch(args) => command::watch::run(context, *args),
        Command::Notify(command) => command::notify::run(context, command),
        Command::Api(args) => command::api::run(context, *args),
        Command::Demo(args) => command::demo::run(context, args),
        Command::Completions(args) => command::completions::run(context, args),
        Command::Man(args) => command::man::run(context, args),
        Command::Profile(command) => command::profile::run(context, command),
        Command::Auth(command) => command::auth::run(context, command),
    }
}

/// A panic is a bug of ours: it says so and ends with its own code, whatever was going on.
fn on_bug() {
    std::panic::set_hook(Box::new(|panic| {
        let terminal = Terminal::from_env(0);
        let hint = "this is a bug in flags; what you did before is safe. Please report it.";
        let told = terminal.error(&panic.to_string(), &[hint.to_owned()]);
        drop(told);
        #[expect(
            clippy::exit,
            reason = "the one place that ends the process: exit code 70"
        )]
        std::process::exit(Exit::Bug as i32);
    }));
}

/// Shows help, the version or a usage error, as clap words them.
fn usage(mut error: clap::Error) -> Exit {
    use clap::error::ErrorKind::{DisplayHelp, DisplayVersion};
    let asked_for = matches!(error.kind(), DisplayHelp | DisplayVersion);
    // clap repeats arguments as they are, so hidden characters in one must not pass through it.
    let json = json_was_asked_for();
    if !asked_for && (json || an_argument_hides_something()) {
        show_what_hides(&mut error);
        return report_failure(&as_failure(&error), json);
    }
    match error.print() {
        Err(cause) if cause.kind() == std::io::ErrorKind::BrokenPipe => Exit::Pipe,
        Ok(()) if asked_for => Exit::Yes,
        _ => Exit::Usage,
    }
}

/// Whether errors are wanted as JSON, when the arguments could not be read as a whole.
fn json_was_asked_for() -> bool {
    std::env::args_os()
        .take_while(|argument| argument != "--")
        .filter_map(|argument| argument.into_string().ok())
        .any(|argument| argument == "--json" || argument.starts_with("--json="))
}

fn an_argument_hides_something() -> bool {
    std::env::args_os().any(|argument| argument.to_string_lossy().contains(is_hidden))
}

/// What was typed, as it can be shown: clap would drop escape sequences from it in silence.
fn show_what_hides(error: &mut clap::Error) {
    use clap::error::{ContextKind, ContextValue};
    for kind in [
        ContextKind::InvalidValue,
        ContextKind::InvalidArg,
        ContextKind::InvalidSubcommand,
    ] {
        if let Some(ContextValue::String(text)) = error.get(kind) {
            let safe = sanitise(text).into_owned();
            error.insert(kind, ContextValue::String(safe));
        }
    }
}

fn as_failure(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let mut paragraphs = text
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let message = paragraphs
        .next()
        .unwrap_or("the command line is not usable");
    let message = message.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let hints = paragraphs.filter_map(|part| part.strip_prefix("tip: "));
    let mut failure = Failure::usage("usage", message.trim_start_matches("error: "));
    failure.hints.extend(hints.map(str::to_owned));
    failure
}

/// Says what went wrong: of a file all that is wrong with it.
fn report(error: anyhow::Error, json: bool) -> Exit {
    match error.downcast::<Mistaken>() {
        Ok(mistaken) => {
            let told = mistaken.tell(&Terminal::from_env(0), json);
            // With stderr gone there is nobody left to tell; the exit code still says it.
            drop(told);
            Exit::Usage
        }
        Err(error) => report_failure(&failure::classify(error), json),
    }
}

fn report_failure(failure: &Failure, json: bool) -> Exit {
    let terminal = Terminal::from_env(0);
    let told = if failure.is_silent() {
        Ok(())
    } else if json {
        terminal.error_json(failure.code, &failure.message, &failure.hints)
    } else {
        terminal.error(&failure.message, &failure.hints)
    };
    // With stderr gone there is nobody left to tell; the exit code still says it.
    drop(told.map_err(ShowError::from));
    failure.exit
}
