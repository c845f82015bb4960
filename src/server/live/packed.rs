//! One subject in as few bytes as it takes.
//!
//! A million subjects are kept at once, and each is read only when somebody asks about it. So what
//! is kept of one is a single piece of memory: numbers of one to ten bytes, seven bits in each, the
//! last one below 128. Plans, features and organizations are numbers there (see
//! [`names`](super::names)).

use smallvec::SmallVec;

use crate::domain::catalog::Revision;
use crate::domain::overrides::{Effect, Override};
use crate::domain::subject::Held;
use crate::domain::target::ListId;
use crate::domain::time::Time;
use crate::domain::value::{Limit, Value};

/// What is known about one who can be asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// Whether the store knows it; of others only the lists are kept.
    pub(super) is_known: bool,
    /// With custom targets of its own: the revision that its lists are from.
    pub(super) targets_as_of: Option<Revision>,
    /// The number of its plan.
    pub(super) plan: Option<u32>,
    /// The numbers of its organizations, in the order of their identifiers.
    pub(super) organizations: SmallVec<[u32; 4]>,
    /// The lists that name it, or a custom target of its own; sorted.
    pub(super) lists: SmallVec<[ListId; 4]>,
}

const IS_KNOWN: u8 = 1;
const HAS_TARGETS: u8 = 2;

const IS_ON: u64 = 1;
const IS_LIMIT: u64 = 2;
const EFFECT: u64 = 3;
const STARTS: u64 = 4;
const EXPIRES: u64 = 8;
/// How many of the bits before a feature's number say what its override is like.
const SHAPE: u32 = 4;

/// Puts an entry together, behind `name`, by which it is found.
pub(super) fn pack(
    name: &[u8],
    facts: &Facts,
    overrides: impl IntoIterator<Item = (u32, Held)>,
) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(name.len() + 64);
    put(&mut bytes, name.len() as u64);
    bytes.extend(name);
    let has_targets = facts.targets_as_of.map_or(0, |_| HAS_TARGETS);
    bytes.push((u8::from(facts.is_known) * IS_KNOWN) | has_targets);
    if let Some(Revision(revision)) = facts.targets_as_of {
        put(&mut bytes, revision);
    }
    put(&mut bytes, facts.plan.map_or(0, |plan| u64::from(plan) + 1));
    put(&mut bytes, facts.organizations.len() as u64);
    for organization in &facts.organizations {
        put(&mut bytes, u64::from(*organization));
    }
    put(&mut bytes, facts.lists.len() as u64);
    for ListId(list) in &facts.lists {
        put(&mut bytes, u64::from(*list));
    }
    for (feature, held) in overrides {
        put_override(&mut bytes, feature, &held.over);
    }
    bytes.into_boxed_slice()
}

fn put_override(bytes: &mut Vec<u8>, feature: u32, over: &Override) {
    let (effect, limit) = match over.effect {
        Effect::Revoke => (0, None),
        Effect::Grant(Value::On) => (IS_ON, None),
        Effect::Grant(Value::Limit(limit)) => (IS_LIMIT, Some(limit)),
    };
    let starts = over.starts.map_or(0, |_| STARTS);
    let expires = over.expires.map_or(0, |_| EXPIRES);
    put(
        bytes,
        u64::from(feature) << SHAPE | effect | starts | expires,
    );
    if let Some(limit) = limit {
        put(bytes, limit.get());
    }
    for time in [over.starts, over.expires].into_iter().flatten() {
        put(bytes, zigzag(time.unix()));
    }
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        // The seven lowest bits.
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Small numbers of either sign as small numbers without one.
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

/// The name that an entry was put behind.
pub(super) fn name_of(entry: &[u8]) -> &[u8] {
    let mut reader = Reader(entry);
    let name = reader.number().and_then(|length| reader.take(length));
    name.unwrap_or_default()
}

/// Takes an entry apart; `None` for one that [`pack`] did not make.
pub(super) fn unpack(entry: &[u8]) -> Option<(Facts, Overrides<'_>)> {
    let mut reader = Reader(entry);
    let length = reader.number()?;
    reader.take(length)?;
    let flags = reader.byte()?;
    let mut facts = Facts {
        is_known: flags & IS_KNOWN != 0,
        ..Facts::default()
    };
    if flags & HAS_TARGETS != 0 {
        facts.targets_as_of = Some(Revision(reader.number()?));
    }
    facts.plan = reader.small()?.checked_sub(1);
    for _ in 0..reader.number()? {
        facts.organizations.push(reader.small()?);
    }
    for _ in 0..reader.number()? {
        facts.lists.push(ListId(reader.small()?));
    }
    Some((facts, Overrides(reader)))
}

/// The overrides of an entry, each with the number of its feature.
pub(super) struct Overrides<'e>(Reader<'e>);

impl Iterator for Overrides<'_> {
    type Item = (u32, Held);

    fn next(&mut self) -> Option<(u32, Held)> {
        let Self(reader) = self;
        let first = reader.number()?;
        let effect = match first & EFFECT {
            0 => Effect::Revoke,
            IS_ON => Effect::Grant(Value::On),
            _ => Effect::Grant(Value::Limit(Limit::new(reader.number()?)?)),
        };
        let mut time = |bit| match first & bit {
            0 => Some(None),
            _ => Some(Some(reader.time()?)),
        };
        let over = Override {
            effect,
            reason: None,
            starts: time(STARTS)?,
            expires: time(EXPIRES)?,
        };
        let revision = Revision::UNKNOWN;
        Some((u32::try_from(first >> SHAPE).ok()?, Held { over, revision }))
    }
}

struct Reader<'e>(&'e [u8]);

impl<'e> Reader<'e> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn take(&mut self, length: u64) -> Option<&'e [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    fn time(&mut self) -> Option<Time> {
        let number = self.number()?;
        let seconds = (number >> 1) as i64 ^ -((number & 1) as i64);
        Time::from_unix(seconds).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overrides() -> Vec<(u32, Held)> {
        let limit =
            |number| Effect::Grant(Value::Limit(Limit::new(number).unwrap_or(Limit::UNLIMITED)));
        let times = [None, Some(-62_000_000_000), Some(0), Some(1_800_000_000)];
        let times = times.map(|seconds| seconds.and_then(|seconds| Time::from_unix(seconds).ok()));
        let effects = [
            Effect::Revoke,
            Effect::Grant(Value::On),
            limit(0),
            limit(127),
            limit(u64::MAX),
        ];
        let mut all = Vec::new();
        for (number, effect) in (0u32..).zip(effects) {
            for starts in times {
                for expires in times {
                    let reason = None;
                    let over = Override {
                        effect,
                        reason,
                        starts,
                        expires,
                    };
                    let revision = Revision::UNKNOWN;
                    all.push((number * 1_000_003, Held { over, revision }));
                }
            }
        }
        all
    }

    #[test]
    fn what_was_packed_comes_out_again() {
        let many = Facts {
            is_known: true,
            targets_as_of: Some(Revision(u64::MAX)),
            plan: Some(u32::MAX - 1),
            organizations: [0, 127, 128, u32::MAX].into_iter().collect(),
            lists: (0..40).map(ListId).collect(),
        };
        for facts in [Facts::default(), many] {
            let entry = pack(b"u-name", &facts, overrides());
            assert_eq!(name_of(&entry), b"u-name");
            let unpacked = unpack(&entry).map(|(facts, held)| (facts, held.collect()));
            assert_eq!(unpacked, Some((facts, overrides())));
        }
    }

    #[test]
    fn a_usual_subject_takes_few_bytes() {
        let facts = Facts {
            is_known: true,
            plan: Some(3),
            ..Facts::default()
        };
        let on = Held {
            over: Override {
                effect: Effect::Grant(Value::On),
                reason: None,
                starts: None,
                expires: None,
            },
            revision: Revision::UNKNOWN,
        };
        let entry = pack(
            b"uuser_0000001",
            &facts,
            (0..5).map(|feature| (feature, on.clone())),
        );
        assert!(entry.len() <= 24, "{}", entry.len());
    }
}
