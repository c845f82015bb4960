//! What events say beside the flag itself: which environment it belongs to.

use serde_json::{Map, Value, json};

use crate::domain::key::FeatureKey;
use crate::told::{FlagTimes, flag, lasting_id};

/// The flag object, with the environment that events name in it.
pub(super) fn object(key: &FeatureKey, attributes: Map<String, Value>, times: FlagTimes) -> Value {
    let mut told = flag(key, attributes, times);
    // A store is one environment, and its name is the same for all.
    let environment = lasting_id("environment_01", "environment", "flags");
    // Behind `object` and `id`, as WorkOS writes it.
    told.shift_insert(2, "environment_id".to_owned(), json!(environment));
    Value::Object(told)
}

/// What WorkOS calls the environment's client.
pub(super) fn client() -> String {
    lasting_id("client_01", "client", "flags")
}
