//! A subject prepared for one resolver: names have become numbers, and it is known which features
//! an override or a list makes particular to the subject.

use super::resolver::Slot;
use super::settled::{Codes, Row};
use super::subject::Held;
use super::target::{Id, ListId};

/// A subject prepared for one resolver.
#[derive(Debug)]
pub struct Subject<'a> {
    pub(super) user: Option<Bound<'a>>,
    pub(super) organizations: Vec<Bound<'a>>,
    pub(super) lists: &'a [ListId],
    pub(super) shared_id: Option<&'a Id>,
    /// Where the answers are that it shares with others.
    pub(super) row: Row,
    /// Which of the answers that were worked out beforehand hold for the subject.
    pub(super) codes: Codes,
}

/// One who brings a plan and overrides, by number.
#[derive(Debug)]
pub(super) struct Bound<'a> {
    pub(super) id: Option<&'a Id>,
    pub(super) plan: Option<usize>,
    pub(super) overrides: Vec<(Slot, &'a Held)>,
}

impl<'a> Subject<'a> {
    /// Nobody in particular: who is on `plan`, and named by `lists`.
    pub(super) fn nobody(plan: Option<usize>, lists: &'a [ListId]) -> Self {
        let user = Bound {
            id: None,
            plan,
            overrides: Vec::new(),
        };
        Self {
            user: Some(user),
            organizations: Vec::new(),
            lists,
            shared_id: None,
            row: Row::default(),
            codes: Codes::none(),
        }
    }
}
