//! Gathering an object's members, each name once.
//!
//! A map that grows member by member is built several times over, which for the small objects of a
//! token costs more than reading them. So the first members wait in one list that all objects of
//! the document share, and the map is made when their number is known. An object with many turns
//! into a map at once: there, comparing names one by one would be an attacker's delight.

use std::cell::RefCell;

use serde_json::map::Entry;
use serde_json::{Map, Value};

/// How many names are compared one by one.
pub const FEW: usize = 16;

/// The members of all objects that are being read, the outermost object's first.
#[derive(Default)]
pub struct Waiting(RefCell<Vec<(String, Value)>>);

/// The members of one object so far.
pub struct Members<'document> {
    waiting: &'document Waiting,
    /// Where this object's begin.
    first: usize,
    many: Option<Map<String, Value>>,
}

impl<'document> Members<'document> {
    pub fn new(waiting: &'document Waiting) -> Self {
        Self {
            waiting,
            first: waiting.0.borrow().len(),
            many: None,
        }
    }

    /// Adds a member; gives the name back if the object has it already.
    pub fn add(&mut self, name: String, value: Value) -> Result<(), String> {
        if self.many.is_some() || self.waits() == FEW {
            let members = self.many.get_or_insert_with(|| {
                let first = self.first;
                collect(&mut self.waiting.0.borrow_mut(), first, 2 * FEW)
            });
            return match members.entry(name) {
                Entry::Occupied(member) => Err(member.key().clone()),
                Entry::Vacant(member) => {
                    member.insert(value);
                    Ok(())
                }
            };
        }
        let mut waiting = self.waiting.0.borrow_mut();
        if waiting[self.first..]
            .iter()
            .any(|(known, _)| *known == name)
        {
            return Err(name);
        }
        if waiting.capacity() == 0 {
            waiting.reserve(FEW);
        }
        waiting.push((name, value));
        Ok(())
    }

    /// The object.
    pub fn close(self) -> Map<String, Value> {
        self.many.unwrap_or_else(|| {
            let mut waiting = self.waiting.0.borrow_mut();
            let count = waiting.len() - self.first;
            collect(&mut waiting, self.first, count)
        })
    }

    fn waits(&self) -> usize {
        self.waiting.0.borrow().len() - self.first
    }
}

/// Takes the members from this place on. Their names differ.
fn collect(
    waiting: &mut Vec<(String, Value)>,
    first: usize,
    capacity: usize,
) -> Map<String, Value> {
    let mut members = Map::with_capacity(capacity);
    members.extend(waiting.drain(first..));
    members
}
