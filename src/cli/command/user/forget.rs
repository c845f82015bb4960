//! `flags user forget`: the user, its overrides, its name wherever a rule has it, and what a server
//! keeps about it.

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::write::{Destroys, Request, WriteArgs, write};
use crate::domain::catalog::Catalog;
use crate::domain::change::{Change, ChangeSet};
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Condition, Id};
use crate::server::astapa;
use crate::store::{Scope, Snapshot, StoreError};
use crate::ui::Report;

/// Arguments of `flags user forget`.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The user
    #[arg(value_name = "USER")]
    user: Id,
    #[command(flatten)]
    write: WriteArgs,
}

/// Forgets the user after asking.
pub fn run(context: &Context, args: ForgetArgs) -> Result<Box<dyn Report>> {
    let destroys = Some(Destroys {
        what: "user",
        key: args.user.as_str(),
    });
    let request = Request {
        command: "user forget",
        args: &args.write,
        destroys,
    };
    let report = write(context, &request, &mut |snapshot| {
        let subject = SubjectId::User(args.user.clone());
        let before = snapshot.user(&args.user)?;
        let before = before.ok_or_else(|| Refusal::UnknownSubject(subject.clone()))?;
        let mut changes = forgotten(snapshot, &subject)?;
        changes.push(Change::User {
            id: args.user.clone(),
            before: Some(before),
            after: None,
        });
        Ok(ChangeSet::new(changes))
    })?;
    if !args.write.dry_run {
        astapa::forget(context.store()?, &args.user)?;
    }
    Ok(report)
}

/// The changes that take away all that hangs on a subject: its overrides and its name in rules.
pub fn forgotten(snapshot: &dyn Snapshot, subject: &SubjectId) -> Result<Vec<Change>, StoreError> {
    let held = snapshot.overrides_of(subject, Scope::All)?;
    let overrides = held.into_iter().map(|(feature, held)| Change::Override {
        subject: subject.clone(),
        feature,
        before: Some(held.over),
        after: None,
    });
    let catalog = snapshot.catalog(Scope::All)?;
    Ok(overrides
        .chain(no_longer_named(snapshot, &catalog, subject)?)
        .collect())
}

/// The changes that take a subject's name off every list of every rule.
fn no_longer_named(
    snapshot: &dyn Snapshot,
    catalog: &Catalog,
    subject: &SubjectId,
) -> Result<Vec<Change>, StoreError> {
    let target = subject.target();
    let naming = snapshot.lists_naming(&target)?;
    let mut changes = Vec::new();
    for (feature, entry) in &catalog.features {
        for (rule, found) in entry.audience.rules.iter().enumerate() {
            for (condition, when) in found.when.iter().enumerate() {
                let Condition::OneOf { ids, .. } = when else {
                    continue;
                };
                if naming.contains(ids) {
                    changes.push(Change::Target {
                        feature: feature.clone(),
                        rule,
                        condition,
                        target: target.clone(),
                        before: true,
                        after: false,
                    });
                }
            }
        }
    }
    Ok(changes)
}
