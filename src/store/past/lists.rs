//! The lists that name one target, led through the edits of all lists.

use std::collections::BTreeSet;

use crate::domain::apply::ListEdit;
use crate::domain::target::{ListId, Target};

/// What an edit of the lists means for one target. `false` where it cannot have happened.
pub(in crate::store) fn relist(
    naming: &mut BTreeSet<ListId>,
    target: &Target,
    edit: &ListEdit,
) -> bool {
    match edit {
        ListEdit::Create {
            list,
            target_type,
            ids,
        } => {
            let named = *target_type == target.target_type && ids.contains(&target.id);
            !named || naming.insert(*list)
        }
        ListEdit::Drop {
            list,
            target_type,
            ids,
        } => {
            let named = *target_type == target.target_type && ids.contains(&target.id);
            naming.remove(list) == named
        }
        ListEdit::Name {
            list,
            target: other,
        } => other != target || naming.insert(*list),
        ListEdit::Unname {
            list,
            target: other,
        } => other != target || naming.remove(list),
    }
}
