//! The OpenAPI 3.1 document, made of the operations and of the schemas of the types that they take
//! and answer with.

use std::sync::LazyLock;

use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use schemars::generate::{Contract, SchemaSettings};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::operation::{Operation, Purpose};
use super::operations;

/// What may go wrong with any request, and with those that change something.
const ALWAYS: [(&str, &str); 8] = [
    ("400", "The request cannot be read"),
    ("401", "No key was given, or it opens nothing"),
    ("403", "The key may not do this"),
    ("404", "There is no such thing"),
    ("422", "It can be read, but not be"),
    ("429", "Too many requests"),
    ("500", "The server failed"),
    ("503", "The store cannot be used just now"),
];
const OF_WRITES: [(&str, &str); 5] = [
    ("409", "It is there already, or still in use"),
    (
        "412",
        "The project has another revision than `If-Match` says",
    ),
    ("413", "What was sent is too large"),
    (
        "415",
        "What was sent is not of the media type that is taken",
    ),
    ("507", "There is no room left"),
];

static TEXT: LazyLock<String> = LazyLock::new(|| document().to_string());

/// Serves the document, to everybody.
pub(super) async fn serve() -> Response {
    ([(CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}

/// The document.
pub fn document() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut taken = settings.clone().into_generator();
    let told = |settings: SchemaSettings| settings.with(|s| s.contract = Contract::Serialize);
    let mut answered = told(settings).into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations() {
        let entry = paths.entry(operation.path).or_insert_with(|| json!({}));
        let method = operation.method.as_str().to_ascii_lowercase();
        entry[method] = described(&operation, &mut taken, &mut answered);
    }
    let mut shapes = answered.take_definitions(true);
    for (name, shape) in taken.take_definitions(true) {
        shapes.entry(name).or_insert(shape);
    }
    shapes.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "flags",
            "description": "Feature entitlements: who gets a feature, change that, and why a user does not see it",
            "version": env!("CARGO_PKG_VERSION"),
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}, {"key": []}],
        "paths": paths,
        "components": {
            "schemas": shapes,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}
            }
        }
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "properties": {"error": {
            "type": "object",
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "hints": {"type": "array", "items": {"type": "string"}}
            },
            "required": ["code", "message", "hints"]
        }},
        "required": ["error"]
    })
}

fn described(
    operation: &Operation,
    taken: &mut SchemaGenerator,
    answered: &mut SchemaGenerator,
) -> Value {
    let tag = operation.path.split('/').nth(2).unwrap_or_default();
    let mut described = json!({
        "operationId": operation.name,
        "summary": operation.summary,
        "tags": [tag],
        "x-scope": match operation.purpose {
            Purpose::Evaluate => "evaluate",
            Purpose::Read => "read",
            Purpose::Write => "write",
            Purpose::Admin => "admin",
        },
        "parameters": parameters(operation, taken),
        "responses": responses(operation, answered),
    });
    if let Some(sent) = operation.sent {
        let schema = (sent.shape)(taken);
        described["requestBody"] = json!({
            "required": sent.required,
            "content": content(sent.media, &schema),
        });
    }
    described
}

/// Lines of JSON may be sent as one array of them, too.
fn content(media: &str, schema: &Schema) -> Value {
    match media {
        "application/json" => json!({media: {"schema": schema}}),
        lines => json!({
            lines: {"schema": schema},
            "application/json": {"schema": {"type": "array", "items": schema}},
        }),
    }
}

/// What is in the path, in the query and in headers.
fn parameters(operation: &Operation, shapes: &mut SchemaGenerator) -> Vec<Value> {
    let segments = operation.path.split('/');
    let names = segments.filter_map(|s| s.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = names
        .map(|name| {
            json!({
                "name": name,
                "in": "path",
                "required": true,
                "schema": super::shape::of_path(name, shapes),
            })
        })
        .collect();
    if let Some(query) = operation.query {
        parameters.extend(of_query(&query(shapes)));
    }
    let header = |name: &str, says: &str, schema: Value| json!({"name": name, "in": "header", "required": false, "description": says, "schema": schema});
    if operation.purpose == Purpose::Write {
        let says = "Write only if the project has this revision";
        parameters.push(header("If-Match", says, tag_shape()));
        let says = "Carry the request out once, however often it comes under this key";
        let shape = json!({"type": "string", "pattern": "^[!-~]{1,255}$"});
        parameters.push(header("Idempotency-Key", says, shape));
    } else if operation.method == Method::GET {
        let says = "Answer only if it is another than the one with this tag";
        parameters.push(header("If-None-Match", says, tag_shape()));
    }
    parameters
}

fn tag_shape() -> Value {
    json!({"type": "string"})
}

/// The parameters that a type reads from a query.
fn of_query(shape: &Schema) -> Vec<Value> {
    let properties = shape.get("properties").and_then(Value::as_object);
    let required = shape.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|one| one == name));
    let parameters = properties.into_iter().flatten().map(|(name, schema)| {
        json!({
            "name": name,
            "in": "query",
            "required": is_required(name),
            "description": schema.get("description"),
            "schema": without_null(schema),
        })
    });
    parameters.collect()
}

/// In a query a value is absent and never null.
fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let Some(object) = schema.as_object_mut() else {
        return schema;
    };
    object.shift_remove("description");
    object.shift_remove("default");
    if let Some(types) = object.get_mut("type")
        && let Some([only, _]) = types.as_array().map(Vec::as_slice)
    {
        *types = only.clone();
    }
    if let Some(choices) = object.get("anyOf").and_then(Value::as_array)
        && let Some(first) = choices.first()
    {
        return first.clone();
    }
    schema
}

fn responses(operation: &Operation, shapes: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    let tag = json!({
        "description": "The revision that answers",
        "schema": {"type": "string"}
    });
    if let Some(answered) = operation.answered {
        let schema = (answered.shape)(shapes);
        let well = json!({
            "description": operation.summary,
            "headers": {"ETag": tag},
            "content": {answered.media: {"schema": schema}},
        });
        responses.insert("200".to_owned(), well.clone());
        if operation.creates {
            responses.insert("201".to_owned(), well);
        }
    }
    if operation.method == Method::GET {
        let same = json!({"description": "It is as it was", "headers": {"ETag": tag}});
        responses.insert("304".to_owned(), same);
    }
    let of_writes = match operation.sent.is_some() || operation.purpose == Purpose::Write {
        true => OF_WRITES.as_slice(),
        false => &[],
    };
    for (status, says) in ALWAYS.iter().chain(of_writes) {
        let problem = json!({"schema": {"$ref": "#/components/schemas/Problem"}});
        let told = json!({"description": says, "content": {"application/json": problem}});
        responses.insert((*status).to_owned(), told);
    }
    Value::Object(responses)
}
