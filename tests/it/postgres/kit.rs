//! A database for a test: a schema of its own on the server that `FLAGS_TEST_POSTGRES` names.

use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};

use flags::store::postgres::{Host, Place, PostgresStore};
use tokio_postgres::{NoTls, SimpleQueryMessage};

/// A place for a test, whose schema goes with it.
pub(crate) struct Ground {
    pub(crate) place: Place,
}

impl Ground {
    /// A place where nothing is yet; nothing where there is no server to test with.
    pub(crate) fn new() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let Ok(url) = std::env::var("FLAGS_TEST_POSTGRES") else {
            skip();
            return None;
        };
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut place = Place::of(url.parse().unwrap(), "postgres", None);
        place.schema = format!("t_{}_{number}", std::process::id());
        Some(Self { place })
    }

    /// An empty project.
    pub(crate) fn create(&self) -> PostgresStore {
        PostgresStore::create(&self.place).unwrap()
    }

    /// The project that is there.
    pub(crate) fn open(&self) -> PostgresStore {
        PostgresStore::open(&self.place)
    }

    /// The same by another port, behind which something stands between.
    pub(crate) fn behind(&self, port: u16) -> Place {
        let mut place = self.place.clone();
        place.hosts = vec![Host::Tcp {
            name: "127.0.0.1".to_owned(),
            port,
        }];
        place
    }

    /// The server's own port.
    pub(crate) fn port(&self) -> u16 {
        match &self.place.hosts[0] {
            Host::Tcp { port, .. } | Host::Socket { port, .. } => *port,
        }
    }

    /// Says something to the server directly, in the test's schema, and takes its first column.
    pub(crate) fn sql(&self, text: &str) -> Vec<String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let url = std::env::var("FLAGS_TEST_POSTGRES").unwrap();
            let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
            tokio::spawn(connection);
            let schema = &self.place.schema;
            let text = format!("SET search_path = \"{schema}\"; {text}");
            let told = client.simple_query(&text).await.unwrap();
            let rows = told.into_iter().filter_map(|message| match message {
                SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            });
            rows.collect()
        })
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        // A test that failed may have broken off in the midst of a write.
        if !std::thread::panicking() {
            let schema = &self.place.schema;
            self.sql(&format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE"));
        }
    }
}

/// Says, past the test harness, what was not tested.
fn skip() {
    let notice = "NOT TESTED: PostgreSQL; name a database in FLAGS_TEST_POSTGRES, such as \
                  `tests/postgres/cluster start DIRECTORY` prints\n";
    let may = std::env::var_os("FLAGS_TEST_NO_SKIP").is_none();
    assert!(may, "{notice}");
    std::io::stderr().write_all(notice.as_bytes()).unwrap();
}
