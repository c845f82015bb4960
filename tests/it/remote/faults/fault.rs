//! What a fault is, and what each kind of request comes to with it.

use std::time::Duration;

use super::server::Server;

/// What is planted as the credential, and must show nowhere.
pub(super) const SECRET: &str = "sk_test_canary_5up3rs3cr3t";

/// What a command asks for, as far as it matters to what may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// It reads one document.
    Read,
    /// It reads a list, page by page.
    List,
    /// It changes something, and the same twice is the same as once.
    Again,
    /// It changes something, and twice is not the same as once.
    Once,
    /// It changes something in its own words without a look before, and only an answer that tells of
    /// it proves that it was done; the same twice is the same as once.
    Told,
    /// The same, where any answer of success does.
    Taken,
    /// It is a command of another name, which asks for a document of its own and so gets none; if it
    /// is a write, it looks first and never comes to write.
    Answer,
}

/// The usual exit codes.
pub(super) const YES: i32 = 0;
pub(super) const REFUSED: i32 = 3;
pub(super) const DENIED: i32 = 4;
pub(super) const REMOTE: i32 = 5;

/// How often a request that may be repeated is sent, before it is given up.
pub(super) const ALL: usize = 4;

/// Something that goes wrong.
pub(super) struct Fault {
    pub(super) name: &'static str,
    pub(super) start: fn() -> Where,
    /// The exit code of a read; of a write it is another where that is said.
    exit: i32,
    write_exit: Option<i32>,
    /// Of a write that must not happen twice.
    once_exit: Option<i32>,
    list_exit: Option<i32>,
    /// How many requests it takes; those that may not be repeated are sent once.
    requests: usize,
    /// Whether a request that may not be repeated is repeated nonetheless: nothing was done.
    harmless: bool,
    /// What is said of it.
    says: &'static str,
}

/// A server, or none.
pub(super) enum Where {
    Server(Server),
    Nowhere(String),
}

impl Where {
    pub(super) fn origin(&self) -> String {
        match self {
            Self::Server(server) => server.origin(),
            Self::Nowhere(origin) => origin.clone(),
        }
    }
}

impl Fault {
    pub(super) const fn new(
        name: &'static str,
        start: fn() -> Where,
        exit: i32,
        says: &'static str,
    ) -> Self {
        Self {
            name,
            start,
            exit,
            write_exit: None,
            once_exit: None,
            list_exit: None,
            requests: 1,
            harmless: false,
            says,
        }
    }

    pub(super) const fn writes(mut self, exit: i32) -> Self {
        self.write_exit = Some(exit);
        self
    }

    /// It would be fine the next time, which a write that must not happen twice does not have.
    pub(super) const fn fine_later(mut self) -> Self {
        self.once_exit = Some(REMOTE);
        self
    }

    pub(super) const fn lists(mut self, exit: i32) -> Self {
        self.list_exit = Some(exit);
        self
    }

    pub(super) const fn requests(mut self, requests: usize) -> Self {
        self.requests = requests;
        self
    }

    pub(super) const fn harmless(mut self) -> Self {
        self.harmless = true;
        self
    }

    /// Whether a command may end with this exit code.
    pub(super) fn allows(&self, sort: Sort, code: i32) -> bool {
        match (sort, self.exit(sort)) {
            // What a server of another kind refuses is nonsense, too.
            (Sort::Answer, REFUSED) => [REFUSED, REMOTE].contains(&code),
            // What is no document at all proves nothing.
            (Sort::Taken, YES) => [YES, REMOTE].contains(&code),
            (_, exit) => code == exit,
        }
    }

    /// The exit code that a command usually ends with.
    pub(super) fn exit(&self, sort: Sort) -> i32 {
        match sort {
            Sort::Answer if self.exit == YES => REMOTE,
            Sort::Answer => self.exit,
            Sort::Told if self.exit(Sort::Again) == YES => REMOTE,
            Sort::Told | Sort::Taken => self.exit(Sort::Again),
            Sort::Read => self.exit,
            Sort::List => self.list_exit.unwrap_or(self.exit),
            Sort::Once => self.once_exit.unwrap_or(self.exit(Sort::Again)),
            Sort::Again => self.write_exit.unwrap_or(self.exit),
        }
    }

    /// How long a call may take: not long where the time is the point or nothing is to be said, and
    /// long enough for a busy machine to find out what is to be said.
    pub(super) fn deadline(&self) -> Duration {
        match self.says {
            "" | LATE => DEADLINE,
            _ => DEADLINE * 6,
        }
    }

    /// What is said of it to such a command.
    pub(super) fn says(&self, sort: Sort) -> &'static str {
        match sort {
            Sort::Answer => "",
            Sort::Told | Sort::Taken if self.exit(Sort::Again) == YES => "",
            _ => self.says,
        }
    }

    /// How many requests may reach the server.
    pub(super) fn most_requests(&self, sort: Sort) -> usize {
        match sort {
            Sort::Once if !self.harmless => self.requests.min(1),
            Sort::Answer => usize::MAX,
            _ => self.requests,
        }
    }
}

/// What is said where the time was over.
pub(super) const LATE: &str = "no complete answer within";

/// How long a call may take that nothing comes of.
const DEADLINE: Duration = Duration::from_secs(4);
