//! How the token says it is signed.

use super::super::algorithm::{Algorithm, Family};
use super::super::decode::Decoded;
use super::super::finding::{Finding, FindingCode};
use super::{shortened, shown};

/// A sound algorithm (RFC 8032 §5.2) that no key of ours is for.
const ED448: &str = "Ed448";

/// With SHA-1: registered as prohibited (IANA, JSON Web Signature and Encryption Algorithms).
const WEAK: [&str; 2] = ["RS1", "HS1"];

/// Members that bring a key along or say where one is (RFC 7515 §4.1.2 to §4.1.6).
const KEYS: [&str; 4] = ["jku", "jwk", "x5u", "x5c"];

/// Looks at the header.
pub(super) fn look(decoded: &Decoded) -> Vec<Finding> {
    let mut findings: Vec<Finding> = algorithm(decoded).into_iter().collect();
    for member in KEYS {
        if decoded.header().contains_key(member) {
            findings.push(key(member));
        }
    }
    if let Some(demands) = decoded.header().get("crit") {
        let message = format!(
            "the header demands that whoever does not understand {} refuses the token",
            shown(demands)
        );
        let finding = Finding::new(FindingCode::CriticalHeader, message).claim("crit");
        findings.push(finding.help("make sure that those who verify it know these extensions"));
    }
    findings
}

fn algorithm(decoded: &Decoded) -> Option<Finding> {
    let Some(name) = decoded.algorithm() else {
        let message = "the header names no algorithm, so nobody can verify the token";
        return Some(Finding::new(FindingCode::NoAlgorithm, message).claim("alg"));
    };
    let found = |code, message: String| Some(Finding::new(code, message).claim("alg"));
    if name.eq_ignore_ascii_case("none") {
        let message = "the token is unsigned (`none`): anybody can have written what it says";
        let finding = found(FindingCode::Unsigned, message.to_owned());
        return finding.map(|it| it.help("accept it nowhere, and find out who made it"));
    }
    let shown = shortened(name);
    if decoded.signature_bytes() == 0 {
        let message = format!(
            "the header says {shown}, but there is no signature: it was cut off, or never made"
        );
        return found(FindingCode::NoSignature, message);
    }
    if WEAK.contains(&name) {
        let message = format!("{shown} relies on SHA-1, which is broken and prohibited for tokens");
        let finding = found(FindingCode::WeakAlgorithm, message);
        return finding.map(|it| it.help("have its issuer sign with RS256 or ES256"));
    }
    match Algorithm::named(name).map(Algorithm::family) {
        Some(Family::Secret) => {
            let message = format!(
                "{shown} signs with a shared secret: whoever can verify the token can also mint \
                 one"
            );
            return found(FindingCode::SharedSecret, message);
        }
        Some(_) => return None,
        None if name == ED448 => return None,
        None => {}
    }
    let message = format!("`{shown}` is no algorithm known here; the names are case-sensitive");
    found(FindingCode::UnknownAlgorithm, message)
}

fn key(member: &'static str) -> Finding {
    let message = format!(
        "the header brings or names a key of its own (`{member}`), chosen by whoever wrote the \
         token; it is ignored here and never fetched"
    );
    Finding::new(FindingCode::KeyInHeader, message)
        .claim(member)
        .help("verify with keys that come from the issuer itself")
}
