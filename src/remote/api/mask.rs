//! Secrets taken out of what comes back and of what is shown.
//!
//! A server, or what stands before it, may repeat what it was sent: in an error, in a header, in a
//! page that shows the request. So every answer has our own secrets taken out before anybody looks
//! at it, however they are written, and what is shown of calls has also those taken out that go by
//! a telling name.

use std::borrow::Cow;

use memchr::memmem;
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// What stands where a secret was.
pub const MASK: &str = "***";
/// A shorter text would also be found in what has nothing to do with it.
const SHORTEST: usize = 6;
/// Names of members, headers and parts of a query whose value is nobody's business.
const TELLING: [&str; 7] = [
    "secret",
    "token",
    "password",
    "api_key",
    "apikey",
    "authorization",
    "cookie",
];

/// The secrets of one server, in each form in which they may come back.
#[derive(Clone, Default)]
pub(super) struct Mask {
    forms: Vec<Zeroizing<String>>,
}

impl std::fmt::Debug for Mask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mask")
    }
}

impl Mask {
    pub(super) fn new(secret: Option<&Secret>) -> Self {
        let Some(secret) = secret.map(Secret::expose) else {
            return Self::default();
        };
        if secret.len() < SHORTEST {
            return Self::default();
        }
        let quoted = Value::from(secret).to_string();
        let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let mut forms = Vec::new();
        for form in [secret, quoted.trim_matches('"'), &encoded] {
            if !forms
                .iter()
                .any(|known: &Zeroizing<String>| **known == form)
            {
                forms.push(Zeroizing::new(form.to_owned()));
            }
        }
        Self { forms }
    }

    /// A text without our secrets.
    pub(super) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        for form in &self.forms {
            if text.contains(form.as_str()) {
                text = Cow::Owned(text.replace(form.as_str(), MASK));
            }
        }
        text
    }

    /// A body without our secrets, also where JSON writes their characters by their numbers.
    pub(super) fn body(&self, body: Vec<u8>) -> Vec<u8> {
        let body = self.replaced(body);
        let may_hide = !self.forms.is_empty()
            && (memmem::find(&body, b"\\u").is_some() || memmem::find(&body, b"\\/").is_some());
        if !may_hide {
            return body;
        }
        let plain = plainly(&body);
        match self.forms.iter().any(|form| has(&plain, form)) {
            true => self.replaced(plain),
            false => body,
        }
    }

    fn replaced(&self, mut body: Vec<u8>) -> Vec<u8> {
        for form in self.forms.iter().map(|form| form.as_bytes()) {
            if memmem::find(&body, form).is_some() {
                body = replaced(&body, form);
            }
        }
        body
    }

    /// Headers without our secrets.
    pub(super) fn headers(&self, mut headers: HeaderMap) -> HeaderMap {
        for value in headers.values_mut() {
            let text = String::from_utf8_lossy(value.as_bytes());
            if let Cow::Owned(clean) = self.text(&text) {
                *value = HeaderValue::from_str(&clean)
                    .unwrap_or_else(|_| HeaderValue::from_static(MASK));
            }
        }
        headers
    }
}

fn has(body: &[u8], form: &str) -> bool {
    memmem::find(body, form.as_bytes()).is_some()
}

/// The same JSON with every character written as itself that need not be written otherwise.
fn plainly(body: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        plain.extend_from_slice(&rest[..at]);
        rest = &rest[at..];
        let (character, taken) = match rest.get(1) {
            Some(b'/') => (Some('/'), 2),
            Some(b'u') => (by_number(rest), 6),
            _ => (None, 2),
        };
        let taken = taken.min(rest.len());
        match character {
            Some(character) => {
                plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            None => plain.extend_from_slice(&rest[..taken]),
        }
        rest = &rest[taken..];
    }
    plain.extend_from_slice(rest);
    plain
}

/// The character of `\u0073`, if it may stand in a string as itself.
fn by_number(escape: &[u8]) -> Option<char> {
    let digits = std::str::from_utf8(escape.get(2..6)?).ok()?;
    let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (!character.is_control() && !['"', '\\'].contains(&character)).then_some(character)
}

fn replaced(body: &[u8], secret: &[u8]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memmem::find(rest, secret) {
        clean.extend_from_slice(&rest[..at]);
        clean.extend_from_slice(MASK.as_bytes());
        rest = &rest[at + secret.len()..];
    }
    clean.extend_from_slice(rest);
    clean
}

/// Whether what goes by this name is not to be shown.
pub fn is_telling(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    TELLING.iter().any(|telling| name.contains(telling))
}

/// A document as it may be shown: without what goes by a telling name.
pub fn shown(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                // A code is as good as a token where one is asked for by it, and a word elsewhere.
                let spent = name == "code" && members.contains_key("grant_type");
                let plain = !value.is_object() && !value.is_array();
                let hidden = plain && (spent || is_telling(name));
                let value = match hidden {
                    true => MASK.into(),
                    false => shown(value),
                };
                (name.clone(), value)
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(elements) => elements.iter().map(shown).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mask() -> Mask {
        Mask::new(Some(&Secret::new("sk_live/é\"1")))
    }

    #[test]
    fn a_secret_is_found_however_it_is_written() {
        for body in [
            r#"{"a":"sk_live/é\"1"}"#,
            r#"{"a":"x sk_live\/é\"1 y"}"#,
            r#"{"a":"\\\u0073k_live/\u00e9\"1"}"#,
            r#"{"\u0073k_live/\u00e9\"1":[]}"#,
            "<p>sk_live/é\"1</p>",
            "a=sk_live%2F%C3%A9%221",
        ] {
            let clean = String::from_utf8(mask().body(body.into())).unwrap();
            assert!(clean.contains(MASK) && !clean.contains("live"), "{clean}");
        }
    }

    #[test]
    fn what_has_no_secret_in_it_stays_as_it_is() {
        let body = r#"{"a" : "\u0073k", "b":"\/" }"#;
        assert_eq!(mask().body(body.into()), body.as_bytes());
        let short = Mask::new(Some(&Secret::new("true")));
        assert_eq!(short.body(b"{\"a\":true}".to_vec()), b"{\"a\":true}");
    }

    #[test]
    fn what_is_shown_of_a_document_has_nothing_by_a_telling_name() {
        let document = json!({
            "client_secret": "a", "refresh_token": "b", "feature_key": "sso",
            "grant_type": "x", "code": 1,
            "list": [{"apiKey": "c", "token": {"kind": "x"}}],
        });
        let expected = json!({
            "client_secret": "***", "refresh_token": "***", "feature_key": "sso",
            "grant_type": "x", "code": "***",
            "list": [{"apiKey": "***", "token": {"kind": "x"}}],
        });
        assert_eq!(shown(&document), expected);
    }
}
