//! What a command may use: settings, clock, store and terminal, each made at its first use.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;

use crate::config::{self, Asked, Lives, Place, TokenSettings};
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::remote::api::Watcher;
use crate::store::{self, Author, Location, Store};
use crate::ui::{OutputMode, Terminal};

use super::credential;
use super::database;
use super::failure::Failure;
use super::interrupt::asks_to_end;
use super::offline::{self, Copies};

/// What a command may use.
pub struct Context {
    /// The streams.
    pub terminal: Terminal,
    /// How the report is wanted.
    pub mode: OutputMode,
    /// Whether the requests to servers are shown.
    pub verbose: bool,
    /// Whether copies of what a server said may answer.
    pub copies: Copies,
    asked: Asked,
    now: i64,
    place: OnceCell<Place>,
    store: OnceCell<Box<dyn Store>>,
    /// Whether it was said what an operator should know about the way to a database.
    remarked: OnceCell<()>,
}

impl Context {
    /// Takes what the command line says; opens nothing.
    pub fn new(terminal: Terminal, mode: OutputMode, asked: Asked, now: i64) -> Self {
        Self {
            terminal,
            mode,
            verbose: false,
            copies: Copies::default(),
            asked,
            now,
            place: OnceCell::new(),
            store: OnceCell::new(),
            remarked: OnceCell::new(),
        }
    }

    /// The same for another place: what a command is asked about beside its own.
    pub fn elsewhere(&self, asked: Asked) -> Self {
        let terminal = Terminal::from_env(self.now.div_euclid(1000));
        Self {
            verbose: self.verbose,
            copies: self.copies.clone(),
            ..Self::new(terminal, self.mode.clone(), asked, self.now)
        }
    }

    /// The moment that counts as now.
    pub fn now(&self) -> Result<Time> {
        Ok(Time::from_unix(self.now.div_euclid(1000))?)
    }

    /// The same moment in milliseconds since 1970.
    pub fn milliseconds(&self) -> i64 {
        self.now
    }

    /// What the command line says about the place.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Where the project lives.
    pub fn place(&self) -> Result<&Place> {
        match self.place.get() {
            Some(place) => Ok(place),
            None => {
                let place = config::place(&self.asked)?;
                Ok(self.place.get_or_init(|| place))
            }
        }
    }

    /// What the profile says about tokens.
    pub fn token_settings(&self) -> Result<TokenSettings> {
        Ok(config::token_settings(&self.asked)?)
    }

    /// The store there.
    pub fn store(&self) -> Result<&dyn Store> {
        match self.store.get() {
            Some(store) => Ok(&**store),
            None => {
                let place = self.place()?;
                let store = match &place.lives {
                    Lives::Here(_) => store::open(&self.location()?, asks_to_end)?,
                    Lives::There(remote) => offline::store(self, place, remote)?,
                    Lives::Database(remote) => {
                        self.copies.refuse(remote.kind)?;
                        store::open(&self.location()?, asks_to_end)?
                    }
                };
                Ok(&**self.store.get_or_init(|| store))
            }
        }
    }

    /// Refuses a command, by its name, that the place can never carry out. A store of this machine
    /// can, and is not opened for that.
    pub fn refuse_unable(&self, command: &str) -> Result<()> {
        // Whoever cannot find a place says so when it is needed.
        match self.place() {
            Ok(place) if place.remote().is_some() => Ok(self.store()?.refuses(command, &[])?),
            _ => Ok(()),
        }
    }

    /// Where the store is, with all that it takes to open it.
    pub fn location(&self) -> Result<Location> {
        let place = self.place()?;
        match &place.lives {
            Lives::Here(file) => Ok(Location::Sqlite(file.clone())),
            Lives::There(remote) => {
                let known = credential::known(self, place, remote)?;
                credential::location(self, place, remote, known)
            }
            Lives::Database(remote) => {
                let found = database::place(self, place, remote)?;
                // Once is enough, however often it is opened.
                if self.remarked.set(()).is_ok() {
                    database::remarks(self, &found)?;
                }
                Ok(Location::Postgres(found))
            }
        }
    }

    /// Where the store is, of a project that nobody else serves: in a file, or in a database.
    ///
    /// # Errors
    ///
    /// Exit 3 where a server keeps it.
    pub fn kept_location(&self) -> Result<Location> {
        match &self.place()?.lives {
            Lives::There(_) => Ok(Location::Sqlite(self.store_file()?.to_owned())),
            Lives::Here(_) | Lives::Database(_) => self.location(),
        }
    }

    /// The store's file, for what works on files.
    ///
    /// # Errors
    ///
    /// Exit 3 where the project is on another machine, or in a database.
    pub fn store_file(&self) -> Result<&Path> {
        let place = self.place()?;
        match &place.lives {
            Lives::Here(file) => Ok(file),
            Lives::Database(_) => Err(database::no_file(place).into()),
            Lives::There(remote) => {
                let message = format!(
                    "this works on the file of a store, and the project is at {place} ({})",
                    remote.kind.title()
                );
                let failure = Failure::refused("not_local", message);
                Err(failure
                    .hint("run it where the store is, or name a store with --store PATH")
                    .into())
            }
        }
    }

    /// Who shows the requests to servers on stderr, if anybody wants to see them.
    pub fn watcher(&self) -> Option<Watcher> {
        let now = self.now.div_euclid(1000);
        self.verbose.then(|| -> Watcher {
            // With stderr gone there is nobody to show them to; the answer does not depend on it.
            Arc::new(move |line| drop(Terminal::from_env(now).status(line)))
        })
    }

    /// Who says what an operator should take care of, for those who cannot be handed the context.
    pub fn warner(&self) -> Watcher {
        let now = self.now.div_euclid(1000);
        Arc::new(move |line| drop(Terminal::from_env(now).warn(line)))
    }

    /// Says on stderr what a person should know; a program has it in its document.
    pub fn remark(&self, text: &str) -> Result<()> {
        if self.mode == OutputMode::Text {
            self.terminal.status(text)?;
        }
        Ok(())
    }

    /// Says on stderr what an operator should take care of, whatever the output is for.
    pub fn warn(&self, text: &str) -> Result<()> {
        Ok(self.terminal.warn(text)?)
    }

    /// Who writes, now, by this command.
    pub fn author(&self, command: &str, reason: Option<Reason>) -> Author {
        Author {
            at: self.now,
            actor: actor(),
            command: command.to_owned(),
            reason,
            request: None,
        }
    }
}

/// `FLAGS_ACTOR`, else the login name, else the number of the operating system's user.
fn actor() -> String {
    let named = ["FLAGS_ACTOR", "USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let named = named.unwrap_or_else(|| format!("uid {}", rustix::process::getuid().as_raw()));
    named.chars().take(256).collect()
}

/// Milliseconds since 1970: `FLAGS_NOW` (RFC 3339) if it is set, else the system's clock.
///
/// # Errors
///
/// Exit 2 if `FLAGS_NOW` is set to something that is not a moment: silently taking the real clock
/// would answer a question that was not asked.
pub fn clock() -> Result<i64> {
    if let Some(pinned) = std::env::var_os("FLAGS_NOW") {
        let text = pinned.to_string_lossy();
        let moment: Time = text
            .parse()
            .map_err(|error| Failure::usage("clock", format!("FLAGS_NOW: {error}")))?;
        return Ok(moment.unix() * 1000);
    }
    let passed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_err(|_| Failure::usage("clock", "the clock is before 1970"))?;
    Ok(i64::try_from(passed.as_millis())?)
}
