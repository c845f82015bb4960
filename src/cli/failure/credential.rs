//! Where errors about credentials meet an exit code and what helps.

use super::Failure;
use crate::cli::exit::Exit;
use crate::cli::shell::quoted;
use crate::config::credential::CredentialError;
use crate::config::keyring::KeyringError;

/// Sorts an error about a credential. None of them repeats one.
pub fn of_credential(error: &CredentialError) -> Failure {
    let message = error.to_string();
    let usage = |code| Failure::usage(code, message.clone());
    let denied = |code| Failure::denied(code, message.clone());
    match error {
        CredentialError::Unreadable { .. } => usage("credential_unreadable"),
        CredentialError::Form { .. } => usage("credential_malformed")
            .hint("nothing was sent; `flags auth status` shows where a credential comes from"),
        CredentialError::Exposed { path, .. } => denied("credential_exposed").hint(format!(
            "`chmod 600 {}`, and take what was in it for known: rotate it",
            quoted(&path.to_string_lossy())
        )),
        CredentialError::OtherServer { profile, .. } => denied("credential_of_other_server").hint(
            format!("`flags auth login --profile {profile}` takes one for this server"),
        ),
        CredentialError::OtherClient { profile, .. } => denied("credential_of_other_client").hint(
            format!("`flags auth login --profile {profile}` takes that client's secret"),
        ),
        CredentialError::NoClient { .. } => usage("no_client_id").hint(
            "`ASTAPA_CLIENT_ID`, or `client_id` in the profile, or --client-id of `flags auth login`",
        ),
        CredentialError::Gone { profile } => denied("no_credential")
            .hint(format!("`flags auth login --profile {profile}` keeps one again")),
        CredentialError::Keyring(error) => of_keyring(error, denied("keyring")),
        CredentialError::Config(error) => super::of_config(error),
    }
}

fn of_keyring(error: &KeyringError, failed: Failure) -> Failure {
    let (code, hint) = match error {
        KeyringError::Absent(_) => (
            "keyring_absent",
            "a variable or --credential-file does without a keyring",
        ),
        KeyringError::Locked(_) => (
            "keyring_locked",
            "unlock it; a variable or --credential-file does without it",
        ),
        KeyringError::Late(_) => (
            "keyring_late",
            "unlock it; a variable or --credential-file does without it",
        ),
        KeyringError::Failed(_) => ("keyring", "a variable or --credential-file does without it"),
    };
    let exit = Exit::Denied;
    Failure {
        exit,
        code,
        ..failed.hint(hint)
    }
}

impl From<CredentialError> for Failure {
    fn from(error: CredentialError) -> Self {
        of_credential(&error)
    }
}
