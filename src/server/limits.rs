//! How much, how long and how often: what keeps one client from taking the server from the others.

use std::num::NonZeroU32;
use std::time::Duration;

/// What every client is held to.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a request's body.
    pub body: u64,
    /// Bytes of the body of a request that brings many things at once.
    pub import: u64,
    /// Connections at once.
    pub connections: usize,
    /// How long a client may take to begin a request and to send its head, and how far it may fall
    /// behind in sending a body or in taking an answer.
    pub patience: Duration,
    /// Requests a second that a key is good for; none means any number.
    pub rate: Option<NonZeroU32>,
}

/// How long the work on a request that reads may take, and on one that writes. The server itself
/// keeps to it; whatever takes longer hangs.
pub const READING: Duration = Duration::from_secs(60);
/// See [`READING`]. An import of millions of rows is a long write, and not one that hangs.
pub const WRITING: Duration = Duration::from_secs(1800);

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1 << 20,
            import: 256 << 20,
            connections: 4096,
            patience: Duration::from_secs(20),
            rate: None,
        }
    }
}
