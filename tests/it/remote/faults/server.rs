//! A server that reads requests whole, remembers them, and answers each by a function that has the
//! bare connection in its hands.

use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A request as it came.
#[derive(Debug, Clone)]
pub(in crate::remote) struct Asked {
    pub(in crate::remote) method: String,
    pub(in crate::remote) target: String,
    pub(in crate::remote) headers: Vec<(String, String)>,
    pub(in crate::remote) body: String,
}

impl Asked {
    fn read(reader: &mut impl BufRead) -> Option<Self> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let mut words = lines.first()?.split(' ').map(str::to_owned);
        let (method, target) = (words.next()?, words.next()?);
        let headers: Vec<_> = lines[1..]
            .iter()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut asked = Self {
            method,
            target,
            headers,
            body: String::new(),
        };
        let length = asked
            .header("content-length")
            .map_or(0, |text| text.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        asked.body = String::from_utf8(body).unwrap();
        Some(asked)
    }

    pub(in crate::remote) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// One turn of a conversation.
pub(in crate::remote) struct Turn<'a> {
    pub(in crate::remote) asked: &'a Asked,
    /// How many requests there were before this one.
    pub(in crate::remote) before: usize,
    pub(in crate::remote) wire: &'a mut TcpStream,
    over: &'a AtomicBool,
}

impl Turn<'_> {
    /// Waits; `false` once the test is over.
    pub(in crate::remote) fn pause(&self, time: Duration) -> bool {
        thread::sleep(time);
        !self.over.load(Ordering::SeqCst)
    }
}

/// Whether the connection stays open.
pub(in crate::remote) enum After {
    Keep,
    Close,
}

type Answer = dyn Fn(&mut Turn<'_>) -> After + Send + Sync;

/// A server in threads of its own, which ends with the value.
pub(in crate::remote) struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    connections: Arc<AtomicUsize>,
    over: Arc<AtomicBool>,
}

impl Server {
    pub(in crate::remote) fn start(
        answer: impl Fn(&mut Turn<'_>) -> After + Send + Sync + 'static,
    ) -> Self {
        Self::greeting(|_| true, answer)
    }

    /// The same, with something that happens to a connection before anything is read from it;
    /// `false` ends it there.
    pub(in crate::remote) fn greeting(
        greet: impl Fn(&mut TcpStream) -> bool + Send + Sync + 'static,
        answer: impl Fn(&mut Turn<'_>) -> After + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            connections: Arc::default(),
            over: Arc::default(),
        };
        let (asked, over) = (Arc::clone(&server.asked), Arc::clone(&server.over));
        let connections = Arc::clone(&server.connections);
        let (greet, answer): (Arc<_>, Arc<Answer>) = (Arc::new(greet), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                connections.fetch_add(1, Ordering::SeqCst);
                let (greet, answer) = (Arc::clone(&greet), Arc::clone(&answer));
                let (asked, over) = (Arc::clone(&asked), Arc::clone(&over));
                thread::spawn(move || {
                    let mut wire = stream.unwrap();
                    if greet(&mut wire) {
                        converse(&mut wire, &*answer, &asked, &over);
                    }
                });
            }
        });
        server
    }

    /// `http://127.0.0.1:PORT`
    pub(in crate::remote) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What it was asked so far.
    pub(in crate::remote) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// How many connections there were so far.
    pub(in crate::remote) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

fn converse(wire: &mut TcpStream, answer: &Answer, seen: &Mutex<Vec<Asked>>, over: &AtomicBool) {
    let mut reader = BufReader::new(wire.try_clone().unwrap());
    while let Some(asked) = Asked::read(&mut reader) {
        let before = {
            let mut seen = seen.lock().unwrap();
            seen.push(asked.clone());
            seen.len() - 1
        };
        let mut turn = Turn {
            asked: &asked,
            before,
            wire,
            over,
        };
        if matches!(answer(&mut turn), After::Close) {
            return;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

/// The address of a port where nothing listens.
pub(in crate::remote) fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}
