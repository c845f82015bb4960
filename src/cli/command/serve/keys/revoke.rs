//! `flags serve keys revoke`.

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use super::{FIELDS, document};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question::did_you_mean;
use crate::cli::write::{agree_beside, check_fields};
use crate::domain::nearest::nearest;
use crate::server::access::Key;
use crate::store::{Kept, RecordKind};
use crate::ui::{Page, Report};

/// Arguments of `flags serve keys revoke`.
#[derive(Debug, Args)]
#[command(
    after_help = "It stays in the list, so that its name in the history means something. \
                        There is no way back:\nmake another key."
)]
pub struct RevokeArgs {
    /// Which
    name: String,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

/// Revokes a key. One that was revoked stays so since then.
pub fn run(context: &Context, args: RevokeArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    agree_beside(context, args.yes, "Revoke a key")?;
    let now = context.milliseconds();
    let store = context.store()?;
    let mut found = None;
    let mut before = false;
    store.amend(RecordKind::Key, &args.name, &mut |body| {
        found = body.and_then(|body| Key::read(&args.name, body));
        match &mut found {
            Some(key) => {
                before = key.revoked.is_some();
                key.revoked.get_or_insert(now);
                match before {
                    true => Kept::AsItWas,
                    false => Kept::Now(key.write()),
                }
            }
            None => Kept::AsItWas,
        }
    })?;
    let Some(key) = found else {
        let names = store.records(RecordKind::Key)?;
        let names = names.iter().map(|(name, _)| name.as_str());
        let nearest = nearest(&args.name, names);
        let what = format!("there is no key `{}`", args.name);
        return Err(Failure::refused("key_not_found", what)
            .maybe_hint(nearest.map(did_you_mean))
            .hint("`flags serve keys list` shows what there is")
            .into());
    };
    let told = match before {
        true => format!("key `{}` was revoked before", key.name),
        false => format!("key `{}` opens nothing any more", key.name),
    };
    let document = document(&key, now);
    Ok(Box::new(Revoked { told, document }))
}

struct Revoked {
    told: String,
    document: Value,
}

impl Report for Revoked {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        self.document.clone()
    }

    fn page(&self) -> Page {
        Page::new().line(self.told.as_str())
    }

    fn done(&self) -> Option<String> {
        Some(self.told.clone())
    }
}
