//! Rows and columns: aligned for a person, TAB-separated for `cut` and `awk`.
//!
//! A pipe gets the same rows in the same order. A TAB or line end inside a cell has been
//! written out by then, so each row is one line and each TAB is a column's end.

use tabled::builder::Builder;
use tabled::settings::object::Columns;
use tabled::settings::peaker::Priority;
use tabled::settings::{Padding, Style as Border, Width};

use super::page::{Line, Style, Table};
use super::{Look, render};

/// The columns between two columns.
const GUTTER: usize = 2;

/// Appends a table; nothing where there are no rows.
pub(super) fn write(table: &Table, look: &Look, text: &mut String) {
    if table.rows.is_empty() {
        return;
    }
    if look.terminal {
        write_aligned(table, look, text);
    } else {
        write_separated(table, look, text);
    }
}

/// The header row and then the others, each cell as text.
fn cells<'a>(table: &'a Table, look: &'a Look) -> impl Iterator<Item = Vec<String>> {
    let header = (!table.headers.is_empty()).then(|| {
        table
            .headers
            .iter()
            .map(|name| cell(&Line::from(*name), Style::Strong, look))
            .collect()
    });
    let rows = table.rows.iter().map(|row| {
        row.iter()
            .map(|words| cell(words, Style::Plain, look))
            .collect()
    });
    header.into_iter().chain(rows)
}

fn cell(words: &Line, plain: Style, look: &Look) -> String {
    let mut text = String::new();
    render::write_line(words, plain, look, &mut text);
    text
}

fn write_separated(table: &Table, look: &Look, text: &mut String) {
    for row in cells(table, look) {
        text.push_str(&row.join("\t"));
        text.push('\n');
    }
}

fn write_aligned(table: &Table, look: &Look, text: &mut String) {
    let mut builder = Builder::default();
    for row in cells(table, look) {
        builder.push_record(row);
    }
    let mut aligned = builder.build();
    aligned
        .with(Border::empty())
        .with(Padding::new(0, GUTTER, 0, 0))
        .modify(Columns::last(), Padding::zero())
        .with(
            Width::wrap(look.width)
                .priority(Priority::max(true))
                .keep_words(true),
        );
    for line in aligned.to_string().lines() {
        // The last column is padded too, and a copied line should not end in spaces.
        text.push_str(line.trim_end_matches(' '));
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(table: &Table, look: Look) -> String {
        let mut text = String::new();
        write(table, &look, &mut text);
        text
    }

    fn features() -> Table {
        Table::new(["feature", "value", "changed"])
            .row([
                Line::new().key("analytics"),
                Line::new().good("on"),
                Line::new().time(-180),
            ])
            .row([Line::new().key("max_seats"), Line::from("10"), Line::new()])
    }

    #[test]
    fn a_terminal_gets_columns_without_trailing_spaces() {
        assert_eq!(
            shown(&features(), Look::terminal(0, 80)),
            "feature    value  changed\n\
             analytics  on     3 minutes ago\n\
             max_seats  10\n"
        );
    }

    #[test]
    fn colour_does_not_move_the_columns() {
        let text = shown(&features(), Look::terminal(0, 80).coloured());
        let second = text.lines().nth(1).unwrap();
        assert_eq!(
            second,
            "\u{1b}[36manalytics\u{1b}[0m  \u{1b}[32mon\u{1b}[0m     3 minutes ago"
        );
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let table = Table::new(["name", "plan"])
            .row(["日本語", "pro"])
            .row(["Zoë", "free"]);
        assert_eq!(
            shown(&table, Look::terminal(0, 80)),
            "name    plan\n日本語  pro\nZoë     free\n"
        );
    }

    #[test]
    fn a_pipe_gets_one_line_a_row_and_one_tab_a_column() {
        assert_eq!(
            shown(&features(), Look::pipe(0)),
            "feature\tvalue\tchanged\nanalytics\ton\t1969-12-31T23:57:00Z\nmax_seats\t10\t\n"
        );
        let hostile = Table::new(["a", "b"]).row(["one\ttwo\n", "\u{1b}"]);
        assert_eq!(
            shown(&hostile, Look::pipe(0)),
            "a\tb\none\\ttwo\\n\t\\u{1b}\n"
        );
    }

    #[test]
    fn too_wide_a_table_wraps_its_widest_column() {
        let table = Table::new(["key", "why"]).row(["beta", "asked for by the whole team"]);
        assert_eq!(
            shown(&table, Look::terminal(0, 20)),
            "key   why\nbeta  asked for by\n      the whole team\n"
        );
        for width in [1, 2, 5, 7] {
            assert!(shown(&table, Look::terminal(0, width)).contains('\n'));
        }
    }

    #[test]
    fn no_rows_no_table_and_no_headers_no_header_row() {
        assert_eq!(shown(&Table::new(["key"]), Look::terminal(0, 80)), "");
        assert_eq!(shown(&Table::new(["key"]), Look::pipe(0)), "");
        let bare = Table::new([]).row(["a", "b"]).row(["c"]);
        assert_eq!(shown(&bare, Look::terminal(0, 80)), "a  b\nc\n");
        assert_eq!(shown(&bare, Look::pipe(0)), "a\tb\nc\n");
    }
}
