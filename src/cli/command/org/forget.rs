//! `flags org forget`: an organization without users, its overrides, and its name in rules.

use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use crate::cli::command::user::forgotten;
use crate::cli::context::Context;
use crate::cli::write::{Destroys, Request, WriteArgs, write};
use crate::domain::change::{Change, ChangeSet};
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::ui::Report;

/// Arguments of `flags org forget`.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The organization
    #[arg(value_name = "ORG")]
    org: Id,
    #[command(flatten)]
    write: WriteArgs,
}

/// Forgets the organization after asking; one that still has users stays.
pub fn run(context: &Context, args: ForgetArgs) -> Result<Box<dyn Report>> {
    let destroys = Some(Destroys {
        what: "organization",
        key: args.org.as_str(),
    });
    let request = Request {
        command: "org forget",
        args: &args.write,
        destroys,
    };
    write(context, &request, &mut |snapshot| {
        let subject = SubjectId::Organization(args.org.clone());
        let before = snapshot.organization(&args.org)?;
        let before = before.ok_or_else(|| Refusal::UnknownSubject(subject.clone()))?;
        let mut members = 0;
        snapshot.members(&args.org, &mut |_| {
            members += 1;
            ControlFlow::Continue(())
        })?;
        if members > 0 {
            let organization = args.org.clone();
            return Err(Refusal::OrganizationInUse {
                organization,
                members,
            }
            .into());
        }
        let mut changes = forgotten(snapshot, &subject)?;
        let (before, after) = (Some(before), None);
        changes.push(Change::Organization {
            id: args.org.clone(),
            before,
            after,
        });
        Ok(ChangeSet::new(changes))
    })
}
