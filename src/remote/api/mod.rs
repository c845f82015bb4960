//! Calls to a server that keeps a project, made so that no answer is taken for another one.
//!
//! What stands at the other end is not ours: it may be late, broken, full or somebody else. A call
//! ends within its time, whatever the server does. It is tried again where that can help and cannot
//! hurt: a question after a broken connection or an answer that says "later", a write only where
//! the server tells repetitions apart or does the same twice; otherwise its error says that nobody
//! knows whether it was carried out. Credentials go to the server that they were given for: a
//! redirect to another one is not followed, and one of a write nowhere. What comes back is bounded
//! in its size, its headers, its depth and its pages, has our own secrets taken out, and is of the
//! asked-for shape or an error.
//!
//! | file | holds |
//! | --- | --- |
//! | `call` | what is asked, what is answered |
//! | `credential` | what a server knows us by |
//! | `known` | the same, looked for at the first call |
//! | `prepare` | a call made into a request |
//! | `send` | one attempt |
//! | `upload` | what takes long to be sent, on its way |
//! | `incoming` | an answer as it comes |
//! | `persist` | attempts, until one is enough |
//! | `retry` | after what time there is another |
//! | `pages` | lists that come page by page |
//! | `lines` | answers that come line by line |
//! | `json` | reading JSON with suspicion |
//! | `mask` | secrets taken out of what comes back and of what is shown |
//! | `sight` | what an operator sees of it who wants to |
//! | `error` | what can go wrong |

mod call;
mod credential;
mod error;
mod incoming;
mod json;
mod known;
mod lines;
mod mask;
mod pages;
mod persist;
mod prepare;
mod retry;
mod send;
mod sight;
mod upload;

use std::cell::OnceCell;
use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::time::Duration;

use reqwest::blocking;
use serde::de::DeserializeOwned;

pub use call::{
    Call, Content, HeaderName, HeaderValue, Kind, Method, Path, PathError, Reply, Spooled,
};
pub use credential::Credential;
pub use error::{ApiError, Class};
pub use known::{Known, Withheld};
pub use lines::Lines;
pub use mask::{MASK, is_telling, shown};
pub use pages::{Pages, Paging};
pub use prepare::Preview;

use self::mask::Mask;
use super::address::Address;
use super::client::Client;

/// Told each line of what goes out and comes in, with secrets masked.
pub type Watcher = Arc<dyn Fn(&str) + Send + Sync>;

/// How far a call may go.
#[derive(Clone)]
pub struct Options {
    /// How long one call may take, with all its attempts, waits and pages.
    pub deadline: Duration,
    /// How long a connection may take to stand.
    pub connect: Duration,
    /// How long a server may be silent.
    pub silence: Duration,
    /// How many times a call is tried again.
    pub retries: u32,
    /// How many bytes an answer may have, unpacked; all pages of a list together.
    pub size: u64,
    /// Whether the server carries out a write once, however often it comes under one idempotency key.
    pub knows_keys: bool,
    /// Who is told of the requests.
    pub watcher: Option<Watcher>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(60),
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            retries: 3,
            size: 32 << 20,
            knows_keys: false,
            watcher: None,
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("deadline", &self.deadline)
            .field("retries", &self.retries)
            .finish_non_exhaustive()
    }
}

/// A server, and what it knows us by. Nothing is opened before the first call, and all calls go
/// over one connection.
#[derive(Debug)]
pub struct Api {
    client: Client,
    base: Address,
    known: Known,
    options: Options,
    mask: OnceCell<Mask>,
    /// Never dropped, see [`Client`].
    connection: OnceCell<ManuallyDrop<blocking::Client>>,
}

impl Api {
    /// A server at an address, below which its paths begin.
    pub fn new(client: Client, base: Address, known: impl Into<Known>, options: Options) -> Self {
        Self {
            client,
            base,
            known: known.into(),
            options,
            mask: OnceCell::new(),
            connection: OnceCell::new(),
        }
    }

    /// The server's address.
    pub fn address(&self) -> &Address {
        &self.base
    }

    /// Whether the server carries out a write once, however often it comes under one idempotency key.
    pub fn knows_keys(&self) -> bool {
        self.options.knows_keys
    }

    /// What takes our secrets out of what comes back. Asked for when a call is about to be made, so
    /// that the credential is looked for; where there is none, nothing is sent.
    fn mask(&self) -> &Mask {
        self.mask.get_or_init(|| {
            let known = self.known.get().ok();
            Mask::new(known.and_then(Credential::secret))
        })
    }

    /// Makes a call. What comes back is a success: status 200 to 299.
    ///
    /// # Errors
    ///
    /// Everything else, see [`ApiError::class`] and [`ApiError::may_have_happened`].
    pub fn call(&self, call: &Call) -> Result<Reply, ApiError> {
        self.call_within(call, &self.deadline(call))
    }

    /// Makes a call whose answer comes line by line. It is tried again only until the answer begins.
    ///
    /// # Errors
    ///
    /// As those of [`Api::call`]; also for each line.
    pub fn lines<T: DeserializeOwned>(&self, call: &Call) -> Result<Lines<T>, ApiError> {
        let deadline = self.deadline(call);
        let origin = self.origin(call);
        let incoming = self
            .persist(call, &deadline, Ok)
            .map_err(|fault| ApiError::of(&origin, fault))?;
        Ok(Lines::new(incoming, self.mask().clone(), origin))
    }
}
