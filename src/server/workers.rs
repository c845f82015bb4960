//! The threads that answer, one for each core.
//!
//! Each has a runtime of its own and lets clients in by itself; a connection stays with the thread
//! that let it in, so that a request never waits for another thread to be woken. The first is the
//! one that the server was started on, which also hears the signals: on one core it is the only
//! one. Whatever waits for the disk goes to threads beside these (see `pool`).

use std::io;
use std::net::{SocketAddr, TcpListener as Socket};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

use super::app::asked_to_end;
use super::connection::{self, Door};

/// A runtime for one thread.
pub fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// How the threads come to their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// What was begun is carried through.
    InOrder,
    /// It is cut off.
    AtOnce,
}

/// The threads beside the first.
pub struct Workers {
    runtimes: Vec<Runtime>,
    threads: Vec<JoinHandle<()>>,
    end: watch::Sender<Option<End>>,
}

impl Workers {
    /// Makes a runtime for each core but the first; no thread is started yet.
    pub fn new() -> io::Result<Self> {
        // Where nobody can tell how many there are, one thread serves as well.
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let runtimes = (1..cores).map(|_| runtime());
        Ok(Self {
            runtimes: runtimes.collect::<io::Result<_>>()?,
            threads: Vec::new(),
            end: watch::Sender::new(None),
        })
    }

    /// Starts the threads, each of which lets clients in at all of the sockets.
    pub fn attend(&mut self, sockets: &[Socket], attendance: &Attendance) -> io::Result<()> {
        for runtime in self.runtimes.drain(..) {
            let sockets = sockets.iter().map(Socket::try_clone);
            let sockets = sockets.collect::<io::Result<Vec<_>>>()?;
            // Not by running it: on this thread another one runs already.
            let begun = {
                let _entered = runtime.enter();
                attendance.begin(sockets)
            };
            begun?;
            let mut end = self.end.subscribe();
            let work = move || {
                let ended =
                    runtime.block_on(async { end.wait_for(Option::is_some).await.map(|end| *end) });
                match ended {
                    Ok(Some(End::AtOnce)) => runtime.shutdown_background(),
                    _ => drop(runtime),
                }
            };
            let thread = thread::Builder::new().name("answers".to_owned());
            self.threads.push(thread.spawn(work)?);
        }
        Ok(())
    }

    /// Ends the threads and waits for them.
    pub fn end(self, end: End) {
        self.end.send_replace(Some(end));
        for thread in self.threads {
            // Whatever went wrong in one of them, there is nothing left that it was to do.
            let _ = thread.join();
        }
    }
}

/// What letting clients in takes.
#[derive(Clone)]
pub struct Attendance {
    /// Where they come in.
    pub door: Arc<Door>,
    /// Every connection holds one of these: when all are gone, so are the connections.
    pub present: mpsc::Sender<()>,
}

impl Attendance {
    /// Lets clients in on this thread's runtime from now on.
    pub fn begin(&self, sockets: Vec<Socket>) -> io::Result<()> {
        for socket in sockets {
            socket.set_nonblocking(true)?;
            let listener = TcpListener::from_std(socket)?;
            let ending = self.door.app.ending.subscribe();
            tokio::spawn(self.clone().attend(listener, ending));
        }
        Ok(())
    }

    /// Lets clients in until the server is asked to end, and then those who stand at the door
    /// already.
    async fn attend(self, listener: TcpListener, mut ending: watch::Receiver<bool>) {
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => self.let_in(stream, peer),
                    // The client left again, or there are no descriptors left: then others must end
                    // first.
                    Err(_) => sleep(Duration::from_millis(10)).await,
                },
                () = asked_to_end(&mut ending) => break,
            }
        }
        while let Ok(Ok((stream, peer))) = timeout(Duration::ZERO, listener.accept()).await {
            self.let_in(stream, peer);
        }
    }

    fn let_in(&self, stream: TcpStream, peer: SocketAddr) {
        let conversation = connection::converse(Arc::clone(&self.door), stream, peer.ip());
        let present = self.present.clone();
        tokio::spawn(async move {
            conversation.await;
            drop(present);
        });
    }
}
