//! Whether a request is for this server at all.
//!
//! A page of any origin can have a browser on this machine send requests here, and by letting its
//! own name lead to our address (DNS rebinding) it could even read the answers. Such a request
//! carries the page's name as its host, or the page's origin: only names that lead here anyway are
//! answered, and only to pages of this server and of the origins that the operator named.

use std::net::{IpAddr, SocketAddr};

use axum::http::header::{ETAG, HOST, LINK, ORIGIN, RETRY_AFTER};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use thiserror::Error;
use tower_http::cors::{AllowHeaders, CorsLayer};

use super::REQUEST_ID;
use crate::server::problem::Problem;

/// How long a browser may keep the answer to its question whether it may ask.
const PREFLIGHT_AGE: std::time::Duration = std::time::Duration::from_secs(600);

/// By what names and from which pages the server is reached.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    /// Where it listens.
    pub addresses: Vec<SocketAddr>,
    /// The names that lead there, beside the addresses and those of this machine. One that begins
    /// with `*.` stands for every name of one more part.
    pub hosts: Vec<String>,
    /// The origins whose pages may ask, such as `https://app.example`.
    pub origins: Vec<String>,
}

/// Lets pass what is for this server.
#[derive(Debug)]
pub struct Gate {
    reach: Reach,
    anywhere: bool,
    /// What nearly every request gives as its host, as it stands there.
    usual: Vec<String>,
}

/// Why a request is not for this server.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Turned {
    /// No host, several, or one that is none.
    #[error("the request names no host, or not one")]
    NoHost,
    /// Another name.
    #[error("this server is not reached by the name that the request gives")]
    Host,
    /// A page of another origin.
    #[error("pages of this origin may not ask this server")]
    Origin,
}

impl From<Turned> for Problem {
    fn from(turned: Turned) -> Self {
        let (status, code, hint) = match turned {
            Turned::NoHost => (StatusCode::BAD_REQUEST, "host_missing", None),
            Turned::Host => (
                StatusCode::MISDIRECTED_REQUEST,
                "host_unknown",
                Some("`flags serve --host NAME` answers by that name"),
            ),
            Turned::Origin => (
                StatusCode::FORBIDDEN,
                "origin_unknown",
                Some("`flags serve --cors-origin URL` lets its pages ask"),
            ),
        };
        let mut problem = Self::new(status, code, turned.to_string());
        problem.hints.extend(hint.map(str::to_owned));
        problem
    }
}

impl Gate {
    /// Lets pass what `reach` says.
    pub fn new(reach: Reach) -> Self {
        let mut addresses = reach.addresses.iter();
        let anywhere = addresses.any(|address| address.ip().is_unspecified());
        let usual = usual(&reach);
        Self {
            reach,
            anywhere,
            usual,
        }
    }

    /// Answers browsers that ask on behalf of a page, where there are pages that may.
    pub fn cors(&self) -> Option<CorsLayer> {
        let origins = self.reach.origins.iter();
        let origins: Vec<HeaderValue> = origins
            .filter_map(|origin| HeaderValue::from_str(origin).ok())
            .collect();
        if origins.is_empty() {
            return None;
        }
        let layer = CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([
                Method::GET,
                Method::HEAD,
                Method::POST,
                Method::PUT,
                Method::PATCH,
                Method::DELETE,
            ])
            .allow_headers(AllowHeaders::mirror_request())
            .expose_headers([
                ETAG,
                LINK,
                RETRY_AFTER,
                REQUEST_ID,
                HeaderName::from_static("idempotent-replayed"),
            ])
            .max_age(PREFLIGHT_AGE);
        Some(layer)
    }

    /// Lets a request pass, or says why not.
    ///
    /// # Errors
    ///
    /// Why it is not for this server.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Turned> {
        if is_a_probe(uri) {
            return Ok(());
        }
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(Turned::NoHost);
        };
        let origin = headers.get(ORIGIN);
        if origin.is_none() && uri.authority().is_none() && self.is_usual(host) {
            return Ok(());
        }
        let host = host.to_str().ok().and_then(|host| host.parse().ok());
        let host: Authority = host.ok_or(Turned::NoHost)?;
        // A target in absolute form counts for more than the header; both have to be ours.
        let named = uri.authority();
        if host.as_str().contains('@') || named.is_some_and(|named| named.as_str().contains('@')) {
            return Err(Turned::NoHost);
        }
        if !self.is_ours(&host) || named.is_some_and(|named| !self.is_ours(named)) {
            return Err(Turned::Host);
        }
        match origin {
            Some(origin) if !self.may_ask(origin, &host) => Err(Turned::Origin),
            _ => Ok(()),
        }
    }

    fn is_usual(&self, host: &HeaderValue) -> bool {
        self.usual.iter().any(|usual| host == usual)
    }

    fn is_ours(&self, authority: &Authority) -> bool {
        let name = name(authority);
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            // No page's name is an address, so none can be made to lead elsewhere.
            let here = |listening: &SocketAddr| listening.ip() == address;
            return self.anywhere || address.is_loopback() || self.reach.addresses.iter().any(here);
        }
        name == "localhost" || self.reach.hosts.iter().any(|host| fits(host, &name))
    }

    fn may_ask(&self, origin: &HeaderValue, host: &Authority) -> bool {
        let Ok(origin) = origin.to_str() else {
            return false;
        };
        let named = |known: &String| known.eq_ignore_ascii_case(origin);
        if self.reach.origins.iter().any(named) {
            return true;
        }
        let Ok(origin) = origin.parse::<Uri>() else {
            return false;
        };
        let usual = match origin.scheme_str() {
            Some("http") => 80,
            Some("https") => 443,
            _ => return false,
        };
        let port = |authority: &Authority| authority.port_u16().unwrap_or(usual);
        let same = |page: &Authority| name(page) == name(host) && port(page) == port(host);
        origin.authority().is_some_and(same)
    }
}

/// The hosts of those who give an address where the server listens, or a name of it, as such: they
/// need not be taken apart.
fn usual(reach: &Reach) -> Vec<String> {
    let names = reach.hosts.iter().map(String::as_str);
    let names = names.filter(|name| !name.starts_with('*'));
    let mut usual: Vec<String> = names.clone().map(str::to_owned).collect();
    for address in &reach.addresses {
        let names = names.clone().chain(["localhost"]);
        usual.extend(names.map(|name| format!("{name}:{}", address.port())));
        if !address.ip().is_unspecified() {
            usual.push(address.to_string());
        }
    }
    usual
}

/// Whether the request only asks whether the server is well, which is asked by address and by
/// whatever name the prober has for it.
fn is_a_probe(uri: &Uri) -> bool {
    matches!(uri.path(), "/healthz" | "/readyz")
}

fn name(authority: &Authority) -> String {
    let name = authority.host().to_ascii_lowercase();
    name.strip_suffix('.').map(str::to_owned).unwrap_or(name)
}

fn fits(host: &str, name: &str) -> bool {
    match host.strip_prefix("*.") {
        Some(parent) => name.split_once('.').is_some_and(|(_, rest)| rest == parent),
        None => host == name,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;

    use super::*;

    fn check(gate: &Gate, request: &Request) -> Result<(), Turned> {
        gate.check(request.uri(), request.headers())
    }

    fn gate(address: &str) -> Gate {
        Gate::new(Reach {
            addresses: vec![address.parse().unwrap()],
            hosts: vec!["flags.example".to_owned(), "*.flags.test".to_owned()],
            origins: vec!["https://app.example".to_owned()],
        })
    }

    fn asked(target: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap()
    }

    #[test]
    fn only_names_that_lead_here_are_answered() {
        let gate = gate("127.0.0.1:4190");
        for host in [
            "localhost",
            "LOCALHOST:4190",
            "localhost.",
            "127.0.0.1:4190",
            "127.8.8.8",
            "[::1]:80",
            "flags.example",
            "a.flags.test:1",
        ] {
            let request = asked("/", &[("host", host)]);
            assert_eq!(check(&gate, &request), Ok(()), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "flags.example.evil.example",
            "flags.test",
            "a.b.flags.test",
            "10.0.0.1",
            "0.0.0.0",
        ] {
            let request = asked("/", &[("host", host)]);
            assert_eq!(check(&gate, &request), Err(Turned::Host), "{host}");
            let target = format!("http://{host}/");
            let request = asked(&target, &[("host", "localhost")]);
            assert_eq!(check(&gate, &request), Err(Turned::Host), "{target}");
        }
        for headers in [
            &[][..],
            &[("host", "localhost"), ("host", "localhost")],
            &[("host", "")],
            &[("host", "a@localhost")],
            &[("host", "local host")],
        ] {
            let request = asked("/", headers);
            assert_eq!(check(&gate, &request), Err(Turned::NoHost), "{headers:?}");
        }
        assert_eq!(check(&gate, &asked("/healthz", &[])), Ok(()));
    }

    #[test]
    fn a_server_for_every_address_is_reached_by_every_address_and_by_no_other_name() {
        let gate = gate("0.0.0.0:4190");
        for (host, ours) in [("10.0.0.1", true), ("evil.example", false)] {
            let request = asked("/", &[("host", host)]);
            assert_eq!(check(&gate, &request).is_ok(), ours, "{host}");
        }
    }

    #[test]
    fn only_pages_of_the_server_and_of_named_origins_may_ask() {
        let gate = gate("127.0.0.1:4190");
        for (host, origin, may) in [
            ("localhost:4190", "http://localhost:4190", true),
            ("flags.example", "https://flags.example", true),
            ("flags.example:443", "https://flags.example", true),
            ("localhost:4190", "https://app.example", true),
            ("localhost:4190", "http://app.example", false),
            ("localhost:4190", "https://app.example:444", false),
            ("localhost:4190", "http://localhost:4191", false),
            ("localhost:4190", "http://127.0.0.1:4190", false),
            ("localhost:4190", "http://evil.example", false),
            ("localhost:4190", "null", false),
            ("localhost:4190", "file://", false),
            ("localhost:4190", "", false),
        ] {
            let request = asked("/", &[("host", host), ("origin", origin)]);
            assert_eq!(check(&gate, &request).is_ok(), may, "{origin} at {host}");
        }
    }
}
