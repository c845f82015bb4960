//! What the server would be shown, and whether it is that of the right environment.

use anyhow::Result;

use super::super::Check;
use super::Server;
use crate::cli::credential::{find, sendable, wanted};
use crate::config::credential::Found;
use crate::config::{Kind, Place};
use crate::remote::api::Credential;

/// Finds the credential and looks at its form, which is checked before anything is sent.
///
/// # Errors
///
/// Exit 4 where there is none, 2 where what there is is none.
pub(super) fn check(server: &Server<'_>, checks: &mut Vec<Check>) -> Result<Credential> {
    let wanted = wanted(server.context, server.place, server.remote)?;
    let found = find(server.context, &wanted)?;
    let Some(Found { credential, whence }) = found else {
        let found = "none: the server is asked as nobody in particular";
        let advice = "`flags auth login` keeps a key; `flags serve keys create` makes one there";
        checks.push(Check::warning("credential", found).advice(advice));
        return Ok(Credential::None);
    };
    let form = match server.remote.kind {
        Kind::Workos | Kind::Http => "begins with sk_, as it has to",
        Kind::Astapa | Kind::Local | Kind::Postgres => "a client ID and its secret",
    };
    checks.push(Check::ok("credential", format!("from {whence}: {form}")));
    if server.remote.kind == Kind::Workos {
        checks.push(environment(server.place, credential.secret().expose()));
    }
    checks.extend(client_id(server));
    Ok(sendable(&credential))
}

/// Words by which people call their environments.
const LIVE: [&str; 3] = ["prod", "live", "main"];
const TRIAL: [&str; 5] = ["stag", "test", "dev", "sandbox", "local"];

/// A key for tests behind a profile for customers, or the other way round.
fn environment(place: &Place, key: &str) -> Check {
    let name = place.profile.as_deref().unwrap_or_default();
    let called = |words: &[&str]| {
        words
            .iter()
            .any(|word| name.to_ascii_lowercase().contains(word))
    };
    let (trial, live) = (key.starts_with("sk_test_"), key.starts_with("sk_live_"));
    let problem = |what: String| {
        Check::problem("environment", what).advice(
            "`flags auth login` takes the key of the right environment (Dashboard, API Keys)",
        )
    };
    if trial && called(&LIVE) {
        return problem(format!(
            "profile {name} has a key of a test environment (sk_test_…)"
        ));
    }
    if live && called(&TRIAL) && !called(&LIVE) {
        return problem(format!(
            "profile {name} has the key of a live environment (sk_live_…)"
        ));
    }
    match (trial, live) {
        (true, _) if place.protected => Check::warning(
            "environment",
            "the profile is protected, and its key is of a test environment",
        )
        .advice("look whether this is the environment that is meant"),
        (true, _) => Check::ok("environment", "a test environment (sk_test_…)"),
        (_, true) if !place.protected => Check::warning(
            "environment",
            "a live environment (sk_live_…), and the profile is not protected",
        )
        .advice("`protected = true` in the profile asks before every write"),
        (_, true) => Check::ok("environment", "a live environment (sk_live_…), protected"),
        (false, false) => Check::ok("environment", "the key does not say which it is of"),
    }
}

/// The client's name, without which the keys of tokens are not found.
fn client_id(server: &Server<'_>) -> Option<Check> {
    if server.remote.kind != Kind::Workos {
        return None;
    }
    let Some(id) = &server.remote.client_id else {
        let found = "nobody says WORKOS_CLIENT_ID, so that tokens cannot be proven";
        let advice = "set WORKOS_CLIENT_ID, or client_id in the profile (Dashboard, API Keys)";
        return Some(Check::warning("client id", found).advice(advice));
    };
    Some(
        match id
            .value
            .strip_prefix("client_")
            .is_some_and(|rest| !rest.is_empty())
        {
            true => Check::ok("client id", format!("{}, from {}", id.value, id.by)),
            false => Check::problem(
                "client id",
                format!("what {} says does not begin with client_", id.by),
            )
            .advice("copy the client ID from the Dashboard, API Keys"),
        },
    )
}
