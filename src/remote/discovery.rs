//! Where an issuer keeps its keys, told by the issuer itself.
//!
//! OpenID Connect Discovery 1.0 §4 puts the answer below the issuer's URL, RFC 8414 §3 beside it;
//! the first is asked for first, since nearly everybody has it. The document has to name the very
//! issuer that was asked for (§4.3, §3.3): else one tenant of a server could speak for another.

use std::str::FromStr;

use jiff::Timestamp;
use serde::Deserialize;
use thiserror::Error;

use super::address::{Address, AddressError};
use super::documents::{Documents, Wanted};
use super::error::{RemoteError, Unfit, quoted};

/// An issuer by its URL, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerUrl {
    text: String,
    address: Address,
}

/// Why a text is not the URL of an issuer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IssuerError {
    /// Nothing may be fetched from there.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// An issuer has no query (OpenID Connect Discovery §3).
    #[error("it has a query (`?…`), which an issuer's URL never has: leave it out")]
    Query,
}

impl FromStr for IssuerUrl {
    type Err = IssuerError;

    fn from_str(text: &str) -> Result<Self, IssuerError> {
        let address: Address = text.parse()?;
        if address.has_query() {
            return Err(IssuerError::Query);
        }
        let text = text.to_owned();
        Ok(Self { text, address })
    }
}

impl IssuerUrl {
    /// `<issuer>/.well-known/openid-configuration`
    fn below(&self) -> Address {
        let path = self.path();
        self.address
            .with_path(&format!("{path}/.well-known/openid-configuration"))
    }

    /// `<server>/.well-known/oauth-authorization-server/<path of the issuer>`
    fn beside(&self) -> Address {
        let path = self.path();
        self.address
            .with_path(&format!("/.well-known/oauth-authorization-server{path}"))
    }

    fn path(&self) -> &str {
        let path = self.address.url().path();
        path.strip_suffix('/').unwrap_or(path)
    }
}

/// What an issuer says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Its name, letter by letter as it stands in the `iss` of its tokens.
    pub name: String,
    /// Where its keys are.
    pub keys: Address,
}

/// Asks an issuer where its keys are; the answer is kept as long as its server allows.
///
/// # Errors
///
/// Whatever keeps the answer from being fetched; an answer that names another issuer, or no keys,
/// or keys at a place that we do not fetch from.
pub fn find(
    documents: &Documents,
    issuer: &IssuerUrl,
    now: Timestamp,
) -> Result<Issuer, RemoteError> {
    let (place, otherwise) = (issuer.below(), issuer.beside());
    let check = |text: &str| read(issuer, text).map(|_| ());
    let wanted = Wanted {
        place: &place,
        otherwise: Some(&otherwise),
        check: &check,
    };
    let document = documents.get(&wanted, now)?;
    read(issuer, &document.text).map_err(|unfit| RemoteError::Unfit {
        address: place.to_string(),
        unfit,
    })
}

/// As much of the document as we need.
#[derive(Deserialize)]
struct Told {
    issuer: String,
    jwks_uri: Option<String>,
}

fn read(asked: &IssuerUrl, text: &str) -> Result<Issuer, Unfit> {
    let told: Told =
        serde_json::from_str(text).map_err(|error| Unfit::of_json(&error, Unfit::NoIssuer))?;
    if !is_same(&told.issuer, &asked.text) {
        return Err(Unfit::OtherIssuer {
            asked: quoted(&asked.text),
            found: quoted(&told.issuer),
        });
    }
    let keys = told.jwks_uri.ok_or(Unfit::NoKeysAddress)?;
    let keys: Address = keys.parse().map_err(Unfit::KeysAddress)?;
    // What came encrypted must not lead to what does not.
    if asked.address.is_encrypted() && !keys.is_encrypted() {
        return Err(Unfit::KeysAddress(AddressError::Plain));
    }
    Ok(Issuer {
        name: told.issuer,
        keys,
    })
}

/// Letter by letter, but for the slash at the end: people leave it out or add it, the document
/// says how it is right, and no issuer is told from another by it.
fn is_same(told: &str, asked: &str) -> bool {
    let bare = |text: &str| text.strip_suffix('/').unwrap_or(text).to_owned();
    bare(told) == bare(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_places_are_those_of_the_standards() {
        for (issuer, below, beside) in [
            (
                "https://issuer.example",
                "https://issuer.example/.well-known/openid-configuration",
                "https://issuer.example/.well-known/oauth-authorization-server",
            ),
            (
                "https://issuer.example/",
                "https://issuer.example/.well-known/openid-configuration",
                "https://issuer.example/.well-known/oauth-authorization-server",
            ),
            (
                "https://issuer.example:8443/realms/a/",
                "https://issuer.example:8443/realms/a/.well-known/openid-configuration",
                "https://issuer.example:8443/.well-known/oauth-authorization-server/realms/a",
            ),
        ] {
            let url: IssuerUrl = issuer.parse().unwrap();
            assert_eq!(url.below().as_str(), below, "{issuer}");
            assert_eq!(url.beside().as_str(), beside, "{issuer}");
        }
    }

    #[test]
    fn an_issuer_has_no_query_and_is_fetched_like_everything_else() {
        let parsed = |text: &str| text.parse::<IssuerUrl>();
        assert_eq!(parsed("https://a.example/?b"), Err(IssuerError::Query));
        let plain = IssuerError::Address(AddressError::Plain);
        assert_eq!(parsed("http://a.example/"), Err(plain));
    }

    #[test]
    fn another_issuer_is_refused_and_a_slash_makes_none() {
        let asked: IssuerUrl = "https://a.example/realms/a".parse().unwrap();
        let told = |issuer: &str| {
            let document = serde_json::json!({"issuer": issuer, "jwks_uri": "https://k.example/"});
            read(&asked, &document.to_string()).map(|issuer| issuer.name)
        };
        for same in ["https://a.example/realms/a", "https://a.example/realms/a/"] {
            assert_eq!(told(same), Ok(same.to_owned()), "{same}");
        }
        for other in [
            "https://a.example/realms/b",
            "https://a.example/realms/a//",
            "https://A.example/realms/a",
            "https://a.example:443/realms/a",
            "https://a.example/realms/a/x",
            "http://a.example/realms/a",
            "",
        ] {
            let refused = told(other);
            assert!(matches!(refused, Err(Unfit::OtherIssuer { .. })), "{other}");
        }
    }

    #[test]
    fn keys_are_not_fetched_from_where_they_may_be_altered() {
        let near: IssuerUrl = "http://localhost:1/".parse().unwrap();
        let far: IssuerUrl = "https://a.example".parse().unwrap();
        let read = |asked: &IssuerUrl, keys: &str| {
            let document = serde_json::json!({"issuer": asked.text, "jwks_uri": keys});
            read(asked, &document.to_string()).map(|issuer| issuer.keys.to_string())
        };
        let local = "http://localhost:1/keys";
        assert_eq!(read(&near, local), Ok(local.to_owned()));
        let plain = Err(Unfit::KeysAddress(AddressError::Plain));
        assert_eq!(read(&far, local), plain);
        assert_eq!(read(&far, "http://a.example/keys"), plain);
        let scheme = Err(Unfit::KeysAddress(AddressError::Scheme));
        assert_eq!(read(&far, "file:///etc/passwd"), scheme);
    }

    #[test]
    fn a_document_that_could_be_read_in_two_ways_is_not_read() {
        let asked: IssuerUrl = "https://a.example".parse().unwrap();
        let twice = r#"{"issuer":"https://a.example","issuer":"https://a.example"}"#;
        assert_eq!(read(&asked, twice), Err(Unfit::NoIssuer));
        assert_eq!(read(&asked, "{}"), Err(Unfit::NoIssuer));
        let without = r#"{"issuer":"https://a.example"}"#;
        assert_eq!(read(&asked, without), Err(Unfit::NoKeysAddress));
        assert!(matches!(
            read(&asked, "<html>"),
            Err(Unfit::NotJson { line: 1, column: 1 })
        ));
    }
}
