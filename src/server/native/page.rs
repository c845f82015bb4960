//! Pages of what may be long, and the cursors between them.

use std::ops::ControlFlow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::catalog::Revision;
use crate::server::problem::Problem;

/// How many are on a page unless the client says otherwise, and at most.
const USUALLY: usize = 100;
const MOST: usize = 1000;

/// How many are to be on a page.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct Limit(#[schemars(range(min = 1, max = 1000))] usize);

impl Limit {
    /// How many, if that can be.
    pub(super) fn of(limit: Option<Self>) -> Result<usize, Problem> {
        match limit {
            None => Ok(USUALLY),
            Some(Self(limit)) if (1..=MOST).contains(&limit) => Ok(limit),
            Some(Self(limit)) => Err(Problem::unreadable(format!(
                "limit: {limit} is not a number from 1 to {MOST}"
            ))),
        }
    }
}

/// Where a page begins: whoever asks has it from the page before, and need not know what it says.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(super) struct Cursor(String);

impl Cursor {
    /// Points behind what is named.
    pub(super) fn behind(last: &impl Serialize) -> String {
        // Identifiers and numbers always have a form.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(last).unwrap_or_default())
    }

    /// What it points behind.
    pub(super) fn read<T: DeserializeOwned>(cursor: Option<&Self>) -> Result<Option<T>, Problem> {
        let Some(Self(text)) = cursor else {
            return Ok(None);
        };
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let read = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        match read {
            Some(read) => Ok(Some(read)),
            None => Err(Problem::unreadable(
                "after: this is no cursor; take `next` of the page before",
            )),
        }
    }
}

/// What a walk through many leaves on a page: as many as fit, and whether there were more.
pub(super) struct Gathered<T> {
    limit: usize,
    pub(super) items: Vec<T>,
    more: bool,
}

impl<T> Gathered<T> {
    /// Nothing yet, and at most so many.
    pub(super) fn up_to(limit: usize) -> Self {
        Self {
            limit,
            items: Vec::new(),
            more: false,
        }
    }

    /// Takes one more, or ends the walk: the first that does not fit shows that there is a next page.
    pub(super) fn take(&mut self, item: T) -> ControlFlow<()> {
        if self.items.len() == self.limit {
            self.more = true;
            return ControlFlow::Break(());
        }
        self.items.push(item);
        ControlFlow::Continue(())
    }

    /// The cursor of the next page, if there is one; it points behind what `name` tells of the last.
    pub(super) fn next(&self, name: impl FnOnce(&T) -> String) -> Option<String> {
        self.items.last().filter(|_| self.more).map(name)
    }
}

/// Some of many.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Page<T> {
    /// These.
    pub(super) items: Vec<T>,
    /// Where the next page begins: hand it in as `after`. Without it there is none.
    pub(super) next: Option<String>,
    /// The revision that answers.
    pub(super) revision: Revision,
}
