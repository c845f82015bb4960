//! A table of packed subjects that lie side by side.
//!
//! Of a million subjects hardly one is in the processor's caches, so what a look-up costs is how many
//! places in memory it touches. The index is small, four bytes for each, and leads straight to what
//! is kept; in boxes of their own that would be one place more, and a few bytes each besides.
//!
//! Whoever is taken leaves a gap, and when a fifth of the table is gaps, the rest moves together.

use hashbrown::HashTable;

/// The bytes that say how long an entry is.
const LENGTH: usize = size_of::<u32>();
/// So many bytes of gaps are not worth moving anything.
const FEW: usize = 4096;

/// Entries by their hashes.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Where each begins.
    index: HashTable<u32>,
    /// Each behind its length.
    bytes: Vec<u8>,
    /// The bytes of those that were taken.
    gaps: usize,
}

impl Table {
    /// The entry with this hash that is the one.
    #[inline]
    pub(super) fn find(&self, hash: u64, is_it: impl Fn(&[u8]) -> bool) -> Option<&[u8]> {
        let at = |place: &u32| entry(&self.bytes, *place);
        let place = self.index.find(hash, |place| is_it(at(place)))?;
        Some(at(place))
    }

    /// Puts an entry there that is not; `again` is the hash of any. Tells whether there was room: a
    /// table may have 4 GiB.
    pub(super) fn put(&mut self, hash: u64, new: &[u8], again: impl Fn(&[u8]) -> u64) -> bool {
        let Ok(length) = u32::try_from(new.len()) else {
            return false;
        };
        let Ok(place) = u32::try_from(self.bytes.len()) else {
            return false;
        };
        let more = LENGTH + new.len();
        if self.bytes.capacity() - self.bytes.len() < more {
            // Doubling would leave half of it empty.
            self.bytes.reserve_exact(more.max(self.bytes.len() / 8));
        }
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend(new);
        let bytes = &self.bytes;
        let again = |place: &u32| again(entry(bytes, *place));
        self.index.insert_unique(hash, place, again);
        true
    }

    /// Takes the entry with this hash that is the one; tells how long it was.
    pub(super) fn take(&mut self, hash: u64, is_it: impl Fn(&[u8]) -> bool) -> Option<usize> {
        let bytes = &self.bytes;
        let is_it = |place: &u32| is_it(entry(bytes, *place));
        let (place, _) = self.index.find_entry(hash, is_it).ok()?.remove();
        Some(self.leave(place))
    }

    /// Takes the first of the entries in so many places of the index; tells how long it was, and
    /// which place is next. The places go round.
    pub(super) fn take_any(&mut self, from: usize, places: usize) -> Option<(usize, usize)> {
        let all = self.index.num_buckets().max(1);
        let near = (0..places).map(|step| from.wrapping_add(step) % all);
        let found = near
            .into_iter()
            .find(|place| self.index.get_bucket(*place).is_some())?;
        let (place, _) = self.index.get_bucket_entry(found).ok()?.remove();
        Some((self.leave(place), found.wrapping_add(1)))
    }

    /// Makes a gap of an entry.
    fn leave(&mut self, place: u32) -> usize {
        let length = entry(&self.bytes, place).len();
        self.gaps += LENGTH + length;
        if self.gaps > FEW && self.gaps > self.bytes.len() / 5 {
            self.move_together();
        }
        length
    }

    fn move_together(&mut self) {
        let mut bytes = Vec::with_capacity(self.bytes.len().saturating_sub(self.gaps));
        for place in self.index.iter_mut() {
            let kept = entry(&self.bytes, *place);
            // Neither is more than it was.
            let to = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let length = u32::try_from(kept.len()).unwrap_or(u32::MAX);
            bytes.extend(length.to_le_bytes());
            bytes.extend(kept);
            *place = to;
        }
        (self.bytes, self.gaps) = (bytes, 0);
    }
}

/// The entry that begins at a place.
#[inline]
fn entry(bytes: &[u8], place: u32) -> &[u8] {
    let rest = bytes.get(place as usize..).unwrap_or_default();
    let Some((length, rest)) = rest.split_first_chunk() else {
        return &[];
    };
    let length = u32::from_le_bytes(*length) as usize;
    rest.get(..length).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Few different ones, so that many are the same.
    fn hash(entry: &[u8]) -> u64 {
        u64::from(entry[0] % 7)
    }

    proptest! {
        /// Whatever comes and goes, the table has what a map has: entries move, and none is lost.
        #[test]
        fn a_table_holds_what_was_put_and_not_taken(
            steps in prop::collection::vec((any::<u8>(), 0..400_usize, any::<bool>()), 1..400),
        ) {
            let (mut table, mut map) = (Table::default(), BTreeMap::new());
            for (key, length, puts) in steps {
                let new = [&[key][..], &vec![key; length]].concat();
                let is_it = |entry: &[u8]| entry[0] == key;
                let taken = table.take(hash(&new), is_it);
                prop_assert_eq!(taken, map.remove(&key).map(|old: Vec<u8>| old.len()));
                if puts {
                    prop_assert!(table.put(hash(&new), &new, hash));
                    map.insert(key, new);
                }
            }
            for key in 0..=u8::MAX {
                let found = table.find(hash(&[key]), |entry| entry[0] == key);
                prop_assert_eq!(found, map.get(&key).map(Vec::as_slice));
            }
            let kept: usize = map.values().map(|entry| LENGTH + entry.len()).sum();
            prop_assert_eq!(table.bytes.len() - table.gaps, kept);
            prop_assert!(table.gaps <= FEW.max(table.bytes.len() / 5));
        }
    }

    #[test]
    fn any_may_be_taken_until_there_is_none() {
        let mut table = Table::default();
        for key in 0..100 {
            assert!(table.put(hash(&[key]), &[key], hash));
        }
        let (mut from, mut taken) = (12_345, 0);
        while let Some((length, next)) = table.take_any(from, 1 << 10) {
            (from, taken) = (next, taken + length);
        }
        assert_eq!((taken, table.index.len()), (100, 0));
    }
}
