//! What an operator wants to know of a database's servers before something goes wrong: whether each
//! of them is there, what it is, and what would be lost with it. Nothing is written.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::timeout;
use tokio_postgres::{Client, Error, Row};

use super::connect::{Connected, Need, Traffic, carried, connect, connect_to};
use super::finding::{Finding, Schema, Server};
use super::place::{Host, Place};
use super::trouble::ConnectError;
use crate::store::StoreError;

/// How long a server may take to say what it is.
const PATIENCE: Duration = Duration::from_secs(10);

/// Asks each of the hosts, one after the other.
///
/// # Errors
///
/// Where no host can even be asked.
pub fn examine(place: &Place) -> Result<Vec<Finding>, StoreError> {
    let runtime = runtime()?;
    let each = place.hosts.iter().map(|host| {
        let found = runtime.block_on(async {
            let connected = connect_to(place, host).await?;
            ask(place, host, connected).await
        });
        (host.clone(), found)
    });
    let findings = each.collect();
    // What is under way there, such as asking for an address, is not waited for.
    runtime.shutdown_background();
    Ok(findings)
}

/// Opens a session with a server of the place and ends it: whether we are let in.
///
/// # Errors
///
/// Where there is none.
pub fn knock(place: &Place) -> Result<(), StoreError> {
    let runtime = runtime()?;
    let opened = runtime.block_on(connect(place, Need::Read));
    runtime.shutdown_background();
    Ok(opened.map(drop)?)
}

fn runtime() -> Result<tokio::runtime::Runtime, StoreError> {
    let built = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    Ok(built.map_err(|error| ConnectError::Tls(error.to_string()))?)
}

async fn ask(place: &Place, host: &Host, connected: Connected) -> Result<Server, StoreError> {
    let Connected {
        client,
        mut traffic,
        is_replica,
        ..
    } = connected;
    let late = || ConnectError::Hosts(vec![(host.clone(), super::Trouble::Late(PATIENCE))]);
    let mut asking = Asking {
        client: &client,
        traffic: &mut traffic,
    };
    let asked = timeout(PATIENCE, asking.server(place, is_replica)).await;
    let strange = |error: Error| {
        let trouble = super::Trouble::Strange(error.to_string());
        ConnectError::Hosts(vec![(host.clone(), trouble)])
    };
    Ok(asked.map_err(|_| late())?.map_err(strange)?)
}

/// One server, while it is asked.
struct Asking<'a> {
    client: &'a Client,
    traffic: &'a mut Traffic,
}

impl Asking<'_> {
    async fn row(
        &mut self,
        statement: &str,
        parameters: &[&(dyn tokio_postgres::types::ToSql + Sync)],
    ) -> Result<Row, Error> {
        carried(self.traffic, self.client.query_one(statement, parameters)).await
    }

    /// The same for what not every kind of server knows.
    async fn text(&mut self, statement: &str) -> Option<String> {
        let row = self.row(statement, &[]).await.ok()?;
        row.try_get::<_, Option<String>>(0).ok()?
    }

    async fn server(&mut self, place: &Place, is_replica: bool) -> Result<Server, Error> {
        let before = now();
        let row = self
            .row(
                "SELECT version(), (extract(epoch FROM clock_timestamp()) * 1000)::bigint",
                &[],
            )
            .await?;
        let after = now();
        let theirs: i64 = row.get(1);
        let mut server = Server {
            version: row.get(0),
            is_replica,
            // Somewhere on the way there and back the clock was read.
            ahead: match theirs {
                theirs if theirs < before => theirs - before,
                theirs if theirs > after => theirs - after,
                _ => 0,
            },
            ..Server::default()
        };
        server.encryption = self
            .text(
                "SELECT version || ', ' || cipher FROM pg_stat_ssl \
                 WHERE pid = pg_backend_pid() AND ssl",
            )
            .await;
        let behind = self
            .text(
                "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN '0' \
                 ELSE ((extract(epoch FROM now() - pg_last_xact_replay_timestamp()) * 1000) \
                 ::bigint)::text END",
            )
            .await;
        if is_replica {
            server.behind = behind.and_then(|behind| behind.parse().ok());
        }
        for name in [
            "synchronous_commit",
            "synchronous_standby_names",
            "fsync",
            "full_page_writes",
            "archive_mode",
            "max_connections",
        ] {
            let value = self
                .text(&format!("SELECT current_setting('{name}')"))
                .await;
            server
                .settings
                .extend(value.map(|value| (name.to_owned(), value)));
        }
        server.followers = self.followers().await;
        server.schema = self.schema(place).await?;
        Ok(server)
    }

    /// Who follows the server. To see it takes a right that not everybody has.
    async fn followers(&mut self) -> Vec<(String, String, String)> {
        let asked = self.client.query(
            "SELECT coalesce(application_name, ''), coalesce(state, ''), coalesce(sync_state, '') \
             FROM pg_stat_replication ORDER BY 1",
            &[],
        );
        let rows = carried(self.traffic, asked).await.unwrap_or_default();
        let each = rows.iter().map(|row| (row.get(0), row.get(1), row.get(2)));
        each.collect()
    }

    async fn schema(&mut self, place: &Place) -> Result<Option<Schema>, Error> {
        let name = place.schema.as_str();
        let row = self
            .row(
                "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = $1), \
                 (SELECT count(*) FROM pg_tables WHERE schemaname = $1)",
                &[&name],
            )
            .await?;
        if row.get::<_, i64>(0) == 0 {
            return Ok(None);
        }
        let tables: i64 = row.get(1);
        let row = self
            .row(
                "SELECT has_schema_privilege($1, 'USAGE'), has_schema_privilege($1, 'CREATE')",
                &[&name],
            )
            .await?;
        let (may_use, may_create) = (row.get(0), row.get(1));
        let mut closed = Vec::new();
        if may_use {
            let values: &[&(dyn tokio_postgres::types::ToSql + Sync)] = &[&name];
            let asked = self.client.query(
                "SELECT tablename::text FROM pg_tables WHERE schemaname = $1 AND NOT ( \
                 has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), \
                 'SELECT') AND \
                 has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), \
                 'INSERT')) ORDER BY 1",
                values,
            );
            let rows = carried(self.traffic, asked).await?;
            closed = rows.iter().map(|row| row.get(0)).collect();
        }
        Ok(Some(Schema {
            tables,
            may_use,
            may_create,
            closed,
        }))
    }
}

/// Milliseconds since 1970 by our own clock.
fn now() -> i64 {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH);
    passed.map_or(0, |passed| {
        i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
    })
}
