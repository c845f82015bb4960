//! What cannot be seen from here, and where to look: by what an operator notices.

use super::super::{Check, Status};
use crate::config::Kind;

/// The notes for a kind of server.
pub(super) fn notes(kind: Kind) -> Vec<Check> {
    let notes: &[(&'static str, &'static str, &'static str)] = match kind {
        Kind::Workos => &WORKOS,
        Kind::Astapa => &ASTAPA,
        Kind::Http | Kind::Local | Kind::Postgres => &OURS,
    };
    let note = |(name, found, advice): &(&'static str, &str, &str)| {
        Check::new(name, Status::Note, *found).advice(*advice)
    };
    notes.iter().map(note).collect()
}

type Note = (&'static str, &'static str, &'static str);

const WORKOS: [Note; 5] = [
    (
        "no flags in token",
        "if a token has no flags at all, its user did not sign in through WorkOS, the organization is not \
         linked, or the flag is a draft",
        "`flags token inspect` shows what is there; then sign out and in",
    ),
    (
        "flag not in token",
        "if one flag is missing, targeting leaves the user or the token's organization out",
        "`flags token diff` tells which; `flags explain FLAG --user ID --org ID` tells why",
    ),
    (
        "change not seen",
        "a change reaches a user when the token is renewed: after 5 to 10 minutes, or at the next sign-in",
        "`flags token inspect` shows until when it is valid; the Dashboard shortens its life",
    ),
    (
        "slack",
        "Slack messages are connected in the Dashboard and cannot be seen from here",
        "Dashboard, Feature Flags: `Connected to Slack`, the channel exists, and the app is still allowed in \
         the workspace; else disconnect and connect again",
    ),
    (
        "code",
        "an application reads a flag that is missing as off",
        "write `flags?.['key'] ?? false`, with the key exactly as `flags feature list` shows it",
    ),
];

const ASTAPA: [Note; 4] = [
    (
        "writing",
        "whether the client may write cannot be found out without writing",
        "`flags set FEATURE --user ID --dry-run` shows a write; its first one tells (exit 4)",
    ),
    (
        "features",
        "a project has 50 features at most, and Astapa does not list them",
        "Astapa's Dashboard, Features tab",
    ),
    (
        "feature not in token",
        "features are resolved when a token is issued: from the plan, then the user's overrides",
        "`flags token diff --refresh-token-file FILE` compares with a fresh token; `flags check FEATURE \
         --user ID` asks Astapa",
    ),
    (
        "code",
        "a feature that is off is left out of a token, and a limit of 0 counts as none",
        "read `features.key === true`, and a limit only where it is a number above 0",
    ),
];

const OURS: [Note; 1] = [(
    "server",
    "the store behind the server is looked at where it is",
    "`flags doctor --store PATH` on the server's machine",
)];
