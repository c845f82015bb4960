//! What a call carries: headers, and a document from fields or from a file.

use std::path::Path;

use anyhow::Result;
use serde_json::{Map, Value};

use super::ApiArgs;
use super::field::{Header, Typed, put};
use crate::cli::failure::Failure;
use crate::cli::input::{name_of, read_text, unreadable};
use crate::remote::api::{Content, HeaderName, HeaderValue, Method};

/// The headers that were typed; none of them twice.
pub fn headers(typed: &[Header]) -> Result<Vec<(HeaderName, HeaderValue)>> {
    let mut headers: Vec<(HeaderName, HeaderValue)> = Vec::new();
    for Header { name, value } in typed {
        if headers.iter().any(|(known, _)| known == name) {
            let message = format!("the header {name} is given twice");
            return Err(Failure::usage("usage", message).into());
        }
        headers.push((name.clone(), value.clone()));
    }
    Ok(headers)
}

/// What is sent, if anything.
pub fn body(args: &ApiArgs, headers: &[(HeaderName, HeaderValue)]) -> Result<Option<Content>> {
    let fields = !args.field.is_empty() || !args.raw_field.is_empty();
    if !fields && args.input.is_none() {
        return Ok(None);
    }
    if [Method::GET, Method::HEAD].contains(&args.method) {
        let message = format!("{} sends no document", args.method);
        let failure = Failure::usage("usage", message);
        return Err(failure.hint("`--query KEY=VALUE` adds to the query").into());
    }
    match &args.input {
        Some(file) => of_file(file, headers).map(Some),
        None => Ok(Some(Content::Json(of_fields(args)?))),
    }
}

fn of_fields(args: &ApiArgs) -> Result<Value> {
    let mut document = Map::new();
    let mut add = |key: &str, value: Value| {
        put(&mut document, key, value).map_err(|what| Failure::usage("usage", what))
    };
    for field in &args.field {
        let value = match &field.value {
            Typed::Value(value) => value.clone(),
            Typed::File(file) => read_text(Path::new(file))?.into(),
        };
        add(&field.key, value)?;
    }
    for pair in &args.raw_field {
        add(&pair.key, pair.value.as_str().into())?;
    }
    Ok(document.into())
}

/// A JSON document, or whatever the header says it is.
fn of_file(file: &Path, headers: &[(HeaderName, HeaderValue)]) -> Result<Content> {
    let text = read_text(file)?;
    let kind = headers.iter().find(|(name, _)| name == "content-type");
    let is_json = |kind: &HeaderValue| {
        let text = kind.to_str().unwrap_or_default().to_ascii_lowercase();
        let kind = text.split(';').next().unwrap_or_default().trim();
        kind == "application/json" || kind.ends_with("+json")
    };
    if let Some((_, kind)) = kind
        && !is_json(kind)
    {
        return Ok(Content::Bytes(kind.clone(), text.into()));
    }
    let document = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let what = format!("this is not JSON (line {line}, column {column})");
        let hint = format!(
            "if it is not to be, say what {} is: --header 'Content-Type: …'",
            name_of(file)
        );
        unreadable(file, &what).hint(hint)
    })?;
    Ok(Content::Json(document))
}
