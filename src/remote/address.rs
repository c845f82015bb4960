//! Where a document may be fetched from, and where a call may go.
//!
//! Whoever can alter a key document on its way can sign tokens that we then call good, and whoever
//! can read a call has its credential, so both go over `https`. Plain `http` is for this machine
//! alone, where nobody stands in between. The rules are the same for an address that an operator
//! typed and for one that a server named.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use reqwest::Url;
use thiserror::Error;

use super::post::is_inside;

/// The longest address that is taken; longer ones are refused by many servers as well.
const MAX_BYTES: usize = 2048;

/// The address of a document or a server: `https`, or `http` on this machine, and nothing secret in it.
///
/// It displays without its query, where some servers keep a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(Url);

/// Why a text is not an address. No message repeats the text, which may have a password in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddressError {
    /// It is no URL at all.
    #[error("it is not a URL ({0}): write it in full, such as https://issuer.example/keys")]
    NotAUrl(String),
    /// It is longer than any address needs to be.
    #[error("it has {0} bytes: a URL may have at most {MAX_BYTES}")]
    TooLong(usize),
    /// It has white space or control characters in it, which a parser would pass over.
    #[error("it has white space or control characters in it, which no URL has")]
    Blank,
    /// Neither `https` nor `http`.
    #[error("its scheme is not https: nothing else is used")]
    Scheme,
    /// Plain `http` to another machine.
    #[error(
        "it is plain http to another machine, where anybody in between could read and alter what \
         passes: only https is used, and http on this machine"
    )]
    Plain,
    /// A user name or a password.
    #[error(
        "it has a user name or password in it: leave them out, an address is no place for a secret"
    )]
    Credentials,
    /// Something behind a `#`.
    #[error("it has a fragment (`#…`), which is never sent: leave it out")]
    Fragment,
}

impl Address {
    /// The address that a URL is.
    pub(super) fn of(url: Url) -> Result<Self, AddressError> {
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(&url) => {}
            "http" => return Err(AddressError::Plain),
            _ => return Err(AddressError::Scheme),
        }
        if has_credentials(&url) {
            return Err(AddressError::Credentials);
        }
        if url.fragment().is_some() {
            return Err(AddressError::Fragment);
        }
        Ok(Self(url))
    }

    /// The URL.
    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    /// The URL as one text, its query included: to tell addresses apart, not to be shown.
    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether what is fetched from here travels encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether it names this machine.
    pub fn is_this_machine(&self) -> bool {
        is_this_machine(&self.0)
    }

    /// The server alone, such as `https://hooks.example`: of an address whose path is a secret.
    pub fn server(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The host's name, or its address as it is written, to look for it.
    pub fn host_name(&self) -> &str {
        self.host()
    }

    /// The port, the usual one where none is written.
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// The host's name, or its address as it is written.
    pub(super) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The host's address, where no name stands for it.
    pub(super) fn literal(&self) -> Option<IpAddr> {
        let host = self.host();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        bare.parse().ok()
    }

    /// Whether it is that of a host which only this network reaches; of a name nobody knows before
    /// it is looked up.
    pub fn is_within_network(&self) -> bool {
        !self.is_this_machine() && self.literal().is_some_and(is_inside)
    }

    /// Whether it has a query.
    pub(super) fn has_query(&self) -> bool {
        self.0.query().is_some()
    }

    /// The address of a path below this one, without a query.
    pub(super) fn below(&self, path: &str) -> Self {
        let below = format!("{}{path}", self.0.path().trim_end_matches('/'));
        self.with_path(&below)
    }

    /// The address of names below this one, one below the other, each of them encoded so that it
    /// stays one.
    pub(super) fn within(&self, names: &[String]) -> Self {
        let mut url = self.0.clone();
        url.set_query(None);
        // Every URL of a server has a path.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(names);
        }
        Self(url)
    }

    /// The address with another path on the same server, and no query.
    pub(super) fn with_path(&self, path: &str) -> Self {
        let mut url = self.0.clone();
        url.set_path(path);
        url.set_query(None);
        Self(url)
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if text.len() > MAX_BYTES {
            return Err(AddressError::TooLong(text.len()));
        }
        if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(AddressError::Blank);
        }
        let url = Url::parse(text).map_err(|error| AddressError::NotAUrl(error.to_string()))?;
        Self::of(url)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

/// Whether a URL has a user name or a password in it.
pub(super) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// A URL without what may be secret in it. It is ASCII, since a parser wrote it.
pub(super) fn shown(url: &Url) -> String {
    let server = url.origin().ascii_serialization();
    let query = if url.query().is_some() { "?…" } else { "" };
    format!("{server}{}{query}", url.path())
}

/// `localhost`, `127.0.0.0/8` and `::1`.
fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_this_machine() {
        for good in [
            "https://issuer.example/keys",
            "https://issuer.example:8443/a?b=c",
            "http://localhost:8080/keys",
            "http://127.0.0.1/keys",
            "http://127.9.9.9:1/keys",
            "http://[::1]:8080/keys",
            "http://0x7f.1/keys",
        ] {
            assert!(good.parse::<Address>().is_ok(), "{good}");
        }
    }

    #[test]
    fn what_may_be_altered_on_its_way_or_holds_a_secret_is_refused() {
        use AddressError::{Blank, Credentials, Fragment, NotAUrl, Plain, Scheme, TooLong};
        let relative = "relative URL without a base".to_owned();
        let long = format!("https://issuer.example/{}", "a".repeat(MAX_BYTES));
        for (bad, why) in [
            ("http://issuer.example/keys", Plain),
            ("http://localhost.example/keys", Plain),
            ("http://a.localhost/keys", Plain),
            ("http://128.0.0.1/keys", Plain),
            ("http://[::ffff:127.0.0.1]/keys", Plain),
            ("http://[::2]/keys", Plain),
            ("ftp://issuer.example/keys", Scheme),
            ("file:///etc/passwd", Scheme),
            ("data:application/json,{}", Scheme),
            ("https://user@issuer.example/", Credentials),
            ("https://:word@issuer.example/", Credentials),
            ("https://issuer.example/#keys", Fragment),
            ("https://issuer.example/a b", Blank),
            ("https://issuer\t.example/", Blank),
            ("issuer.example/keys", NotAUrl(relative)),
            (&long, TooLong(long.len())),
        ] {
            assert_eq!(bad.parse::<Address>(), Err(why), "{bad}");
        }
    }

    #[test]
    fn no_secret_is_shown() {
        let address: Address = "https://issuer.example/keys?token=secret".parse().unwrap();
        assert_eq!(address.to_string(), "https://issuer.example/keys?…");
        for bad in ["https://user:secret@/", "user:secret@issuer.example"] {
            let error = bad.parse::<Address>().unwrap_err();
            assert!(!error.to_string().contains("secret"), "{bad}: {error}");
        }
    }
}
