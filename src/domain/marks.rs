//! Which features a list makes particular to a subject.
//!
//! Most subjects are prepared to be asked a few questions, so preparing one has to cost little. What
//! a list concerns is worked out once for each list of the catalog; a subject's marks are those of
//! its lists laid over each other, by the same steps whichever lists they are.

use smallvec::{SmallVec, smallvec};

use super::catalog::FeatureEntry;
use super::key::FeatureKey;
use super::list_ids::ListIds;
use super::resolver::Slot;
use super::target::{Condition, ListId};

/// How many features are marked together: as many as a project may define unless its settings say
/// otherwise, and some more, so that one block is nearly always all.
pub(super) const BLOCK: usize = 64;

/// How far apart the numbers of a catalog's lists may lie to be looked up by number: a quarter of a
/// megabyte.
const MOST: usize = 1 << 16;

/// The mark of a feature that a list concerns: every bit, so that it can pick one of two numbers.
const MARK: u8 = u8::MAX;

/// A byte for each feature.
pub(super) type Block = [u8; BLOCK];

/// The features that the lists of one subject concern.
#[derive(Debug)]
pub(super) struct Marks(pub(super) SmallVec<[Block; 1]>);

/// The features whose rules refer to each list.
#[derive(Debug)]
pub(super) struct Referring {
    /// The lists that rules refer to, sorted.
    lists: Vec<ListId>,
    /// The marks of a list that no rule refers to, which are none, then those of each list.
    blocks: Vec<Block>,
    /// How many blocks the marks of one list are.
    each: usize,
    /// Where the marks of each number from the lowest list's on begin, and at the end where those of
    /// all others do. Empty where the numbers lie too far apart.
    places: Vec<u32>,
}

impl Referring {
    pub(super) fn new(features: &[(&FeatureKey, &FeatureEntry)]) -> Self {
        let referring = references(features);
        let mut lists: Vec<ListId> = referring.iter().map(|(list, _)| *list).collect();
        lists.sort_unstable();
        lists.dedup();
        let each = features.len().div_ceil(BLOCK).max(1);
        let mut all = Self {
            blocks: vec![[0; BLOCK]; each * (lists.len() + 1)],
            lists,
            each,
            places: Vec::new(),
        };
        for (list, slot) in referring {
            let begin = all.search(list);
            all.blocks[begin..].as_flattened_mut()[slot.index()] = MARK;
        }
        all.places = all.places();
        all
    }

    /// The places of the numbers, unless there would be too many of them.
    fn places(&self) -> Vec<u32> {
        let (Some(first), Some(last)) = (self.lists.first(), self.lists.last()) else {
            return vec![0];
        };
        // The highest number of all stands for no list.
        if last.0 == u32::MAX || (last.0 - first.0) as usize >= MOST {
            return Vec::new();
        }
        let begins = (first.0..=last.0).map(|number| u32::try_from(self.search(ListId(number))));
        begins
            .chain([Ok(0)])
            .collect::<Result<_, _>>()
            .unwrap_or_default()
    }

    /// The same by looking through the lists.
    fn search(&self, list: ListId) -> usize {
        let found = self.lists.binary_search(&list);
        found.map_or(0, |index| self.each * (index + 1))
    }

    /// The features that it makes a difference to, for whom these lists name.
    #[inline]
    pub(super) fn marks(&self, lists: &ListIds) -> Marks {
        match lists.few() {
            Some(few) if !self.places.is_empty() => self.laid_over(&few.map(|l| self.begin(l))),
            _ => self.marks_of(lists),
        }
    }

    /// The same for lists that lie somewhere else.
    pub(super) fn marks_of(&self, lists: &[ListId]) -> Marks {
        let begins = lists.iter().map(|list| self.begin(*list));
        self.laid_over(&begins.collect::<SmallVec<[usize; 8]>>())
    }

    /// Where the marks of a list begin.
    #[inline]
    fn begin(&self, list: ListId) -> usize {
        let Some(last) = self.places.len().checked_sub(1) else {
            return self.search(list);
        };
        let first = self.lists.first().map_or(0, |first| first.0);
        let place = list.0.wrapping_sub(first) as usize;
        self.places[place.min(last)] as usize
    }

    /// The marks that begin at these places, all of them.
    #[inline]
    fn laid_over(&self, begins: &[usize]) -> Marks {
        Marks(match self.each {
            // As below, without the loop.
            1 => smallvec![self.block(begins, 0)],
            each => (0..each).map(|number| self.block(begins, number)).collect(),
        })
    }

    #[inline]
    fn block(&self, begins: &[usize], number: usize) -> Block {
        let mut marks = [0; BLOCK];
        for begin in begins {
            let of_list = &self.blocks[begin + number];
            marks
                .iter_mut()
                .zip(of_list)
                .for_each(|(all, mark)| *all |= mark);
        }
        marks
    }
}

/// Each list with each feature whose rules refer to it.
fn references(features: &[(&FeatureKey, &FeatureEntry)]) -> Vec<(ListId, Slot)> {
    let mut references = Vec::new();
    for (slot, (_, entry)) in (0u32..).map(Slot).zip(features) {
        for condition in entry.audience.rules.iter().flat_map(|rule| &rule.when) {
            if let Condition::OneOf { ids, .. } = condition {
                references.push((*ids, slot));
            }
        }
    }
    references
}
