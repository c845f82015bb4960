//! A page becomes text: the one place that makes text safe and that writes colours.

use super::page::{Block, Content, Line, Page, Span, Style};
use super::{Look, json, sanitise, table, time};

/// The page as text, each line ended by LF; nothing at all for a page without lines.
pub(super) fn page(page: &Page, look: &Look) -> String {
    let mut text = String::new();
    for block in &page.blocks {
        match block {
            Block::Line(words) => write_line(words, Style::Plain, look, &mut text),
            Block::Heading(words) => write_line(words, Style::Strong, look, &mut text),
            Block::Blank => {}
            Block::Table(table) => {
                table::write(table, look, &mut text);
                continue;
            }
            Block::Document(document) => {
                // A `Value` has only string keys, so it always becomes text.
                text.push_str(&json::pretty(document).unwrap_or_default());
                continue;
            }
            Block::Generated(own) => {
                text.push_str(own);
                continue;
            }
        }
        text.push('\n');
    }
    text
}

/// One line or cell, without an end of line.
pub(super) fn line(line: &Line, look: &Look) -> String {
    let mut text = String::new();
    write_line(line, Style::Plain, look, &mut text);
    text
}

/// Appends one line or cell; its plain words take the style `plain`.
pub(super) fn write_line(line: &Line, plain: Style, look: &Look, text: &mut String) {
    for span in &line.0 {
        let style = if span.style == Style::Plain {
            plain
        } else {
            span.style
        };
        match sgr(style).filter(|_| look.colour) {
            Some(code) => {
                text.push_str("\u{1b}[");
                text.push_str(code);
                text.push('m');
                write_words(span, look, text);
                text.push_str("\u{1b}[0m");
            }
            None => write_words(span, look, text),
        }
    }
}

fn write_words(span: &Span, look: &Look, text: &mut String) {
    match &span.content {
        Content::Text(words) => text.push_str(&sanitise(words)),
        Content::Time(seconds) if look.terminal => {
            text.push_str(&time::relative(look.now, *seconds));
        }
        Content::Time(seconds) => text.push_str(&time::rfc3339(*seconds)),
    }
}

/// The ECMA-48 "select graphic rendition" parameter of a style. Only the basic colours, which
/// every terminal lets its owner choose.
fn sgr(style: Style) -> Option<&'static str> {
    match style {
        Style::Plain => None,
        Style::Strong => Some("1"),
        Style::Dim => Some("2"),
        Style::Good => Some("32"),
        Style::Bad => Some("31"),
        Style::Warn => Some("33"),
        Style::Key => Some("36"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_colour_only_where_it_is_wanted() {
        let words = Line::new()
            .plain("is ")
            .good("on")
            .plain(" for ")
            .key("pro");
        assert_eq!(line(&words, &Look::terminal(0, 80)), "is on for pro");
        assert_eq!(
            line(&words, &Look::terminal(0, 80).coloured()),
            "is \u{1b}[32mon\u{1b}[0m for \u{1b}[36mpro\u{1b}[0m"
        );
    }

    #[test]
    fn text_cannot_bring_its_own_escapes() {
        let words = Line::new().bad("\u{1b}[32mon\u{1b}[0m");
        assert_eq!(
            line(&words, &Look::pipe(0).coloured()),
            "\u{1b}[31m\\u{1b}[32mon\\u{1b}[0m\u{1b}[0m"
        );
    }

    #[test]
    fn a_moment_is_relative_for_people_and_exact_for_pipes() {
        let words = Line::from("expires ").time(14 * 86_400);
        assert_eq!(line(&words, &Look::terminal(0, 80)), "expires in 14 days");
        assert_eq!(line(&words, &Look::pipe(0)), "expires 1970-01-15T00:00:00Z");
    }

    #[test]
    fn a_page_is_lines_and_an_empty_page_is_nothing() {
        let words = Page::new().heading("Plan").blank().line("two\nlines");
        assert_eq!(page(&words, &Look::pipe(0)), "Plan\n\ntwo\\nlines\n");
        assert_eq!(page(&Page::new(), &Look::pipe(0)), "");
        let heading = Page::new().heading(Line::from("Plan ").key("pro"));
        assert_eq!(
            page(&heading, &Look::pipe(0).coloured()),
            "\u{1b}[1mPlan \u{1b}[0m\u{1b}[36mpro\u{1b}[0m\n"
        );
    }
}
