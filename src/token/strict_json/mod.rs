//! JSON in which every member name appears once.
//!
//! JSON leaves open what `{"plan":"free","plan":"pro"}` means (RFC 8259 §4): one parser takes the
//! first value, another the last. Whoever signs a token and whoever reads it may then disagree
//! about what was signed, so a token with such claims must be refused or read last-wins
//! (RFC 7519 §4, RFC 7515 §4); refusing is the one choice that nobody can misunderstand. The
//! parser itself is `serde_json`; this module only builds the value, and watches names and depth
//! while it does.

mod members;
mod skim;

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use thiserror::Error;

use members::Members;

pub use skim::{Picked, pick};

/// How deep arrays and objects may be nested.
///
/// Below `serde_json`'s own limit of 128, so that this module's error is the one that is seen.
pub const MAX_DEPTH: usize = 100;

/// How many values are built from one document, each member and element counted.
///
/// A value takes up to 12 KiB by the time that everything odd about it is told, and a text of a
/// megabyte can spell four hundred thousand: memory would be the attacker's to choose. What fits
/// into an HTTP header has a few hundred.
pub const MAX_VALUES: usize = 3_000;

/// How much of a name is repeated in an error: the text came from outside and may be huge.
const SHOWN_CHARACTERS: usize = 64;

/// Why a text is not acceptable JSON.
///
/// Messages repeat no value of the text, only the member names needed to find the place, shortened
/// and with control and bidi characters escaped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JsonError {
    /// One object has the same name twice, perhaps spelled with different escapes.
    #[error("the name {} appears twice in {}", quoted(.name), place(.path))]
    DuplicateName {
        /// The name as it is after escapes are resolved, in full.
        name: String,
        /// Where the object is: a path in jq's notation (`.custom_claims.flags`), `.` at the top.
        path: String,
    },
    /// Arrays and objects are nested more than [`MAX_DEPTH`] deep.
    #[error("it is nested more than {MAX_DEPTH} levels deep")]
    TooDeep,
    /// There are more than [`MAX_VALUES`].
    #[error("it has more than {MAX_VALUES} values")]
    TooMany,
    /// Not JSON, or a number that does not fit a double.
    #[error("{problem} (line {line}, column {column})")]
    Syntax {
        /// What the parser met, without the place.
        problem: String,
        /// Counted from 1; 0 where the parser does not know.
        line: usize,
        /// Counted in bytes from 1; 0 at the very start of a line.
        column: usize,
    },
}

/// Parses one JSON document, refusing names that appear twice in an object at any depth.
///
/// Integers from -2^63 to 2^64-1 stay integers, other numbers become doubles, members keep the
/// order they have in the text.
///
/// # Errors
/// [`JsonError`] for a text that is not one JSON document, repeats a name, is too deep or has too
/// many values.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    let watch = Watch::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let node = Node {
        watch: &watch,
        depth: 0,
    };
    node.deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| watch.explain(&error))
}

/// What is known of the document while it is read.
#[derive(Default)]
struct Watch {
    /// The reason this module stopped the parser, if it was this module. It travels beside the
    /// parser's error, which can carry text only.
    fault: RefCell<Option<Fault>>,
    built: Cell<usize>,
}

enum Fault {
    /// `steps` leads from the object outwards: it is filled while the error passes up through the
    /// enclosing values, so that a good document pays nothing for paths.
    Duplicate {
        name: String,
        steps: Vec<Step>,
    },
    TooDeep,
    TooMany,
}

enum Step {
    Name(String),
    Index(usize),
}

impl Watch {
    fn stop<E: serde::de::Error>(&self, fault: Fault) -> E {
        self.fault.replace(Some(fault));
        E::custom("stopped")
    }

    fn repeated<E: serde::de::Error>(&self, name: String) -> E {
        self.stop(Fault::Duplicate {
            name,
            steps: Vec::new(),
        })
    }

    /// One value more is about to be built.
    fn build<E: serde::de::Error>(&self) -> Result<(), E> {
        self.built.set(self.built.get() + 1);
        if self.built.get() > MAX_VALUES {
            return Err(self.stop(Fault::TooMany));
        }
        Ok(())
    }

    fn pass(&self, step: impl FnOnce() -> Step) {
        if let Some(Fault::Duplicate { steps, .. }) = self.fault.borrow_mut().as_mut() {
            steps.push(step());
        }
    }

    fn explain(&self, error: &serde_json::Error) -> JsonError {
        match self.fault.take() {
            Some(Fault::Duplicate { name, steps }) => JsonError::DuplicateName {
                name,
                path: path(&steps),
            },
            Some(Fault::TooDeep) => JsonError::TooDeep,
            Some(Fault::TooMany) => JsonError::TooMany,
            None => {
                let whole = error.to_string();
                let problem = whole
                    .split(" at line ")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                JsonError::Syntax {
                    problem,
                    line: error.line(),
                    column: error.column(),
                }
            }
        }
    }
}

/// One value about to be read: `depth` containers enclose it.
#[derive(Clone, Copy)]
struct Node<'watch> {
    watch: &'watch Watch,
    depth: usize,
}

impl Node<'_> {
    /// The node for what an array or object at this place holds.
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= MAX_DEPTH {
            return Err(self.watch.stop(Fault::TooDeep));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.watch.build()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut elements = Vec::new();
        loop {
            match access.next_element_seed(inside) {
                Ok(Some(element)) => elements.push(element),
                Ok(None) => return Ok(Value::Array(elements)),
                Err(error) => {
                    self.watch.pass(|| Step::Index(elements.len()));
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inside = self.inside()?;
        let mut members = Members::default();
        while let Some(name) = access.next_key::<String>()? {
            match access.next_value_seed(inside) {
                Ok(value) => members
                    .add(name, value)
                    .map_err(|name| self.watch.repeated(name))?,
                Err(error) => {
                    self.watch.pass(|| Step::Name(name));
                    return Err(error);
                }
            }
        }
        Ok(Value::Object(members.close()))
    }
}

/// The steps, given from the inside outwards, as a jq path that can be pasted into jq.
fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps.iter().rev() {
        match step {
            Step::Name(name) if is_plain(name) => {
                path.push('.');
                path.push_str(name);
            }
            Step::Name(name) => path.push_str(&format!("[{}]", quoted(name))),
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
    }
    if !path.starts_with('.') {
        path.insert(0, '.');
    }
    path
}

/// Whether jq takes the name after a dot, unquoted.
fn is_plain(name: &str) -> bool {
    name.len() <= SHOWN_CHARACTERS
        && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|each| each.is_ascii_alphanumeric() || each == '_')
}

fn place(path: &str) -> String {
    match path {
        "." => "the outermost object".to_owned(),
        path => format!("the object at `{path}`"),
    }
}

/// The name in quotes, shortened. `Debug` escapes control, bidi and other invisible characters.
fn quoted(name: &str) -> String {
    match name.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{:?}…", &name[..end]),
        None => format!("{name:?}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn message(text: &str) -> String {
        parse(text).unwrap_err().to_string()
    }

    #[test]
    fn values_are_those_serde_json_gives() {
        for text in [
            r#"{"a":[1,-1,1.5,1e3,-0,true,false,null,"x\u0041\n"],"b":{"c":{}}}"#,
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            " [ ] ",
        ] {
            let theirs: Value = serde_json::from_str(text).unwrap();
            assert_eq!(parse(text).unwrap(), theirs, "{text}");
        }
    }

    #[test]
    fn members_keep_their_order() {
        let value = parse(r#"{"z":1,"a":2,"m":3}"#).unwrap();
        let names: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, ["z", "a", "m"]);
    }

    #[test]
    fn the_same_name_in_different_objects_is_fine() {
        let value = parse(r#"{"a":{"a":1},"b":[{"a":1},{"a":2}]}"#).unwrap();
        assert_eq!(value, json!({"a":{"a":1},"b":[{"a":1},{"a":2}]}));
    }

    #[test]
    fn a_name_given_twice_is_refused_and_located() {
        assert_eq!(
            message(r#"{"plan":"free","x":0,"plan":"pro"}"#),
            r#"the name "plan" appears twice in the outermost object"#
        );
        assert_eq!(
            message(r#"{"a":{"b c":[0,{"x":1,"x":1}]}}"#),
            r#"the name "x" appears twice in the object at `.a["b c"][1]`"#
        );
        assert_eq!(
            message(r#"[{"x":1,"x":1}]"#),
            r#"the name "x" appears twice in the object at `.[0]`"#
        );
    }

    #[test]
    fn escapes_do_not_hide_a_repeated_name() {
        let error = parse(r#"{"plan":1,"\u0070lan":2}"#).unwrap_err();
        assert_eq!(
            error,
            JsonError::DuplicateName {
                name: "plan".to_owned(),
                path: ".".to_owned()
            }
        );
    }

    #[test]
    fn hostile_names_are_shortened_and_escaped_in_the_message() {
        let name = format!("\u{202e}\u{1b}[2J{}", "x".repeat(1000));
        let text = format!("{{{0}:1,{0}:2}}", json!(name));
        let message = message(&text);
        assert!(message.len() < 200, "{message}");
        assert!(!message.contains(['\u{202e}', '\u{1b}']), "{message}");
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(parse(&nested(MAX_DEPTH + 1)), Err(JsonError::TooDeep));
        assert_eq!(parse(&"[".repeat(100_000)), Err(JsonError::TooDeep));
        assert_eq!(parse(&r#"{"a":"#.repeat(100_000)), Err(JsonError::TooDeep));
    }

    #[test]
    fn the_number_of_values_is_bounded_wherever_they_are() {
        let elements = |unit: &str, count: usize| format!("[{}]", vec![unit; count].join(","));
        assert!(parse(&elements("0", MAX_VALUES - 1)).is_ok());
        assert_eq!(parse(&elements("0", MAX_VALUES)), Err(JsonError::TooMany));
        assert_eq!(
            parse(&elements("[{}]", MAX_VALUES / 2)),
            Err(JsonError::TooMany)
        );
        let members: Vec<_> = (0..MAX_VALUES).map(|n| format!("\"{n}\":0")).collect();
        let members = format!("{{{}}}", members.join(","));
        assert_eq!(parse(&members), Err(JsonError::TooMany));
        assert_eq!(message(&members), "it has more than 3000 values");
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        assert_eq!(message("{\"a\":1,}"), "trailing comma (line 1, column 8)");
        assert_eq!(message("{}{}"), "trailing characters (line 1, column 3)");
        assert_eq!(message("[1e999]"), "number out of range (line 1, column 6)");
        for text in [
            "",
            "{",
            "nul",
            "\u{feff}{}",
            "{a:1}",
            "'a'",
            "[01]",
            r#""\ud800""#,
        ] {
            assert!(
                matches!(parse(text), Err(JsonError::Syntax { .. })),
                "{text}"
            );
        }
    }
}
