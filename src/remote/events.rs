//! What a server of ours tells as it happens: server-sent events, read as they come.
//!
//! Unlike a document this has no end, so it is bounded otherwise: in how large one event may be, and
//! in how long a server may be silent, which says at least every now and then that it is there.

use std::io::{BufRead, BufReader, Read};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::blocking::{self, RequestBuilder, Response};
use reqwest::header::ACCEPT;
use zeroize::Zeroizing;

use super::address::Address;
use super::client::{Client, Limits, Way};
use super::error::{RemoteError, Trouble};
use super::trouble;

/// How long a server may be silent.
const SILENCE: Duration = Duration::from_secs(60);
/// How many bytes an event may have.
const MOST: u64 = 64 << 20;

/// A server of ours, and the key that opens it.
#[derive(Debug)]
pub struct Source {
    address: Address,
    key: Option<Zeroizing<String>>,
    client: blocking::Client,
    limits: Limits,
}

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// Its place in the row; empty if it has none.
    pub id: String,
    /// What it is about; empty if that is not said.
    pub name: String,
    /// What it says.
    pub data: String,
}

impl Source {
    /// A server at an address, below which its paths begin.
    ///
    /// # Errors
    ///
    /// Where no client can be made for it. Nothing is sent yet.
    pub fn new(
        client: &Client,
        address: &Address,
        key: Option<Zeroizing<String>>,
    ) -> Result<Self, RemoteError> {
        Ok(Self {
            address: address.clone(),
            key,
            // The limit of a client, unlike that of a request, is for each single wait.
            client: client.lasting(Way::to(address), SILENCE)?,
            limits: Limits {
                total: SILENCE,
                ..Limits::default()
            },
        })
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Where it cannot be had.
    pub fn read(&self, path: &str, query: &str) -> Result<String, Trouble> {
        let mut url = self.address.below(path).url().clone();
        url.set_query(Some(query));
        let response = self.carry_out(self.client.get(url), "application/json")?;
        let mut text = String::new();
        let read = response.take(MOST).read_to_string(&mut text);
        read.map_err(|error| trouble::of_reading(&error, &self.limits))?;
        Ok(text)
    }

    /// Follows the events behind one of them.
    ///
    /// # Errors
    ///
    /// Where the server cannot be reached, or does not tell.
    pub fn follow(&self, path: &str, last: &str) -> Result<Events, Trouble> {
        let url = self.address.below(path).url().clone();
        let request = self.client.get(url).header("last-event-id", last);
        let response = self.carry_out(request, "text/event-stream")?;
        Ok(Events {
            lines: BufReader::new(response),
            limits: self.limits,
        })
    }

    fn carry_out(&self, request: RequestBuilder, kind: &str) -> Result<Response, Trouble> {
        let request = match &self.key {
            Some(key) => request.bearer_auth(&**key),
            None => request,
        };
        let sent = request.header(ACCEPT, kind).send();
        let response = sent.map_err(|error| trouble::of_request(&error, &self.limits))?;
        match response.status() {
            StatusCode::OK => Ok(response),
            status => Err(Trouble::Status(status.as_u16())),
        }
    }
}

/// Events as they come.
#[derive(Debug)]
pub struct Events<R = BufReader<Response>> {
    lines: R,
    limits: Limits,
}

impl<R: BufRead> Events<R> {
    /// Waits for the next event. There is none once the server has ended the row.
    ///
    /// # Errors
    ///
    /// Where the row breaks off, or is none.
    pub fn next_event(&mut self) -> Result<Option<Event>, Trouble> {
        let mut event = Event::default();
        let mut size = 0;
        loop {
            let Some(line) = self.line(MOST.saturating_sub(size))? else {
                // What was not ended by an empty line was cut off.
                return Ok(None);
            };
            size += line.len() as u64;
            if line.is_empty() {
                if event.data.is_empty() {
                    event = Event::default();
                    continue;
                }
                event.data.pop();
                return Ok(Some(event));
            }
            let (field, value) = line.split_once(':').unwrap_or((&line, ""));
            let value = value.strip_prefix(' ').unwrap_or(value);
            match field {
                "id" => value.clone_into(&mut event.id),
                "event" => value.clone_into(&mut event.name),
                "data" => {
                    event.data.push_str(value);
                    event.data.push('\n');
                }
                // A comment, which says that the server is there, or something newer.
                _ => {}
            }
        }
    }

    fn line(&mut self, most: u64) -> Result<Option<String>, Trouble> {
        let mut bytes = Vec::new();
        let read = (&mut self.lines).take(most).read_until(b'\n', &mut bytes);
        read.map_err(|error| trouble::of_reading(&error, &self.limits))?;
        if bytes.pop() != Some(b'\n') {
            return match bytes.len() as u64 + 1 >= most {
                true => Err(Trouble::TooLarge(MOST)),
                false => Ok(None),
            };
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| Trouble::NotText)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Result<Vec<Event>, Trouble> {
        let mut events = Events {
            lines: text.as_bytes(),
            limits: Limits::default(),
        };
        std::iter::from_fn(|| events.next_event().transpose()).collect()
    }

    #[test]
    fn comments_and_unknown_fields_are_passed_over_and_data_is_put_together() {
        let text =
            ": here\n\nretry: 10\nid: 7\nevent: change\ndata: {\ndata:}\n\n\r\ndata: x\r\n\r\n";
        let event = |id: &str, name: &str, data: &str| Event {
            id: id.to_owned(),
            name: name.to_owned(),
            data: data.to_owned(),
        };
        let expected = vec![event("7", "change", "{\n}"), event("", "", "x")];
        assert_eq!(events(text), Ok(expected));
    }

    #[test]
    fn an_event_that_was_cut_off_is_none() {
        assert_eq!(events("id: 7\ndata: {}\n"), Ok(Vec::new()));
        assert_eq!(events("id: 7\ndata: {}"), Ok(Vec::new()));
        assert_eq!(events(""), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_text_is_an_error() {
        let mut events = Events {
            lines: &b"data: \xff\n\n"[..],
            limits: Limits::default(),
        };
        assert_eq!(events.next_event(), Err(Trouble::NotText));
    }
}
