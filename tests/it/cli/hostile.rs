//! Text that somebody else wrote, through the real program: it never steers a terminal, and JSON
//! gives it back exactly.
//!
//! The strings are those of `../shared/vectors/hostile_strings.jsonl` beside the project, or in
//! the folder that `FLAGS_VECTORS` names, and always a few of our own.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::kit::{Place, Said};

const OWN: &[&str] = &[
    "",
    "plain",
    "Zoë 日本語 👍🏽 e\u{301} ❤\u{fe0f}",
    "\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7}\u{1b}]52;c;aGk=\u{1b}\\",
    "\u{9b}31m\u{90}q\u{9c}\u{7f}",
    "nul \u{0} inside",
    "one\ntwo\r\nthree\tfour\u{b}\u{c}\u{85}\u{2028}\u{2029}",
    "ad\u{202e}nim\u{2066}\u{2069}\u{200f}\u{61c}",
    "zero\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}\u{180e}\u{3164}",
    "tag\u{e0041}\u{e007f}",
    r#"=cmd|' /C calc'!A0 "quoted" \ \u001b"#,
    "| markdown | `code` | <b> |",
    "--help",
];

/// Our own strings and, where the folder is there, everybody else's.
fn strings() -> Vec<String> {
    let folder = std::env::var_os("FLAGS_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"),
        PathBuf::from,
    );
    let mut strings: Vec<String> = OWN.iter().map(|&text| text.to_owned()).collect();
    if let Ok(rows) = std::fs::read_to_string(folder.join("hostile_strings.jsonl")) {
        for row in rows.lines() {
            let row: Value = serde_json::from_str(row).unwrap();
            strings.push(row["value"].as_str().unwrap().to_owned());
        }
        assert!(strings.len() > 300, "the rows were read: {}", strings.len());
    }
    strings
}

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

/// Unsafe for a terminal: controls, bidi controls, and what takes part in a line unseen.
fn is_unsafe(character: char) -> bool {
    matches!(u32::from(character),
        0x00..=0x1f | 0x7f..=0x9f | 0xad | 0x061c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e
        | 0x2060..=0x2064 | 0x2066..=0x2069 | 0x3164 | 0xfeff | 0xfff9..=0xfffb
        | 0xe0000..=0xe007f)
}

/// Takes our own colours out: `ESC [`, numbers, `m`, and the end of one.
fn without_colours(text: &str) -> String {
    let ours = ["1", "2", "31", "32", "33", "36", "0"];
    ours.iter().fold(text.to_owned(), |text, code| {
        text.replace(&format!("\u{1b}[{code}m"), "")
    })
}

#[track_caller]
fn assert_safe(text: &str, allowed: &[char], about: &str) {
    let found = text
        .char_indices()
        .find(|(_, c)| is_unsafe(*c) && !allowed.contains(c));
    if let Some((at, character)) = found {
        let line = text[..at].lines().next_back();
        panic!("{character:?} in the output of {about}, behind {line:?}");
    }
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
        ("override list --limit 0", 5),
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
        let (name, tag) = (cut(text, 256), cut(text, 64));
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
            json!(text)
        );
    }
}

#[test]
fn keys_and_identifiers_with_anything_odd_in_them_are_refused_and_shown_safely() {
    let place = Place::shop();
    let odd = |text: &&String| {
        !text.contains('\0') && !text.bytes().all(|b| b.is_ascii_graphic()) && !text.is_empty()
    };
    let strings = strings();
    let strings: Vec<&String> = strings.iter().filter(odd).collect();
    for (number, text) in strings
        .iter()
        .enumerate()
        .filter(|(n, _)| n % 5 == 0 || *n < 12)
    {
        let lines: [&[&str]; 6] = [
            &["feature", "define", "--", text],
            &["plan", "show", "--", text],
            &["user", "assign", "--", text],
            &["check", "--user=ana", "--", text],
            &["set", "analytics", "--plan=pro", "--", text],
            &["target", "add", "sso", "--", text],
        ];
        let words = lines[number % lines.len()];
        for json in [false, true] {
            let mut words = words.to_vec();
            if json {
                words.insert(0, "--json");
            }
            let told = place.words(&words).fails(2);
            assert_safe(&told, &['\n'], &format!("{words:?}"));
            if json {
                let told: Value = serde_json::from_str(&told).unwrap();
                assert_eq!(told["error"]["code"], "usage", "{words:?}");
            }
        }
    }
    assert_eq!(place.revision(), 1);
}

#[test]
fn paths_and_profiles_in_messages_are_shown_safely() {
    let place = Place::bare();
    let odd = "\u{1b}[31m\u{202e}x\n";
    for words in [
        &["feature", "list", "--store", odd][..],
        &["feature", "list", "--profile", odd],
        &["init", "--profile", odd],
        &["resolve", "--plan", "pro", "--file", odd],
        &["token", "decode", "--file", odd],
        &["token", "decode", odd],
        &["man", odd],
        &[odd],
        &["feature", odd],
        &["feature", "list", "--limit", odd],
        &["feature", "list", "--nonsense\u{1b}[2J"],
        &["feature", "list", "--json=\u{1b}[2J"],
        &["init", "--store", "/dev/null/\u{1b}[2J"],
    ] {
        let said = place.words(words);
        assert!(
            said.code != Some(0) && said.code != Some(70),
            "{words:?}: {said:?}"
        );
        assert_safe(
            &format!("{}{}", said.out, said.err),
            &['\n'],
            &format!("{words:?}"),
        );
    }
    let mut command = place.command(&["feature", "list"]);
    let told = Said::by(command.env("FLAGS_NOW", odd)).fails(2);
    assert_safe(&told, &['\n'], "FLAGS_NOW");
    use std::os::unix::ffi::OsStrExt as _;
    let bytes = std::ffi::OsStr::from_bytes(b"\xff\x1b[31m");
    let told = Said::by(place.command(&["get"]).arg(bytes)).fails(2);
    assert_safe(&told, &['\n'], "an argument that is not UTF-8");
}

#[test]
fn who_writes_and_with_what_reason_is_shown_safely_and_kept_exactly() {
    let place = Place::shop();
    let odd = "\u{1b}[31mroot\u{202e}\n";
    let mut command = place.command(&["set", "sso", "--user", "ana", "--reason", odd]);
    Said::by(command.env("FLAGS_ACTOR", odd)).yes();
    for line in ["explain sso --user ana", "override show sso --user ana"] {
        assert_safe(&place.flags(line).yes(), &['\n', '\t'], line);
    }
    assert_eq!(place.json("override show sso --user ana")["set_by"], odd);
    let layer = &place.json("explain sso --user ana")["layers"][1];
    assert_eq!(
        (&layer["set_by"], &layer["set_because"]),
        (&json!(odd), &json!(odd))
    );
}

#[test]
fn claims_of_a_token_are_shown_safely_and_kept_exactly() {
    let strings = strings();
    let place = Place::bare();
    // In every place of a token, a batch of strings at a time.
    for (number, batch) in strings.chunks(40).enumerate() {
        let named: Map<String, Value> = batch
            .iter()
            .map(|text| (text.clone(), json!(text)))
            .collect();
        let on: Map<String, Value> = batch
            .iter()
            .map(|text| (text.clone(), json!(true)))
            .collect();
        let claims = json!({
            "sub": batch[0], "org_id": batch[batch.len() / 2], "email": batch[batch.len() - 1],
            "entitlements": batch, "permissions": batch, "feature_flags": batch,
            "features": on, "custom_claims": {"plan": batch[1], "flags": named},
            "nested": [named],
        });
        let header = json!({"alg": "none", "kid": batch[0], "x": batch});
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let token = format!("{}.{}.", part(&header), part(&claims));
        place.file("token.jwt", token);
        let line = "token decode --file token.jwt";
        for coloured in [false, true] {
            let mut command = place.command(&line.split(' ').collect::<Vec<_>>());
            if coloured {
                command.env("CLICOLOR_FORCE", "1");
            }
            let text = Said::by(&mut command).yes();
            let text = if coloured {
                without_colours(&text)
            } else {
                text
            };
            assert_safe(&text, &['\n', '\t'], &format!("batch {number}"));
        }
        let text = place.flags(&format!("{line} --json")).yes();
        assert_safe(&text, &['\n'], "token decode --json");
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(document["claims"], claims, "batch {number}");
        assert_eq!(document["header"], header, "batch {number}");
        assert_eq!(document["entitlements"], json!(batch), "batch {number}");
        assert_eq!(document["verified"], false);
    }
}
