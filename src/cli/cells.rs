//! Rows of CSV (RFC 4180), whose cells no spreadsheet takes for a formula.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a TAB or a carriage return is run by spreadsheets,
//! whoever wrote it. An apostrophe in front makes it text. So that reading takes off exactly what
//! writing put there, a cell that already looks like such a one gets another.

/// What a formula begins with.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// What means something between cells, so that a cell with it has to be quoted.
const SPECIAL: [char; 4] = [',', '"', '\n', '\r'];

/// Adds a row with its end of line.
pub fn push_row<'c>(text: &mut String, cells: impl IntoIterator<Item = &'c str>) {
    let mut separator = "";
    for cell in cells {
        text.push_str(separator);
        push_cell(text, cell);
        separator = ",";
    }
    text.push('\n');
}

fn push_cell(text: &mut String, cell: &str) {
    let mark = if is_formula(cell) { "'" } else { "" };
    if !cell.contains(SPECIAL) {
        text.push_str(mark);
        text.push_str(cell);
        return;
    }
    text.push('"');
    text.push_str(mark);
    for (place, part) in cell.split('"').enumerate() {
        if place > 0 {
            text.push_str("\"\"");
        }
        text.push_str(part);
    }
    text.push('"');
}

/// Whether a cell would be run, or looks like one that was kept from it.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> String {
        let mut text = String::new();
        push_row(&mut text, cells.iter().copied());
        text
    }

    #[test]
    fn what_means_something_is_quoted_and_the_rest_stays_as_it_is() {
        let cells = ["user:u1", "", "a,b", "say \"hi\"", "two\nlines", "Zoë 'x'"];
        let expected = "user:u1,,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",Zoë 'x'\n";
        assert_eq!(row(&cells), expected);
    }

    #[test]
    fn no_cell_begins_as_a_formula_does_and_none_reads_back_as_another() {
        let cells = [
            "=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''@", "'", "'a", "a=1",
        ];
        let written = "'=1+1,'+1,'-1,'@x,'\tx,\"'\rx\",''=1,'''@,','a,a=1\n";
        assert_eq!(row(&cells), written);
    }
}
