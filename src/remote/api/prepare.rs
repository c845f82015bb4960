//! A call made into a request: its address, which cannot lead elsewhere, and what it carries.

use std::mem::ManuallyDrop;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url, blocking};
use serde_json::Value;

use super::Api;
use super::call::{Call, Content, Kind, Origin, Path};
use super::credential::Credential;
use super::error::{ApiError, Fault};
use super::json::NotRead;
use super::mask::{self, MASK, is_telling};
use super::retry::Deadline;
use super::send::{Payload, Prepared};
use super::sight::shown_url;

/// What a server tells a repetition by (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// What stands for a name that is made up when a call is made.
const NEW: &str = "(a new one for each call)";

impl Api {
    pub(super) fn deadline(&self, call: &Call) -> Deadline {
        let usual = self.options.deadline;
        Deadline::within(call.deadline.map_or(usual, |own| own.max(usual)))
    }

    pub(super) fn origin(&self, call: &Call) -> Origin {
        Origin {
            server: self.base.server(),
            request: self.mask().text(&call.to_string()).into_owned(),
            write: !call.is_read(),
        }
    }

    /// The connection, made at the first call.
    pub(super) fn connection(&self) -> Result<&blocking::Client, Fault> {
        if let Some(client) = self.connection.get() {
            return Ok(client);
        }
        let client = self.client.steady(&self.base, self.options.connect);
        let client = ManuallyDrop::new(client.map_err(Fault::Unprepared)?);
        Ok(self.connection.get_or_init(|| client))
    }

    pub(super) fn prepare(&self, call: &Call) -> Result<Prepared, Fault> {
        let known = self.known.get().map_err(Fault::Withheld)?;
        let (repeatable, write) = match &call.kind {
            Kind::Read => (true, false),
            Kind::Write { safe_to_repeat, .. } => (*safe_to_repeat, true),
        };
        let mut headers = self.headers(call, known)?;
        let body = content(call, known).map(|(kind, body)| {
            headers.entry(CONTENT_TYPE).or_insert(kind);
            body
        });
        Ok(Prepared {
            method: call.method.clone(),
            url: self.url(call)?,
            headers,
            body,
            write,
            repeatable,
        })
    }

    fn url(&self, call: &Call) -> Result<Url, Fault> {
        call.path.check().map_err(Fault::Path)?;
        let mut url = match &call.path {
            Path::Raw(path) => self.base.below(path).url().clone(),
            Path::Segments(names) => self.base.within(names).url().clone(),
        };
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&call.query);
        }
        Ok(url)
    }

    fn headers(&self, call: &Call, known: &Credential) -> Result<HeaderMap, Fault> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Kind::Write {
            idempotency_key, ..
        } = &call.kind
        {
            let key = match idempotency_key {
                Some(key) => key.clone(),
                None => random().ok_or(Fault::NoRandomness)?,
            };
            let key = HeaderValue::from_str(&key).map_err(|_| Fault::Key)?;
            headers.insert(IDEMPOTENCY_KEY, key);
        }
        for (name, value) in &call.headers {
            headers.insert(name, value.clone());
        }
        // Nothing that a caller names takes the credential's place.
        if let Some(value) = known.header().map_err(|_| Fault::Key)? {
            headers.insert(AUTHORIZATION, value);
        }
        Ok(headers)
    }

    /// A call as it would be sent, with nothing in it that may not be seen.
    ///
    /// # Errors
    ///
    /// Where it could not be sent.
    pub fn preview(&self, call: &Call) -> Result<Preview, ApiError> {
        let prepared = self
            .prepare(call)
            .map_err(|fault| ApiError::of(&self.origin(call), fault))?;
        let mut headers = Vec::new();
        for (name, value) in &prepared.headers {
            let value = match is_telling(name.as_str()) {
                true => MASK.to_owned(),
                false => String::from_utf8_lossy(value.as_bytes()).into_owned(),
            };
            let made_up = name == IDEMPOTENCY_KEY && call.key().is_none();
            let value = if made_up { NEW.to_owned() } else { value };
            headers.push((name.to_string(), self.mask().text(&value).into_owned()));
        }
        let body = prepared.body.as_ref().map(|body| match body {
            Payload::File(_) => "(a file)".into(),
            Payload::Bytes(bytes) => {
                let clean = self.mask().body(bytes.to_vec());
                match serde_json::from_slice(&clean) {
                    Ok(document) => mask::shown(&document),
                    Err(_) => format!("({} bytes)", bytes.len()).into(),
                }
            }
        });
        Ok(Preview {
            method: prepared.method.to_string(),
            url: self.mask().text(&shown_url(&prepared.url)).into_owned(),
            headers,
            body,
            write: prepared.write,
        })
    }

    /// An element of a list that is of another shape than the rest of us expect.
    pub(super) fn misshapen(
        &self,
        call: &Call,
        place: usize,
        error: &serde_path_to_error::Error<serde_json::Error>,
    ) -> ApiError {
        let shape = NotRead::Shape {
            place: format!("[{place}].{}", error.path()),
            expected: error.inner().to_string(),
        };
        ApiError::of(&self.origin(call), Fault::Body(shape))
    }
}

/// What is sent, and of which kind it is.
fn content(call: &Call, known: &Credential) -> Option<(HeaderValue, Payload)> {
    let json = HeaderValue::from_static("application/json");
    match &call.body {
        Some(Content::Bytes(kind, bytes)) => Some((kind.clone(), Payload::Bytes(bytes.clone()))),
        Some(Content::File(kind, file)) => Some((kind.clone(), Payload::File(file.clone()))),
        Some(Content::Json(document)) => {
            let whole = known.in_body(Some(document))?;
            Some((json, Payload::Bytes(whole.to_string().into())))
        }
        // A question without a document has no place for a credential.
        None if [Method::GET, Method::HEAD].contains(&call.method) => None,
        None => {
            let whole = known.in_body(None)?;
            Some((json, Payload::Bytes(whole.to_string().into())))
        }
    }
}

/// A call as it would be sent, with nothing in it that may not be seen.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The document, or how many bytes there are of another kind.
    pub body: Option<Value>,
    /// Whether it changes something.
    pub write: bool,
}

/// A name that nobody has used before, in the form of a UUID (RFC 9562 §5.4).
fn random() -> Option<String> {
    let mut bytes = [0_u8; 16];
    aws_lc_rs::rand::fill(&mut bytes).ok()?;
    let number = u128::from_be_bytes(bytes);
    let number = number & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let digits = format!("{number:032x}");
    let parts = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    Some(parts.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_writes_have_one_name() {
        let (one, two) = (random().unwrap(), random().unwrap());
        assert_ne!(one, two);
        let form: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!((form, &one[14..15]), (vec![8, 4, 4, 4, 12], "4"));
    }
}
