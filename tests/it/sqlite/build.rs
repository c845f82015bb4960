//! How SQLite itself is built. The settings stand in `.cargo/config.toml`, where nothing complains
//! if they are lost: the program would work as well, and start slower.

use std::io::Write;

use rusqlite::Connection;

/// What Cargo was told by that file, or by whoever builds with other settings.
const ASKED: Option<&str> = option_env!("LIBSQLITE3_FLAGS");

#[test]
fn sqlite_has_what_was_asked_for_and_lacks_what_was_not_wanted() {
    let Some(asked) = ASKED else {
        return skip();
    };
    let options = options();
    let has = |option: &str| {
        let with_value = format!("{option}=");
        let is = |found: &String| found == option || found.starts_with(&with_value);
        options.iter().any(is)
    };
    assert!(has("THREADSAFE"), "these are no options: {options:?}");
    for flag in asked.split_whitespace() {
        if let Some(unwanted) = flag.strip_prefix("-USQLITE_") {
            assert!(!has(unwanted), "{unwanted} is there: {options:?}");
        } else if let Some(wanted) = flag.strip_prefix("-DSQLITE_") {
            assert!(has(wanted), "{wanted} is missing: {options:?}");
        }
    }
}

fn options() -> Vec<String> {
    let connection = Connection::open_in_memory().unwrap();
    let mut statement = connection.prepare("PRAGMA compile_options").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Cargo reads the file where it stands above the directory that Cargo is started in.
fn skip() {
    let notice = "NOT TESTED: how SQLite is built; run Cargo from within the project\n";
    let may = std::env::var_os("FLAGS_TEST_NO_SKIP").is_none();
    assert!(may, "{notice}");
    std::io::stderr().write_all(notice.as_bytes()).unwrap();
}
