//! Names as numbers: of features, plans and organizations, which many subjects have in common.
//!
//! A number is given out once and stays, whatever becomes of what it stands for.

use std::borrow::Borrow;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Names by number, and numbers by name.
#[derive(Debug)]
pub(super) struct Names<N> {
    names: Vec<N>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl<N> Default for Names<N> {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            numbers: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
        }
    }
}

impl<N: Borrow<str>> Names<N> {
    /// The name with this number.
    pub(super) fn get(&self, number: u32) -> Option<&N> {
        self.names.get(number as usize)
    }

    /// The number of a name, if it has one.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        let same = |number: &u32| self.names[*number as usize].borrow() == name;
        self.numbers.find(self.hasher.hash_one(name), same).copied()
    }

    /// The same for a name that is copied only where it is new.
    pub(super) fn of(&mut self, name: &N) -> u32
    where
        N: Clone,
    {
        match self.find(name.borrow()) {
            Some(number) => number,
            None => self.number(name.clone()),
        }
    }

    /// The number of a name, which is given one if it has none. There is no end of them: memory
    /// would come to its end first.
    pub(super) fn number(&mut self, name: N) -> u32 {
        if let Some(number) = self.find(name.borrow()) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let hash = self.hasher.hash_one(name.borrow());
        self.names.push(name);
        let (names, hasher) = (&self.names, &self.hasher);
        let again = |number: &u32| hasher.hash_one(names[*number as usize].borrow());
        self.numbers.insert_unique(hash, number, again);
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number_for_ever() {
        let mut names = Names::<String>::default();
        for round in 0..2 {
            for number in 0..1000 {
                assert_eq!(names.number(format!("name-{number}")), number, "{round}");
            }
        }
        assert_eq!(names.get(7).map(String::as_str), Some("name-7"));
        assert_eq!(names.find("name-999"), Some(999));
        assert_eq!(names.find("name-1000"), None);
        assert_eq!(names.get(1000), None);
    }
}
