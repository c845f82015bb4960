//! Command lines that cannot be meant, and values that a rule refuses.

use super::kit::{Place, refused, refused_words};

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
            "is not a moment",
        ),
        (
            &["check", "max_seats>=", "--user", "ana"],
            "`max_seats>=`: `` is not a value",
        ),
        (
            &["check", "max_seats=>5", "--user", "ana"],
            "`max_seats=>5`",
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
        (
            &["user", "assign", "ana", "--target", "user:ben"],
            "`user:ben` is not a custom target",
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
fn a_value_must_fit_its_feature() {
    let place = Place::shop();
    let before = place.contents();
    let wrong = "wrong_type";
    let message = "analytics is a boolean feature: `5` is not a value for it";
    let hints = &["write `on` or `off`, or leave the value out"];
    refused(
        &place,
        "set analytics 5 --plan pro",
        3,
        wrong,
        message,
        hints,
    );
    let message = "max_seats is a limit feature: it needs a number, or `unlimited`";
    let hints = &["write the number behind the key: `flags set max_seats 5 …`"];
    refused(&place, "set max_seats --plan pro", 3, wrong, message, hints);
    refused(
        &place,
        "set max_seats on --user ana",
        3,
        wrong,
        message,
        hints,
    );
    let message =
        "analytics is a boolean feature: expect `analytics` or `!analytics`, not a number";
    refused(
        &place,
        "check analytics>=5 --user ana",
        3,
        wrong,
        message,
        &[],
    );
    let message = "max_seats is a limit feature: only boolean features are targeted";
    let hints = &["`flags set max_seats NUMBER --plan PLAN`, --user or --org gives a limit"];
    for line in [
        "target max_seats all",
        "target max_seats percent 5",
        "target add max_seats user:ana",
        "target max_seats all --dry-run",
    ] {
        refused(&place, line, 3, "not_targetable", message, hints);
    }
    assert_eq!(place.contents(), before);
}

#[test]
fn an_override_must_have_a_moment_at_which_it_stands() {
    let place = Place::shop();
    let message =
        "the override would have expired at 2026-04-30T12:00:00Z, and it is 2026-05-01T12:00:00Z";
    let hints = &["`--expires 14d` ends it in 14 days"];
    refused(
        &place,
        "set sso --user ana --expires -1d",
        2,
        "expired",
        message,
        hints,
    );
    let message =
        "the override would have expired at 2026-05-01T12:00:00Z, and it is 2026-05-01T12:00:00Z";
    refused(
        &place,
        "set sso --user ana --expires now",
        2,
        "expired",
        message,
        hints,
    );
    let message =
        "an override that starts at 2026-05-03T12:00:00Z cannot expire at 2026-05-02T12:00:00Z";
    let line = "set sso --user ana --starts 2d --expires 1d";
    refused(&place, line, 2, "span", message, &[]);
    assert_eq!(place.revision(), 1);
}

#[test]
fn the_catalog_has_fifty_features_unless_its_cap_is_raised() {
    let place = Place::shop();
    for number in 7..=50 {
        place.flags(&format!("feature define f{number}")).yes();
    }
    let message = "the catalog has 50 features, which is its cap";
    let hints = &["`flags feature cap NUMBER` raises the cap, `flags feature delete` frees one"];
    for line in [
        "feature define one-more",
        "feature define one-more --dry-run",
        "set one-more --plan pro --create",
    ] {
        refused(&place, line, 3, "too_many_features", message, hints);
    }
    assert_eq!(
        place.flags("feature cap").yes(),
        "50 of 50 features are defined\n"
    );
    let message = "the cap cannot be 49: 50 features are defined";
    let hints = &["`flags feature delete` frees one"];
    refused(&place, "feature cap 49", 3, "cap_too_low", message, hints);
    place.flags("feature cap 51").yes();
    place.flags("feature define one-more").yes();
    assert_eq!(
        place.flags("feature cap").yes(),
        "51 of 51 features are defined\n"
    );
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
fn an_unusable_file_is_named_with_what_is_wrong_with_it() {
    let place = Place::shop();
    place.file("bad.json", "{\"format\": \"flags.catalog/1\",\n oops}");
    place.file("other.json", "{\"format\": \"flags.catalog/9\"}");
    place.file(
        "twice.json",
        "{\"format\": \"flags.catalog/1\", \"plans\": {\"a\": {}, \"a\": {}}}",
    );
    place.file("latin.json", b"\xff\xfe");
    let code = "unreadable_file";
    let line = |file: &str| format!("resolve --plan pro --file {file}");
    let bad = "bad.json: key must be a string at line 2 column 2";
    refused(&place, &line("bad.json"), 2, code, bad, &[]);
    let other = "other.json: this version reads the format flags.catalog/1, not \"flags.catalog/9\" at line 1 column 29";
    refused(&place, &line("other.json"), 2, code, other, &[]);
    let told = place.flags(&line("twice.json")).fails(2);
    assert!(told.contains("\"a\" stands twice"), "{told}");
    refused(
        &place,
        &line("latin.json"),
        2,
        code,
        "latin.json: this is not UTF-8 text",
        &[],
    );
    let missing = "none.json: No such file or directory (os error 2)";
    refused(&place, &line("none.json"), 2, code, missing, &[]);
    let told = place.flags(&line(".")).fails(2);
    assert!(told.contains("Is a directory"), "{told}");
}

#[test]
fn a_file_without_its_subjects_says_how_to_export_them() {
    let place = Place::shop();
    let export = place.flags("export").yes();
    place.file("catalog.json", export);
    refused_words(
        &place,
        &["resolve", "--user", "ana", "--file", "catalog.json"],
        3,
        "user_not_found",
        "there is no user `ana`",
        &["export with --subjects --overrides, or ask about --plan PLAN"],
    );
}
