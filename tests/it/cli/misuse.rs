//! Command lines that cannot be meant.

use super::kit::Place;

/// Asserts exit 2, in text and in JSON, with this in the message.
#[track_caller]
fn unusable(place: &Place, words: &[&str], part: &str) {
    let text = place.words(words).fails(2);
    assert!(text.starts_with("error: "), "{words:?}: {text}");
    assert!(text.contains(part), "{words:?}: {text}");
    let mut words = words.to_vec();
    words.insert(0, "--json");
    let told = place.words(&words).fails(2);
    assert_eq!(told.lines().count(), 1, "{told}");
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let message = told["error"]["message"].as_str().unwrap();
    assert!(message.contains(part), "{words:?}: {message}");
    assert!(!message.contains('\n'), "{message}");
    assert!(told["error"]["hints"].is_array(), "{told}");
}

#[test]
fn a_malformed_key_identifier_value_or_time_is_a_usage_error() {
    let place = Place::shop();
    let long = "x".repeat(65);
    let longer = "x".repeat(256);
    let cases: &[(&[&str], &str)] = &[
        (
            &["get", "Analytics", "--user", "ana"],
            "a feature key is made of a-z, 0-9, `-` and `_`; `Analytics` contains 'A'",
        ),
        (
            &["get", "", "--user", "ana"],
            "a feature key cannot be empty",
        ),
        (
            &["get", &long, "--user", "ana"],
            "a feature key has at most 64 characters, this one has 65",
        ),
        (&["plan", "show", "Pro"], "a plan key is made of"),
        (
            &["get", "analytics", "--plan", "pr o"],
            "a plan key is made of",
        ),
        (
            &["get", "analytics", "--user", "a b"],
            "\"a b\" is not an identifier",
        ),
        (
            &["get", "analytics", "--user", ".."],
            "is not an identifier",
        ),
        (&["get", "analytics", "--user", ""], "is not an identifier"),
        (
            &["get", "analytics", "--org", &longer],
            "is not an identifier",
        ),
        (
            &["get", "analytics", "--user", "zoë"],
            "is not an identifier",
        ),
        (
            &["set", "analytics", "maybe", "--plan", "pro"],
            "`maybe` is not a value: write `on`, `off`",
        ),
        (
            &["set", "max_seats", "-5", "--plan", "pro"],
            "`-5` is not a value",
        ),
        (
            &["set", "max_seats", "1.5", "--plan", "pro"],
            "`1.5` is not a value",
        ),
        (
            &["set", "max_seats", "9007199254740992", "--plan", "pro"],
            "is above the largest limit, 9007199254740991",
        ),
        (
            &["set", "sso", "--user", "ana", "--expires", "soon"],
            "`soon` is not a moment: write a span from now such as 14d",
        ),
        (
            &["set", "sso", "--user", "ana", "--starts", "14"],
            "`14` is not a moment",
        ),
        (
            &["get", "sso", "--user", "ana", "--at", "2026-02-30"],
            "`2026-02-30` is not a moment",
        ),
        (
            &[
                "get",
                "sso",
                "--user",
                "ana",
                "--at",
                "9223372036854775807s",
            ],
            "is beyond the last moment that can be kept, 9999-12-30T22:00:00Z",
        ),
        (
            &["get", "sso", "--user", "ana", "--at", "999999w"],
            "`999999w` is beyond the last moment",
        ),
        (
            &["get", "sso", "--user", "ana", "--at", "9999-12-31"],
            "`9999-12-31` is beyond the last moment",
        ),
        (
            &["check", "max_seats>=", "--user", "ana"],
            "`max_seats>=`: compare with a whole number or `unlimited`; for on and off write \
             `max_seats` or `!max_seats`",
        ),
        (
            &["check", "max_seats=>5", "--user", "ana"],
            "`max_seats=>5`: compare with a whole number",
        ),
        (
            &["check", "analytics=on", "--user", "ana"],
            "`analytics=on`: compare with a whole number or `unlimited`; for on and off write \
             `analytics` or `!analytics`",
        ),
        (
            &["check", "!max_seats>=5", "--user", "ana"],
            "write the opposite comparison instead of `!`",
        ),
        (
            &["check", "Analytics", "--user", "ana"],
            "`Analytics`: a feature key is made of",
        ),
        (
            &["check", "!", "--user", "ana"],
            "a feature key cannot be empty",
        ),
        (
            &["target", "sso", "percent", "101"],
            "\"101\" is not a percentage: write 0 to 100",
        ),
        (
            &["target", "sso", "percent", "-1"],
            "\"-1\" is not a percentage",
        ),
        (
            &["target", "sso", "percent", "1.234"],
            "is not a percentage",
        ),
        (
            &["target", "sso", "percent"],
            "percent needs a number, such as `percent 25`",
        ),
        (
            &["target", "sso", "all", "5"],
            "a number goes with percent only",
        ),
        (&["target", "sso", "most"], "invalid value 'most'"),
        (
            &["target", "add", "sso", "ana"],
            "\"ana\" does not say what it names: write user:ID, org:ID",
        ),
        (
            &["target", "add", "sso", "Work:1"],
            "\"Work\" is not a target type",
        ),
        (&["feature", "cap", "0"], "0 is not in 1..=10000"),
        (
            &["feature", "define", "x", "--type", "text"],
            "invalid value 'text'",
        ),
        (&["plan", "create", "x", "--price", "cheap"], "cheap"),
        (&["plan", "create", "x", "--currency", "dollars"], "dollars"),
        (&["plan", "create", "x", "--period", "weekly"], "weekly"),
        (
            &["feature", "define", "x", "--tag", &long],
            "this text has 65 characters; at most 64 are kept",
        ),
        (&["user", "list", "--limit", "many"], "invalid value 'many'"),
        (&["token", "decode", "not-a-token"], "token"),
        (&["completions", "tcsh"], "invalid value 'tcsh'"),
    ];
    for (words, part) in cases {
        unusable(&place, words, part);
    }
    assert_eq!(place.revision(), 1);
}

#[test]
fn a_question_or_write_without_one_clear_holder_is_a_usage_error() {
    let place = Place::shop();
    let cases: &[(&str, &str)] = &[
        ("get analytics", "--user"),
        ("resolve", "--user"),
        ("check analytics", "--user"),
        ("check --user ana", "<EXPECTATION>"),
        ("explain analytics", "--user"),
        ("get analytics --user ana --plan pro", "cannot be used with"),
        ("set analytics", "--plan"),
        ("set analytics --plan pro --user ana", "cannot be used with"),
        ("set analytics --user ana --org acme", "cannot be used with"),
        (
            "set analytics --plan pro --expires 14d",
            "cannot be used with",
        ),
        (
            "set analytics --plan pro --starts 14d",
            "cannot be used with",
        ),
        ("unset analytics", "--plan"),
        (
            "unset analytics --plan pro --org acme",
            "cannot be used with",
        ),
        ("override show analytics", "--user"),
        ("override clear", "--user"),
        ("override list --user ana --org acme", "cannot be used with"),
        (
            "user assign ana --plan pro --no-plan",
            "cannot be used with",
        ),
        (
            "plan edit pro --default --no-default",
            "cannot be used with",
        ),
        (
            "plan delete pro --move-to free --take-off",
            "cannot be used with",
        ),
        (
            "resolve --plan pro --file x --store y",
            "cannot be used with",
        ),
        (
            "feature list --store a --profile b",
            "--store and --profile each name a store",
        ),
        ("user assign", "<USER>"),
        ("feature", "subcommand"),
        ("nonsense", "unrecognized subcommand"),
        ("feature list --nonsense", "unexpected argument"),
    ];
    for (line, part) in cases {
        let words: Vec<&str> = line.split_whitespace().collect();
        if *line == "feature" {
            assert_eq!(place.words(&words).code, Some(2));
            continue;
        }
        unusable(&place, &words, part);
    }
    assert_eq!(place.revision(), 1);
}

#[test]
fn a_mistyped_command_or_option_is_suggested() {
    let place = Place::shop();
    let told = place.flags("resove --user ana").fails(2);
    assert!(told.contains("'resolve'"), "{told}");
    let told = place.flags("resolve --usr ana --json").fails(2);
    assert!(told.contains("'--user'"), "{told}");
}

#[test]
fn the_clock_can_be_pinned_only_to_a_moment() {
    let place = Place::shop();
    for words in [&["feature", "list"][..], &["token", "decode", "x"]] {
        let mut command = place.command(words);
        let said = super::kit::Said::by(command.env("FLAGS_NOW", "yesterday"));
        assert_eq!(
            said.fails(2),
            "error: FLAGS_NOW: `yesterday` is not a moment: write RFC 3339, such as \
             2026-12-31T23:59:59Z, or a date\n"
        );
    }
}

#[test]
fn a_question_about_nobody_names_who_can_be_asked_about() {
    let place = Place::shop();
    for line in ["get sso", "resolve", "check sso", "explain sso"] {
        let told = place.flags(line).fails(2);
        let who = match line {
            "check sso" => "<--user <ID>|--org <ID>|--plan <PLAN>|--token <FILE>>",
            "resolve" => "<--user <ID>|--org <ID>|--plan <PLAN>|--all>",
            _ => "<--user <ID>|--org <ID>|--plan <PLAN>>",
        };
        assert!(told.contains(&format!("\n  {who}\n")), "{told}");
        assert!(!told.contains("--at") && !told.contains("--file"), "{told}");
    }
}
