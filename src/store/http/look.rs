//! One look at the server: a question, and an answer of lines that is whole or none.

use std::ops::ControlFlow;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::HttpStore;
use crate::domain::catalog::Revision;
use crate::remote::api::{ApiError, Call, Method};
use crate::store::StoreError;
use crate::store::wire::{Detail, Fault, Line, Looking, Moment};

/// So many rows more are read of an answer that nobody wants to its end, in the hope for its end:
/// with it the connection can be used again.
const REST: usize = 64;

/// What an answer consisted of.
#[derive(Debug, Default)]
struct Seen {
    /// What it has to be as of.
    at: Option<Revision>,
    /// What it was as of.
    moment: Option<Moment>,
    rows: u64,
    is_whole: bool,
}

impl Seen {
    fn expecting(at: Option<Revision>) -> Self {
        Self {
            at,
            ..Self::default()
        }
    }

    /// Takes a line in, and hands its row on, if it is one.
    fn take<T>(&mut self, line: Line<T>) -> Result<Option<T>, Wrong> {
        match (line, self.moment) {
            _ if self.is_whole => Err(Wrong::Unfit("there is more behind its end")),
            (Line::Error(fault), _) => Err(Wrong::Fault(fault)),
            (Line::Moment(moment), None)
                if self.at.is_some_and(|expected| expected != moment.revision) =>
            {
                Err(Wrong::Unfit("it is of another revision than was asked for"))
            }
            (Line::Moment(moment), None) => {
                self.moment = Some(moment);
                Ok(None)
            }
            (Line::Row(row), Some(_)) => {
                self.rows += 1;
                Ok(Some(row))
            }
            (Line::End(rows), Some(_)) if rows == self.rows => {
                self.is_whole = true;
                Ok(None)
            }
            (Line::End(_), Some(_)) => Err(Wrong::Unfit("it lacks some of its rows")),
            _ => Err(Wrong::Unfit("its lines are not in order")),
        }
    }

    /// What it was as of, if it is whole.
    fn whole(&self) -> Result<Moment, Wrong> {
        match (self.is_whole, self.moment) {
            (true, Some(moment)) => Ok(moment),
            _ => Err(Wrong::Unfit("it was cut off before its end")),
        }
    }
}

/// Why an answer is none.
enum Wrong {
    /// The server says so.
    Fault(Fault),
    /// It is not what was asked for.
    Unfit(&'static str),
}

impl Wrong {
    fn told(self, unfit: impl FnOnce(String) -> ApiError) -> StoreError {
        match self {
            Self::Unfit(what) => unfit(what.to_owned()).into(),
            Self::Fault(Fault {
                detail: Some(detail),
                ..
            }) => detail.into(),
            Self::Fault(Fault { message, .. }) => {
                let message: String = message.chars().take(300).collect();
                unfit(format!("it breaks off: {message:?}")).into()
            }
        }
    }
}

impl HttpStore {
    /// Looks for what is one row; the second is what that is as of.
    pub(super) fn one<T: DeserializeOwned>(
        &self,
        looking: &Looking,
    ) -> Result<(T, Moment), StoreError> {
        let reply = self.call(&call(looking))?;
        let mut seen = Seen::expecting(looking.at);
        let mut found = None;
        let wrong = |wrong: Wrong| wrong.told(|what| reply.unfit(what));
        let lines = reply.body.split(|byte| *byte == b'\n');
        for line in lines.filter(|line| !line.is_empty()) {
            let line: Line<T> = serde_json::from_slice(line)
                .map_err(|error| reply.unfit(format!("a line is no answer: {error}")))?;
            found = seen.take(line).map_err(wrong)?.or(found);
        }
        let moment = seen.whole().map_err(wrong)?;
        match found {
            Some(found) => Ok((found, moment)),
            None => Err(reply.unfit("it lacks what was asked for").into()),
        }
    }

    /// Looks for many rows, and hands each on as it comes.
    pub(super) fn many<T: DeserializeOwned>(
        &self,
        looking: &Looking,
        begin: impl FnMut(Moment) -> Result<(), StoreError>,
        visit: impl FnMut(T) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.walk(&call(looking), looking.at, begin, visit)
    }

    /// The same for any call that is answered so.
    pub(super) fn lines<T: DeserializeOwned>(
        &self,
        call: &Call,
        visit: impl FnMut(T) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        self.walk(call, None, |_| Ok(()), visit)
    }

    fn walk<T: DeserializeOwned>(
        &self,
        call: &Call,
        at: Option<Revision>,
        mut begin: impl FnMut(Moment) -> Result<(), StoreError>,
        mut visit: impl FnMut(T) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut lines = self.api.lines::<Line<T>>(call).map_err(store_error)?;
        let mut seen = Seen::expecting(at);
        let mut unwanted = None;
        loop {
            let line = match (lines.next(), unwanted) {
                (_, Some(REST)) => return Ok(()),
                (Some(Err(_)), Some(_)) => return Ok(()),
                (Some(line), _) => line?,
                (None, _) => break,
            };
            let is_first = seen.moment.is_none();
            let row = seen.take(line);
            let row = row.map_err(|wrong| wrong.told(|what| lines.unfit(what)))?;
            if let (true, Some(moment)) = (is_first, seen.moment) {
                begin(moment)?;
            }
            match (row, &mut unwanted) {
                (Some(_), Some(passed)) => *passed += 1,
                (Some(row), None) => {
                    if visit(row).is_break() {
                        unwanted = Some(0);
                    }
                }
                (None, _) => {}
            }
        }
        match seen.whole() {
            Err(wrong) if unwanted.is_none() => Err(wrong.told(|what| lines.unfit(what))),
            _ => Ok(()),
        }
    }
}

/// The store's error that a server's answer tells of, or else that there is none to be had.
pub(super) fn store_error(error: ApiError) -> StoreError {
    let document = error.document();
    let detail = document.and_then(|document| {
        let detail = document.get("error")?.get("detail")?;
        Detail::deserialize(detail).ok()
    });
    match (detail, error.status()) {
        (Some(detail), _) => detail.into(),
        // Of what is asked of a store, nothing can be missing at one.
        (None, Some(404 | 405)) => {
            let what = "there is no store at this address: it has to be that of `flags serve`, of \
                this version or a later one, with the protocol `native`";
            error.unfit(what).into()
        }
        (None, _) => error.into(),
    }
}

/// The question as it is sent.
fn call(looking: &Looking) -> Call {
    let call = Call::write(Method::POST, &["v1", "store", "look"]);
    call.reading().body(json!(looking))
}
