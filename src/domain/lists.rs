//! Who is named by which list, for catalogs that are held in memory.
//!
//! A question asks the other way round, "which lists name this subject?", so the index is kept by
//! target: one look-up for each thing that a subject is, however long the lists are and however
//! many features refer to them.

use std::collections::BTreeMap;

use super::apply::ListEdit;
pub use super::list_ids::ListIds;
use super::named::Named;
use super::target::{ListId, Members, TargetType};

/// Every list of a catalog.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    members: BTreeMap<ListId, (TargetType, Members)>,
    users: Named,
    others: BTreeMap<TargetType, Named>,
    /// The targets of every other type.
    none: Named,
}

impl Lists {
    /// Whom a list names; nobody for an unknown list.
    pub fn members(&self, list: ListId) -> Option<&Members> {
        self.members.get(&list).map(|(_, ids)| ids)
    }

    /// The lists that name a target.
    pub fn naming(&self, target_type: &str, id: &str) -> &ListIds {
        self.named(target_type).lists(id)
    }

    /// The lists that name each of several targets of one type, in their order: for who asks about
    /// many, quicker than one after the other, because what is kept of several is fetched at once.
    pub fn naming_each<'i>(
        &self,
        target_type: &str,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> impl Iterator<Item = &ListIds> {
        self.named(target_type).each(ids.into_iter())
    }

    fn named(&self, target_type: &str) -> &Named {
        match target_type {
            "user" => &self.users,
            other => self.others.get(other).unwrap_or(&self.none),
        }
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
                    self.of_type(&target_type).put(list, id.as_str());
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
                    self.of_type(&target_type).take(list, id.as_str());
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
                    self.of_type(&target.target_type)
                        .put(list, target.id.as_str());
                }
                added
            }
            ListEdit::Unname { list, target } => {
                let removed = self
                    .members
                    .get_mut(&list)
                    .is_some_and(|(_, ids)| ids.remove(&target.id));
                if removed {
                    self.of_type(&target.target_type)
                        .take(list, target.id.as_str());
                }
                removed
            }
        }
    }

    fn of_type(&mut self, target_type: &TargetType) -> &mut Named {
        match target_type.as_str() {
            "user" => &mut self.users,
            _ => self.others.entry(target_type.clone()).or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::target::{Id, Target};
    use super::*;

    fn users() -> TargetType {
        TargetType::user()
    }

    /// Identifiers of every length, two of each, that differ at the end alone.
    fn ids() -> Vec<Id> {
        let texts = (1..=255).flat_map(|length: usize| {
            let same = "u".repeat(length - 1);
            ["1", "2"].map(|end| same.clone() + end)
        });
        texts.filter_map(|text| text.parse().ok()).collect()
    }

    /// Lists 0 to 6; the list `n` names each `n + 1`-th of `ids`, so that some are in all of them.
    fn lists_of(ids: &[Id]) -> Lists {
        let mut lists = Lists::default();
        for number in 0..7 {
            let edit = ListEdit::Create {
                list: ListId(number),
                target_type: users(),
                ids: ids.iter().step_by(number as usize + 1).cloned().collect(),
            };
            assert!(lists.apply(edit));
        }
        lists
    }

    /// The answer of the index is what a look through every list finds.
    fn assert_names(lists: &Lists, ids: &[Id]) {
        for id in ids {
            let found = (0..7).map(ListId).filter(|list| {
                let members = lists.members(*list);
                members.is_some_and(|members| members.contains(id))
            });
            let found: Vec<ListId> = found.collect();
            assert_eq!(**lists.naming("user", id.as_str()), found, "{id}");
            assert!(lists.naming("workspace", id.as_str()).is_empty());
        }
    }

    #[test]
    fn whoever_is_named_is_found_whatever_the_length_of_the_identifier() {
        let ids = ids();
        let (named, others) = ids.split_at(400);
        let lists = lists_of(named);
        assert_names(&lists, named);
        assert!(
            others
                .iter()
                .all(|id| lists.naming("user", id.as_str()).is_empty())
        );
    }

    #[test]
    fn of_many_each_is_found_as_alone_and_in_their_order() {
        let ids = ids();
        let lists = lists_of(&ids[..400]);
        for number in [0, 1, 15, 16, 17, ids.len()] {
            let asked = ids[ids.len() - number..].iter().map(Id::as_str);
            for target_type in ["user", "workspace"] {
                let alone = asked.clone().map(|id| lists.naming(target_type, id));
                let each = lists.naming_each(target_type, asked.clone());
                assert!(each.eq(alone), "{number} of {target_type}");
            }
        }
    }

    #[test]
    fn whoever_is_named_no_more_is_not_found() {
        let ids = ids();
        let mut lists = lists_of(&ids);
        for (number, id) in ids.iter().enumerate().skip(3).step_by(5) {
            let target = Target {
                target_type: users(),
                id: id.clone(),
            };
            let list = ListId(number as u32 % 7);
            let edit = if lists.members(list).is_some_and(|ids| ids.contains(id)) {
                ListEdit::Unname { list, target }
            } else {
                ListEdit::Name { list, target }
            };
            assert!(lists.apply(edit));
        }
        assert_names(&lists, &ids);
        for list in (0..7).map(ListId) {
            let ids = lists.members(list).cloned().unwrap_or_default();
            let target_type = users();
            assert!(lists.apply(ListEdit::Drop {
                list,
                target_type,
                ids
            }));
        }
        assert_names(&lists, &ids);
        assert!(lists.naming("user", ids[0].as_str()).is_empty());
    }
}
