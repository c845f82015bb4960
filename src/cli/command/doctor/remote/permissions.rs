//! What the server lets us do, found out by questions that change nothing.

use serde_json::{Value, json};

use super::super::Check;
use super::Server;
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, classify};
use crate::config::Kind;
use crate::domain::key::FeatureKey;
use crate::remote::api::{Api, ApiError, Call, Class, Method, Reply};

/// A question, and what it shows.
struct Probe {
    /// What may be done by whom it answers.
    what: &'static str,
    call: Call,
    /// A member that every answer has: anything can answer with success, a login page too.
    telling: &'static str,
    /// Where a refusal is no problem: not every key needs it.
    spare: bool,
}

/// Asks all of it. What comes back is the first answer, whose headers tell more.
///
/// # Errors
///
/// Why the server cannot be asked as who we are.
pub(super) fn check(
    server: &Server<'_>,
    api: &Api,
    feature: Option<&FeatureKey>,
    checks: &mut Vec<Check>,
) -> Result<Reply, Failure> {
    let kind = server.remote.kind;
    let mut first = None;
    for probe in probes(kind) {
        match ask(api, &probe) {
            Ok(reply) => {
                checks.push(answered(kind, &probe, &reply));
                first.get_or_insert(reply);
            }
            Err(error) if is_an_answer(kind, &error) => {
                checks.push(Check::ok("permission", format!("{}: yes", probe.what)));
            }
            Err(error) if probe.spare && error.class() != Class::Remote => {
                let found = format!(
                    "{}: no ({})",
                    probe.what,
                    error.status().unwrap_or_default()
                );
                checks.push(Check::warning("permission", found).advice(allow(kind)));
            }
            Err(error) => return Err(refused(kind, &probe, error, checks)),
        }
    }
    if let (Some(key), Kind::Workos | Kind::Http) = (feature, kind) {
        checks.push(the_feature(api, kind, key));
    }
    match first {
        Some(reply) => Ok(reply),
        // Astapa's answer that there is no such user has no headers that could be read.
        None => alive(api).map_err(|error| classify(error.into())),
    }
}

fn probes(kind: Kind) -> Vec<Probe> {
    let probe = |what, call, telling, spare| Probe {
        what,
        call,
        telling,
        spare,
    };
    let one = |path: &[&str]| Call::get(path).query("limit", "1");
    match kind {
        Kind::Workos => vec![
            probe("list flags", one(&["feature-flags"]), "data", false),
            probe(
                "read the configuration",
                Call::get(&["sdk", "feature-flags"]),
                "",
                true,
            ),
            probe("list organizations", one(&["organizations"]), "data", true),
        ],
        Kind::Astapa => vec![probe("ask about features", nobody(), "has_feature", false)],
        Kind::Http | Kind::Local | Kind::Postgres => vec![
            probe("read features", one(&["v1", "features"]), "items", false),
            probe("read the history", one(&["v1", "log"]), "items", true),
        ],
    }
}

/// A question about nobody, which only a client that is known gets an answer to.
fn nobody() -> Call {
    Call::write(Method::POST, &["api", "platform", "features", "check"])
        .reading()
        .body(json!({"end_user_id": "nobody", "feature_key": "nothing"}))
}

fn ask(api: &Api, probe: &Probe) -> Result<Reply, ApiError> {
    let reply = api.call(&probe.call)?;
    match reply.value()? {
        Value::Object(found) if probe.telling.is_empty() || found.contains_key(probe.telling) => {
            Ok(reply)
        }
        _ => Err(reply.unfit(format!("it has no `{}`", probe.telling))),
    }
}

/// Astapa looks at who asks before it looks for what is asked about.
fn is_an_answer(kind: Kind, error: &ApiError) -> bool {
    kind == Kind::Astapa
        && error.class() == Class::Refused
        && matches!(error.status(), Some(404 | 422))
        && error.server_code().is_some()
}

fn answered(kind: Kind, probe: &Probe, reply: &Reply) -> Check {
    let found = format!("{}: yes", probe.what);
    let none = reply
        .value()
        .is_ok_and(|found| found["data"].as_array().is_some_and(Vec::is_empty));
    match (kind, probe.what) {
        (Kind::Workos, "list organizations") if none => {
            Check::warning("organizations", "there is none in this environment")
                .advice("make one in the Dashboard: flags are targeted at organizations and users")
        }
        (Kind::Workos, "list flags") if none => {
            Check::warning("flags", "there is none in this environment")
                .advice("make one in the Dashboard, Feature Flags, and look whether this is the right environment")
        }
        _ => Check::ok("permission", found),
    }
}

/// Who asks is not known, may not, or there is nobody who can tell.
fn refused(kind: Kind, probe: &Probe, error: ApiError, checks: &mut Vec<Check>) -> Failure {
    let (status, class) = (error.status(), error.class());
    let failure = classify(error.into());
    let (name, advice) = match (class, status) {
        (Class::Denied, Some(403)) => ("permission", allow(kind)),
        (Class::Denied, _) => ("permission", known(kind)),
        (_, Some(429)) => (
            "rate limit",
            "wait until then, and look who else uses the key",
        ),
        (Class::Refused, _) => (
            "protocol",
            "look whether the address is that of such a server (`flags profile show`)",
        ),
        _ => (
            "answer",
            "look whether the address is right and nothing stands in between, such as a proxy",
        ),
    };
    let found = format!("{}: {}", probe.what, failure.message);
    checks.push(Check::problem(name, found).advice(advice));
    // Where the first question is refused for another reason than who asks, nobody is there who
    // speaks as expected.
    let exit = match class {
        Class::Denied => Exit::Denied,
        _ => Exit::Remote,
    };
    Failure { exit, ..failure }
}

fn allow(kind: Kind) -> &'static str {
    match kind {
        Kind::Workos => {
            "Dashboard, API Keys: the key must be of this environment (staging or production), and its \
             permissions include Feature Flags"
        }
        Kind::Astapa => "Astapa's Dashboard: the client must belong to this project",
        Kind::Http | Kind::Local | Kind::Postgres => {
            "`flags serve keys create --scope …` makes a key that may, where the server is"
        }
    }
}

fn known(kind: Kind) -> &'static str {
    match kind {
        Kind::Workos => {
            "Dashboard, API Keys: look whether the key was rotated or revoked, then `flags auth login`"
        }
        Kind::Astapa => {
            "Astapa's Dashboard shows the client's ID and makes a new secret; then `flags auth login`"
        }
        Kind::Http | Kind::Local | Kind::Postgres => {
            "`flags serve keys list` where the server is; then `flags auth login`"
        }
    }
}

/// A sign of life, for its headers.
fn alive(api: &Api) -> Result<Reply, ApiError> {
    api.call(&Call::get(&[".well-known", "jwks.json"]))
}

/// Whether a feature is there and on, and for whom.
fn the_feature(api: &Api, kind: Kind, key: &FeatureKey) -> Check {
    let path = match kind {
        Kind::Workos => vec!["feature-flags", key.as_str()],
        _ => vec!["v1", "features", key.as_str()],
    };
    let found = api.call(&Call::get(&path)).and_then(|reply| reply.value());
    match found {
        Ok(found) if found["enabled"] == json!(false) => {
            Check::warning("feature", format!("{key} is disabled, so nobody gets it"))
                .advice(format!("`flags feature enable {key}`"))
        }
        Ok(found) if found["enabled"] == json!(true) => Check::ok(
            "feature",
            format!(
                "{key} is there and enabled; `flags explain {key} --user ID` tells who gets it"
            ),
        ),
        Ok(_) => Check::problem(
            "feature",
            format!("what the server says of {key} cannot be read"),
        ),
        Err(error) if error.status() == Some(404) => Check::problem(
            "feature",
            format!("there is no {key}: misspelt, a draft, or of another environment"),
        )
        .advice("`flags feature list` shows what there is"),
        Err(error) => Check::problem("feature", error.to_string()),
    }
}
