//! Somebody who is told of changes: a server that remembers what arrives and answers as a test wants.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// What arrived.
#[derive(Debug, Clone)]
pub(super) struct Got {
    pub(super) path: String,
    pub(super) signature: Option<String>,
    pub(super) text: String,
    pub(super) body: Value,
}

impl Got {
    /// The event's identifier.
    pub(super) fn id(&self) -> String {
        self.body["id"].as_str().unwrap().to_owned()
    }

    /// The event's name and its flag, if it is about one.
    pub(super) fn what(&self) -> String {
        let slug = self.body["data"]["slug"].as_str().unwrap_or_default();
        format!("{} {slug}", self.body["event"].as_str().unwrap())
            .trim_end()
            .to_owned()
    }
}

/// How it answers.
pub(super) enum Answer {
    /// A status, further lines of the head, and a body.
    Say(u16, String, String),
    /// Nothing, for as long as somebody listens.
    Silence,
    /// A head that promises a body, and no body.
    Half,
    /// It hangs up.
    HangUp,
}

/// A status and nothing else.
pub(super) fn status(status: u16) -> Answer {
    Answer::Say(status, String::new(), "ok".to_owned())
}

pub(super) struct Receiver {
    port: u16,
    got: Arc<Mutex<Vec<Got>>>,
    over: Arc<AtomicBool>,
}

impl Receiver {
    /// Takes everything.
    pub(super) fn willing() -> Self {
        Self::by(|_, _| status(200))
    }

    /// Answers by what arrives, and how much had ever arrived before.
    pub(super) fn by(answer: impl Fn(&Got, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let got = Arc::new(Mutex::new(Vec::new()));
        let over = Arc::new(AtomicBool::new(false));
        let count = Arc::new(AtomicUsize::new(0));
        let (kept, ended, answer) = (Arc::clone(&got), Arc::clone(&over), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let (kept, answer, ended) =
                    (Arc::clone(&kept), Arc::clone(&answer), Arc::clone(&ended));
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    let keep = |got: &Got| {
                        let mut kept = kept.lock().unwrap();
                        kept.push(got.clone());
                        count.fetch_add(1, Ordering::SeqCst)
                    };
                    let _ = attend(stream.unwrap(), &keep, &*answer, &ended);
                });
            }
        });
        Self { port, got, over }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(super) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    /// Forgets what arrived so far, and gives it.
    pub(super) fn take(&self) -> Vec<Got> {
        std::mem::take(&mut *self.got.lock().unwrap())
    }

    /// Waits until so much has arrived.
    #[track_caller]
    pub(super) fn wait_for(&self, count: usize) -> Vec<Got> {
        let begun = Instant::now();
        while self.got().len() < count {
            assert!(
                begun.elapsed() < Duration::from_secs(60),
                "{:?}",
                self.got()
            );
            thread::sleep(Duration::from_millis(10));
        }
        self.got()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn attend(
    mut stream: TcpStream,
    keep: &dyn Fn(&Got) -> usize,
    answer: &dyn Fn(&Got, usize) -> Answer,
    over: &AtomicBool,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let header = |name: &str| {
            let mut pairs = head.lines().filter_map(|line| line.split_once(": "));
            let found = pairs.find(|(found, _)| found.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.to_owned())
        };
        if let Some(said) = header("content-length") {
            length = said.parse().unwrap();
        }
        let mut bytes = vec![0; length];
        reader.read_exact(&mut bytes)?;
        let text = String::from_utf8(bytes).unwrap();
        let got = Got {
            path: head.split(' ').nth(1).unwrap_or_default().to_owned(),
            signature: header("workos-signature"),
            body: serde_json::from_str(&text).unwrap_or_default(),
            text,
        };
        let before = keep(&got);
        match answer(&got, before) {
            Answer::Say(status, head, body) => write!(
                stream,
                "HTTP/1.1 {status} x\r\ncontent-length: {}\r\n{head}\r\n{body}",
                body.len()
            )?,
            Answer::Half => {
                write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf")?;
                wait(over);
            }
            Answer::Silence => wait(over),
            Answer::HangUp => return Ok(()),
        }
    }
}

fn wait(over: &AtomicBool) {
    while !over.load(Ordering::SeqCst) {
        thread::sleep(Duration::from_millis(20));
    }
}
