//! The end of a write: what is left to be written and the commit go out together, since all other
//! writers wait for as long as it takes.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use futures_util::future::join_all;
use tokio_postgres::Error;

use super::{Ask, Session, TOGETHER, answer};
use crate::store::postgres::fault::{Fault, Passing, is_of_the_statement};

impl Session {
    /// Writes what waits and commits, in one trip: behind a statement that failed, the server takes
    /// a commit for the opposite. An error says whether the server may have carried it out.
    pub(in crate::store::postgres) fn commit(&self) -> Result<(), (Fault, bool)> {
        if self.waiting.borrow().len() >= TOGETHER {
            self.flush().map_err(|fault| (fault, false))?;
        }
        let waiting = self.waiting.take();
        let asked: Vec<Ask<'_>> = waiting.iter().map(|(text, of)| (*text, &of[..])).collect();
        self.prepare(&asked).map_err(|fault| (fault, false))?;
        self.warned.store(false, Ordering::Relaxed);
        // Nobody is to break it off from here on.
        let halt = self.halt.take();
        let committed = self.write_and_commit(&asked);
        self.halt.set(halt);
        committed?;
        match self.warned.load(Ordering::Relaxed) {
            // It is committed here, but the server was kept from waiting for its replicas.
            true => {
                let what = "the server was kept from waiting for its replicas".to_owned();
                Err((Fault::Passed(Passing::Lost, what), true))
            }
            false => Ok(()),
        }
    }

    fn write_and_commit(&self, asked: &[Ask<'_>]) -> Result<(), (Fault, bool)> {
        let known = self.known.borrow();
        // What cannot even be sent fails before the commit gets its turn: the server, which never
        // hears of it, would commit the rest.
        let (is_kept_back, is_sent) = (Cell::new(false), Cell::new(false));
        let writing = asked.iter().map(async |(text, values)| {
            let statement = known.get(text).and_then(Option::as_ref);
            let written = answer(&self.client, text, statement, values).await;
            is_kept_back.set(is_kept_back.get() || written.is_err());
            written
        });
        let committing = async {
            is_sent.set(!is_kept_back.get());
            match is_sent.get() {
                true => self.client.batch_execute("COMMIT").await,
                false => Ok(()),
            }
        };
        let both = async {
            // The first to be polled is the first to be sent.
            let writing = join_all(writing);
            Ok(tokio::join!(biased; writing, committing))
        };
        let waited = self.wait(both).map_err(|fault| (fault, true))?;
        let (written, committed) = waited;
        let failed = written.into_iter().find_map(Result::err);
        if let Some(error) = failed {
            // Whose connection is gone does not know how far the server came.
            let is_certain = self.is_own(&error) || !is_sent.get();
            return Err((error.into(), !is_certain));
        }
        committed.map_err(|error| {
            self.is_own(&error);
            let fault = Fault::from(error);
            // Only these say that it was taken back.
            let code = fault.code().map(|code| code.code());
            let is_certain =
                fault.passing() == Passing::Met || code.is_some_and(|code| code.starts_with("23"));
            (fault, !is_certain)
        })
    }

    /// Whether an error is the statement's own; after another the session is not used again.
    fn is_own(&self, error: &Error) -> bool {
        let is_own = is_of_the_statement(error);
        if !is_own {
            self.is_sound.set(false);
        }
        is_own
    }
}
