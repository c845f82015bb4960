//! What a server knows us by: where it comes from, and whom it may be shown to.
//!
//! The order is the file that the command line names, then the environment, then (for PostgreSQL) its
//! own file of passwords, then what `flags auth login` kept. A variable belongs to one kind of server and is shown to no other; what was kept
//! belongs to the server that it was given for, and a profile that moved elsewhere does not take it
//! along. Nothing is opened before a server is about to be asked.

mod form;
mod kept;
mod pgpass;

use std::fmt;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;
use zeroize::Zeroizing;

use super::keyring::KeyringError;
use super::{ConfigError, Kind};
use crate::secret::Secret;

pub use form::{masked, read};
pub use kept::{Keeper, Login, Shelf, forget, keep, login_of, rename};
pub use pgpass::Login as DatabaseLogin;

/// What a server knows us by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A key.
    Key(Secret),
    /// A client and its secret.
    Client {
        /// Whose secret it is, which is none itself.
        id: String,
        /// The secret.
        secret: Secret,
    },
}

impl Credential {
    /// What must not be seen.
    pub fn secret(&self) -> &Secret {
        match self {
            Self::Key(secret) | Self::Client { secret, .. } => secret,
        }
    }

    /// The client, if there is one.
    pub fn client(&self) -> Option<&str> {
        match self {
            Self::Key(_) => None,
            Self::Client { id, .. } => Some(id),
        }
    }
}

/// Where a credential comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whence {
    /// A file that the command line names.
    File(PathBuf),
    /// Stdin.
    Stdin,
    /// An open file of the process, by its number.
    Descriptor(i32),
    /// Somebody typed it.
    Typed,
    /// A variable of the environment.
    Variable(&'static str),
    /// The keyring.
    Keyring,
    /// The private file that `--insecure-storage` keeps it in.
    Kept(PathBuf),
    /// PostgreSQL's file of passwords.
    Passwords(PathBuf),
}

impl Whence {
    /// A word for programs.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Stdin => "stdin",
            Self::Descriptor(_) => "descriptor",
            Self::Typed => "terminal",
            Self::Variable(_) => "environment",
            Self::Keyring => "keyring",
            Self::Kept(_) => "insecure_storage",
            Self::Passwords(_) => "password_file",
        }
    }
}

impl fmt::Display for Whence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) | Self::Kept(path) | Self::Passwords(path) => {
                write!(f, "{}", path.display())
            }
            Self::Stdin => f.write_str("stdin"),
            Self::Descriptor(number) => write!(f, "file descriptor {number}"),
            Self::Typed => f.write_str("what was typed"),
            Self::Variable(name) => f.write_str(name),
            Self::Keyring => f.write_str("the keyring"),
        }
    }
}

/// Who is to be shown a credential.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The profile, if one is meant.
    pub profile: Option<String>,
    /// What the server speaks.
    pub kind: Kind,
    /// The server: `https://api.workos.com`, without a path.
    pub origin: String,
    /// What it calls us, if somebody says.
    pub client_id: Option<String>,
    /// The file that the command line names.
    pub file: Option<PathBuf>,
    /// How long a keyring may take.
    pub patience: Duration,
    /// Of a database, what its file of passwords is searched for.
    pub login: Option<DatabaseLogin>,
}

/// A credential, and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the server knows us by.
    pub credential: Credential,
    /// Where it was.
    pub whence: Whence,
}

/// There is no credential that could be shown to the server.
#[derive(Debug, Error)]
pub enum CredentialError {
    /// It cannot be read.
    #[error("{whence}: {what}")]
    Unreadable {
        /// Where it should be.
        whence: Whence,
        /// What is wrong.
        what: String,
    },
    /// It is none.
    #[error("{whence}: {what}")]
    Form {
        /// Where it is.
        whence: Whence,
        /// What is wrong with it, without repeating it.
        what: String,
    },
    /// Others can read it.
    #[error(
        "others can read {}, where secrets are kept (its mode is {mode:04o}): nothing in it is used",
        path.display()
    )]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It was given for another server.
    #[error(
        "what was kept for profile `{profile}` was given for {given_for}; it is not sent to \
         {asked_by}"
    )]
    OtherServer {
        /// The profile.
        profile: String,
        /// The server it was given for.
        given_for: String,
        /// The server that would get it.
        asked_by: String,
    },
    /// It is another client's.
    #[error(
        "the secret that was kept for profile `{profile}` is that of {given_for}, not of {asked_by}"
    )]
    OtherClient {
        /// The profile.
        profile: String,
        /// Whose it is.
        given_for: String,
        /// Who was named.
        asked_by: String,
    },
    /// A secret without the client whose it is.
    #[error(
        "there is a secret in {whence}, and nobody says whose: Astapa wants a client ID with it"
    )]
    NoClient {
        /// Where the secret is.
        whence: Whence,
    },
    /// The keyring should have it.
    #[error("the keyring has nothing for profile `{profile}` any more")]
    Gone {
        /// The profile.
        profile: String,
    },
    /// The keyring cannot be asked.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// Settings cannot be had.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

/// The variables that a kind of server is known by, that of the secret first.
pub fn variables(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Local => &[],
        Kind::Http => &["FLAGS_API_KEY"],
        Kind::Workos => &["WORKOS_API_KEY"],
        Kind::Astapa => &["ASTAPA_CLIENT_SECRET", "ASTAPA_CLIENT_ID"],
        Kind::Postgres => &["PGPASSWORD"],
    }
}

/// The credential for a server; `None` where nobody gave one.
///
/// # Errors
///
/// Where there is one that cannot be used: it is not passed over for the next.
pub fn find(wanted: &Wanted) -> Result<Option<Found>, CredentialError> {
    if let Some(path) = &wanted.file {
        let whence = Whence::File(path.clone());
        let text = read_file(path)?;
        return wanted.take(&text, whence).map(Some);
    }
    if let Some(found) = of_environment(wanted)? {
        return Ok(Some(found));
    }
    if let Some(found) = of_password_file(wanted)? {
        return Ok(Some(found));
    }
    match &wanted.profile {
        Some(profile) => kept::find(profile, wanted),
        None => Ok(None),
    }
}

/// Where the credential would be looked for first, as far as can be told without opening anything
/// that asks for a password.
///
/// # Errors
///
/// Where what was kept cannot be read.
pub fn foreseen(wanted: &Wanted) -> Result<Option<Whence>, CredentialError> {
    if let Some(path) = &wanted.file {
        return Ok(Some(Whence::File(path.clone())));
    }
    if let Some(name) = variables(wanted.kind).first()
        && super::variable(name).is_some()
    {
        return Ok(Some(Whence::Variable(name)));
    }
    if let Some(found) = of_password_file(wanted)? {
        return Ok(Some(found.whence));
    }
    match &wanted.profile {
        Some(profile) => Ok(login_of(profile)?.map(|login| login.whence())),
        None => Ok(None),
    }
}

impl Wanted {
    /// Reads a credential from a text.
    ///
    /// # Errors
    ///
    /// Where it is none for this kind of server.
    pub fn take(&self, text: &str, whence: Whence) -> Result<Found, CredentialError> {
        let credential = read(text, self.kind, self.client_id.as_deref(), &whence)?;
        Ok(Found { credential, whence })
    }
}

fn of_environment(wanted: &Wanted) -> Result<Option<Found>, CredentialError> {
    let Some(name) = variables(wanted.kind).first().copied() else {
        return Ok(None);
    };
    let Some(value) = super::variable(name) else {
        return Ok(None);
    };
    let whence = Whence::Variable(name);
    let text = Zeroizing::new(value.into_string().map_err(|_| CredentialError::Form {
        whence: whence.clone(),
        what: "this is not UTF-8 text".to_owned(),
    })?);
    wanted.take(&text, whence).map(Some)
}

/// The password that PostgreSQL's own file has.
fn of_password_file(wanted: &Wanted) -> Result<Option<Found>, CredentialError> {
    let Some(login) = &wanted.login else {
        return Ok(None);
    };
    let found = pgpass::find(login)?;
    Ok(found.map(|(secret, path)| Found {
        credential: Credential::Client {
            id: login.user.clone(),
            secret,
        },
        whence: Whence::Passwords(path),
    }))
}

/// No credential is nearly as long.
const MOST_BYTES: u64 = 16 * 1024;

fn read_file(path: &Path) -> Result<Zeroizing<String>, CredentialError> {
    let unreadable = |what: String| CredentialError::Unreadable {
        whence: Whence::File(path.to_owned()),
        what,
    };
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    read_from(file).map_err(unreadable)
}

/// Reads a credential's text.
///
/// # Errors
///
/// Where it cannot be read, is too long, or is no text; in words.
pub fn read_from(source: impl Read) -> Result<Zeroizing<String>, String> {
    let mut bytes = Zeroizing::new(Vec::new());
    let read = source.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    if read.map_err(|error| error.to_string())? as u64 > MOST_BYTES {
        return Err(format!(
            "this is longer than {MOST_BYTES} bytes, which no credential is"
        ));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| "this is not UTF-8 text".to_owned())?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Whether others than its owner can read a file.
pub fn is_shared(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o077 != 0)
}
