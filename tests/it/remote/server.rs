//! A server on this machine that does exactly what a test tells it to, and remembers what it was
//! asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use flags::remote::{Address, Client, Documents, Limits, RemoteError, Trouble};
use jiff::Timestamp;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A key set, and another one.
pub(super) const KEYS: &str = r#"{"keys":[{"kty":"OKP","kid":"a"}]}"#;
pub(super) const OTHER_KEYS: &str = r#"{"keys":[{"kty":"OKP","kid":"b"}]}"#;

/// The moment that the tests begin at, and seconds after it.
pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_777_636_800 + seconds).unwrap()
}

/// What a server was asked.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Method, target and headers, as they came.
    pub(super) head: String,
}

impl Asked {
    fn read(stream: &mut impl Read) -> Option<Self> {
        let mut head = String::new();
        let mut reader = BufReader::new(stream);
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).ok()? == 0 {
                return None;
            }
        }
        Some(Self { head })
    }

    pub(super) fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1);
        let mut pairs = lines.filter_map(|line| line.split_once(": "));
        pairs
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}

/// An answer of HTTP/1.1, with its length.
pub(super) fn answer(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let mut text = format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

/// A good answer.
pub(super) fn good(headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Vec<u8> {
    answer("200 OK", headers, body)
}

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

type Encryption = Option<Arc<ServerConfig>>;

/// A server in threads of its own, which ends with the value.
pub(super) struct Server {
    address: SocketAddr,
    scheme: &'static str,
    asked: Arc<Mutex<Vec<Asked>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// A server that gives these answers in their order, and 500 to whatever is asked then.
    pub(super) fn saying(answers: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self::answering(None, in_order(answers))
    }

    /// The same, encrypted.
    pub(super) fn saying_encrypted(
        config: Arc<ServerConfig>,
        answers: impl IntoIterator<Item = Vec<u8>>,
    ) -> Self {
        Self::answering(Some(config), in_order(answers))
    }

    /// A server that finds its answer by what it is asked.
    pub(super) fn by(answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self::answering(None, answer)
    }

    fn answering(
        encryption: Encryption,
        answer: impl Fn(&Asked) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        Self::writing(encryption, move |asked, wire| {
            let _ = wire.write_all(&answer(asked));
        })
    }

    /// A server that writes what it likes, for as long as it likes.
    pub(super) fn writing(
        encryption: Encryption,
        write: impl Fn(&Asked, &mut dyn Write) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let scheme = if encryption.is_some() {
            "https"
        } else {
            "http"
        };
        let asked = Arc::new(Mutex::new(Vec::new()));
        let over = Arc::new(AtomicBool::new(false));
        let (seen, ended, write) = (Arc::clone(&asked), Arc::clone(&over), Arc::new(write));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let (seen, write) = (Arc::clone(&seen), Arc::clone(&write));
                let encryption = encryption.clone();
                thread::spawn(move || {
                    let mut wire = wrapped(stream.unwrap(), encryption);
                    if let Some(asked) = Asked::read(&mut wire) {
                        seen.lock().unwrap().push(asked.clone());
                        write(&asked, &mut wire);
                        let _ = wire.flush();
                    }
                });
            }
        });
        let thread = Some(thread);
        Self {
            address,
            scheme,
            asked,
            over,
            thread,
        }
    }

    /// `http://127.0.0.1:PORT`
    pub(super) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    pub(super) fn at(&self, path: &str) -> Address {
        format!("{}{path}", self.origin()).parse().unwrap()
    }

    pub(super) fn port(&self) -> u16 {
        self.address.port()
    }

    /// What it was asked so far.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn wrapped(stream: TcpStream, encryption: Encryption) -> Box<dyn Wire> {
    match encryption {
        Some(config) => {
            let connection = ServerConnection::new(config).unwrap();
            Box::new(StreamOwned::new(connection, stream))
        }
        None => Box::new(stream),
    }
}

type Answers = Box<dyn Fn(&Asked) -> Vec<u8> + Send + Sync>;

fn in_order(answers: impl IntoIterator<Item = Vec<u8>>) -> Answers {
    let mut answers: Vec<Vec<u8>> = answers.into_iter().collect();
    answers.reverse();
    let answers = Mutex::new(answers);
    Box::new(move |_| {
        let next = answers.lock().unwrap().pop();
        next.unwrap_or_else(|| answer("500 Internal Server Error", &[], "nothing left to say"))
    })
}

/// The address of a port where nothing listens.
pub(super) fn nobody() -> Address {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    format!("http://127.0.0.1:{port}/keys").parse().unwrap()
}

/// Limits that a test can wait for; the time is for a machine that has much else to do.
pub(super) fn limits() -> Limits {
    Limits {
        total: Duration::from_secs(20),
        connect: Duration::from_secs(20),
        ..Limits::default()
    }
}

/// A client with these limits and no certificates of ours.
pub(super) fn client(limits: Limits) -> Client {
    Client::new(None, limits)
}

/// Documents whose copies are in a directory, if there is one.
pub(super) fn documents(directory: Option<PathBuf>) -> Documents {
    Documents::new(client(limits()), directory)
}

/// What happened on the way.
pub(super) fn trouble<T: std::fmt::Debug>(result: Result<T, RemoteError>) -> Trouble {
    match result {
        Err(RemoteError::Failed { trouble, .. }) => trouble,
        other => panic!("not a failed fetch: {other:?}"),
    }
}
