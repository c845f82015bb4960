//! What an access token says, read strictly and without believing it.

mod claims;
mod duration;
pub mod strict_json;
mod times;

pub use claims::{Found, MAX_LIMIT, Misfit, PlanClaim, Shape, Statement, TokenValue};
pub use duration::duration_in_words;
pub use times::{NumericDate, TimeClaim, Times, Validity};
