//! Which writes are wanted: by what they changed, by whom, how and when.

use std::ops::ControlFlow;

use anyhow::{Error, Result};

use super::ByArgs;
use crate::cli::question::unknown_feature;
use crate::domain::catalog::Revision;
use crate::domain::mention::Mentions;
use crate::domain::time::Time;
use crate::edit::{known_plan, known_subject};
use crate::store::{About, Entry, Scope, Snapshot, Span};

/// What a write has to be.
pub struct Filter {
    mentions: Mentions,
    actor: Option<String>,
    command: Option<String>,
    since: Option<Time>,
    until: Option<Time>,
}

/// Shows a write, and tells whether to go on.
pub type Show<'v> = dyn FnMut(Entry) -> Result<ControlFlow<()>> + 'v;

impl Filter {
    /// Takes what the command line asks for.
    pub(super) fn new(mentions: Mentions, by: ByArgs, now: Time) -> Result<Self> {
        Ok(Self {
            mentions,
            actor: by.actor,
            command: by.command,
            since: by.since.map(|since| since.ago(now)).transpose()?,
            until: by.until.map(|until| until.ago(now)).transpose()?,
        })
    }

    /// Writes at any time.
    pub fn at_any_time(mentions: Mentions, actor: Option<String>, command: Option<String>) -> Self {
        Self {
            mentions,
            actor,
            command,
            since: None,
            until: None,
        }
    }

    /// Which changes of a write are wanted.
    pub fn about(&self) -> About<'_> {
        match self.mentions.is_empty() {
            true => About::All,
            false => About::Mentioning(&self.mentions),
        }
    }

    /// Goes through the writes that are wanted, latest first.
    pub fn walk(&self, snapshot: &dyn Snapshot, show: &mut Show<'_>) -> Result<()> {
        if self.mentions.is_empty() {
            return self.walk_all(snapshot, show);
        }
        let mut until = snapshot.revision()?;
        while let Some(revision) = latest(snapshot, until, self.about())? {
            if let Some(entry) = snapshot.entry(revision)?
                && self.wants(&entry)
                && show(entry)?.is_break()
            {
                break;
            }
            until = Revision(revision.0.saturating_sub(1));
        }
        Ok(())
    }

    fn walk_all(&self, snapshot: &dyn Snapshot, show: &mut Show<'_>) -> Result<()> {
        let mut failed: Option<Error> = None;
        snapshot.history(None, &mut |entry| {
            if !self.wants(&entry) {
                return ControlFlow::Continue(());
            }
            show(entry).unwrap_or_else(|error| {
                failed = Some(error);
                ControlFlow::Break(())
            })
        })?;
        failed.map_or(Ok(()), Err)
    }

    /// The clocks of those who write may differ, so an earlier write may be a later one by its time.
    pub fn wants(&self, entry: &Entry) -> bool {
        let at = entry.at.div_euclid(1000);
        let actor = self.actor.as_ref();
        let command = self.command.as_ref();
        actor.is_none_or(|actor| *actor == entry.actor)
            && command.is_none_or(|command| *command == entry.command)
            && self.since.is_none_or(|since| since.unix() <= at)
            && self.until.is_none_or(|until| at <= until.unix())
    }

    /// Nothing was found: whether what was looked for was ever there.
    ///
    /// # Errors
    ///
    /// Exit 3 for what neither the store nor its history knows.
    pub fn explain_nothing(&self, snapshot: &dyn Snapshot) -> Result<()> {
        let mentions = &self.mentions;
        if let Some(key) = &mentions.feature {
            let wanted = Mentions {
                feature: Some(key.clone()),
                ..Mentions::default()
            };
            let defined = snapshot.catalog(Scope::All)?.features.contains_key(key);
            if !defined && !was_there(snapshot, &wanted)? {
                return Err(unknown_feature(snapshot, key)?.into());
            }
        }
        if let Some(plan) = &mentions.plan {
            let wanted = Mentions {
                plan: Some(plan.clone()),
                ..Mentions::default()
            };
            if !was_there(snapshot, &wanted)? {
                known_plan(snapshot, plan)?;
            }
        }
        for subject in &mentions.subjects {
            let wanted = Mentions {
                subjects: vec![subject.clone()],
                ..Mentions::default()
            };
            if !was_there(snapshot, &wanted)? {
                known_subject(snapshot, subject)?;
            }
        }
        Ok(())
    }
}

fn was_there(snapshot: &dyn Snapshot, wanted: &Mentions) -> Result<bool> {
    let until = snapshot.revision()?;
    Ok(latest(snapshot, until, About::Mentioning(wanted))?.is_some())
}

/// The latest write with a change that is wanted.
fn latest(snapshot: &dyn Snapshot, until: Revision, about: About<'_>) -> Result<Option<Revision>> {
    let after = Revision::UNKNOWN;
    let mut found = None;
    snapshot.changed(Span { after, until }, about, &mut |(revision, _)| {
        found = Some(revision);
        ControlFlow::Break(())
    })?;
    Ok(found)
}
