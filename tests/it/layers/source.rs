//! Reading Rust by words, not by a compiler: comments and what strings say are taken out, then
//! every sequence of names that `::` joins is a path.

/// Every path in the text, with the trees of `use` taken apart: `a::{b, c::d}` is `a::b` and
/// `a::c::d`.
pub(super) fn paths(text: &str) -> Vec<Vec<String>> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let begins = is_name(&words[at]) && words.get(at + 1).is_some_and(|next| next == "::");
        if begins {
            at = branch(&words, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Follows one branch from `at` and returns the place behind it.
fn branch(
    words: &[String],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = prefix.to_vec();
    while let Some(word) = words.get(at) {
        if word == "{" && !path.is_empty() && words[at - 1] == "::" {
            at += 1;
            while words.get(at).is_some_and(|word| word != "}") {
                let behind = branch(words, at, &path, found);
                // What is neither a name nor a comma is passed over.
                at = behind.max(at + usize::from(behind == at));
            }
            return at + 1;
        }
        if !is_name(word) && word != "*" {
            break;
        }
        path.push(word.clone());
        at += 1;
        match words.get(at) {
            Some(next) if next == "::" => at += 1,
            _ => break,
        }
    }
    if path.len() > prefix.len() {
        found.push(path);
    }
    at
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// The text in names, `::` and single other characters.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let length = if is_part(first) {
            rest.find(|c| !is_part(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            words.push(rest[..length].to_owned());
        }
        rest = &rest[length..];
    }
    words
}

/// The text as the compiler sees it: neither comments nor what strings say.
pub(super) fn without_comments_and_strings(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = raw_string(rest, kept.chars().last()) {
            length
        } else if first == '"' {
            quoted(rest)
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            rest[1..].find('\'').map_or(rest.len(), |end| end + 2)
        } else {
            kept.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        kept.push(' ');
        rest = &rest[length..];
    }
    kept
}

/// The length of the raw string that the text begins with.
fn raw_string(text: &str, before: Option<char>) -> Option<usize> {
    let hashes = text.strip_prefix('r')?;
    let count = hashes.find(|c| c != '#')?;
    let is_start = !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_start || !hashes[count..].starts_with('"') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(count));
    let body = &hashes[count + 1..];
    Some(
        body.find(&end)
            .map_or(text.len(), |at| 2 + count + at + end.len()),
    )
}

/// The length of the string that the text begins with.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
