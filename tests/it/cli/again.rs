//! Saying the same thing twice: the second time nothing happens, and that is a yes.

use super::kit::Place;

#[test]
fn a_write_that_is_so_already_changes_nothing_and_succeeds() {
    for line in [
        "set sso --plan pro",
        "set max_seats 9 --plan pro",
        "set max_seats unlimited --user ben",
        "set sso --user ben --expires 2026-06-01 --reason trial",
        "set analytics off --org acme",
        "set newest --plan newer --create",
        "set sso --user somebody --create",
        "unset analytics --plan pro",
        "unset analytics --user ben",
        "unset sso --org initech",
        "feature edit sso --name Sign-on --tag new --untag security --owner me",
        "feature enable legacy",
        "feature disable analytics",
        "feature cap 60",
        "target sso all",
        "target beta none",
        "target sso percent 12.5",
        "target add beta user:ben workspace:ws_2",
        "target remove beta org:acme user:ana",
        "plan edit enterprise --default --price 500",
        "plan edit free --no-default",
        "user assign ana --plan free --org acme --target workspace:w --email a@b",
        "user assign dev --leave acme --no-plan --untarget workspace:ws_1",
        "user assign nobody",
        "org assign initech --plan pro --name Initech",
        "org assign somewhere",
        "override clear --user ben --yes",
        "override clear sso --org initech",
    ] {
        let place = Place::shop();
        let first = place.json(line);
        assert_eq!(
            (&first["changed"], &first["revision"]),
            (&true.into(), &2.into()),
            "{line}"
        );
        let written = place.contents();
        let second = place.json(line);
        assert_eq!(
            (&second["changed"], &second["revision"]),
            (&false.into(), &2.into()),
            "{line}"
        );
        assert_eq!(second["changes"], serde_json::json!([]), "{line}");
        assert_eq!(
            place.flags(line).yes(),
            "nothing to change: it is so already\n",
            "{line}"
        );
        assert_eq!(place.contents(), written, "{line}");
        assert_eq!(place.revision(), 2, "{line}");
    }
}

#[test]
fn what_can_be_made_only_once_is_refused_the_second_time() {
    let place = Place::shop();
    super::kit::refused(
        &place,
        "feature define analytics",
        3,
        "feature_exists",
        "feature `analytics` is defined already",
        &["`flags feature edit analytics` alters it"],
    );
    super::kit::refused(
        &place,
        "plan create pro",
        3,
        "plan_exists",
        "plan `pro` exists already",
        &["`flags plan edit pro` alters it"],
    );
    assert_eq!(place.revision(), 1);
}
