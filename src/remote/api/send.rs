//! One attempt: a request on its way, and what comes back, as far as it is let in.

use std::io::{self, Read, Seek, SeekFrom};

use bytes::Bytes;
use reqwest::blocking::{self, Body, Response};
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Method, Url};

use super::Options;
use super::call::Spooled;
use super::retry::Deadline;
use super::sight::Sight;
use crate::remote::address::{has_credentials, shown};
use crate::remote::client::{Limits, MOST_REDIRECTS};
use crate::remote::error::{Trouble, quoted};
use crate::remote::trouble;

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
    fn body(&self) -> io::Result<Body> {
        Ok(match self {
            Self::Bytes(bytes) => bytes.clone().into(),
            Self::File(Spooled(file)) => {
                let mut file = file.try_clone()?;
                file.seek(SeekFrom::Start(0))?;
                Body::from(file)
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
    fn answer(trouble: Trouble) -> Self {
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
pub(super) fn whole(
    response: Response,
    deadline: &Deadline,
    options: &Options,
) -> Result<Answer, Failed> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let body = read(response, options.size, deadline)?;
    Ok(Answer {
        status,
        headers,
        body,
    })
}

/// Reads what is said about a status that is no success. The status is the answer, whatever
/// becomes of its explanation.
pub(super) fn explanation(response: Response, deadline: &Deadline) -> Answer {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let body = read(response, EXPLANATION, deadline).unwrap_or_default();
    Answer {
        status,
        headers,
        body,
    }
}

/// Sends a request and waits for the answer's headers.
pub(super) fn open(
    client: &blocking::Client,
    prepared: &Prepared,
    deadline: &Deadline,
    options: &Options,
    sight: &Sight<'_>,
) -> Result<Response, Failed> {
    let mut url = prepared.url.clone();
    for _ in 0..=MOST_REDIRECTS {
        let response = once(client, prepared, &url, deadline, options, sight)?;
        let Some(next) = redirected(&response, &url) else {
            return Ok(response);
        };
        let elsewhere = next.origin() != url.origin() || has_credentials(&next);
        if prepared.write || elsewhere {
            return Err(Failed::answer(Trouble::Elsewhere(quoted(&shown(&next)))));
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
) -> Result<Response, Failed> {
    sight.request(prepared, url);
    let mut request = client
        .request(prepared.method.clone(), url.clone())
        .timeout(deadline.left())
        .headers(prepared.headers.clone());
    if let Some(body) = &prepared.body {
        let body = body.body().map_err(|error| Failed {
            trouble: of_reading(&error, deadline),
            seen: false,
            passing: false,
        })?;
        request = request.body(body);
    }
    let sent = request.send();
    let response = sent.map_err(|error| failed(&error, deadline, options))?;
    sight.answer(&response);
    let headers = response.headers().iter();
    let size: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    match size > HEADERS {
        true => Err(Failed::answer(Trouble::HeadersTooLarge(HEADERS))),
        false => Ok(response),
    }
}

/// Where an answer sends us, if it does.
fn redirected(response: &Response, asked: &Url) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let place = response.headers().get(LOCATION)?.to_str().ok()?;
    asked.join(place).ok()
}

fn failed(error: &reqwest::Error, deadline: &Deadline, options: &Options) -> Failed {
    let limits = Limits {
        connect: options.connect,
        total: waited(deadline, options),
        size: options.size,
    };
    Failed {
        trouble: trouble::of_request(error, &limits),
        seen: !error.is_connect() && !error.is_builder(),
        passing: trouble::broke_off(error),
    }
}

/// What was waited for in vain: all of the time, or the silence of a server that is let pass.
fn waited(deadline: &Deadline, options: &Options) -> std::time::Duration {
    match deadline.left().is_zero() {
        true => deadline.total,
        false => options.silence.min(deadline.total),
    }
}

fn read(response: Response, most: u64, deadline: &Deadline) -> Result<Vec<u8>, Failed> {
    let mut body = Vec::new();
    let read = response.take(most + 1).read_to_end(&mut body);
    let read = read.map_err(|error| Failed {
        trouble: of_reading(&error, deadline),
        seen: true,
        passing: trouble::broke_off(&error),
    })?;
    match read as u64 > most {
        true => Err(Failed::answer(Trouble::TooLarge(most))),
        false => Ok(body),
    }
}

/// What it means that an answer's body could not be read.
pub(super) fn of_reading(error: &io::Error, deadline: &Deadline) -> Trouble {
    let limits = Limits {
        total: deadline.total,
        ..Limits::default()
    };
    trouble::of_reading(error, &limits)
}
