//! Where errors about other machines meet an exit code and what helps.

use super::Failure;
use crate::cli::exit::Exit;
use crate::remote::RemoteError;
use crate::remote::api::{ApiError, Class};

/// Sorts an error about a document on another machine.
pub fn of_remote(error: &RemoteError) -> Failure {
    let exit = match error {
        RemoteError::CaBundle { .. } => Exit::Usage,
        _ => Exit::Remote,
    };
    let failed = Failure {
        exit,
        code: error.code(),
        message: error.to_string(),
        hints: Vec::new(),
    };
    match error {
        RemoteError::Failed { .. } | RemoteError::Expired { .. } => {
            failed.hint("`--key-file FILE` works without a network, with a copy you trust")
        }
        _ => failed,
    }
}

/// Sorts an error about a call to a server.
pub fn of_api(error: &ApiError) -> Failure {
    let withheld = error.withheld().map(|why| why.cause());
    if let Some(failure) = withheld.and_then(|cause| cause.downcast_ref::<Failure>()) {
        return failure.clone();
    }
    let exit = match error.class() {
        Class::Usage => Exit::Usage,
        Class::Denied => Exit::Denied,
        Class::Refused => Exit::Refused,
        Class::Remote => Exit::Remote,
    };
    let failed = Failure {
        exit,
        code: error.code(),
        message: error.to_string(),
        hints: Vec::new(),
    };
    if error.may_have_happened() {
        return failed.hint("look whether it was carried out before you repeat it");
    }
    match (error.class(), error.status()) {
        (_, Some(401)) => failed
            .hint("`flags auth status` shows which key was sent, `flags auth login` takes another"),
        (_, Some(403)) => failed.hint("`flags doctor` looks at what the key may do"),
        (Class::Remote, None) => failed.hint("`flags doctor` looks at the way to the server"),
        _ => failed,
    }
}
