//! Where reports go, and which ones.
//!
//! The address of an incoming webhook is a password: whoever has it can post. So it is kept with the
//! store, which is private to its owner, and shown to nobody; its server's name has to do.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;
use zeroize::Zeroizing;

use super::event::NAMES;
use crate::domain::catalog::Revision;
use crate::remote::{Address, AddressError};

/// A text that is shown nowhere.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Hidden(Zeroizing<String>);

/// Written for the store alone.
impl Serialize for Hidden {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Hidden {
    /// The text itself: for the one who sends.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(…)")
    }
}

/// Why something is not a destination. No message repeats an address or a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DestinationError {
    /// Not a name.
    #[error(
        "{0:?} is not a name for a destination: a lowercase letter or digit, then at most 63 of \
         a-z, 0-9, `-` and `_`"
    )]
    Name(String),
    /// Names no event.
    #[error(
        "{0:?} is no event: write one of {names}, or the beginning of some, such as flag.*",
        names = NAMES.join(", ")
    )]
    Event(String),
    /// Plain `http` to another machine.
    #[error(
        "the address is plain http to another machine, where anybody in between could read and \
         alter what is sent: reports go by https, and by http on this machine alone"
    )]
    Plain,
    /// A user name or a password in the address.
    #[error(
        "the address has a user name or password in it: leave them out, a webhook is signed instead"
    )]
    Credentials,
    /// No address for another reason.
    #[error("the address cannot be used: {0}")]
    Address(AddressError),
    /// The secret signs nothing.
    #[error("the signing secret is too short: it needs at least {SHORTEST_SECRET} characters")]
    ShortSecret,
    /// The secret is no text for one line.
    #[error("the signing secret has white space or control characters in it")]
    OddSecret,
}

/// Shorter ones can be guessed.
const SHORTEST_SECRET: usize = 16;

/// The name of a destination.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DestinationName(Box<str>);

impl DestinationName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DestinationName {
    type Err = DestinationError;

    fn from_str(text: &str) -> Result<Self, DestinationError> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let shaped = (1..=64).contains(&text.len())
            && text.bytes().next().is_some_and(plain)
            && text.bytes().all(|b| plain(b) || matches!(b, b'-' | b'_'));
        match shaped {
            true => Ok(Self(text.into())),
            false => Err(DestinationError::Name(text.to_owned())),
        }
    }
}

impl fmt::Display for DestinationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a destination understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Messages of a Slack incoming webhook.
    Slack,
    /// WorkOS's event envelope, signed.
    Webhook,
}

impl Kind {
    /// The name as it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Webhook => "webhook",
        }
    }
}

/// Which events are wanted: a name, or the beginning of names with `*` behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wanted(String);

impl Wanted {
    /// Whether the event is among them.
    pub fn includes(&self, event: &str) -> bool {
        match self.0.strip_suffix('*') {
            Some(beginning) => event.starts_with(beginning),
            None => self.0 == event,
        }
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Wanted {
    type Err = DestinationError;

    fn from_str(text: &str) -> Result<Self, DestinationError> {
        let wanted = Self(text.to_owned());
        match NAMES.iter().any(|name| wanted.includes(name)) {
            true => Ok(wanted),
            false => Err(DestinationError::Event(text.to_owned())),
        }
    }
}

/// Where reports go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Destination {
    /// What it understands.
    pub kind: Kind,
    /// Its address.
    pub url: Hidden,
    /// What reports are signed with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Hidden>,
    /// Which events it wants: those of any of these.
    pub events: Vec<Wanted>,
    /// Whether it may be within this network.
    #[serde(default)]
    pub private: bool,
    /// When it was added, in milliseconds since 1970, UTC.
    pub created: i64,
    /// What was written up to here is not reported.
    pub since: Revision,
}

impl Destination {
    /// Reads a record; `None` if it is not one of a destination.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// The body of its record.
    pub fn write(&self) -> String {
        // Texts and numbers always have a form.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Its address as one that can be sent to.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn address(&self) -> Result<Address, DestinationError> {
        address(self.url.reveal())
    }

    /// Its server's name, which is all that is shown of the address.
    pub fn server(&self) -> String {
        self.address()
            .map(|address| address.server())
            .unwrap_or_default()
    }

    /// Whether it wants the event.
    pub fn wants(&self, event: &str) -> bool {
        self.events.iter().any(|wanted| wanted.includes(event))
    }
}

/// Reads an address that reports may go to.
///
/// # Errors
///
/// Why they may not.
pub fn address(text: &str) -> Result<Address, DestinationError> {
    text.parse().map_err(|error| match error {
        AddressError::Plain => DestinationError::Plain,
        AddressError::Credentials => DestinationError::Credentials,
        other => DestinationError::Address(other),
    })
}

/// Reads a signing secret.
///
/// # Errors
///
/// Why it cannot be one.
pub fn secret(text: &str) -> Result<Hidden, DestinationError> {
    if text.len() < SHORTEST_SECRET {
        return Err(DestinationError::ShortSecret);
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(DestinationError::OddSecret);
    }
    Ok(text.to_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_secret_is_in_a_name_that_can_be_shown() {
        let destination = Destination {
            kind: Kind::Slack,
            url: "https://hooks.slack.com/services/T0/B0/canary"
                .to_owned()
                .into(),
            secret: Some(secret("canary-canary-canary").unwrap()),
            events: vec!["flag.*".parse().unwrap()],
            private: false,
            created: 0,
            since: Revision(1),
        };
        let shown = format!("{destination:?} {}", destination.server());
        assert!(!shown.contains("canary"), "{shown}");
        assert_eq!(destination.server(), "https://hooks.slack.com");
        assert_eq!(Destination::read(&destination.write()), Some(destination));
        for bad in [
            "http://canary.example/x",
            "https://canary:x@h/",
            "canary",
            "ftp://canary/",
        ] {
            let told = address(bad).unwrap_err().to_string();
            assert!(!told.contains("canary"), "{told}");
        }
        for bad in ["canary", "canary canary canary"] {
            let told = secret(bad).unwrap_err().to_string();
            assert!(!told.contains("canary"), "{told}");
        }
    }

    #[test]
    fn events_are_wanted_by_name_or_by_how_their_names_begin() {
        let wanted = |text: &str| text.parse::<Wanted>();
        assert!(wanted("flag.*").unwrap().includes("flag.rule_updated"));
        assert!(!wanted("flag.created").unwrap().includes("flag.deleted"));
        assert!(wanted("*").unwrap().includes("entitlements.plan.created"));
        for bad in ["", "flags.*", "flag", "flag.made", "**"] {
            assert!(wanted(bad).is_err(), "{bad}");
        }
    }
}
