//! A request on its way: who asks, how much of a body it may bring, and whether that went well.

use std::pin::Pin;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use thiserror::Error;
use tokio::time::timeout;

use crate::server::access::{Caller, Denied, Scope, Tell};
use crate::server::pace::Pace;
use crate::server::problem::tell;

/// How much of a body that is too long is still taken, and how long that may last and stand still: a
/// client that sends without looking up would otherwise meet a broken connection instead of the
/// answer.
const DRAINED: usize = 4 << 20;
const DRAINING: Duration = Duration::from_secs(10);
const STANDSTILL: Duration = Duration::from_secs(2);

const TOO_LARGE: u8 = 1;
const TOO_SLOW: u8 = 2;

/// A request on its way.
#[derive(Debug)]
pub struct Visit {
    limit: AtomicU64,
    trouble: AtomicU8,
    guarded: OnceLock<Guarded>,
    caller: OnceLock<Caller>,
    rest: Mutex<Option<Body>>,
}

#[derive(Debug)]
struct Guarded {
    scope: Scope,
    tell: Tell,
}

impl Visit {
    /// A request that may bring a body of so many bytes.
    pub fn new(limit: u64) -> Self {
        Self {
            limit: AtomicU64::new(limit),
            trouble: AtomicU8::new(0),
            guarded: OnceLock::new(),
            caller: OnceLock::new(),
            rest: Mutex::new(None),
        }
    }

    /// Remembers who asks and what for, how that protocol words a refusal, and how long a body may
    /// be there.
    pub fn guarded_by(&self, scope: Scope, tell: Tell, caller: Option<&Caller>, limit: u64) {
        self.limit.store(limit, Ordering::Relaxed);
        // Of two guards the outer one is asked first.
        let _ = self.guarded.set(Guarded { scope, tell });
        if let Some(caller) = caller {
            self.let_in(caller);
        }
    }

    /// Remembers who asks, where that is known only once the body is read.
    pub fn let_in(&self, caller: &Caller) {
        let _ = self.caller.set(caller.clone());
    }

    /// Who asks, if they were let in by a guard.
    pub fn caller(&self) -> Option<&Caller> {
        self.caller.get()
    }

    /// What they want to do.
    pub fn scope(&self) -> Option<Scope> {
        self.guarded.get().map(|guarded| guarded.scope)
    }

    /// How a refusal is worded.
    pub fn tell(&self) -> Tell {
        self.guarded.get().map_or(tell, |guarded| guarded.tell)
    }

    /// What was wrong with the body, if it was read at all.
    pub fn trouble(&self) -> Option<Denied> {
        match self.trouble.load(Ordering::Relaxed) {
            TOO_LARGE => Some(Denied::TooLarge {
                limit: self.limit.load(Ordering::Relaxed),
            }),
            TOO_SLOW => Some(Denied::TooSlow),
            _ => None,
        }
    }

    /// Takes some of what still comes of a body that nobody wants.
    pub async fn drain(&self) {
        let rest = self.rest.lock();
        let rest = rest.unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut rest) = rest else {
            return;
        };
        let drain = async {
            let mut drained = 0;
            while let Ok(Some(Ok(frame))) = timeout(STANDSTILL, rest.frame()).await {
                drained += frame.data_ref().map_or(0, Bytes::len);
                if drained > DRAINED {
                    break;
                }
            }
        };
        // Whoever is not done by then sees how the connection ends.
        let _ = timeout(DRAINING, drain).await;
    }
}

/// Why no more of a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
enum Unread {
    #[error("the body is too large")]
    TooLarge,
    #[error("the body came too slowly")]
    TooSlow,
}

/// A body that ends where its limit is, and that has to keep a pace.
pub struct Metered {
    body: Body,
    visit: Arc<Visit>,
    read: u64,
    /// Nothing of it is sent before somebody wants to read it.
    is_held_back: bool,
    pace: Pace,
}

impl Metered {
    /// Reads `body` as `visit` says; `asked_first` of a client that awaits `100 Continue`.
    pub fn new(body: Body, visit: Arc<Visit>, patience: Duration, asked_first: bool) -> Self {
        Self {
            body,
            visit,
            read: 0,
            is_held_back: asked_first,
            pace: Pace::new(patience),
        }
    }

    fn refuse(&mut self, why: Unread) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let trouble = match why {
            Unread::TooLarge => TOO_LARGE,
            Unread::TooSlow => TOO_SLOW,
        };
        self.visit.trouble.store(trouble, Ordering::Relaxed);
        let rest = std::mem::take(&mut self.body);
        // A client that asked first has not sent anything, and a body that was never polled does not
        // invite it to.
        if why == Unread::TooLarge && !self.is_held_back {
            let mut kept = self
                .visit
                .rest
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            *kept = Some(rest);
        }
        Poll::Ready(Some(Err(axum::Error::new(why))))
    }

    /// Whether what there is so far, and what is certainly still to come, is too much.
    fn is_too_large(&self) -> bool {
        let limit = self.visit.limit.load(Ordering::Relaxed);
        self.read.saturating_add(self.body.size_hint().lower()) > limit
    }
}

impl HttpBody for Metered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        if this.is_too_large() {
            return this.refuse(Unread::TooLarge);
        }
        this.is_held_back = false;
        match Pin::new(&mut this.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                let length = frame.data_ref().map_or(0, Bytes::len);
                this.pace.passed(length);
                this.read = this.read.saturating_add(length as u64);
                match this.is_too_large() {
                    true => this.refuse(Unread::TooLarge),
                    false => Poll::Ready(Some(Ok(frame))),
                }
            }
            Poll::Pending if this.pace.is_lost(context) => this.refuse(Unread::TooSlow),
            other => other,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
