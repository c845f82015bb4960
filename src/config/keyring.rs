//! The keyring of the operating system: Secret Service, Keychain or Credential Manager.
//!
//! A keyring is another program, and it may be asking its owner for a password on a screen that
//! nobody looks at. So every call to it has a limit, and one that is late is left behind on a thread
//! of its own, which ends with the process. What a keyring says of its errors may hold what is kept
//! in it; only the kinds of error that cannot are told.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};
use thiserror::Error as ThisError;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// What our entries are listed under.
const SERVICE: &str = "flags";

/// The keyring does not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub enum KeyringError {
    /// There is none, or nobody answers for it.
    #[error("there is no keyring here: {0}")]
    Absent(String),
    /// It is locked, and stays so.
    #[error("the keyring is locked, or does not let us in: {0}")]
    Locked(String),
    /// It does not answer.
    #[error(
        "the keyring did not answer within {} s: it may be asking for its password somewhere",
        .0.as_secs()
    )]
    Late(Duration),
    /// It failed in another way.
    #[error("the keyring failed: {0}")]
    Failed(String),
}

/// What is kept under a name.
///
/// # Errors
///
/// Where the keyring cannot be used; that it has nothing of the name is none.
pub fn get(name: &str, patience: Duration) -> Result<Option<Secret>, KeyringError> {
    let name = name.to_owned();
    let found = within(patience, move || match entry(&name)?.get_secret() {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(of_keyring(error)),
    })?;
    found
        .map(|bytes| match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(Secret::new(text)),
            Err(_) => Err(KeyringError::Failed("what it has is no text".to_owned())),
        })
        .transpose()
}

/// Keeps a secret under a name, in the place of what was there.
///
/// # Errors
///
/// Where the keyring cannot be used.
pub fn set(name: &str, secret: &Secret, patience: Duration) -> Result<(), KeyringError> {
    let (name, secret) = (name.to_owned(), secret.clone());
    within(patience, move || {
        let bytes = secret.expose().as_bytes();
        entry(&name)?.set_secret(bytes).map_err(of_keyring)
    })
}

/// Forgets what is kept under a name, and says whether there was anything.
///
/// # Errors
///
/// Where the keyring cannot be used.
pub fn delete(name: &str, patience: Duration) -> Result<bool, KeyringError> {
    let name = name.to_owned();
    within(patience, move || match entry(&name)?.delete_credential() {
        Ok(()) => Ok(true),
        Err(Error::NoEntry) => Ok(false),
        Err(error) => Err(of_keyring(error)),
    })
}

fn entry(name: &str) -> Result<Entry, KeyringError> {
    if let Err(error) = Entry::store_status() {
        return Err(KeyringError::Absent(reason(error)));
    }
    Entry::new(SERVICE, name).map_err(of_keyring)
}

/// Does something within a limit.
fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> Result<T, KeyringError> + Send + 'static,
) -> Result<T, KeyringError> {
    let (tell, told) = sync_channel(1);
    let spawned = thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            // Whoever has waited too long hears nothing any more.
            let _ = tell.send(work());
        });
    spawned.map_err(|error| KeyringError::Failed(error.to_string()))?;
    match told.recv_timeout(patience) {
        Ok(done) => done,
        Err(RecvTimeoutError::Timeout) => Err(KeyringError::Late(patience)),
        Err(RecvTimeoutError::Disconnected) => {
            Err(KeyringError::Failed("it ended in the middle".to_owned()))
        }
    }
}

fn of_keyring(error: Error) -> KeyringError {
    let said = reason(&error);
    match error {
        Error::NoStorageAccess(_) => KeyringError::Locked(said),
        Error::NoDefaultStore => KeyringError::Absent(said),
        _ => KeyringError::Failed(said),
    }
}

/// Why, in one line and without what is kept.
fn reason(error: &Error) -> String {
    let said = match error {
        Error::PlatformFailure(cause) | Error::NoStorageAccess(cause) => cause.to_string(),
        Error::NoDefaultStore => "no kind of keyring is known for this system".to_owned(),
        Error::Ambiguous(_) => "it has several entries of the same name".to_owned(),
        Error::TooLong(what, most) => format!("{what} may have {most} characters at most"),
        Error::NotSupportedByStore(what) | Error::BadStoreFormat(what) => what.clone(),
        _ => "it gave no reason that can be shown".to_owned(),
    };
    let line = said.split('\n').next().unwrap_or_default();
    line.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn who_does_not_answer_is_waited_for_no_longer_than_the_limit() {
        let before = Instant::now();
        let limit = Duration::from_millis(50);
        let late = within(limit, || {
            thread::sleep(Duration::from_secs(20));
            Ok(())
        });
        assert_eq!(late, Err(KeyringError::Late(limit)));
        assert!(before.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn what_a_keyring_holds_is_in_none_of_its_errors() {
        let kept = b"sk_canary".to_vec();
        for error in [
            Error::BadEncoding(kept.clone()),
            Error::BadDataFormat(kept, "broken".into()),
        ] {
            let told = of_keyring(error);
            assert!(!format!("{told} {told:?}").contains("canary"));
        }
    }
}
