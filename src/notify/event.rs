//! What is reported, whoever it is for: an event about one thing, by its name, with what was there
//! before and what is there after.
//!
//! What WorkOS reports has WorkOS's names. What only this program knows (plans and what they give,
//! overrides, subjects) has names of its own, under `entitlements.`, so that a receiver made for
//! WorkOS's events takes none of them for another.

use aws_lc_rs::digest::{Context, SHA256};
use serde_json::{Map, Value};

use crate::domain::catalog::Revision;
use crate::domain::diff::DiffLine;
use crate::told::ID_DIGITS;

/// The names of all events.
pub const NAMES: [&str; 23] = [
    "flag.created",
    "flag.updated",
    "flag.deleted",
    "flag.rule_updated",
    "entitlements.plan.created",
    "entitlements.plan.updated",
    "entitlements.plan.deleted",
    "entitlements.grant.created",
    "entitlements.grant.updated",
    "entitlements.grant.deleted",
    "entitlements.override.created",
    "entitlements.override.updated",
    "entitlements.override.deleted",
    "entitlements.override.bulk",
    "entitlements.user.created",
    "entitlements.user.updated",
    "entitlements.user.deleted",
    "entitlements.user.bulk",
    "entitlements.organization.created",
    "entitlements.organization.updated",
    "entitlements.organization.deleted",
    "entitlements.organization.bulk",
    "entitlements.settings.updated",
];

/// Something that happened to one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The same for the same event, however often it is told; no other event has it.
    pub id: String,
    /// One of [`NAMES`].
    pub name: &'static str,
    /// What it is about, such as `feature analytics`: events about the same arrive in order.
    pub about: String,
    /// What it happened to, such as `user u1`, for people.
    pub thing: String,
    /// The revision that the write made.
    pub revision: Revision,
    /// When it was written, in milliseconds since 1970, UTC.
    pub at: i64,
    /// Who wrote it.
    pub actor: String,
    /// The command's name.
    pub command: String,
    /// Why.
    pub reason: Option<String>,
    /// What happened, in words, such as `was disabled`.
    pub happened: &'static str,
    /// The thing as it is after the event; as it was, where it is gone.
    pub data: Value,
    /// What a receiver may want to know beside it.
    pub context: Map<String, Value>,
    /// What became of each part, for people.
    pub lines: Vec<DiffLine>,
    /// How many lines were left out.
    pub more: u64,
}

/// An identifier in the form of WorkOS's: a ULID of a moment, and of what tells this thing from
/// others instead of a random number. Made again, it is the same.
pub fn identifier(prefix: &str, at: i64, parts: &[&[u8]]) -> String {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let hash = context.finish();
    let low = hash.as_ref().iter().take(10);
    let low = low.fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    // 48 bits of time, as a ULID has; a moment before 1970 counts as 1970.
    let time = u128::try_from(at).unwrap_or_default() & ((1 << 48) - 1);
    let number = time << 80 | low;
    let digits = (0..26).rev().map(|place| {
        let digit = usize::try_from(number >> (5 * place) & 31).unwrap_or_default();
        char::from(ID_DIGITS[digit])
    });
    prefix.chars().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_the_form_of_workos_and_is_the_same_each_time() {
        let made = |at, part: &[u8]| identifier("event_", at, &[part, b"x"]);
        let first = made(1_777_636_800_123, b"a");
        assert_eq!(first.len(), "event_01EHZNVPK3SFK441A1RGBFSHRT".len());
        assert!(first.starts_with("event_01K"), "{first}");
        assert_eq!(first, made(1_777_636_800_123, b"a"));
        assert_ne!(first, made(1_777_636_800_123, b"b"));
        assert_ne!(first, made(1_777_636_800_124, b"a"));
        // Later ones sort behind earlier ones.
        assert!(first < made(1_777_636_800_124, b"a"));
        assert_ne!(
            identifier("", 0, &[b"ab", b"c"]),
            identifier("", 0, &[b"a", b"bc"])
        );
    }
}
