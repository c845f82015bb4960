//! Other machines: documents that are fetched from them (an issuer's public keys, and where it keeps
//! them), reports that are sent to them, and calls to a server that keeps a project.
//!
//! Who may say that a token is good is decided by these documents, so the way they take is built
//! for doubt. They come over TLS from a server that proved its name, or from this machine; a
//! redirect leads nowhere else; what a server sends is bounded in size and time, and is what was
//! asked for or an error. A copy is believed for as long as its server says (five minutes if it
//! says nothing, a day at most) and not a second longer, whatever the network does.
//!
//! The module reads no environment and no clock: the directory for the copies and the moment come
//! in with the question. (The HTTP client looks at the environment's proxies and the system's
//! certificates, and how long a call takes is told by the real clock.) Nothing is opened before a document is asked for, and no client made while a
//! copy holds.
//!
//! | file | holds |
//! | --- | --- |
//! | `address` | where a document may come from |
//! | [`api`] | calls to a server that keeps a project |
//! | [`client`] | the HTTP client, made at its first use, and its limits |
//! | `trouble` | what the client's errors mean |
//! | `lifetime` | how long a document holds, by its server's words |
//! | `cache` | the copies on disk |
//! | [`closed`] | files that nobody else can alter |
//! | `documents` | a copy or the network |
//! | [`jwks`] | key sets |
//! | [`discovery`] | where an issuer keeps its keys |
//! | [`events`] | what a server of ours tells as it happens |
//! | `post` | sending a report, and what is answered |
//! | `error` | what can go wrong |

mod address;
pub mod api;
mod cache;
pub mod client;
pub mod closed;
pub mod discovery;
mod documents;
mod error;
pub mod events;
pub mod jwks;
mod lifetime;
mod post;
mod trouble;

pub use address::{Address, AddressError};
pub use cache::{CacheFault, SECONDS_BETWEEN_REFRESHES};
pub use client::{Client, Limits};
pub use documents::{Document, Documents, Origin, Refreshed};
pub use error::{Doubt, RemoteError, Trouble, Unfit};
pub use lifetime::{DEFAULT_SECONDS, MOST_SECONDS};
pub use post::{Poster, Reply};
