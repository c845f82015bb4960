//! What an access token says, read strictly and without believing it.

pub mod strict_json;
