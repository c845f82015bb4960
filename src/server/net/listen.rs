//! Where the server listens: at addresses of its own, or at sockets that systemd made.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};

use listenfd::ListenFd;
use rustix::net::listen;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use thiserror::Error;

/// Connections that may wait to be accepted. The standard library's 128 are too few where a thousand
/// come at once: the others would try again only after a second.
const BACKLOG: i32 = 4096;

/// Descriptors that are needed for other things than connections.
const SPARE: u64 = 128;

/// Why the server cannot listen.
#[derive(Debug, Error)]
pub enum ListenError {
    /// The address cannot be listened at.
    #[error("cannot listen at {address}: {cause}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        cause: io::Error,
    },
    /// What systemd passed on is no socket that connections come from.
    #[error("the sockets that LISTEN_FDS announces cannot be used: {0}")]
    Passed(io::Error),
}

/// Sockets that listen. Nobody is answered yet.
#[derive(Debug)]
pub struct Listening {
    sockets: Vec<TcpListener>,
    addresses: Vec<SocketAddr>,
    /// Whether they were made by somebody else.
    pub passed: bool,
}

impl Listening {
    /// Listens at the sockets that were passed on (`LISTEN_FDS`), else at `address`.
    ///
    /// # Errors
    ///
    /// Where neither works.
    pub fn begin(address: SocketAddr) -> Result<Self, ListenError> {
        let passed = passed().map_err(ListenError::Passed)?;
        match passed.is_empty() {
            true => Self::at(address),
            false => Self::of(passed, true).map_err(ListenError::Passed),
        }
    }

    /// Listens at `address`; port 0 takes a free one.
    ///
    /// # Errors
    ///
    /// Where that does not work.
    pub fn at(address: SocketAddr) -> Result<Self, ListenError> {
        let bound = TcpListener::bind(address).and_then(|socket| {
            listen(&socket, BACKLOG)?;
            Self::of(vec![socket], false)
        });
        bound.map_err(|cause| ListenError::Address { address, cause })
    }

    fn of(sockets: Vec<TcpListener>, passed: bool) -> io::Result<Self> {
        let addresses = sockets.iter().map(TcpListener::local_addr);
        let addresses = addresses.collect::<io::Result<Vec<_>>>()?;
        for socket in &sockets {
            socket.set_nonblocking(true)?;
        }
        Ok(Self {
            sockets,
            addresses,
            passed,
        })
    }

    /// Where.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Whether only this machine can come here.
    pub fn is_loopback(&self) -> bool {
        let mut addresses = self.addresses.iter();
        addresses.all(|address| address.ip().to_canonical().is_loopback())
    }

    /// The sockets.
    pub fn into_sockets(self) -> Vec<TcpListener> {
        self.sockets
    }
}

fn passed() -> io::Result<Vec<TcpListener>> {
    let mut passed = ListenFd::from_env();
    let mut sockets = Vec::new();
    for place in 0..passed.len() {
        sockets.extend(passed.take_tcp_listener(place)?);
    }
    Ok(sockets)
}

/// How many connections there can be of those that are wanted: each is a descriptor. What a process
/// may have of these is raised as far as it may be.
pub fn connections(wanted: usize) -> usize {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    let limit = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => raised,
        Err(_) => limit,
    };
    // No limit at all is one of the system's.
    let most = limit.current.unwrap_or(u64::MAX);
    let used = fs::read_dir("/proc/self/fd").map_or(0, |open| open.count() as u64);
    let most = most.saturating_sub(SPARE).saturating_sub(used).max(1);
    wanted.min(usize::try_from(most).unwrap_or(usize::MAX))
}
