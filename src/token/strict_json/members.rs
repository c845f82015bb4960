//! Gathering an object's members, each name once.
//!
//! A map that grows member by member is built several times over, which for the small objects of a
//! token costs more than reading them. So the first members wait on the stack, and the map is made
//! when their number is known. An object with many turns into a map at once: there, comparing names
//! one by one would be an attacker's delight.

use arrayvec::ArrayVec;
use serde_json::map::Entry;
use serde_json::{Map, Value};

/// How many members wait. The stack has a hundred levels of them at most.
const FEW: usize = 8;

/// The members of one object so far.
#[derive(Default)]
pub struct Members {
    few: ArrayVec<(String, Value), FEW>,
    many: Option<Map<String, Value>>,
}

impl Members {
    /// Adds a member; gives the name back if the object has it already.
    pub fn add(&mut self, name: String, value: Value) -> Result<(), String> {
        if self.many.is_none() && self.few.is_full() {
            self.many = Some(collect(&mut self.few, 2 * FEW));
        }
        match &mut self.many {
            None if self.few.iter().any(|(known, _)| *known == name) => Err(name),
            None => {
                self.few.push((name, value));
                Ok(())
            }
            Some(many) => match many.entry(name) {
                Entry::Occupied(member) => Err(member.key().clone()),
                Entry::Vacant(member) => {
                    member.insert(value);
                    Ok(())
                }
            },
        }
    }

    /// The object.
    pub fn close(mut self) -> Map<String, Value> {
        let few = self.few.len();
        self.many.unwrap_or_else(|| collect(&mut self.few, few))
    }
}

/// Moves the members that wait into a map.
fn collect(few: &mut ArrayVec<(String, Value), FEW>, capacity: usize) -> Map<String, Value> {
    let mut members = Map::with_capacity(capacity);
    members.extend(few.drain(..));
    members
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn few_and_many_members_keep_their_order_and_refuse_a_name_given_twice() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 3 * FEW] {
            let names: Vec<_> = (0..count)
                .rev()
                .map(|number| format!("n{number}"))
                .collect();
            let mut members = Members::default();
            for name in &names {
                members.add(name.clone(), json!(name)).unwrap();
            }
            for name in &names {
                assert_eq!(members.add(name.clone(), json!(0)), Err(name.clone()));
            }
            let object = members.close();
            let found: Vec<_> = object.keys().cloned().collect();
            assert_eq!(found, names);
            assert!(object.iter().all(|(name, value)| value == name));
        }
    }
}
