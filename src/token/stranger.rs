//! Texts that are handed in for a token and are something else.
//!
//! "Three parts, this text has one" is true of an API key, of a session cookie and of an opaque
//! token, and helps with none of them. Each is told apart here by how it begins. Most of them are
//! secrets, so what is said of one repeats nothing of it.

use std::fmt;

use serde_json::Value;

use super::decode::{MAX_TOKEN_BYTES, begins_with};
use super::strict_json;
use super::wrapping::taken_from_json;

/// The shortest text that is called an opaque token: what is shorter is more likely a slip.
const SHORTEST_OPAQUE: usize = 20;

/// Something that is often taken for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stranger {
    /// Not UTF-8, of which what cannot be read has been replaced: mostly UTF-16.
    NotUtf8,
    /// `sk_…`: an API key, as WorkOS's.
    ApiKey,
    /// A cookie, or a session sealed as `Fe26.2*…`, as WorkOS's SDKs keep it in one.
    SessionCookie,
    /// A key or certificate: `-----BEGIN …`.
    Pem,
    /// A JSON Web Key, or a set of them (RFC 7517).
    Keys,
    /// A JSON document without an access token.
    Document,
    /// The first part of a token alone.
    FirstPart,
    /// One long word: a token that only its issuer can read.
    Opaque,
}

impl Stranger {
    /// Which of them a text is, if any. Of what is left when
    /// [what is around it](super::unpack) has been taken off.
    #[must_use]
    pub fn recognise(text: &str) -> Option<Self> {
        if text.len() > MAX_TOKEN_BYTES {
            return None;
        }
        if text.contains(['\u{fffd}', '\0']) {
            return Some(Self::NotUtf8);
        }
        if text.starts_with("sk_") {
            return Some(Self::ApiKey);
        }
        if is_cookie(text) {
            return Some(Self::SessionCookie);
        }
        if text.starts_with("-----BEGIN ") {
            return Some(Self::Pem);
        }
        if text.starts_with('{') {
            return document(text);
        }
        if text.len() < SHORTEST_OPAQUE || !text.bytes().all(is_symbol) {
            return None;
        }
        // `{"` in base64url: how the header of every token begins.
        match text.starts_with("ey") {
            true => Some(Self::FirstPart),
            false => Some(Self::Opaque),
        }
    }

    /// What to do about it.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::NotUtf8 => {
                "save it as UTF-8 without a byte-order mark: PowerShell's `>` does not"
            }
            Self::ApiKey => {
                "hand over the access token that a user got; a key that others may have seen is to \
                 be replaced where it was made"
            }
            Self::SessionCookie => {
                "let the application open it with its cookie password, and hand over the access \
                 token that is in it"
            }
            Self::Pem => "hand over the token; keep a private key to yourself",
            Self::Keys => "hand over the token that is to be read, not the keys",
            Self::Document => {
                "hand over the token itself, or the whole answer of a token endpoint, which has it \
                 as `access_token`"
            }
            Self::FirstPart => "copy all of it: a double click marks the text up to the first dot",
            Self::Opaque => {
                "ask its issuer, for example by token introspection (RFC 7662); the access tokens \
                 of Astapa and WorkOS are JWTs, which have three parts separated by dots"
            }
        }
    }
}

/// What the text is, with no word of it.
impl fmt::Display for Stranger {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::NotUtf8 => "this is not UTF-8 text, so it is no token",
            Self::ApiKey => {
                "this is an API key (`sk_…`), not a token: it states nothing about a user, and it \
                 is a secret"
            }
            Self::SessionCookie => {
                "this is a session cookie, not a token: what is in it is sealed for the \
                 application that set it"
            }
            Self::Pem => "this is a key or a certificate (PEM), not a token",
            Self::Keys => "this is a key or a set of keys (JWK), not a token",
            Self::Document => "this JSON document has no `access_token` in it",
            Self::FirstPart => {
                "this is the beginning of a token: its first part, without the claims"
            }
            Self::Opaque => {
                "this is an opaque token, or none at all: it has no parts, so nobody but its \
                 issuer can tell what it stands for"
            }
        })
    }
}

/// A header with cookies, one cookie as `name=value`, or a sealed value alone.
fn is_cookie(text: &str) -> bool {
    let named = |text: &str| {
        text.split_once('=')
            .is_some_and(|(_, value)| is_seal(value))
    };
    begins_with(text, "cookie:") || begins_with(text, "set-cookie:") || is_seal(text) || named(text)
}

/// The form of the `iron` libraries for JavaScript, which WorkOS's SDKs use.
fn is_seal(text: &str) -> bool {
    text.starts_with("Fe26.")
}

/// What tokens in HTTP headers are made of (RFC 9110 §11.2), but for the dot that parts them.
const fn is_symbol(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'+' | b'/' | b'=')
}

fn document(text: &str) -> Option<Stranger> {
    if taken_from_json(text).is_some() {
        return None;
    }
    let Ok(Value::Object(members)) = strict_json::parse(text) else {
        return None;
    };
    match members.contains_key("keys") || members.contains_key("kty") {
        true => Some(Stranger::Keys),
        false => Some(Stranger::Document),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_for_a_token_is_told_apart() {
        let long = "aB3-".repeat(10);
        for (text, expected) in [
            ("\u{fffd}\u{fffd}e\0y\0", Some(Stranger::NotUtf8)),
            ("sk_test_a2V5XzAxSjZRM1E", Some(Stranger::ApiKey)),
            ("Fe26.2*1*f00*bar*baz~2", Some(Stranger::SessionCookie)),
            (
                "wos-session=Fe26.2*1*f00; Path=/",
                Some(Stranger::SessionCookie),
            ),
            ("Set-Cookie: sid=1", Some(Stranger::SessionCookie)),
            ("-----BEGIN PUBLIC KEY-----\nMII", Some(Stranger::Pem)),
            (r#"{"keys":[]}"#, Some(Stranger::Keys)),
            (r#"{"kty":"oct","k":"c2VjcmV0"}"#, Some(Stranger::Keys)),
            (r#"{"id_token":"e30.e30.YQ"}"#, Some(Stranger::Document)),
            ("eyJhbGciOiJSUzI1NiJ9", Some(Stranger::FirstPart)),
            (&long, Some(Stranger::Opaque)),
            ("", None),
            ("{", None),
            (r#"{"access_token":"e30.e30.YQ"}"#, None),
            ("\"in-quotation-marks-and-long\"", None),
            ("not-a-token", None),
            ("two words that are long enough", None),
            ("e30.e30.YQ", None),
        ] {
            assert_eq!(Stranger::recognise(text), expected, "{text}");
        }
    }
}
