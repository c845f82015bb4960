//! Decoding without a key: our strict `decode` beside the crate's `insecure_decode`.
//!
//! Every way answers the same question of each token, which features are on and for whom, so that
//! a decoder that leaves the work for later has to do it here.

use std::fs;

use flags::token::{TokenValue, decode};
use jsonwebtoken::dangerous::insecure_decode;
use serde_json::Value;

use crate::claims::Claims;
use crate::{Result, clock};

/// Tokens a pass: as many as fit the processor's caches.
const PASS: usize = 500;

/// Decodes until the time is up.
pub fn run(way: &str, tokens: &str, seconds: f64) -> Result<()> {
    let text = fs::read_to_string(tokens)?;
    let tokens: Vec<_> = text.lines().take(PASS).collect();
    let answer = match way {
        "library" => claims_of,
        "statement" => statement_of,
        "crate" => typed_of,
        _ => return Err("library, statement or crate".into()),
    };
    clock::run(seconds, tokens.len(), || {
        let mut sum = 0_u64;
        for token in &tokens {
            sum = sum.wrapping_mul(31).wrapping_add(answer(token)?);
        }
        Ok(sum)
    })
}

/// The claims as a tree, looked into by hand.
fn claims_of(token: &str) -> Result<u64> {
    let decoded = decode(token)?;
    let claims = decoded.claims();
    let features = claims.get("features").and_then(Value::as_object);
    let on = features.map_or(0, |features| {
        features.values().filter(|value| is_on(value)).count()
    });
    Ok(answer(on, claims.get("sub").and_then(Value::as_str)))
}

/// What `flags` makes of the claims, whichever product wrote them.
fn statement_of(token: &str) -> Result<u64> {
    let said = decode(token)?.statement();
    let on = |value: &TokenValue| matches!(value, TokenValue::On | TokenValue::Limit(1..));
    let on = said
        .features
        .iter()
        .filter(|found| on(&found.value))
        .count();
    Ok(answer(on, said.subject.as_deref()))
}

fn typed_of(token: &str) -> Result<u64> {
    let claims = insecure_decode::<Claims>(token)?.claims;
    let on = claims
        .features
        .values()
        .filter(|value| is_on(value))
        .count();
    Ok(answer(on, Some(&claims.sub)))
}

fn is_on(value: &Value) -> bool {
    value.as_bool().unwrap_or(false) || value.as_u64().is_some_and(|limit| limit > 0)
}

fn answer(on: usize, subject: Option<&str>) -> u64 {
    let last = subject
        .and_then(|subject| subject.bytes().last())
        .unwrap_or(0);
    on as u64 * 256 + u64::from(last)
}
