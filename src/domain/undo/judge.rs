//! Which later revisions stand in the way of taking a write back.
//!
//! The judge is told of what the write touched, then of what every later one touched, latest
//! first. It keeps digests, and of the later writes only what meets the write in question. Where
//! that is still too much to be held, all of it is told several times, and each time only a share
//! of the parts is judged.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Digest, Part, Side, Touch, digest};
use crate::domain::catalog::Revision;

/// A later revision that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Which.
    pub revision: Revision,
    /// What of it is in the way, in words: the first few things.
    pub what: Vec<String>,
    /// How many parts that are in the way are not among these.
    pub more: usize,
}

/// How many things of a later revision are put into words.
const WORDS: usize = 3;
/// How many parts and steps are held, at some fifty bytes each.
const HELD: usize = 1_500_000;

/// What a write touched, and what has become of it.
#[derive(Debug, Default)]
pub struct Judge {
    /// Which share of the parts is judged, of how many.
    share: u64,
    shares: u64,
    touched: HashMap<Digest, Sides>,
    /// What must be there for what the write took away to come back.
    needed: HashSet<Digest>,
    /// What the write made, and would go again.
    vanishing: HashSet<Digest>,
    /// How many features come back, less those that go.
    returning: i64,
    /// The places of the latest and of the earliest step of each part.
    later: HashMap<Digest, (u32, u32)>,
    steps: Vec<Step>,
    /// Features that were defined or deleted later, and how many there may be.
    crowd: HashSet<Digest>,
    words: HashMap<Revision, Vec<(Digest, String)>>,
    found: Found,
}

#[derive(Debug, Clone, Copy)]
struct Sides {
    before: Option<Digest>,
    after: Option<Digest>,
}

/// What a later revision made of a part.
#[derive(Debug, Clone, Copy)]
struct Step {
    revision: Revision,
    before: Option<Digest>,
    after: Option<Digest>,
    /// Whether what it left stands on something that would go.
    stands: bool,
    /// Where the step before is; its own place if there is none.
    earlier: u32,
}

/// A history in which a change did not find what the one before had left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torn(pub Revision);

impl Judge {
    /// Begins with a share of the parts. What was found of other shares is kept.
    pub fn begin(&mut self, share: u64, shares: u64) {
        *self = Self {
            share,
            shares,
            words: std::mem::take(&mut self.words),
            found: std::mem::take(&mut self.found),
            ..Self::default()
        };
    }

    /// Whether there is more than should be held: then it must be told anew, in more shares.
    pub fn is_full(&self) -> bool {
        self.touched.len() + self.steps.len() > HELD
    }

    fn is_shared(&self, part: Digest) -> bool {
        part.get() % self.shares.max(1) == self.share
    }

    /// Takes in what the write in question touched, its last change first. What it led back itself
    /// counts as touched, too: no command does that.
    pub fn own(&mut self, touch: &Touch<'_>) {
        let part = digest(&touch.part);
        let (before, after) = (touch.before.value, touch.after.value);
        if self.is_shared(part) {
            let sides = self.touched.entry(part).or_insert(Sides { before, after });
            sides.before = before;
        }
        let needed = touch.before.on.iter().flatten();
        self.needed.extend(needed.map(digest));
        if is_a_footing(&touch.part) && before.is_none() {
            self.vanishing.insert(part);
        }
        if matches!(touch.part, Part::Feature(_)) {
            self.returning += i64::from(before.is_some()) - i64::from(after.is_some());
        }
    }

    /// Takes in what a later revision touched, latest first. `words` says what that was.
    pub fn later(&mut self, revision: Revision, touch: &Touch<'_>, words: impl FnOnce() -> String) {
        let part = digest(&touch.part);
        let crowds = matches!(touch.part, Part::Feature(_) | Part::Cap);
        if !(crowds || self.is_shared(part)) {
            return;
        }
        let (stood, stands) = (self.stands(&touch.before), self.stands(&touch.after));
        if !(self.meets(part) || stood || stands || crowds) {
            return;
        }
        if crowds {
            self.crowd.insert(part);
        }
        self.step(part, revision, touch, stands);
        let said = self.words.entry(revision).or_default();
        if said.len() < 4 * WORDS {
            said.push((part, words()));
        }
    }

    fn step(&mut self, part: Digest, revision: Revision, touch: &Touch<'_>, stands: bool) {
        // There are fewer steps than numbers: the judge is full long before.
        let place = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        let (_, earliest) = self.later.entry(part).or_insert((place, place));
        if let Some(step) = self.steps.get_mut(*earliest as usize) {
            if step.revision == revision {
                step.before = touch.before.value;
                return;
            }
            step.earlier = place;
        }
        *earliest = place;
        self.steps.push(Step {
            revision,
            before: touch.before.value,
            after: touch.after.value,
            stands,
            earlier: place,
        });
    }

    /// The steps of a part, latest first.
    fn steps(&self, latest: u32) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut place = latest;
        while let Some(step) = self.steps.get(place as usize) {
            steps.push(*step);
            if step.earlier == place {
                break;
            }
            place = step.earlier;
        }
        steps
    }

    /// Whether what happens to a part matters by itself.
    fn meets(&self, part: Digest) -> bool {
        self.touched.contains_key(&part) || self.needed.contains(&part)
    }

    fn stands(&self, side: &Side<'_>) -> bool {
        let mut on = side.on.iter().flatten();
        !self.vanishing.is_empty() && on.any(|part| self.vanishing.contains(&digest(part)))
    }

    /// How many features come back, less those that go.
    pub fn returning(&self) -> i64 {
        self.returning
    }

    /// Judges this share.
    ///
    /// # Errors
    ///
    /// `Torn` where the changes do not follow from each other.
    pub fn settle(&mut self) -> Result<(), Torn> {
        let mut found = std::mem::take(&mut self.found);
        for (part, (latest, _)) in &self.later {
            if !self.is_shared(*part) {
                continue;
            }
            let steps = self.steps(*latest);
            let path = standing(&steps);
            if self.meets(*part) {
                follows(self.touched.get(part), &steps)?;
                found.extend(*part, &path, &self.words);
            } else {
                let on_it = path.iter().rev().take_while(|step| step.stands).count();
                found.extend(*part, &path[path.len() - on_it..], &self.words);
            }
        }
        self.found = found;
        Ok(())
    }

    /// The revisions in the way, latest first, once every share has been judged.
    pub fn conflicts(&self) -> Vec<Conflict> {
        self.in_words(&self.found)
    }

    /// The revisions that leave no room for `excess` features, latest first.
    pub fn crowding(&self, excess: usize) -> Vec<Conflict> {
        let mut defined: Vec<(Digest, Step)> = Vec::new();
        let mut found = Found::default();
        let cap = digest(&Part::Cap);
        for part in &self.crowd {
            let latest = self.later.get(part).map(|(latest, _)| *latest);
            let path = latest.map(|latest| standing(&self.steps(latest)));
            let last = path.and_then(|path| path.last().copied());
            match last {
                Some(step) if *part == cap => found.extend(*part, &[step], &self.words),
                Some(step) if step.after.is_some() => defined.push((*part, step)),
                _ => {}
            }
        }
        defined.sort_by_key(|(part, step)| (std::cmp::Reverse(step.revision), *part));
        for (part, step) in defined.into_iter().take(excess) {
            found.extend(part, &[step], &self.words);
        }
        self.in_words(&found)
    }

    fn in_words(&self, found: &Found) -> Vec<Conflict> {
        let conflicts = found.0.iter().rev().map(|(revision, parts)| {
            let said = self.words.get(revision).into_iter().flatten();
            let said: Vec<_> = said.filter(|(part, _)| parts.said.contains(part)).collect();
            // A walk tells the last change first, and one line may be about several parts.
            let mut what: Vec<String> = Vec::new();
            for (_, words) in said.iter().rev() {
                if what.len() < WORDS && !what.contains(words) {
                    what.push(words.clone());
                }
            }
            let shown = said.iter().filter(|(_, words)| what.contains(words));
            let covered: HashSet<Digest> = shown.map(|(part, _)| *part).collect();
            Conflict {
                revision: *revision,
                more: parts.count - covered.len(),
                what,
            }
        });
        conflicts.collect()
    }
}

/// What other parts can stand on.
fn is_a_footing(part: &Part<'_>) -> bool {
    matches!(
        part,
        Part::Feature(_) | Part::Plan(_) | Part::Subject(_) | Part::Rule(..)
    )
}

/// What is in the way, revision by revision.
#[derive(Debug, Default)]
struct Found(BTreeMap<Revision, Parts>);

#[derive(Debug, Default)]
struct Parts {
    count: usize,
    /// Those that there are words for.
    said: HashSet<Digest>,
}

impl Found {
    fn extend(
        &mut self,
        part: Digest,
        steps: &[Step],
        words: &HashMap<Revision, Vec<(Digest, String)>>,
    ) {
        for step in steps {
            let parts = self.0.entry(step.revision).or_default();
            parts.count += 1;
            let mut said = words.get(&step.revision).into_iter().flatten();
            if said.any(|(known, _)| *known == part) {
                parts.said.insert(part);
            }
        }
    }
}

/// The steps by which a part has its value, earliest first: the first that gave it, the first that
/// gave it what that one found, and so on. Whatever was led back since is not among them, nor is what
/// led it back.
fn standing(latest_first: &[Step]) -> Vec<Step> {
    let (Some(latest), Some(first)) = (latest_first.first(), latest_first.last()) else {
        return Vec::new();
    };
    let mut path: Vec<Step> = Vec::new();
    let mut rest = latest_first;
    let mut value = latest.after;
    while value != first.before
        && let Some(place) = rest.iter().rposition(|step| step.after == value)
    {
        path.push(rest[place]);
        value = rest[place].before;
        rest = &rest[place + 1..];
    }
    path.reverse();
    path
}

/// Whether each step found what the one before had left.
fn follows(touched: Option<&Sides>, latest_first: &[Step]) -> Result<(), Torn> {
    let mut left = touched.map(|sides| sides.after);
    for step in latest_first.iter().rev() {
        if left.is_some_and(|left| left != step.before) {
            return Err(Torn(step.revision));
        }
        left = Some(step.after);
    }
    Ok(())
}
