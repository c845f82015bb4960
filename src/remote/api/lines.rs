//! Answers that come line by line, each line a JSON document (NDJSON): read as they come, so that
//! only one of them is held at a time.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::call::Origin;
use super::error::{ApiError, Fault};
use super::incoming::Incoming;
use super::json;
use super::mask::Mask;
use crate::remote::error::Trouble;

/// How many bytes a line may have.
const MOST: usize = 8 << 20;

/// The documents of an answer. After an error there are no more.
///
/// Where a server breaks off in the middle, that is an error as far as HTTP can tell: what a reader
/// must not take for whole needs an end of its own, such as a last document.
#[derive(Debug)]
pub struct Lines<T> {
    incoming: Incoming,
    /// What has come, where the next line begins in it, and how far its end was searched in vain.
    held: Vec<u8>,
    begins: usize,
    searched: usize,
    mask: Mask,
    origin: Origin,
    over: bool,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Lines<T> {
    pub(super) fn new(incoming: Incoming, mask: Mask, origin: Origin) -> Self {
        Self {
            incoming,
            held: Vec::new(),
            begins: 0,
            searched: 0,
            mask,
            origin,
            over: false,
            of: PhantomData,
        }
    }

    /// An error for lines that say something else than they should, in words of the caller's.
    pub fn unfit(&self, what: impl Into<String>) -> ApiError {
        ApiError::of(&self.origin, Fault::Unfit(what.into()))
    }

    fn document(&mut self) -> Result<Option<T>, Fault> {
        while let Some(line) = self.line()? {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let line = self.mask.body(line);
            return json::read(&line).map(Some).map_err(Fault::Body);
        }
        Ok(None)
    }

    /// The next line, the last of which may have no end.
    fn line(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.held[self.searched..]) {
                let end = self.searched + at + 1;
                let line = self.held[self.begins..end].to_vec();
                (self.begins, self.searched) = (end, end);
                return Ok(Some(line));
            }
            self.held.drain(..self.begins);
            (self.begins, self.searched) = (0, self.held.len());
            if self.held.len() > MOST {
                return Err(Fault::Trouble(Trouble::TooLarge(MOST as u64), true));
            }
            let part = self.incoming.part();
            match part.map_err(|failed| Fault::Trouble(failed.trouble, failed.seen))? {
                Some(part) => self.held.extend_from_slice(&part),
                None if self.held.is_empty() => return Ok(None),
                None => {
                    self.searched = 0;
                    return Ok(Some(std::mem::take(&mut self.held)));
                }
            }
        }
    }
}

impl<T: DeserializeOwned> Iterator for Lines<T> {
    type Item = Result<T, ApiError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let document = self.document().transpose();
        self.over = !matches!(document, Some(Ok(_)));
        document.map(|document| document.map_err(|fault| ApiError::of(&self.origin, fault)))
    }
}
