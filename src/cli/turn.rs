//! A write that made an answer another one, as JSON documents show it.

use serde_json::{Value, json};

use crate::store::Turn;
use crate::ui::time;

/// Who, when, by which command, why, and what it changed.
pub fn turn_document(turn: &Turn) -> Value {
    let Turn { entry, changes } = turn;
    let lines = changes.iter().flat_map(|change| change.in_words());
    let lines = lines.map(|line| {
        json!({"sign": line.sign, "what": line.what, "before": line.before, "after": line.after})
    });
    json!({
        "by": entry.actor,
        "at": time::rfc3339(entry.at.div_euclid(1000)),
        "with": entry.command,
        "because": entry.reason,
        "revision": entry.revision,
        "changes": lines.collect::<Vec<_>>(),
    })
}
