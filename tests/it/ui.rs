//! Text that came from outside, through every way `ui` can show it.
//!
//! The strings are those of `../shared/vectors/hostile_strings.jsonl` beside the project, or in
//! the folder that `FLAGS_VECTORS` names, and always a few of our own. What is unsafe is written
//! down a second time here, from the Unicode tables and not from the code under test.

use std::path::PathBuf;

use flags::ui::{Line, Look, OutputMode, Page, Report, Table, Terminal};
use serde_json::{Value, json};

const OWN: &[&str] = &[
    "",
    "plain",
    "Zoë 日本語 👍🏽 e\u{301} ❤\u{fe0f}",
    "\u{1b}[31mred\u{1b}[0m\u{1b}]0;title\u{7}\u{1b}]52;c;aGk=\u{1b}\\",
    "\u{9b}31m\u{90}q\u{9c}\u{0}\u{7f}",
    "one\ntwo\r\nthree\tfour\u{b}\u{c}\u{85}\u{2028}\u{2029}",
    "ad\u{202e}nim\u{2066}\u{2069}\u{200f}\u{61c}",
    "zero\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}\u{180e}\u{3164}",
    "tag\u{e0041}\u{e007f}",
    r#"=cmd|' /C calc'!A0 "quoted" \ \u001b"#,
    "a sentence that is long enough to be wrapped \u{1b}[2J more than once in a narrow table",
];

/// Our own strings and, where the folder is there, everybody else's.
fn hostile_strings() -> Vec<String> {
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

/// One string in every place a report has.
struct Shown(String);

impl Report for Shown {
    fn fields(&self) -> &'static [&'static str] {
        &["text", "list", "nested"]
    }

    fn document(&self) -> Value {
        let text = self.0.as_str();
        json!({"text": text, "list": [text, {"in": text}], "nested": {text: text}})
    }

    fn page(&self) -> Page {
        let text = self.0.as_str();
        let every_style = Line::new()
            .plain(text)
            .strong(text)
            .dim(text)
            .good(text)
            .bad(text)
            .warn(text)
            .key(text)
            .time(0);
        let table = Table::new(["name", "value"])
            .row([Line::from(text), Line::from("on")])
            .row([Line::new().key(text), Line::new().good(text)]);
        Page::new().heading(text).line(every_style).table(table)
    }
}

fn looks() -> [Look; 6] {
    [
        Look::pipe(0),
        Look::pipe(0).coloured(),
        Look::terminal(0, 80),
        Look::terminal(0, 80).coloured(),
        Look::terminal(0, 20),
        Look::terminal(0, 20).coloured(),
    ]
}

/// Takes our colours out, and nothing but those: `ESC [`, numbers, `m`.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        plain.push_str(rest.strip_prefix('m').unwrap_or("\u{1b}"));
    }
    plain
}

/// Unsafe for a terminal: controls, bidi controls, and what takes part in a line unseen.
fn is_unsafe(character: char) -> bool {
    matches!(u32::from(character),
        0x00..=0x1f | 0x7f..=0x9f | 0xad | 0x061c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e
        | 0x2060..=0x2064 | 0x2066..=0x2069 | 0x3164 | 0xfeff | 0xfff9..=0xfffb
        | 0xe0000..=0xe007f)
}

#[track_caller]
fn assert_safe(text: &str, allowed: &[char], source: &str) {
    let found = text.chars().find(|c| is_unsafe(*c) && !allowed.contains(c));
    assert_eq!(found, None, "{source:?} came out as {text:?}");
}

#[test]
fn no_text_from_outside_reaches_a_terminal_or_pipe_as_more_than_text() {
    for source in hostile_strings() {
        for look in looks() {
            let terminal = Terminal::captured(look);
            terminal
                .show(&Shown(source.clone()), &OutputMode::Text)
                .unwrap();
            let out = terminal.captured_out();
            let out = if look.colour {
                without_colours(&out)
            } else {
                out
            };
            let allowed: &[char] = if look.terminal {
                &['\n']
            } else {
                &['\n', '\t']
            };
            assert_safe(&out, allowed, &source);
            if !look.terminal {
                // The heading, the line, the header and two rows; a TAB in each of the last three.
                assert_eq!(
                    out.matches('\n').count(),
                    5,
                    "{source:?} came out as {out:?}"
                );
                assert_eq!(
                    out.matches('\t').count(),
                    3,
                    "{source:?} came out as {out:?}"
                );
            }
        }
    }
}

#[test]
fn what_is_said_on_stderr_keeps_to_its_lines() {
    for source in hostile_strings() {
        for look in looks() {
            let terminal = Terminal::captured(look);
            terminal.status(source.as_str()).unwrap();
            terminal.warn(source.as_str()).unwrap();
            terminal
                .error(&source, std::slice::from_ref(&source))
                .unwrap();
            terminal
                .error_json(&source, &source, std::slice::from_ref(&source))
                .unwrap();
            let err = terminal.captured_err();
            let err = if look.colour {
                without_colours(&err)
            } else {
                err
            };
            assert_safe(&err, &['\n'], &source);
            assert_eq!(
                err.matches('\n').count(),
                5,
                "{source:?} came out as {err:?}"
            );
            let last: Value = serde_json::from_str(err.lines().last().unwrap()).unwrap();
            let error = json!({"code": source, "message": source, "hints": [source]});
            assert_eq!(last, json!({ "error": error }));
        }
    }
}

#[test]
fn json_reads_back_as_exactly_the_same_strings() {
    let mut all = Vec::new();
    for source in hostile_strings() {
        let report = Shown(source.clone());
        for look in [Look::pipe(0), Look::terminal(0, 80).coloured()] {
            let terminal = Terminal::captured(look);
            terminal
                .show(&report, &OutputMode::Json(Vec::new()))
                .unwrap();
            let out = terminal.captured_out();
            assert_safe(&out, &['\n'], &source);
            assert_eq!(
                serde_json::from_str::<Value>(&out).unwrap(),
                report.document()
            );
        }
        let terminal = Terminal::captured(Look::pipe(0));
        let fields = vec!["nested".to_owned(), "text".to_owned()];
        terminal.show(&report, &OutputMode::Json(fields)).unwrap();
        let picked: Value = serde_json::from_str(&terminal.captured_out()).unwrap();
        assert_eq!(picked, json!({"nested": {&source: source}, "text": source}));
        all.push(source);
    }
    let text = flags::ui::json::pretty(&json!(all)).unwrap();
    assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), all);
}
