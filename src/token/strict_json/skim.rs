//! Reading a document as strictly as [`parse`](super::parse), but keeping only a few members.
//!
//! To judge a token, seven claims matter; building a tree of all the others costs more than the
//! signature. And a text of a megabyte may be a quarter of a million empty objects: what is not
//! built needs no memory.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Fault, JsonError, Node, Step, Watch};

/// What a document holds, as far as it was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Picked {
    /// An object.
    Members {
        /// For each name to be kept, its member's value, if it has one.
        kept: Vec<Option<Value>>,
        /// For each name to be noticed, whether there is such a member.
        noticed: Vec<bool>,
    },
    /// Another value, with its article: `an array`.
    Other(&'static str),
}

/// Reads one JSON document, keeps the outermost object's members of some names, and notices
/// whether there are those of others.
///
/// # Errors
/// Exactly those of [`parse`](super::parse), except that only the values that are kept are counted.
pub fn pick(text: &str, kept: &[&str], noticed: &[&str]) -> Result<Picked, JsonError> {
    let watch = Watch::default();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let top = Top {
        watch: &watch,
        kept,
        noticed,
    };
    deserializer
        .deserialize_any(top)
        .and_then(|picked| deserializer.end().map(|()| picked))
        .map_err(|error| watch.explain(&error))
}

/// The outermost value.
struct Top<'watch> {
    watch: &'watch Watch,
    kept: &'watch [&'watch str],
    noticed: &'watch [&'watch str],
}

impl<'watch> Top<'watch> {
    fn inside(&self) -> Skim<'watch> {
        Skim {
            watch: self.watch,
            depth: 1,
        }
    }
}

impl<'de> Visitor<'de> for Top<'_> {
    type Value = Picked;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Picked, E> {
        Ok(Picked::Other("null"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Picked, E> {
        Ok(Picked::Other("true or false"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Picked, E> {
        Ok(Picked::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Picked, E> {
        Ok(Picked::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Picked, E> {
        Ok(Picked::Other("a number"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Picked, E> {
        Ok(Picked::Other("a string"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Picked, A::Error> {
        skim_elements(self.inside(), access).map(|()| Picked::Other("an array"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Picked, A::Error> {
        let inside = self.inside();
        let mut seen = Names::new();
        let mut kept = vec![None; self.kept.len()];
        let mut noticed = vec![false; self.noticed.len()];
        while let Some(Name(name)) = access.next_key_seed(NameSeed)? {
            for (notice, _) in noticed
                .iter_mut()
                .zip(self.noticed)
                .filter(|(_, each)| **each == name)
            {
                *notice = true;
            }
            let read = match self.kept.iter().position(|each| *each == name) {
                Some(place) => access
                    .next_value_seed(Node {
                        watch: self.watch,
                        depth: 1,
                    })
                    .map(|value| kept[place] = Some(value)),
                None => access.next_value_seed(inside),
            };
            seen.close_member(name, read, self.watch)?;
        }
        Ok(Picked::Members { kept, noticed })
    }
}

/// A value that is read and not kept: `depth` containers enclose it.
#[derive(Clone, Copy)]
struct Skim<'watch> {
    watch: &'watch Watch,
    depth: usize,
}

impl Skim<'_> {
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= super::MAX_DEPTH {
            return Err(self.watch.stop(Fault::TooDeep));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Skim<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Skim<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<(), A::Error> {
        skim_elements(self.inside()?, access)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let inside = self.inside()?;
        let mut seen = Names::new();
        while let Some(Name(name)) = access.next_key_seed(NameSeed)? {
            let read = access.next_value_seed(inside);
            seen.close_member(name, read, self.watch)?;
        }
        Ok(())
    }
}

fn skim_elements<'de, A: SeqAccess<'de>>(inside: Skim<'_>, mut access: A) -> Result<(), A::Error> {
    let mut index = 0;
    loop {
        match access.next_element_seed(inside) {
            Ok(Some(())) => index += 1,
            Ok(None) => return Ok(()),
            Err(error) => {
                inside.watch.pass(|| Step::Index(index));
                return Err(error);
            }
        }
    }
}

/// A member's name, borrowed from the text unless it is written with escapes.
struct Name<'de>(Cow<'de, str>);

struct NameSeed;

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Name<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Name<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Borrowed(name)))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name(Cow::Owned(name.to_owned())))
    }
}

/// How many names are compared one by one.
const FEW: usize = 16;

/// The names an object has had so far. Objects in tokens are small, and those of an attacker are
/// not: a few are compared one by one and take no memory of their own, many are hashed.
struct Names<'de> {
    few: [Cow<'de, str>; FEW],
    count: usize,
    many: Option<HashSet<Cow<'de, str>>>,
}

impl<'de> Names<'de> {
    const fn new() -> Self {
        Self {
            few: [const { Cow::Borrowed("") }; FEW],
            count: 0,
            many: None,
        }
    }

    /// Takes the name of a member whose value was read, or was not.
    fn close_member<E: serde::de::Error>(
        &mut self,
        name: Cow<'de, str>,
        read: Result<(), E>,
        watch: &Watch,
    ) -> Result<(), E> {
        match read {
            Ok(()) => self.add(name, watch),
            Err(error) => {
                watch.pass(|| Step::Name(name.into_owned()));
                Err(error)
            }
        }
    }

    fn add<E: serde::de::Error>(&mut self, name: Cow<'de, str>, watch: &Watch) -> Result<(), E> {
        let few = &self.few[..self.count];
        let among_many = self.many.as_ref().is_some_and(|many| many.contains(&name));
        if among_many || few.contains(&name) {
            return Err(watch.repeated(name.into_owned()));
        }
        match self.few.get_mut(self.count) {
            Some(free) => {
                *free = name;
                self.count += 1;
            }
            None => {
                self.many.get_or_insert_default().insert(name);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::parse;
    use super::*;

    #[test]
    fn wanted_members_are_kept_whole_and_others_are_passed_over() {
        let text = r#"{"a":{"x":[1,{"y":null}]},"exp":5,"b":[],"\u0061ud":["q"]}"#;
        let picked = pick(text, &["aud", "exp", "nbf"], &["a", "exp", "c"]).unwrap();
        let expected = Picked::Members {
            kept: vec![Some(json!(["q"])), Some(json!(5)), None],
            noticed: vec![true, true, false],
        };
        assert_eq!(picked, expected);
        assert_eq!(
            pick("[1,[2]]", &[], &[]).unwrap(),
            Picked::Other("an array")
        );
        assert_eq!(pick("null", &[], &[]).unwrap(), Picked::Other("null"));
    }

    #[test]
    fn only_what_is_kept_is_counted() {
        let zeros = vec!["0"; 30_000].join(",");
        let text = format!("{{\"a\":[{zeros}],\"b\":[0]}}");
        assert!(pick(&text, &["b"], &["a"]).is_ok());
        assert_eq!(pick(&text, &["a"], &[]), Err(JsonError::TooMany));
    }

    #[test]
    fn what_parse_refuses_is_refused_in_the_same_words() {
        let many: Vec<_> = (0..40).map(|n| format!("\"n{n}\":{n}")).collect();
        let many = format!("{{{},\"n39\":1}}", many.join(","));
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        for text in [
            r#"{"plan":1,"x":0,"\u0070lan":2}"#,
            r#"{"a":{"b c":[0,{"x":1,"x":1}]}}"#,
            r#"{"exp":{"x":1,"x":1}}"#,
            r#"[{"x":1,"x":1}]"#,
            r#"{"a":1,"a":}"#,
            r#"{"x":{"a":1,"a":[1e999]}}"#,
            r#"{"a":1,}"#,
            "{}{}",
            "[1e999]",
            r#"{"a":"\ud800"}"#,
            "",
            "nul",
            &many,
            &deep(101),
        ] {
            let parsed = parse(text).map(drop).unwrap_err();
            assert_eq!(pick(text, &["exp"], &["a"]).unwrap_err(), parsed, "{text}");
        }
        assert!(pick(&deep(100), &[], &[]).is_ok());
    }
}
