//! Why there is no connection, told apart by what an operator can do about it, and by whether it
//! may pass by itself.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

use super::place::{Host, NoPassword};

/// What became of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody answers there, in the system's words.
    Unreachable(String),
    /// It did not answer in time.
    Late(Duration),
    /// It is starting, stopping or being recovered; in its words.
    NotReady(String),
    /// It has no room for another connection; in its words.
    Crowded(String),
    /// It does not encrypt.
    Unencrypted,
    /// Its certificate proves nothing, or it does not accept ours.
    Untrusted(String),
    /// It is there, and is not what is needed: a replica where the leader is, or the other way round.
    Unsuitable {
        /// Whether it is a replica.
        is_replica: bool,
    },
    /// It answers something else than PostgreSQL would.
    Strange(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(what) | Self::NotReady(what) | Self::Crowded(what) => {
                f.write_str(what)
            }
            Self::Late(limit) => write!(f, "no answer within {} s", limit.as_secs()),
            Self::Unencrypted => f.write_str("it does not encrypt (ssl = off)"),
            Self::Untrusted(what) => write!(f, "no trust: {what}"),
            Self::Unsuitable { is_replica: true } => f.write_str("it is a replica or read-only"),
            Self::Unsuitable { is_replica: false } => f.write_str("it is no replica"),
            Self::Strange(what) => write!(f, "it answers nonsense: {what}"),
        }
    }
}

impl Trouble {
    /// Whether it may pass: another leader is chosen, a server comes up again.
    pub fn may_pass(&self) -> bool {
        !matches!(
            self,
            Self::Unencrypted | Self::Untrusted(_) | Self::Strange(_)
        )
    }
}

/// Why there is no connection. None of them repeats a password.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// None of the hosts can be used.
    #[error("no server of the database can be used: {}", told(.0))]
    Hosts(Vec<(Host, Trouble)>),
    /// The hosts can be reached, and none of them takes writes.
    #[error("no server of the database takes writes at present: {}", told(.0))]
    NoLeader(Vec<(Host, Trouble)>),
    /// The server does not let us in, or does not know us.
    #[error("{host} does not let the user `{user}` in: {what}")]
    Denied {
        /// The server.
        host: Host,
        /// As whom.
        user: String,
        /// In its words.
        what: String,
    },
    /// The server wants a password, and there is none.
    #[error("{host} wants a password for the user `{user}`, and there is none")]
    NoPassword {
        /// The server.
        host: Host,
        /// As whom.
        user: String,
    },
    /// There is a password that cannot be used, or might be.
    #[error("{0}")]
    Password(NoPassword),
    /// The server has no such database.
    #[error("{host} has no database `{database}`")]
    NoDatabase {
        /// The server.
        host: Host,
        /// The database.
        database: String,
    },
    /// A file with certificates cannot be used.
    #[error("{} cannot be used: {what}", path.display())]
    Certificates {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Others can read the key of our certificate.
    #[error("others can read the key {} (its mode is {mode:04o}): it is not used", path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Nothing can be encrypted.
    #[error("nothing can be encrypted: {0}")]
    Tls(String),
}

fn told(hosts: &[(Host, Trouble)]) -> String {
    let each = hosts
        .iter()
        .map(|(host, trouble)| format!("{host}: {trouble}"));
    each.collect::<Vec<_>>().join("; ")
}

impl ConnectError {
    /// Whether it may pass by itself, so that it is worth while to try again.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Hosts(hosts) | Self::NoLeader(hosts) => {
                hosts.iter().any(|(_, trouble)| trouble.may_pass())
            }
            _ => false,
        }
    }

    /// Whether nobody answered at all, so that there may be no such server.
    pub fn is_silence(&self) -> bool {
        let silent = |(_, trouble): &(Host, Trouble)| {
            matches!(trouble, Trouble::Unreachable(_) | Trouble::Late(_))
        };
        matches!(self, Self::Hosts(hosts) if hosts.iter().all(silent))
    }

    /// A stable name for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Hosts(hosts) => {
                let trusted = |(_, trouble): &(Host, Trouble)| {
                    !matches!(trouble, Trouble::Untrusted(_) | Trouble::Unencrypted)
                };
                match hosts.iter().any(trusted) {
                    true => "database_unreachable",
                    false => "database_untrusted",
                }
            }
            Self::NoLeader(_) => "database_read_only",
            Self::Denied { .. } => "database_login",
            Self::NoPassword { .. } => "no_credential",
            Self::Password(_) => "credential",
            Self::NoDatabase { .. } => "database_missing",
            Self::Certificates { .. } | Self::Tls(_) => "certificates",
            Self::Exposed { .. } => "credential_exposed",
        }
    }
}
