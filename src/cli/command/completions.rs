//! `flags completions`: a shell's completion script.

use anyhow::Result;
use clap::Args;
use clap_complete::Shell;
use serde_json::{Value, json};

use crate::cli::context::Context;
use crate::ui::{Page, Report};

/// A shell's completion script
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Writes the script.
pub fn run(_: &Context, args: CompletionsArgs) -> Result<Box<dyn Report>> {
    let script = script(args.shell)?;
    Ok(Box::new(ScriptReport {
        shell: args.shell,
        script,
    }))
}

/// The completion script of a shell.
pub fn script(shell: Shell) -> Result<String> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::cli::definition(), "flags", &mut script);
    Ok(String::from_utf8(script)?)
}

struct ScriptReport {
    shell: Shell,
    script: String,
}

impl Report for ScriptReport {
    fn fields(&self) -> &'static [&'static str] {
        &["shell", "script"]
    }

    fn document(&self) -> Value {
        json!({ "shell": self.shell.to_string(), "script": self.script })
    }

    fn page(&self) -> Page {
        Page::generated(self.script.clone())
    }
}
