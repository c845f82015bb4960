//! A database that is named as the place of a project: its address read, and who knows the password.
//!
//! The password is looked for when a session is opened and not before, each time anew, so that a
//! server that goes on for months finds what was put into a file meanwhile. Only a keyring, which
//! may ask its owner, is asked once.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};

use super::context::Context;
use super::credential::{patience, shared_remark};
use super::failure::Failure;
use crate::config::credential::{
    self, Credential, CredentialError, DatabaseLogin, Found, Wanted, Whence, find,
};
use crate::config::{ConfigError, Kind, Named, Place, Remote, Setting, Source};
use crate::secret::Secret;
use crate::store::postgres;
use crate::store::postgres::place::{Host, Login, Password};
use crate::store::postgres::url::Url;

/// The variables that say as whom, where the address does not.
const USERS: [&str; 3] = ["PGUSER", "USER", "LOGNAME"];

/// What an address says.
///
/// # Errors
///
/// Exit 2 where it cannot be used, in words that do not repeat it.
pub fn url(place: &Place, remote: &Remote) -> Result<Url> {
    let Named { value, by } = &remote.base_url;
    let url: Url = value.parse().map_err(|error| match &place.profile {
        Some(profile) => {
            let message = format!("the address of profile `{profile}` cannot be used: {error}");
            let hint = format!("`flags profile show {profile}` shows where it comes from");
            Failure::usage("configuration", message).hint(hint)
        }
        None => {
            let message = format!("the address of the database cannot be used: {error}");
            Failure::usage("address", message)
                .hint("it is written postgres://USER@HOST:PORT/DATABASE?sslmode=…")
        }
    })?;
    if url.password.is_some() && !matches!(by, Source::Environment(_)) {
        return Err(ConfigError::PasswordInAddress(by.clone()).into());
    }
    if matches!(by, Source::File(_)) {
        absolute(&url, "the address of a profile")?;
    }
    Ok(url)
}

/// A relative path would mean another file in each directory that a command is run in.
///
/// # Errors
///
/// Exit 2 where there is one.
pub fn absolute(url: &Url, of: &str) -> Result<()> {
    let named = [
        ("sslrootcert", &url.root_certificates),
        ("sslcert", &url.certificate),
        ("sslkey", &url.key),
    ];
    for (name, path) in named {
        if let Some(path) = path
            && path != "system"
            && !path.starts_with('/')
        {
            let message = format!("{name} has to be an absolute path in {of}");
            return Err(Failure::usage("configuration", message).into());
        }
    }
    Ok(())
}

/// As whom, where the address does not say: a variable's value, and its name.
pub fn user_of_environment() -> Option<(&'static str, String)> {
    USERS.into_iter().find_map(|name| {
        let value = std::env::var(name).ok().filter(|value| !value.is_empty());
        Some((name, value?))
    })
}

/// The database, with all that it takes to open a session. Nothing is opened.
///
/// # Errors
///
/// Those of [`url`], and exit 2 where nobody says as whom.
pub fn place(context: &Context, place: &Place, remote: &Remote) -> Result<postgres::Place> {
    let mut found = unlocked(place, remote)?;
    found.password = passwords(wanted(context, place, &found), found.password);
    Ok(found)
}

/// The same without a password, but for one that stands in the address.
///
/// # Errors
///
/// As [`place`].
pub fn unlocked(place: &Place, remote: &Remote) -> Result<postgres::Place> {
    let url = url(place, remote)?;
    let user = match &url.user {
        Some(user) => user.clone(),
        None => user_of_environment().map(|(_, user)| user).ok_or_else(|| {
            let message = "the address of the database does not say as whom, and neither does \
                           PGUSER nor the login name";
            Failure::usage("address", message)
                .hint("write it before the host: postgres://USER@HOST")
        })?,
    };
    let mut found = postgres::Place::of(url, &user, remote.ca_bundle.clone());
    if let Some(seconds) = remote.timeout {
        let limit = Duration::from_secs(seconds);
        found.patience = limit;
        found.statement_timeout = found.statement_timeout.min(limit);
    }
    Ok(found)
}

/// What is wanted of whoever keeps the passwords.
pub fn wanted(context: &Context, place: &Place, found: &postgres::Place) -> Wanted {
    Wanted {
        profile: place.profile.clone(),
        kind: Kind::Postgres,
        origin: found.servers(),
        client_id: Some(found.user.clone()),
        file: context.asked().credential_file.clone(),
        patience: patience(context),
        login: found.hosts.first().map(|host| login(host, found)),
    }
}

fn login(host: &Host, found: &postgres::Place) -> DatabaseLogin {
    DatabaseLogin {
        host: host.name(),
        port: host.port(),
        database: found.database.clone(),
        user: found.user.clone(),
    }
}

/// Who is asked for a password: the file of the command line, the address, then the others.
fn passwords(wanted: Wanted, written: Password) -> Password {
    let of_keyring: OnceLock<Secret> = OnceLock::new();
    Password::Asked(Arc::new(move |login: &Login<'_>| {
        if let (Password::Known(secret), None) = (&written, &wanted.file) {
            return Ok(Some(secret.clone()));
        }
        if let Some(secret) = of_keyring.get() {
            return Ok(Some(secret.clone()));
        }
        let wanted = Wanted {
            login: Some(DatabaseLogin {
                host: login.host.name(),
                port: login.host.port(),
                database: login.database.to_owned(),
                user: login.user.to_owned(),
            }),
            ..wanted.clone()
        };
        let Some(Found { credential, whence }) = find(&wanted)? else {
            return Ok(None);
        };
        let secret = credential.secret().clone();
        if whence == Whence::Keyring {
            let _ = of_keyring.set(secret.clone());
        }
        Ok(Some(secret))
    }))
}

/// The same place with a password that was handed over.
pub fn with(found: postgres::Place, credential: &Credential) -> postgres::Place {
    postgres::Place {
        password: Password::Known(credential.secret().clone()),
        ..found
    }
}

/// Where the password would come from, as far as can be told without a keyring.
///
/// # Errors
///
/// Where what was kept cannot be read.
pub fn foreseen(
    context: &Context,
    place: &Place,
    remote: &Remote,
) -> Result<Option<Whence>, CredentialError> {
    let Ok(found) = unlocked(place, remote) else {
        return Ok(None);
    };
    match (&found.password, &remote.base_url.by) {
        (Password::Known(_), Source::Environment(name))
            if context.asked().credential_file.is_none() =>
        {
            Ok(Some(Whence::Variable(name)))
        }
        _ => credential::foreseen(&wanted(context, place, &found)),
    }
}

/// What an address says, one by one, and who says it; nothing of one that cannot be used.
pub fn settings(place: &Place, remote: &Remote) -> Vec<Setting> {
    let (Ok(url), Ok(found)) = (url(place, remote), unlocked(place, remote)) else {
        return Vec::new();
    };
    let of = |name: &str, value: Value, is_said: bool| Setting {
        name: name.to_owned(),
        value,
        by: match is_said {
            true => remote.base_url.by.clone(),
            false => Source::Default,
        },
    };
    let hosts: Vec<String> = found.hosts.iter().map(ToString::to_string).collect();
    let mut user = of("user", json!(found.user), url.user.is_some());
    if let (None, Some((variable, _))) = (&url.user, user_of_environment()) {
        user.by = Source::Environment(variable);
    }
    let target = found.target.as_str();
    let seconds = found.connect_timeout.as_secs();
    let mut settings = vec![
        of("hosts", json!(hosts), true),
        of("database", json!(found.database), true),
        user,
        of("schema", json!(found.schema), url.schema.is_some()),
        of("sslmode", json!(found.tls.as_str()), url.tls.is_some()),
        of("target_session_attrs", json!(target), url.target.is_some()),
        of(
            "connect_timeout",
            json!(seconds),
            url.connect_timeout.is_some(),
        ),
        of(
            "application_name",
            json!(found.application_name),
            url.application_name.is_some(),
        ),
    ];
    let named = [
        ("sslrootcert", url.root_certificates),
        ("sslcert", url.certificate),
        ("sslkey", url.key),
    ];
    for (name, file) in named {
        settings.extend(file.map(|file| of(name, json!(file), true)));
    }
    settings
}

/// Says what an operator should know before something passes to a database.
///
/// # Errors
///
/// Where it cannot be said.
pub fn remarks(context: &Context, found: &postgres::Place) -> Result<()> {
    if let Some(remark) = shared_remark(context.asked().credential_file.as_deref()) {
        context.warn(&remark)?;
    }
    if found.is_exposed() {
        context.warn(
            "sslmode=disable: whoever is between here and the database can read and alter what \
             passes",
        )?;
    }
    Ok(())
}

/// Refuses what is done with the file of a store, and says what does it with a database.
pub fn no_file(place: &Place) -> Failure {
    let message = format!(
        "this works on the file of a store, and the project is in the database {place} (PostgreSQL)"
    );
    Failure::refused("not_local", message)
        .hint(
            "`pg_dump` copies a database and `pg_restore` brings it back; base backups with \
               archived logs do so to any moment (PostgreSQL, Continuous Archiving)",
        )
        .hint("`flags export --subjects --overrides` writes the project as text")
}

/// Whether two places are one project.
pub fn same(one: &postgres::Place, other: &postgres::Place) -> bool {
    let shared = one.hosts.iter().any(|host| other.hosts.contains(host));
    shared && (&one.database, &one.schema) == (&other.database, &other.schema)
}

/// An address that was found to be good, without the password that may stand in it.
pub fn without_password(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or_default();
    let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
    let before = match before.split_once('@') {
        Some((who, hosts)) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{user}@{hosts}")
        }
        None => before.to_owned(),
    };
    let others = query
        .split('&')
        .filter(|part| !part.starts_with("password="));
    let others = others.collect::<Vec<_>>().join("&");
    match others.is_empty() {
        true => format!("{scheme}://{before}"),
        false => format!("{scheme}://{before}?{others}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_taken_out_of_an_address_and_nothing_else() {
        for (address, without) in [
            (
                "postgres://u:p@h,i:1/d?schema=s",
                "postgres://u@h,i:1/d?schema=s",
            ),
            (
                "postgres://u@h/d?password=p&schema=s",
                "postgres://u@h/d?schema=s",
            ),
            ("postgresql://h/d?password=p", "postgresql://h/d"),
            ("postgres:///d?host=%2Frun", "postgres:///d?host=%2Frun"),
        ] {
            assert_eq!(without_password(address), without);
        }
    }
}
