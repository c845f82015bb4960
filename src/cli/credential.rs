//! A profile's server and its credential, put together when something is about to be sent.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use xxhash_rust::xxh3::xxh3_64;

use super::context::Context;
use super::failure::{Failure, classify};
use super::shell::quoted;
use crate::config::credential::{self, Credential, Found, Wanted, is_shared, variables};
use crate::config::{Kind, Place, Remote, state_directory};
use crate::remote::api::{self, Api, Known, Options};
use crate::remote::{Address, Client, Limits};
use crate::store::{Environment, Location, Server, StoreError};

/// How long a keyring may take: where somebody is there to type its password, and elsewhere.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(5));

/// How long a keyring may take.
pub fn patience(context: &Context) -> Duration {
    match context.terminal.interactive() {
        true => PATIENCE.0,
        false => PATIENCE.1,
    }
}

/// The address of a profile's server.
///
/// # Errors
///
/// Exit 2 where it is none, or one that nothing may be sent to.
pub fn address(place: &Place, remote: &Remote) -> Result<Address> {
    let address = remote.base_url.value.parse::<Address>();
    Ok(address.map_err(|error| {
        let profile = place.profile.as_deref().unwrap_or_default();
        let message = format!("the address of profile `{profile}` cannot be used: {error}");
        Failure::usage("configuration", message).hint(format!(
            "`flags profile show {profile}` shows where it comes from"
        ))
    })?)
}

/// What is wanted of whoever keeps the credentials.
///
/// # Errors
///
/// Those of [`address`].
pub fn wanted(context: &Context, place: &Place, remote: &Remote) -> Result<Wanted> {
    Ok(Wanted {
        profile: place.profile.clone(),
        kind: remote.kind,
        origin: address(place, remote)?.server(),
        client_id: remote.client_id.as_ref().map(|named| named.value.clone()),
        file: context.asked().credential_file.clone(),
        patience: patience(context),
        login: None,
    })
}

/// The credential for a profile's server; `None` where it wants none, as far as we know.
///
/// # Errors
///
/// Exit 4 where there is none for a server that wants one, 2 where there is one that is none.
pub fn find(context: &Context, wanted: &Wanted) -> Result<Option<Found>> {
    look(&*context.warner(), wanted)
}

/// The same for those who cannot be handed the context.
fn look(warn: &dyn Fn(&str), wanted: &Wanted) -> Result<Option<Found>> {
    if let Some(shared) = shared_remark(wanted.file.as_deref()) {
        warn(&shared);
    }
    let found = credential::find(wanted)?;
    if found.is_none() && wanted.kind != Kind::Http {
        return Err(missing(wanted).into());
    }
    Ok(found)
}

/// What is said of a file with a secret that others can read.
pub fn shared_remark(file: Option<&Path>) -> Option<String> {
    let file = file.filter(|file| is_shared(file))?;
    Some(format!(
        "others can read {}: `chmod 600` keeps a secret to its owner",
        file.display()
    ))
}

/// A server that knows nobody without a credential, and there is none.
pub fn missing(wanted: &Wanted) -> Failure {
    let what = match wanted.kind {
        Kind::Astapa => "client secret",
        Kind::Postgres => "password",
        _ => "API key",
    };
    let message = format!(
        "there is no {what} for {} at {}",
        wanted.kind.title(),
        wanted.origin
    );
    let login = match &wanted.profile {
        Some(profile) => format!("`flags auth login --profile {}` keeps one", quoted(profile)),
        None => "`flags auth login` keeps one".to_owned(),
    };
    let variables = variables(wanted.kind).join(" and ");
    Failure::denied("no_credential", message)
        .hint(login)
        .hint(format!(
            "{variables}, or --credential-file FILE, is for once"
        ))
}

/// A credential as it travels.
pub fn sendable(credential: &Credential) -> api::Credential {
    match credential {
        Credential::Key(key) => api::Credential::Bearer(key.clone()),
        Credential::Client { id, secret } => api::Credential::Body {
            client_id: id.clone(),
            client_secret: secret.clone(),
        },
    }
}

/// What a profile's server knows us by, looked for when the first call is made.
///
/// # Errors
///
/// Those of [`address`]; those of [`find`] come with the call.
pub fn known(context: &Context, place: &Place, remote: &Remote) -> Result<Known> {
    let wanted = wanted(context, place, remote)?;
    let warn = context.warner();
    Ok(Known::sought(move || match look(&*warn, &wanted) {
        Ok(found) => Ok(found.map_or(api::Credential::None, |found| sendable(&found.credential))),
        Err(error) => Err(classify(error).into()),
    }))
}

/// A profile's server, to be called with a credential. Nothing is opened before the first call.
///
/// # Errors
///
/// Those of [`address`].
pub fn api(
    context: &Context,
    place: &Place,
    remote: &Remote,
    known: impl Into<Known>,
) -> Result<Api> {
    let client = Client::new(remote.ca_bundle.clone(), Limits::default());
    let options = options(context, remote);
    Ok(Api::new(client, address(place, remote)?, known, options))
}

/// The same for a look at whether it works at all: with less patience, and hardly a second try.
///
/// # Errors
///
/// Those of [`address`].
pub fn api_for_doctor(
    context: &Context,
    place: &Place,
    remote: &Remote,
    known: api::Credential,
) -> Result<Api> {
    const PATIENCE: Duration = Duration::from_secs(15);
    let client = Client::new(remote.ca_bundle.clone(), Limits::default());
    let usual = options(context, remote);
    let options = Options {
        deadline: usual.deadline.min(PATIENCE),
        retries: 1,
        ..usual
    };
    Ok(Api::new(client, address(place, remote)?, known, options))
}

/// How far a call to a profile's server may go.
fn options(context: &Context, remote: &Remote) -> Options {
    let usual = Options::default();
    Options {
        deadline: remote.timeout.map_or(usual.deadline, Duration::from_secs),
        knows_keys: remote.kind == Kind::Http,
        watcher: context.watcher(),
        ..usual
    }
}

/// Where a remote store is, with all that it takes to ask it.
///
/// # Errors
///
/// Those of [`address`].
pub fn location(
    context: &Context,
    place: &Place,
    remote: &Remote,
    known: Known,
) -> Result<Location> {
    let server = Server {
        address: address(place, remote)?,
        known,
        ca_bundle: remote.ca_bundle.clone(),
        options: options(context, remote),
    };
    match remote.kind {
        Kind::Http => Ok(Location::Http(server)),
        Kind::Workos => Ok(Location::Workos(Environment {
            server,
            journal: journal(place),
            notes: Some(context.warner()),
        })),
        Kind::Astapa => Ok(Location::Astapa(server)),
        Kind::Local | Kind::Postgres => Err(StoreError::Unsupported {
            what: format!("a project at {} cannot be opened", remote.kind.title()),
            instead: None,
        }
        .into()),
    }
}

/// Where it is written down what was done of a write of several changes: a file for each profile.
fn journal(place: &Place) -> Option<PathBuf> {
    let profile = place.profile.as_deref()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name: String = match profile.chars().all(plain) {
        true => format!("{profile}.journal"),
        false => format!("{:016x}.journal", xxh3_64(profile.as_bytes())),
    };
    Some(state_directory()?.join("writes").join(name))
}
