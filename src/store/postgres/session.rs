//! One connection, and what goes through it.
//!
//! The store is asked by one thread at a time and waits for the answer, so each session has a small
//! runtime of its own, which only runs while it is waited for. Every statement has a time limit on
//! our side, since nobody tells of a cable that was cut, and one on the server's, where work should
//! not go on for nobody. After an error that is not the statement's own, a session is not used again.
//!
//! Statements that are asked together go out together, and the answers come back in one trip. What
//! is written and answers nothing waits for the next trip ([`Session::put`]).

mod commit;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::try_join_all;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::error::{Severity, SqlState};
use tokio_postgres::types::Type;
use tokio_postgres::{AsyncMessage, Client, Error, Row, Statement};

use super::connect::{Need, Traffic, connect};
use super::datum::Datum;
use super::fault::{Fault, Passing, is_of_the_statement};
use super::latest::Latest;
use super::place::{Host, Place};
use super::setup::{Engine, set_up};
use crate::store::{Halt, StoreError};

/// So many statements are sent in one trip, and are asked for in the order in which they stand:
/// beyond, the client no longer promises it.
const TOGETHER: usize = 24;
/// How often it is asked whether the work is to end.
const GLANCE: Duration = Duration::from_millis(100);

/// How much longer than the server we wait.
const GRACE: Duration = Duration::from_secs(5);

/// A statement with its values.
pub(super) type Ask<'a> = (&'static str, &'a [Datum<'a>]);

/// One connection to a server.
pub(super) struct Session {
    /// Taken only when the session ends.
    runtime: Option<Runtime>,
    client: Client,
    /// What is known to the server by now, by its text; a statement is prepared when it comes again.
    known: RefCell<HashMap<&'static str, Option<Statement>>>,
    /// Writes that wait for the next trip.
    waiting: RefCell<Vec<(&'static str, Vec<Datum<'static>>)>>,
    limit: Duration,
    halt: Cell<Option<Halt>>,
    is_sound: Cell<bool>,
    /// Whether the server warned of something since it was last looked at.
    warned: Arc<AtomicBool>,
    /// Wakes who waits for what it tells of.
    told: Arc<Notify>,
    /// What is known of the place it leads to.
    latest: Latest,
    /// Whether to give up once its host is known to be lost.
    yields: Cell<bool>,
    /// Where it leads to.
    pub(super) host: Host,
    /// What the server is.
    pub(super) engine: Engine,
    /// What it was opened for.
    pub(super) need: Need,
    /// Whether it takes writes, as it said at the beginning.
    pub(super) is_leader: bool,
}

impl Session {
    /// Connects.
    pub(super) fn open(place: &Place, need: Need) -> Result<Self, Fault> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| StoreError::Failed {
            path: place.as_path(),
            what: error.to_string(),
        })?;
        let warned = Arc::new(AtomicBool::new(false));
        let told_of = Arc::new(Notify::new());
        let limit = place.connect_timeout;
        let opened = runtime.block_on(async {
            // Each host has a limit of its own; whoever keeps the password may take longer.
            let connected = connect(place, need).await?;
            let carried = carry(connected.traffic, Arc::clone(&warned), Arc::clone(&told_of));
            tokio::spawn(carried);
            let told = timeout(limit, set_up(&connected.client, place)).await;
            let told = told.unwrap_or(Err(Fault::Late(limit.as_secs())))?;
            Ok((connected.client, connected.host, told))
        });
        let (client, host, told) = match opened {
            Ok(opened) => opened,
            Err(fault) => {
                // What is under way there, such as asking for an address, is not waited for.
                runtime.shutdown_background();
                return Err(fault);
            }
        };
        Ok(Self {
            runtime: Some(runtime),
            client,
            known: RefCell::default(),
            waiting: RefCell::default(),
            // The server ends a statement that takes too long, and we only where it says nothing.
            limit: place.statement_timeout + GRACE,
            halt: Cell::default(),
            is_sound: Cell::new(true),
            warned,
            told: told_of,
            latest: place.latest.clone(),
            yields: Cell::new(false),
            host,
            engine: told.engine,
            need,
            is_leader: told.is_leader,
        })
    }

    /// Whether it can be used again.
    pub(super) fn is_sound(&self) -> bool {
        self.is_sound.get() && !self.client.is_closed()
    }

    /// Has what is waited for end when it is asked to.
    pub(super) fn heed(&self, halt: Option<Halt>) {
        self.halt.set(halt);
    }

    /// Has what is waited for end once the host is known to be lost, or not.
    pub(super) fn yield_if_lost(&self, yields: bool) {
        self.yields.set(yields);
    }

    /// Asks one thing.
    pub(super) fn ask(
        &self,
        statement: &'static str,
        values: &[Datum<'_>],
    ) -> Result<Vec<Row>, Fault> {
        let mut answers = self.ask_all(&[(statement, values)])?;
        Ok(answers.pop().unwrap_or_default())
    }

    /// Asks several things in one trip, behind what waits to be written.
    pub(super) fn ask_all(&self, asked: &[Ask<'_>]) -> Result<Vec<Vec<Row>>, Fault> {
        let waiting = self.waiting.take();
        let written = waiting.iter().map(|(text, values)| (*text, &values[..]));
        let all: Vec<Ask<'_>> = written.chain(asked.iter().copied()).collect();
        let mut answers = Vec::with_capacity(all.len());
        for together in all.chunks(TOGETHER) {
            self.prepare(together)?;
            let known = self.known.borrow();
            let answering = together.iter().map(|(text, values)| {
                let statement = known.get(text).and_then(Option::as_ref);
                answer(&self.client, text, statement, values)
            });
            answers.extend(self.wait(try_join_all(answering))?);
        }
        Ok(answers.split_off(waiting.len()))
    }

    /// Has the server prepare those of the statements that came before: a statement that comes once
    /// would take a trip more.
    fn prepare(&self, asked: &[Ask<'_>]) -> Result<(), Fault> {
        let mut again = Vec::new();
        for (text, values) in asked {
            match self.known.borrow_mut().entry(text) {
                std::collections::hash_map::Entry::Vacant(vacant) => {
                    vacant.insert(None);
                }
                std::collections::hash_map::Entry::Occupied(known) if known.get().is_none() => {
                    let types: Vec<_> = values.iter().map(Datum::kind).collect();
                    again.push((*text, types));
                }
                std::collections::hash_map::Entry::Occupied(_) => {}
            }
        }
        if again.is_empty() {
            return Ok(());
        }
        again.sort_by_key(|(text, _)| *text);
        again.dedup_by_key(|(text, _)| *text);
        let preparing = again
            .iter()
            .map(|(text, types)| self.client.prepare_typed(text, types));
        let prepared = self.wait(try_join_all(preparing))?;
        let mut known = self.known.borrow_mut();
        for ((text, _), statement) in again.iter().zip(prepared) {
            known.insert(text, Some(statement));
        }
        Ok(())
    }

    /// Writes something with the next trip.
    pub(super) fn put(
        &self,
        statement: &'static str,
        values: Vec<Datum<'static>>,
    ) -> Result<(), Fault> {
        self.waiting.borrow_mut().push((statement, values));
        // Borrowed no longer than this: what is flushed takes them away.
        let is_full = self.waiting.borrow().len() >= TOGETHER;
        match is_full {
            true => self.flush(),
            false => Ok(()),
        }
    }

    /// Writes what waits.
    pub(super) fn flush(&self) -> Result<(), Fault> {
        self.ask_all(&[]).map(drop)
    }

    /// Writes something now, and tells how many rows it touched.
    pub(super) fn run(&self, statement: &'static str, values: &[Datum<'_>]) -> Result<u64, Fault> {
        self.flush()?;
        let kept = as_kept(values);
        let values: &[Datum<'_>] = kept.as_deref().unwrap_or(values);
        self.prepare(&[(statement, values)])?;
        let known = self.known.borrow();
        let prepared = known.get(statement).and_then(Option::as_ref);
        match prepared {
            Some(prepared) => {
                let values: Vec<_> = values.iter().map(Datum::value).collect();
                self.wait(self.client.execute(prepared, &values))
            }
            None => {
                let typed: Vec<_> = values.iter().map(|one| (one.value(), one.kind())).collect();
                self.wait(self.client.execute_typed(statement, &typed))
            }
        }
    }

    /// Runs statements that have no values and answer nothing.
    pub(super) fn batch(&self, statements: &str) -> Result<(), Fault> {
        self.wait(self.client.batch_execute(statements))
    }

    /// Begins a transaction in the trip in which the first things are asked.
    pub(super) fn begin(&self, begin: &str, asked: &[Ask<'_>]) -> Result<Vec<Vec<Row>>, Fault> {
        self.prepare(asked)?;
        let known = self.known.borrow();
        let answering = asked.iter().map(|(text, values)| {
            let statement = known.get(text).and_then(Option::as_ref);
            answer(&self.client, text, statement, values)
        });
        let both = async {
            // The first to be polled is the first to be sent.
            let (begun, answers) = tokio::join!(
                biased;
                self.client.batch_execute(begin),
                futures_util::future::join_all(answering)
            );
            begun?;
            answers.into_iter().collect()
        };
        self.wait(both)
    }

    /// Ends a transaction that has written nothing; what the server says to it is not waited for.
    pub(super) fn rollback(&self) {
        self.waiting.take();
        if !self.is_sound() {
            return;
        }
        let sent = async {
            let mut ending = pin!(self.client.batch_execute("ROLLBACK"));
            let _ = futures_util::poll!(&mut ending);
            // The connection gets its turn, and sends it.
            tokio::task::yield_now().await;
        };
        if let Some(runtime) = &self.runtime {
            runtime.block_on(sent);
        }
    }

    /// Writes many rows into a table, behind what waits to be written.
    pub(super) fn copy(
        &self,
        statement: &'static str,
        types: &[Type],
        write: impl AsyncFnOnce(Pin<&mut BinaryCopyInWriter>) -> Result<u64, Error>,
    ) -> Result<(), Fault> {
        self.flush()?;
        let prepared = self.known.borrow().get(statement).cloned().flatten();
        let prepared = match prepared {
            Some(prepared) => prepared,
            None => {
                let prepared = self.wait(self.client.prepare(statement))?;
                let mut known = self.known.borrow_mut();
                known.insert(statement, Some(prepared.clone()));
                prepared
            }
        };
        let copied = async {
            let sink = self.client.copy_in(&prepared).await?;
            let writer = pin!(BinaryCopyInWriter::new(sink, types));
            write(writer).await
        };
        self.wait(copied).map(drop)
    }

    /// Waits for something, for as long as a statement may take or until the work is to end.
    pub(super) fn wait<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
        let Some(runtime) = &self.runtime else {
            return Err(StoreError::GivenUp.into());
        };
        let is_lost = || self.latest.is_lost(&self.host);
        let gives_up = Some(&is_lost).filter(|_| self.yields.get());
        let gives_up = gives_up.map(|is_lost| is_lost as &dyn Fn() -> bool);
        let waited = runtime.block_on(within(self.limit, self.halt.get(), gives_up, work));
        match waited {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => {
                if !is_of_the_statement(&error) {
                    self.is_sound.set(false);
                }
                Err(error.into())
            }
            Err(fault) => {
                self.is_sound.set(false);
                Err(fault)
            }
        }
    }

    /// Has nothing waited for longer than this.
    pub(super) fn hurry(&mut self, limit: Duration) {
        self.limit = self.limit.min(limit);
    }

    /// Waits until the server tells of something that was listened for, at most so long; whether it
    /// did.
    pub(super) fn hear(&self, at_most: Duration) -> Result<bool, Fault> {
        let Some(runtime) = &self.runtime else {
            return Err(StoreError::GivenUp.into());
        };
        let told = runtime.block_on(async { timeout(at_most, self.told.notified()).await });
        Ok(told.is_ok())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Wherever this happens, nothing waits for it.
            runtime.shutdown_background();
        }
    }
}

/// Values with texts as the server can keep them, where it cannot keep them as they are.
fn as_kept<'v>(values: &[Datum<'v>]) -> Option<Vec<Datum<'v>>> {
    let escaped: Vec<_> = values.iter().map(Datum::escaped).collect();
    escaped.iter().any(Option::is_some).then(|| {
        let each = values.iter().zip(escaped);
        each.map(|(value, escaped)| escaped.unwrap_or_else(|| value.clone()))
            .collect()
    })
}

async fn answer(
    client: &Client,
    text: &str,
    statement: Option<&Statement>,
    values: &[Datum<'_>],
) -> Result<Vec<Row>, Error> {
    let kept = as_kept(values);
    let values: &[Datum<'_>] = kept.as_deref().unwrap_or(values);
    match statement {
        Some(statement) => {
            let values: Vec<_> = values.iter().map(Datum::value).collect();
            client.query(statement, &values).await
        }
        None => {
            let typed: Vec<_> = values.iter().map(|one| (one.value(), one.kind())).collect();
            client.query_typed(text, &typed).await
        }
    }
}

/// Moves what comes and goes, notes a warning, and wakes who waits to be told of something.
async fn carry(mut traffic: Traffic, warned: Arc<AtomicBool>, told: Arc<Notify>) {
    while let Some(Ok(message)) = traffic.next().await {
        match message {
            AsyncMessage::Notice(notice)
                if notice.parsed_severity() == Some(Severity::Warning)
                    && *notice.code() == SqlState::WARNING =>
            {
                warned.store(true, Ordering::Relaxed);
            }
            AsyncMessage::Notification(_) => told.notify_one(),
            _ => {}
        }
    }
    // Whoever waits is to find out that nothing comes any more.
    told.notify_one();
}

async fn within<T>(
    limit: Duration,
    halt: Option<Halt>,
    gives_up: Option<&dyn Fn() -> bool>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<Result<T, Error>, Fault> {
    let mut work = pin!(work);
    let mut end = pin!(sleep_until(Instant::now() + limit));
    if halt.is_none() && gives_up.is_none() {
        return tokio::select! {
            biased;
            done = &mut work => Ok(done),
            () = &mut end => Err(Fault::Late(limit.as_secs())),
        };
    }
    let mut glances = interval(GLANCE);
    glances.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            done = &mut work => return Ok(done),
            () = &mut end => return Err(Fault::Late(limit.as_secs())),
            _ = glances.tick() => {
                if halt.is_some_and(|halt| halt()) {
                    return Err(StoreError::Interrupted.into());
                }
                if gives_up.is_some_and(|gives_up| gives_up()) {
                    let what = "its host fell silent".to_owned();
                    return Err(Fault::Passed(Passing::Lost, what));
                }
            }
        }
    }
}
