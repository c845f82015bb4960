//! From the bytes of a file to keys: which of the forms is this?
//!
//! A form is recognised by how it begins, and once recognised it is that or an error. Only what
//! looks like nothing else is a shared secret: taking a damaged public key for a secret would hand
//! the secret to everybody who knows the public key.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::error::KeyError;
use super::set::KeySet;
use super::{Key, Material, jwk, pem, ssh};

/// The longest key or key set that is taken, in bytes.
pub const MAX_KEY_BYTES: usize = 1024 * 1024;

/// How a secret is written in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretEncoding {
    /// The bytes of the file, all of them.
    Raw,
    /// Base64 of either alphabet, with or without padding; white space around it does not count.
    Base64,
    /// Hexadecimal; white space around it does not count.
    Hex,
}

/// Reads one key or a set, in whichever form: PEM (PKCS#1, PKCS#8, SEC 1, SPKI, certificate), the
/// same in DER, JWK, JWKS, an OpenSSH public key, or else a shared secret of exactly these bytes.
///
/// # Errors
/// [`KeyError`], which repeats nothing of the key.
pub fn read(bytes: &[u8]) -> Result<KeySet, KeyError> {
    check_size(bytes)?;
    let text = without_mark(bytes).trim_ascii_start();
    if contains(text, b"-----BEGIN ") || contains(text, b"---- BEGIN ") {
        return pem::read(text).map(KeySet::single);
    }
    if text.starts_with(b"{") || text.starts_with(b"[") {
        return jwk::read(text);
    }
    if ssh::looks_like(text) {
        return ssh::read(text).map(KeySet::single);
    }
    if let Some(key) = pem::read_der(bytes) {
        return key.map(KeySet::single);
    }
    if looks_like_token(text) {
        return Err(KeyError::WrongPlace {
            expected: "a key",
            came: "a token",
            help: "the token goes to stdin, the key to --key-file",
        });
    }
    secret(bytes, SecretEncoding::Raw).map(KeySet::single)
}

/// Reads a shared secret, whatever it looks like.
///
/// # Errors
/// [`KeyError`] when it is empty or not written in the encoding.
pub fn secret(bytes: &[u8], encoding: SecretEncoding) -> Result<Key, KeyError> {
    check_size(bytes)?;
    let secret = match encoding {
        SecretEncoding::Raw => Zeroizing::new(bytes.to_vec()),
        SecretEncoding::Base64 => base64(bytes.trim_ascii())?,
        SecretEncoding::Hex => hexadecimal(bytes.trim_ascii())?,
    };
    Key::new(Material::Secret(secret))
}

fn check_size(bytes: &[u8]) -> Result<(), KeyError> {
    match bytes.len() {
        0 => Err(KeyError::Empty),
        long if long > MAX_KEY_BYTES => Err(KeyError::TooLarge {
            bytes: long,
            most: MAX_KEY_BYTES,
        }),
        _ => Ok(()),
    }
}

fn base64(text: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let url_safe = text.iter().any(|byte| matches!(byte, b'-' | b'_'));
    let alphabet = if url_safe {
        &alphabet::URL_SAFE
    } else {
        &alphabet::STANDARD
    };
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(alphabet, lenient)
        .decode(text)
        .map(Zeroizing::new)
        .map_err(|_| KeyError::Damaged {
            what: "the secret, expected in base64,",
        })
}

fn hexadecimal(text: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let damaged = KeyError::Damaged {
        what: "the secret, expected in hexadecimal,",
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.chunks(2).map(|pair| match pair {
        [high, low] => Some((digit(*high)? * 16 + digit(*low)?) as u8),
        _ => None,
    });
    let bytes: Option<Vec<u8>> = pairs.collect();
    bytes.map(Zeroizing::new).ok_or(damaged)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Three parts of base64url, the first of which begins as every encoded `{"` does.
fn looks_like_token(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    text.starts_with(b"eyJ")
        && text.iter().filter(|byte| **byte == b'.').count() == 2
        && text
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
