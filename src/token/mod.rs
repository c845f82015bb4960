//! What an access token says, read strictly and without believing it.
//!
//! Feature decisions travel to clients inside JSON Web Tokens (RFC 7519), so "why does this user
//! not see the feature?" is very often answered by the token in hand: it is old, it is for another
//! organization, or the feature is not in it. This module turns such a text into values the rest
//! of the program can show and compare.
//!
//! It never says that a token is good. [`decode`] proves nothing about who wrote the token, and
//! the type it returns, [`Decoded`], says so by being the *unverified* one: whatever needs trust
//! must ask for a type that only a signature check can build, and there is no conversion from one
//! to the other. Nor does decoding judge: an unsigned or expired token decodes like any other,
//! because an operator has to be able to look at the very token that is refused elsewhere.
//!
//! Strictness is about meaning one thing only. A text that two readers could understand
//! differently (a member name given twice, stray bits after the last base64url symbol, padding,
//! white space) is refused with a reason, since everything said about it would be a guess.
//!
//! The module is pure: text in, values out. It reads no file, no key store and no clock; `now` is
//! always handed in.
//!
//! | file | holds |
//! | --- | --- |
//! | `decode` | the compact form: three parts, base64url, two JSON objects |
//! | `error` | why a text is not a token, in words that say what to do |
//! | `strict_json` | JSON in which every name appears once |
//! | `wrapping` | what people paste around a token, taken off and named |
//! | `stranger` | texts that are handed in for a token and are something else |
//! | `claims` | the features, plan and identity a token states, whichever product issued it |
//! | `values` | one feature as a token states it |
//! | `meaning` | what the names of claims mean |
//! | `times` | `iat`, `nbf` and `exp` against a moment, in words |
//! | `duration` | spans of time in words |
//! | `inspect` | what is odd about a token |
//! | `finding` | the codes, weights and words of what is found |
//! | `algorithm` | the signature algorithms and the kinds of key |
//! | `keys` | keys in every form they come in |
//! | `stated` | what a token answers about one feature |
//! | `verify` | proving a token |
//! | `issue` | minting one |
//! | `entitlements` | entitlements as claims, in each product's shape |
//! | `compare` | a token against what its subject is entitled to, and why they differ |

mod algorithm;
mod claims;
pub mod compare;
mod decode;
mod duration;
mod entitlements;
mod error;
mod finding;
mod inspect;
mod issue;
pub mod keys;
mod meaning;
mod stated;
mod stranger;
pub mod strict_json;
mod times;
mod values;
mod verify;
mod wrapping;

pub use algorithm::{Algorithm, Curve, Family};
pub use claims::{Misfit, PlanClaim, Statement};
pub use decode::{Decoded, MAX_TOKEN_BYTES, decode};
pub use duration::duration_in_words;
pub use entitlements::{Dialect, Entitlements};
pub use error::{DecodeError, EncodingFault, Part};
pub use finding::{Finding, FindingCode, Severity};
pub use inspect::{Surroundings, inspect};
pub use issue::{HeaderChoice, RsaSigner, Signer, random_id};
pub use meaning::{CUSTOM_CLAIM, claim_meaning, header_meaning, is_moment};
pub use stated::{Stated, Unclear};
pub use stranger::Stranger;
pub use times::{NumericDate, TimeClaim, Times, Validity};
pub use values::{Found, MAX_LIMIT, Shape, TokenValue};
pub use verify::{Check, Detail, Examination, Outcome, Policy, Reason, Verified, Verifier};
pub use wrapping::{Unpacked, Wrapping, unpack};
