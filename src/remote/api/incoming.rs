//! What a server sends, as it comes.
//!
//! Two limits count at once: a server may not be silent for long, and all of it has to be there
//! before the call's time is over. The HTTP client has but one of them at a time, so it is given to
//! a thread, and whoever wants its answer waits as long as they like. A thread that nobody waits for
//! any more ends with the client's own limit, or with the process.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::blocking::RequestBuilder;
use reqwest::header::HeaderMap;

use super::Options;
use super::retry::Deadline;
use super::send::Failed;
use super::upload::Progress;
use crate::remote::client::Limits;
use crate::remote::error::Trouble;
use crate::remote::trouble;

/// How many bytes are handed over at a time, and how many times that before they are wanted.
const PART: usize = 64 << 10;
const AHEAD: usize = 2;
/// How much later than everybody else the client gives up, so that it is not the one to tell.
const LATER: Duration = Duration::from_secs(1);

/// An answer whose body is still to come.
#[derive(Debug)]
pub(super) struct Incoming {
    pub status: StatusCode,
    pub headers: HeaderMap,
    told: Receiver<News>,
    patience: Patience,
    ended: bool,
}

/// What the thread tells.
enum News {
    Head(StatusCode, HeaderMap),
    Part(Vec<u8>),
    End,
    Unanswered(reqwest::Error),
    Cut(io::Error),
}

/// How long somebody waits.
#[derive(Debug, Clone, Copy)]
struct Patience {
    deadline: Deadline,
    silence: Duration,
    connect: Duration,
}

impl Patience {
    /// What the next wait may take.
    fn wait(&self) -> Duration {
        self.silence.min(self.deadline.left())
    }

    /// Waits for the first news.
    fn head(
        &self,
        told: &Receiver<News>,
        upload: Option<&Progress>,
    ) -> Result<News, RecvTimeoutError> {
        let left = || match upload {
            None => self.wait(),
            Some(upload) => {
                let silence = upload.patience(self.silence).unwrap_or(Duration::MAX);
                silence.min(self.deadline.left())
            }
        };
        loop {
            match told.recv_timeout(left()) {
                // More of it may have been taken meanwhile.
                Err(RecvTimeoutError::Timeout) if upload.is_some() && !left().is_zero() => {}
                news => return news,
            }
        }
    }

    /// What was waited for in vain: all of the time, or the silence of a server that is let pass.
    fn waited(&self) -> Duration {
        match self.deadline.left().is_zero() {
            true => self.deadline.total,
            false => self.silence.min(self.deadline.total),
        }
    }

    fn limits(&self) -> Limits {
        Limits {
            connect: self.connect,
            total: self.waited(),
            ..Limits::default()
        }
    }

    fn over(&self) -> Failed {
        Failed {
            trouble: Trouble::TimedOut(self.waited()),
            seen: true,
            passing: false,
        }
    }
}

/// Sends a request and waits for the answer's headers. An `upload` takes time, in which its server
/// has nothing to say; it may not stop taking it.
pub(super) fn send(
    request: RequestBuilder,
    deadline: &Deadline,
    options: &Options,
    upload: Option<&Progress>,
) -> Result<Incoming, Failed> {
    let (tell, told) = sync_channel(AHEAD);
    let request = request.timeout(deadline.left() + LATER);
    let worker = thread::Builder::new().name("call".to_owned());
    let spawned = worker.spawn(move || work(request, &tell));
    spawned.map_err(|error| Failed {
        trouble: Trouble::Unreachable(error.kind().to_string()),
        seen: false,
        passing: false,
    })?;
    let patience = Patience {
        deadline: *deadline,
        silence: options.silence,
        connect: options.connect,
    };
    match patience.head(&told, upload) {
        Ok(News::Head(status, headers)) => Ok(Incoming {
            status,
            headers,
            told,
            patience,
            ended: false,
        }),
        Ok(News::Unanswered(error)) => Err(Failed {
            trouble: trouble::of_request(&error, &patience.limits()),
            seen: !error.is_connect() && !error.is_builder(),
            passing: trouble::broke_off(&error),
        }),
        Err(RecvTimeoutError::Timeout) => Err(patience.over()),
        _ => Err(garbled()),
    }
}

impl Incoming {
    /// The next part of the body; there is none once it is whole.
    pub(super) fn part(&mut self) -> Result<Option<Vec<u8>>, Failed> {
        if self.ended {
            return Ok(None);
        }
        match self.told.recv_timeout(self.patience.wait()) {
            Ok(News::Part(_)) if self.patience.deadline.left().is_zero() => {
                Err(self.patience.over())
            }
            Ok(News::Part(part)) => Ok(Some(part)),
            Ok(News::End) => {
                self.ended = true;
                Ok(None)
            }
            Ok(News::Cut(error)) => Err(Failed {
                trouble: trouble::of_reading(&error, &self.patience.limits()),
                seen: true,
                passing: trouble::broke_off(&error),
            }),
            Err(RecvTimeoutError::Timeout) => Err(self.patience.over()),
            _ => Err(garbled()),
        }
    }

    /// The whole body, of so many bytes at most.
    pub(super) fn body(mut self, most: u64) -> Result<Vec<u8>, Failed> {
        let mut body = Vec::new();
        while let Some(part) = self.part()? {
            if (body.len() + part.len()) as u64 > most {
                return Err(Failed::answer(Trouble::TooLarge(most)));
            }
            body.extend_from_slice(&part);
        }
        Ok(body)
    }
}

/// The thread went without a word.
fn garbled() -> Failed {
    Failed::answer(Trouble::Garbled)
}

/// What the thread does. Whoever listens may have gone; then there is nothing more to do.
fn work(request: RequestBuilder, tell: &SyncSender<News>) {
    let mut response = match request.send() {
        Ok(response) => response,
        Err(error) => return drop(tell.send(News::Unanswered(error))),
    };
    let head = News::Head(response.status(), response.headers().clone());
    if tell.send(head).is_err() {
        return;
    }
    let mut buffer = vec![0; PART];
    loop {
        let news = match response.read(&mut buffer) {
            Ok(0) => News::End,
            Ok(length) => News::Part(buffer[..length].to_vec()),
            Err(error) => News::Cut(error),
        };
        let more = matches!(news, News::Part(_));
        if tell.send(news).is_err() || !more {
            return;
        }
    }
}
