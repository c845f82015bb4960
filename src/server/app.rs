//! What every handler may use.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::HeaderMap;
use tokio::sync::watch;

use super::access::Access;
use super::front::{Gate, Reach};
use super::limits::Limits;
use super::live::Live;
use super::log::Log;
use super::metrics::Metrics;
use super::pool::Stores;
use super::signing::Signing;
use crate::domain::catalog::Revision;
use crate::domain::time::{Time, TimeError};
use crate::store::Author;

/// A language that the server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Our own, `/v1`.
    Native,
    /// The OpenFeature Remote Evaluation Protocol (contract: OFREP).
    Ofrep,
    /// WorkOS's feature flags (contract: WorkOS).
    Workos,
    /// Astapa's features and overrides (contract: Astapa).
    Astapa,
}

impl Protocol {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Native, Self::Ofrep, Self::Workos, Self::Astapa];

    /// The name as it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Ofrep => "ofrep",
            Self::Workos => "workos",
            Self::Astapa => "astapa",
        }
    }
}

/// What the operator said.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The languages to speak.
    pub protocols: Vec<Protocol>,
    /// Whether every write is refused.
    pub read_only: bool,
    /// Whether whoever reaches the server may do everything.
    pub open_to_all: bool,
    /// How old an answer may be where the store is far away.
    pub max_staleness: Duration,
    /// How many bytes of subjects are kept in memory.
    pub cache: usize,
    /// Whether connections are encrypted by the server itself.
    pub encrypted: bool,
    /// Whether all connections come from a proxy.
    pub behind_proxy: bool,
    /// What every client is held to.
    pub limits: Limits,
    /// By what names and from which pages the server is reached.
    pub reach: Reach,
}

impl Settings {
    /// Whether a language is spoken.
    pub fn speaks(&self, protocol: Protocol) -> bool {
        self.protocols.contains(&protocol)
    }
}

/// Tells the time.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The system's.
    System,
    /// Always the same moment, in milliseconds since 1970, UTC: for trying things out.
    Pinned(i64),
}

impl Clock {
    /// Milliseconds since 1970, UTC.
    pub fn milliseconds(self) -> i64 {
        match self {
            Self::Pinned(at) => at,
            Self::System => {
                let passed = SystemTime::now().duration_since(UNIX_EPOCH);
                // Before 1970 there is nothing that could have expired.
                let passed = passed.map_or(0, |passed| passed.as_millis());
                i64::try_from(passed).unwrap_or(i64::MAX)
            }
        }
    }
}

/// What every handler may use.
#[derive(Debug)]
pub struct App {
    /// What the operator said.
    pub settings: Settings,
    /// The project.
    pub stores: Stores,
    /// The project in memory.
    pub live: Arc<Live>,
    /// Who may do what.
    pub access: Access,
    /// What tokens are signed with.
    pub signing: Signing,
    /// The latest revision that was seen, which wakes those who wait for changes.
    pub latest: watch::Sender<Revision>,
    /// Whether the server was asked to end.
    pub ending: watch::Sender<bool>,
    /// What the operator is told.
    pub log: Arc<Log>,
    /// What is counted.
    pub metrics: Metrics,
    /// Lets pass what is for this server.
    pub gate: Gate,
    clock: Clock,
}

/// How handlers hold it.
pub type Shared = Arc<App>;

/// Resolves when the server was asked to end ([`App::ending`]).
pub async fn asked_to_end(ending: &mut watch::Receiver<bool>) {
    // An error means that the server is gone already.
    let _ = ending.wait_for(|ending| *ending).await;
}

impl App {
    /// Puts together what handlers use.
    pub fn new(settings: Settings, stores: Stores, clock: Clock, log: Arc<Log>) -> Self {
        Self {
            access: Access::new(stores.clone()),
            live: Arc::new(Live::new(stores.clone(), settings.cache)),
            gate: Gate::new(settings.reach.clone()),
            metrics: Metrics::new(),
            ending: watch::Sender::new(false),
            log,
            signing: Signing::none(),
            settings,
            stores,
            latest: watch::Sender::new(Revision::UNKNOWN),
            clock,
        }
    }

    /// The same with keys to sign tokens with.
    #[must_use]
    pub fn signing_with(self, signing: Signing) -> Self {
        Self { signing, ..self }
    }

    /// Milliseconds since 1970, UTC.
    pub fn milliseconds(&self) -> i64 {
        self.clock.milliseconds()
    }

    /// The same by the system's clock, for what is measured and not judged by.
    pub fn system_milliseconds(&self) -> i64 {
        Clock::System.milliseconds()
    }

    /// The moment that counts as now.
    ///
    /// # Errors
    ///
    /// Where the clock is beyond all years.
    pub fn now(&self) -> Result<Time, TimeError> {
        Time::from_unix(self.milliseconds().div_euclid(1000))
    }

    /// The scheme by which a client reached the server. A proxy encrypts, unless it says that this
    /// client came without.
    pub fn scheme(&self, headers: &HeaderMap) -> &'static str {
        let forwarded = headers.get("x-forwarded-proto");
        let is_plain = match self.settings.behind_proxy {
            true => forwarded.is_some_and(|scheme| scheme == "http"),
            false => !self.settings.encrypted,
        };
        if is_plain { "http" } else { "https" }
    }

    /// The author of a write by `caller`, through what is called `command` in the history.
    pub fn author(&self, caller: &str, command: &str) -> Author {
        Author {
            at: self.milliseconds(),
            actor: caller.chars().take(256).collect(),
            command: command.to_owned(),
            ..Author::default()
        }
    }
}
