//! What destroys is refused where nobody can be asked, unless `--yes` says so.

use super::kit::{Place, refused};

const DESTROYERS: [(&str, &str); 5] = [
    ("override clear --user ben", "all overrides of user `ben`"),
    ("feature delete analytics", "feature `analytics`"),
    ("plan delete enterprise --move-to pro", "plan `enterprise`"),
    ("org forget empty", "organization `empty`"),
    ("user forget ben", "user `ben`"),
];

#[test]
fn without_a_terminal_nothing_is_destroyed() {
    let place = Place::shop();
    let before = place.contents();
    for (line, what) in DESTROYERS {
        refused(
            &place,
            line,
            2,
            "confirmation_needed",
            &format!("this deletes {what}, and there is no terminal to ask on"),
            &["add --yes if you are sure; --dry-run shows the effect"],
        );
        assert_eq!(place.contents(), before, "{line}");
    }
    for (line, _) in DESTROYERS {
        place.flags(&format!("{line} --yes")).yes();
    }
    assert_eq!(place.revision(), 6);
}

#[test]
fn what_is_not_there_needs_no_confirmation() {
    let place = Place::shop();
    for (line, code) in [
        ("feature delete analytic", "feature_not_found"),
        ("plan delete prp", "plan_not_found"),
        ("user forget nobody", "user_not_found"),
        ("org forget nowhere", "organization_not_found"),
        ("override clear --user nobody", "user_not_found"),
        ("plan delete pro", "plan_in_use"),
        ("org forget acme", "organization_in_use"),
    ] {
        let told = place.flags(&format!("{line} --json")).fails(3);
        assert!(told.contains(&format!("\"code\":\"{code}\"")), "{told}");
    }
    assert_eq!(
        place.flags("override clear --org acme").yes(),
        "nothing to change: it is so already\n"
    );
}

#[test]
fn what_is_in_use_stays_and_the_way_out_is_named() {
    let place = Place::shop();
    refused(
        &place,
        "plan delete pro --yes",
        3,
        "plan_in_use",
        "plan `pro` is still used by 2 users",
        &[
            "`flags plan delete pro --move-to PLAN` moves them first, --take-off leaves them \
           without a plan",
        ],
    );
    refused(
        &place,
        "plan delete enterprise --yes",
        3,
        "plan_in_use",
        "plan `enterprise` is still used by 1 organization",
        &[
            "`flags plan delete enterprise --move-to PLAN` moves them first, --take-off leaves \
           them without a plan",
        ],
    );
    refused(
        &place,
        "plan delete pro --move-to pro --yes",
        2,
        "usage",
        "plan `pro` cannot be moved to itself",
        &[],
    );
    refused(
        &place,
        "org forget acme --yes",
        3,
        "organization_in_use",
        "organization `acme` still has 2 members",
        &["`flags user list --org acme` shows them"],
    );
    assert_eq!(place.revision(), 1);
}

#[test]
fn deleting_takes_all_that_hangs_on_it() {
    let place = Place::shop();
    place.flags("feature delete beta --yes").yes();
    place.flags("feature delete analytics --yes").yes();
    place.flags("plan delete pro --take-off --yes").yes();
    place
        .flags("plan delete free --move-to enterprise --yes")
        .yes();
    place.flags("user forget dev --yes").yes();
    let export = place.flags("export --subjects --overrides").yes();
    for gone in ["beta", "analytics", "\"pro\"", "free", "dev", "ws_1"] {
        assert!(!export.contains(gone), "{gone} is still in {export}");
    }
    assert_eq!(place.json("plan show enterprise")["default"], true);
    assert_eq!(place.json("user show ben")["plan"], "enterprise");
    assert_eq!(place.json("user show ana")["plan"], serde_json::Value::Null);
}
