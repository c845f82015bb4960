//! What becomes of one field: an edit says so for those it means, and leaves the others alone.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::text::Text;

/// What becomes of a value that may be missing. In JSON a field that is absent leaves it, `null`
/// takes it away, and anything else takes its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Alter<T> {
    /// It stays as it is.
    #[default]
    Leave,
    /// It is taken away.
    Clear,
    /// This takes its place.
    Put(T),
}

impl<T> Alter<T> {
    /// Whether it stays as it is: such a field is not written.
    pub fn leaves(&self) -> bool {
        matches!(self, Self::Leave)
    }

    /// What is put in place, if anything is.
    pub fn put(&self) -> Option<&T> {
        match self {
            Self::Put(value) => Some(value),
            Self::Leave | Self::Clear => None,
        }
    }
}

impl<T: Clone> Alter<T> {
    pub(super) fn apply(&self, slot: &mut Option<T>) {
        match self {
            Self::Leave => {}
            Self::Clear => *slot = None,
            Self::Put(value) => *slot = Some(value.clone()),
        }
    }
}

impl<const MAX: usize> Alter<Text<MAX>> {
    /// The same for a text, of which an empty one is none.
    pub(super) fn apply_text(&self, slot: &mut Option<Text<MAX>>) {
        self.apply(slot);
        slot.take_if(|text| text.is_empty() && !self.leaves());
    }
}

/// Nothing given leaves what is there.
impl<T> From<Option<T>> for Alter<T> {
    fn from(given: Option<T>) -> Self {
        given.map_or(Self::Leave, Self::Put)
    }
}

impl<T: Serialize> Serialize for Alter<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.put().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Alter<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = Option::deserialize(deserializer)?;
        Ok(found.map_or(Self::Clear, Self::Put))
    }
}

/// What becomes of a set. In JSON an array is all that is to be in it, and an object with `add` and
/// `remove` tells what comes and goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlterSet<T: Ord> {
    /// It holds these and no others.
    Exactly(BTreeSet<T>),
    /// Some come, and some go; what does both goes.
    Some {
        /// Those that come.
        add: BTreeSet<T>,
        /// Those that go.
        remove: BTreeSet<T>,
    },
}

impl<T: Ord> Default for AlterSet<T> {
    fn default() -> Self {
        Self::Some {
            add: BTreeSet::new(),
            remove: BTreeSet::new(),
        }
    }
}

impl<T: Ord> AlterSet<T> {
    /// Some come, and some go.
    pub fn some(add: impl IntoIterator<Item = T>, remove: impl IntoIterator<Item = T>) -> Self {
        Self::Some {
            add: add.into_iter().collect(),
            remove: remove.into_iter().collect(),
        }
    }

    /// Whether it stays as it is: such a field is not written.
    pub fn leaves(&self) -> bool {
        matches!(self, Self::Some { add, remove } if add.is_empty() && remove.is_empty())
    }

    /// Those that are to be in it.
    pub fn added(&self) -> &BTreeSet<T> {
        match self {
            Self::Exactly(all) => all,
            Self::Some { add, .. } => add,
        }
    }

    /// Those that are named as going.
    pub fn removed(&self) -> impl Iterator<Item = &T> {
        let removed = match self {
            Self::Exactly(_) => None,
            Self::Some { remove, .. } => Some(remove),
        };
        removed.into_iter().flatten()
    }
}

impl<T: Ord + Clone> AlterSet<T> {
    pub(super) fn apply(&self, set: &mut BTreeSet<T>) {
        match self {
            Self::Exactly(all) => set.clone_from(all),
            Self::Some { add, remove } => {
                set.extend(add.iter().cloned());
                set.retain(|one| !remove.contains(one));
            }
        }
    }
}

/// The object that tells what comes and goes.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form<S> {
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    add: Option<S>,
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    remove: Option<S>,
}

impl<T: Ord + Serialize> Serialize for AlterSet<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exactly(all) => all.serialize(serializer),
            Self::Some { add, remove } => {
                let some = |set| Some(set).filter(|set: &&BTreeSet<T>| !set.is_empty());
                let (add, remove) = (some(add), some(remove));
                Form { add, remove }.serialize(serializer)
            }
        }
    }
}

impl<'de, T: Ord + Deserialize<'de>> Deserialize<'de> for AlterSet<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);

        impl<'de, T: Ord + Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = AlterSet<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array, or an object with `add` and `remove`")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<AlterSet<T>, A::Error> {
                let mut all = BTreeSet::new();
                while let Some(one) = access.next_element()? {
                    all.insert(one);
                }
                Ok(AlterSet::Exactly(all))
            }

            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<AlterSet<T>, A::Error> {
                let form = Form::deserialize(MapAccessDeserializer::new(access))?;
                let Form::<BTreeSet<T>> { add, remove } = form;
                Ok(AlterSet::Some {
                    add: add.unwrap_or_default(),
                    remove: remove.unwrap_or_default(),
                })
            }
        }

        deserializer.deserialize_any(Either(PhantomData))
    }
}
