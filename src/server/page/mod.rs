//! `/`: a page to look at the store with, for people.
//!
//! It reads the native protocol as any other client would, so it shows nobody more than their key
//! does, and it writes nothing. There is no build step: these are the three files as they are sent,
//! and nothing else is ever asked for. The policy that goes with them lets a browser run this one
//! script and talk to this one server, so that a name with markup in it is no more than a name.

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use xxhash_rust::xxh3::xxh3_128;

use super::app::Shared;

/// What a browser may do for the page: nothing but what is said here.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                      require-trusted-types-for 'script'; trusted-types 'none'";

struct File {
    kind: &'static str,
    text: &'static str,
}

const PAGE: File = File {
    kind: "text/html; charset=utf-8",
    text: include_str!("page.html"),
};
const STYLE: File = File {
    kind: "text/css; charset=utf-8",
    text: include_str!("page.css"),
};
const SCRIPT: File = File {
    kind: "text/javascript; charset=utf-8",
    text: include_str!("page.js"),
};

/// The routes, which need no key: there is nothing of the store in them.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(async |headers: HeaderMap| PAGE.answer(&headers)))
        .route(
            "/page.css",
            get(async |headers: HeaderMap| STYLE.answer(&headers)),
        )
        .route(
            "/page.js",
            get(async |headers: HeaderMap| SCRIPT.answer(&headers)),
        )
}

impl File {
    fn answer(&self, asked: &HeaderMap) -> Response {
        let tag = format!("\"{:032x}\"", xxh3_128(self.text.as_bytes()));
        let has = asked.get(IF_NONE_MATCH);
        let is_known = has.is_some_and(|has| has.as_bytes() == tag.as_bytes());
        let headers: [(HeaderName, &str); 10] = [
            (CONTENT_TYPE, self.kind),
            (ETAG, &tag),
            // Of another version of the program the files must not be mixed.
            (CACHE_CONTROL, "no-cache"),
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (X_FRAME_OPTIONS, "DENY"),
            (REFERRER_POLICY, "no-referrer"),
            (OPENER, "same-origin"),
            (RESOURCE, "same-origin"),
            (PERMISSIONS, "camera=(), geolocation=(), microphone=()"),
        ];
        match is_known {
            true => (StatusCode::NOT_MODIFIED, headers).into_response(),
            false => (headers, self.text).into_response(),
        }
    }
}

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
