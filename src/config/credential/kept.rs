//! What `flags auth login` keeps: for each profile a login, whose secret is in the keyring, or in
//! this private file where its owner asked for that by name.
//!
//! The file says for which server each one was given and where its secret is. So a profile that
//! nobody has logged in with never has the keyring opened, and one that has moved to another server
//! is found out before.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Credential, CredentialError, Found, Wanted, Whence};
use crate::config::replace::Held;
use crate::config::{ConfigError, Kind, data_directory, keyring};
use crate::secret::Secret;

/// Where the secret of a login is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeper {
    /// In the keyring.
    Keyring,
    /// In this file, as it is.
    File,
}

/// What is kept for a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// What the server speaks.
    pub kind: Kind,
    /// The server it was given for.
    pub origin: String,
    /// The client, if it is one's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Where its secret is.
    pub kept: Keeper,
    /// The secret, if it is in this file.
    #[serde(default, with = "in_the_open", skip_serializing_if = "Option::is_none")]
    secret: Option<Secret>,
}

impl Login {
    /// Where its secret is.
    pub fn whence(&self) -> Whence {
        match (self.kept, path()) {
            (Keeper::File, Ok(path)) => Whence::Kept(path),
            _ => Whence::Keyring,
        }
    }

    /// Refuses a login that was given for another server.
    ///
    /// # Errors
    ///
    /// [`CredentialError::OtherServer`].
    pub fn is_for(&self, profile: &str, wanted: &Wanted) -> Result<(), CredentialError> {
        is_for(profile, wanted, self.kind, &self.origin)
    }

    /// Its entry's name in the keyring.
    fn entry(&self, profile: &str) -> String {
        format!("{profile} {}", self.origin)
    }
}

/// The one form in which a secret is written: into a file that is private and was asked for.
mod in_the_open {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use zeroize::Zeroizing;

    use crate::secret::Secret;

    pub fn serialize<S: Serializer>(secret: &Option<Secret>, to: S) -> Result<S::Ok, S::Error> {
        secret.as_ref().map(Secret::expose).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        Ok(text.map(|text| Zeroizing::new(text).into()))
    }
}

/// What the keyring has of a login: enough to see that it is the right one.
#[derive(Serialize, Deserialize)]
struct Entry {
    kind: Kind,
    origin: String,
    client_id: Option<String>,
    #[serde(with = "in_the_open")]
    secret: Option<Secret>,
}

/// The file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Shelf {
    #[serde(default)]
    profiles: BTreeMap<String, Login>,
}

impl Shelf {
    /// Reads the file; one that is not there has nothing in it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or others can.
    pub fn read() -> Result<Self, CredentialError> {
        // Without a home directory nothing was ever kept.
        let Ok(path) = path() else {
            return Ok(Self::default());
        };
        let mode = match fs::metadata(&path) {
            Ok(found) => found.permissions().mode() & 0o777,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(unusable(&path, error.to_string())),
        };
        let text = fs::read_to_string(&path);
        let text = Zeroizing::new(text.map_err(|error| unusable(&path, error.to_string()))?);
        let shelf = Self::parse(&text, &path)?;
        let in_the_open = shelf.profiles.values().any(|login| login.secret.is_some());
        match mode & 0o077 {
            0 => Ok(shelf),
            _ if !in_the_open => Ok(shelf),
            _ => Err(CredentialError::Exposed { path, mode }),
        }
    }

    fn parse(text: &str, path: &Path) -> Result<Self, CredentialError> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        // What a parser says of a text may repeat it.
        serde_json::from_str(text)
            .map_err(|_| unusable(path, "it is not what `flags auth login` wrote".to_owned()))
    }
}

/// `credentials.json` in the data directory, which nobody puts under version control.
fn path() -> Result<PathBuf, ConfigError> {
    Ok(data_directory()?.join("credentials.json"))
}

fn unusable(path: &Path, what: String) -> CredentialError {
    CredentialError::Unreadable {
        whence: Whence::Kept(path.to_owned()),
        what,
    }
}

/// What is kept for a profile, its secret left where it is.
///
/// # Errors
///
/// Where the file cannot be used.
pub fn login_of(profile: &str) -> Result<Option<Login>, CredentialError> {
    Ok(Shelf::read()?.profiles.remove(profile))
}

/// The credential that was kept for a profile, if it is for this server.
pub(super) fn find(profile: &str, wanted: &Wanted) -> Result<Option<Found>, CredentialError> {
    let Some(login) = login_of(profile)? else {
        return Ok(None);
    };
    login.is_for(profile, wanted)?;
    let whence = login.whence();
    let (secret, id) = match login.kept {
        Keeper::File => (login.secret, login.client_id),
        Keeper::Keyring => {
            let kept = keyring::get(&login.entry(profile), wanted.patience)?;
            let kept = kept.and_then(|kept| serde_json::from_str::<Entry>(kept.expose()).ok());
            let Some(entry) = kept else {
                let profile = profile.to_owned();
                return Err(CredentialError::Gone { profile });
            };
            is_for(profile, wanted, entry.kind, &entry.origin)?;
            (entry.secret, entry.client_id)
        }
    };
    let Some(secret) = secret else {
        let profile = profile.to_owned();
        return Err(CredentialError::Gone { profile });
    };
    let credential = match id {
        None => Credential::Key(secret),
        Some(id) => {
            is_of(profile, wanted, &id)?;
            Credential::Client { id, secret }
        }
    };
    Ok(Some(Found { credential, whence }))
}

fn is_for(profile: &str, wanted: &Wanted, kind: Kind, origin: &str) -> Result<(), CredentialError> {
    if kind == wanted.kind && origin == wanted.origin {
        return Ok(());
    }
    Err(CredentialError::OtherServer {
        profile: profile.to_owned(),
        given_for: format!("{} at {origin}", kind.title()),
        asked_by: format!("{} at {}", wanted.kind.title(), wanted.origin),
    })
}

fn is_of(profile: &str, wanted: &Wanted, id: &str) -> Result<(), CredentialError> {
    match &wanted.client_id {
        Some(asked_by) if asked_by != id => Err(CredentialError::OtherClient {
            profile: profile.to_owned(),
            given_for: id.to_owned(),
            asked_by: asked_by.clone(),
        }),
        _ => Ok(()),
    }
}

/// Keeps a credential for a profile, in the place of what was kept before. Until the new one is
/// safe the old one stays.
///
/// # Errors
///
/// Where it cannot be kept; then all is as it was.
pub fn keep(
    profile: &str,
    wanted: &Wanted,
    credential: &Credential,
    keeper: Keeper,
) -> Result<Login, CredentialError> {
    let secret = credential.secret().clone();
    let mut login = Login {
        kind: wanted.kind,
        origin: wanted.origin.clone(),
        client_id: credential.client().map(str::to_owned),
        kept: keeper,
        secret: None,
    };
    match keeper {
        Keeper::File => login.secret = Some(secret),
        Keeper::Keyring => {
            let text = in_one(&login, secret);
            keyring::set(&login.entry(profile), &text, wanted.patience)?;
        }
    }
    let before = alter(|shelf| shelf.profiles.insert(profile.to_owned(), login.clone()))?;
    // What the old login left in the keyring under another name is of no use any more.
    if let Some(before) = before
        && before.kept == Keeper::Keyring
        && (keeper == Keeper::File || before.origin != login.origin)
    {
        let _ = keyring::delete(&before.entry(profile), wanted.patience);
    }
    Ok(login)
}

fn in_one(login: &Login, secret: Secret) -> Secret {
    let entry = Entry {
        kind: login.kind,
        origin: login.origin.clone(),
        client_id: login.client_id.clone(),
        secret: Some(secret),
    };
    // Texts always have a form.
    Secret::new(serde_json::to_string(&entry).unwrap_or_default())
}

/// Forgets what was kept for a profile, and says what that was.
///
/// # Errors
///
/// Where the keyring does not let it go; then all is as it was.
pub fn forget(profile: &str, patience: Duration) -> Result<Option<Login>, CredentialError> {
    let Some(login) = login_of(profile)? else {
        return Ok(None);
    };
    if login.kept == Keeper::Keyring {
        keyring::delete(&login.entry(profile), patience)?;
    }
    alter(|shelf| shelf.profiles.remove(profile))
}

/// Lets a profile's login follow it to its new name.
///
/// # Errors
///
/// Where the keyring does not; then what was kept stays under the old name.
pub fn rename(profile: &str, new: &str, patience: Duration) -> Result<(), CredentialError> {
    let Some(login) = login_of(profile)? else {
        return Ok(());
    };
    if login.kept == Keeper::Keyring {
        let kept = keyring::get(&login.entry(profile), patience)?;
        let gone = || CredentialError::Gone {
            profile: profile.to_owned(),
        };
        keyring::set(&login.entry(new), &kept.ok_or_else(gone)?, patience)?;
    }
    alter(|shelf| {
        if let Some(login) = shelf.profiles.remove(profile) {
            shelf.profiles.insert(new.to_owned(), login);
        }
    })?;
    if login.kept == Keeper::Keyring {
        // It opens nothing that the new one does not.
        let _ = keyring::delete(&login.entry(profile), patience);
    }
    Ok(())
}

/// Alters the file, when it is our turn.
fn alter<T>(change: impl FnOnce(&mut Shelf) -> T) -> Result<T, CredentialError> {
    let path = path()?;
    let failed = |error: std::io::Error| unusable(&path, error.to_string());
    let held = Held::take(&path).map_err(failed)?;
    let text = Zeroizing::new(held.read().map_err(failed)?);
    let mut shelf = Shelf::parse(&text, &path)?;
    let done = change(&mut shelf);
    let text = serde_json::to_string_pretty(&shelf).unwrap_or_default();
    let text = Zeroizing::new(format!("{text}\n"));
    held.replace(&text).map_err(failed)?;
    Ok(done)
}
