//! Tokens of a megabyte, made to be expensive: each is answered within 64 MiB, and larger ones are
//! refused.
//!
//! What a program asks the system for (heap, and what it maps to write into) is limited to 56 MiB;
//! the rest is left for its text and stack. A run that wants more ends by a signal.

use std::fs::File;
use std::path::Path;
use std::process::Command;

use super::super::kit::{NOW, Place, SHOP, Said};
use super::{SECRET, signed};

/// KiB, as the shell's `ulimit -d` counts.
const LIMIT: u32 = 56 * 1024;
/// The bytes of a payload that make a token of nearly 1 MiB.
const PAYLOAD: usize = 786_000;

/// The unit as often as it fits, between a beginning and an end.
fn repeated(begin: &str, unit: &str, end: &str) -> String {
    let times = (PAYLOAD - begin.len() - end.len()) / unit.len();
    format!("{begin}{}{end}", unit.repeat(times).trim_end_matches(','))
}

/// An object of distinct names.
fn names() -> String {
    let mut text = String::from("{");
    for number in 0.. {
        let member = format!("\"n{number:x}\":0,");
        if text.len() + member.len() > PAYLOAD {
            break;
        }
        text.push_str(&member);
    }
    text.pop();
    text.push('}');
    text
}

fn expensive() -> Vec<(&'static str, String)> {
    let deep = format!("{}{},", "[".repeat(95), "]".repeat(95));
    let mut names_of_features = names();
    names_of_features.truncate(PAYLOAD - 40);
    let end = names_of_features.rfind(',').unwrap();
    names_of_features.truncate(end);
    vec![
        ("empty objects", repeated("{\"a\":[", "{},", "]}")),
        ("small objects", repeated("{\"a\":[", "{\"\":0},", "]}")),
        ("zeros", repeated("{\"a\":[", "0,", "]}")),
        ("nested arrays", repeated("{\"a\":[", &deep, "]}")),
        ("names", names()),
        ("escapes", repeated("{\"a\":\"", "\\u0001", "\"}")),
        (
            "hidden characters",
            repeated("{\"a\":\"", "\u{202e}", "\"}"),
        ),
        (
            "features",
            format!("{{\"features\":{names_of_features}}}}}"),
        ),
        (
            "wrong features",
            repeated("{\"feature_flags\":[", "0,", "]}"),
        ),
        (
            "named features",
            repeated("{\"feature_flags\":[", "\"a\",", "]}"),
        ),
        ("roles", repeated("{\"roles\":[", "0,", "]}")),
        ("audiences", repeated("{\"aud\":[", "\"\",", "]}")),
        ("a subject of arrays", repeated("{\"sub\":[", "[],", "]}")),
    ]
}

/// The commands that show what is in a token.
const SHOWING: [&[&str]; 5] = [
    &["token", "decode", "-"],
    &["token", "decode", "-", "--json"],
    &["token", "inspect", "-"],
    &["token", "inspect", "-", "--catalog", "catalog", "--json"],
    &["token", "inspect", "-", "--json"],
];

/// As many values as are shown, as long as a token can be, and something odd about each.
fn just_shown() -> [(&'static str, String); 4] {
    let members = |value: &str, name: &str| {
        let length = PAYLOAD / 2_990 - value.len() - 12;
        let fill = name.repeat(length / name.len());
        let members: Vec<_> = (0..2_980)
            .map(|number| format!("\"{number:04}{fill}\":{value}"))
            .collect();
        members.join(",")
    };
    [
        (
            "limits",
            format!("{{\"features\":{{{}}}}}", members("0", "n")),
        ),
        (
            "texts",
            format!("{{\"features\":{{{}}}}}", members("\"no\"", "n")),
        ),
        (
            "hidden names",
            format!("{{\"features\":{{{}}}}}", members("0", "\u{202e}")),
        ),
        ("claims", format!("{{{}}}", members("true", "n"))),
    ]
}

/// A run with so much memory and no more.
fn run(place: &Place, limit: u32, words: &[&str], token: &Path) -> Said {
    let program = place.command::<&str>(&[]);
    let script = format!("ulimit -d {limit} && exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command
        .args(["-c", &script])
        .arg(program.get_program())
        .args(words)
        .current_dir(place.path(""))
        .env_clear()
        .env("FLAGS_NOW", NOW)
        .stdin(File::open(token).unwrap());
    Said::by(&mut command)
}

#[test]
fn the_most_expensive_tokens_are_answered_within_the_memory_of_one() {
    let place = Place::bare();
    place.file("key", SECRET);
    place.file("catalog", SHOP);
    for (name, payload) in expensive() {
        let token = signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
        assert!(
            (1_000_000..=1024 * 1024).contains(&token.len()),
            "{name}: {}",
            token.len()
        );
        let token = place.file("token", token);
        // Its verdict is that of a small token of the kind; only claims that are judged are read.
        let genuine = !matches!(name, "audiences" | "a subject of arrays");
        let verify = [
            "token",
            "verify",
            "--any-audience",
            "--key-file",
            "key",
            "-",
        ];
        for more in [&[][..], &["--json"], &["--lines"]] {
            let said = run(&place, LIMIT, &[&verify[..], more].concat(), &token);
            let code = Some(i32::from(!genuine));
            assert_eq!(said.code, code, "{name} {more:?}: {}", said.err);
        }
        for words in SHOWING {
            let said = run(&place, LIMIT, words, &token);
            // What has too many values to be shown is said to have.
            let shown = said.code == Some(0) || said.err.contains("more than 3000 values");
            assert!(shown, "{name} {words:?}: {:?} {}", said.code, said.err);
        }
    }
    let escapes = place.file("token", signed(r#"{"alg":"HS256"}"#, b"{}"));
    let starved = run(&place, 200, &["token", "decode", "-"], &escapes);
    assert_ne!(starved.code, Some(0), "the limit does not limit");
}

#[test]
fn what_can_just_be_shown_is_shown_within_the_memory() {
    let place = Place::bare();
    place.file("key", SECRET);
    place.file("catalog", SHOP);
    for (name, payload) in just_shown() {
        let token = signed(r#"{"alg":"HS256"}"#, payload.as_bytes());
        let bytes = token.len();
        assert!((950_000..=1024 * 1024).contains(&bytes), "{name}: {bytes}");
        let token = place.file("token", token);
        let verify = ["token", "verify", "--json", "--key-file", "key", "-"];
        for words in SHOWING.iter().copied().chain([&verify[..]]) {
            let said = run(&place, LIMIT, words, &token);
            assert_eq!(said.code, Some(0), "{name} {words:?}: {}", said.err);
            assert!(said.out.len() > 700_000, "{name} {words:?}");
        }
    }
}

#[test]
fn what_can_just_be_shown_is_compared_within_the_memory() {
    let place = Place::shop();
    let store = place.store().display().to_string();
    let diff = ["token", "diff", "--store", &store, "--user", "ana", "-"];
    for (name, payload) in just_shown() {
        let token = place.file("token", signed(r#"{"alg":"HS256"}"#, payload.as_bytes()));
        for more in [&[][..], &["--json"]] {
            let said = run(&place, LIMIT, &[&diff[..], more].concat(), &token);
            assert_eq!(said.code, Some(1), "{name} {more:?}: {}", said.err);
        }
    }
}

#[test]
fn a_header_is_no_way_around_the_limit() {
    let place = Place::bare();
    place.file("key", SECRET);
    for (name, header) in expensive() {
        let header = header.replacen('{', "{\"alg\":\"HS256\",", 1);
        let token = place.file("token", signed(&header, b"{}"));
        for words in [
            &["token", "decode", "-"][..],
            &["token", "verify", "--key-file", "key", "-"],
        ] {
            let said = run(&place, LIMIT, words, &token);
            assert!(
                said.code.is_some_and(|code| code < 3),
                "{name} {words:?}: {said:?}"
            );
        }
    }
}

#[test]
fn a_token_of_more_than_a_megabyte_is_refused() {
    let place = Place::bare();
    place.file("key", SECRET);
    let token = signed(
        r#"{"alg":"HS256"}"#,
        repeated("{\"a\":\"", "aaaaaaaa", "\"}").as_bytes(),
    );
    let (header, rest) = token.split_once('.').unwrap();
    let longest = format!("{header}.{rest}{}", "A".repeat(1024 * 1024 - token.len()));
    for (text, sentence) in [
        (longest.clone(), "refused (signature): "),
        (
            format!("{longest}A"),
            "refused (malformed): form: the text has more than 1048576 bytes",
        ),
        (
            "A".repeat(80 << 20),
            "refused (malformed): form: the text has more than 1048576 bytes",
        ),
    ] {
        let token = place.file("token", text);
        let said = run(
            &place,
            LIMIT,
            &["token", "verify", "--key-file", "key", "-"],
            &token,
        );
        assert!(
            said.code == Some(1) && said.out.starts_with(sentence),
            "{:.300}",
            said.out
        );
    }
}
