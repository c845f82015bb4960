//! Lists that come page by page.
//!
//! A list is whole or an error: a page that fails ends it as an error, and so does a list that leads
//! in a circle or has no end. All pages share the time and the size of one call.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Api;
use super::call::{Call, Reply};
use super::error::{ApiError, Fault};
use super::retry::Deadline;
use crate::remote::error::Trouble;

/// How many pages a list may have.
const MOST: usize = 10_000;

/// How a server names the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// `{"data":[…],"list_metadata":{"after":…}}`, as WorkOS does.
    WorkOs,
    /// `{"<items>":[…],"next":…}`, as our own server does.
    Native {
        /// The name of the member that holds the elements.
        items: &'static str,
    },
    /// Either, by what the document has.
    Guessed,
}

impl Paging {
    /// The elements of a page, and where the next one begins.
    fn read(self, page: Value) -> Option<(Vec<Value>, Option<String>)> {
        let Value::Object(mut members) = page else {
            return None;
        };
        let paging = match self {
            Self::Guessed if members.contains_key("list_metadata") => Self::WorkOs,
            paging => paging,
        };
        let next = match paging {
            Self::WorkOs => members
                .get("list_metadata")?
                .as_object()?
                .get("after")
                .cloned(),
            Self::Native { .. } | Self::Guessed => members.remove("next"),
        };
        let next = match next {
            None | Some(Value::Null) => None,
            Some(Value::String(next)) if !next.is_empty() => Some(next),
            Some(_) => return None,
        };
        let items = match paging {
            Self::WorkOs => members.remove("data")?,
            Self::Native { items } => members.remove(items)?,
            Self::Guessed => {
                let mut lists = members.into_iter().filter(|(_, value)| value.is_array());
                let items = lists.next()?.1;
                lists.next().is_none().then_some(items)?
            }
        };
        match items {
            Value::Array(items) => Some((items, next)),
            _ => None,
        }
    }
}

/// The pages of a list. After an error there are no more.
#[derive(Debug)]
pub struct Pages<'a> {
    api: &'a Api,
    call: Call,
    paging: Paging,
    deadline: Deadline,
    seen: BTreeSet<String>,
    bytes: u64,
    over: bool,
}

impl<'a> Pages<'a> {
    pub(super) fn new(api: &'a Api, call: Call, paging: Paging) -> Self {
        Self {
            deadline: api.deadline(&call),
            api,
            call,
            paging,
            seen: BTreeSet::new(),
            bytes: 0,
            over: false,
        }
    }

    fn page(&mut self) -> Result<Vec<Value>, ApiError> {
        let reply = self.api.call_within(&self.call, &self.deadline)?;
        self.bytes = self.bytes.saturating_add(reply.body.len() as u64);
        let most = self.api.options.size;
        if self.bytes > most {
            return Err(reply.error(Fault::Trouble(Trouble::TooLarge(most), true)));
        }
        let page = self.paging.read(reply.value()?);
        let (items, next) = page.ok_or_else(|| reply.unfit("it is no page of a list"))?;
        match next {
            None => self.over = true,
            Some(next) => self.turn(next, &reply)?,
        }
        Ok(items)
    }

    fn turn(&mut self, next: String, reply: &Reply) -> Result<(), ApiError> {
        if self.seen.len() >= MOST {
            return Err(reply.error(Fault::Endless(MOST)));
        }
        if !self.seen.insert(next.clone()) {
            return Err(reply.error(Fault::Circle));
        }
        self.call.query.retain(|(name, _)| name != "after");
        self.call.query.push(("after".to_owned(), next));
        Ok(())
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<Vec<Value>, ApiError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let page = self.page();
        self.over |= page.is_err();
        Some(page)
    }
}

impl Api {
    /// The pages of a list, one after the other, as they are asked for.
    pub fn pages(&self, call: &Call, paging: Paging) -> Pages<'_> {
        Pages::new(self, call.clone(), paging)
    }

    /// A whole list.
    ///
    /// # Errors
    ///
    /// Where any part of it cannot be had, or is of another shape.
    pub fn all<T: DeserializeOwned>(
        &self,
        call: &Call,
        paging: Paging,
    ) -> Result<Vec<T>, ApiError> {
        let mut all = Vec::new();
        for page in self.pages(call, paging) {
            for item in page? {
                let place = all.len();
                let item = serde_path_to_error::deserialize(item);
                all.push(item.map_err(|error| self.misshapen(call, place, &error))?);
            }
        }
        Ok(all)
    }
}
