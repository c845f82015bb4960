//! What keeps a server from beginning, and what ends it, as the operator meets it.

use std::sync::Arc;

use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::server::ServeError;
use crate::server::log::{Level, Log};
use crate::server::net::{ListenError, TlsError};

/// Why there is no server any more.
pub fn of_serving(error: ServeError) -> Failure {
    let failed = Failure::usage("server", error.to_string());
    match error {
        ServeError::CutOff => Failure {
            exit: Exit::Terminated,
            code: "cut_off",
            ..failed
        },
        ServeError::Runtime(_) => failed,
    }
}

/// Why nobody can come.
pub fn of_listening(error: ListenError) -> Failure {
    let failed = Failure::usage("listen", error.to_string());
    match error {
        ListenError::Address { .. } => failed.hint(
            "`--listen 127.0.0.1:0` takes a free port; ports below 1024 are the system's to give",
        ),
        ListenError::Passed(_) => failed.hint("a unit's socket has ListenStream="),
    }
}

/// Why nothing can be encrypted.
pub fn of_tls(error: TlsError) -> Failure {
    Failure::usage("tls", error.to_string())
}

/// From here on a panic costs the request that ran into it, which the log tells of; the process
/// goes on for all the others.
pub fn survive_bugs(log: Arc<Log>) {
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str();
        let fields = json!({ "place": place, "message": message });
        log.tell(Level::Error, "bug", &fields);
    }));
}
