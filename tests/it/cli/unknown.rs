//! What is not there: exit 3 in every command, never an answer, and the nearest key if one is near.

use super::kit::{Place, refused};

const FEATURE_HINTS: &[&str] = &[
    "did you mean `analytics`?",
    "`flags feature list` shows what there is",
];
const PLAN_HINTS: &[&str] = &[
    "did you mean `pro`?",
    "`flags plan list` shows what there is",
];

#[test]
fn an_unknown_feature_is_refused_by_every_command_with_the_nearest_key() {
    let place = Place::shop();
    let before = place.contents();
    for line in [
        "get analitics --user ana",
        "check analitics --user ana",
        "check !analitics --user ana",
        "check analytics analitics>=5 --user ana",
        "explain analitics --user ana",
        "unset analitics --plan pro",
        "unset analitics --user ana",
        "feature show analitics",
        "feature edit analitics --name x",
        "feature enable analitics",
        "feature disable analitics",
        "feature delete analitics",
        "feature delete analitics --yes",
        "feature delete analitics --dry-run",
        "target analitics",
        "target analitics all",
        "target analitics none",
        "target analitics percent 5",
        "target add analitics user:ana",
        "target remove analitics user:ana",
        "override list --feature analitics",
        "override show analitics --user ana",
        "override clear analitics --user ana",
    ] {
        let message = "there is no feature `analitics`";
        refused(&place, line, 3, "feature_not_found", message, FEATURE_HINTS);
    }
    let made = &[
        "did you mean `analytics`?",
        "add --create to make what is missing",
    ];
    for line in [
        "set analitics --plan pro",
        "set analitics --user ana --dry-run",
    ] {
        let message = "there is no feature `analitics`";
        refused(&place, line, 3, "feature_not_found", message, made);
    }
    assert_eq!(place.contents(), before);
}

#[test]
fn a_key_that_resembles_nothing_gets_no_suggestion() {
    let message = "there is no feature `zebra`";
    let hints = &["`flags feature list` shows what there is"];
    refused(
        &Place::shop(),
        "get zebra --user ana",
        3,
        "feature_not_found",
        message,
        hints,
    );
}

#[test]
fn an_unknown_plan_is_refused_by_every_command_with_the_nearest_key() {
    let place = Place::shop();
    let before = place.contents();
    for line in [
        "get analytics --plan prp",
        "resolve --plan prp",
        "check analytics --plan prp",
        "explain analytics --plan prp",
        "unset analytics --plan prp",
        "plan show prp",
        "plan edit prp --name x",
        "plan delete prp --yes",
        "plan delete free --move-to prp --yes",
        "user assign ana --plan prp",
        "user assign somebody --plan prp --dry-run",
        "user list --plan prp",
        "org assign acme --plan prp",
        "org list --plan prp",
    ] {
        let message = "there is no plan `prp`";
        refused(&place, line, 3, "plan_not_found", message, PLAN_HINTS);
    }
    let made = &[
        "did you mean `pro`?",
        "add --create to make what is missing",
    ];
    let message = "there is no plan `prp`";
    refused(
        &place,
        "set analytics --plan prp",
        3,
        "plan_not_found",
        message,
        made,
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn an_unknown_user_is_refused_by_every_command() {
    let place = Place::shop();
    let before = place.contents();
    for line in [
        "get analytics --user nobody",
        "get analytics --user nobody --org acme",
        "resolve --user nobody",
        "check analytics --user nobody",
        "check !analytics --user nobody",
        "explain analytics --user nobody",
        "unset analytics --user nobody",
        "target add beta user:nobody",
        "target remove beta user:nobody",
        "user show nobody",
        "user forget nobody --yes",
        "override list --user nobody",
        "override show analytics --user nobody",
        "override clear --user nobody --yes",
        "override clear analytics --user nobody",
    ] {
        let hints = &["`flags user assign nobody` makes the user known"];
        let message = "there is no user `nobody`";
        refused(&place, line, 3, "user_not_found", message, hints);
    }
    let message = "there is no user `nobody`";
    let hints = &["add --create to make what is missing"];
    refused(
        &place,
        "set analytics --user nobody",
        3,
        "user_not_found",
        message,
        hints,
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn an_unknown_organization_is_refused_by_every_command() {
    let place = Place::shop();
    let before = place.contents();
    let known = "`flags org assign nowhere` makes the organization known";
    for line in [
        "get analytics --org nowhere",
        "get analytics --user ana --org nowhere",
        "resolve --org nowhere",
        "check analytics --org nowhere",
        "explain analytics --org nowhere",
        "unset analytics --org nowhere",
        "target add beta org:nowhere",
        "target remove beta org:nowhere",
        "user list --org nowhere",
        "user assign ana --leave nowhere",
        "org show nowhere",
        "org forget nowhere --yes",
        "override list --org nowhere",
        "override show analytics --org nowhere",
        "override clear --org nowhere --yes",
    ] {
        let message = "there is no organization `nowhere`";
        refused(&place, line, 3, "organization_not_found", message, &[known]);
    }
    let message = "there is no organization `nowhere`";
    let hints = &["add --create to make what is missing"];
    let code = "organization_not_found";
    refused(
        &place,
        "set analytics --org nowhere",
        3,
        code,
        message,
        hints,
    );
    let hints = &[known, "add --create to make it"];
    refused(
        &place,
        "user assign ana --org nowhere",
        3,
        code,
        message,
        hints,
    );
    assert_eq!(place.contents(), before);
}

#[test]
fn everything_missing_is_named_at_once() {
    refused(
        &Place::shop(),
        "set analitics --plan prp",
        3,
        "feature_not_found",
        "there is no feature `analitics` and no plan `prp`",
        &[
            "did you mean `analytics`?",
            "did you mean `pro`?",
            "add --create to make what is missing",
        ],
    );
}

#[test]
fn a_feature_is_not_made_to_be_revoked() {
    let place = Place::shop();
    let told = place.flags("set zebra off --user ana --create").fails(3);
    assert!(
        told.starts_with("error: there is no feature `zebra`\n"),
        "{told}"
    );
    assert_eq!(place.revision(), 1);
}

#[test]
fn who_does_not_belong_to_the_organization_is_not_answered_for() {
    let place = Place::shop();
    for line in [
        "get analytics --user ana --org acme",
        "resolve --user ana --org acme",
        "check !sso --user ana --org acme",
        "explain analytics --user ana --org acme",
    ] {
        refused(
            &place,
            line,
            3,
            "not_a_member",
            "user `ana` does not belong to organization `acme`",
            &["`flags user assign ana --org acme` adds them"],
        );
    }
}

#[test]
fn an_override_or_page_that_is_not_there_is_not_found() {
    let place = Place::shop();
    let message = "user:ana has no override of analytics";
    let hints = &["`flags explain analytics --user ana` shows where the answer comes from"];
    let line = "override show analytics --user ana";
    refused(&place, line, 3, "override_not_found", message, hints);
    let hints = &["pages are named flags, flags-set, flags-feature-define, …"];
    let message = "there is no page flags-zebra";
    refused(
        &place,
        "man flags-zebra",
        3,
        "page_not_found",
        message,
        hints,
    );
}
