//! Strings that somebody else wrote, and what must never come out of the program.
//!
//! The strings are those of `../shared/vectors/hostile_strings.jsonl` beside the project, or in
//! the folder that `FLAGS_VECTORS` names, and always a few of our own.

use std::path::PathBuf;

use serde_json::Value;

pub(crate) const OWN: &[&str] = &[
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
pub(crate) fn strings() -> Vec<String> {
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

/// Unsafe for a terminal: controls, bidi controls, and what takes part in a line unseen.
fn is_unsafe(character: char) -> bool {
    matches!(u32::from(character),
        0x00..=0x1f | 0x7f..=0x9f | 0xad | 0x061c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e
        | 0x2060..=0x2064 | 0x2066..=0x2069 | 0x3164 | 0xfeff | 0xfff9..=0xfffb
        | 0xe0000..=0xe007f)
}

/// Takes our own colours out: `ESC [`, numbers, `m`, and the end of one.
pub(crate) fn without_colours(text: &str) -> String {
    let ours = ["1", "2", "31", "32", "33", "36", "0"];
    ours.iter().fold(text.to_owned(), |text, code| {
        text.replace(&format!("\u{1b}[{code}m"), "")
    })
}

#[track_caller]
pub(crate) fn assert_safe(text: &str, allowed: &[char], about: &str) {
    let found = text
        .char_indices()
        .find(|(_, c)| is_unsafe(*c) && !allowed.contains(c));
    if let Some((at, character)) = found {
        let line = text[..at].lines().next_back();
        panic!("{character:?} in the output of {about}, behind {line:?}");
    }
}
