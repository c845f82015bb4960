//! Where a project is in a PostgreSQL database. Nothing is opened by naming it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::secret::Secret;

/// The schema where none is named.
pub const SCHEMA: &str = "flags";

/// One of the servers that keep a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// A machine.
    Tcp {
        /// Its name or address.
        name: String,
        /// The port.
        port: u16,
    },
    /// This machine, by a socket.
    Socket {
        /// The directory that it is in.
        directory: PathBuf,
        /// The port, by which the socket is named.
        port: u16,
    },
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { name, port } if name.contains(':') => write!(f, "[{name}]:{port}"),
            Self::Tcp { name, port } => write!(f, "{name}:{port}"),
            Self::Socket { directory, port } => write!(f, "{}:{port}", directory.display()),
        }
    }
}

/// Where the password is.
#[derive(Debug, Clone)]
pub enum Password {
    /// Nowhere: the server knows us otherwise.
    None,
    /// Here.
    Known(Secret),
}

/// Where a project is in a PostgreSQL database.
#[derive(Debug, Clone)]
pub struct Place {
    /// The servers, in the order in which they are tried; at least one.
    pub hosts: Vec<Host>,
    /// The database.
    pub database: String,
    /// As whom.
    pub user: String,
    /// The password.
    pub password: Password,
    /// The schema that the project is in: a name that needs no quotes.
    pub schema: String,
    /// How long each host may take.
    pub connect_timeout: Duration,
    /// What the server lists us as.
    pub application_name: String,
    /// How long a statement may take.
    pub statement_timeout: Duration,
    /// How long a change of leaders is waited for.
    pub patience: Duration,
}

impl Place {
    /// The place as the errors of files have it.
    pub fn as_path(&self) -> PathBuf {
        Path::new(&self.to_string()).to_owned()
    }
}

/// What a place is called in sentences. There is nothing secret in it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts: Vec<_> = self.hosts.iter().map(ToString::to_string).collect();
        let (user, database) = (&self.user, &self.database);
        write!(f, "postgres://{user}@{}/{database}", hosts.join(","))?;
        match self.schema.as_str() {
            SCHEMA => Ok(()),
            schema => write!(f, "?schema={schema}"),
        }
    }
}
