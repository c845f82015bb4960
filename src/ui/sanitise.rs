//! Text from outside, made safe to show.
//!
//! A claim in a token, a subject's name or a server's message is written by somebody else, and
//! a terminal obeys what it is shown: `ESC ]` can set the clipboard, a carriage return can
//! overwrite the line that says "off" with one that says "on", a right-to-left override can
//! spell one key as another. So every character that does something, or that hides, is shown
//! as the escape a Rust programmer would write for it. What merely looks unusual (accents,
//! emoji, other scripts, combining marks, variation selectors) stays.

use std::borrow::Cow;

/// `text` with every [hidden](is_hidden) character written out: `\n`, `\t`, `\u{1b}`,
/// `\u{202e}`. Borrows when there is nothing to write out, which is nearly always.
///
/// A backslash is left alone, so this is for reading and not for parsing back.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    let Some(first) = first_hidden(text) else {
        return Cow::Borrowed(text);
    };
    let mut safe = String::with_capacity(text.len() + 16);
    safe.push_str(&text[..first]);
    for character in text[first..].chars() {
        if is_hidden(character) {
            safe.extend(character.escape_default());
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

/// The byte offset of the first hidden character.
pub(super) fn first_hidden(text: &str) -> Option<usize> {
    // Nearly all text is printable ASCII, and asking that of bytes needs no decoding.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    text.find(is_hidden)
}

/// Whether a character acts on a terminal or cannot be seen.
///
/// The controls (C0, DEL, C1), the line and paragraph separators, and of Unicode 16's
/// `Default_Ignorable_Code_Point` and format characters those that show nothing, but for the
/// variation selectors. A zero-width joiner is among them, so a family emoji comes out as its
/// members: an unpretty name is better than two names nobody can tell apart.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00AD}' // soft hyphen
                | '\u{034F}' // combining grapheme joiner
                | '\u{061C}' // Arabic letter mark (bidi)
                | '\u{115F}'..='\u{1160}' // Hangul fillers
                | '\u{17B4}'..='\u{17B5}' // Khmer inherent vowels
                | '\u{180E}' // Mongolian vowel separator
                | '\u{200B}'..='\u{200F}' // zero-width characters, bidi marks
                | '\u{2028}'..='\u{202E}' // separators, bidi embeddings and overrides
                | '\u{2060}'..='\u{206F}' // word joiner, invisible operators, bidi isolates
                | '\u{3164}' // Hangul filler
                | '\u{FEFF}' // byte order mark
                | '\u{FFA0}' // halfwidth Hangul filler
                | '\u{FFF0}'..='\u{FFFB}' // interlinear annotation
                | '\u{1BCA0}'..='\u{1BCA3}' // shorthand format controls
                | '\u{1D173}'..='\u{1D17A}' // musical beams and slurs
                | '\u{E0000}'..='\u{E00FF}' // tags
                | '\u{E01F0}'..='\u{E0FFF}' // reserved for more of the kind
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_is_borrowed() {
        for text in [
            "",
            "max_seats",
            r"C:\new\u{1b}",
            "Zoë 日本語 👍🏽 e\u{301} ❤\u{fe0f}",
        ] {
            assert!(
                matches!(sanitise(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    #[test]
    fn what_acts_on_a_terminal_is_written_out() {
        assert_eq!(sanitise("a\nb\tc\rd"), r"a\nb\tc\rd");
        assert_eq!(
            sanitise("\0\u{b}\u{1b}[31m\u{7f}\u{9b}"),
            r"\u{0}\u{b}\u{1b}[31m\u{7f}\u{9b}"
        );
        assert_eq!(sanitise("a\u{2028}b\u{2029}"), r"a\u{2028}b\u{2029}");
    }

    #[test]
    fn what_reorders_or_hides_is_written_out() {
        let hidden = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{200b}\u{200d}\
                      \u{2060}\u{2064}\u{feff}\u{e0001}\u{e007f}\u{180e}\u{ad}\u{fff9}\u{fffb}";
        assert!(hidden.chars().all(is_hidden));
        assert_eq!(
            sanitise("ad\u{200b}min\u{202e}x"),
            r"ad\u{200b}min\u{202e}x"
        );
    }
}
