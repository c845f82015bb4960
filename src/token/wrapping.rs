//! What people paste around a token, taken off and named.
//!
//! [`decode`](super::decode) refuses such a text, because a program that hands over `Bearer …` for
//! a token has a fault that should be found there. A person who pasted it wants an answer now: this
//! takes the wrapping off and keeps what it was, so that the answer can mention it.
//!
//! Only the edges are touched. White space inside a token means that it was broken over lines, and
//! what belongs in its place nobody can tell.

use std::fmt;

use serde_json::Value;

use super::decode::{MAX_TOKEN_BYTES, begins_with, is_quote};
use super::strict_json;

/// The members of a token endpoint's answer that hold the access token: as RFC 6749 §5.1 spells it,
/// and as SDKs for JavaScript do.
const MEMBERS: [&str; 2] = ["access_token", "accessToken"];

/// Something that was around a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapping {
    /// U+FEFF.
    ByteOrderMark,
    /// White space, but for the end of the last line, which belongs to the file or the pipe.
    Space,
    /// Quotation marks.
    Quotes,
    /// `Authorization:`, `Bearer`, or both (RFC 6750 §2.1).
    Bearer,
    /// A JSON document with the token as this member.
    Json {
        /// `access_token` or `accessToken`.
        member: &'static str,
    },
}

impl fmt::Display for Wrapping {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByteOrderMark => {
                out.write_str("took a byte-order mark (U+FEFF) off the edge of the text")
            }
            Self::Space => out.write_str("took white space off the edges of the text"),
            Self::Quotes => out.write_str("took quotation marks off the edges of the text"),
            Self::Bearer => out.write_str(
                "took the beginning of an HTTP Authorization header off: the token is only what \
                 follows `Bearer`",
            ),
            Self::Json { member } => write!(out, "took `{member}` out of the JSON document"),
        }
    }
}

/// A text without what was around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// What is left: a token, if the text was one.
    pub token: String,
    /// What was taken off, from the outside inwards, each kind once.
    pub wrappings: Vec<Wrapping>,
}

/// Takes off what people paste around a token. Whether what is left is one, only
/// [`decode`](super::decode) can say.
#[must_use]
pub fn unpack(text: &str) -> Unpacked {
    let mut wrappings = Vec::new();
    let text = text.trim_end_matches(['\n', '\r']);
    let bare = peel(text, &mut wrappings);
    let token = match taken_from_json(bare) {
        Some((member, inner)) => {
            note(&mut wrappings, Wrapping::Json { member });
            peel(&inner, &mut wrappings).to_owned()
        }
        None => bare.to_owned(),
    };
    Unpacked { token, wrappings }
}

/// Peels one layer after another, in whatever order they come.
fn peel<'text>(text: &'text str, wrappings: &mut Vec<Wrapping>) -> &'text str {
    let mut rest = text;
    while let Some((inner, wrapping)) = layer(rest) {
        note(wrappings, wrapping);
        rest = inner;
    }
    rest
}

/// The outermost layer and what is in it, which is always shorter.
fn layer(text: &str) -> Option<(&str, Wrapping)> {
    let shorter = |inner: &'_ str| inner.len() < text.len();
    let trimmed = text.trim_matches('\u{feff}');
    if shorter(trimmed) {
        return Some((trimmed, Wrapping::ByteOrderMark));
    }
    let trimmed = text.trim();
    if shorter(trimmed) {
        return Some((trimmed, Wrapping::Space));
    }
    let trimmed = text.trim_matches(is_quote);
    if shorter(trimmed) {
        return Some((trimmed, Wrapping::Quotes));
    }
    // The spaces behind these words are part of the header, not something of their own.
    let word = ["authorization:", "bearer "]
        .into_iter()
        .find(|word| begins_with(text, word))?;
    let inner = text.get(word.len()..)?;
    Some((inner.trim_start(), Wrapping::Bearer))
}

fn note(wrappings: &mut Vec<Wrapping>, wrapping: Wrapping) {
    if !wrappings.contains(&wrapping) {
        wrappings.push(wrapping);
    }
}

/// The access token in the answer of a token endpoint, and the member that holds it.
pub(super) fn taken_from_json(text: &str) -> Option<(&'static str, String)> {
    if !text.starts_with('{') || text.len() > MAX_TOKEN_BYTES {
        return None;
    }
    let Ok(Value::Object(mut members)) = strict_json::parse(text) else {
        return None;
    };
    MEMBERS
        .into_iter()
        .find_map(|member| match members.remove(member) {
            Some(Value::String(inner)) => Some((member, inner)),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Vec<Wrapping> {
        let unpacked = unpack(text);
        assert_eq!(unpacked.token, "e30.e30.YQ", "{text:?}");
        unpacked.wrappings
    }

    #[test]
    fn the_edges_are_taken_off_and_named() {
        use Wrapping::{Bearer, ByteOrderMark, Quotes, Space};
        for (text, expected) in [
            ("e30.e30.YQ", &[][..]),
            ("e30.e30.YQ\r\n", &[]),
            ("\u{feff}e30.e30.YQ", &[ByteOrderMark]),
            (" e30.e30.YQ\t", &[Space]),
            ("'e30.e30.YQ'", &[Quotes]),
            ("\u{201c}e30.e30.YQ\u{201d}", &[Quotes]),
            ("Bearer e30.e30.YQ", &[Bearer]),
            ("bearer   e30.e30.YQ", &[Bearer]),
            ("Authorization: Bearer e30.e30.YQ", &[Bearer]),
            ("authorization:e30.e30.YQ", &[Bearer]),
            (
                "\u{feff} \"Bearer  e30.e30.YQ \" \n",
                &[ByteOrderMark, Space, Quotes, Bearer],
            ),
        ] {
            assert_eq!(taken(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_access_token_is_taken_out_of_a_json_document() {
        let json = |member| Wrapping::Json { member };
        for (text, expected) in [
            (
                r#"{"access_token":"e30.e30.YQ","token_type":"Bearer"}"#,
                &[json("access_token")][..],
            ),
            (
                r#"{"user":{},"accessToken":"e30.e30.YQ"}"#,
                &[json("accessToken")],
            ),
            (
                " {\"access_token\": \"Bearer e30.e30.YQ\"}\n",
                &[Wrapping::Space, json("access_token"), Wrapping::Bearer],
            ),
        ] {
            assert_eq!(taken(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_wrapping_stays() {
        for text in [
            "",
            "e30 .e30.YQ",
            "{\"id_token\":\"e30.e30.YQ\"}",
            "{\"access_token\":5}",
            "{\"access_token\":\"a\",\"access_token\":\"b\"}",
            "Basic YTpi",
            "bearer",
        ] {
            let unpacked = unpack(text);
            assert_eq!((&*unpacked.token, &*unpacked.wrappings), (text, &[][..]));
        }
    }

    #[test]
    fn layers_upon_layers_are_taken_off_in_one_go() {
        let layers = "\" ".repeat(200_000);
        let unpacked = unpack(&format!("{layers}e30.e30.YQ"));
        assert_eq!(unpacked.token, "e30.e30.YQ");
        assert_eq!(unpacked.wrappings, [Wrapping::Quotes, Wrapping::Space]);
    }
}
