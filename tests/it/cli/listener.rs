//! A server that remembers what it was asked, and answers as a test wants it to.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// What it would know us by next time, if we were a browser.
pub(crate) const COOKIE: &str = "canary20_c00c1e";

/// What is answered to a request, which is given whole: its head, an empty line, its body.
type Answer = dyn Fn(&str) -> (u16, String) + Send + Sync;

pub(crate) struct Listener {
    pub(crate) address: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Listener {
    pub(crate) fn answering(
        answer: impl Fn(&str) -> (u16, String) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (ear, answer): (_, Arc<Answer>) = (Arc::clone(&heard), Arc::new(answer));
        thread::spawn(move || {
            for wire in listener.incoming() {
                let (ear, answer) = (Arc::clone(&ear), Arc::clone(&answer));
                thread::spawn(move || {
                    let mut wire = wire.unwrap();
                    let mut reader = BufReader::new(wire.try_clone().unwrap());
                    while let Some(request) = read(&mut reader) {
                        let (status, body) = answer(&request);
                        ear.lock().unwrap().push(request);
                        let head = format!(
                            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n\
                             set-cookie: session={COOKIE}\r\ncontent-length: {}\r\n\r\n",
                            body.len()
                        );
                        if wire.write_all(format!("{head}{body}").as_bytes()).is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self { address, heard }
    }

    /// What was asked since this was called last.
    pub(crate) fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

fn read(reader: &mut impl BufRead) -> Option<String> {
    let (mut request, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some((name, value)) = line.split_once(": ")
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
        request.push_str(&line);
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(request + &String::from_utf8_lossy(&body))
}
