//! What is typed as `KEY=VALUE` and `NAME: VALUE`.

use std::str::FromStr;

use serde_json::{Map, Value};

use crate::remote::api::{HeaderName, HeaderValue};

/// A key and a text.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The key.
    pub key: String,
    /// The text.
    pub value: String,
}

impl FromStr for Pair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((key, value)) if !key.is_empty() => Ok(Self {
                key: key.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err("write KEY=VALUE".to_owned()),
        }
    }
}

/// A member of a document, whose value is typed.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Typed,
}

/// A value as it is typed.
#[derive(Debug, Clone)]
pub enum Typed {
    /// It says what it is.
    Value(Value),
    /// It is the text of a file, `-` for stdin.
    File(String),
}

impl FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Pair { key, value } = text.parse()?;
        let value = match value.strip_prefix('@') {
            Some(file) => Typed::File(file.to_owned()),
            None => Typed::Value(typed(&value)),
        };
        Ok(Self { key, value })
    }
}

/// What a text is as JSON, if it is true, false, null or a number; else the text.
fn typed(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Bool(_) | Value::Null | Value::Number(_))) => value,
        _ => text.into(),
    }
}

/// Puts a value into a document, where its key says: `plan`, `claims[plan]`, `tags[]`.
///
/// # Errors
///
/// Where the key is none, or something else is there.
pub fn put(document: &mut Map<String, Value>, key: &str, value: Value) -> Result<(), String> {
    let (name, rest) = key.split_at(key.find('[').unwrap_or(key.len()));
    if name.is_empty() {
        return Err(format!("{key:?} does not begin with a name"));
    }
    let place = document.entry(name).or_insert(Value::Null);
    put_below(place, rest, value).map_err(|what| format!("{key:?}: {what}"))
}

fn put_below(place: &mut Value, key: &str, value: Value) -> Result<(), &'static str> {
    const TWICE: &str = "something else is given there already";
    if key.is_empty() {
        return match place.is_null() {
            true => {
                *place = value;
                Ok(())
            }
            false => Err(TWICE),
        };
    }
    let inner = key.strip_prefix('[').and_then(|key| key.split_once(']'));
    let (name, rest) = inner.ok_or("write brackets as in `claims[plan]` or `tags[]`")?;
    if place.is_null() {
        *place = match name.is_empty() {
            true => Value::Array(Vec::new()),
            false => Value::Object(Map::new()),
        };
    }
    match place {
        Value::Array(elements) if name.is_empty() => {
            elements.push(Value::Null);
            elements
                .last_mut()
                .map_or(Err(TWICE), |last| put_below(last, rest, value))
        }
        Value::Object(members) if !name.is_empty() => {
            put_below(members.entry(name).or_insert(Value::Null), rest, value)
        }
        _ => Err(TWICE),
    }
}

/// A header.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name.
    pub name: HeaderName,
    /// Its value.
    pub value: HeaderValue,
}

/// Headers that are this program's business, and why.
const OURS: [(&str, &str); 9] = [
    (
        "authorization",
        "the profile's credential goes there: `flags auth login` takes another",
    ),
    ("proxy-authorization", "it would be sent to the server"),
    ("host", "the server is the profile's"),
    ("content-length", "it follows from what is sent"),
    ("transfer-encoding", "it follows from what is sent"),
    ("connection", "the connection is looked after"),
    ("upgrade", "the connection is looked after"),
    ("expect", "the connection is looked after"),
    ("accept-encoding", "what is packed is unpacked already"),
];

impl FromStr for Header {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once(':').ok_or("write NAME: VALUE")?;
        let name: HeaderName = name
            .trim()
            .parse()
            .map_err(|_| "what is before the colon is no header's name".to_owned())?;
        if let Some((_, why)) = OURS.iter().find(|(ours, _)| name == *ours) {
            return Err(format!("{name} cannot be set: {why}"));
        }
        let value = value.trim();
        let value = HeaderValue::from_str(value)
            .map_err(|_| "what is behind the colon cannot be in a header".to_owned())?;
        Ok(Self { name, value })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(fields: &[&str]) -> Result<Value, String> {
        let mut document = Map::new();
        for field in fields {
            let field: Field = field.parse()?;
            if let Typed::Value(value) = field.value {
                put(&mut document, &field.key, value)?;
            }
        }
        Ok(document.into())
    }

    #[test]
    fn values_are_typed_and_keys_nest() {
        let fields = [
            "on=true",
            "seats=5",
            "share=0.5",
            "nothing=null",
            "name=a=b",
            "list=[1]",
            "claims[plan]=pro",
            "claims[more][x]=1",
            "tags[]=a",
            "tags[]=b",
        ];
        let expected = json!({
            "on": true, "seats": 5, "share": 0.5, "nothing": null, "name": "a=b", "list": "[1]",
            "claims": {"plan": "pro", "more": {"x": 1}}, "tags": ["a", "b"],
        });
        assert_eq!(document(&fields), Ok(expected));
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        for fields in [
            ["a=1", "a=2"],
            ["a=1", "a[b]=2"],
            ["a[]=1", "a[b]=2"],
            ["a[b=1", "c=1"],
            ["[a]=1", "c=1"],
            ["a[b]c=1", "d=1"],
        ] {
            assert!(document(&fields).is_err(), "{fields:?}");
        }
    }

    #[test]
    fn a_credential_is_no_header_to_be_typed() {
        for bad in [
            "Authorization: Bearer x",
            "host: evil.example",
            "x",
            "a b: c",
        ] {
            assert!(bad.parse::<Header>().is_err(), "{bad}");
        }
        assert_eq!("X-Trace: 1".parse::<Header>().unwrap().value, "1");
    }
}
