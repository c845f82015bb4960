//! What the server counts, for Prometheus.

use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::extract::MatchedPath;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::app::Protocol;
use crate::domain::catalog::Revision;

/// The upper ends of the buckets that durations are counted in, in seconds.
const BUCKETS: [f64; 12] = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0,
];

/// What tells one kind of answer from another. There are only so many: the route is the pattern and
/// never the path that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    protocol: &'static str,
    method: &'static str,
    route: Route,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Spoken {
    protocol: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reported {
    destination: String,
    outcome: &'static str,
}

/// Counts the reports of changes that this process has sent.
#[derive(Debug, Clone, Default)]
pub struct Reports(Family<Reported, Counter>);

impl Reports {
    /// Counts an attempt to report something to a destination, by its name and what came of it.
    pub fn sent(&self, destination: &str, outcome: &'static str) {
        let reported = Reported {
            destination: destination.to_owned(),
            outcome,
        };
        self.0.get_or_create(&reported).inc();
    }
}

#[derive(Debug, Clone)]
enum Route {
    Matched(MatchedPath),
    Known(&'static str),
}

impl Route {
    fn as_str(&self) -> &str {
        match self {
            Self::Matched(path) => path.as_str(),
            Self::Known(path) => path,
        }
    }
}

impl PartialEq for Route {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Route {}

impl std::hash::Hash for Route {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl EncodeLabelValue for Route {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), fmt::Error> {
        self.as_str().encode(encoder)
    }
}

/// What is counted of one route, found beforehand.
#[derive(Debug)]
pub struct Series {
    requests: Counter,
    durations: Option<Histogram>,
}

impl Series {
    /// Counts an answer, and how long it took to begin.
    pub fn answered(&self, took: Duration) {
        self.requests.inc();
        if let Some(durations) = &self.durations {
            durations.observe(took.as_secs_f64());
        }
    }
}

/// The counters.
pub struct Metrics {
    registry: Mutex<Registry>,
    requests: Family<Answered, Counter>,
    durations: [Histogram; 5],
    panics: Counter,
    turned_away: Counter,
    revision: Gauge<i64, AtomicI64>,
    /// Reports of changes.
    pub reports: Reports,
    /// Connections that are open.
    pub connections: Gauge<i64, AtomicI64>,
    /// Requests that are being answered.
    pub in_flight: Gauge<i64, AtomicI64>,
}

impl Metrics {
    /// Counters that stand at nothing.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("flags");
        let requests = Family::<Answered, Counter>::default();
        let help = "Requests that were answered";
        registry.register("requests", help, requests.clone());
        let family =
            Family::<Spoken, Histogram, fn() -> Histogram>::new_with_constructor(histogram);
        let help = "Time until an answer began, in seconds";
        registry.register("request_duration_seconds", help, family.clone());
        let durations = [
            None,
            Some(Protocol::Native),
            Some(Protocol::Ofrep),
            Some(Protocol::Workos),
            Some(Protocol::Astapa),
        ];
        let durations = durations.map(|protocol| {
            let protocol = name(protocol);
            family.get_or_create(&Spoken { protocol }).clone()
        });
        let panics = Counter::<u64, AtomicU64>::default();
        let help = "Requests that ran into a bug of the server";
        registry.register("panics", help, panics.clone());
        let turned_away = Counter::<u64, AtomicU64>::default();
        let help = "Connections that there was no room for";
        registry.register("connections_turned_away", help, turned_away.clone());
        let revision = Gauge::default();
        registry.register("revision", "The store's revision", revision.clone());
        let reports = Reports::default();
        let help = "Attempts to report a change to a destination, by what came of them";
        registry.register("notify_reports", help, reports.0.clone());
        let connections = Gauge::default();
        let help = "Connections that are open";
        registry.register("connections", help, connections.clone());
        let in_flight = Gauge::default();
        let help = "Requests that are being answered";
        registry.register("requests_in_flight", help, in_flight.clone());
        Self {
            registry: Mutex::new(registry),
            requests,
            durations,
            panics,
            turned_away,
            revision,
            reports,
            connections,
            in_flight,
        }
    }

    /// Counts an answer, and how long it took to begin.
    pub fn answered(
        &self,
        protocol: Option<Protocol>,
        method: &'static str,
        route: Option<MatchedPath>,
        status: u16,
        took: Duration,
    ) {
        let answered = Answered {
            protocol: name(protocol),
            method,
            route: route.map_or(Route::Known("none"), Route::Matched),
            status,
        };
        self.requests.get_or_create(&answered).inc();
        let place = protocol.map_or(0, |protocol| protocol as usize + 1);
        if let Some(durations) = self.durations.get(place) {
            durations.observe(took.as_secs_f64());
        }
    }

    /// What is counted of a route where all is well.
    pub fn series(&self, protocol: Protocol, method: &'static str, route: &'static str) -> Series {
        let answered = Answered {
            protocol: protocol.as_str(),
            method,
            route: Route::Known(route),
            status: 200,
        };
        Series {
            requests: self.requests.get_or_create(&answered).clone(),
            durations: self.durations.get(protocol as usize + 1).cloned(),
        }
    }

    /// Counts a request that ran into a bug.
    pub fn panicked(&self) {
        self.panics.inc();
    }

    /// Counts a connection that there was no room for.
    pub fn turned_away(&self) {
        self.turned_away.inc();
    }

    /// The counters as OpenMetrics text, which Prometheus reads.
    pub fn text(&self, revision: Revision) -> String {
        self.revision
            .set(i64::try_from(revision.0).unwrap_or(i64::MAX));
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        // Writing into a text cannot fail.
        let _ = encode(&mut text, &registry);
        text
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

fn name(protocol: Option<Protocol>) -> &'static str {
    protocol.map_or("none", Protocol::as_str)
}
