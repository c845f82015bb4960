//! What the server's own tests stand on: a small business in a store, and connections without
//! sockets.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::runtime::Runtime;

use super::access::{Key, NewKey, Scope};
use super::app::{App, Clock, Protocol, Settings};
use super::connection::{Door, speak};
use super::front::Reach;
use super::limits::Limits;
use super::log::Log;
use super::pool::Stores;
use crate::domain::document::Document;
use crate::store::sqlite::SqliteStore;
use crate::store::{Author, Kept, RecordKind, Records, Store};

/// 2026-05-01, 12:00 UTC: what expires in 2020 is over, what does in 2030 is not.
const NOW: i64 = 1_777_636_800_000;

/// The business.
pub(super) const PROJECT: &str = r#"{
    "format": "flags.catalog/1",
    "settings": {"default_plan": "free"},
    "features": {
        "analytics": {"type": "boolean"},
        "beta": {"type": "boolean", "targeting": {"default": false, "rules": [
            {"id": "some", "serve": true, "when": [{"one_of": {"type": "user", "ids": ["bob"]}}]},
            {"id": "half", "serve": true, "when": [{"percent": 50}]}
        ]}},
        "gone": {"type": "boolean", "enabled": false},
        "room": {"type": "boolean", "targeting": {"default": false, "rules": [
            {"id": "w", "serve": true, "when": [{"one_of": {"type": "workspace", "ids": ["w1"]}}]}
        ]}},
        "seats": {"type": "limit"}
    },
    "plans": {
        "free": {"grants": {"seats": 1}},
        "pro": {"grants": {"analytics": true, "seats": 50}}
    },
    "organizations": {"acme": {"plan": "pro"}},
    "users": {
        "ana": {"plan": "pro"},
        "bob": {"organizations": ["acme"]},
        "cy%": {},
        "dot.dash-_~": {"plan": "free"}
    },
    "overrides": {
        "org:acme": {"seats": {"grant": 60}},
        "user:ana": {"seats": {"grant": 7, "expires": "2030-01-01T00:00:00Z"}},
        "user:bob": {"analytics": {"revoke": true, "expires": "2020-01-01T00:00:00Z"}}
    }
}"#;

/// A store of its own, and whoever may ask.
pub(super) struct Rig {
    runtime: Runtime,
    directory: tempfile::TempDir,
    /// Keys: one to evaluate with, one for everything, and one that was revoked.
    pub(super) keys: Vec<String>,
}

impl Rig {
    /// The business in a new store.
    pub(super) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&directory.path().join("flags.db")).unwrap();
        let document: Document = serde_json::from_str(PROJECT).unwrap();
        let changes = document.into_changes();
        let author = Author::default();
        store.update(&author, &mut |_| Ok(changes.clone())).unwrap();
        let mut made = [
            Key::generate("evaluate", vec![Scope::Evaluate], 0).unwrap(),
            Key::generate("admin", vec![Scope::Admin], 0).unwrap(),
            Key::generate("revoked", vec![Scope::Evaluate], 0).unwrap(),
        ];
        made[2].key.revoked = Some(1);
        let keys = made.iter().map(|made| keep(&store, made)).collect();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        Self {
            runtime: runtime.unwrap(),
            directory,
            keys,
        }
    }

    /// A server of the store, which lets a key ask so many times a second, or as often as it likes.
    pub(super) fn app(&self, rate: Option<u32>) -> Arc<App> {
        let path = self.directory.path().join("flags.db");
        let stores = Stores::new(Box::new(move || Ok(Box::new(SqliteStore::open(&path)?))));
        let settings = Settings {
            protocols: Protocol::ALL.into(),
            read_only: false,
            open_to_all: false,
            max_staleness: Duration::ZERO,
            cache: 1 << 20,
            encrypted: false,
            behind_proxy: false,
            limits: Limits {
                rate: rate.and_then(NonZeroU32::new),
                ..Limits::default()
            },
            reach: Reach {
                addresses: vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 4190))],
                ..Reach::default()
            },
        };
        let log = Arc::new(Log::silent());
        Arc::new(App::new(settings, stores, Clock::Pinned(NOW), log))
    }

    /// What comes back over one connection to which pieces are sent and then a last, plain request,
    /// but for the moment.
    pub(super) fn said(&self, door: &Arc<Door>, pieces: &[&[u8]]) -> String {
        let said = self.runtime.block_on(async {
            let (mut client, stream) = duplex(1 << 20);
            let seat = door.lines.admit(IpAddr::V4(Ipv4Addr::LOCALHOST)).unwrap();
            let door = Arc::clone(door);
            let served = tokio::spawn(async move { speak(&door, stream, &seat).await });
            let last: &[u8] = b"GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n";
            for piece in pieces.iter().copied().chain([last]) {
                // One that was sent nonsense is gone already.
                let _ = client.write_all(piece).await;
                // Whatever can be done with it is done before the next one comes.
                for _ in 0..20 {
                    tokio::task::yield_now().await;
                }
            }
            let mut said = Vec::new();
            client.read_to_end(&mut said).await.unwrap();
            served.await.unwrap();
            String::from_utf8(said).unwrap()
        });
        let lines = said.split_inclusive("\r\n");
        lines.filter(|line| !line.starts_with("date: ")).collect()
    }

    /// A request that shows the key to evaluate with.
    pub(super) fn get(&self, target: &str, headers: &str) -> String {
        let key = &self.keys[0];
        format!(
            "GET {target} HTTP/1.1\r\nhost: localhost:4190\r\nx-api-key: {key}\r\n{headers}\r\n"
        )
    }
}

fn keep(store: &SqliteStore, made: &NewKey) -> String {
    let body = made.key.write();
    let mut put = |_: Option<&str>| Kept::Now(body.clone());
    store
        .amend(RecordKind::Key, &made.key.name, &mut put)
        .unwrap();
    made.secret.reveal().to_owned()
}
