//! One attempt: a request on its way, and what comes back, as far as it is let in.

use std::io::{self, Seek, SeekFrom};

use bytes::Bytes;
use reqwest::blocking::{self, Body};
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Method, Url};

use super::Options;
use super::call::Spooled;
use super::incoming::{self, Incoming};
use super::retry::Deadline;
use super::sight::Sight;
use super::upload::Progress;
use crate::remote::address::{has_credentials, shown};
use crate::remote::client::MOST_REDIRECTS;
use crate::remote::error::{Trouble, quoted};

/// How much of an answer is read that is no success.
const EXPLANATION: u64 = 64 << 10;
/// How many bytes all headers may have.
const HEADERS: usize = 64 << 10;

/// A request, ready to be sent as often as it takes.
pub(super) struct Prepared {
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Option<Payload>,
    /// Whether it changes something, so that no redirect is followed.
    pub write: bool,
    /// Whether sending it twice does no harm.
    pub repeatable: bool,
}

/// What it carries.
pub(super) enum Payload {
    Bytes(Bytes),
    File(Spooled),
}

impl Payload {
    /// What goes over the wire, and how far it has come where that takes long.
    fn body(&self) -> io::Result<(Body, Option<Progress>)> {
        Ok(match self {
            Self::Bytes(bytes) => (bytes.clone().into(), None),
            Self::File(Spooled(file)) => {
                let mut file = file.try_clone()?;
                file.seek(SeekFrom::Start(0))?;
                let length = file.metadata()?.len();
                let progress = Progress::new();
                let body = Body::sized(progress.of(file), length);
                (body, Some(progress))
            }
        })
    }
}

/// What came back.
pub(super) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) struct Failed {
    pub trouble: Trouble,
    /// Whether the server may have seen the request.
    pub seen: bool,
    /// Whether it may be otherwise the next time.
    pub passing: bool,
}

impl Failed {
    /// An answer that would be the same the next time.
    pub(super) fn answer(trouble: Trouble) -> Self {
        Self {
            trouble,
            seen: true,
            passing: false,
        }
    }
}

/// What became of an attempt that was answered.
pub(super) enum Got<T> {
    /// A status from 200 to 299, and what is made of it.
    Success(T),
    /// Another one, with its explanation.
    Refusal(Answer),
}

/// Reads a success to its end.
pub(super) fn whole(incoming: Incoming, options: &Options) -> Result<Answer, Failed> {
    Ok(Answer {
        status: incoming.status.as_u16(),
        headers: incoming.headers.clone(),
        body: incoming.body(options.size)?,
    })
}

/// Reads what is said about a status that is no success. The status is the answer, whatever
/// becomes of its explanation.
pub(super) fn explanation(incoming: Incoming) -> Answer {
    Answer {
        status: incoming.status.as_u16(),
        headers: incoming.headers.clone(),
        body: incoming.body(EXPLANATION).unwrap_or_default(),
    }
}

/// Sends a request and waits for the answer's headers.
pub(super) fn open(
    client: &blocking::Client,
    prepared: &Prepared,
    deadline: &Deadline,
    options: &Options,
    sight: &Sight<'_>,
) -> Result<Incoming, Failed> {
    let mut url = prepared.url.clone();
    for _ in 0..=MOST_REDIRECTS {
        let incoming = once(client, prepared, &url, deadline, options, sight)?;
        let Some(next) = redirected(&incoming, &url) else {
            return Ok(incoming);
        };
        let elsewhere = next.origin() != url.origin() || has_credentials(&next);
        if prepared.write || elsewhere {
            return Err(Failed {
                // These say that nothing was done here (RFC 9110 §15.4.8); after others it may be.
                seen: !matches!(incoming.status.as_u16(), 307 | 308),
                ..Failed::answer(Trouble::Elsewhere(quoted(&sight.masked(&shown(&next)))))
            });
        }
        url = next;
    }
    Err(Failed::answer(Trouble::RoundAndRound(MOST_REDIRECTS)))
}

fn once(
    client: &blocking::Client,
    prepared: &Prepared,
    url: &Url,
    deadline: &Deadline,
    options: &Options,
    sight: &Sight<'_>,
) -> Result<Incoming, Failed> {
    sight.request(prepared, url);
    let mut request = client
        .request(prepared.method.clone(), url.clone())
        .headers(prepared.headers.clone());
    let mut upload = None;
    if let Some(body) = &prepared.body {
        let (body, progress) = body.body().map_err(|error| Failed {
            trouble: Trouble::Unreachable(error.kind().to_string()),
            seen: false,
            passing: false,
        })?;
        request = request.body(body);
        upload = progress;
    }
    let incoming = incoming::send(request, deadline, options, upload.as_ref())?;
    sight.answer(&incoming);
    let headers = incoming.headers.iter();
    let size: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    match size > HEADERS {
        true => Err(Failed::answer(Trouble::HeadersTooLarge(HEADERS))),
        false => Ok(incoming),
    }
}

/// Where an answer sends us, if it does.
fn redirected(incoming: &Incoming, asked: &Url) -> Option<Url> {
    if !matches!(incoming.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let place = incoming.headers.get(LOCATION)?.to_str().ok()?;
    asked.join(place).ok()
}
