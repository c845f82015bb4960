//! Why a token is to be refused, worked out once more and in another way: from header and claims
//! as they were put into the token, one rule after the other, times in quarters of a second.

use crate::token::{Algorithm, Family, Policy, Reason};
use serde_json::{Map, Value};

type Members = Map<String, Value>;

/// The reason, or `None` for a token to be taken. Its signature is the secret's, wherever its
/// algorithm is for secrets.
#[must_use]
pub fn expected(header: &Members, claims: &Members, policy: &Policy, now: i32) -> Option<Reason> {
    let judged = of_header(header, policy);
    if judged.is_some() || policy.signature_only {
        return judged;
    }
    let looked_at = |name: &str| match policy.ignored.iter().any(|ignored| ignored == name) {
        true => None,
        false => claims.get(name),
    };
    of_type(header, policy)
        .or_else(|| of_types(&looked_at))
        .or_else(|| of_times(&looked_at, policy, now))
        .or_else(|| of_audience(&looked_at, policy))
        .or_else(|| of_names(&looked_at, policy))
        .or_else(|| {
            let mut required = policy.required.iter();
            let missing = required.any(|name| !claims.contains_key(name));
            missing.then_some(Reason::RequiredClaim)
        })
}

fn of_header(header: &Members, policy: &Policy) -> Option<Reason> {
    if header.get("kid").is_some_and(|id| !id.is_string()) {
        return Some(Reason::Malformed);
    }
    if header.contains_key("crit") || header.get("b64").is_some_and(|b64| b64 != &Value::Bool(true))
    {
        return Some(Reason::Crit);
    }
    let algorithm = header["alg"].as_str().and_then(Algorithm::named);
    let Some(algorithm) = algorithm else {
        return Some(Reason::Alg);
    };
    if !policy.algorithms.is_empty() && !policy.algorithms.contains(&algorithm) {
        return Some(Reason::Alg);
    }
    (algorithm.family() != Family::Secret).then_some(Reason::Key)
}

fn of_type(header: &Members, policy: &Policy) -> Option<Reason> {
    if policy.types.is_empty() || policy.ignored.iter().any(|ignored| ignored == "typ") {
        return None;
    }
    let bare = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.strip_prefix("application/").unwrap_or(&name).to_owned()
    };
    let said = header.get("typ").and_then(Value::as_str).map(bare);
    let asked = policy.types.iter().map(|name| bare(name));
    (!asked.map(Some).any(|asked| asked == said)).then_some(Reason::Typ)
}

fn of_types<'claims>(looked_at: &impl Fn(&str) -> Option<&'claims Value>) -> Option<Reason> {
    let numbers = ["exp", "nbf", "iat"].iter().all(|name| looked_at(name).is_none_or(Value::is_number));
    let texts = ["iss", "sub", "jti"].iter().all(|name| looked_at(name).is_none_or(Value::is_string));
    let audience = looked_at("aud").is_none_or(|aud| match aud.as_array() {
        Some(names) => names.iter().all(Value::is_string),
        None => aud.is_string(),
    });
    (!(numbers && texts && audience)).then_some(Reason::ClaimsType)
}

/// A time in quarters of a second: all times of a case are whole ones.
fn quarters(value: &Value) -> i128 {
    let whole = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
    // What a double cannot hold is far outside of what is compared.
    whole.map_or_else(|| (value.as_f64().unwrap_or(0.0) * 4.0) as i128, |whole| whole * 4)
}

fn of_times<'claims>(
    looked_at: &impl Fn(&str) -> Option<&'claims Value>,
    policy: &Policy,
    now: i32,
) -> Option<Reason> {
    let time = |name: &str| looked_at(name).map(quarters);
    let now = i128::from(now) * 4;
    let leeway = i128::from(policy.leeway) * 4;
    if time("exp").is_some_and(|expiry| expiry.saturating_add(leeway) <= now) {
        return Some(Reason::Expired);
    }
    if time("nbf").is_some_and(|beginning| beginning.saturating_sub(leeway) > now) {
        return Some(Reason::NotYetValid);
    }
    let most = i128::from(policy.max_age?) * 4;
    if policy.ignored.iter().any(|ignored| ignored == "iat") {
        return None;
    }
    let Some(issued) = time("iat") else {
        return Some(Reason::RequiredClaim);
    };
    if issued.saturating_sub(leeway) > now {
        return Some(Reason::NotYetValid);
    }
    let oldest = now - most - leeway;
    (issued < oldest).then_some(Reason::Expired)
}

fn of_audience<'claims>(
    looked_at: &impl Fn(&str) -> Option<&'claims Value>,
    policy: &Policy,
) -> Option<Reason> {
    if policy.any_audience || policy.ignored.iter().any(|ignored| ignored == "aud") {
        return None;
    }
    let refused = match looked_at("aud") {
        None => !policy.audiences.is_empty(),
        Some(Value::String(name)) => !policy.audiences.contains(name),
        Some(names) => !policy.audiences.iter().any(|asked| {
            let names = names.as_array().into_iter().flatten();
            names.filter_map(Value::as_str).any(|name| name == asked)
        }),
    };
    refused.then_some(Reason::Audience)
}

fn of_names<'claims>(
    looked_at: &impl Fn(&str) -> Option<&'claims Value>,
    policy: &Policy,
) -> Option<Reason> {
    let asked = [
        ("iss", &policy.issuers, Reason::Issuer),
        ("sub", &policy.subjects, Reason::Subject),
        ("jti", &policy.token_ids, Reason::Jti),
    ];
    let is_ignored = |name: &str| policy.ignored.iter().any(|ignored| ignored == name);
    let wrong = asked.into_iter().find(|(name, asked, _)| {
        let said = looked_at(name).and_then(Value::as_str);
        let is_it = asked.iter().any(|asked| said == Some(asked));
        !asked.is_empty() && !is_ignored(name) && !is_it
    });
    wrong.map(|(_, _, reason)| reason)
}
