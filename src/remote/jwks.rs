//! The public keys of an issuer: a JSON Web Key Set (RFC 7517 §5) at an address.
//!
//! What the keys are is for others to read; here it is made sure that it is a key set at all, so
//! that a login page or a half answer never takes the place of a good copy.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::address::Address;
use super::documents::{Document, Documents, Refreshed, Wanted};
use super::error::{RemoteError, Unfit};

/// The key set: the copy while it holds, else from the network.
///
/// # Errors
///
/// Whatever keeps it from being fetched, and [`RemoteError::Expired`] if there is a copy that
/// holds no more: it is never returned instead.
pub fn get(
    documents: &Documents,
    address: &Address,
    now: Timestamp,
) -> Result<Document, RemoteError> {
    documents.get(&wanted(address), now)
}

/// The key set as it is at this moment: for a token whose key is not in the one that [`get`] gave,
/// because the issuer may have taken a new one into use.
///
/// Anybody can write tokens with unknown keys, so among all processes of a user one refresh in
/// [`SECONDS_BETWEEN_REFRESHES`](super::SECONDS_BETWEEN_REFRESHES) reaches the server, and none
/// that soon after this process fetched it itself.
///
/// # Errors
///
/// Whatever keeps it from being fetched. The copy stays as it is.
pub fn refresh(
    documents: &Documents,
    address: &Address,
    now: Timestamp,
) -> Result<Refreshed, RemoteError> {
    documents.refresh(&wanted(address), now)
}

fn wanted(address: &Address) -> Wanted<'_> {
    Wanted {
        place: address,
        otherwise: None,
        check: &check,
    }
}

/// As much of a key set as is looked at here.
#[derive(Deserialize)]
struct KeySet {
    #[serde(rename = "keys")]
    _keys: Vec<IgnoredAny>,
}

fn check(text: &str) -> Result<(), Unfit> {
    match serde_json::from_str(text) {
        Ok(KeySet { .. }) => Ok(()),
        Err(error) => Err(Unfit::of_json(&error, Unfit::NoKeys)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_key_set_is_one() {
        for good in [r#"{"keys":[]}"#, r#" {"a":1,"keys":[{"kty":"OKP"}]} "#] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        let cases = [
            "{}",
            "[]",
            "null",
            r#"{"keys":{}}"#,
            r#"{"keys":[],"keys":[]}"#,
        ];
        for bad in cases {
            assert_eq!(check(bad), Err(Unfit::NoKeys), "{bad}");
        }
        let deep = format!("{{\"keys\":{}", "[".repeat(500_000));
        for bad in ["", "<html>", r#"{"keys":[]"#, r#"{"keys":[]} x"#, &deep] {
            let unfit = check(bad).unwrap_err();
            assert!(matches!(unfit, Unfit::NotJson { .. }), "{unfit}");
        }
    }
}
