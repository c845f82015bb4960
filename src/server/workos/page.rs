//! Lists: where a page begins and ends (contract page, *Transport*).

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::directory::{Directory, Listed};
use super::problem::WorkosProblem;

/// How many flags a page has unless it is said, and at the most.
const USUAL: usize = 10;
const MOST: usize = 100;

/// What a request says about the page it wants, unread.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    limit: Option<String>,
    before: Option<String>,
    after: Option<String>,
    order: Option<String>,
}

/// One page of a list.
#[derive(Debug)]
pub(super) struct Page {
    limit: usize,
    /// The earliest first: by the time of creation.
    ascending: bool,
    before: Option<String>,
    after: Option<String>,
}

impl Wanted {
    pub(super) fn read(self) -> Result<Page, WorkosProblem> {
        let limit = match self.limit.as_deref() {
            None => USUAL,
            Some(text) => {
                let number = text.parse().ok().filter(|n| (1..=MOST).contains(n));
                number.ok_or_else(|| {
                    let message = format!("limit is a whole number from 1 to {MOST}.");
                    WorkosProblem::parameter(message)
                })?
            }
        };
        let ascending = match self.order.as_deref() {
            None | Some("desc") => false,
            Some("asc" | "normal") => true,
            Some(_) => return Err(WorkosProblem::parameter("order is asc, desc or normal.")),
        };
        Ok(Page {
            limit,
            ascending,
            before: self.before,
            after: self.after,
        })
    }
}

impl Page {
    /// The page of a list that has those flags of the directory whose places are told, ascending.
    pub(super) fn of(
        &self,
        directory: &Directory,
        places: impl DoubleEndedIterator<Item = usize>,
    ) -> Result<Response, WorkosProblem> {
        let body = self.text(directory, places)?;
        Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
    }

    /// The same without what is said of it.
    pub(super) fn text(
        &self,
        directory: &Directory,
        places: impl DoubleEndedIterator<Item = usize>,
    ) -> Result<String, WorkosProblem> {
        let mut places: Vec<usize> = places.collect();
        if !self.ascending {
            places.reverse();
        }
        // A cursor is a flag of the directory, whether or not the list has it by now.
        let rank = |place: usize| match self.ascending {
            true => place,
            false => directory.flags.len() - place,
        };
        let after = cursor(directory, self.after.as_deref(), "after")?.map(rank);
        let before = cursor(directory, self.before.as_deref(), "before")?.map(rank);
        let first = after.map_or(0, |after| places.partition_point(|p| rank(*p) <= after));
        let end = before.map_or(places.len(), |before| {
            places.partition_point(|place| rank(*place) < before)
        });
        let end = end.max(first);
        // Without another cursor a page before something is the one that ends there.
        let (from, to) = match (after, before) {
            (None, Some(_)) => (end.saturating_sub(self.limit).max(first), end),
            _ => (first, end.min(first.saturating_add(self.limit))),
        };
        let shown = places[from..to]
            .iter()
            .map(|place| &directory.flags[*place]);
        Ok(written(shown, from > 0, to < places.len()))
    }
}

/// The place that a cursor stands at.
fn cursor(
    directory: &Directory,
    id: Option<&str>,
    name: &str,
) -> Result<Option<usize>, WorkosProblem> {
    let Some(id) = id.filter(|id| !id.is_empty()) else {
        return Ok(None);
    };
    match directory.place_of_id(id) {
        Some(place) => Ok(Some(place)),
        None => {
            let message = format!("{name} is not the id of a feature flag.");
            Err(WorkosProblem::parameter(message))
        }
    }
}

/// The list object. Its cursors are there where something lies beyond them.
fn written<'d>(
    shown: impl Iterator<Item = &'d Listed>,
    more_before: bool,
    more_after: bool,
) -> String {
    let shown: Vec<&Listed> = shown.collect();
    let size: usize = shown.iter().map(|listed| listed.json.len() + 1).sum();
    let mut body = String::with_capacity(size + 160);
    body.push_str(r#"{"object":"list","data":["#);
    for (index, listed) in shown.iter().enumerate() {
        if index > 0 {
            body.push(',');
        }
        body.push_str(&listed.json);
    }
    body.push_str(r#"],"list_metadata":{"before":"#);
    push_cursor(&mut body, shown.first().filter(|_| more_before));
    body.push_str(r#","after":"#);
    push_cursor(&mut body, shown.last().filter(|_| more_after));
    body.push_str("}}");
    body
}

/// An identifier has nothing that JSON would escape.
fn push_cursor(body: &mut String, at: Option<&&Listed>) {
    match at {
        None => body.push_str("null"),
        Some(listed) => {
            body.push('"');
            body.push_str(&listed.id);
            body.push('"');
        }
    }
}
