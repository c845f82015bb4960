//! When the token is valid, and for how long.

use jiff::Timestamp;

use super::super::duration::duration_in_words;
use super::super::finding::{Finding, FindingCode};
use super::super::times::{TimeClaim, Times, Validity};
use super::shown;

/// The longest lifetime nothing is said about: an hour, which is Astapa's. A change reaches a
/// user only with the next token, so a long life is a long wait.
const LONG: u64 = 3600;

/// How far clocks may be apart before it is worth a word, in seconds.
const APART: u64 = 60;

/// Looks at the times.
pub(super) fn look(times: &Times, now: Timestamp) -> Vec<Finding> {
    let claims = [
        ("iat", &times.issued_at),
        ("nbf", &times.not_before),
        ("exp", &times.expires_at),
    ];
    let in_milliseconds = |claim: &TimeClaim| claim.at().is_some_and(|at| at.is_milliseconds());
    let mut findings = Vec::new();
    for (name, claim) in claims {
        match claim {
            TimeClaim::NotANumber(value) => findings.push(not_a_number(name, &shown(value))),
            _ if in_milliseconds(claim) => findings.push(milliseconds(name)),
            TimeClaim::At(_) | TimeClaim::Absent => {}
        }
    }
    // What follows from a time that is a thousand times too large is not worth a word of its own.
    let (no_beginning, no_end) = (
        in_milliseconds(&times.not_before),
        in_milliseconds(&times.expires_at),
    );
    let validity = times.validity(now);
    findings.extend(standing(validity).filter(|_| !no_beginning && !no_end));
    if !no_end && !in_milliseconds(&times.issued_at) {
        findings.extend(lifetime(validity));
        findings.extend(from_the_future(times, now));
    }
    findings
}

fn not_a_number(name: &str, value: &str) -> Finding {
    let message = format!("claim {name} is {value}, expected a number of seconds since 1970");
    Finding::new(FindingCode::WrongType, message)
        .claim(name)
        .help("whoever verifies the token refuses it; have its issuer write a number")
}

fn milliseconds(name: &str) -> Finding {
    let message = format!(
        "claim {name} is more than a thousand years away: it counts milliseconds, where seconds \
         are meant"
    );
    Finding::new(FindingCode::Milliseconds, message)
        .claim(name)
        .help("have its issuer divide by 1000")
}

fn standing(validity: Validity) -> Option<Finding> {
    let found = |code, message: String| Some(Finding::new(code, message));
    match validity {
        Validity::Expired { .. } => {
            let message = format!("{validity}: whoever verifies the token refuses it");
            let finding = found(FindingCode::Expired, message)?.claim("exp");
            Some(
                finding
                    .help("refresh the session or sign in again; changes come with the new token"),
            )
        }
        Validity::NotYet { .. } => {
            let finding = found(FindingCode::NotYetValid, validity.to_string())?.claim("nbf");
            Some(finding.help("wait, or set the clock right: here, or at its issuer"))
        }
        Validity::Never => found(FindingCode::NeverValid, validity.to_string()),
        Validity::NoExpiry => {
            let message = "the token never expires: what it grants is granted for ever, whatever \
                           is changed";
            let finding = found(FindingCode::NoExpiry, message.to_owned())?.claim("exp");
            Some(finding.help("have its issuer set `exp` to an hour at most"))
        }
        Validity::Valid { .. } | Validity::Unreadable { .. } => None,
    }
}

fn lifetime(validity: Validity) -> Option<Finding> {
    let (seconds, at_least) = match validity {
        Validity::Valid {
            remaining,
            lifetime: None,
        } => (remaining, "at least "),
        Validity::Valid { lifetime, .. }
        | Validity::Expired { lifetime, .. }
        | Validity::NotYet { lifetime, .. } => (lifetime?, ""),
        Validity::NoExpiry | Validity::Never | Validity::Unreadable { .. } => return None,
    };
    let message = format!(
        "its lifetime is {at_least}{}: until it ends, no change of plan or override reaches its \
         holder",
        duration_in_words(seconds)
    );
    let finding = Finding::new(FindingCode::LongLifetime, message).claim("exp");
    (seconds > LONG).then(|| finding.help("have its issuer make tokens for an hour at most"))
}

fn from_the_future(times: &Times, now: Timestamp) -> Option<Finding> {
    let ahead = times.issued_at.at()?.seconds_after(now)?;
    let message = format!(
        "it was issued {} from now: one of the clocks is wrong",
        duration_in_words(ahead)
    );
    let finding = Finding::new(FindingCode::IssuedInFuture, message).claim("iat");
    (ahead > APART).then_some(finding)
}
