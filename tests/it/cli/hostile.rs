//! Text that somebody else wrote and the store keeps: it never steers a terminal, and JSON gives
//! it back exactly.

use serde_json::{Map, Value, json};

use super::kit::{Place, Said};
use super::strings::{OWN, assert_safe, strings, without_colours};

fn cut(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

/// A catalog in which each string stands wherever free text may stand.
fn catalog(strings: &[String]) -> Value {
    let (mut features, mut plans) = (Map::new(), Map::new());
    let (mut organizations, mut users, mut overrides) = (Map::new(), Map::new(), Map::new());
    for (number, text) in strings.iter().enumerate() {
        let key = format!("f{number:03}");
        // What is empty is left out by an export, as it would be by `--name ''`.
        let tags: Vec<String> = [cut(text, 64)].into();
        let rule =
            json!({"id": text, "serve": true, "when": [{"percent": 0}, {"unsupported": text}]});
        features.insert(
            key.clone(),
            json!({
                "type": "boolean", "name": text, "description": text, "tags": tags,
                "owner": text, "enabled": true,
                "targeting": {"default": false, "rules": [rule]},
            }),
        );
        plans.insert(
            format!("p{number:03}"),
            json!({"display_name": text, "description": text, "grants": {&key: true}}),
        );
        organizations.insert(format!("o{number:03}"), json!({ "name": text }));
        users.insert(format!("u{number:03}"), json!({ "email": text }));
        overrides.insert(
            format!("user:u{number:03}"),
            json!({ key: {"grant": true, "reason": text} }),
        );
    }
    json!({
        "format": "flags.catalog/1",
        "settings": { "max_features": 1000 },
        "features": features, "plans": plans, "organizations": organizations,
        "users": users, "overrides": overrides,
    })
}

const QUESTIONS: &[&str] = &[
    "feature list",
    "feature show f003",
    "feature show f006",
    "target f005",
    "plan list --limit 0",
    "plan show p003",
    "matrix",
    "matrix --format markdown",
    "user list --limit 0",
    "user show u003",
    "org list --limit 0",
    "org show o004",
    "override list --limit 0",
    "override show f003 --user u003",
    "explain f003 --user u003",
    "explain f006 --user u006",
    "set f003 --user u003 --reason x --dry-run",
    "unset f006 --user u006 --dry-run",
    "feature delete f003 --dry-run",
    "plan delete p006 --dry-run",
    "user forget u007 --dry-run",
    "feature edit f003 --name harmless --dry-run",
    "feature delete f003",
];

#[test]
fn names_descriptions_reasons_and_addresses_never_reach_a_terminal_raw() {
    let place = Place::with(&catalog(&strings()).to_string());
    for line in QUESTIONS {
        for coloured in [false, true] {
            let mut command = place.command(&line.split_whitespace().collect::<Vec<_>>());
            if coloured {
                command.env("CLICOLOR_FORCE", "1");
            }
            let said = Said::by(&mut command);
            assert!(
                !said.out.is_empty() || said.code == Some(2),
                "{line}: {said:?}"
            );
            for text in [&said.out, &said.err] {
                let text = if coloured {
                    without_colours(text)
                } else {
                    text.clone()
                };
                assert_safe(&text, &['\n', '\t'], line);
            }
        }
    }
}

#[test]
fn rows_stay_rows_whatever_is_in_them() {
    let strings = strings();
    let place = Place::with(&catalog(&strings).to_string());
    for (line, tabs) in [
        ("feature list --limit 0", 4),
        ("plan list --limit 0", 4),
        ("user list --limit 0", 3),
        ("org list --limit 0", 2),
        ("override list --limit 0", 6),
    ] {
        let text = place.flags(line).yes();
        assert_eq!(text.lines().count(), strings.len() + 1, "{line}");
        for row in text.lines() {
            assert_eq!(row.matches('\t').count(), tabs, "{line}: {row:?}");
        }
    }
    let markdown = place.flags("matrix --format markdown").yes();
    assert_eq!(markdown.lines().count(), strings.len() + 2);
}

#[test]
fn json_and_export_give_back_exactly_what_was_given() {
    let strings = strings();
    let document = catalog(&strings);
    let place = Place::with(&document.to_string());
    let text = place.flags("export --subjects --overrides").yes();
    assert_safe(&text, &['\n'], "export");
    let export: Value = serde_json::from_str(&text).unwrap();
    for part in ["plans", "organizations", "users", "overrides"] {
        assert_eq!(export[part], document[part], "{part}");
    }
    for (key, feature) in document["features"].as_object().unwrap() {
        assert_eq!(export["features"][key], *feature, "{key}");
    }
    for (line, name, fields) in [
        (
            "feature list",
            "features",
            &["name", "description", "owner", "tags"][..],
        ),
        ("plan list", "plans", &["display_name", "description"]),
        ("user list", "users", &["email"]),
        ("org list", "organizations", &["name"]),
    ] {
        let rows = place.json(&format!("{line} --limit 0"));
        for (row, (key, given)) in rows
            .as_array()
            .unwrap()
            .iter()
            .zip(document[name].as_object().unwrap())
        {
            for field in fields {
                assert_eq!(row[*field], given[*field], "{line}: {field} of {key}");
            }
        }
    }
    // The exported file, control characters and all, answers like the store.
    place.file("again.json", &text);
    let line = "explain f003 --user u003 --file again.json";
    assert_safe(&place.flags(line).yes(), &['\n', '\t'], line);
    let reason = format!("the override of u003 grants on ({})", strings[3]);
    assert_eq!(place.json(line)["layers"][1]["reason"], *reason);
}

#[test]
fn free_text_is_taken_from_arguments_as_it_is() {
    let strings: Vec<String> = strings()
        .into_iter()
        .filter(|text| !text.contains('\0'))
        .collect();
    let place = Place::empty();
    place.flags("feature define f").yes();
    place.flags("plan create p").yes();
    place.flags("user assign u").yes();
    place.flags("org assign o").yes();
    // All that a command takes at once, and every seventh string: a process for each is slow.
    for text in strings
        .iter()
        .take(OWN.len())
        .chain(strings.iter().skip(OWN.len()).step_by(7))
    {
        // A tag alone has to have something in it.
        let tag = if text.trim().is_empty() { "tag" } else { text };
        let (name, tag) = (cut(text, 256), cut(tag, 64));
        let run = |words: &[String]| {
            let said = place.words(words).yes();
            assert_safe(&said, &['\n', '\t'], &format!("{words:?}"));
        };
        let line = |words: &str, options: &[(&str, &str)]| {
            let mut all: Vec<String> = words.split(' ').map(str::to_owned).collect();
            all.extend(
                options
                    .iter()
                    .map(|(option, value)| format!("--{option}={value}")),
            );
            all
        };
        let reason = ("reason", text.as_str());
        run(&line(
            "feature edit f",
            &[
                ("name", &name),
                ("description", text),
                ("owner", &name),
                ("tag", &tag),
                reason,
            ],
        ));
        run(&line(
            "plan edit p",
            &[("name", &name), ("description", text)],
        ));
        run(&line("user assign u", &[("email", &name)]));
        run(&line("org assign o", &[("name", &name)]));
        run(&line("set f --user u", &[reason]));
        let given = |text: &str| {
            if text.is_empty() {
                Value::Null
            } else {
                json!(text)
            }
        };
        let feature = place.json("feature show f");
        assert_eq!(
            (&feature["name"], &feature["owner"]),
            (&given(&name), &given(&name))
        );
        assert_eq!(feature["description"], given(text));
        assert!(
            feature["tags"].as_array().unwrap().contains(&json!(tag)),
            "{tag:?}"
        );
        assert_eq!(place.json("user show u")["email"], given(&name));
        assert_eq!(
            place.json("override show f --user u")["reason"],
            given(text)
        );
    }
}
