//! Keeping what is sent until all of it is there.

use std::error::Error;
use std::fs::File;
use std::io::{self, Write};

use aws_lc_rs::digest::{Context, SHA256};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use http_body_util::{BodyExt, LengthLimitError};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::server::app::Shared;
use crate::server::native::take::{is_of, other_media, too_much};
use crate::server::problem::Problem;

const MEDIA: &str = "application/x-ndjson";
/// How many pieces wait for the disk.
const WAITING: usize = 16;

/// What was sent, all of it.
pub(in crate::server::native) enum Source {
    /// Lines, in a file that has no name.
    Lines(File),
    /// An array, which is no longer than other bodies.
    Array(Bytes),
}

/// Waits for all that is sent, and tells its hash.
pub(in crate::server::native) async fn spooled(
    app: &Shared,
    request: Request,
) -> Result<(Source, Vec<u8>), Problem> {
    if is_of(request.headers(), "application/json") {
        let bytes = Bytes::from_request(request, app).await;
        let bytes = bytes.map_err(|error| too_much(&error))?;
        let hash = bytes.to_vec();
        return Ok((Source::Array(bytes), hash));
    }
    if !is_of(request.headers(), MEDIA) {
        return Err(other_media(MEDIA));
    }
    let (sender, receiver) = mpsc::channel(WAITING);
    let kept = spawn_blocking(move || keep(receiver));
    let sent = hand_over(request.into_body(), sender).await;
    let kept = kept
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error)));
    sent?;
    let (file, hash) = kept.map_err(|error| unkept(&error))?;
    Ok((Source::Lines(file), hash))
}

async fn hand_over(mut body: Body, sender: mpsc::Sender<Bytes>) -> Result<(), Problem> {
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| cut_off(&error))?;
        if let Ok(bytes) = frame.into_data()
            && sender.send(bytes).await.is_err()
        {
            // The writer says itself why it left.
            return Ok(());
        }
    }
    Ok(())
}

fn keep(mut receiver: mpsc::Receiver<Bytes>) -> io::Result<(File, Vec<u8>)> {
    let mut file = tempfile::tempfile()?;
    let mut hash = Context::new(&SHA256);
    while let Some(bytes) = receiver.blocking_recv() {
        hash.update(&bytes);
        file.write_all(&bytes)?;
    }
    Ok((file, hash.finish().as_ref().to_vec()))
}

/// The client left, or sends too much.
fn cut_off(error: &axum::Error) -> Problem {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(found) = cause {
        if found.is::<LengthLimitError>() {
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return Problem::new(status, "too_large", "what was sent is too large");
        }
        cause = found.source();
    }
    Problem::unreadable("what was sent ends before its end")
}

/// There is no room for what was sent.
pub(in crate::server::native) fn unkept(error: &io::Error) -> Problem {
    let message = format!(
        "what was sent cannot be kept until it is complete: {}",
        error.kind()
    );
    Problem::new(StatusCode::INSUFFICIENT_STORAGE, "temporary_file", message)
}
