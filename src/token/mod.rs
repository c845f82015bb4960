//! What an access token says, read strictly and without believing it.

mod claims;
pub mod strict_json;

pub use claims::{Found, MAX_LIMIT, Misfit, PlanClaim, Shape, Statement, TokenValue};
