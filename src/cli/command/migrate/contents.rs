//! What a store holds now, as one write of another one: for a source that has no history to move.

use std::ops::ControlFlow;

use super::pace::Pace;
use crate::cli::interrupt::asks_to_end;
use crate::domain::change::Change;
use crate::store::{
    Author, Fate, Intake, Loaded, Parts, Purpose, Scope, Snapshot, Store, StoreError, Subjects,
    Wanted, export,
};

/// Writes all that the snapshot holds into an empty store.
pub(super) fn load(
    from: &dyn Snapshot,
    subjects: Subjects,
    to: &dyn Store,
    author: &Author,
    pace: &Pace<'_>,
) -> Result<Loaded, StoreError> {
    to.load(Purpose::Write(author), &mut |_, intake| {
        let mut feed = Feeding {
            intake,
            pace,
            rows: 0,
            failed: None,
        };
        for change in export(from, Parts::default())?.into_changes().changes() {
            feed.change(change)?;
        }
        match subjects {
            Subjects::Anybody => Ok(()),
            Subjects::Known => feed.subjects(from),
        }
    })
}

struct Feeding<'f> {
    intake: &'f mut dyn Intake,
    pace: &'f Pace<'f>,
    rows: u64,
    failed: Option<StoreError>,
}

impl Feeding<'_> {
    fn subjects(&mut self, from: &dyn Snapshot) -> Result<(), StoreError> {
        from.organizations(None, &mut |(id, organization)| {
            let (before, after) = (None, Some(organization));
            self.visit(|feed| feed.change(&Change::Organization { id, before, after }))
        })?;
        self.go_on()?;
        from.users(None, &mut |(id, user)| {
            let (before, after) = (None, Some(user));
            self.visit(|feed| feed.change(&Change::User { id, before, after }))
        })?;
        self.go_on()?;
        from.overrides(Scope::All, None, &mut |(subject, feature, held)| {
            self.visit(|feed| {
                let wanted = Wanted {
                    row: u32::try_from(feed.rows).unwrap_or(u32::MAX),
                    subject: &subject,
                    feature: &feature,
                    after: Some(&held.over),
                };
                feed.want(&wanted)
            })
        })?;
        self.go_on()?;
        self.intake.settle(&mut each)
    }

    /// What went wrong in a walk that it ended.
    fn go_on(&mut self) -> Result<(), StoreError> {
        self.failed.take().map_or(Ok(()), Err)
    }

    fn visit(&mut self, put: impl FnOnce(&mut Self) -> Result<(), StoreError>) -> ControlFlow<()> {
        match put(self) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failed = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn change(&mut self, change: &Change) -> Result<(), StoreError> {
        self.intake.change(change)?;
        self.step()
    }

    fn want(&mut self, wanted: &Wanted<'_>) -> Result<(), StoreError> {
        self.intake.want(wanted)??;
        if self.intake.is_full() {
            self.intake.settle(&mut each)?;
        }
        self.step()
    }

    fn step(&mut self) -> Result<(), StoreError> {
        self.rows += 1;
        self.pace.at("contents", 0, (0, 1), self.rows);
        match asks_to_end() {
            true => Err(StoreError::Interrupted),
            false => Ok(()),
        }
    }
}

/// Nothing can contradict what one snapshot says once.
fn each(_: (u32, Fate)) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
