//! Logins: how an application's user stays one without a password at every token.
//!
//! An application gets a refresh token, or an authorization code that it exchanges for one once.
//! Each use of a refresh token gives out the next one, and the old one opens nothing any more: if
//! it comes again, somebody has a copy, nobody can tell who, and the whole login ends (RFC 9700
//! §4.14.2). But an answer can be lost on its way, and an application can ask twice at once. So for
//! [`GRACE`] the token before gets the same answer again, as long as the next one was not used. For
//! that the next one is made from the one before and a number that is kept until then: neither the
//! store nor the old token alone tells it.
//!
//! A text is random and says which login it is for; of it only a hash is kept. Who has any text of a
//! login, even an old one, can end the login, and nothing more.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::domain::hex::hex;
use crate::domain::target::Id;
use crate::server::access::{KeyError, Secret, hash, random};

/// For how long a refresh token that was used gets the same answer again, in milliseconds.
pub const GRACE: i64 = 60_000;

/// For how long an authorization code can be exchanged, in milliseconds (RFC 6749 §4.1.2).
pub const CODE_LIFETIME: i64 = 600_000;

/// For how long a login can be renewed unless it is said otherwise, in milliseconds.
pub const LIFETIME: i64 = 90 * 86_400_000;

/// For how long it is known of a login that it ended, in milliseconds.
const MEMORY: i64 = 30 * 86_400_000;

/// What an application shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A refresh token.
    Refresh,
    /// An authorization code.
    Code,
}

impl Kind {
    fn lead(self) -> &'static str {
        match self {
            Self::Refresh => "rt_",
            Self::Code => "ac_",
        }
    }
}

/// A refresh token or a code: which login it is for, and the secret that proves it.
pub struct Ticket {
    kind: Kind,
    login: [u8; 16],
    secret: Zeroizing<[u8; 32]>,
}

impl Ticket {
    fn generate(kind: Kind) -> Result<Self, KeyError> {
        Ok(Self {
            kind,
            login: *random()?,
            secret: random()?,
        })
    }

    /// Reads a text; `None` if it is none of ours.
    pub fn read(kind: Kind, text: &str) -> Option<Self> {
        let encoded = text.strip_prefix(kind.lead())?;
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(encoded).ok()?);
        let (login, secret) = bytes.split_first_chunk()?;
        Some(Self {
            kind,
            login: *login,
            secret: Zeroizing::new(secret.try_into().ok()?),
        })
    }

    /// The name of the login's record, which is no secret.
    pub fn login(&self) -> String {
        let digest = digest(&SHA256, &self.login);
        hex(&digest.as_ref()[..10])
    }

    fn text(&self) -> Zeroizing<String> {
        let mut bytes = Zeroizing::new(self.login.to_vec());
        bytes.extend_from_slice(&*self.secret);
        let encoded = Zeroizing::new(URL_SAFE_NO_PAD.encode(&*bytes));
        Zeroizing::new(format!("{}{}", self.kind.lead(), &*encoded))
    }

    fn is(&self, kept: &str) -> bool {
        let own = hash(&self.text());
        verify_slices_are_equal(own.as_bytes(), kept.as_bytes()).is_ok()
    }

    /// The refresh token that follows, by the number that was drawn for it.
    fn next(&self, seed: &Seed) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &seed.0);
        let made = hmac::sign(&key, self.text().as_bytes());
        let mut secret = Zeroizing::new([0; 32]);
        secret.copy_from_slice(&made.as_ref()[..32]);
        Self {
            kind: Kind::Refresh,
            login: self.login,
            secret,
        }
    }
}

impl fmt::Debug for Ticket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ticket({:?})", self.kind)
    }
}

/// A number drawn for the next refresh token.
#[derive(Clone)]
pub struct Seed([u8; 32]);

impl Seed {
    /// Draws one.
    ///
    /// # Errors
    ///
    /// [`KeyError::NoRandomness`].
    pub fn draw() -> Result<Self, KeyError> {
        Ok(Self(*random()?))
    }

    fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(…)")
    }
}

/// What is kept of a login. All moments are milliseconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// Whose it is.
    pub user: Id,
    /// The id of the client that it belongs to: the first that used it, if none was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// When it began.
    pub created: i64,
    /// It ends at this moment.
    pub expires: i64,
    /// When it was last renewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<i64>,
    /// It ended before its time, at this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<i64>,
    /// The code that it began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// The hash of the refresh token that is good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    current: Option<String>,
    /// The refresh token before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous: Option<Previous>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    hash: String,
    expires: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redirect_uri: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Previous {
    hash: String,
    seed: String,
    used: i64,
}

/// What a login is to begin with.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Whose it is.
    pub user: Id,
    /// The client that it belongs to, if it is known already.
    pub client: Option<String>,
    /// When it ends.
    pub expires: i64,
    /// With what.
    pub kind: Kind,
    /// Where the code was sent, which whoever exchanges it has to repeat.
    pub redirect_uri: Option<String>,
}

/// A new login: the text for the application, the record for the store.
#[derive(Debug)]
pub struct NewLogin {
    /// The record's name.
    pub name: String,
    /// To be shown once.
    pub secret: Secret,
    /// To be kept.
    pub login: Login,
}

/// What a text opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is good: the login can be renewed.
    Good,
    /// It is not, or not for this client.
    Refused,
    /// It was good once: somebody has a copy, and the login has to end.
    Copied,
}

impl Login {
    /// Begins a login.
    ///
    /// # Errors
    ///
    /// [`KeyError::NoRandomness`].
    pub fn begin(beginning: Beginning, now: i64) -> Result<NewLogin, KeyError> {
        let ticket = Ticket::generate(beginning.kind)?;
        let text = ticket.text();
        let hashed = hash(&text);
        let mut login = Self {
            user: beginning.user,
            client: beginning.client,
            created: now,
            expires: beginning.expires,
            used: None,
            revoked: None,
            code: None,
            current: None,
            previous: None,
        };
        match beginning.kind {
            Kind::Refresh => login.current = Some(hashed),
            Kind::Code => {
                login.code = Some(Code {
                    hash: hashed,
                    expires: now.saturating_add(CODE_LIFETIME).min(beginning.expires),
                    redirect_uri: beginning.redirect_uri,
                });
            }
        }
        Ok(NewLogin {
            name: ticket.login(),
            secret: Secret::new(text),
            login,
        })
    }

    /// Reads a record; `None` if it is not one of a login.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// The body of its record.
    pub fn write(&self) -> String {
        // Texts and numbers always have a form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// When it ends by itself: a code that nobody exchanges does so soon.
    pub fn ends(&self) -> i64 {
        let code = self.code.as_ref().filter(|_| self.current.is_none());
        code.map_or(self.expires, |code| code.expires)
    }

    /// Whether it can be renewed, by whoever has its text.
    pub fn is_open(&self, now: i64) -> bool {
        self.revoked.is_none() && now < self.ends()
    }

    /// Whether it ended so long ago that nobody needs to know of it.
    pub fn is_forgotten(&self, now: i64) -> bool {
        let ended = self.revoked.unwrap_or(i64::MAX).min(self.ends());
        now.saturating_sub(ended) > MEMORY
    }

    /// What the ticket opens, shown by `client` (`None` where everybody may) for a redirect to
    /// `redirect_uri`.
    pub fn judge(
        &self,
        ticket: &Ticket,
        client: Option<&str>,
        redirect_uri: Option<&str>,
        now: i64,
    ) -> Verdict {
        let others = matches!((&self.client, client), (Some(own), Some(asks)) if own != asks);
        if others || self.revoked.is_some() || now >= self.expires {
            return Verdict::Refused;
        }
        match ticket.kind {
            Kind::Refresh => self.judge_refresh(ticket, now),
            Kind::Code => self.judge_code(ticket, redirect_uri, now),
        }
    }

    fn judge_refresh(&self, ticket: &Ticket, now: i64) -> Verdict {
        if self.current.as_ref().is_some_and(|kept| ticket.is(kept)) {
            return Verdict::Good;
        }
        let previous = self.previous.as_ref();
        let lost = previous.is_some_and(|before| {
            now.saturating_sub(before.used) <= GRACE && ticket.is(&before.hash)
        });
        match lost {
            true => Verdict::Good,
            false => Verdict::Copied,
        }
    }

    fn judge_code(&self, ticket: &Ticket, redirect_uri: Option<&str>, now: i64) -> Verdict {
        let Some(code) = self.code.as_ref().filter(|code| ticket.is(&code.hash)) else {
            return Verdict::Refused;
        };
        let elsewhere = code.redirect_uri.is_some() && code.redirect_uri.as_deref() != redirect_uri;
        match self.current {
            Some(_) => Verdict::Copied,
            None if elsewhere || now >= code.expires => Verdict::Refused,
            None => Verdict::Good,
        }
    }

    /// Renews the login for a ticket that is good, and gives the refresh token that is good from
    /// now on. Of a ticket that was used a moment ago it is the one that was given then.
    pub fn renew(
        &mut self,
        ticket: &Ticket,
        client: Option<&str>,
        seed: &Seed,
        now: i64,
    ) -> Secret {
        self.client = self.client.take().or_else(|| client.map(str::to_owned));
        let again = self
            .previous
            .as_ref()
            .filter(|before| ticket.is(&before.hash));
        let kept = again.and_then(|before| Seed::read(&before.seed));
        if let Some(kept) = kept {
            return Secret::new(ticket.next(&kept).text());
        }
        let next = ticket.next(seed).text();
        self.current = Some(hash(&next));
        self.used = Some(now);
        self.previous = (ticket.kind == Kind::Refresh).then(|| Previous {
            hash: hash(&ticket.text()),
            seed: seed.write(),
            used: now,
        });
        Secret::new(next)
    }

    /// Ends the login.
    pub fn revoke(&mut self, now: i64) {
        self.revoked.get_or_insert(now);
    }
}

#[cfg(test)]
mod tests;
