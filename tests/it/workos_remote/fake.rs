//! WorkOS as far as the tests need it, and as ill-behaved as they want it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use flags::remote::api::{Api, Credential, Options};
use flags::remote::{Client, Limits};
use flags::secret::Secret;
use flags::store::workos::WorkosStore;
use serde_json::{Value, json};

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is carried out, and the connection ends without an answer.
    DoneAndCut,
    /// It is carried out, and answered with this status.
    DoneAnd(u16),
    /// It is not, and answered with this status.
    Status(u16),
    /// It is not, and answered with this text and status 200.
    Says(&'static str),
}

#[derive(Debug, Default)]
pub(crate) struct State {
    /// Whether each flag is on, and whom it names.
    pub(crate) flags: BTreeMap<String, (bool, BTreeSet<String>)>,
    /// Whether payload version 2 is known.
    pub(crate) knows_version_2: bool,
    /// What was asked: method and path with its query.
    pub(crate) asked: Vec<String>,
    /// What the writes went by, for servers that tell repetitions apart.
    pub(crate) names: Vec<String>,
    /// For the next request that begins so, in their order.
    pub(crate) faults: Vec<(&'static str, Fault)>,
    /// Where it stands instead of the configuration.
    pub(crate) configuration: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Fake {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Fake {
    /// An environment with flags that are on, each with whom it names.
    pub(crate) fn with(flags: &[(&str, &[&str])]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let state = State {
            knows_version_2: true,
            flags: flags
                .iter()
                .map(|(slug, names)| {
                    let names = names.iter().map(|name| (*name).to_owned()).collect();
                    ((*slug).to_owned(), (true, names))
                })
                .collect(),
            ..State::default()
        };
        let fake = Self {
            address: listener.local_addr().unwrap(),
            state: Arc::new(Mutex::new(state)),
        };
        let serving = fake.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                serving.serve(stream.unwrap());
            }
        });
        fake
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// What was asked since the last time.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.state().asked)
    }

    /// The writes among them.
    pub(crate) fn writes(&self) -> Vec<String> {
        let asked = self.take();
        let writes = asked.into_iter().filter(|line| !line.starts_with("GET"));
        writes.collect()
    }

    pub(crate) fn faulty(&self, begins: &'static str, fault: Fault) {
        self.state().faults.push((begins, fault));
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn store(&self, journal: Option<std::path::PathBuf>) -> WorkosStore {
        let options = Options {
            deadline: Duration::from_secs(20),
            retries: 0,
            ..Options::default()
        };
        let client = Client::new(None, Limits::default());
        let key = Credential::Bearer(Secret::new("sk_test_1"));
        let api = Api::new(client, self.url().parse().unwrap(), key, options);
        WorkosStore::new(api, journal)
    }

    fn serve(&self, mut stream: TcpStream) {
        let Some((line, name)) = read(&mut stream) else {
            return;
        };
        let mut words = line.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let asked = format!("{method} {path}");
        let mut state = self.state();
        state.asked.push(asked.clone());
        state.names.extend(name);
        let faulty = state
            .faults
            .iter()
            .position(|(begins, _)| asked.starts_with(begins));
        let fault = faulty.map(|place| state.faults.remove(place).1);
        let (status, body) = match fault {
            Some(Fault::Status(status)) => (status, r#"{"message":"no"}"#.to_owned()),
            Some(Fault::Says(text)) => (200, text.to_owned()),
            None => state.answer(method, path),
            Some(Fault::DoneAnd(status)) => (status, state.answer(method, path).1),
            Some(Fault::DoneAndCut) => {
                state.answer(method, path);
                return;
            }
        };
        drop(state);
        let length = match status {
            204 => String::new(),
            _ => format!("content-length: {}\r\n", body.len()),
        };
        let head = format!("HTTP/1.1 {status} x\r\nconnection: close\r\n{length}\r\n");
        let body = if status == 204 { "" } else { &body };
        drop(stream.write_all(format!("{head}{body}").as_bytes()));
    }
}

/// The first line of a request, all of which is read, and what it goes by.
fn read(stream: &mut TcpStream) -> Option<(String, Option<String>)> {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length, mut name) = (String::new(), 0, None);
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.to_ascii_lowercase().split_once(": ") {
            Some(("content-length", value)) => length = value.trim().parse().ok()?,
            Some(("idempotency-key", value)) => name = Some(value.trim().to_owned()),
            _ => {}
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((first, name))
}

impl State {
    fn answer(&mut self, method: &str, path: &str) -> (u16, String) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (method, parts.as_slice()) {
            ("GET", ["sdk", "feature-flags"]) => self.configuration(query),
            ("GET", ["feature-flags"]) => (200, self.list(|_| true)),
            ("GET", ["user_management", "users", id, "feature-flags"])
            | ("GET", ["organizations", id, "feature-flags"]) => {
                (200, self.list(|names| names.contains(*id)))
            }
            ("PUT", ["feature-flags", slug, verb]) => match self.flags.get_mut(*slug) {
                None => (404, r#"{"message":"Feature flag not found."}"#.to_owned()),
                Some(flag) => {
                    flag.0 = *verb == "enable";
                    let told = json!({"slug": slug, "enabled": flag.0});
                    (200, told.to_string())
                }
            },
            (_, ["feature-flags", slug, "targets", id]) => match self.flags.get_mut(*slug) {
                None => (404, r#"{"message":"Feature flag not found."}"#.to_owned()),
                Some((_, names)) => {
                    match method {
                        "POST" => names.insert((*id).to_owned()),
                        _ => names.remove(*id),
                    };
                    (204, String::new())
                }
            },
            _ => (404, "{}".to_owned()),
        }
    }

    fn configuration(&self, query: &str) -> (u16, String) {
        if let Some(text) = &self.configuration {
            return (200, text.clone());
        }
        let of_type = |names: &BTreeSet<String>, prefix: &str| -> Vec<String> {
            let names = names.iter().filter(|name| name.starts_with(prefix));
            names.cloned().collect()
        };
        match (query, self.knows_version_2) {
            ("payload_version=2", false) => (400, r#"{"message":"unknown version"}"#.to_owned()),
            ("payload_version=2", true) => {
                let rule = |kind: &str, names: Vec<String>| {
                    json!({"id": kind, "kind": "conditions", "value": true, "conditions": [
                        {"target_type": kind, "operator": "one_of", "values": names}]})
                };
                let flags = self.flags.iter().map(|(slug, (enabled, names))| {
                    let flag = json!({
                        "slug": slug, "enabled": enabled, "default_value": false,
                        "off_value": false, "rules": [
                            rule("user", of_type(names, "user_")),
                            rule("organization", of_type(names, "org_")),
                        ],
                    });
                    (slug.clone(), flag)
                });
                let flags: serde_json::Map<String, Value> = flags.collect();
                (200, json!({"version": 2, "flags": flags}).to_string())
            }
            _ => {
                let listed = |names: Vec<String>| -> Vec<Value> {
                    let one = |name: &String| json!({"id": name, "enabled": true});
                    names.iter().map(one).collect()
                };
                let flags = self.flags.iter().map(|(slug, (enabled, names))| {
                    let flag = json!({
                        "slug": slug, "enabled": enabled, "default_value": false, "targets": {
                            "users": listed(of_type(names, "user_")),
                            "organizations": listed(of_type(names, "org_")),
                        },
                    });
                    (slug.clone(), flag)
                });
                (200, Value::Object(flags.collect()).to_string())
            }
        }
    }

    fn list(&self, holds: impl Fn(&BTreeSet<String>) -> bool) -> String {
        let flags = self.flags.iter().filter(|(_, (_, names))| holds(names));
        let data = flags.map(|(slug, (enabled, _))| {
            json!({"object": "feature_flag", "slug": slug, "name": format!("Flag {slug}"),
                "enabled": enabled, "tags": [], "owner": null, "description": null})
        });
        let data: Vec<Value> = data.collect();
        let none = json!({"before": null, "after": null});
        json!({"object": "list", "data": data, "list_metadata": none}).to_string()
    }
}
