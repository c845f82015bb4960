//! Whether a server knows a credential: one question that changes nothing.

use anyhow::Result;
use serde_json::json;

use super::Server;
use crate::cli::credential::{api, sendable};
use crate::cli::database;
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, classify};
use crate::config::Kind;
use crate::config::credential::Credential;
use crate::remote::api::{self as remote, Call, Class, Method};
use crate::store::postgres;

/// What a server says of a credential.
#[derive(Debug)]
pub enum Trial {
    /// It knows it.
    Works,
    /// It knows it, and does not let it see everything.
    Narrow(&'static str),
    /// It does not know it.
    Refused(Failure),
    /// It could not be asked.
    Unknown(Failure),
}

impl Trial {
    /// Yes, no, or nobody knows.
    pub fn verdict(&self) -> Option<bool> {
        match self {
            Self::Works | Self::Narrow(_) => Some(true),
            Self::Refused(_) => Some(false),
            Self::Unknown(_) => None,
        }
    }
}

/// Asks the server.
///
/// # Errors
///
/// Where it could not even be prepared.
pub fn trial(server: &Server<'_>, known: &Credential) -> Result<Trial> {
    match server.remote.kind {
        Kind::Postgres => knock(server, Some(known)),
        _ => ask(server, sendable(known)),
    }
}

/// Asks the server without any credential.
///
/// # Errors
///
/// As those of [`trial`].
pub fn nobody(server: &Server<'_>) -> Result<Trial> {
    match server.remote.kind {
        Kind::Postgres => knock(server, None),
        _ => ask(server, remote::Credential::None),
    }
}

/// Opens a session with a database, and ends it.
fn knock(server: &Server<'_>, known: Option<&Credential>) -> Result<Trial> {
    let found = database::unlocked(server.place, server.remote)?;
    database::remarks(server.context, &found)?;
    let found = match known {
        Some(known) => database::with(found, known),
        None => found,
    };
    Ok(match postgres::knock(&found) {
        Ok(()) => Trial::Works,
        Err(error) => {
            let failure = classify(error.into());
            match failure.exit {
                Exit::Denied => Trial::Refused(failure),
                _ => Trial::Unknown(failure),
            }
        }
    })
}

fn ask(server: &Server<'_>, known: remote::Credential) -> Result<Trial> {
    let api = api(server.context, server.place, server.remote, known)?;
    let kind = server.remote.kind;
    let asked = api.call(&question(kind)).and_then(|reply| {
        let document = reply.value()?;
        // Anything can answer with success, a login page too.
        match document.get(telling(kind)) {
            Some(_) => Ok(()),
            None => Err(reply.unfit(format!("it has no `{}`", telling(kind)))),
        }
    });
    Ok(match asked {
        Ok(()) => Trial::Works,
        Err(error) => {
            let (class, status) = (error.class(), error.status());
            let failure = classify(error.into());
            match (class, status) {
                // Whom it tells that they may not, it knows.
                (Class::Denied, Some(403)) if kind == Kind::Http => {
                    Trial::Narrow("though it may not read everything")
                }
                (Class::Denied, _) => Trial::Refused(Failure {
                    exit: Exit::Denied,
                    ..failure
                }),
                // Astapa looks at who asks before it looks for what is asked about.
                (Class::Refused, Some(404 | 422)) if kind == Kind::Astapa => Trial::Works,
                _ => Trial::Unknown(failure),
            }
        }
    })
}

/// What is in every answer to that question.
fn telling(kind: Kind) -> &'static str {
    match kind {
        Kind::Workos => "data",
        Kind::Astapa => "has_feature",
        Kind::Http | Kind::Local | Kind::Postgres => "items",
    }
}

/// The smallest question to which only those who are known get an answer.
fn question(kind: Kind) -> Call {
    match kind {
        Kind::Workos => Call::get(&["feature-flags"]).query("limit", "1"),
        Kind::Astapa => {
            let nobody = json!({ "end_user_id": "nobody", "feature_key": "nothing" });
            Call::write(Method::POST, &["api", "platform", "features", "check"])
                .reading()
                .body(nobody)
        }
        Kind::Http | Kind::Local | Kind::Postgres => {
            Call::get(&["v1", "features"]).query("limit", "1")
        }
    }
}
