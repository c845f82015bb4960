//! The binary, run in a place of its own where nothing of the outside reaches it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

/// A home with a store in it.
pub(super) struct Place {
    home: PathBuf,
    store: PathBuf,
    /// Removed at the end.
    _owned: Option<tempfile::TempDir>,
}

/// What became of a run.
#[derive(Debug)]
pub(super) struct Ran {
    /// The exit code; none if a signal ended it.
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Place {
    /// A new home, without a store yet.
    pub(super) fn new() -> Self {
        let owned = tempfile::tempdir().unwrap();
        let store = owned.path().join("flags.db");
        Self {
            home: owned.path().to_owned(),
            store,
            _owned: Some(owned),
        }
    }

    /// A home with an empty store.
    pub(super) fn with_store() -> Self {
        let place = Self::new();
        place.must("init --no-profile");
        place
    }

    /// A directory that is somebody else's to remove.
    pub(super) fn at(home: &Path) -> Self {
        Self {
            home: home.to_owned(),
            store: home.join("flags.db"),
            _owned: None,
        }
    }

    /// The same home, with another store.
    pub(super) fn storing(mut self, store: PathBuf) -> Self {
        self.store = store;
        self
    }

    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    pub(super) fn store(&self) -> &Path {
        &self.store
    }

    /// A command line, its words parted by spaces.
    pub(super) fn command(&self, words: &str) -> Command {
        self.command_of(Path::new(env!("CARGO_BIN_EXE_flags")), words)
    }

    /// The same for a copy of the binary.
    pub(super) fn command_of(&self, program: &Path, words: &str) -> Command {
        let mut command = Command::new(program);
        command
            .args(words.split_whitespace())
            .env_clear()
            .env("HOME", &self.home)
            .env("FLAGS_STORE", &self.store)
            .env("FLAGS_ACTOR", "tester")
            .stdin(Stdio::null());
        command
    }

    pub(super) fn run(&self, words: &str) -> Ran {
        ran(self.command(words).output().unwrap())
    }

    /// Runs what has to succeed, and returns what it said.
    pub(super) fn must(&self, words: &str) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, Some(0), "{words}: {ran:?}");
        ran.out
    }

    /// Runs what has to succeed, and returns its document.
    pub(super) fn document(&self, words: &str) -> Value {
        serde_json::from_str(&self.must(&format!("{words} --json"))).unwrap()
    }

    /// Starts a run whose output is kept.
    pub(super) fn start(&self, words: &str) -> Child {
        let mut command = self.command(words);
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        piped.spawn().unwrap()
    }
}

pub(super) fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Ran {
    /// Asserts a failure with this exit code and this name for scripts (of a run with `--json`).
    pub(super) fn failed(&self, exit: i32, code: &str) {
        let error: Value = serde_json::from_str(&self.err).unwrap_or_default();
        let found = (self.code, error["error"]["code"].as_str());
        assert_eq!(found, (Some(exit), Some(code)), "{self:?}");
    }
}
