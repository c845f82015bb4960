//! What an operator sees of the requests who wants to: each of them and its answer, line by line.
//!
//! No secret is among it: our own are taken out, headers and members with telling names have their
//! values masked, and a body that is no JSON is not shown at all but only counted.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::{Url, header::HeaderMap};

use super::incoming::Incoming;
use super::mask::{self, MASK, Mask, is_telling};
use super::send::{Answer, Payload, Prepared};
use super::{Options, Watcher, json};

/// How many characters of a body are shown.
const SHOWN: usize = 2000;

/// Tells a watcher, if there is one.
pub(super) struct Sight<'a> {
    watcher: Option<&'a Watcher>,
    mask: &'a Mask,
}

impl<'a> Sight<'a> {
    pub(super) fn new(options: &'a Options, mask: &'a Mask) -> Self {
        Self {
            watcher: options.watcher.as_ref(),
            mask,
        }
    }

    /// A text without our secrets.
    pub(super) fn masked<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.mask.text(text)
    }

    /// A request as it is sent.
    pub(super) fn request(&self, prepared: &Prepared, url: &Url) {
        if self.watcher.is_none() {
            return;
        }
        self.tell(&format!("> {} {}", prepared.method, shown_url(url)));
        self.headers('>', &prepared.headers);
        match &prepared.body {
            Some(Payload::Bytes(body)) => self.content('>', body),
            Some(Payload::File(_)) => self.tell("> (a file)"),
            None => {}
        }
    }

    /// The beginning of an answer.
    pub(super) fn answer(&self, incoming: &Incoming) {
        if self.watcher.is_none() {
            return;
        }
        self.tell(&format!("< {}", incoming.status.as_u16()));
        self.headers('<', &incoming.headers);
    }

    /// The rest of an answer.
    pub(super) fn body(&self, answer: &Answer) {
        if self.watcher.is_some() {
            self.content('<', &answer.body);
        }
    }

    /// That there will be another attempt.
    pub(super) fn wait(&self, wait: Duration) {
        if self.watcher.is_some() {
            self.tell(&format!("* once more in {} ms", wait.as_millis()));
        }
    }

    fn headers(&self, arrow: char, headers: &HeaderMap) {
        for (name, value) in headers {
            let value = match is_telling(name.as_str()) {
                true => MASK.into(),
                false => String::from_utf8_lossy(value.as_bytes()),
            };
            self.tell(&format!("{arrow} {name}: {value}"));
        }
    }

    fn content(&self, arrow: char, body: &[u8]) {
        match json::value(body) {
            Ok(document) => {
                let text = self
                    .mask
                    .text(&mask::shown(&document).to_string())
                    .into_owned();
                let beginning: String = text.chars().take(SHOWN).collect();
                let rest = if beginning.len() < text.len() {
                    "…"
                } else {
                    ""
                };
                self.tell(&format!("{arrow} {beginning}{rest}"));
            }
            Err(json::NotRead::Empty) => {}
            Err(_) => self.tell(&format!("{arrow} ({} bytes)", body.len())),
        }
    }

    fn tell(&self, line: &str) {
        if let Some(watcher) = self.watcher {
            watcher(&self.mask.text(line));
        }
    }
}

/// A URL as it may be shown: without the values in its query that go by a telling name.
pub(super) fn shown_url(url: &Url) -> String {
    let mut shown = url.clone();
    if url.query().is_some() {
        let pairs: Vec<(String, String)> = url
            .query_pairs()
            .map(|(name, value)| {
                let value = match is_telling(&name) {
                    true => MASK.to_owned(),
                    false => value.into_owned(),
                };
                (name.into_owned(), value)
            })
            .collect();
        shown.query_pairs_mut().clear().extend_pairs(pairs);
    }
    shown.to_string()
}
