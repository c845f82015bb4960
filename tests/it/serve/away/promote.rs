//! `flags promote` and `flags apply` where one of the places, or both, are servers.

use serde_json::{Value, json};

use crate::cli::kit::{Place, Said};
use crate::serve::kit::{Server, key};
use flags::server::access::Scope;

/// A home with profiles for servers of ours, and a key for each.
struct Home(Place);

impl Home {
    fn with(profiles: &[(&str, &Server, &str)]) -> Self {
        let home = Place::bare();
        for (name, server, key) in profiles {
            let add = format!("profile add {name} --kind http --url {}", server.url());
            home.flags(&add).yes();
            let file = home.file("one.key", key);
            std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))
                .unwrap();
            let login =
                format!("auth login --profile {name} --insecure-storage --key-file one.key");
            home.flags(&login).yes();
        }
        Self(home)
    }

    fn says(&self, line: &str) -> Said {
        let words: Vec<&str> = line.split_whitespace().collect();
        Said::by(self.0.command(&words).env_remove("FLAGS_STORE"))
    }

    fn json(&self, line: &str) -> Value {
        let said = self.says(&format!("{line} --json"));
        assert_eq!(said.code, Some(0), "{line}: {said:?}");
        serde_json::from_str(&said.out).unwrap()
    }
}

fn serving(place: &Place) -> (Server, String) {
    let writer = key(place, "writer", Scope::Admin);
    (Server::start(place, &[]), writer)
}

#[test]
fn what_is_promoted_to_a_server_is_there_as_it_was_here_and_once() {
    let (shop, live) = (Place::shop(), Place::empty());
    let (server, writer) = serving(&live);
    let home = Home::with(&[("live", &server, &writer)]);
    let here = shop.store();
    let promote = format!("promote {} live", here.display());
    let before = live.revision();
    let seen = home.json(&format!("{promote} --dry-run"));
    assert_eq!(
        (&seen["dry_run"], live.revision()),
        (&json!(true), before),
        "{seen}"
    );
    let told = home.json(&promote);
    assert_eq!(told["changes"], seen["changes"]);
    assert_eq!(told["revision"], json!(live.revision()));
    // One write, whose history says who made it and how.
    assert_eq!(live.revision(), before + 1);
    assert_eq!(
        home.json("log --limit 1 --profile live")[0]["command"],
        "promote"
    );
    assert_eq!(
        home.says("export --profile live").out,
        shop.flags("export").out
    );
    // The second time there is nothing left to do.
    assert_eq!(home.json(&promote)["changed"], false);
    assert_eq!(live.revision(), before + 1);
    // What is only there is taken away where that is asked for, and said to be.
    home.says("feature define only-there --profile live").yes();
    home.says(&format!("{promote} --prune")).fails(2);
    assert_eq!(
        home.json(&format!("{promote} --prune --yes"))["changed"],
        true
    );
    home.says("feature show only-there --profile live").fails(3);
    // A place that refuses is not written, and says why.
    let reader = key(&live, "reader", Scope::Read);
    let narrow = Home::with(&[("live", &server, &reader)]);
    shop.flags("feature define one-more").yes();
    let revision = live.revision();
    narrow.says(&promote).fails(4);
    assert_eq!(live.revision(), revision);
}

#[test]
fn a_server_is_promoted_to_another_one_with_the_key_of_each() {
    let (shop, live) = (Place::shop(), Place::empty());
    let ((from, reads), (to, writes)) = (serving(&shop), serving(&live));
    let home = Home::with(&[("staging", &from, &reads), ("live", &to, &writes)]);
    assert_eq!(home.json("promote staging live")["changed"], true);
    let of = |profile: &str| home.says(&format!("export --profile {profile}")).yes();
    assert_eq!(of("live"), of("staging"));
    // Part of it, and not what people are named by.
    shop.flags("feature define beta-2").yes();
    shop.flags("feature define beta-3").yes();
    let told = home.json("promote staging live --only beta-2 --without-targets");
    assert_eq!(told["changed"], true);
    home.says("feature show beta-2 --profile live").yes();
    home.says("feature show beta-3 --profile live").fails(3);
    // A protected place asks, and nobody answers here.
    let add = format!(
        "profile add guarded --kind http --protected --url {}",
        to.url()
    );
    home.says(&add).yes();
    home.says("auth login --profile guarded --insecure-storage --key-file one.key")
        .yes();
    let revision = live.revision();
    let error = home
        .says("promote staging guarded --without-targets")
        .fails(2);
    assert!(error.contains("guarded"), "{error}");
    assert_eq!(live.revision(), revision);
}

#[test]
fn a_file_is_applied_to_a_server_as_to_a_store() {
    let (shop, live) = (Place::shop(), Place::empty());
    let (server, writer) = serving(&live);
    let home = Home::with(&[("live", &server, &writer)]);
    let file = home
        .0
        .file("shop.yaml", shop.flags("export --format yaml").yes());
    let apply = format!("apply {} --profile live --yes", file.display());
    assert_eq!(home.json(&apply)["changed"], true);
    assert_eq!(home.json(&apply)["changed"], false);
    let diff = format!("diff {} --profile live", file.display());
    assert_eq!(home.says(&diff).code, Some(0));
    assert_eq!(
        home.says("export --profile live").out,
        shop.flags("export").out
    );
}
