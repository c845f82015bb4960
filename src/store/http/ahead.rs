//! Writes told in advance to whoever goes through the history.
//!
//! A snapshot is asked about one write at a time: who made it, how many changes, which. From afar
//! each question is a journey. So whoever asks about one write and then about an earlier one is taken
//! to go on like that, and the next writes are fetched together, in ever larger numbers. What is not
//! among them (a write of very many changes, other changes than were asked for before) is asked for
//! as ever.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::snapshot::Far;
use crate::domain::catalog::Revision;
use crate::store::wire::{AboutWhat, Sought, WriteTold};

/// How many writes are fetched together at first, how many times more the next time, and at most.
const FIRST: u32 = 16;
const TIMES: u32 = 4;
const MOST: u32 = 256;

/// What was fetched in advance.
#[derive(Default)]
pub(super) struct Ahead(RefCell<State>);

#[derive(Default)]
struct State {
    /// The write that was asked about last.
    asked: Option<Revision>,
    /// Which changes are wanted, by what was asked for last.
    about: Option<AboutWhat>,
    /// How many writes were fetched last.
    size: u32,
    /// The writes up to this one were fetched …
    until: Revision,
    /// … and those down to this one.
    down_to: Revision,
    writes: BTreeMap<Revision, Rc<WriteTold>>,
    /// The server does not tell writes like that.
    is_off: bool,
}

impl State {
    fn covers(&self, revision: Revision) -> bool {
        (self.down_to..=self.until).contains(&revision) && self.size > 0
    }

    /// Notes what is asked about, and says whether the next writes are to be fetched.
    fn wants_more(&mut self, revision: Revision, about: Option<&AboutWhat>) -> bool {
        let asked = self.asked.replace(revision);
        if let Some(about) = about
            && self.about.as_ref() != Some(about)
        {
            *self = Self {
                asked: Some(revision),
                about: Some(about.clone()),
                is_off: self.is_off,
                ..Self::default()
            };
            return false;
        }
        let descends = asked.is_some_and(|asked| revision < asked);
        descends && !self.is_off && !self.covers(revision)
    }
}

impl Ahead {
    /// A write, if it was told in advance or is now.
    pub(super) fn write(
        &self,
        far: &Far<'_>,
        revision: Revision,
        about: Option<&AboutWhat>,
    ) -> Option<Rc<WriteTold>> {
        if self.0.borrow_mut().wants_more(revision, about) {
            self.fetch(far, revision);
        }
        self.0.borrow().writes.get(&revision).cloned()
    }

    /// The writes with such changes up to one, latest first, as far as they were told in advance or
    /// are now; and up to which one nothing is known. `None` where the history ends with them.
    pub(super) fn latest(
        &self,
        far: &Far<'_>,
        until: Revision,
        about: &AboutWhat,
    ) -> (Vec<Rc<WriteTold>>, Option<Revision>) {
        if self.0.borrow_mut().wants_more(until, Some(about)) {
            self.fetch(far, until);
        }
        let state = self.0.borrow();
        if !state.covers(until) {
            return (Vec::new(), Some(until));
        }
        let writes = state.writes.range(..=until).rev();
        let whole = (state.down_to > Revision(1)).then(|| Revision(state.down_to.0 - 1));
        (writes.map(|(_, write)| Rc::clone(write)).collect(), whole)
    }

    /// Fetches the next writes. Whoever does not tell them so is asked one by one, and it is then
    /// that they say why.
    fn fetch(&self, far: &Far<'_>, until: Revision) {
        let mut state = self.0.borrow_mut();
        let limit = match state.size {
            0 => FIRST,
            size => size.saturating_mul(TIMES).min(MOST),
        };
        let look = Sought::Writes {
            until,
            limit,
            about: state.about.clone().unwrap_or(AboutWhat::All),
        };
        let mut writes = BTreeMap::new();
        let told = far.many(look, |write: WriteTold| {
            writes.insert(write.entry.revision, Rc::new(write));
            ControlFlow::Continue(())
        });
        if told.is_err() {
            state.is_off = true;
            return;
        }
        state.down_to = match u32::try_from(writes.len()) {
            Ok(fetched) if fetched < limit => Revision(1),
            _ => writes.keys().next().copied().unwrap_or(until),
        };
        state.size = limit;
        state.until = until;
        state.writes = writes;
    }
}
