//! Events as messages of a Slack incoming webhook.
//!
//! What people wrote (names, reasons, identifiers) goes into a message as text that Slack is not to
//! act on: nothing in it is a link, a mention of everybody, or formatting. Slack refuses what is too
//! long, so each part has its bound, and what is left out is counted.

use serde_json::{Value, json};

use super::event::Event;
use crate::domain::diff::{DiffLine, Sign};
use crate::told::flag_moment;

/// How many characters one side of a change may have.
const LONGEST_SIDE: usize = 120;
/// How many characters a section may have; Slack takes 3,000.
const LONGEST_SECTION: usize = 2800;

/// One event as a message.
pub(super) fn message(event: &Event) -> Value {
    let title = title(event);
    let mut blocks = vec![section(&title)];
    let mut text = String::new();
    let mut left = event.more;
    for line in &event.lines {
        let line = self::line(line);
        match text.chars().count() + line.chars().count() < LONGEST_SECTION {
            true => text.push_str(&line),
            false => left += 1,
        }
    }
    if left > 0 {
        text.push_str(&format!("…and {left} more\n"));
    }
    if !text.is_empty() {
        blocks.push(section(text.trim_end()));
    }
    blocks.push(footer(event));
    json!({"text": title, "blocks": blocks, "unfurl_links": false, "unfurl_media": false})
}

/// Many events of one write as one message.
pub(super) fn digest(events: &[&Event]) -> Value {
    let count = events.len();
    let title = format!("{count} things changed in one write");
    let mut text = String::new();
    let mut left = 0;
    for event in events {
        let line = format!("• {}\n", self::title(event));
        match text.chars().count() + line.chars().count() < LONGEST_SECTION {
            true => text.push_str(&line),
            false => left += 1,
        }
    }
    if left > 0 {
        text.push_str(&format!("…and {left} more\n"));
    }
    let mut blocks = vec![section(&format!("*{title}*")), section(text.trim_end())];
    blocks.extend(events.first().map(|event| footer(event)));
    json!({"text": title, "blocks": blocks, "unfurl_links": false, "unfurl_media": false})
}

fn section(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text}})
}

/// What happened: `Feature `analytics` was disabled`.
fn title(event: &Event) -> String {
    let (noun, key) = event.thing.split_once(' ').unwrap_or((&event.thing, ""));
    let mut characters = noun.chars();
    let noun: String = characters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(characters)
        .collect();
    match key {
        "" => format!("*{noun}* {}", event.happened),
        key => format!("*{noun}* {} {}", code(key), event.happened),
    }
}

/// Who did it, by what, when and why.
fn footer(event: &Event) -> Value {
    let mut text = format!(
        "by {} · `flags {}` · revision {} · {}",
        code(&event.actor),
        escaped(&cut(&event.command)).replace('`', "'"),
        event.revision,
        flag_moment(event.at),
    );
    if let Some(reason) = &event.reason {
        text.push_str(&format!(" · {}", code(reason)));
    }
    json!({"type": "context", "elements": [{"type": "mrkdwn", "text": text}]})
}

fn line(line: &DiffLine) -> String {
    let what = code(&line.what);
    let side = |side: &Option<String>| match side {
        Some(text) => code(text),
        None => "_nothing_".to_owned(),
    };
    match (line.sign, &line.before, &line.after) {
        (Sign::Added, _, None) => format!("• {what} added\n"),
        (Sign::Removed, None, _) => format!("• {what} removed\n"),
        _ => format!("• {what}: {} → {}\n", side(&line.before), side(&line.after)),
    }
}

/// A text as it is, in which nothing is formatting. A grave accent would end it.
fn code(text: &str) -> String {
    let shown = escaped(&cut(text)).replace('`', "ˋ");
    match shown.trim().is_empty() {
        true => "` `".to_owned(),
        false => format!("`{shown}`"),
    }
}

/// The beginning of a long text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SIDE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Slack's three special characters written out, and what cannot be seen made visible.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            character if is_unseen(character) => safe.extend(character.escape_default()),
            character => safe.push(character),
        }
    }
    safe
}

/// Whether a character acts on a text and is not seen in it.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;
    use crate::domain::catalog::Revision;

    fn event(actor: &str, reason: &str, lines: Vec<DiffLine>) -> Event {
        Event {
            id: "event_01".to_owned(),
            name: "flag.updated",
            about: "feature analytics".to_owned(),
            thing: "feature analytics".to_owned(),
            revision: Revision(7),
            at: 0,
            actor: actor.to_owned(),
            command: "feature disable".to_owned(),
            reason: Some(reason.to_owned()),
            happened: "was disabled",
            data: Value::Null,
            context: Map::new(),
            lines,
            more: 0,
        }
    }

    fn altered(before: &str, after: &str) -> DiffLine {
        DiffLine {
            sign: Sign::Altered,
            what: "feature analytics: name".to_owned(),
            before: Some(before.to_owned()),
            after: Some(after.to_owned()),
        }
    }

    #[test]
    fn a_message_says_what_happened_before_and_after_by_whom_and_why() {
        let told = message(&event("ana", "an outage", vec![altered("old", "new")])).to_string();
        for part in [
            "*Feature* `analytics` was disabled",
            "• `feature analytics: name`: `old` → `new`",
            "by `ana` · `flags feature disable` · revision 7",
            "`an outage`",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }

    #[test]
    fn nothing_that_people_wrote_mentions_links_or_formats() {
        let hostile = "<!channel> <@U1> <http://x|y> & `*b*` \u{202e}\u{7}\n@here";
        let told = message(&event(hostile, hostile, vec![altered(hostile, hostile)]));
        let mut texts = Vec::new();
        for block in told["blocks"].as_array().unwrap() {
            let text = &block["text"]["text"];
            let text = text
                .as_str()
                .or(block["elements"][0]["text"].as_str())
                .unwrap();
            texts.push(text.to_owned());
        }
        for text in texts {
            assert!(!text.contains(['<', '>', '\u{202e}', '\u{7}']), "{text}");
            assert_eq!(text.matches('`').count() % 2, 0, "{text}");
        }
    }

    #[test]
    fn a_message_is_no_longer_than_slack_takes_and_counts_what_it_leaves_out() {
        let long = "ж".repeat(5000);
        let lines = vec![altered(&long, &long); 20];
        let told = message(&event(&long, &long, lines));
        let blocks = told["blocks"].as_array().unwrap();
        let section = blocks[1]["text"]["text"].as_str().unwrap();
        assert!(section.chars().count() <= 3000);
        assert!(section.ends_with("more"), "{section}");
        let events: Vec<Event> = (0..500).map(|_| event("a", "b", Vec::new())).collect();
        let told = digest(&events.iter().collect::<Vec<_>>());
        let section = told["blocks"][1]["text"]["text"].as_str().unwrap();
        assert!(section.chars().count() <= 3000 && section.ends_with("more"));
    }
}
