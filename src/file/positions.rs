//! From an offset to a line and a column.
//!
//! A minified file is one line, so counting from the line's beginning for each value would take
//! the square of its length. Marks at short distances keep every look-up short.

use super::node::Position;

/// Bytes between two marks, about.
const DISTANCE: usize = 256;

/// The places of one text.
pub(super) struct Positions<'t> {
    text: &'t str,
    /// Offsets, ascending, with their positions.
    marks: Vec<(usize, Position)>,
}

impl<'t> Positions<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut marks = vec![(0, Position::START)];
        let mut here = Position::START;
        let mut next = DISTANCE;
        for (offset, character) in text.char_indices() {
            if offset >= next {
                marks.push((offset, here));
                next = offset + DISTANCE;
            }
            advance(&mut here, character);
        }
        Self { text, marks }
    }

    /// The place of the character at the offset.
    pub(super) fn at(&self, offset: usize) -> Position {
        let behind = self.marks.partition_point(|(mark, _)| *mark <= offset);
        let Some(&(mark, mut here)) = self.marks.get(behind.saturating_sub(1)) else {
            return Position::START;
        };
        let passed = self.text.get(mark..).unwrap_or_default().char_indices();
        for (_, character) in passed.take_while(|(further, _)| mark + further < offset) {
            advance(&mut here, character);
        }
        here
    }
}

fn advance(here: &mut Position, character: char) {
    if character == '\n' {
        here.line = here.line.saturating_add(1);
        here.column = 1;
    } else {
        here.column = here.column.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_a_long_text_has_the_place_that_counting_gives() {
        let text = "añ\n".repeat(400) + &"x".repeat(2000) + "\nend";
        let positions = Positions::of(&text);
        let mut here = Position::START;
        for (offset, character) in text.char_indices() {
            assert_eq!(positions.at(offset), here, "{offset}");
            advance(&mut here, character);
        }
    }
}
