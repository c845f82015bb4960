//! `flags serve logins revoke`.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::all;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::{agree_beside, check_fields};
use crate::domain::target::Id;
use crate::domain::text::counted;
use crate::server::astapa::login::Login;
use crate::store::{Kept, RecordKind, Store};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags serve logins revoke`.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// The logins, as `flags serve logins list` names them
    #[arg(value_name = "ID", required_unless_present = "user")]
    ids: Vec<String>,
    /// All logins of this user
    #[arg(long, short, value_name = "USER", conflicts_with = "ids")]
    user: Option<Id>,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

const FIELDS: &[&str] = &["revoked"];

/// Ends logins. Tokens that were issued stay good until they expire.
pub fn run(context: &Context, args: &RevokeArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    agree_beside(context, args.yes, "End logins")?;
    let (store, now) = (context.store()?, context.milliseconds());
    let known = all(store)?;
    let unknown = args
        .ids
        .iter()
        .find(|id| !known.iter().any(|(name, _)| name == *id));
    if let Some(id) = unknown {
        let message = format!("there is no login `{id}`");
        return Err(Failure::refused("login_not_found", message)
            .hint("`flags serve logins list` shows what there is")
            .into());
    }
    let meant = known.into_iter().filter(|(name, login)| {
        let named = args.ids.contains(name) || args.user.as_ref() == Some(&login.user);
        named && login.is_open(now)
    });
    let names: Vec<String> = meant.map(|(name, _)| name).collect();
    for name in &names {
        revoke(store, name, now)?;
    }
    Ok(Box::new(Revoked(names)))
}

fn revoke(store: &dyn Store, name: &str, now: i64) -> Result<()> {
    store.amend(
        RecordKind::Login,
        name,
        &mut |body| match body.and_then(Login::read) {
            None => Kept::AsItWas,
            Some(mut login) => {
                login.revoke(now);
                Kept::Now(login.write())
            }
        },
    )?;
    Ok(())
}

struct Revoked(Vec<String>);

impl Report for Revoked {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({ "revoked": self.0 })
    }

    fn done(&self) -> Option<String> {
        Some(format!("{} ended", counted(self.0.len() as u64, "login")))
    }

    fn page(&self) -> Page {
        let ended = counted(self.0.len() as u64, "login");
        Page::new().line(Line::from(format!("{ended} ended")))
    }
}
