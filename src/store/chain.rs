//! The chain of the history: each write is hashed together with the hash of the one before it.
//!
//! So the hash of the latest write stands for the whole history: whoever has noted it can tell
//! whether anything before it was altered, removed or put in since. What nobody noted is only as
//! safe as the store's file, since there is no secret in a hash: who alters a write and then
//! computes every later hash anew leaves no trace but another hash at the end.
//!
//! # What is hashed
//!
//! SHA-256, over these one behind the other. A number is 8 bytes, the highest first, in two's
//! complement; a text is the number of its bytes and then its bytes, UTF-8.
//!
//! 1. `flags history 1` and LF: 16 bytes that nothing else begins with, and the number of this
//!    list.
//! 2. The 32 bytes of the hash before; for the first write, zeros.
//! 3. Of the row in `revision`: the numbers `id` and `at`, the texts `actor` and `command`, and for
//!    `reason` the number 0, or the number 1 and the text.
//! 4. Of each of its rows in `change`, in the order of `position`: the number `position` and the
//!    text `body`.
//!
//! Nothing in between can be moved from one part to the next, and so no two writes are hashed
//! alike.

mod verify;

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::digest::{Context, SHA256};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::Entry;
use crate::domain::catalog::Revision;
use crate::domain::hex::hex;
pub use verify::{Evidence, Misfit, Tampering, Verification, Verifier};

const FORM: &[u8; 16] = b"flags history 1\n";

/// The bytes of a [`Digest`].
pub const DIGEST_LENGTH: usize = 32;

/// The hash of a write and of all before it. Written as 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Digest(pub [u8; DIGEST_LENGTH]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&hex(&self.0))
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A text is not a hash.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a hash: it is 64 hexadecimal digits, as `flags log verify` shows them")]
pub struct DigestError(String);

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let unreadable = || DigestError(text.to_owned());
        let digits = text.as_bytes().as_chunks::<2>();
        let (pairs, []) = digits else {
            return Err(unreadable());
        };
        if pairs.len() != DIGEST_LENGTH {
            return Err(unreadable());
        }
        let mut bytes = [0; DIGEST_LENGTH];
        for (byte, pair) in bytes.iter_mut().zip(pairs) {
            let digit = |ascii: u8| char::from(ascii).to_digit(16);
            let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else {
                return Err(unreadable());
            };
            *byte = u8::try_from(16 * high + low).map_err(|_| unreadable())?;
        }
        Ok(Self(bytes))
    }
}

/// Who wrote what, when and why, as it is kept: also what nobody of ours could have written.
#[derive(Debug, Clone, Copy)]
pub struct Signature<'r> {
    /// The revision's number.
    pub revision: i64,
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// Who.
    pub actor: &'r [u8],
    /// The command's name.
    pub command: &'r [u8],
    /// Why.
    pub reason: Option<&'r [u8]>,
}

impl<'e> From<&'e Entry> for Signature<'e> {
    fn from(entry: &'e Entry) -> Self {
        Self {
            revision: i64::try_from(entry.revision.0).unwrap_or(i64::MAX),
            at: entry.at,
            actor: entry.actor.as_bytes(),
            command: entry.command.as_bytes(),
            reason: entry.reason.as_deref().map(str::as_bytes),
        }
    }
}

/// The hash of one write in the making: a write of a million changes is fed row by row.
#[derive(Clone)]
pub struct Link(Context);

impl Link {
    /// Begins with the hash before and with who, when and why.
    pub fn new(before: &Digest, signature: &Signature<'_>) -> Self {
        let mut link = Self(Context::new(&SHA256));
        link.0.update(FORM);
        link.0.update(&before.0);
        link.number(signature.revision);
        link.number(signature.at);
        link.text(signature.actor);
        link.text(signature.command);
        match signature.reason {
            None => link.number(0),
            Some(reason) => {
                link.number(1);
                link.text(reason);
            }
        }
        link
    }

    /// Adds what is kept of the changes at a position. Positions ascend.
    pub fn change(&mut self, position: i64, body: &[u8]) {
        self.number(position);
        self.text(body);
    }

    /// The hash of all that was added.
    pub fn close(self) -> Digest {
        let mut digest = Digest::default();
        let hash = self.0.finish();
        for (byte, computed) in digest.0.iter_mut().zip(hash.as_ref()) {
            *byte = *computed;
        }
        digest
    }

    fn number(&mut self, number: i64) {
        self.0.update(&number.to_be_bytes());
    }

    fn text(&mut self, bytes: &[u8]) {
        self.number(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
        self.0.update(bytes);
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link")
    }
}

/// The end of the chain: the latest write and its hash.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The latest write; [`Revision::UNKNOWN`] before the first.
    pub revision: Revision,
    /// Its hash; zeros before the first.
    pub digest: Digest,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.revision, self.digest)
    }
}

impl FromStr for Head {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        let (revision, digest) = text.split_once(' ').unwrap_or_default();
        match (revision.parse(), digest.parse()) {
            (Ok(revision), Ok(digest)) => Ok(Self {
                revision: Revision(revision),
                digest,
            }),
            _ => Err(DigestError(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hashes were computed by another program, by what the module says above.
    #[test]
    fn a_hash_is_what_anybody_can_compute() {
        let first = Signature {
            revision: 1,
            at: 1_763_787_600_000,
            actor: b"tester",
            command: b"set",
            reason: None,
        };
        let mut link = Link::new(&Digest::default(), &first);
        link.change(0, br#"{"change":"x"}"#);
        link.change(1, "é".as_bytes());
        let before = link.close();
        let expected = "5cd8987593259a24c5d57e9c59634d69f94121e458bd5ae064fd10ff3565bdb5";
        assert_eq!(before.to_string(), expected);
        let second = Signature {
            revision: 2,
            at: -1,
            actor: b"",
            command: b"undo",
            reason: Some(b"why"),
        };
        let expected = "42a9276e051e8a4e231324a530488ee62a7994a655cd48313497e5e8be47d286";
        assert_eq!(Link::new(&before, &second).close().to_string(), expected);
    }

    #[test]
    fn a_hash_reads_back_and_nothing_else_is_one() {
        let text = "5cd8987593259a24c5d57e9c59634d69f94121e458bd5ae064fd10ff3565bdb5";
        let digest: Digest = text.parse().unwrap();
        assert_eq!(digest.to_string(), text);
        assert_eq!(text.to_uppercase().parse(), Ok(digest));
        for bad in [
            "",
            "5c",
            &text[1..],
            &format!("{text}00"),
            &text.replace('5', "g"),
        ] {
            assert_eq!(bad.parse::<Digest>(), Err(DigestError(bad.to_owned())));
        }
        let wide = text.replace("5c", "é");
        assert!(wide.parse::<Digest>().is_err());
    }
}
