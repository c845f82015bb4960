//! Whom a copy may be shown to: whoever shows what it was read with.
//!
//! A place shows each key its own part of the world, so what was read with one key is not shown to
//! the holder of another. A copy says which key it was read with by a salted hash, from which no key
//! can be had and no two copies can be told to be of one. What `flags auth login` keeps needs no
//! comparison, and so no keyring opened offline: a login takes away what was read before it.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use serde::{Deserialize, Serialize};

use crate::domain::hex::{hex, unhex};
use crate::remote::api::{Credential, Known};

/// Who asks, as far as copies are concerned.
#[derive(Clone)]
pub struct Reader {
    known: Known,
    /// Whether the credential is the one that was kept for the profile.
    is_kept: Arc<dyn Fn() -> bool + Send + Sync>,
}

/// What a copy was read with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark {
    salt: String,
    hash: String,
    /// Whether it was what was kept for the profile.
    kept: bool,
}

impl Reader {
    /// Whoever is known by a credential. Neither it nor whether it `is_kept` for the profile is
    /// looked for before a copy is made or found.
    pub fn new(known: Known, is_kept: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self {
            known,
            is_kept: Arc::new(is_kept),
        }
    }

    /// Nobody in particular, for whoever only takes copies away.
    pub fn nobody() -> Self {
        Self::new(Credential::None.into(), || false)
    }

    /// The mark of a copy that is made now; `None` where anybody could read it. An error where
    /// nothing can be marked, and so nothing be kept.
    pub(super) fn mark(&self) -> Result<Option<Mark>, Unmarked> {
        let known = self.known.get().map_err(|_| Unmarked)?;
        if known.is_none() {
            return Ok(None);
        }
        let mut salt = [0; 16];
        aws_lc_rs::rand::fill(&mut salt).map_err(|_| Unmarked)?;
        Ok(hash(&salt, known).map(|hash| Mark {
            salt: hex(&salt),
            hash: hex(&hash),
            kept: (self.is_kept)(),
        }))
    }

    /// Whether a copy with the mark may be shown.
    pub(super) fn may_see(&self, mark: Option<&Mark>) -> bool {
        let Some(mark) = mark else {
            return true;
        };
        if mark.kept && (self.is_kept)() {
            return true;
        }
        let (Some(salt), Some(hashed)) = (unhex::<16>(&mark.salt), unhex::<32>(&mark.hash)) else {
            return false;
        };
        let known = self.known.get().ok();
        let hash = known.and_then(|known| hash(&salt, known));
        hash.is_some_and(|hash| verify_slices_are_equal(&hash, &hashed).is_ok())
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

/// Nobody could tell later whom the copy may be shown to.
#[derive(Debug)]
pub(super) struct Unmarked;

fn hash(salt: &[u8], known: &Credential) -> Option<Vec<u8>> {
    let (client, secret) = match known {
        Credential::None => return None,
        Credential::Bearer(secret) => ("", secret),
        Credential::Body {
            client_id,
            client_secret,
        } => (client_id.as_str(), client_secret),
    };
    let mut text = zeroize::Zeroizing::new(Vec::new());
    text.extend_from_slice(client.as_bytes());
    text.push(0);
    text.extend_from_slice(secret.expose().as_bytes());
    Some(sign(&Key::new(HMAC_SHA256, salt), &text).as_ref().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    fn reader(key: Option<&str>, kept: bool) -> Reader {
        let credential = key.map_or(Credential::None, |key| Credential::Bearer(Secret::new(key)));
        Reader::new(credential.into(), move || kept)
    }

    #[test]
    fn a_copy_is_shown_to_whoever_has_the_key_that_it_was_read_with() {
        let mark = reader(Some("sk_1"), false).mark().unwrap();
        let may = |reader: Reader| reader.may_see(mark.as_ref());
        assert!(may(reader(Some("sk_1"), false)));
        assert!(may(reader(Some("sk_1"), true)));
        assert!(!may(reader(Some("sk_2"), false)));
        assert!(!may(reader(Some("sk_2"), true)));
        assert!(!may(reader(None, false)));
        assert!(!may(reader(None, true)));
        let open = reader(None, false).mark().unwrap();
        assert!(open.is_none() && reader(Some("sk_1"), false).may_see(None));
    }

    #[test]
    fn what_is_kept_for_a_profile_is_not_looked_for() {
        let mark = reader(Some("sk_1"), true).mark().unwrap();
        let locked = Known::sought(|| Err("the keyring is locked".into()));
        let locked = Reader::new(locked, || true);
        assert!(locked.may_see(mark.as_ref()));
        assert!(locked.mark().is_err());
    }

    #[test]
    fn two_copies_of_one_key_have_nothing_in_common_and_nothing_of_the_key() {
        let marks: Vec<Mark> = (0..2)
            .filter_map(|_| reader(Some("sk_live_abc"), false).mark().unwrap())
            .collect();
        assert_ne!(marks[0].salt, marks[1].salt);
        assert_ne!(marks[0].hash, marks[1].hash);
        assert!(!serde_json::to_string(&marks).unwrap().contains("abc"));
    }
}
