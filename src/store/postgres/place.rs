//! Where a project is in a PostgreSQL database, and how it is reached. Nothing is opened by naming it.
//!
//! Whatever the address leaves open is filled in here with what is safe: what passes to another
//! machine is encrypted, and the server's certificate proven, unless somebody wrote that it should
//! not be. The password is not part of a place but is asked for whenever a session is opened, since
//! a file that holds it may change meanwhile, and a keyring should not be opened in vain.

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "postgres")]
use super::latest::Latest;
use super::url::Url;
use crate::secret::Secret;

/// The schema where none is named.
pub const SCHEMA: &str = "flags";
/// How long a host may take where nobody says.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// What the server lists us as.
pub const APPLICATION_NAME: &str = "flags";
/// How long a change of leaders is waited for where nobody says.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How long a statement may take where nobody says.
pub const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

/// One of the servers that keep a database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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

impl Host {
    /// The name, the address, or the socket's directory.
    pub fn name(&self) -> String {
        match self {
            Self::Tcp { name, .. } => name.clone(),
            Self::Socket { directory, .. } => directory.display().to_string(),
        }
    }

    /// The port.
    pub fn port(&self) -> u16 {
        match self {
            Self::Tcp { port, .. } | Self::Socket { port, .. } => *port,
        }
    }

    /// Whether what passes stays on this machine.
    pub fn is_this_machine(&self) -> bool {
        match self {
            Self::Socket { .. } => true,
            Self::Tcp { name, .. } => {
                name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
            }
        }
    }
}

impl Host {
    /// As it stands in an address.
    fn written(&self) -> String {
        self.to_string().replace('/', "%2F")
    }
}

/// As people write it: `db1:5432`, `[::1]:5432`, `/run/postgresql:5432`.
impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { name, port } if name.contains(':') => write!(f, "[{name}]:{port}"),
            Self::Tcp { name, port } => write!(f, "{name}:{port}"),
            Self::Socket { directory, port } => write!(f, "{}:{port}", directory.display()),
        }
    }
}

/// Whether what passes is encrypted. Where it is, the server's certificate is proven, too: one who
/// encrypts for whomever it meets keeps nobody out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// It is not.
    Disable,
    /// It is; the same as [`Tls::VerifyFull`], by the name that most people know.
    Require,
    /// It is.
    VerifyFull,
}

impl Tls {
    /// As it is written in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Require => "require",
            Self::VerifyFull => "verify-full",
        }
    }
}

/// Which of the hosts answers questions. What writes goes to the leader, whatever this says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The first that answers.
    Any,
    /// One that could be written to.
    ReadWrite,
    /// The leader.
    Primary,
    /// A replica.
    Standby,
    /// A replica, and the leader where none can be reached.
    PreferStandby,
    /// The leader, and a replica where it cannot be reached.
    PreferPrimary,
}

impl Target {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Any,
        Self::ReadWrite,
        Self::Primary,
        Self::Standby,
        Self::PreferStandby,
        Self::PreferPrimary,
    ];

    /// As it is written in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::ReadWrite => "read-write",
            Self::Primary => "primary",
            Self::Standby => "standby",
            Self::PreferStandby => "prefer-standby",
            Self::PreferPrimary => "prefer-primary",
        }
    }
}

/// Certificates, and what they are for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Certificates {
    /// Those that are trusted instead of the machine's own (PEM): `sslrootcert`.
    pub roots: Option<PathBuf>,
    /// Those that are trusted beside them (PEM): `--ca-bundle`.
    pub bundle: Option<PathBuf>,
    /// Our own, with its key (PEM): `sslcert` and `sslkey`.
    pub own: Option<(PathBuf, PathBuf)>,
}

/// What a password is for.
#[derive(Debug, Clone, Copy)]
pub struct Login<'a> {
    /// The server.
    pub host: &'a Host,
    /// The database.
    pub database: &'a str,
    /// The user.
    pub user: &'a str,
}

/// Why a password cannot be had; told by whoever looks for it.
pub type NoPassword = Box<dyn Error + Send + Sync>;

/// Looks for a password: `None` where there is none, which a server may be content with.
pub type Asked = Arc<dyn Fn(&Login<'_>) -> Result<Option<Secret>, NoPassword> + Send + Sync>;

/// Where the password is.
#[derive(Clone)]
pub enum Password {
    /// Nowhere: the server knows us by our certificate, by the socket's owner, or lets everybody in.
    None,
    /// Here.
    Known(Secret),
    /// Somebody looks for it, each time that a session is opened.
    Asked(Asked),
}

impl Password {
    /// The password for a server.
    ///
    /// # Errors
    ///
    /// Where there is one that cannot be used.
    pub fn find(&self, login: &Login<'_>) -> Result<Option<Secret>, NoPassword> {
        match self {
            Self::None => Ok(None),
            Self::Known(secret) => Ok(Some(secret.clone())),
            Self::Asked(ask) => ask(login),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Known(_) => "Known([secret])",
            Self::Asked(_) => "Asked",
        })
    }
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
    /// Whether what passes is encrypted.
    pub tls: Tls,
    /// Certificates.
    pub certificates: Certificates,
    /// Which of the hosts answers questions.
    pub target: Target,
    /// How long each host may take.
    pub connect_timeout: Duration,
    /// What the server lists us as.
    pub application_name: String,
    /// How long a statement may take.
    pub statement_timeout: Duration,
    /// How long a change of leaders is waited for.
    pub patience: Duration,
    /// For how long after the leader was last heard a replica may say whether anybody wrote; nothing
    /// where nobody listens to the leader and looks for the next one.
    pub without_leader: Option<Duration>,
    /// What a replica must have to be believed.
    #[cfg(feature = "postgres")]
    pub latest: Latest,
}

impl Place {
    /// What an address says, the rest filled in, without a password but for one that is written in
    /// it. Those in `bundle` are trusted beside the machine's own certificates.
    pub fn of(url: Url, user: &str, bundle: Option<PathBuf>) -> Self {
        let all_here = url.hosts.iter().all(Host::is_this_machine);
        let names_certificates =
            url.root_certificates.is_some() || url.certificate.is_some() || bundle.is_some();
        let usual = match all_here && !names_certificates {
            true => Tls::Disable,
            false => Tls::VerifyFull,
        };
        let own = url.certificate.zip(url.key);
        // The machine's own are meant by this word, as with libpq.
        let roots = url.root_certificates.filter(|file| file != "system");
        Self {
            hosts: url.hosts,
            database: url.database,
            user: url.user.unwrap_or_else(|| user.to_owned()),
            password: url.password.map_or(Password::None, Password::Known),
            schema: url.schema.unwrap_or_else(|| SCHEMA.to_owned()),
            tls: url.tls.unwrap_or(usual),
            certificates: Certificates {
                roots: roots.map(PathBuf::from),
                bundle,
                own: own.map(|(certificate, key)| (certificate.into(), key.into())),
            },
            target: url.target.unwrap_or(Target::PreferPrimary),
            connect_timeout: url.connect_timeout.unwrap_or(CONNECT_TIMEOUT),
            application_name: url
                .application_name
                .unwrap_or_else(|| APPLICATION_NAME.to_owned()),
            statement_timeout: STATEMENT_TIMEOUT,
            patience: PATIENCE,
            without_leader: None,
            #[cfg(feature = "postgres")]
            latest: Latest::default(),
        }
    }

    /// The same for a server, which goes on answering from replicas for so long while nobody leads:
    /// if there are any, and they may answer.
    #[must_use]
    pub fn served(self, without_leader: Duration) -> Self {
        let allowed = match self.target {
            Target::Primary | Target::ReadWrite => Duration::ZERO,
            _ => without_leader,
        };
        Self {
            without_leader: (self.hosts.len() > 1).then_some(allowed),
            ..self
        }
    }

    /// The servers whom a password belongs to: `postgres://db1:5432,db2:5432`.
    pub fn servers(&self) -> String {
        let hosts = self.hosts.iter().map(Host::written);
        format!("postgres://{}", hosts.collect::<Vec<_>>().join(","))
    }

    /// The place as the errors of files have it.
    pub fn as_path(&self) -> PathBuf {
        PathBuf::from(self.to_string())
    }

    /// Whether something that may be secret passes unencrypted to another machine.
    pub fn is_exposed(&self) -> bool {
        self.tls == Tls::Disable && !self.hosts.iter().all(Host::is_this_machine)
    }
}

/// What a place is called in sentences: `postgres://flags@db1:5432/app`, and the schema where it is
/// not the usual one. There is nothing secret in it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts: Vec<_> = self.hosts.iter().map(Host::written).collect();
        let (user, database) = (&self.user, &self.database);
        write!(f, "postgres://{user}@{}/{database}", hosts.join(","))?;
        match self.schema.as_str() {
            SCHEMA => Ok(()),
            schema => write!(f, "?schema={schema}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Place {
        Place::of(text.parse().unwrap(), "me", None)
    }

    #[test]
    fn what_leaves_the_machine_is_encrypted_unless_somebody_wrote_otherwise() {
        for (address, tls, is_exposed) in [
            ("postgres://db.example/d", Tls::VerifyFull, false),
            ("postgres://10.0.0.1/d", Tls::VerifyFull, false),
            ("postgres://localhost,db.example/d", Tls::VerifyFull, false),
            ("postgres://localhost.example/d", Tls::VerifyFull, false),
            (
                "postgres://localhost,127.0.0.2,[::1]/d",
                Tls::Disable,
                false,
            ),
            ("postgres:///d?host=/run/postgresql", Tls::Disable, false),
            (
                "postgres://localhost/d?sslmode=require",
                Tls::Require,
                false,
            ),
            (
                "postgres://localhost/d?sslrootcert=/ca.pem",
                Tls::VerifyFull,
                false,
            ),
            (
                "postgres://db.example/d?sslmode=disable",
                Tls::Disable,
                true,
            ),
        ] {
            let place = of(address);
            assert_eq!(
                (place.tls, place.is_exposed()),
                (tls, is_exposed),
                "{address}"
            );
        }
        let bundle = Some(PathBuf::from("/ca.pem"));
        let named = Place::of("postgres://localhost/d".parse().unwrap(), "me", bundle);
        assert_eq!(
            named.tls,
            Tls::VerifyFull,
            "certificates are there to be used"
        );
    }

    #[test]
    fn a_place_is_shown_without_its_password() {
        let place = of("postgres://u:canary@a,[::1]:5433/d?schema=s");
        assert_eq!(
            place.to_string(),
            "postgres://u@a:5432,[::1]:5433/d?schema=s"
        );
        assert_eq!(place.servers(), "postgres://a:5432,[::1]:5433");
        assert!(!format!("{place:?}").contains("canary"));
        assert_eq!(of("postgres://h/d").to_string(), "postgres://me@h:5432/d");
        let socket = of("postgres:///d?host=/run/a");
        assert_eq!(socket.to_string(), "postgres://me@%2Frun%2Fa:5432/d");
    }
}
