//! `flags auth login`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::given::GivenArgs;
use super::trial::{Trial, trial};
use super::{Server, in_short};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::check_fields;
use crate::config::Source;
use crate::config::credential::{CredentialError, Found, Keeper, Login, Wanted, keep, variables};
use crate::config::keyring::KeyringError;
use crate::ui::{Line, Page, Report};

/// Arguments of `flags auth login`.
#[derive(Debug, Args)]
#[command(
    after_help = "It is kept for this profile and its server's address: a profile that moves \
                  elsewhere does not take\nit along. WORKOS_API_KEY, ASTAPA_CLIENT_ID with \
                  ASTAPA_CLIENT_SECRET, FLAGS_API_KEY,\nPGPASSWORD, PGPASSFILE and \
                  --credential-file go before what is kept.\n\nExamples:\n  flags auth login --profile live\
                  \n  flags auth login --profile live < key.txt\
                  \n  flags auth login --profile live --fd 3 3< key.txt"
)]
pub struct LoginArgs {
    #[command(flatten)]
    given: GivenArgs,
    /// Ask the server first whether it knows the key (one request)
    #[arg(long)]
    check: bool,
    /// Keep it in a file that only its owner may read, not encrypted, instead of the keyring
    #[arg(long)]
    insecure_storage: bool,
}

/// Keeps a credential.
pub fn run(context: &Context, args: LoginArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let server = Server::of(context)?;
    let (wanted, found) = args.given.take(context, &server)?;
    if args.check {
        trial(&server, &found.credential)?.works()?;
    }
    let keeper = match args.insecure_storage {
        true => Keeper::File,
        false => Keeper::Keyring,
    };
    let login = kept(&server, &wanted, &found, keeper)?;
    overruled(context, &server)?;
    Ok(Box::new(LoggedIn {
        profile: server.profile.to_owned(),
        login,
        short: in_short(&found.credential, wanted.kind),
        checked: args.check,
    }))
}

/// Keeps it; without a keyring it says what else there is.
pub fn kept(
    server: &Server<'_>,
    wanted: &Wanted,
    found: &Found,
    keeper: Keeper,
) -> Result<Login, Failure> {
    let kept = keep(server.profile, wanted, &found.credential, keeper);
    server.forget_copies();
    kept.map_err(|error| {
        let of_keyring = matches!(error, CredentialError::Keyring(_));
        let absent = matches!(error, CredentialError::Keyring(KeyringError::Absent(_)));
        let failure = Failure::from(error);
        if !of_keyring {
            return failure;
        }
        let hints = match absent {
            true => Vec::new(),
            false => vec!["unlock it and repeat the command".to_owned()],
        };
        let failure = Failure { hints, ..failure };
        let variables = variables(wanted.kind).join(" and ");
        failure
            .hint("--insecure-storage keeps it in a file that only you may read, not encrypted")
            .hint(format!(
                "without keeping it: {variables}, or --credential-file FILE"
            ))
    })
}

/// Says what goes before what is kept: the next command would not use it.
fn overruled(context: &Context, server: &Server<'_>) -> Result<()> {
    let Some(name) = variables(server.remote.kind).first() else {
        return Ok(());
    };
    if std::env::var_os(name).is_some_and(|value| !value.is_empty()) {
        let by = Source::Environment(name);
        context.warn(&format!(
            "{name} is set, and goes before what is kept ({by})"
        ))?;
    }
    Ok(())
}

struct LoggedIn {
    profile: String,
    login: Login,
    short: String,
    checked: bool,
}

const FIELDS: &[&str] = &["profile", "kind", "host", "source", "client_id", "checked"];

impl Report for LoggedIn {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "profile": self.profile,
            "kind": self.login.kind.as_str(),
            "host": self.login.origin,
            "source": self.login.whence().as_str(),
            "client_id": self.login.client_id,
            "checked": self.checked,
        })
    }

    fn page(&self) -> Page {
        let line = Line::new()
            .good("kept")
            .plain(format!(" {} for profile ", self.short))
            .key(&self.profile)
            .plain(format!(", in {}", self.login.whence()));
        let page = Page::new().line(line);
        let page = page.line(format!(
            "it is sent to {} and nowhere else",
            self.login.origin
        ));
        match self.checked {
            true => page,
            false => page.line(Line::new().dim("next: ").key(format!(
                "flags auth status --check --profile {}",
                self.profile
            ))),
        }
    }

    fn done(&self) -> Option<String> {
        Some(format!("the key for profile {} is kept", self.profile))
    }
}

impl Trial {
    /// Whether the server knows the credential, as an error where it does not.
    ///
    /// # Errors
    ///
    /// Exit 4 where it does not, 5 where it could not be asked.
    pub fn works(self) -> Result<Self> {
        match self {
            Self::Refused(failure) | Self::Unknown(failure) => {
                let message = format!("{}; nothing was kept", failure.message);
                Err(Failure { message, ..failure }.into())
            }
            works => Ok(works),
        }
    }
}
