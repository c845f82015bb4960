//! What the log says about a request: the route's pattern, never the path, a query, a header or a
//! body.

use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::MatchedPath;
use axum::http::{HeaderValue, Method, StatusCode};
use serde_json::json;

use super::visit::Visit;
use crate::server::access::Scope;
use crate::server::app::Protocol;
use crate::server::log::{Level, Log};

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// What is known of a request when it comes.
pub struct Note {
    pub method: Method,
    pub route: Option<MatchedPath>,
    pub protocol: Option<Protocol>,
    pub id: Option<HeaderValue>,
    pub peer: Option<Peer>,
}

impl Note {
    /// Tells what became of the request. One that is told of has a name, so that whoever got the
    /// answer can ask for the line.
    pub fn tell(&mut self, log: &Log, visit: &Visit, status: StatusCode, took: Duration) {
        let level = self.level(visit, status);
        if !log.wants(level) {
            return;
        }
        let id = self.id.get_or_insert_with(fresh_id);
        let milliseconds = took.as_secs_f64() * 1000.0;
        let fields = json!({
            "request_id": id.to_str().ok(),
            "protocol": self.protocol.map(Protocol::as_str),
            "method": counted(&self.method),
            "route": self.route.as_ref().map(MatchedPath::as_str),
            "status": status.as_u16(),
            "milliseconds": (milliseconds * 1000.0).round() / 1000.0,
            "key": visit.caller().map(|caller| &*caller.name),
            "peer": self.peer.map(|Peer(address)| address.to_string()),
        });
        log.tell(level, "request", &fields);
    }

    /// What applications and probes ask all day is told only where every request is.
    fn level(&self, visit: &Visit, status: StatusCode) -> Level {
        let quiet = match visit.scope() {
            Some(scope) => scope == Scope::Evaluate,
            None => self.protocol.is_none(),
        };
        match status {
            status if status.is_server_error() => Level::Error,
            status if status.is_client_error() => Level::Warn,
            _ if quiet => Level::Debug,
            _ => Level::Info,
        }
    }

    /// The method, if it is one that is known: anybody can make up others without end.
    pub fn counted_method(&self) -> &'static str {
        counted(&self.method)
    }
}

fn counted(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The client's name for its request, if it is one that can be repeated without harm.
pub fn request_id(sent: Option<&HeaderValue>) -> Option<HeaderValue> {
    let fine = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(byte);
    let bytes = sent?.as_bytes();
    let sane = (1..=128).contains(&bytes.len()) && bytes.iter().all(fine);
    sane.then(|| sent.cloned()).flatten()
}

/// A name that no other request at this server has.
fn fresh_id() -> HeaderValue {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let begun = SystemTime::now().duration_since(UNIX_EPOCH);
    let begun = begun.map_or(0, |passed| passed.as_micros() as u64);
    let id = format!("{begun:013x}-{count:x}");
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("unnamed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_repeated_only_if_it_is_sane() {
        let long = "x".repeat(129);
        for (sent, sane) in [
            ("0b5c-11.ab_c:1", true),
            ("", false),
            ("a b", false),
            ("a\"b", false),
            ("<script>", false),
            (&long, false),
        ] {
            let value = HeaderValue::from_str(sent).unwrap();
            let kept = request_id(Some(&value));
            assert_eq!(kept.is_some_and(|kept| kept == sent), sane, "{sent}");
        }
        assert!(request_id(None).is_none());
        assert_ne!(fresh_id(), fresh_id());
    }
}
