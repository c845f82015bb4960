//! What a demonstration has beside its catalog: keys that work at once, and what to try with them.

use std::ops::ControlFlow;

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::cli::failure::Failure;
use crate::domain::catalog::FeatureEntry;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::target::Id;
use crate::domain::value::Kind;
use crate::server::access::{Key, KeyError, NewKey, Scope, Secret};
use crate::server::astapa::login::{self, Beginning, LIFETIME, Login, NewLogin};
use crate::server::{Protocol, Settings};
use crate::store::{self, Kept, Location, RecordKind, Scope as Features, Store};
use crate::ui::{Line, Page, Table};

/// One for each scope, the weakest first.
const SCOPES: [Scope; 4] = [Scope::Evaluate, Scope::Read, Scope::Write, Scope::Admin];

/// Keys that are made for one run of the server, and are gone with it.
pub struct Demo {
    store: Location,
    keys: Vec<(Scope, Secret)>,
    /// What Astapa's clients show: an id and a secret.
    client: NewKey,
    sample: Option<Sample>,
}

/// What there is to try in the catalog.
struct Sample {
    /// Somebody whom it knows, by an identifier that needs no quoting.
    user: Id,
    /// Their plan, and a feature that it could give and does not.
    gap: Option<(PlanKey, FeatureKey)>,
    /// With this their Astapa tokens are renewed.
    login: NewLogin,
}

impl Demo {
    /// Makes the keys.
    ///
    /// # Errors
    ///
    /// Where the store takes none.
    pub fn equip(store: &Location, now: i64) -> Result<Self> {
        let records = store::open(store, || false)?;
        let records = &*records;
        let mut keys = Vec::new();
        for scope in SCOPES {
            let made = Key::generate(&name(scope), vec![scope], now);
            keys.push((scope, kept(records, made)?.secret));
        }
        let client = Key::generate_client(CLIENT, vec![Scope::Write], now);
        let client = kept(records, client)?;
        let sample = Sample::of(records, now)?;
        let store = store.clone();
        Ok(Self {
            store,
            keys,
            client,
            sample,
        })
    }

    fn key(&self, wanted: Scope) -> &str {
        let found = self.keys.iter().find(|(scope, _)| *scope == wanted);
        found.map_or("", |(_, secret)| secret.reveal())
    }

    /// What a program is told.
    pub fn document(&self) -> Value {
        let keys = self.keys.iter();
        let keys = keys.map(|(scope, secret)| (scope.to_string(), json!(secret.reveal())));
        let sample = self.sample.as_ref();
        json!({
            "store": self.store.to_string(),
            "keys": keys.collect::<Map<_, _>>(),
            "client_id": self.client.key.client,
            "client_secret": self.client.secret.reveal(),
            "user": sample.map(|sample| &sample.user),
            "refresh_token": sample.map(|sample| sample.login.secret.reveal()),
        })
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
        let Some(sample) = &self.sample else {
            return Vec::new();
        };
        let Sample { user, gap, login } = sample;
        let bearer = |scope| format!("curl -H 'Authorization: Bearer {}'", self.key(scope));
        let json = "-H 'Content-Type: application/json'";
        let mut lines = Vec::new();
        if settings.speaks(Protocol::Native) {
            let evaluate = bearer(Scope::Evaluate);
            lines.push(format!("{evaluate} {url}/v1/users/{user}/entitlements"));
            if let Some((plan, feature)) = gap.as_ref().filter(|_| !settings.read_only) {
                let write = bearer(Scope::Write);
                let what = format!("{url}/v1/plans/{plan}/grants/{feature}");
                lines.push(format!(
                    "{write} {json} -X PUT -d '{{\"value\":true}}' {what}"
                ));
            }
        }
        if settings.speaks(Protocol::Ofrep) {
            let evaluate = bearer(Scope::Evaluate);
            let body = format!("{{\"context\":{{\"targetingKey\":\"{user}\"}}}}");
            let what = format!("{url}/ofrep/v1/evaluate/flags");
            lines.push(format!("{evaluate} {json} -d '{body}' {what}"));
        }
        if settings.speaks(Protocol::Astapa) {
            let id = self.client.key.client.as_deref().unwrap_or_default();
            let secret = self.client.secret.reveal();
            let client = format!("\"client_id\":\"{id}\",\"client_secret\":\"{secret}\"");
            let token = format!(
                "\"grant_type\":\"refresh_token\",\"refresh_token\":\"{}\"",
                login.secret.reveal()
            );
            let what = format!("{url}/api/platform/token");
            lines.push(format!("curl {json} -d '{{{client},{token}}}' {what}"));
        }
        lines
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // A store that somebody named stays; keys that were shown on a screen do not.
        let Ok(records) = store::open(&self.store, || false) else {
            return;
        };
        for (scope, _) in &self.keys {
            let _ = records.amend(RecordKind::Key, &name(*scope), &mut |_| Kept::Gone);
        }
        let _ = records.amend(RecordKind::Key, CLIENT, &mut |_| Kept::Gone);
        if let Some(sample) = &self.sample {
            let _ = records.amend(RecordKind::Login, &sample.login.name, &mut |_| Kept::Gone);
        }
    }
}

/// Puts a new key where the server finds it.
fn kept(records: &dyn Store, made: Result<NewKey, KeyError>) -> Result<NewKey> {
    let made = made.map_err(|error| Failure::usage("randomness", error.to_string()))?;
    let body = made.key.write();
    let put = &mut |_: Option<&str>| Kept::Now(body.clone());
    records.amend(RecordKind::Key, &made.key.name, put)?;
    Ok(made)
}

/// The name of the client.
const CLIENT: &str = "demo-client";

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

impl Sample {
    /// Finds somebody to whom a change could be shown, else anybody.
    fn of(store: &dyn Store, now: i64) -> Result<Option<Self>> {
        let snapshot = store.snapshot()?;
        let catalog = snapshot.catalog(Features::All)?;
        let gap = |plan: &PlanKey| {
            let grants = &catalog.plans.get(plan)?.grants;
            let could = |(key, entry): &(&FeatureKey, &FeatureEntry)| {
                let feature = &entry.feature;
                feature.enabled && feature.kind == Kind::Boolean && !grants.contains_key(*key)
            };
            let (feature, _) = catalog.features.iter().find(could)?;
            Some((plan.clone(), feature.clone()))
        };
        let mut found: Option<(Id, Option<(PlanKey, FeatureKey)>)> = None;
        snapshot.users(None, &mut |(id, user)| {
            let gap = user.plan.as_ref().and_then(gap);
            let is_plain = id.to_string().bytes().all(is_plain);
            if is_plain && (found.is_none() || gap.is_some()) {
                found = Some((id, gap));
            }
            match &found {
                Some((_, Some(_))) => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        })?;
        let Some((user, gap)) = found else {
            return Ok(None);
        };
        let login = login(store, &user, now)?;
        Ok(Some(Self { user, gap, login }))
    }
}

/// Whether it stands in an address, a shell and a text of JSON as it is.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_".contains(&byte)
}

/// Begins a login, for an application that wants tokens.
fn login(store: &dyn Store, user: &Id, now: i64) -> Result<NewLogin> {
    let beginning = Beginning {
        user: user.clone(),
        client: None,
        expires: now.saturating_add(LIFETIME),
        kind: login::Kind::Refresh,
        redirect_uri: None,
    };
    let made = Login::begin(beginning, now);
    let made = made.map_err(|error| Failure::usage("randomness", error.to_string()))?;
    let body = made.login.write();
    let put = &mut |_: Option<&str>| Kept::Now(body.clone());
    store.amend(RecordKind::Login, &made.name, put)?;
    Ok(made)
}
