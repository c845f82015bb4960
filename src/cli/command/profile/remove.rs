//! `flags profile remove`.

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::cli::credential::patience;
use crate::cli::failure::Failure;
use crate::cli::write::{check_fields, not_confirmed};
use crate::config::credential::{forget, login_of};
use crate::config::{Configuration, configuration_path};
use crate::ui::{Line, Page, Report, prompt};

/// Arguments of `flags profile remove`.
#[derive(Debug, Args)]
pub struct RemoveArgs {
    /// Which
    #[arg(value_name = "NAME")]
    name: String,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

/// Removes the profile, once its owner has agreed.
pub fn run(context: &Context, args: RemoveArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let name = args.name;
    // Nobody else is kept waiting while somebody makes up their mind.
    super::known(&Configuration::read(&configuration_path()?)?, &name)?;
    if !args.yes {
        agree(context, &name)?;
    }
    let mut editor = super::editor()?;
    super::known(editor.known(), &name)?;
    // A login without its profile would be found by nobody, so it goes first.
    let login = forget(&name, patience(context)).map_err(|error| {
        let hint = format!("until it can be forgotten, profile `{name}` stays too");
        Failure::from(error).hint(hint)
    })?;
    let was_default = editor.known().default_profile.as_deref() == Some(&name);
    editor.remove(&name)?;
    editor.save()?;
    Ok(Box::new(Removed {
        name,
        was_default,
        forgot: login.is_some(),
    }))
}

fn agree(context: &Context, name: &str) -> Result<()> {
    let kept = login_of(name).map_err(Failure::from)?;
    let too = kept.map(|login| format!(", and forgets what {} holds for it", login.whence()));
    let what = format!(
        "this removes the profile `{name}`{}",
        too.unwrap_or_default()
    );
    if !context.terminal.interactive() {
        let message = format!("{what}, and there is no terminal to ask on");
        let failure = Failure::usage("confirmation_needed", message);
        return Err(failure.hint("add --yes if you are sure").into());
    }
    let question = format!("{}.", what.replacen("this", "This", 1));
    match prompt::type_to_confirm(&question, name)? {
        true => Ok(()),
        false => bail!(not_confirmed()),
    }
}

struct Removed {
    name: String,
    was_default: bool,
    forgot: bool,
}

const FIELDS: &[&str] = &["name", "was_default", "logged_out"];

impl Report for Removed {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        json!({
            "name": self.name,
            "was_default": self.was_default,
            "logged_out": self.forgot,
        })
    }

    fn page(&self) -> Page {
        let line = Line::new().good("removed").plain(" the profile ");
        let page = Page::new().line(line.key(&self.name));
        match self.was_default {
            true => page.line("no profile is the default now: `flags profile use NAME` makes one"),
            false => page,
        }
    }

    fn done(&self) -> Option<String> {
        Some(format!("the profile {} was removed", self.name))
    }
}
