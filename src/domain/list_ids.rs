//! The lists that name one target or one subject.
//!
//! Nearly always they are few, and a question reads them as often as it is asked. Those few lie in
//! places of their own whose number never changes, so that copying and reading them takes the same
//! steps whoever is named and however often: a processor that has guessed a loop's length wrongly
//! loses more time than it takes to read all of them.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::target::ListId;

/// How many lists are few. With an identifier of 32 characters they fill a line of the processor's
/// cache.
pub(super) const FEW: usize = 4;

/// What is in a place where there is no list.
const FREE: ListId = ListId(u32::MAX);

/// A set of lists, in ascending order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<ListId>", from = "Vec<ListId>")]
pub struct ListIds {
    /// The lists from the first place on, then `FREE`; all `FREE` where there are more than few.
    few: [ListId; FEW],
    /// All of them where they are more than few, or where one of them has the number of `FREE`.
    many: Option<Box<Many>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Many(Vec<ListId>);

impl ListIds {
    /// No list.
    pub const fn new() -> Self {
        Self {
            few: [FREE; FEW],
            many: None,
        }
    }

    /// Adds a list. `false` where it is there already.
    pub fn insert(&mut self, list: ListId) -> bool {
        let Err(place) = self.binary_search(&list) else {
            return false;
        };
        let number = self.len();
        if let Some(many) = &mut self.many {
            many.0.insert(place, list);
        } else if number < FEW && list != FREE {
            self.few[place..=number].rotate_right(1);
            self.few[place] = list;
        } else {
            let mut many = self.to_vec();
            many.insert(place, list);
            self.few = [FREE; FEW];
            self.many = Some(Box::new(Many(many)));
        }
        true
    }

    /// Keeps only the lists that are told to be kept.
    pub fn retain(&mut self, mut kept: impl FnMut(ListId) -> bool) {
        *self = self.iter().copied().filter(|list| kept(*list)).collect();
    }

    /// The places of the lists where they are few. In a free one is the highest number there is.
    #[inline]
    pub(super) fn few(&self) -> Option<&[ListId; FEW]> {
        self.many.is_none().then_some(&self.few)
    }
}

impl Default for ListIds {
    fn default() -> Self {
        Self::new()
    }
}

impl Deref for ListIds {
    type Target = [ListId];

    #[inline]
    fn deref(&self) -> &[ListId] {
        match &self.many {
            Some(many) => &many.0,
            None => &self.few[..self.few.iter().filter(|list| **list != FREE).count()],
        }
    }
}

impl From<ListIds> for Vec<ListId> {
    fn from(lists: ListIds) -> Self {
        lists.to_vec()
    }
}

impl From<Vec<ListId>> for ListIds {
    fn from(lists: Vec<ListId>) -> Self {
        lists.into_iter().collect()
    }
}

impl Extend<ListId> for ListIds {
    fn extend<I: IntoIterator<Item = ListId>>(&mut self, lists: I) {
        let mut lists = lists.into_iter();
        while self.many.is_none() {
            let Some(list) = lists.next() else { return };
            self.insert(list);
        }
        if let Some(Many(many)) = self.many.as_deref_mut() {
            many.extend(lists);
            many.sort_unstable();
            many.dedup();
        }
    }
}

impl FromIterator<ListId> for ListIds {
    fn from_iter<I: IntoIterator<Item = ListId>>(lists: I) -> Self {
        let mut all = Self::new();
        all.extend(lists);
        all
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Numbers at both ends and in between, in no order.
    const NUMBERS: [u32; 8] = [7, u32::MAX, 0, 3, u32::MAX - 1, 1 << 20, 4, 5];

    #[test]
    fn lists_are_a_sorted_set_however_many_there_are() {
        let mut lists = ListIds::new();
        let mut expected = BTreeSet::new();
        for list in NUMBERS.map(ListId) {
            assert_eq!(lists.insert(list), expected.insert(list));
            assert!(!lists.insert(list));
            assert_eq!(lists.to_vec(), expected.iter().copied().collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_same_lists_are_equal_whichever_way_they_came() {
        for left_out in NUMBERS.map(ListId) {
            let mut shrunk: ListIds = NUMBERS.map(ListId).into_iter().collect();
            for list in NUMBERS.map(ListId) {
                shrunk.retain(|kept| kept != list || list == left_out);
                let grown: ListIds = shrunk.iter().rev().copied().collect();
                assert_eq!(shrunk, grown);
            }
            assert_eq!(shrunk.to_vec(), [left_out]);
        }
    }

    #[test]
    fn few_lists_need_no_place_in_memory_of_their_own() {
        let lists: ListIds = [4, 1, 3, 2].map(ListId).into_iter().collect();
        assert_eq!(lists.few(), Some(&[1, 2, 3, 4].map(ListId)));
        assert_eq!(ListIds::new().few(), Some(&[FREE; FEW]));
        assert_eq!(size_of::<ListIds>(), 24);
    }
}
