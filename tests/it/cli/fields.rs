//! The fields of every command's JSON document: published, so changing one breaks a script.

use std::os::unix::fs::PermissionsExt;

use flags::store::sqlite::SqliteStore;
use serde_json::Value;

use super::kit::Place;

const WRITE: &[&str] = &["dry_run", "changed", "revision", "changes", "effects"];
const IMPORTED: &[&str] = &[
    "dry_run",
    "changed",
    "revision",
    "rows",
    "added",
    "altered",
    "cleared",
    "unchanged",
    "refused",
    "refusals",
    "written_until",
];
const APPLIED: &[&str] = &[
    "dry_run", "changed", "revision", "changes", "effects", "kept",
];
const FEATURE: &[&str] = &[
    "key",
    "type",
    "enabled",
    "off_value",
    "access",
    "name",
    "description",
    "tags",
    "owner",
    "revision",
];
const FEATURE_SHOWN: &[&str] = &[
    "key",
    "type",
    "enabled",
    "off_value",
    "access",
    "name",
    "description",
    "tags",
    "owner",
    "revision",
    "rules",
    "default",
    "plans",
];
const PLAN: &[&str] = &[
    "key",
    "display_name",
    "description",
    "price",
    "currency",
    "period",
    "default",
    "grants",
    "revision",
];
const OVERRIDE: &[&str] = &[
    "subject", "feature", "effect", "value", "standing", "reason", "starts", "expires", "revision",
];
const KEY: &[&str] = &[
    "name",
    "scopes",
    "standing",
    "created",
    "expires",
    "last_used",
    "revoked",
    "client_id",
];
const KEY_SHOWN: &[&str] = &[
    "name",
    "scopes",
    "standing",
    "created",
    "expires",
    "last_used",
    "revoked",
    "client_id",
    "key",
];
const KEY_WRITTEN: &[&str] = &[
    "name",
    "scopes",
    "standing",
    "created",
    "expires",
    "last_used",
    "revoked",
    "client_id",
    "output",
];
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2ln";
const DECODED: &[&str] = &[
    "verified",
    "header",
    "claims",
    "validity",
    "issued_at",
    "expires_at",
    "subject",
    "plan",
    "plans",
    "organization",
    "feature_claims",
    "features",
    "entitlements",
    "permissions",
    "misfits",
];
const INSPECTED: &[&str] = &[
    "verified",
    "header",
    "claims",
    "meanings",
    "validity",
    "issued_at",
    "not_before",
    "expires_at",
    "subject",
    "email",
    "organization",
    "role",
    "roles",
    "permissions",
    "entitlements",
    "plan",
    "plans",
    "feature_claims",
    "features",
    "catalog",
    "findings",
];

/// The shop, with a token to look at beside it.
fn shop() -> Place {
    let place = Place::shop();
    place.file("token.jwt", TOKEN);
    place.file("overrides.csv", "user,feature\nana,beta\n");
    place.file("users.csv", "id\nnew\n");
    place
        .flags("token keys generate --type ed25519 --out key.pem")
        .yes();
    place.json("serve keys create first --scope read");
    place.json("serve logins create ben");
    place.file("catalog.json", super::kit::SHOP);
    SqliteStore::create(&place.path("other.db")).unwrap();
    let issue = "token issue --user ana --key key.pem";
    place.file("signed.jwt", place.flags(issue).yes());
    place.flags("backup backup.db").yes();
    place.file("url.txt", "http://127.0.0.1:9/");
    place
        .flags("notify add hook --slack --url-file url.txt")
        .yes();
    place.file(
        "tests.yaml",
        "format: flags.tests/1\nmatrix: {pro: {analytics: on}}",
    );
    place.file(
        "config/flags/config.toml",
        "[profiles.live]\nkind = \"workos\"\n\
         [profiles.there]\nkind = \"http\"\nbase_url = \"http://127.0.0.1:9\"\n",
    );
    let kept = r#"{"profiles": {"live": {"kind": "workos", "origin": "https://api.workos.com",
        "kept": "file", "secret": "sk_1"}}}"#;
    for (name, text) in [
        ("private/key.txt", "sk_2"),
        ("data/flags/credentials.json", kept),
    ] {
        let path = place.file(name, text);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    place
}
const DESTINATION: &[&str] = &[
    "name",
    "kind",
    "server",
    "events",
    "private",
    "state",
    "reported_until",
    "behind",
    "late",
    "delivered",
    "refused",
    "last_delivered",
    "attempts",
    "next_attempt",
    "error",
];
const DESTINATION_SHOWN: &[&str] = &[
    "name",
    "kind",
    "server",
    "events",
    "private",
    "state",
    "reported_until",
    "behind",
    "late",
    "delivered",
    "refused",
    "last_delivered",
    "attempts",
    "next_attempt",
    "error",
    "late_reports",
    "refusals",
];
const COMPARED: &[&str] = &[
    "verified",
    "ok",
    "subject",
    "issuer",
    "issued_at",
    "expires_at",
    "validity",
    "at",
    "revision",
    "issue_revision",
    "remarks",
    "features",
];

/// Every command that answers, one after another on the same store, and its fields in order.
fn commands() -> Vec<(String, &'static [&'static str])> {
    let mut commands: Vec<(&str, &[&str])> = vec![
        (
            "get analytics --user ana",
            &[
                "feature", "type", "value", "layer", "subject", "at", "revision",
            ],
        ),
        (
            "resolve --user ana",
            &["subject", "at", "revision", "entitlements", "features"],
        ),
        (
            "check analytics --user ana",
            &["ok", "subject", "at", "revision", "expectations"],
        ),
        (
            "explain analytics --user ana",
            &[
                "feature", "type", "value", "layer", "subject", "at", "revision", "layers",
            ],
        ),
        (
            "explain analytics --user ana --history",
            &[
                "feature", "type", "value", "layer", "why", "subject", "at", "revision", "history",
                "next",
            ],
        ),
        ("feature list", FEATURE),
        ("feature show analytics", FEATURE_SHOWN),
        ("feature cap", &["cap", "defined"]),
        ("target beta", FEATURE_SHOWN),
        ("plan list", PLAN),
        ("plan show pro", PLAN),
        ("matrix", &["feature", "type", "enabled", "plans"]),
        (
            "user list",
            &["id", "email", "plan", "organizations", "targets"],
        ),
        (
            "user show ana",
            &[
                "id",
                "email",
                "plan",
                "organizations",
                "targets",
                "overrides",
            ],
        ),
        ("org list", &["id", "name", "plan", "targets"]),
        (
            "org show acme",
            &["id", "name", "plan", "targets", "members", "overrides"],
        ),
        ("override list", OVERRIDE),
        (
            "override show analytics --user ben",
            &[
                "subject", "feature", "effect", "value", "standing", "reason", "starts", "expires",
                "revision", "set_by", "set_at",
            ],
        ),
        (
            "export --subjects --overrides",
            &[
                "format",
                "settings",
                "features",
                "plans",
                "organizations",
                "users",
                "overrides",
            ],
        ),
        (
            "log",
            &[
                "revision",
                "at",
                "actor",
                "command",
                "reason",
                "hash",
                "change_count",
                "changes",
                "truncated",
            ],
        ),
        (
            "watch --since 0 --limit 1",
            &[
                "revision",
                "at",
                "actor",
                "command",
                "reason",
                "hash",
                "change_count",
                "changes",
                "truncated",
            ],
        ),
        (
            "log verify",
            &["valid", "writes", "revision", "hash", "noted", "misfit"],
        ),
        (
            "export --output new.yaml",
            &[
                "file",
                "revision",
                "features",
                "plans",
                "organizations",
                "users",
            ],
        ),
        (
            "diff catalog.json",
            &["differs", "revision", "changes", "effects", "kept"],
        ),
        ("apply catalog.json", APPLIED),
        ("promote flags.db other.db", APPLIED),
        (
            "migrate flags.db moved.db",
            &[
                "from",
                "to",
                "dry_run",
                "created",
                "history",
                "begins",
                "revision",
                "head",
                "writes",
                "bytes",
                "seconds",
                "features",
                "plans",
                "organizations",
                "users",
                "overrides",
                "records",
                "keys_kept",
                "compared",
                "behind",
            ],
        ),
        (
            "schema",
            &[
                "$schema",
                "$id",
                "title",
                "description",
                "type",
                "required",
                "additionalProperties",
                "properties",
                "$defs",
            ],
        ),
        (
            "init",
            &[
                "store",
                "created",
                "revision",
                "profile",
                "profile_created",
                "configuration",
            ],
        ),
        ("completions bash", &["shell", "script"]),
        ("man flags-set", &["page", "text", "directory", "pages"]),
        (
            "man --directory pages",
            &["page", "text", "directory", "pages"],
        ),
        (
            "undo",
            &[
                "dry_run", "changed", "revision", "undone", "restored", "count", "changes",
                "effects",
            ],
        ),
        ("demo", &["store", "steps"]),
        (
            "backup copy.db",
            &["file", "store", "revision", "head", "format", "bytes"],
        ),
        (
            "test tests.yaml",
            &["ok", "passed", "failed", "undecided", "tests"],
        ),
        ("doctor", &["ok", "store", "problems", "warnings", "checks"]),
        (
            "restore backup.db",
            &[
                "dry_run", "restored", "file", "store", "revision", "format", "bytes", "before",
                "kept", "lost",
            ],
        ),
        (
            "check analytics --token signed.jwt --key-file key.pem",
            &[
                "verified",
                "ok",
                "reason",
                "detail",
                "subject",
                "expectations",
            ],
        ),
        (
            "token verify --file signed.jwt --key-file key.pem",
            &["valid", "reason", "detail", "checks", "header", "claims"],
        ),
        (
            "token issue --user ana --key key.pem",
            &["token", "algorithm", "kid", "claims", "left_out"],
        ),
        (
            "token keys generate --out new.pem",
            &["file", "algorithm", "kid"],
        ),
        ("token keys public key.pem", &["pem", "kid"]),
        ("token keys jwks key.pem", &["keys"]),
        ("serve keys create new --scope read", KEY_SHOWN),
        (
            "serve keys create new --scope read --output new.key",
            KEY_WRITTEN,
        ),
        (
            "profile add new --url https://flags.example.com",
            &["name", "kind", "place", "protected", "default"],
        ),
        (
            "profile list",
            &["name", "kind", "place", "protected", "default", "in_effect"],
        ),
        (
            "profile show live",
            &[
                "profile",
                "source",
                "configuration",
                "settings",
                "credential",
            ],
        ),
        ("profile use live", &["name", "before"]),
        ("profile rename live new", &["name", "before"]),
        (
            "profile remove live",
            &["name", "was_default", "logged_out"],
        ),
        (
            "auth login --profile live --insecure-storage --key-file private/key.txt",
            &["profile", "kind", "host", "source", "client_id", "checked"],
        ),
        (
            "auth logout --profile live",
            &["profile", "logged_out", "host", "source"],
        ),
        (
            "auth status --profile live",
            &[
                "profile",
                "kind",
                "host",
                "source",
                "from",
                "client_id",
                "credential",
                "works",
            ],
        ),
        (
            "auth status",
            &[
                "profile",
                "kind",
                "host",
                "source",
                "from",
                "works",
                "problem",
                "in_effect",
            ],
        ),
        ("serve keys list", KEY),
        ("serve keys revoke first", KEY),
        (
            "serve logins create ana",
            &["id", "user", "client", "expires", "refresh_token", "code"],
        ),
        (
            "serve logins list",
            &[
                "id", "user", "client", "created", "used", "expires", "revoked",
            ],
        ),
        ("serve logins revoke --user ana", &["revoked"]),
        ("override import overrides.csv", IMPORTED),
        ("user import users.csv", IMPORTED),
        (
            "notify add other --webhook --url-file url.txt",
            &["name", "kind", "server", "events", "since", "secret"],
        ),
        ("notify list", DESTINATION),
        ("notify resume hook", DESTINATION),
        ("notify show hook", DESTINATION_SHOWN),
        (
            "notify test hook --dry-run",
            &[
                "name",
                "event",
                "dry_run",
                "delivered",
                "status",
                "answer",
                "body",
            ],
        ),
        (
            "notify run --once",
            &["destinations", "delivered", "failed", "refused"],
        ),
        ("notify remove hook", &["name", "removed"]),
        (
            "api GET /v1/features --dry-run --profile there",
            &["dry_run", "request", "status", "headers", "body"],
        ),
    ];
    commands.extend(super::dry_run::WRITES.map(|line| (line, WRITE)));
    let mut commands: Vec<_> = commands
        .into_iter()
        .map(|(line, fields)| (line.to_owned(), fields))
        .collect();
    for (command, fields) in [("decode", DECODED), ("inspect", INSPECTED)] {
        commands.push((format!("token {command} --file token.jwt"), fields));
    }
    let diff = "token diff --token-file signed.jwt".to_owned();
    commands.push((diff, COMPARED));
    commands
}

/// How the README names the command of a line: without the arguments, but where these decide
/// whether it shows or writes.
fn name_of(line: &str) -> String {
    match line {
        "feature cap" => return "feature cap".to_owned(),
        "feature cap 60" => return "feature cap NUMBER".to_owned(),
        "target beta" => return "target FEATURE".to_owned(),
        "log verify" => return line.to_owned(),
        "auth status --profile live" => return "auth status --profile".to_owned(),
        history if history.ends_with(" --history") => return "explain --history".to_owned(),
        key if key.ends_with(" --output new.key") => {
            return "serve keys create --output".to_owned();
        }
        "export --output new.yaml" => return "export --output".to_owned(),
        token if token.contains("--token ") => return "check --token".to_owned(),
        _ => {}
    }
    let groups = [
        "feature", "plan", "user", "org", "override", "token", "notify", "profile", "auth",
    ];
    let words: Vec<&str> = line.split(' ').collect();
    match words[0] {
        "target" => "target FEATURE …".to_owned(),
        "token" if words[1] == "keys" => words[..3].join(" "),
        "serve" => words[..3].join(" "),
        group if groups.contains(&group) => words[..2].join(" "),
        alone => alone.to_owned(),
    }
}

/// The table of the README: commands with the same fields share a row.
fn table() -> String {
    let mut rows: Vec<(Vec<String>, &[&str])> = Vec::new();
    for (line, fields) in commands() {
        let name = format!("`{}`", name_of(&line));
        match rows.iter_mut().find(|(_, known)| *known == fields) {
            Some((names, _)) if names.contains(&name) => {}
            Some((names, _)) => names.push(name),
            None => rows.push((vec![name], fields)),
        }
    }
    let rows = rows.iter().map(|(names, fields)| {
        let fields: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
        format!("| {} | {} |\n", names.join(", "), fields.join(", "))
    });
    format!(
        "| command | fields |\n| --- | --- |\n{}",
        rows.collect::<String>()
    )
}

#[test]
fn the_readme_lists_every_field() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let table = table();
    assert!(
        readme.contains(&table),
        "README.md lacks this table:\n{table}"
    );
}

/// The document itself, or the first of its elements.
fn one(document: &Value) -> &serde_json::Map<String, Value> {
    let element = document.as_array().map_or(document, |all| &all[0]);
    element.as_object().unwrap()
}

#[test]
fn every_document_has_exactly_its_published_fields() {
    for (line, fields) in commands() {
        // Deletions come late in the list of writes, so each command gets a shop of its own.
        let document = shop().json(&format!("{line}{}", yes(&line)));
        let found: Vec<&String> = one(&document).keys().collect();
        assert_eq!(found, fields, "{line}");
    }
}

#[test]
fn selected_fields_come_in_the_order_asked_for() {
    for (line, fields) in commands() {
        let (first, last) = (fields[0], fields[fields.len() - 1]);
        let said = shop().flags(&format!("{line}{} --json={last},{first}", yes(&line)));
        let document: Value = serde_json::from_str(&said.yes()).unwrap();
        let found: Vec<&String> = one(&document).keys().collect();
        let mut asked = vec![last, first];
        asked.dedup();
        assert_eq!(found, asked, "{line}");
    }
}

#[test]
fn an_unknown_field_names_the_known_ones_and_nothing_is_written() {
    for (line, fields) in commands() {
        let place = Place::shop();
        std::fs::remove_file(place.store()).unwrap();
        let made = line == "init" || line == "demo" || line.starts_with("man --directory");
        let place = if made { place } else { shop() };
        let before = (!made).then(|| place.contents());
        let told = place
            .flags(&format!("{line}{} --json=nonsense", yes(&line)))
            .fails(2);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["error"]["code"], "unknown_field", "{line}");
        let message = format!(
            "unknown field `nonsense`: the fields are {}",
            fields.join(", ")
        );
        assert_eq!(told["error"]["message"], *message, "{line}");
        match before {
            Some(before) => assert_eq!(place.contents(), before, "{line}"),
            None => assert_eq!(
                std::fs::read_dir(place.path("")).unwrap().count(),
                0,
                "{line} made something"
            ),
        }
    }
}

#[test]
fn a_field_that_is_nearly_one_is_suggested() {
    let place = Place::shop();
    let told = place.flags("feature list --json=key,tipe").fails(2);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["error"]["hints"][0], "did you mean `type`?");
}

#[test]
fn a_list_without_rows_is_an_empty_array() {
    let place = Place::empty();
    for line in [
        "feature list",
        "plan list",
        "user list",
        "org list",
        "override list",
        "matrix",
        "log",
        "notify list",
    ] {
        assert_eq!(place.json(line), serde_json::json!([]), "{line}");
        // No row is no line, so that counting lines counts rows; a person is told on stderr.
        let said = place.flags(line);
        assert_eq!((said.code, &*said.out), (Some(0), ""), "{line}");
        assert!(said.err.starts_with("there are no "), "{}", said.err);
    }
}

/// What destroys is done without asking here.
fn yes(line: &str) -> &'static str {
    let asking = ["delete", "forget", "clear", "restore", "profile remove"];
    match asking.iter().any(|word| line.contains(word)) {
        true => " --yes",
        false => "",
    }
}
