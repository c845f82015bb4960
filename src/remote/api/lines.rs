//! Answers that come line by line, each line a JSON document (NDJSON): read as they come, so that
//! only one of them is held at a time.

use std::io::{BufRead, BufReader, Read};
use std::marker::PhantomData;

use reqwest::blocking::Response;
use serde::de::DeserializeOwned;

use super::call::Origin;
use super::error::{ApiError, Fault};
use super::json;
use super::mask::Mask;
use super::retry::Deadline;
use super::send::of_reading;
use crate::remote::error::Trouble;

/// How many bytes a line may have.
const MOST: u64 = 8 << 20;

/// The documents of an answer. After an error there are no more.
///
/// Where a server breaks off in the middle, that is an error as far as HTTP can tell: what a reader
/// must not take for whole needs an end of its own, such as a last document.
#[derive(Debug)]
pub struct Lines<T> {
    reader: BufReader<Response>,
    mask: Mask,
    origin: Origin,
    deadline: Deadline,
    over: bool,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> Lines<T> {
    pub(super) fn new(response: Response, mask: Mask, origin: Origin, deadline: Deadline) -> Self {
        Self {
            reader: BufReader::new(response),
            mask,
            origin,
            deadline,
            over: false,
            of: PhantomData,
        }
    }

    /// An error for lines that say something else than they should, in words of the caller's.
    pub fn unfit(&self, what: impl Into<String>) -> ApiError {
        ApiError::of(&self.origin, Fault::Unfit(what.into()))
    }

    fn line(&mut self) -> Result<Option<T>, Fault> {
        loop {
            let mut line = Vec::new();
            let read = (&mut self.reader)
                .take(MOST + 1)
                .read_until(b'\n', &mut line);
            let read =
                read.map_err(|error| Fault::Trouble(of_reading(&error, &self.deadline), true))?;
            if read == 0 {
                return Ok(None);
            }
            if line.last() != Some(&b'\n') && line.len() as u64 > MOST {
                return Err(Fault::Trouble(Trouble::TooLarge(MOST), true));
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let line = self.mask.body(line);
            return json::read(&line).map(Some).map_err(Fault::Body);
        }
    }
}

impl<T: DeserializeOwned> Iterator for Lines<T> {
    type Item = Result<T, ApiError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let line = self.line().transpose();
        self.over = !matches!(line, Some(Ok(_)));
        line.map(|line| line.map_err(|fault| ApiError::of(&self.origin, fault)))
    }
}
