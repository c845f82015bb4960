//! The short way: evaluations that are asked all day and need nothing but what is in memory.
//!
//! A router, its layers, and what takes a request apart for a handler cost several times what such
//! an answer costs. So a connection tries here first. What is let through here, the ordinary way
//! would let through as well: by the same gate, the same look at the store and the same keys, in the
//! same order. Nothing is refused here. Whatever would be, whatever is not in memory and whatever is
//! out of the ordinary goes the ordinary way, where there is the one place that says no and why; a
//! request is counted against its key's rate once, whichever way it went ([`Admitted`]).
//!
//! A test has both ways answer the same requests and holds the bytes against each other.

mod put;
mod sent;
#[cfg(test)]
mod tests;

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, Request, Response};
use bytes::Bytes;
use hyper::body::Body as HttpBody;

use super::access::{Admitted, Scope, is_readable};
use super::app::{App, Shared};
use super::front::{REQUEST_ID, USUAL, request_id};
use super::log::Level;
use super::metrics::Series;
use super::workos::Desk;
use super::{native, ofrep, workos};
use put::{KINDS, Kind, Put};
use sent::{Sent, Taken, take};

/// The longest body that is taken here.
const MOST: u64 = 16 * 1024;

/// What is answered, without what every answer has.
#[derive(Debug)]
pub struct Reply {
    /// The JSON.
    pub body: Bytes,
    /// The tag, where the protocol gives this answer one.
    pub tag: Option<HeaderValue>,
}

/// The short way.
pub struct Shortcut {
    app: Shared,
    desk: Arc<Desk>,
    /// What every answer has, with and without a tag.
    tagged: HeaderMap,
    untagged: HeaderMap,
    /// What is counted, by the kind of question. Each is there once something was.
    series: [OnceLock<Series>; KINDS],
}

impl Shortcut {
    /// The short way to what `app` knows. There is none where every request is told of, or where
    /// pages of other origins may ask: their browsers are told more with every answer.
    pub fn new(app: &Shared, desk: &Arc<Desk>) -> Option<Self> {
        if app.log.wants(Level::Debug) || app.gate.cors().is_some() {
            return None;
        }
        let json = HeaderValue::from_static("application/json");
        let mut untagged = HeaderMap::new();
        untagged.insert(CONTENT_TYPE, json);
        let mut tagged = untagged.clone();
        tagged.insert(ETAG, HeaderValue::from_static(""));
        for headers in [&mut tagged, &mut untagged] {
            let usual = USUAL.into_iter();
            headers.extend(usual.map(|(name, value)| (name, HeaderValue::from_static(value))));
        }
        Some(Self {
            app: Arc::clone(app),
            desk: Arc::clone(desk),
            tagged,
            untagged,
            series: Default::default(),
        })
    }

    /// Answers a request that brings no body. One that is not answered is to go the ordinary way.
    pub fn answer<B: HttpBody>(
        &self,
        request: &mut Request<B>,
        begun: Instant,
    ) -> Option<Response<Bytes>> {
        let put = self.put(request).filter(|put| !put.kind().is_sent())?;
        if !request.body().is_end_stream() {
            return None;
        }
        let admitted = self.let_in(request)?;
        let kind = put.kind();
        match caught(|| self.tell(put, request, &[])) {
            Some(reply) => Some(self.finish(kind, reply, request.headers(), begun)),
            None => {
                request.extensions_mut().insert(admitted);
                None
            }
        }
    }

    /// Whether a request brings a body with which it may be answered here.
    pub fn takes<B: HttpBody>(&self, request: &Request<B>) -> bool {
        let most = MOST.min(self.app.settings.limits.body);
        let length = request.body().size_hint().exact();
        length.is_some_and(|length| (1..=most).contains(&length))
            && self.put(request).is_some_and(|put| put.kind().is_sent())
    }

    /// Answers a request that brings one, or gives it back for the ordinary way.
    ///
    /// # Errors
    ///
    /// The request, with all of what it brought.
    pub async fn answer_sent<B>(
        &self,
        mut request: Request<B>,
        begun: Instant,
    ) -> Result<Response<Bytes>, Request<Body>>
    where
        B: HttpBody<Data = Bytes, Error: std::error::Error + Send + Sync + Unpin>,
        B: Send + Unpin + 'static,
    {
        let admitted = match is_readable(&request) {
            true => self.let_in(&request),
            false => None,
        };
        let Some(admitted) = admitted else {
            return Err(request.map(Body::new));
        };
        let sent = match take(request.body_mut()).await {
            Taken::Whole(sent) => sent,
            Taken::Part(ahead) => {
                request.extensions_mut().insert(admitted);
                return Err(request.map(|rest| Body::new(Sent { ahead, rest })));
            }
        };
        let told = self.put(&request).and_then(|put| {
            let reply = caught(|| self.tell(put, &request, &sent))?;
            Some(self.finish(put.kind(), reply, request.headers(), begun))
        });
        told.ok_or_else(|| {
            request.extensions_mut().insert(admitted);
            request.map(|_| Body::from(sent))
        })
    }

    /// What a request asks, in a language that is spoken.
    fn put<'r, B>(&self, request: &'r Request<B>) -> Option<Put<'r>> {
        let put = Put::of(request)?;
        let spoken = self.app.settings.speaks(put.kind().protocol());
        spoken.then_some(put)
    }

    /// Lets in who may evaluate, as the front and the guard of the ordinary way would. Nothing is
    /// looked up for anybody before.
    fn let_in<B>(&self, request: &Request<B>) -> Option<Admitted> {
        let (app, headers) = (&self.app, request.headers());
        app.gate.check(request.uri(), headers).ok()?;
        if !app.live.is_settled(app.since()) {
            return None;
        }
        let caller = app.admit_known(headers, Scope::Evaluate).ok()?;
        Some(Admitted(caller))
    }

    fn tell<B>(&self, put: Put<'_>, request: &Request<B>, sent: &[u8]) -> Option<Reply> {
        let app: &App = &self.app;
        match put {
            Put::Entitlement { user, feature } => native::entitlement(app, user, feature),
            Put::Entitlements { user } => native::entitlements(app, user),
            Put::Flag { key } => ofrep::flag_of(app, key, sent),
            Put::Flags => ofrep::flags_of(app, request.headers(), sent),
            Put::List { user } => workos::flags_of(app, &self.desk, user, request.uri()),
        }
    }

    /// Gives an answer what every answer has, and counts it.
    fn finish(
        &self,
        kind: Kind,
        reply: Reply,
        asked: &HeaderMap,
        begun: Instant,
    ) -> Response<Bytes> {
        let length = HeaderValue::from(reply.body.len());
        let mut response = Response::new(reply.body);
        let headers = response.headers_mut();
        match reply.tag {
            None => headers.clone_from(&self.untagged),
            Some(tag) => {
                headers.clone_from(&self.tagged);
                headers.insert(ETAG, tag);
            }
        }
        if let Some(id) = request_id(asked.get(&REQUEST_ID)) {
            headers.insert(REQUEST_ID, id);
        }
        // Where the router puts it.
        headers.insert(CONTENT_LENGTH, length);
        let series = self.series[kind as usize].get_or_init(|| {
            let (method, route) = kind.route();
            self.app.metrics.series(kind.protocol(), method, route)
        });
        series.answered(begun.elapsed());
        response
    }
}

impl fmt::Debug for Shortcut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shortcut")
    }
}

/// What was told, unless that ran into a bug of ours: then the ordinary way runs into it as well,
/// and says so.
fn caught<T>(tell: impl FnOnce() -> Option<T>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(tell)).ok().flatten()
}
