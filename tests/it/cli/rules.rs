//! What a rule of the catalog refuses, and files that cannot be read as one.

use super::kit::{Place, refused, refused_words};

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
    let told = place.flags(&line("bad.json")).fails(2);
    assert!(
        told.starts_with("error: bad.json:2:2: this is not JSON: "),
        "{told}"
    );
    let told = place.flags(&line("other.json")).fails(2);
    let other = "this version reads the format flags.catalog/1, not \"flags.catalog/9\"";
    assert!(
        told.starts_with("error: other.json:1:12: ") && told.contains(other),
        "{told}"
    );
    let told = place.flags(&line("twice.json")).fails(2);
    assert!(told.contains("`a` stands twice"), "{told}");
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

#[test]
fn a_mistake_about_a_file_is_not_sent_to_the_store() {
    let place = Place::shop();
    let full = place.flags("export --subjects --overrides").yes();
    place.file("full.json", full);
    let likely = &["did you mean `analytics`?"];
    let message = "there is no feature `analitics`";
    let line = "get analitics --plan pro --file full.json";
    refused(&place, line, 3, "feature_not_found", message, likely);
    let line = "get analytics --plan por --file full.json";
    let likely = &["did you mean `pro`?"];
    let message = "there is no plan `por`";
    refused(&place, line, 3, "plan_not_found", message, likely);
    // It has users, so that it was exported without them is not what is wrong.
    let line = "resolve --user nobody --file full.json";
    let message = "there is no user `nobody`";
    refused(&place, line, 3, "user_not_found", message, &[]);
    let line = "resolve --org nobody --file full.json";
    let message = "there is no organization `nobody`";
    refused(&place, line, 3, "organization_not_found", message, &[]);
    let told = place
        .flags("resolve --user ana --org acme --file full.json")
        .fails(3);
    assert!(!told.contains("hint"), "{told}");
}

#[test]
fn what_is_wrong_with_stdin_is_said_of_stdin() {
    let place = Place::shop();
    for (contents, told) in [
        (&b"\xff"[..], "error: stdin: this is not UTF-8 text\n"),
        (b"", "error: stdin:1:1: this is empty"),
    ] {
        let file = place.file("input", contents);
        let mut command = place.command(&["resolve", "--plan", "pro", "--file", "-"]);
        command.stdin(std::fs::File::open(file).unwrap());
        let said = super::kit::Said::by(&mut command).fails(2);
        assert!(said.starts_with(told), "{said}");
    }
}

#[test]
fn a_user_is_no_custom_target_in_questions_and_in_writes_alike() {
    let place = Place::shop();
    for line in [
        "user assign ana --target user:ben",
        "org assign acme --target user:ben",
        "resolve --user ana --target user:ben",
        "get sso --plan pro --target user:ben",
    ] {
        let message = "`user:ben` is not a custom target";
        let hints = &["users and organizations are named by --user and --org"];
        refused(&place, line, 3, "not_a_custom_target", message, hints);
    }
    assert_eq!(place.revision(), 1);
}
