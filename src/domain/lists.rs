//! Who is named by which list, for catalogs that are held in memory.
//!
//! A question asks the other way round, "which lists name this subject?", so the index is kept by
//! target: one look-up for each thing that a subject is, however long the lists are and however
//! many features refer to them.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::apply::ListEdit;
use super::target::{Id, ListId, Members, TargetType};

/// Every list of a catalog.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    members: BTreeMap<ListId, (TargetType, Members)>,
    naming: HashMap<TargetType, HashMap<Id, Naming>>,
}

/// The lists that name one target. Most are named once, and then no second place in memory has to
/// be visited to know by which.
#[derive(Debug, Clone)]
enum Naming {
    Once(ListId),
    Often(Vec<ListId>),
}

impl Naming {
    fn as_slice(&self) -> &[ListId] {
        match self {
            Self::Once(list) => std::slice::from_ref(list),
            Self::Often(lists) => lists,
        }
    }

    fn of(mut lists: Vec<ListId>) -> Self {
        lists.sort_unstable();
        lists.dedup();
        match lists.as_slice() {
            [list] => Self::Once(*list),
            _ => Self::Often(lists),
        }
    }
}

impl Lists {
    /// Whom a list names; nobody for an unknown list.
    pub fn members(&self, list: ListId) -> Option<&Members> {
        self.members.get(&list).map(|(_, ids)| ids)
    }

    /// The lists that name a target, ascending.
    pub fn naming(&self, target_type: &str, id: &str) -> &[ListId] {
        let lists = self
            .naming
            .get(target_type)
            .and_then(|of_type| of_type.get(id));
        lists.map_or(&[], Naming::as_slice)
    }

    /// Carries an edit out. `false`, and nothing done, where it does not fit what is there: a
    /// dropped list must name exactly those it is said to, a name must come or go.
    #[must_use]
    pub fn apply(&mut self, edit: ListEdit) -> bool {
        match edit {
            ListEdit::Create {
                list,
                target_type,
                ids,
            } => {
                for id in &ids {
                    self.put(list, &target_type, id);
                }
                self.members.insert(list, (target_type, ids));
                true
            }
            ListEdit::Drop {
                list,
                target_type,
                ids,
            } => {
                if self.members(list) != Some(&ids) {
                    return false;
                }
                for id in &ids {
                    self.take(list, &target_type, id);
                }
                self.members.remove(&list);
                true
            }
            ListEdit::Name { list, target } => {
                let added = self
                    .members
                    .get_mut(&list)
                    .is_some_and(|(_, ids)| ids.insert(target.id.clone()));
                if added {
                    self.put(list, &target.target_type, &target.id);
                }
                added
            }
            ListEdit::Unname { list, target } => {
                let removed = self
                    .members
                    .get_mut(&list)
                    .is_some_and(|(_, ids)| ids.remove(&target.id));
                if removed {
                    self.take(list, &target.target_type, &target.id);
                }
                removed
            }
        }
    }

    fn put(&mut self, list: ListId, target_type: &TargetType, id: &Id) {
        let of_type = self.naming.entry(target_type.clone()).or_default();
        let mut lists = of_type
            .get(id)
            .map(|naming| naming.as_slice().to_vec())
            .unwrap_or_default();
        lists.push(list);
        of_type.insert(id.clone(), Naming::of(lists));
    }

    fn take(&mut self, list: ListId, target_type: &TargetType, id: &Id) {
        let Some(of_type) = self.naming.get_mut(target_type) else {
            return;
        };
        let mut lists = of_type
            .remove(id)
            .map(|naming| naming.as_slice().to_vec())
            .unwrap_or_default();
        lists.retain(|known| *known != list);
        if !lists.is_empty() {
            of_type.insert(id.clone(), Naming::of(lists));
        }
    }
}
