//! What the tests of the server share: the program serving a store in a sealed place, and a client
//! that asks it and follows nothing.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use flags::server::access::{Key, Scope};
use flags::store::sqlite::SqliteStore;
use flags::store::{Kept, RecordKind, Records};
use reqwest::blocking::{Client, RequestBuilder};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::cli::kit::Place;

/// How long a server may take to begin, to answer and to end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server, which is gone when this is.
pub(crate) struct Server {
    child: Child,
    told: Value,
    url: String,
    client: Client,
    stderr: Arc<Mutex<String>>,
    readers: Vec<JoinHandle<()>>,
}

/// What a server answered.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: reqwest::header::HeaderMap,
    pub(crate) body: String,
}

impl Server {
    /// Serves the place's store to everybody on this machine.
    pub(crate) fn open(place: &Place) -> Self {
        Self::start(place, &["--insecure-no-auth"])
    }

    /// Serves the place's store with these further arguments, at the pinned moment.
    pub(crate) fn start(place: &Place, arguments: &[&str]) -> Self {
        Self::by(&mut Self::command(place, arguments))
    }

    /// The command line for [`Server::by`], to be given another environment.
    pub(crate) fn command(place: &Place, arguments: &[&str]) -> Command {
        let mut words = vec!["serve", "--listen", "127.0.0.1:0", "--json"];
        words.extend(arguments);
        place.command(&words)
    }

    /// Runs a command line that says `{"listening": …}` on its stdout.
    #[track_caller]
    pub(crate) fn by(command: &mut Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stderr = Arc::new(Mutex::new(String::new()));
        let (stream, said) = (child.stderr.take().unwrap(), Arc::clone(&stderr));
        let errors = thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let mut said = said.lock().unwrap();
                said.push_str(&line);
                said.push('\n');
            }
        });
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        // What else it may say is read, so that it never waits for a reader.
        let rest = thread::spawn(move || {
            let _ = stdout.read_to_end(&mut Vec::new());
        });
        let Ok(first) = serde_json::from_str::<Value>(&line) else {
            let code = child.wait().unwrap();
            errors.join().unwrap();
            panic!("no server: {code}: {line:?}: {}", stderr.lock().unwrap());
        };
        let client = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .tls_danger_accept_invalid_certs(true)
            .timeout(PATIENCE)
            .build()
            .unwrap();
        Self {
            url: first["listening"].as_str().unwrap().to_owned(),
            told: first,
            child,
            client,
            stderr,
            readers: vec![errors, rest],
        }
    }

    /// What it said when it began.
    pub(crate) fn told(&self) -> &Value {
        &self.told
    }

    /// `http://127.0.0.1:PORT`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        let (_, address) = self.url.split_once("://").unwrap();
        address.parse().unwrap()
    }

    /// The number of its process.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// What it has said on stderr so far.
    pub(crate) fn said(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// A request, to be given headers and a body, for [`answered`].
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().unwrap();
        let url = format!("{}{path}", self.url);
        self.client.request(method, url)
    }

    /// What it answers to a request without a key.
    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Reply {
        answered(self.request("GET", path))
    }

    /// What it answers to a request with a key.
    #[track_caller]
    pub(crate) fn get_as(&self, key: &str, path: &str) -> Reply {
        answered(self.request("GET", path).bearer_auth(key))
    }

    /// What it answers to a JSON body without a key.
    #[track_caller]
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Reply {
        answered(with_json(self.request(method, path), body))
    }

    /// What it answers to a JSON body with a key.
    #[track_caller]
    pub(crate) fn send_as(&self, key: &str, method: &str, path: &str, body: &Value) -> Reply {
        answered(with_json(self.request(method, path).bearer_auth(key), body))
    }

    /// A connection to it, for what no proper client would say.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// All that comes back for these bytes until the server closes the connection.
    #[track_caller]
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // A server that refuses early may close before all of it is sent.
        let _ = stream.write_all(bytes);
        let mut got = Vec::new();
        let _ = stream.read_to_end(&mut got);
        String::from_utf8_lossy(&got).into_owned()
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Waits until it has ended, and gives its exit code and what it said on stderr.
    #[track_caller]
    pub(crate) fn ended(mut self) -> (Option<i32>, String) {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            thread::sleep(Duration::from_millis(5));
        };
        for reader in self.readers.drain(..) {
            reader.join().unwrap();
        }
        (status.code(), self.said())
    }

    /// Asks it to end, and gives its exit code and what it said on stderr.
    #[track_caller]
    pub(crate) fn stop(self) -> (Option<i32>, String) {
        self.signal(Signal::TERM);
        self.ended()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header, if it was sent.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body as JSON of an answer with this status.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }
}

/// Sends a request and reads all of the answer.
#[track_caller]
pub(crate) fn answered(request: RequestBuilder) -> Reply {
    let response = request.send().unwrap();
    Reply {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: response.text().unwrap(),
    }
}

/// Gives a request a JSON body.
pub(crate) fn with_json(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request
        .header("content-type", "application/json")
        .body(body.to_string())
}

/// Makes a key for the place's store and gives its text.
pub(crate) fn key(place: &Place, name: &str, scope: Scope) -> String {
    let made = Key::generate(name, vec![scope], 0).unwrap();
    let store = SqliteStore::open(&place.store()).unwrap();
    let body = made.key.write();
    store
        .amend(RecordKind::Key, name, &mut |_| Kept::Now(body.clone()))
        .unwrap();
    made.secret.reveal().to_owned()
}
