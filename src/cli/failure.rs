//! Where errors of every module meet an exit code, a name for scripts, and what helps.

mod connect;
mod credential;
mod database;
mod edit;
mod remote;

use std::fmt;
use std::io::ErrorKind;

use crate::config::ConfigError;
use crate::config::credential::CredentialError;
use crate::domain::key::KeyError;
use crate::domain::nearest::nearest;
use crate::domain::overrides::OverrideError;
use crate::domain::plan::PlanError;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::TargetError;
use crate::domain::text::TextError;
use crate::domain::time::TimeError;
use crate::domain::value::ValueError;
use crate::edit::EditError;
use crate::notify::{DestinationError, NotifyError};
use crate::remote::RemoteError;
use crate::remote::api::ApiError;
use crate::store::{HistoryError, StoreError};
use crate::ui::ShowError;
use crate::ui::prompt::PromptError;

use super::exit::Exit;
use super::interrupt;
use super::mistaken::{self, Mistaken};
use super::question::did_you_mean;
use super::shell::quoted;
use remote::{of_api, of_remote};

/// An error as the operator meets it.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// A stable name for scripts.
    pub code: &'static str,
    /// What happened and what it means.
    pub message: String,
    /// What helps, most likely first.
    pub hints: Vec<String>,
}

impl Failure {
    /// An error of the command line itself, or of what it was given to read.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            code,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    /// A server does not know who is asking, or nobody can tell it.
    pub fn denied(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Denied,
            code,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    /// Something that a rule forbids, or that is not there.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Refused,
            code,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    /// A server that cannot be reached, is late, or answers nonsense.
    pub fn remote(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit: Exit::Remote,
            code,
            message: message.into(),
            hints: Vec::new(),
        }
    }

    /// A command that goes on until it is told to end was told so.
    pub fn ended(exit: Exit) -> Self {
        Self {
            exit,
            code: ENDED,
            message: "ended".to_owned(),
            hints: Vec::new(),
        }
    }

    /// Whether everybody knows already.
    pub fn is_silent(&self) -> bool {
        [READER_LEFT, ENDED].contains(&self.code)
    }

    /// Adds what helps.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds what helps, if there is anything.
    #[must_use]
    pub fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hints.extend(hint);
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// Sorts any error of a command.
pub fn classify(error: anyhow::Error) -> Failure {
    let error = match error.downcast::<Failure>() {
        Ok(failure) => return failure,
        Err(error) => error,
    };
    let error = match error.downcast::<CredentialError>() {
        Ok(error) => return error.into(),
        Err(error) => error,
    };
    if let Some(mistaken) = error.downcast_ref::<Mistaken>() {
        return Failure::usage(mistaken::CODE, mistaken.to_string());
    }
    if let Some(error) = error.downcast_ref::<StoreError>() {
        return of_store(error);
    }
    if let Some(error) = error.downcast_ref::<EditError>() {
        return edit::of_edit(error);
    }
    if let Some(refusal) = error.downcast_ref::<Refusal>() {
        return of_refusal(refusal);
    }
    if let Some(error) = error.downcast_ref::<ConfigError>() {
        return of_config(error);
    }
    if let Some(error) = error.downcast_ref::<ApiError>() {
        return of_api(error);
    }
    if let Some(error) = error.downcast_ref::<RemoteError>() {
        return of_remote(error);
    }
    if let Some(error) = error.downcast_ref::<DestinationError>() {
        return Failure::usage("destination", error.to_string());
    }
    if let Some(error) = error.downcast_ref::<NotifyError>() {
        return of_notify(error);
    }
    if let Some(error) = error.downcast_ref::<PromptError>() {
        return of_prompt(error);
    }
    if let Some(error) = error.downcast_ref::<ShowError>() {
        return of_output(error);
    }
    let error = match error.downcast::<std::io::Error>() {
        // Of rows that are shown as they come, the reader may want only the first.
        Ok(error) if error.kind() == ErrorKind::BrokenPipe => return of_output(&error.into()),
        Ok(error) => error.into(),
        Err(error) => error,
    };
    if let Some(error) = error.downcast_ref::<std::io::Error>() {
        return Failure::usage("output", format!("cannot be shown: {error}"));
    }
    let message = format!("{error:#}");
    if was_typed(&error) {
        return Failure::usage("unreadable", message);
    }
    // Everything that can go wrong has been told apart: what is left should not have happened.
    Failure {
        exit: Exit::Bug,
        code: "bug",
        message,
        hints: vec!["this is a bug in flags. Please report it.".to_owned()],
    }
}

/// Whether the error is about what somebody wrote, which a type of the domain cannot be read from.
fn was_typed(error: &anyhow::Error) -> bool {
    error.is::<TimeError>()
        || error.is::<TextError>()
        || error.is::<KeyError>()
        || error.is::<ValueError>()
        || error.is::<TargetError>()
        || error.is::<OverrideError>()
        || error.is::<PlanError>()
}

/// What helps where a store is damaged.
const PUT_BACK: &str = "`flags restore FILE` puts a backup in its place, and keeps this file";

fn of_store(error: &StoreError) -> Failure {
    let failed = Failure {
        exit: Exit::Store,
        code: error.code(),
        message: error.to_string(),
        hints: Vec::new(),
    };
    match error {
        StoreError::Refused(refusal) => of_refusal(refusal),
        StoreError::Unsupported { instead, .. } => Failure {
            exit: Exit::Refused,
            ..failed.maybe_hint(instead.clone())
        },
        StoreError::Remote(error) => of_api(error),
        StoreError::Connect(error) => connect::of_connect(error),
        StoreError::Database(error) => database::of_database(error, failed),
        StoreError::NotFoundSo(cause) => Failure {
            message: error.to_string(),
            ..of_api(cause)
        },
        StoreError::Strange(_) => Failure {
            exit: Exit::Remote,
            ..failed
        },
        StoreError::Partly { cause, .. } => {
            let of_cause = of_store(cause);
            Failure {
                exit: of_cause.exit,
                hints: of_cause.hints,
                ..failed
            }
            .hint("repeat the command: what was made already is left as it is")
        }
        StoreError::Stopped => Failure {
            exit: interrupt::ended_by().unwrap_or(Exit::Interrupted),
            ..failed
        },
        StoreError::Journal(_) => {
            failed.hint("check the directory's owner and permissions, and that there is room")
        }
        StoreError::Moved => Failure {
            exit: Exit::Refused,
            ..failed.hint("run it again: somebody else writes to the project")
        },
        StoreError::NoCopy { .. } => Failure {
            exit: Exit::Remote,
            ..failed.hint(
                "leave --offline out while it can be reached: definitions and answered questions are \
                 kept",
            )
        },
        StoreError::CopyOfAnother { .. } => Failure {
            exit: Exit::Denied,
            ..failed.hint("`flags auth status` shows which key is at hand, and whether there is one")
        },
        StoreError::CopyTooOld { .. } => Failure {
            exit: Exit::Remote,
            ..failed.hint("ask the place itself, or allow more with --allow-stale")
        },
        StoreError::Missing(_) => {
            failed.hint("`flags init` makes one; `--store PATH` or FLAGS_STORE names another")
        }
        StoreError::Itself(_) => Failure {
            exit: Exit::Usage,
            ..failed.hint("name another file")
        },
        StoreError::NotAStore { .. } => {
            failed.hint("name the right file with `--store PATH` or FLAGS_STORE")
        }
        StoreError::Newer { .. } => failed.hint("install the newer version of flags"),
        StoreError::Corrupt { .. } => failed.hint(PUT_BACK),
        StoreError::Locked { .. } => failed.hint("find what holds it, for example with `fuser`"),
        StoreError::Full(_) => failed.hint("free some space and repeat the command"),
        StoreError::ReadOnly(_) => failed.hint("reading still works; write where it is writable"),
        StoreError::Unopenable { .. } => failed.hint("check the file's owner and permissions"),
        // Nothing is wrong with a store that is younger than the moment asked about.
        StoreError::History(
            HistoryError::None | HistoryError::Before { .. } | HistoryError::Ahead { .. },
        ) => Failure {
            exit: Exit::Refused,
            ..failed
        },
        StoreError::History(HistoryError::Unchained) => {
            failed.hint("repeat the command where the store can be written")
        }
        StoreError::History(_) => failed.hint(PUT_BACK),
        StoreError::Interrupted => Failure {
            exit: interrupt::ended_by().unwrap_or(Exit::Interrupted),
            ..failed
        },
        _ => failed,
    }
}

fn of_refusal(refusal: &Refusal) -> Failure {
    let failed = Failure::refused(refusal.code(), refusal.to_string());
    match refusal {
        Refusal::UnknownFeature(_) => failed.hint("`flags feature list` shows what there is"),
        Refusal::UnknownPlan(_) => failed.hint("`flags plan list` shows what there is"),
        Refusal::UnknownSubject(SubjectId::User(id)) => {
            let id = quoted(id.as_str());
            failed.hint(format!("`flags user assign {id}` makes the user known"))
        }
        Refusal::UnknownSubject(SubjectId::Organization(id)) => failed.hint(format!(
            "`flags org assign {}` makes the organization known",
            quoted(id.as_str())
        )),
        Refusal::NotAMember { user, organization } => failed.hint(format!(
            "`flags user assign {} --org {}` adds them",
            quoted(user.as_str()),
            quoted(organization.as_str())
        )),
        Refusal::FeatureExists(key) => failed.hint(format!("`flags feature edit {key}` alters it")),
        Refusal::PlanExists(key) => failed.hint(format!("`flags plan edit {key}` alters it")),
        Refusal::TooManyFeatures { .. } => failed
            .hint("`flags feature cap NUMBER` raises the cap, `flags feature delete` frees one"),
        Refusal::NumberMissing(key) => failed.hint(format!(
            "write the number behind the key: `flags set {key} 5 …`"
        )),
        Refusal::WrongKind { .. } => failed.hint("write `on` or `off`, or leave the value out"),
        Refusal::NotTargetable(key) => failed.hint(format!(
            "`flags set {key} NUMBER --plan PLAN`, --user or --org gives a limit"
        )),
        Refusal::CapTooLow { .. } => failed.hint("`flags feature delete` frees one"),
        Refusal::PlanInUse { plan, .. } => failed.hint(format!(
            "`flags plan delete {plan} --move-to PLAN` moves them first, --take-off leaves them \
             without a plan"
        )),
        Refusal::OrganizationInUse { organization, .. } => {
            let organization = quoted(organization.as_str());
            failed.hint(format!("`flags user list --org {organization}` shows them"))
        }
        Refusal::Stale(_) => failed.hint("look again and repeat the command"),
        _ => failed,
    }
}

fn of_config(error: &ConfigError) -> Failure {
    let failed = Failure::usage("configuration", error.to_string());
    match error {
        ConfigError::UnknownProfile { name, known, .. } if !known.is_empty() => {
            let meant = nearest(name, known.iter().map(String::as_str));
            let failed = failed.maybe_hint(meant.map(did_you_mean));
            Failure {
                exit: Exit::Refused,
                code: "profile_not_found",
                ..failed.hint(format!("profiles there are: {}", known.join(", ")))
            }
        }
        ConfigError::UnknownProfile { .. } => Failure {
            exit: Exit::Refused,
            code: "profile_not_found",
            ..failed.hint("`flags init --profile NAME` makes one, `flags profile add` names one")
        },
        ConfigError::Content { .. } | ConfigError::File { .. } => {
            failed.hint("put the file right, or name the store with --store or FLAGS_STORE")
        }
        ConfigError::Tree { .. } => {
            failed.hint("--profile, --store or the environment goes before it")
        }
        ConfigError::AddressForFile(address) => failed.hint(format!(
            "`flags profile add NAME --kind http --url {}`, then --profile NAME",
            quoted(address)
        )),
        ConfigError::PasswordInAddress(_) => Failure {
            code: "password_in_address",
            ..failed
                .hint("leave it out: `flags auth login` keeps it in the keyring, for a profile")
                .hint("PGPASSWORD, PGPASSFILE, ~/.pgpass and --credential-file FILE do without one")
                .hint("whoever could read it there knows it now: change it")
        },
        ConfigError::NoHome => failed,
    }
}

fn of_notify(error: &NotifyError) -> Failure {
    let refused = |code| Failure::refused(code, error.to_string());
    match error {
        NotifyError::Store(error) => of_store(error),
        NotifyError::Unknown(_) => {
            refused("destination_not_found").hint("`flags notify list` shows what there is")
        }
        NotifyError::Exists(name) => refused("destination_exists")
            .hint(format!("`flags notify remove {name}` makes room for it")),
        NotifyError::Unreadable(name) => refused("destination_unreadable").hint(format!(
            "install the newer version, or `flags notify remove {name}` and add it again"
        )),
        NotifyError::Overtaken => refused("destination_busy"),
    }
}

fn of_prompt(error: &PromptError) -> Failure {
    let failed = Failure::usage("no_terminal", error.to_string());
    match error {
        PromptError::Interrupted => Failure {
            exit: Exit::Interrupted,
            code: "interrupted",
            ..failed
        },
        _ => failed,
    }
}

/// The name of a failure that is not told: the operator ended what had no end of its own.
const ENDED: &str = "ended";

/// The name of another: like `head`, the reader has what it wanted.
const READER_LEFT: &str = "pipe";

/// A report that could not be shown. Where something was done before, that is what to say:
/// whoever takes the error for a refusal would do it twice.
pub fn unshown(error: &ShowError, done: Option<String>) -> Failure {
    let failure = of_output(error);
    match (error, done) {
        (ShowError::Write(cause), Some(done)) => Failure {
            code: "report_lost",
            message: format!("{done}, but its report could not be shown: {cause}"),
            ..failure
        },
        _ => failure,
    }
}

fn of_output(error: &ShowError) -> Failure {
    if error.is_broken_pipe() {
        let message = error.to_string();
        return Failure {
            exit: Exit::Pipe,
            code: READER_LEFT,
            message,
            hints: Vec::new(),
        };
    }
    match error {
        ShowError::UnknownField(unknown) => {
            let known = unknown.known.iter().map(String::as_str);
            let meant = nearest(&unknown.field, known).map(did_you_mean);
            Failure::usage("unknown_field", unknown.to_string()).maybe_hint(meant)
        }
        ShowError::Write(cause) => Failure::usage("output", format!("{error}: {cause}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalog::Revision;
    use crate::domain::time::Time;

    #[test]
    fn what_nobody_foresaw_is_a_bug_and_what_was_typed_is_not() {
        let unforeseen = classify(anyhow::anyhow!("the sky fell"));
        assert_eq!((unforeseen.exit, unforeseen.code), (Exit::Bug, "bug"));
        let typed = "9999-12-31".parse::<Time>().unwrap_err();
        let typed = classify(typed.into());
        assert_eq!((typed.exit, typed.code), (Exit::Usage, "unreadable"));
    }

    #[test]
    fn a_past_before_the_history_is_not_found_and_a_damaged_history_is_damage() {
        let of = |error: HistoryError| {
            let failure = of_store(&error.into());
            (failure.exit, failure.code)
        };
        let young = of(HistoryError::Before { first: 0 });
        assert_eq!(young, (Exit::Refused, "before_history"));
        assert_eq!(of(HistoryError::None), (Exit::Refused, "no_history"));
        let torn = of(HistoryError::Torn(Revision(3)));
        assert_eq!(torn, (Exit::Store, "history_damaged"));
    }

    #[test]
    fn a_hint_is_safe_to_paste() {
        let id = "$(reboot);x".parse().unwrap();
        let failure = of_refusal(&Refusal::UnknownSubject(SubjectId::User(id)));
        let hint = "`flags user assign '$(reboot);x'` makes the user known";
        assert_eq!(failure.hints, [hint]);
    }
}
