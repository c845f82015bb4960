//! `flags profile`, and which profile counts.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::{Value, json};

use super::kit::{Place, Said, refused, store_revision};

/// Runs without FLAGS_STORE, so that the profiles count.
fn run(place: &Place, line: &str) -> Said {
    Said::by(&mut unset(place, line))
}

fn unset(place: &Place, line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    command.env_remove("FLAGS_STORE");
    command
}

fn document(said: Said) -> Value {
    serde_json::from_str(&said.yes()).unwrap()
}

/// A home with a profile of each kind, `here` being the default.
fn every_kind() -> Place {
    let place = Place::bare();
    run(&place, "init --profile here").yes();
    run(&place, "profile add team --url https://flags.example.com/").yes();
    run(
        &place,
        "profile add live --kind workos --client-id client_01 --protected --organization org_1",
    )
    .yes();
    run(
        &place,
        "profile add shop --kind astapa --client-id c1 --timeout 20",
    )
    .yes();
    place
}

#[test]
fn a_profile_of_each_kind_is_added_with_what_it_needs() {
    let place = every_kind();
    let here = place.path("data/flags/here.db");
    let file = fs::read_to_string(place.configuration()).unwrap();
    assert_eq!(
        file,
        format!(
            "default_profile = \"here\"\n\n[profiles.here]\nkind = \"local\"\nstore = \"{}\"\n\n\
             [profiles.team]\nkind = \"http\"\nbase_url = \"https://flags.example.com\"\n\n\
             [profiles.live]\nkind = \"workos\"\nprotected = true\norganization = \"org_1\"\n\
             client_id = \"client_01\"\n\n\
             [profiles.shop]\nkind = \"astapa\"\nclient_id = \"c1\"\ntimeout = 20\n",
            here.display()
        )
    );
    let mode = fs::metadata(place.configuration())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let list = document(run(&place, "profile list --json=name,kind,place,in_effect"));
    let row = |name: &str, kind: &str, place: &str, counts: bool| json!({"name": name, "kind": kind, "place": place, "in_effect": counts});
    assert_eq!(
        list,
        json!([
            row("here", "local", here.to_str().unwrap(), true),
            row("live", "workos", "https://api.workos.com", false),
            row("shop", "astapa", "https://astapa.com", false),
            row("team", "http", "https://flags.example.com", false),
        ])
    );
}

#[test]
fn what_does_not_fit_a_kind_is_refused_and_nothing_is_written() {
    let place = every_kind();
    let before = fs::read(place.configuration()).unwrap();
    for (line, code, part) in [
        ("profile add x --kind http", 2, "--url URL is missing"),
        (
            "profile add x --url http://flags.example.com",
            2,
            "plain http to another machine",
        ),
        (
            "profile add x --url https://u:hunter2@flags.example.com",
            2,
            "user name or password",
        ),
        (
            "profile add x --url https://flags.example.com/?key=hunter2",
            2,
            "has a query",
        ),
        (
            "profile add x --kind local --url https://a.example",
            2,
            "--url is for servers",
        ),
        (
            "profile add x --kind workos --store s.db",
            2,
            "--store is for local profiles",
        ),
        (
            "profile add x --kind workos --client-id sk_hunter2",
            2,
            "must begin with `client_`",
        ),
        (
            "profile add x --kind http --url https://a.example --client-id c",
            2,
            "has none",
        ),
        (
            "profile add x --kind astapa --timeout 0",
            2,
            "0 is not in 1..=3600",
        ),
        ("profile add here", 3, "there is a profile `here` already"),
        ("profile add a/b", 2, "is not a profile name"),
        (
            "profile rename here live",
            3,
            "there is a profile `live` already",
        ),
        ("profile rename here -x", 2, "unexpected argument"),
        ("profile rename none new", 3, "there is no profile `none`"),
        ("profile use none", 3, "there is no profile `none`"),
        ("profile remove none --yes", 3, "there is no profile `none`"),
        ("profile show none", 3, "there is no profile `none`"),
        ("profile remove here", 2, "there is no terminal to ask on"),
    ] {
        let said = run(&place, line).fails(code);
        assert!(said.contains(part), "{line}: {said}");
        assert!(!said.contains("hunter2"), "{line}: {said}");
    }
    assert_eq!(fs::read(place.configuration()).unwrap(), before);
}

#[test]
fn comments_and_order_outlive_every_change_of_profiles() {
    let place = Place::bare();
    let file = "# mine\ndefault_profile = \"a\" # for now\n\n# first\n[profiles.a]\n\
                kind = \"local\"\nstore = \"a.db\" # here\n\n# second\n[profiles.b]\n\
                kind = \"local\"\nstore = \"b.db\"\n";
    place.file("config/flags/config.toml", file);
    run(&place, "profile rename a z").yes();
    run(&place, "profile use b").yes();
    let wanted = file
        .replace("\"a\" #", "\"b\" #")
        .replace("profiles.a", "profiles.z");
    assert_eq!(fs::read_to_string(place.configuration()).unwrap(), wanted);
    run(&place, "profile add c --store c.db --default").yes();
    run(&place, "profile remove c --yes").yes();
    let wanted = wanted.replace("default_profile = \"b\" # for now\n", "");
    let found = fs::read_to_string(place.configuration()).unwrap();
    assert_eq!(
        found.replace("# mine\n", ""),
        wanted.replace("# mine\n", "")
    );
}

#[test]
fn many_writers_of_the_configuration_lose_nothing() {
    let place = Place::bare();
    let mut running: Vec<_> = (0..12)
        .map(|number| {
            unset(&place, &format!("profile add p{number} --store s.db"))
                .spawn()
                .unwrap()
        })
        .collect();
    for child in &mut running {
        assert!(child.wait().unwrap().success());
    }
    let list = document(run(&place, "profile list --json=name"));
    assert_eq!(list.as_array().unwrap().len(), 12);
}

#[test]
fn show_says_of_each_value_where_it_comes_from() {
    let place = every_kind();
    let file = place.configuration();
    let shown = |command: &mut Command| document(Said::by(command));
    let value = |shown: &Value, name: &str| -> (Value, Value, Value) {
        let settings = shown["settings"].as_array().unwrap();
        let found = settings
            .iter()
            .find(|setting| setting["name"] == name)
            .unwrap();
        (
            found["value"].clone(),
            found["source"].clone(),
            found["from"].clone(),
        )
    };
    let live = shown(&mut unset(&place, "profile show live --json"));
    assert_eq!(live["source"], json!({"source": "argument", "from": null}));
    assert_eq!(
        value(&live, "base_url"),
        (
            json!("https://api.workos.com"),
            json!("default"),
            json!(null)
        )
    );
    let of_file = |value: Value| (value, json!("configuration"), json!(file));
    assert_eq!(value(&live, "client_id"), of_file(json!("client_01")));
    assert_eq!(value(&live, "protected"), of_file(json!(true)));
    assert_eq!(live["credential"], json!({"source": null, "from": null}));
    let mut command = unset(&place, "profile show live --json");
    let live = shown(
        command
            .env("WORKOS_CLIENT_ID", "client_02")
            .env("WORKOS_API_KEY", "sk_canary"),
    );
    assert_eq!(
        value(&live, "client_id"),
        (
            json!("client_02"),
            json!("environment"),
            json!("WORKOS_CLIENT_ID")
        )
    );
    assert_eq!(
        live["credential"],
        json!({"source": "environment", "from": "WORKOS_API_KEY"})
    );
    assert!(!live.to_string().contains("canary"));
    let mut command = unset(&place, "profile show --json");
    let shop = shown(command.env("FLAGS_PROFILE", "shop").env(
        "ASTAPA_BASE_URL",
        "https://u:canary@astapa.example/?t=canary",
    ));
    assert_eq!(
        shop["source"],
        json!({"source": "environment", "from": "FLAGS_PROFILE"})
    );
    assert_eq!(value(&shop, "base_url").0, json!("https://astapa.example/"));
    let here = shown(&mut unset(&place, "profile show --json"));
    assert_eq!(
        here["source"],
        json!({"source": "configuration", "from": file})
    );
    let alone = document(place.flags("profile show --json"));
    assert_eq!(alone["profile"], json!(null));
    assert_eq!(
        value(&alone, "store"),
        (
            json!(place.store()),
            json!("environment"),
            json!("FLAGS_STORE")
        )
    );
}

#[test]
fn a_working_tree_names_a_profile_and_everything_else_goes_before_it() {
    let place = every_kind();
    run(&place, "init --profile tree").yes();
    run(&place, "init --profile other").yes();
    let tree = place.file("repository/.flags.toml", "profile = \"tree\"\n");
    fs::create_dir_all(place.path("repository/.git")).unwrap();
    fs::create_dir_all(place.path("repository/deep/down")).unwrap();
    let named = |line: &str, variable: Option<(&str, &str)>| {
        let mut command = unset(
            &place,
            &format!("profile show --json=profile,source {line}"),
        );
        command.current_dir(place.path("repository/deep/down"));
        document(Said::by(command.envs(variable)))["profile"].clone()
    };
    assert_eq!(named("", None), "tree");
    assert_eq!(named("", Some(("FLAGS_PROFILE", "other"))), "other");
    assert_eq!(
        named("--profile team", Some(("FLAGS_PROFILE", "other"))),
        "team"
    );
    let mut write = unset(&place, "feature define a");
    let said = Said::by(write.current_dir(place.path("repository")));
    assert_eq!(said.code, Some(0), "{said:?}");
    let store = place.path("data/flags/tree.db");
    assert_eq!(
        said.err,
        format!(
            "profile tree, which {} names: {}\n",
            tree.display(),
            store.display()
        )
    );
    assert_eq!(store_revision(&store), 1);
    // Whoever names the store needs the tree's word as little as that of the file.
    fs::write(
        &tree,
        "profile = \"tree\"\nbase_url = \"https://evil.example\"\n",
    )
    .unwrap();
    let mut read = unset(&place, "feature list");
    let said = Said::by(read.current_dir(place.path("repository"))).fails(2);
    assert_eq!(
        said,
        format!(
            "error: {} cannot be used: it says `base_url`, and all that it may say is `profile = \
             \"NAME\"`: where a profile is and whom a credential goes to is not for a working tree \
             to decide\nhint: --profile, --store or the environment goes before it\n",
            tree.display()
        )
    );
    let mut read = unset(&place, "feature list --profile tree --json=key");
    Said::by(read.current_dir(place.path("repository"))).yes();
    fs::write(&tree, "profile = \"gone\"\n").unwrap();
    let mut read = unset(&place, "feature list");
    let said = Said::by(read.current_dir(place.path("repository"))).fails(3);
    assert!(
        said.contains(&format!("({} names it)", tree.display())),
        "{said}"
    );
}

#[test]
fn a_project_elsewhere_is_no_file() {
    let place = every_kind();
    for line in ["backup b.db", "restore flags.toml", "serve"] {
        place.file("flags.toml", "");
        let said = run(&place, &format!("{line} --profile team")).fails(3);
        assert!(
            said.contains("the project is at https://flags.example.com (flags serve)"),
            "{line}: {said}"
        );
    }
    refused(
        &place,
        "feature list --store https://u:p@flags.example.com/x",
        2,
        "configuration",
        "a store is a file, and `https://flags.example.com/x` is an address",
        &[
            "`flags profile add NAME --kind http --url https://flags.example.com/x`, then --profile NAME",
        ],
    );
}

/// Every command that writes, on somebody's word only.
#[test]
fn nothing_is_written_to_a_protected_profile_unasked() {
    let place = Place::shop();
    let store = place.store();
    place.file(
        "config/flags/config.toml",
        format!(
            "[profiles.p]\nkind = \"local\"\nstore = \"{}\"\nprotected = true\n",
            store.display()
        ),
    );
    place.file("users.csv", "id,plan\nnew1,pro\n");
    place.file("overrides.csv", "user,feature,value\nana,beta,on\n");
    place.file(
        "catalog.json",
        r#"{"format": "flags.catalog/1", "features": {"fresh": {"type": "boolean"}}}"#,
    );
    place.file("url.txt", "https://hooks.example.com/x");
    place.flags("org assign empty").yes();
    place.flags("backup b.db").yes();
    let lines = [
        "set beta --user ana",
        "unset analytics --plan pro",
        "feature define fresh",
        "feature edit beta --name Beta",
        "feature disable analytics",
        "feature delete beta",
        "feature cap 40",
        "target beta all",
        "target add beta user:ben",
        "plan create gold",
        "plan edit pro --name Professional",
        "plan delete pro --take-off",
        "user assign new1 --plan pro",
        "user import users.csv",
        "user forget ana",
        "org assign neworg",
        "org forget empty",
        "override import overrides.csv",
        "override clear --user ana",
        "apply catalog.json",
        "undo",
        "restore b.db",
        "notify add ops --slack --url-file url.txt",
        "notify remove ops",
        "notify resume ops",
        "serve keys create k --scope read",
        "serve keys revoke k",
        "serve logins create ana",
        "serve logins revoke --user ana",
    ];
    let bytes = |place: &Place| place.contents();
    let before = bytes(&place);
    for line in lines {
        let said = run(&place, &format!("{line} --profile p"));
        assert_eq!((said.code, &*said.out), (Some(2), ""), "{line}: {said:?}");
        let protected = ["is protected, and", "of the protected profile p"];
        assert!(
            protected.iter().any(|part| said.err.contains(part)),
            "{line}: {said:?}"
        );
        assert!(said.err.contains("--yes"), "{line}: {said:?}");
    }
    assert_eq!(bytes(&place), before);
    assert_eq!(place.flags("notify list --json").yes(), "[]\n");
    assert_eq!(place.flags("serve keys list --json").yes(), "[]\n");
    for line in [
        "set beta --user ana",
        "notify add ops --slack --url-file url.txt",
    ] {
        let said = run(&place, &format!("{line} --profile p --yes"));
        assert_eq!(said.code, Some(0), "{line}: {said:?}");
    }
}
