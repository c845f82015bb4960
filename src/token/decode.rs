//! From text to [`Decoded`]: the compact form of a token, taken apart strictly.
//!
//! This is written here, and not left to a JWT library, because libraries decode in order to
//! verify: they refuse algorithms they cannot check, skip what they do not need, and accept names
//! given twice. An operator asking "what is in this token?" needs the opposite: everything in it,
//! whatever its algorithm, or the reason it cannot be read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use memchr::memchr_iter;
use serde_json::{Map, Value};

use super::claims::Statement;
use super::error::{DecodeError, EncodingFault, Part};
use super::strict_json;
use super::times::Times;

/// The longest text taken for a token, in bytes: far above what fits an HTTP header, low enough
/// that a wrong file handed in is refused at once.
pub const MAX_TOKEN_BYTES: usize = 1024 * 1024;

/// A token's content, **unverified**: anybody could have written it.
///
/// Only [`decode`] makes one. Nothing turns it into a verified token: verification starts from the
/// text again, with keys. It holds no signature, so it cannot print or leak a usable credential.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    signature_bytes: usize,
}

impl Decoded {
    /// The header's members, in the order of the text (RFC 7515 §4).
    #[must_use]
    pub const fn header(&self) -> &Map<String, Value> {
        &self.header
    }

    /// The payload's members, in the order of the text (RFC 7519 §4).
    #[must_use]
    pub const fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// The claims, for a caller that needs nothing else.
    #[must_use]
    pub fn into_claims(self) -> Map<String, Value> {
        self.claims
    }

    /// How many bytes the signature has; 0 for an unsecured token (RFC 7519 §6).
    #[must_use]
    pub const fn signature_bytes(&self) -> usize {
        self.signature_bytes
    }

    /// The header's `alg`, where it is text: what the token *claims* to be signed with.
    #[must_use]
    pub fn algorithm(&self) -> Option<&str> {
        self.header.get("alg").and_then(Value::as_str)
    }

    /// The header's `kid`, where it is text: which key of a key set it names.
    #[must_use]
    pub fn key_id(&self) -> Option<&str> {
        self.header.get("kid").and_then(Value::as_str)
    }

    /// The header's `typ`, where it is text: `JWT`, `at+jwt` or another media type.
    #[must_use]
    pub fn token_type(&self) -> Option<&str> {
        self.header.get("typ").and_then(Value::as_str)
    }

    /// What the claims say about features, plan and identity.
    #[must_use]
    pub fn statement(&self) -> Statement {
        Statement::read(&self.claims)
    }

    /// The registered times among the claims.
    #[must_use]
    pub fn times(&self) -> Times {
        Times::read(&self.claims)
    }
}

/// Reads a compact JWS whose payload is a JSON object of claims (RFC 7519 §7.2, without step 7's
/// validation): three parts, base64url without padding or stray bits, and two JSON objects in which
/// no name appears twice.
///
/// Says nothing about whether the token is genuine, meant for us, or still valid. White space around
/// the token is refused, not trimmed: a caller that reads lines trims them.
///
/// # Errors
/// [`DecodeError`], which never repeats the token.
pub fn decode(text: &str) -> Result<Decoded, DecodeError> {
    let pieces = pieces(text)?;
    let mut buffer = Vec::with_capacity(text.len());
    let header = read_object(Part::Header, pieces.header, &mut buffer)?;
    let claims = read_object(Part::Payload, pieces.payload, &mut buffer)?;
    read_bytes(Part::Signature, pieces.signature, &mut buffer)?;
    Ok(Decoded {
        header,
        claims,
        signature_bytes: buffer.len(),
    })
}

/// Refuses, by name, what people paste around a token.
fn refuse_wrappings(text: &str) -> Result<(), DecodeError> {
    if text.len() > MAX_TOKEN_BYTES {
        return Err(DecodeError::TooLarge);
    }
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    let around = |test: fn(char) -> bool| text.starts_with(test) || text.ends_with(test);
    if around(|edge| edge == '\u{feff}') {
        return Err(DecodeError::ByteOrderMark);
    }
    if around(char::is_whitespace) {
        return Err(DecodeError::SurroundingSpace);
    }
    if around(is_quote) {
        return Err(DecodeError::Quoted);
    }
    if begins_with(text, "bearer ") || begins_with(text, "authorization:") {
        return Err(DecodeError::BearerPrefix);
    }
    if text.starts_with('{') {
        return Err(DecodeError::JsonObject);
    }
    Ok(())
}

/// Whether it is a quotation mark, of a shell, of JSON, or as word processors write them.
pub(super) const fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}')
}

/// Whether the text begins with `prefix`, whatever the case: HTTP's scheme names have none
/// (RFC 9110 §11.1).
pub(super) fn begins_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// The parts of a token, still encoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pieces<'text> {
    pub header: &'text str,
    pub payload: &'text str,
    pub signature: &'text str,
    /// What the signature is over: header and payload with the dot between them.
    pub signed: &'text str,
}

/// Takes a token apart, whatever its parts hold.
pub(super) fn pieces(text: &str) -> Result<Pieces<'_>, DecodeError> {
    refuse_wrappings(text)?;
    let mut dots = memchr_iter(b'.', text.as_bytes());
    match (dots.next(), dots.next(), dots.next()) {
        (Some(first), Some(second), None) => Ok(Pieces {
            header: &text[..first],
            payload: &text[first + 1..second],
            signature: &text[second + 1..],
            signed: &text[..second],
        }),
        _ => match text.split('.').count() {
            5 => Err(DecodeError::Encrypted),
            found => Err(DecodeError::Parts { found }),
        },
    }
}

/// Decodes a part that must be a JSON object; `buffer` holds the decoded text afterwards.
pub(super) fn read_object(
    part: Part,
    encoded: &str,
    buffer: &mut Vec<u8>,
) -> Result<Map<String, Value>, DecodeError> {
    if encoded.is_empty() {
        return Err(DecodeError::EmptyPart { part });
    }
    read_bytes(part, encoded, buffer)?;
    let text = std::str::from_utf8(buffer).map_err(|_| DecodeError::NotText { part })?;
    let found = match strict_json::parse(text) {
        Ok(Value::Object(members)) => return Ok(members),
        Ok(Value::Array(_)) => "an array",
        Ok(Value::String(_)) => "a string",
        Ok(Value::Number(_)) => "a number",
        Ok(Value::Bool(_)) => "true or false",
        Ok(Value::Null) => "null",
        Err(problem) => return Err(DecodeError::Json { part, problem }),
    };
    Err(DecodeError::NotAnObject { part, found })
}

/// Decodes a part into `buffer`, replacing what was there.
pub(super) fn read_bytes(
    part: Part,
    encoded: &str,
    buffer: &mut Vec<u8>,
) -> Result<(), DecodeError> {
    buffer.clear();
    URL_SAFE_NO_PAD
        .decode_vec(encoded, buffer)
        .map_err(|error| DecodeError::Encoding {
            part,
            fault: fault(encoded, &error),
        })
}

/// The library's error in terms of what the reader sees. An unknown byte comes first, whatever the
/// library met first: with a line break in it, a part's length is wrong too.
fn fault(encoded: &str, error: &base64::DecodeError) -> EncodingFault {
    let foreign = |byte: u8| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if let Some(index) = encoded.bytes().position(foreign) {
        let position = index + 1;
        return match encoded.as_bytes()[index] {
            b' ' | b'\t'..=b'\r' => EncodingFault::Space { position },
            b'=' => EncodingFault::Padding { position },
            b'+' | b'/' => EncodingFault::OrdinaryAlphabet { position },
            _ => EncodingFault::Symbol { position },
        };
    }
    match error {
        base64::DecodeError::InvalidLastSymbol { .. } => EncodingFault::StrayBits,
        _ => EncodingFault::Length {
            characters: encoded.len(),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn token(header: &str, payload: &str, signature: &[u8]) -> String {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        format!(
            "{}.{}.{}",
            encode(header.as_bytes()),
            encode(payload.as_bytes()),
            encode(signature)
        )
    }

    const HEADER: &str = r#"{"alg":"RS256","kid":"k1","typ":"JWT"}"#;

    fn encoding(text: &str) -> (Part, EncodingFault) {
        match decode(text) {
            Err(DecodeError::Encoding { part, fault }) => (part, fault),
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn a_token_is_read_whole() {
        let decoded = decode(&token(
            HEADER,
            r#"{"sub":"u1","features":{"a":true}}"#,
            b"sig",
        ))
        .unwrap();
        assert_eq!(decoded.algorithm(), Some("RS256"));
        assert_eq!(decoded.key_id(), Some("k1"));
        assert_eq!(decoded.token_type(), Some("JWT"));
        assert_eq!(decoded.signature_bytes(), 3);
        assert_eq!(
            Value::Object(decoded.header().clone()),
            json!({"alg":"RS256","kid":"k1","typ":"JWT"})
        );
        assert_eq!(decoded.statement().subject.as_deref(), Some("u1"));
        assert_eq!(
            Value::Object(decoded.into_claims()),
            json!({"sub":"u1","features":{"a":true}})
        );
    }

    #[test]
    fn decoding_never_judges() {
        let unsecured = decode(&token(r#"{"alg":"none"}"#, "{}", b"")).unwrap();
        assert_eq!(
            (unsecured.algorithm(), unsecured.signature_bytes()),
            (Some("none"), 0)
        );
        assert!(
            decode(&token("{}", r#"{"exp":"soon"}"#, b"x"))
                .unwrap()
                .algorithm()
                .is_none()
        );
        assert!(decode(&token(r#"{"alg":7,"crit":["b64"]}"#, r#"{"exp":1}"#, b"x")).is_ok());
    }

    #[test]
    fn what_people_paste_around_a_token_is_named() {
        let good = token(HEADER, "{}", b"x");
        for (text, expected) in [
            (String::new(), DecodeError::Empty),
            (" \n".to_owned(), DecodeError::Empty),
            (format!("{good}\n"), DecodeError::SurroundingSpace),
            (format!("\u{feff}{good}"), DecodeError::ByteOrderMark),
            (format!("\"{good}\""), DecodeError::Quoted),
            (format!("{good}\u{201d}"), DecodeError::Quoted),
            (format!("Bearer {good}"), DecodeError::BearerPrefix),
            (format!("bearer  {good}"), DecodeError::BearerPrefix),
            (
                format!("Authorization: Bearer {good}"),
                DecodeError::BearerPrefix,
            ),
            (
                format!("{{\"access_token\":\"{good}\"}}"),
                DecodeError::JsonObject,
            ),
        ] {
            assert_eq!(decode(&text), Err(expected), "{text}");
        }
    }

    #[test]
    fn the_number_of_parts_is_exact() {
        assert_eq!(decode("e30"), Err(DecodeError::Parts { found: 1 }));
        assert_eq!(decode("e30.e30"), Err(DecodeError::Parts { found: 2 }));
        assert_eq!(decode("e30.e30.e30."), Err(DecodeError::Parts { found: 4 }));
        assert_eq!(decode("e30....e30"), Err(DecodeError::Encrypted));
        assert_eq!(decode("....."), Err(DecodeError::Parts { found: 6 }));
        assert_eq!(
            decode("..e30"),
            Err(DecodeError::EmptyPart { part: Part::Header })
        );
        assert_eq!(
            decode("e30..e30"),
            Err(DecodeError::EmptyPart {
                part: Part::Payload
            })
        );
    }

    #[test]
    fn base64url_has_one_spelling_only() {
        assert!(decode("e30.e30.YQ").is_ok());
        assert_eq!(
            encoding("e30.e30.YR"),
            (Part::Signature, EncodingFault::StrayBits)
        );
        assert_eq!(
            encoding("e30.e31.YQ"),
            (Part::Payload, EncodingFault::StrayBits)
        );
        assert_eq!(
            encoding("e30.e30.YQ=="),
            (Part::Signature, EncodingFault::Padding { position: 3 })
        );
        assert_eq!(
            encoding("e30=.e30.YQ"),
            (Part::Header, EncodingFault::Padding { position: 4 })
        );
        assert_eq!(
            encoding("e30.e30.a/b+"),
            (
                Part::Signature,
                EncodingFault::OrdinaryAlphabet { position: 2 }
            )
        );
        assert_eq!(
            encoding("e30.e\n30.YQ"),
            (Part::Payload, EncodingFault::Space { position: 2 })
        );
        assert_eq!(
            encoding("e30.é.YQ"),
            (Part::Payload, EncodingFault::Symbol { position: 1 })
        );
        assert_eq!(
            encoding("e30.e30.Y"),
            (Part::Signature, EncodingFault::Length { characters: 1 })
        );
    }

    #[test]
    fn header_and_payload_are_objects_without_repeated_names() {
        let found = |payload: &str| {
            decode(&token(HEADER, payload, b""))
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            found("[1]"),
            "the payload (second part) must be a JSON object, it is an array"
        );
        assert_eq!(
            found(r#"{"features":{"a":true,"a":false}}"#),
            "the payload (second part) is not acceptable JSON: the name \"a\" appears twice in the \
             object at `.features`"
        );
        let error = decode(&token(r#"{"alg":"none","alg":"RS256"}"#, "{}", b"")).unwrap_err();
        assert!(
            matches!(
                error,
                DecodeError::Json {
                    part: Part::Header,
                    ..
                }
            ),
            "{error}"
        );
        let latin = format!("e30.{}.", URL_SAFE_NO_PAD.encode(b"{\"a\":\"\xe9\"}"));
        assert_eq!(
            decode(&latin),
            Err(DecodeError::NotText {
                part: Part::Payload
            })
        );
    }

    #[test]
    fn size_is_bounded() {
        let bytes = MAX_TOKEN_BYTES + 1;
        assert_eq!(decode(&"a".repeat(bytes)), Err(DecodeError::TooLarge));
        assert_eq!(
            decode(&"a".repeat(MAX_TOKEN_BYTES)),
            Err(DecodeError::Parts { found: 1 })
        );
    }

    #[test]
    fn neither_errors_nor_debug_show_the_token() {
        let signature = b"a-very-secret-signature";
        let whole = token(HEADER, r#"{"sub":"u1"}"#, signature);
        let shown = format!("{:?}", decode(&whole).unwrap());
        assert!(
            !shown.contains(&URL_SAFE_NO_PAD.encode(signature)),
            "{shown}"
        );
        for text in [
            format!("{whole}="),
            format!("Bearer {whole}"),
            whole.replace('.', ""),
        ] {
            let error = decode(&text).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(
                whole.split('.').all(|part| !shown.contains(part)),
                "{shown}"
            );
        }
    }
}
