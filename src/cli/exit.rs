//! The exit codes: published, so changing one breaks somebody's script.

/// What the process says when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Yes; done.
    Yes = 0,
    /// Answered: no.
    No = 1,
    /// The command line, or what was to be read, is not usable.
    Usage = 2,
    /// Not found, or refused by a rule.
    Refused = 3,
    /// A server does not know who is asking, or does not let them.
    Denied = 4,
    /// A server cannot be reached, is late, or answers nonsense.
    Remote = 5,
    /// The local store cannot be used.
    Store = 6,
    /// A bug in this program.
    Bug = 70,
    /// Interrupted, as by Ctrl-C.
    Interrupted = 130,
    /// Nobody reads the output any more.
    Pipe = 141,
    /// Told to end, as by `kill`.
    Terminated = 143,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
