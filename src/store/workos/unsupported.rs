//! What WorkOS's API cannot do, each with the place or the command that can. Said before anything is
//! sent.

use crate::domain::change::Change;
use crate::domain::key::FeatureKey;
use crate::store::StoreError;

/// Where flags are made, renamed, deleted and given their rules.
pub(super) const FLAGS_PAGE: &str = "https://dashboard.workos.com/environment/flags";

fn unsupported(what: impl Into<String>, instead: impl Into<String>) -> StoreError {
    StoreError::Unsupported {
        what: what.into(),
        instead: Some(instead.into()),
    }
}

/// What only the Dashboard can do with flags.
fn of_flags(what: &str) -> StoreError {
    unsupported(
        format!("WorkOS's API cannot {what}"),
        format!("its Dashboard can: {FLAGS_PAGE}"),
    )
}

/// Plans, and what they give.
pub(super) fn plans() -> StoreError {
    unsupported(
        "WorkOS has no plans: there a flag is on for those it names, or by default",
        "`flags target add FEATURE user:user_…` or org:org_… names one; ask about --user or --org",
    )
}

/// Lists of users and organizations.
pub(super) fn subjects() -> StoreError {
    unsupported(
        "WorkOS's flags tell of no users and organizations but those that a flag names",
        "`flags feature show FEATURE` counts them, `flags export` lists them; all of them are in \
         the Dashboard: https://dashboard.workos.com/users",
    )
}

/// What was there before, and who changed it.
pub(super) fn history() -> StoreError {
    unsupported(
        "WorkOS's API does not tell what was there before",
        "the Dashboard shows who changed a flag: open it at https://dashboard.workos.com/environment/flags",
    )
}

/// What stands beside a project.
pub(super) fn records() -> StoreError {
    unsupported(
        "WorkOS keeps nothing for flags beside its feature flags: no server keys, destinations or \
         claims",
        "name a local store with --store or --profile",
    )
}

/// Rows by the thousand.
pub(super) fn import() -> StoreError {
    unsupported(
        "WorkOS takes no overrides, users or organizations from here",
        "`flags target add FEATURE user:user_… org:org_…` names as many as you like",
    )
}

/// Whom a flag cannot name.
pub(super) fn target(text: &str) -> StoreError {
    unsupported(
        format!("`{text}` cannot be named on a WorkOS flag: its API takes user_… and org_… alone"),
        format!("the Dashboard shows them; custom targets are named there too: {FLAGS_PAGE}"),
    )
}

/// Rules that do more than name users and organizations.
pub(super) fn rules(feature: &FeatureKey) -> StoreError {
    of_flags(&format!(
        "alter the rules of {feature} beyond whom they name, nor its default"
    ))
}

/// A change of a kind that is not there.
pub(super) fn change(change: &Change) -> Option<StoreError> {
    Some(match change {
        Change::Settings { .. } => unsupported(
            "WorkOS keeps no settings of a project: neither a cap nor a default plan",
            "leave `settings` out of the file",
        ),
        Change::Feature {
            key, before: None, ..
        } => of_flags(&format!("create a flag, such as {key}")),
        Change::Feature {
            key, after: None, ..
        } => of_flags(&format!("delete a flag, such as {key}")),
        Change::Feature {
            key,
            before: Some(before),
            after: Some(after),
        } => {
            let mut switched = before.clone();
            switched.enabled = after.enabled;
            if switched == *after {
                return None;
            }
            of_flags(&format!("alter what is said of {key}, only its switch"))
        }
        Change::AudienceDefault { feature, .. } => rules(feature),
        Change::Plan { .. } | Change::Grant { .. } => plans(),
        Change::User { .. } | Change::Organization { .. } => unsupported(
            "WorkOS's users and organizations are not kept by its flags",
            "its Dashboard keeps them: https://dashboard.workos.com/users",
        ),
        Change::Override { .. } => unsupported(
            "WorkOS has no overrides: neither a revoke, nor an end, nor a reason",
            "`flags target add` and `flags target remove` say whom a flag names",
        ),
        Change::Rule { .. } | Change::Target { .. } => return None,
    })
}

/// A command that nothing WorkOS has could carry out, by its name.
pub(super) fn command(name: &str) -> Option<StoreError> {
    let noun = name.split(' ').next().unwrap_or_default();
    Some(match (noun, name) {
        (_, "feature define") => of_flags("create a flag"),
        (_, "feature edit") => of_flags("rename or describe a flag"),
        (_, "feature delete") => of_flags("delete a flag"),
        (_, "feature cap") => unsupported(
            "WorkOS has no cap on flags that could be set",
            format!("the Dashboard shows them all: {FLAGS_PAGE}"),
        ),
        (_, "target") => of_flags("set a flag to all, to none or to a share"),
        // What is set for a user or an organization goes by the name of `target add`.
        ("plan" | "set" | "unset", _) => plans(),
        ("user" | "org", _) | (_, "resolve --all") => subjects(),
        (_, "override import") => import(),
        ("override", _) => unsupported(
            "WorkOS has no overrides: who gets a flag is named on it",
            "`flags feature show FEATURE` counts who is named, `flags target remove` takes them off",
        ),
        ("log" | "undo" | "watch", _) => history(),
        ("backup" | "restore", _) => unsupported(
            "WorkOS has no file that could be copied",
            "`flags export` writes its flags down",
        ),
        ("notify" | "serve", _) => records(),
        _ => return None,
    })
}
