//! `/v1` from end to end.

mod bulk;
mod documents;
mod events;
mod hostile;
mod keys;
mod writes;

use serde_json::{Value, json};

use super::kit::{Reply, Server, answered, with_json};

/// What a server answers to a write under an idempotency key.
fn keyed(server: &Server, key: &str, method: &str, path: &str, body: &Value) -> Reply {
    let request = server.request(method, path).header("idempotency-key", key);
    answered(with_json(request, body))
}

/// The operations of the OpenAPI document: method, path, scope.
fn operations(server: &Server) -> Vec<(String, String, String)> {
    let document = server.get("/v1/openapi.json").expect(200);
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let scope = operation["x-scope"].as_str().unwrap().to_owned();
            operations.push((method.to_ascii_uppercase(), path.clone(), scope));
        }
    }
    assert!(operations.len() > 50, "{operations:?}");
    operations
}

/// A path with something that exists in the place of each parameter.
fn filled(path: &str) -> String {
    path.replace("{feature}", "beta")
        .replace("{plan}", "pro")
        .replace("{user}", "ana")
        .replace("{organization}", "acme")
        .replace("{target}", "user:ana")
        .replace("{revision}", "1")
        .replace("{kind}", "destination")
}

/// The code of an error.
fn code(document: &Value) -> Value {
    document["error"]["code"].clone()
}

/// A body that no operation accepts whole.
fn nonsense() -> Value {
    json!({ "nonsense": 1 })
}
