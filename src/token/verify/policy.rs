//! What a verifier asks of a token beyond a good signature.

use crate::token::algorithm::Algorithm;

/// The checks an operator wants. [`Policy::default`] is the strictest that needs no knowledge of
/// the token: no leeway, and no token that names an audience, since nobody said that it is ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// The algorithms that are taken; with none named, whatever the key permits.
    pub algorithms: Vec<Algorithm>,
    /// `iss` must be one of these; none: any.
    pub issuers: Vec<String>,
    /// `sub` must be one of these; none: any.
    pub subjects: Vec<String>,
    /// `jti` must be one of these; none: any.
    pub token_ids: Vec<String>,
    /// The header's `typ` must be one of these media types; none: any.
    pub types: Vec<String>,
    /// `aud` must name one of these.
    pub audiences: Vec<String>,
    /// A token for whatever audience is taken.
    pub any_audience: bool,
    /// Seconds that clocks may differ by, for `exp`, `nbf` and the greatest age.
    pub leeway: u64,
    /// The most seconds since `iat`.
    pub max_age: Option<u64>,
    /// Claims that must be there.
    pub required: Vec<String>,
    /// Claims, and `typ` of the header, that are not looked at.
    pub ignored: Vec<String>,
    /// Secrets shorter than the hash are taken (RFC 7518 §3.2 forbids it).
    pub allow_weak_key: bool,
    /// The payload is any bytes, not claims: only the form and the signature are checked.
    pub signature_only: bool,
}

impl Policy {
    /// The names that can be ignored.
    pub const IGNORABLE: [&'static str; 8] =
        ["exp", "nbf", "iat", "aud", "iss", "sub", "jti", "typ"];

    pub(super) fn ignores(&self, name: &str) -> bool {
        self.ignored.iter().any(|ignored| ignored == name)
    }
}
