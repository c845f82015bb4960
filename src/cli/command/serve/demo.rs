//! What a demonstration has beside its catalog: keys that work at once, and what to try with them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::cli::failure::Failure;
use crate::cli::shell::quoted;
use crate::server::access::{Key, Scope, Secret};
use crate::server::{Protocol, Settings};
use crate::store::sqlite::SqliteStore;
use crate::store::{Kept, RecordKind, Records, Store, StoreError};
use crate::ui::{Line, Page, Table};

/// One for each scope, the weakest first.
const SCOPES: [Scope; 4] = [Scope::Evaluate, Scope::Read, Scope::Write, Scope::Admin];

/// Keys that are made for one run of the server, and are gone with it.
pub struct Demo {
    store: PathBuf,
    keys: Vec<(Scope, Secret)>,
    /// Somebody whom the catalog knows, by an identifier that needs no quoting.
    user: Option<String>,
}

impl Demo {
    /// Makes the keys.
    ///
    /// # Errors
    ///
    /// Where the store takes none.
    pub fn equip(store: &Path, now: i64) -> Result<Self> {
        let records = SqliteStore::open(store)?;
        let mut keys = Vec::new();
        for scope in SCOPES {
            let made = Key::generate(&name(scope), vec![scope], now);
            let made = made.map_err(|error| Failure::usage("no_randomness", error.to_string()))?;
            let body = made.key.write();
            let put = &mut |_: Option<&str>| Kept::Now(body.clone());
            records.amend(RecordKind::Key, &name(scope), put)?;
            keys.push((scope, made.secret));
        }
        let user = somebody(&records)?;
        let store = store.to_owned();
        Ok(Self { store, keys, user })
    }

    fn key(&self, wanted: Scope) -> &str {
        let found = self.keys.iter().find(|(scope, _)| *scope == wanted);
        found.map_or("", |(_, secret)| secret.reveal())
    }

    /// What a program is told.
    pub fn document(&self) -> Value {
        let keys = self.keys.iter();
        let keys = keys.map(|(scope, secret)| (scope.to_string(), json!(secret.reveal())));
        json!({ "store": self.store, "keys": keys.collect::<Map<_, _>>() })
    }

    /// What a person is told, who is served at `url`.
    pub fn page(&self, url: &str, settings: &Settings) -> Page {
        let mut keys = Table::new(["scope", "key", "may"]);
        for (scope, secret) in &self.keys {
            keys.push([
                Line::new().strong(scope.to_string()),
                Line::new().key(secret.reveal()),
                Line::new().dim(may(*scope)),
            ]);
        }
        let mut page = Page::new()
            .line(Line::new().strong("listening on ").key(url))
            .line(Line::new().dim("nothing of yours is touched; the keys end with the server"))
            .blank()
            .table(keys);
        if settings.speaks(Protocol::Native) {
            let text = format!("open {url}/ in a browser and enter the read key");
            page = page.blank().line(text);
        }
        let lines = self.lines(url, settings);
        if !lines.is_empty() {
            page = page.blank().heading("Try");
        }
        lines.into_iter().fold(page, |page, line| page.line(line))
    }

    /// Command lines that work as they stand.
    fn lines(&self, url: &str, settings: &Settings) -> Vec<String> {
        let Some(user) = &self.user else {
            return Vec::new();
        };
        let bearer = |scope| format!("-H 'Authorization: Bearer {}'", self.key(scope));
        let mut lines = Vec::new();
        if settings.speaks(Protocol::Native) {
            let evaluate = bearer(Scope::Evaluate);
            let what = quoted(&format!("{url}/v1/users/{user}/entitlements"));
            lines.push(format!("curl {evaluate} {what}"));
        }
        lines
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // A store that somebody named stays; keys that were shown on a screen do not.
        let Ok(records) = SqliteStore::open(&self.store) else {
            return;
        };
        for (scope, _) in &self.keys {
            let _ = records.amend(RecordKind::Key, &name(*scope), &mut |_| Kept::Gone);
        }
    }
}

fn name(scope: Scope) -> String {
    format!("demo-{scope}")
}

fn may(scope: Scope) -> &'static str {
    match scope {
        Scope::Evaluate => "ask what somebody gets",
        Scope::Read => "see everything",
        Scope::Write => "change everything",
        Scope::Admin => "look after the server",
    }
}

/// The first user whose identifier stands in an address as it is.
fn somebody(store: &SqliteStore) -> Result<Option<String>, StoreError> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
    let mut found = None;
    store.snapshot()?.users(None, &mut |(id, _)| {
        let id = id.to_string();
        match id.bytes().all(plain) {
            true => {
                found = Some(id);
                ControlFlow::Break(())
            }
            false => ControlFlow::Continue(()),
        }
    })?;
    Ok(found)
}
