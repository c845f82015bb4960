//! What a new session is told, and what it is asked.

use std::fmt::Write as _;

use tokio_postgres::{Client, SimpleQueryMessage};

use super::fault::Fault;
use super::place::Place;

/// What answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    /// PostgreSQL, or what is made of it.
    Postgres,
    /// CockroachDB, which has no `NOTIFY`, no collations as PostgreSQL has them, and other settings.
    Cockroach,
    /// YugabyteDB.
    Yugabyte,
}

impl Engine {
    fn of(version: &str) -> Self {
        if version.starts_with("CockroachDB") {
            Self::Cockroach
        } else if version.contains("-YB-") {
            Self::Yugabyte
        } else {
            Self::Postgres
        }
    }

    /// Whether others can be told of a write by it.
    pub(super) fn notifies(self) -> bool {
        self == Self::Postgres
    }
}

/// What a server says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) engine: Engine,
    pub(super) is_leader: bool,
}

/// Who waits for another writer longer than this asks again, perhaps another server: a leader that
/// was cut off holds its locks for ever. In milliseconds.
const LOCK: u32 = 10_000;
/// Rows are few or are asked for in the order of an index, also where the planner knows nothing of a
/// table that was filled a moment ago; and nothing runs long enough to be compiled.
const PLANNER: &str = "SET enable_hashjoin = off; SET enable_mergejoin = off; \
     SET enable_seqscan = off; SET jit = off; SET max_parallel_workers_per_gather = 0";
/// A server should not wait two hours for one who has gone, least of all with our lock.
const KEEPALIVE: &str = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; \
     SET tcp_keepalives_count = 3; SET tcp_user_timeout = 30000";
/// Nor go on working for them. From PostgreSQL 14 on, and not on every system.
const GLANCE: &str = "SET client_connection_check_interval = 1000";

/// Texts that are too long for a row are packed by the quicker way, where the server has it.
const PACKING: &str = "SET default_toast_compression = 'lz4'";

/// A name as SQL has it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Prepares a session, in one trip.
pub(super) async fn set_up(client: &Client, place: &Place) -> Result<Told, Fault> {
    let milliseconds = place.statement_timeout.as_millis();
    let mut common = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        common,
        "SET search_path = {}; SET statement_timeout = {milliseconds}; \
         SET lock_timeout = {LOCK}; SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; \
         SHOW transaction_read_only; SELECT version()",
        quoted(&place.schema)
    );
    // The last ones are refused by those who do not know them, and nobody needs them.
    let (told, _, _, _, _) = tokio::join!(
        biased;
        client.simple_query(&common),
        client.batch_execute(PLANNER),
        client.batch_execute(KEEPALIVE),
        client.batch_execute(GLANCE),
        client.batch_execute(PACKING)
    );
    let mut rows = told?.into_iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    let read_only = rows.next().unwrap_or_default();
    let version = rows.next().unwrap_or_default();
    Ok(Told {
        engine: Engine::of(&version),
        is_leader: read_only == "off",
    })
}
