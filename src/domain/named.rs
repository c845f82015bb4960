//! The targets of one type that any list names, by their identifiers.

use std::hash::BuildHasher;
use std::ptr;

use arrayvec::ArrayVec;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::list_ids::ListIds;
use super::packed::Packed;
use super::target::ListId;

/// How many targets are looked for side by side: about as many lines as a processor fetches at once.
const ABREAST: usize = 16;

/// Whom no list names.
static NOBODY: Naming = Naming {
    id: Packed::EMPTY,
    lists: ListIds::new(),
};

/// The targets of one type.
#[derive(Debug, Clone, Default)]
pub(super) struct Named {
    table: HashTable<Naming>,
    hasher: DefaultHashBuilder,
}

/// One target and the lists that name it. They lie in one line of the processor's cache, because
/// with many targets each look-up has to fetch one that it has not at hand.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Naming {
    id: Packed<Box<str>>,
    lists: ListIds,
}

impl Named {
    #[inline]
    pub(super) fn lists(&self, id: &str) -> &ListIds {
        self.lists_of(&Packed::new(id))
    }

    #[inline]
    fn lists_of(&self, id: &Packed<&str>) -> &ListIds {
        let found = self.table.find(self.hash(id), |n| id.is(&n.id));
        &found.unwrap_or(&NOBODY).lists
    }

    #[inline]
    fn hash(&self, id: &Packed<&str>) -> u64 {
        self.hasher.hash_one(id)
    }

    /// The lists that name each of several targets.
    pub(super) fn each<'l, 'i>(
        &'l self,
        mut ids: impl Iterator<Item = &'i str>,
    ) -> impl Iterator<Item = &'l ListIds> {
        let mut found = ArrayVec::<_, ABREAST>::new().into_iter();
        std::iter::from_fn(move || {
            found.next().or_else(|| {
                found = self.abreast(&mut ids).into_iter();
                found.next()
            })
        })
    }

    /// The lists that name the next few targets.
    ///
    /// Who is likely to be meant is told by the hash alone. Only when that is known of all is what is
    /// kept of each read and compared, so that the processor waits for all of it once.
    #[inline(never)]
    fn abreast<'l, 'i>(
        &'l self,
        ids: &mut impl Iterator<Item = &'i str>,
    ) -> ArrayVec<&'l ListIds, ABREAST> {
        let likely = ids.take(ABREAST).map(|id| {
            let id = Packed::new(id);
            let likely = self.table.find(self.hash(&id), |_| true);
            (id, likely.unwrap_or(&NOBODY))
        });
        let likely: ArrayVec<_, ABREAST> = likely.collect();
        let found = likely.into_iter().map(|(id, likely)| {
            // Both are asked: whether a list names the target cannot be foreseen.
            if ptr::eq(likely, &raw const NOBODY) | id.is(&likely.id) {
                &likely.lists
            } else {
                self.lists_of(&id)
            }
        });
        found.collect()
    }

    pub(super) fn put(&mut self, list: ListId, id: &str) {
        let id = Packed::new(id);
        let hash = self.hash(&id);
        let place = self.table.entry(
            hash,
            |naming| id.is(&naming.id),
            |naming| self.hasher.hash_one(&naming.id),
        );
        let mut place = place.or_insert_with(|| Naming {
            id: id.keep(),
            lists: ListIds::new(),
        });
        place.get_mut().lists.insert(list);
    }

    pub(super) fn take(&mut self, list: ListId, id: &str) {
        let id = Packed::new(id);
        let hash = self.hash(&id);
        let Ok(mut found) = self.table.find_entry(hash, |naming| id.is(&naming.id)) else {
            return;
        };
        let lists = &mut found.get_mut().lists;
        lists.retain(|known| known != list);
        if lists.is_empty() {
            found.remove();
        }
    }
}
