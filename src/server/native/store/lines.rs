//! Answers that are told line by line as the store is walked through.
//!
//! The walk is on a thread of its own, and waits for a client that reads more slowly than the store.
//! What is short is told at once and whole.

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use serde::Serialize;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::Wrong;
use crate::server::pool::Stores;
use crate::store::wire::{Line, Moment};
use crate::store::{Store, StoreError};

pub(super) const MEDIA: &str = "application/x-ndjson";

/// How much is told at once, in bytes.
const PIECE: usize = 64 * 1024;
/// How long nothing is said.
const QUIET: Duration = Duration::from_secs(5);
/// How many pieces wait for the client.
const WAITING: usize = 4;

/// How an answer begins.
enum Begun {
    /// It is there, all of it.
    Whole(Vec<u8>),
    /// More will come.
    Piece(Vec<u8>),
    /// It is none.
    Wrong(Wrong),
}

/// An answer under way.
pub(super) struct Lines {
    buffer: Vec<u8>,
    rows: u64,
    begin: Option<oneshot::Sender<Begun>>,
    pieces: mpsc::Sender<Vec<u8>>,
    /// Nobody listens any more.
    is_over: bool,
}

/// Whether the store is only read.
#[derive(Clone, Copy)]
pub(super) enum Access {
    Read,
    Write,
}

/// Answers with the lines that `tell` makes of the store.
pub(super) async fn told(
    stores: &Stores,
    access: Access,
    tell: impl FnOnce(&dyn Store, &mut Lines) -> Result<(), Wrong> + Send + 'static,
) -> Result<Response, Wrong> {
    let (begin, begun) = oneshot::channel();
    let (pieces, more) = mpsc::channel(WAITING);
    let mut lines = Lines {
        buffer: Vec::new(),
        rows: 0,
        begin: Some(begin),
        pieces,
        is_over: false,
    };
    let work = move |store: &dyn Store| {
        let told = tell(store, &mut lines);
        lines.end(told);
        Ok::<(), StoreError>(())
    };
    let stores = stores.clone();
    let walking = tokio::spawn(async move {
        match access {
            Access::Read => stores.read(work).await,
            Access::Write => stores.write(work).await,
        }
    });
    let more = More {
        begun: None,
        pieces: more,
    };
    let mut begun = begun;
    match timeout(QUIET, &mut begun).await {
        Ok(Ok(Begun::Whole(bytes))) => Ok(lines_of(Body::from(bytes))),
        Ok(Ok(Begun::Wrong(wrong))) => Err(wrong),
        Ok(Ok(Begun::Piece(first))) => Ok(more.answer(Some(first))),
        // The store could not be opened.
        Ok(Err(_)) => match walking.await {
            Ok(Err(error)) => Err(error.into()),
            _ => Err(StoreError::GivenUp.into()),
        },
        Err(_) => {
            let begun = Some(begun);
            Ok(More { begun, ..more }.answer(None))
        }
    }
}

fn lines_of(body: Body) -> Response {
    ([(CONTENT_TYPE, MEDIA)], body).into_response()
}

/// What is still to come of an answer.
struct More {
    /// Its beginning, where that took too long to wait for.
    begun: Option<oneshot::Receiver<Begun>>,
    pieces: mpsc::Receiver<Vec<u8>>,
}

impl More {
    /// The answer, which may have begun.
    fn answer(self, first: Option<Vec<u8>>) -> Response {
        let pieces = unfold((first, self), |(first, mut more)| async move {
            let piece = match first {
                Some(first) => first,
                None => more.next().await?,
            };
            Some((Ok::<_, Infallible>(Bytes::from(piece)), (None, more)))
        });
        lines_of(Body::from_stream(pieces))
    }

    /// The next piece; while there is none, an empty line, so that nobody takes us for dead.
    async fn next(&mut self) -> Option<Vec<u8>> {
        let quiet = || Some(b"\n".to_vec());
        let Some(begun) = &mut self.begun else {
            let piece = timeout(QUIET, self.pieces.recv()).await;
            return piece.unwrap_or_else(|_| quiet());
        };
        let begun = match timeout(QUIET, begun).await {
            Err(_) => return quiet(),
            Ok(begun) => begun,
        };
        self.begun = None;
        match begun.ok()? {
            Begun::Whole(bytes) | Begun::Piece(bytes) => Some(bytes),
            Begun::Wrong(wrong) => {
                let line = serde_json::to_vec(&Line::<()>::Error(wrong.into_fault()));
                line.ok().map(|line| [line, b"\n".to_vec()].concat())
            }
        }
    }
}

impl Lines {
    /// Says what the answer is as of, before the first row.
    pub(super) fn moment(&mut self, moment: Moment) -> ControlFlow<()> {
        self.line(&Line::<()>::Moment(moment))
    }

    /// Tells a row, or that nobody listens any more.
    pub(super) fn row(&mut self, row: &impl Serialize) -> ControlFlow<()> {
        self.rows += 1;
        self.line(&Line::Row(row))
    }

    fn line(&mut self, line: &impl Serialize) -> ControlFlow<()> {
        // Texts, numbers and lists always have a form.
        let _ = serde_json::to_writer(&mut self.buffer, line);
        self.buffer.push(b'\n');
        if self.buffer.len() >= PIECE {
            self.hand_over();
        }
        match self.is_over {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }

    fn hand_over(&mut self) {
        let piece = std::mem::take(&mut self.buffer);
        self.is_over = match self.begin.take() {
            Some(begin) => begin.send(Begun::Piece(piece)).is_err(),
            None => self.pieces.blocking_send(piece).is_err(),
        };
    }

    /// Says that this was all, or why it was not.
    fn end(mut self, told: Result<(), Wrong>) {
        let begin = self.begin.take();
        let last = match (told, begin) {
            (Err(wrong), Some(begin)) => {
                // Nobody listens any more if it cannot be sent, here and below.
                let _ = begin.send(Begun::Wrong(wrong));
                return;
            }
            (Err(wrong), None) => Line::<()>::Error(wrong.into_fault()),
            (Ok(()), begin) => {
                self.begin = begin;
                Line::End(self.rows)
            }
        };
        let _ = serde_json::to_writer(&mut self.buffer, &last);
        self.buffer.push(b'\n');
        match self.begin.take() {
            Some(begin) => {
                let _ = begin.send(Begun::Whole(self.buffer));
            }
            None => self.hand_over(),
        }
    }
}
