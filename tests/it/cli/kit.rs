//! What the tests of the command line share: a sealed place to run the program in.
//!
//! Nothing of the machine reaches the program: its environment is empty but for directories of
//! its own, a pinned clock and a name for who writes, and its stdin is empty.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flags::domain::document::Document;
use flags::store::sqlite::SqliteStore;
use flags::store::{Author, Store};
use serde_json::Value;

/// The moment that the program takes for now.
pub(crate) const NOW: &str = "2026-05-01T12:00:00Z";
const NOW_MILLISECONDS: i64 = 1_777_636_800_000;
/// A small business: every layer decides something for somebody in it.
pub(crate) const SHOP: &str = include_str!("shop.json");

/// A home of its own, with a store or without.
pub(crate) struct Place {
    directory: tempfile::TempDir,
    /// Where FLAGS_STORE points instead.
    elsewhere: Option<String>,
}

impl Place {
    /// A home without a store, to which FLAGS_STORE points nonetheless.
    pub(crate) fn bare() -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self {
            directory,
            elsewhere: None,
        }
    }

    /// A home without a store, whose FLAGS_STORE is an address.
    pub(crate) fn elsewhere(address: &str) -> Self {
        Self {
            elsewhere: Some(address.to_owned()),
            ..Self::bare()
        }
    }

    /// A home with an empty store.
    pub(crate) fn empty() -> Self {
        let place = Self::bare();
        SqliteStore::create(&place.store()).unwrap();
        place
    }

    /// A home with the shop as revision 1.
    pub(crate) fn shop() -> Self {
        Self::with(SHOP)
    }

    /// A home with the shop, as it has been since long before any moment that a test asks about.
    pub(crate) fn old_shop() -> Self {
        const YEARS: i64 = 2 * 365 * 86_400_000;
        Self::written(SHOP, NOW_MILLISECONDS - YEARS)
    }

    /// A home with what a document says as revision 1.
    pub(crate) fn with(document: &str) -> Self {
        Self::written(document, NOW_MILLISECONDS - 3_600_000)
    }

    fn written(document: &str, at: i64) -> Self {
        let place = Self::bare();
        let document: Document = serde_json::from_str(document).unwrap();
        let changes = document.into_changes();
        let author = Author {
            at,
            actor: "seed".to_owned(),
            command: "test".to_owned(),
            reason: None,
            request: None,
        };
        let store = SqliteStore::create(&place.store()).unwrap();
        store.update(&author, &mut |_| Ok(changes.clone())).unwrap();
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.path("flags.db")
    }

    pub(crate) fn configuration(&self) -> PathBuf {
        self.path("config/flags/config.toml")
    }

    /// Puts a file there and gives its path.
    pub(crate) fn file(&self, name: &str, contents: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, contents).unwrap();
        path
    }

    /// The program with these arguments, not started yet.
    pub(crate) fn command<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_flags"));
        command
            .args(arguments)
            .current_dir(self.directory.path())
            .env_clear()
            .env("HOME", self.directory.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("TMPDIR", self.directory.path())
            .env("FLAGS_NOW", NOW)
            .env("FLAGS_ACTOR", "tester")
            .stdin(Stdio::null());
        match &self.elsewhere {
            Some(address) => command.env("FLAGS_STORE", address),
            None => command.env("FLAGS_STORE", self.store()),
        };
        command
    }

    /// Runs a command line whose words have no spaces in them.
    pub(crate) fn flags(&self, line: &str) -> Said {
        self.words(&line.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs a command line.
    pub(crate) fn words<S: AsRef<std::ffi::OsStr>>(&self, words: &[S]) -> Said {
        Said::by(&mut self.command(words))
    }

    /// Runs a command line at another moment than [`NOW`].
    pub(crate) fn at(&self, moment: &str, line: &str) -> Said {
        let words: Vec<&str> = line.split_whitespace().collect();
        Said::by(self.command(&words).env("FLAGS_NOW", moment))
    }

    /// The document that a command line prints under `--json`.
    #[track_caller]
    pub(crate) fn json(&self, line: &str) -> Value {
        let said = self.flags(&format!("{line} --json"));
        assert!(said.err.is_empty(), "{line}: {}", said.err);
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{line}: {error}: {said:?}"))
    }

    /// Everything in the store, as text, and its revision.
    pub(crate) fn contents(&self) -> String {
        let export = self.flags("export --subjects --overrides").yes();
        format!("{export}revision {}", self.revision())
    }

    /// The revision of the store.
    pub(crate) fn revision(&self) -> u64 {
        store_revision(&self.store())
    }
}

pub(crate) fn store_revision(path: &Path) -> u64 {
    let store = SqliteStore::open(path).unwrap();
    store.snapshot().unwrap().revision().unwrap().0
}

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn by(command: &mut Command) -> Self {
        command.output().unwrap().into()
    }

    /// The data of a run that ended with yes and had nothing to remark.
    #[track_caller]
    pub(crate) fn yes(self) -> String {
        assert_eq!((self.code, &*self.err), (Some(0), ""), "{self:?}");
        self.out
    }

    /// The data of a run that ended with no.
    #[track_caller]
    pub(crate) fn no(self) -> String {
        assert_eq!((self.code, &*self.err), (Some(1), ""), "{self:?}");
        self.out
    }

    /// The data of a run that ended with no, whatever it had to remark.
    #[track_caller]
    pub(crate) fn no_with_remarks(self) -> String {
        assert_eq!(self.code, Some(1), "{self:?}");
        self.out
    }

    /// What a run said on stderr that failed with this code and gave no data.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> String {
        assert_eq!((self.code, &*self.out), (Some(code), ""), "{self:?}");
        self.err
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Asserts the same failure twice: as text, and as one line of JSON.
#[track_caller]
pub(crate) fn refused(
    place: &Place,
    line: &str,
    exit: i32,
    code: &str,
    message: &str,
    hints: &[&str],
) {
    let words: Vec<&str> = line.split_whitespace().collect();
    refused_words(place, &words, exit, code, message, hints);
}

/// The same, for words with spaces in them.
#[track_caller]
pub(crate) fn refused_words(
    place: &Place,
    words: &[&str],
    exit: i32,
    code: &str,
    message: &str,
    hints: &[&str],
) {
    let mut text = format!("error: {message}\n");
    for hint in hints {
        text.push_str(&format!("hint: {hint}\n"));
    }
    assert_eq!(place.words(words).fails(exit), text, "{words:?}");
    let mut words = words.to_vec();
    words.push("--json");
    let error = serde_json::json!({"code": code, "message": message, "hints": hints});
    let told = place.words(&words).fails(exit);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!(
        serde_json::from_str::<Value>(&told).unwrap(),
        serde_json::json!({ "error": error }),
        "{words:?}"
    );
}
