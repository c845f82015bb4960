//! Fetching a document, or taking the copy of it that still holds.
//!
//! A copy that has expired is never believed, also when its server cannot be reached: keys are
//! withdrawn because somebody else has them, and whoever can cut the network could otherwise keep
//! a withdrawn key alive.

use std::path::PathBuf;

use jiff::Timestamp;
use reqwest::header::{ETAG, HeaderMap, HeaderName, LAST_MODIFIED};

use super::address::Address;
use super::cache::{Cache, CacheFault, Kept, Key};
use super::client::{Answer, Client, Question};
use super::error::{RemoteError, Trouble, Unfit};
use super::lifetime::Terms;

/// Documents of other machines, with copies on disk.
#[derive(Debug)]
pub struct Documents {
    client: Client,
    cache: Cache,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it says; of the kind that was asked for.
    pub text: String,
    /// Where it was found.
    pub from: Origin,
    /// When its server last said that this is the document, to the second.
    pub fetched_at: Timestamp,
}

/// Where a document was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// In the copies; no server was asked.
    Cache,
    /// On the network; its server sent it now, or said that the copy still holds.
    Network,
}

/// What came of asking for a newer document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refreshed {
    /// The document as it is now.
    Document(Document),
    /// It was asked for a moment ago; nothing was fetched.
    TooSoon {
        /// When it may be asked for again.
        again: Timestamp,
    },
}

/// What is asked for.
pub(super) struct Wanted<'a> {
    /// Where it is.
    pub place: &'a Address,
    /// Where it is if there is nothing at the first place (status 404).
    pub otherwise: Option<&'a Address>,
    /// Whether a text is what was wanted.
    pub check: &'a dyn Fn(&str) -> Result<(), Unfit>,
}

impl Documents {
    /// Documents fetched by a client, with copies in a directory: `None` keeps none. The directory
    /// is made for the first copy.
    pub fn new(client: Client, cache_directory: Option<PathBuf>) -> Self {
        Self {
            client,
            cache: Cache::new(cache_directory),
        }
    }

    /// Why copies could not be kept or used so far, if they could not.
    pub fn warning(&self) -> Option<CacheFault> {
        self.cache.fault()
    }

    /// The copy if it holds, else what the server sends.
    pub(super) fn get(&self, wanted: &Wanted<'_>, now: Timestamp) -> Result<Document, RemoteError> {
        let key = Key::new(wanted.place, self.client.trust()?);
        let kept = self.load(&key, wanted);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.holds_at(now)) {
            return Ok(document(kept, Origin::Cache));
        }
        let expired = kept.as_ref().map(Kept::fetched_at);
        let fetched = self.fetch(
            &key,
            wanted,
            kept,
            &Asking {
                now,
                out_of_turn: false,
            },
        );
        fetched.map_err(|error| match (error, expired) {
            (RemoteError::Failed { address, trouble }, Some(fetched_at)) => RemoteError::Expired {
                address,
                trouble,
                fetched_at,
            },
            (error, _) => error,
        })
    }

    /// What the server sends, though there is a copy that holds; not twice in a short time.
    pub(super) fn refresh(
        &self,
        wanted: &Wanted<'_>,
        now: Timestamp,
    ) -> Result<Refreshed, RemoteError> {
        let key = Key::new(wanted.place, self.client.trust()?);
        let kept = self.load(&key, wanted);
        if let Err(again) = self.cache.claim(&key, now) {
            return Ok(Refreshed::TooSoon { again });
        }
        let fetched = self.fetch(
            &key,
            wanted,
            kept,
            &Asking {
                now,
                out_of_turn: true,
            },
        );
        fetched.map(Refreshed::Document)
    }

    /// A copy of another kind of document, from the same place, is none.
    fn load(&self, key: &Key, wanted: &Wanted<'_>) -> Option<Kept> {
        let kept = self.cache.load(key)?;
        (wanted.check)(&kept.text).is_ok().then_some(kept)
    }

    fn fetch(
        &self,
        key: &Key,
        wanted: &Wanted<'_>,
        kept: Option<Kept>,
        asking: &Asking,
    ) -> Result<Document, RemoteError> {
        let first = self.ask(key, wanted, wanted.place, kept.as_ref(), asking);
        let (kept, may_keep) = match (first, wanted.otherwise) {
            (Err(missing), Some(otherwise)) if is_missing(&missing) => {
                match self.ask(key, wanted, otherwise, kept.as_ref(), asking) {
                    // Of two places where nothing is, the usual one is what to look for.
                    Err(error) if is_missing(&error) => return Err(missing),
                    second => second?,
                }
            }
            (first, _) => first?,
        };
        if may_keep {
            self.cache.save(key, &kept);
        } else {
            self.cache.forget(key, asking.now);
        }
        Ok(document(&kept, Origin::Network))
    }

    /// Asks one place. With the document comes whether it may be kept.
    fn ask(
        &self,
        key: &Key,
        wanted: &Wanted<'_>,
        place: &Address,
        kept: Option<&Kept>,
        asking: &Asking,
    ) -> Result<(Kept, bool), RemoteError> {
        let known = kept.filter(|kept| kept.source == place.as_str());
        let answer = self.client.fetch(&Question {
            address: place,
            etag: known.and_then(|kept| kept.etag.as_deref()),
            last_modified: known.and_then(|kept| kept.last_modified.as_deref()),
            past_caches: asking.out_of_turn,
        })?;
        let (mut kept, headers) = match (answer, known) {
            (Answer::Unchanged(headers), Some(known)) if is_same(known, &headers) => {
                (known.clone(), headers)
            }
            // It is another document that has not changed (RFC 9111 §4.3.4).
            (Answer::Unchanged(_), _) => return self.ask(key, wanted, place, None, asking),
            (Answer::Document(text, headers), _) => {
                (wanted.check)(&text).map_err(|unfit| RemoteError::Unfit {
                    address: place.to_string(),
                    unfit,
                })?;
                (Kept::new(key, place, text), headers)
            }
        };
        let terms = Terms::of(&headers, asking.now);
        kept.renew(terms, asking.now);
        kept.etag = text_of(&headers, ETAG).or(kept.etag);
        kept.last_modified = text_of(&headers, LAST_MODIFIED).or(kept.last_modified);
        Ok((kept, terms.may_keep))
    }
}

/// When a server is asked, and whether in spite of a copy that holds.
struct Asking {
    now: Timestamp,
    out_of_turn: bool,
}

fn document(kept: &Kept, from: Origin) -> Document {
    Document {
        text: kept.text.clone(),
        from,
        fetched_at: kept.fetched_at(),
    }
}

fn is_missing(error: &RemoteError) -> bool {
    matches!(
        error,
        RemoteError::Failed {
            trouble: Trouble::Status(404),
            ..
        }
    )
}

/// Whether it is our copy that has not changed, as far as the answer says which one it is.
fn is_same(known: &Kept, headers: &HeaderMap) -> bool {
    let bare = |tag: &str| tag.trim_start_matches("W/").to_owned();
    match (text_of(headers, ETAG), &known.etag) {
        (Some(unchanged), Some(ours)) => bare(&unchanged) == bare(ours),
        _ => true,
    }
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.to_owned())
}
