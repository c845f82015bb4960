//! Which requests may be answered on the short way: what they ask, by their line and their headers.

use axum::http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH, ORIGIN, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Method, Request};

use crate::server::app::Protocol;
use crate::server::{native, ofrep, workos};

/// With any of these an answer is another one, or depends on more than what is asked.
const OUT_OF_THE_ORDINARY: [HeaderName; 5] = [
    ORIGIN,
    TRANSFER_ENCODING,
    IF_MATCH,
    IF_NONE_MATCH,
    HeaderName::from_static("idempotency-key"),
];

/// What is asked. Everything stands there as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put<'r> {
    Entitlement {
        user: &'r str,
        feature: &'r str,
    },
    Entitlements {
        user: &'r str,
    },
    Flag {
        key: &'r str,
    },
    Flags,
    /// What else is wanted of it stands in the query.
    List {
        user: &'r str,
    },
}

/// What kind of question it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Entitlement,
    Entitlements,
    Flag,
    Flags,
    List,
}

/// How many kinds there are.
pub(super) const KINDS: usize = Kind::List as usize + 1;

impl Kind {
    /// Whether what is asked stands in a body.
    pub(super) fn is_sent(self) -> bool {
        matches!(self, Self::Flag | Self::Flags)
    }

    /// The language it is asked in.
    pub(super) fn protocol(self) -> Protocol {
        match self {
            Self::Entitlement | Self::Entitlements => Protocol::Native,
            Self::Flag | Self::Flags => Protocol::Ofrep,
            Self::List => Protocol::Workos,
        }
    }

    /// The method and the route of the ordinary way, by which it is counted.
    pub(super) fn route(self) -> (&'static str, &'static str) {
        match self {
            Self::Entitlement => ("GET", native::ENTITLEMENT),
            Self::Entitlements => ("GET", native::ENTITLEMENTS),
            Self::Flag => ("POST", ofrep::FLAG),
            Self::Flags => ("POST", ofrep::FLAGS),
            Self::List => ("GET", workos::LIST),
        }
    }
}

impl<'r> Put<'r> {
    /// What a request asks, if it is one of these and nothing about it is out of the ordinary.
    pub(super) fn of<B>(request: &'r Request<B>) -> Option<Self> {
        let uri = request.uri();
        if uri.authority().is_some() || !is_plain(request.headers()) {
            return None;
        }
        Self::read(request.method(), uri.path(), uri.query())
    }

    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Entitlement { .. } => Kind::Entitlement,
            Self::Entitlements { .. } => Kind::Entitlements,
            Self::Flag { .. } => Kind::Flag,
            Self::Flags => Kind::Flags,
            Self::List { .. } => Kind::List,
        }
    }

    fn read(method: &Method, path: &'r str, query: Option<&'r str>) -> Option<Self> {
        match *method {
            Method::GET => Self::looked(path, query),
            Method::POST if query.is_none() => Self::posted(path),
            _ => None,
        }
    }

    fn looked(path: &'r str, query: Option<&'r str>) -> Option<Self> {
        if let Some(rest) = path.strip_prefix("/v1/users/") {
            let (user, rest) = rest.split_once("/entitlements")?;
            let user = part(user)?;
            return match rest.strip_prefix('/') {
                _ if query.is_some() => None,
                None => rest.is_empty().then_some(Self::Entitlements { user }),
                Some(feature) => part(feature).map(|feature| Self::Entitlement { user, feature }),
            };
        }
        let rest = path.strip_prefix("/user_management/users/")?;
        let user = part(rest.strip_suffix("/feature-flags")?)?;
        Some(Self::List { user })
    }

    fn posted(path: &'r str) -> Option<Self> {
        let rest = path.strip_prefix(ofrep::FLAGS)?;
        match rest.strip_prefix('/') {
            None => rest.is_empty().then_some(Self::Flags),
            Some(key) => part(key).map(|key| Self::Flag { key }),
        }
    }
}

/// A part of a path that says what it seems to.
fn part(text: &str) -> Option<&str> {
    let plain = |byte: u8| byte != b'/' && byte != b'%';
    (!text.is_empty() && text.bytes().all(plain)).then_some(text)
}

fn is_plain(headers: &HeaderMap) -> bool {
    !headers
        .keys()
        .any(|name| OUT_OF_THE_ORDINARY.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'r>(method: &Method, target: &'r str) -> Option<Put<'r>> {
        let (path, query) = match target.split_once('?') {
            None => (target, None),
            Some((path, query)) => (path, Some(query)),
        };
        Put::read(method, path, query)
    }

    #[test]
    fn only_plain_questions_are_taken() {
        let user = "ana";
        for (method, target, put) in [
            (
                Method::GET,
                "/v1/users/ana/entitlements/seats",
                Put::Entitlement {
                    user,
                    feature: "seats",
                },
            ),
            (
                Method::GET,
                "/v1/users/ana/entitlements",
                Put::Entitlements { user },
            ),
            (
                Method::GET,
                "/user_management/users/ana/feature-flags?limit=100",
                Put::List { user },
            ),
            (Method::POST, "/ofrep/v1/evaluate/flags", Put::Flags),
            (
                Method::POST,
                "/ofrep/v1/evaluate/flags/seats",
                Put::Flag { key: "seats" },
            ),
        ] {
            assert_eq!(read(&method, target), Some(put), "{target}");
        }
    }

    #[test]
    fn whatever_else_there_is_goes_the_ordinary_way() {
        for target in [
            "/v1/users/ana/entitlements/seats?at=r1",
            "/v1/users/ana/entitlements?",
            "/v1/users/ana/entitlements/",
            "/v1/users/ana/entitlements/seats/",
            "/v1/users/ana/entitlements/a/b",
            "/v1/users/ana/entitlementsx",
            "/v1/users/an%61/entitlements/seats",
            "/v1/users//entitlements/seats",
            "/v1/users/a/b/entitlements/seats",
            "/v1/users/ana/explanations/seats",
            "/user_management/users//feature-flags",
            "/user_management/users/a/b/feature-flags",
            "/user_management/users/ana/feature-flags/",
            "/ofrep/v1/evaluate/flags",
        ] {
            assert_eq!(read(&Method::GET, target), None, "{target}");
        }
        for target in [
            "/ofrep/v1/evaluate/flags/",
            "/ofrep/v1/evaluate/flags/a/b",
            "/ofrep/v1/evaluate/flags/a%2fb",
            "/ofrep/v1/evaluate/flags?x",
            "/ofrep/v1/evaluate/flagsx",
            "/v1/users/ana/entitlements",
        ] {
            assert_eq!(read(&Method::POST, target), None, "{target}");
        }
        assert_eq!(read(&Method::HEAD, "/v1/users/ana/entitlements"), None);
    }
}
