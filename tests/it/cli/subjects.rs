//! Users, organizations and overrides: what each command shows and writes.

use serde_json::json;

use super::kit::{Place, refused};

#[test]
fn a_user_is_assigned_altered_shown_and_forgotten() {
    let place = Place::shop();
    assert_eq!(
        place.flags("user assign eve --plan pro --email eve@example.com --org acme --org initech --target workspace:w").yes(),
        "+ user eve: e-mail eve@example.com, plan pro, organizations acme initech, targets \
         workspace:w\nrevision 2\n"
    );
    assert_eq!(
        place
            .flags("user assign eve --no-plan --leave acme --untarget workspace:w --email=")
            .yes(),
        "- user eve: e-mail: eve@example.com\n- user eve: plan: pro\n\
         ~ user eve: organizations: acme initech → initech\n- user eve: targets: workspace:w\n\
         revision 3\n"
    );
    assert_eq!(
        place.flags("user show ben").yes(),
        "user ben\ne-mail\tben@example.com\nplan\tfree\n\nfeature\toverride\n\
         analytics\tgrant on until 2026-05-15T12:00:00Z (trial)\n"
    );
    assert_eq!(
        place.json("user show ben"),
        json!({
            "id": "ben", "email": "ben@example.com", "plan": "free", "organizations": [],
            "targets": [],
            "overrides": {
                "analytics": {"grant": true, "reason": "trial", "expires": "2026-05-15T12:00:00Z"}
            },
        })
    );
    assert_eq!(
        place.flags("user show eve").yes(),
        "user eve\norganizations\tinitech\nno overrides\n"
    );
    assert_eq!(
        place.flags("user forget ana --yes").yes(),
        "- user ana: override of sso: grant on until 2026-01-01T00:00:00Z\n\
         - targeting of beta: user:ana\n- user ana: e-mail ana@example.com, plan pro\nrevision 4\n"
    );
    refused(
        &place,
        "resolve --user ana",
        3,
        "user_not_found",
        "there is no user `ana`",
        &["`flags user assign ana` makes the user known"],
    );
}

#[test]
fn users_are_listed_by_plan_organization_and_place() {
    let place = Place::shop();
    assert_eq!(
        place.flags("user list").yes(),
        "id\tplan\torganizations\te-mail\nana\tpro\t\tana@example.com\n\
         ben\tfree\t\tben@example.com\ncleo\t\tacme\t\ndev\tpro\tacme initech\t\n"
    );
    let ids = |line: &str| -> Vec<String> {
        let rows = place.json(line);
        let ids = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].as_str().unwrap());
        ids.map(str::to_owned).collect()
    };
    assert_eq!(ids("user list --plan pro"), ["ana", "dev"]);
    assert_eq!(ids("user list --org acme"), ["cleo", "dev"]);
    assert_eq!(ids("user list --plan pro --org acme"), ["dev"]);
    assert_eq!(ids("user list --after ben"), ["cleo", "dev"]);
    assert_eq!(ids("org list --plan enterprise"), ["acme"]);
    assert_eq!(ids("org list --after acme"), ["empty", "initech"]);
    // A page ends where the next one begins.
    assert_eq!(
        place.flags("user list --limit 1 --after ana --json=id").out,
        "[\n  {\n    \"id\": \"ben\"\n  }\n]\n"
    );
}

#[test]
fn an_organization_is_assigned_altered_shown_and_forgotten() {
    let place = Place::shop();
    let words = [
        "org",
        "assign",
        "hooli",
        "--plan",
        "pro",
        "--name",
        "Hooli Inc.",
    ];
    assert_eq!(
        place.words(&words).yes(),
        "+ organization hooli: name Hooli Inc., plan pro\nrevision 2\n"
    );
    place
        .flags("org assign hooli --target region:eu --no-plan")
        .yes();
    assert_eq!(
        place.flags("org show hooli").yes(),
        "organization hooli\nname\tHooli Inc.\ntargets\tregion:eu\nusers\t0\nno overrides\n"
    );
    assert_eq!(
        place.json("org show initech"),
        json!({
            "id": "initech", "name": null, "plan": null, "targets": [], "members": 1,
            "overrides": {"sso": {"grant": true}},
        })
    );
    assert_eq!(
        place.flags("org list").yes(),
        "id\tplan\tname\nacme\tenterprise\tAcme Inc.\nempty\t\t\nhooli\t\tHooli Inc.\ninitech\t\t\n"
    );
    place.flags("user assign dev --leave initech").yes();
    assert_eq!(
        place.flags("org forget initech --yes").yes(),
        "- organization initech: override of sso: grant on\n- organization initech\nrevision 5\n"
    );
}

#[test]
fn an_organization_is_made_with_its_first_user_when_told_to() {
    let place = Place::shop();
    let said = place.flags("user assign ana --org hooli --create").yes();
    assert_eq!(
        said,
        "+ organization hooli\n+ user ana: organizations: hooli\nrevision 2\n"
    );
}

#[test]
fn overrides_are_listed_shown_and_cleared() {
    let place = Place::shop();
    assert_eq!(
        place.flags("override list").yes(),
        "subject\tfeature\toverride\tstanding\tfrom\tuntil\treason\n\
         user:ana\tsso\tgrant on\texpired\t\t2026-01-01T00:00:00Z\t\n\
         user:ben\tanalytics\tgrant on\tactive\t\t2026-05-15T12:00:00Z\ttrial\n\
         user:cleo\tanalytics\trevoke\tactive\t\t\tasked for it\n\
         user:dev\tmax_seats\tgrant 25\tactive\t2026-04-01T00:00:00Z\t\t\n\
         org:initech\tsso\tgrant on\tactive\t\t\t\n"
    );
    let subjects = |line: &str| -> Vec<String> {
        let rows = place.json(line);
        let subjects = rows
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["subject"].as_str().unwrap());
        subjects.map(str::to_owned).collect()
    };
    assert_eq!(
        subjects("override list --feature sso"),
        ["user:ana", "org:initech"]
    );
    assert_eq!(
        subjects("override list --feature sso --active"),
        ["org:initech"]
    );
    assert_eq!(subjects("override list --org initech"), ["org:initech"]);
    assert_eq!(
        subjects("override list --user ana --active"),
        Vec::<String>::new()
    );
    assert_eq!(
        place.flags("override show analytics --user ben").yes(),
        "user:ben: analytics grant on until 2026-05-15T12:00:00Z (trial) [active]\n\
         set by seed 2026-05-01T11:00:00Z\n"
    );
    assert_eq!(
        place.json("override show analytics --user cleo"),
        json!({
            "subject": "user:cleo", "feature": "analytics", "effect": "revoke", "value": null,
            "standing": "active", "reason": "asked for it", "starts": null, "expires": null,
            "revision": 1, "set_by": "seed", "set_at": "2026-05-01T11:00:00Z",
        })
    );
    assert_eq!(
        place.json("override show max_seats --user dev")["starts"],
        "2026-04-01T00:00:00Z"
    );
    assert_eq!(
        place.flags("override clear analytics --user cleo").yes(),
        "- user cleo: override of analytics: revoke (asked for it)\nrevision 2\n"
    );
    assert_eq!(place.flags("get analytics --user cleo").yes(), "on\n");
    assert_eq!(
        place.flags("unset sso --org initech").yes(),
        "- organization initech: override of sso: grant on\nrevision 3\n"
    );
}

#[test]
fn an_override_that_has_not_started_says_so_and_from_when() {
    let place = Place::shop();
    place
        .flags("set sso --user ben --starts 14d --expires 15d")
        .yes();
    assert_eq!(
        place.flags("override list --user ben --feature sso").yes(),
        "subject\tfeature\toverride\tstanding\tfrom\tuntil\treason\n\
         user:ben\tsso\tgrant on\tnot started\t2026-05-15T12:00:00Z\t2026-05-16T12:00:00Z\t\n"
    );
    let shown = place.flags("override show sso --user ben").yes();
    assert!(shown.contains("[not started]"), "{shown}");
    let document = place.json("override show sso --user ben");
    assert_eq!(document["standing"], "not_started");
}
