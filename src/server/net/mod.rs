//! The way from a socket to a request: where to listen, TLS, how many at once, and how slow a client
//! may be.

mod line;
mod listen;
mod paced;
mod tls;

pub use line::{Line, Lines, Seat};
pub use listen::{ListenError, Listening, connections};
pub use paced::Paced;
pub use tls::{Tls, TlsError};
