//! What stands between a client and its server, and takes connections away at a chosen moment.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// When a connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Before a commit arrives at the server.
    BeforeCommit,
    /// Once the server has carried it out, and before its answer arrives.
    BeforeAnswer,
}

/// Passes on whatever is said, but for the first so many commits.
pub(super) struct Proxy {
    pub(super) port: u16,
    left: Arc<AtomicU32>,
}

impl Proxy {
    pub(super) fn new(server: u16, cut: Cut, times: u32) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let left = Arc::new(AtomicU32::new(times));
        let cuts = Arc::clone(&left);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), cuts) = (client, Arc::clone(&cuts)) else {
                    return;
                };
                thread::spawn(move || carry(client, server, cut, &cuts));
            }
        });
        Self { port, left }
    }

    /// How many cuts are yet to be made.
    pub(super) fn left(&self) -> u32 {
        self.left.load(Ordering::SeqCst)
    }
}

fn carry(mut client: TcpStream, server: u16, cut: Cut, cuts: &AtomicU32) {
    let mut server = TcpStream::connect(("127.0.0.1", server)).unwrap();
    let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
    thread::spawn(move || {
        let mut buffer = [0; 65536];
        while let Ok(length @ 1..) = answers.read(&mut buffer) {
            if back.write_all(&buffer[..length]).is_err() {
                break;
            }
        }
        let _ = back.shutdown(Shutdown::Both);
    });
    let mut buffer = [0; 65536];
    while let Ok(length @ 1..) = client.read(&mut buffer) {
        let said = &buffer[..length];
        let commits = said.windows(7).any(|window| window == b"COMMIT\0");
        let taken = commits
            && cuts
                .try_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                    left.checked_sub(1)
                })
                .is_ok();
        if taken {
            // The answer finds nobody.
            let _ = client.shutdown(Shutdown::Both);
            if cut == Cut::BeforeAnswer {
                server.write_all(said).unwrap();
                thread::sleep(Duration::from_millis(300));
            }
            let _ = server.shutdown(Shutdown::Both);
            return;
        }
        if server.write_all(said).is_err() {
            return;
        }
    }
    let _ = server.shutdown(Shutdown::Both);
}
