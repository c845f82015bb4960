//! Why a text is not a token, in words that say what happened and what to do.
//!
//! Most texts that fail to decode are good tokens badly carried: with the word `Bearer` before
//! them, in quotes, broken over lines, or still inside the answer of a token endpoint. Each such
//! case has a variant of its own, because "invalid base64" sends people looking in the wrong place.
//! A token is a credential, so no message repeats it: places are given as positions.

use std::fmt;

use thiserror::Error;

use super::decode::MAX_TOKEN_BYTES;
use super::strict_json::JsonError;

/// Why a text is not a readable compact token (RFC 7515 §3.1, RFC 7519 §7.2).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// Nothing but white space, or nothing at all.
    #[error("there is no token: the text is empty")]
    Empty,
    /// More than [`MAX_TOKEN_BYTES`].
    #[error("the text has more than {MAX_TOKEN_BYTES} bytes, the most a token may have")]
    TooLarge,
    /// U+FEFF before or after the token, as some editors and shells write it.
    #[error(
        "there is a byte-order mark (U+FEFF) at the edge of the text, which is no part of the \
         token; save the text as UTF-8 without one"
    )]
    ByteOrderMark,
    /// White space before or after the token.
    #[error(
        "there is white space before or after the token, which is no part of it; \
         `tr -d '[:space:]'` removes it"
    )]
    SurroundingSpace,
    /// The token as it stands in an HTTP header.
    #[error(
        "the text begins like an HTTP Authorization header: the token is only what follows \
         `Bearer `; `sed 's/^.*Bearer *//'` removes the rest"
    )]
    BearerPrefix,
    /// A quotation mark before or after the token.
    #[error(
        "there are quotation marks around the token, which are no part of it; `tr -d '\"'` \
         removes them, and `jq -r` does not write them"
    )]
    Quoted,
    /// A JSON object: an answer with a token in it, or a JWS in JSON serialization, which is never
    /// a JWT (RFC 7519 §1).
    #[error(
        "this is a JSON object, not a token: a token is three parts separated by dots; if it is \
         the answer of a token endpoint, `jq -r .access_token` takes the token out"
    )]
    JsonObject,
    /// Five parts: JSON Web Encryption (RFC 7516 §3.1).
    #[error("this is an encrypted token (JWE, five parts): only its recipient can read it")]
    Encrypted,
    /// Neither three parts nor five.
    #[error(
        "a token has three parts separated by dots (header, payload, signature), this text has \
         {found}: it is no token, or a piece of one"
    )]
    Parts {
        /// How many parts the dots make.
        found: usize,
    },
    /// The header or payload has no characters at all.
    #[error("the {part} is empty: nothing is stated there, or the payload travels separately")]
    EmptyPart {
        /// Never [`Part::Signature`]: an unsecured token has an empty one (RFC 7519 §6).
        part: Part,
    },
    /// A part is not strict base64url (RFC 7515 §2, RFC 4648 §3.5 and §5).
    #[error("the {part} is not base64url: {fault}")]
    Encoding {
        /// Which part.
        part: Part,
        /// What is wrong with it.
        fault: EncodingFault,
    },
    /// The header or payload is not text.
    #[error("the {part} is not UTF-8 text, so it is no JSON: the token is damaged, or no JWT")]
    NotText {
        /// Which part.
        part: Part,
    },
    /// The header or payload is not strict JSON.
    #[error("the {part} is not acceptable JSON: {problem}")]
    Json {
        /// Which part.
        part: Part,
        /// What is wrong with it: part of the message, hence no `source` to print once more.
        problem: JsonError,
    },
    /// A member of the header is of a type it cannot have.
    #[error("{problem}")]
    Header {
        /// Which, and what is wrong with it.
        problem: &'static str,
    },
    /// The header or payload is JSON, but not an object.
    #[error("the {part} must be a JSON object, it is {found}")]
    NotAnObject {
        /// Which part.
        part: Part,
        /// What it is instead, with its article.
        found: &'static str,
    },
}

/// A part of a compact token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first: how the token is signed (RFC 7515 §4).
    Header,
    /// The second: the claims.
    Payload,
    /// The third: empty in an unsecured token.
    Signature,
}

impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Header => "header (first part)",
            Self::Payload => "payload (second part)",
            Self::Signature => "signature (third part)",
        })
    }
}

/// Why a part is not base64url without padding.
///
/// `position` is the offending byte's place in the part, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EncodingFault {
    /// White space, mostly a line break from copying.
    #[error("white space at character {position}; `tr -d '[:space:]'` removes it")]
    Space {
        /// Where.
        position: usize,
    },
    /// `=`, which tokens leave out (RFC 7515 §2).
    #[error("padding (`=`) at character {position}, which a token does not have")]
    Padding {
        /// Where.
        position: usize,
    },
    /// `+` or `/`, of the other base64 alphabet.
    #[error(
        "`+` or `/` at character {position}: that is ordinary base64, a token uses `-` and `_`"
    )]
    OrdinaryAlphabet {
        /// Where.
        position: usize,
    },
    /// A byte of neither alphabet.
    #[error("a character that cannot be there, at {position}")]
    Symbol {
        /// Where.
        position: usize,
    },
    /// A number of characters that no encoding has.
    #[error("its length, {characters}, is one that no encoding has: the end is cut off")]
    Length {
        /// How many there are.
        characters: usize,
    },
    /// The last character carries bits that belong to no byte: the same bytes have another, proper
    /// spelling (RFC 4648 §3.5), so a signature would cover a text that is not the only one.
    #[error("stray bits in the last character: it was cut off or altered")]
    StrayBits,
}
