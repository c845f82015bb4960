//! Files that people write: three forms, one tree, and a place for every mistake.

mod forms;
pub(crate) mod round;
mod schema;

use flags::file::{self, Content, Format, Mistakes, Node};

/// The tree of a text, which has to be readable.
fn tree(text: &str, format: Format) -> Node {
    let mut mistakes = Mistakes::new();
    let node = file::read(text, format, &mut mistakes);
    assert!(mistakes.is_empty(), "{}\n{text}", mistakes.in_file("text"));
    node.unwrap()
}

/// What is wrong with a text, line by line.
fn wrong(text: &str, format: Format) -> Vec<String> {
    let mut mistakes = Mistakes::new();
    file::read(text, format, &mut mistakes);
    let told = mistakes.into_sorted();
    told.iter().map(ToString::to_string).collect()
}

fn text(words: &str) -> Content {
    Content::Text(words.into())
}

fn number(digits: &str) -> Content {
    Content::Number(digits.into())
}
