//! Where a token comes from, and what to say of a text that is none.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::read_text;
use crate::token::{self, Decoded, Stranger};

/// What becomes of an argument.
const IN_HISTORY: &str = "an argument stays in the shell's history, and others on this machine can \
                          see it while the command runs; stdin or --file keeps a token private";

/// The token, or where it is.
#[derive(Debug, Args)]
pub struct SourceArgs {
    /// The token, or - for stdin (the default when stdin is not a terminal); as an argument it
    /// stays in the shell's history
    #[arg(value_name = "TOKEN", conflicts_with = "file")]
    token: Option<String>,
    /// Read the token from this file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// A text handed in for a token.
pub struct Handed {
    /// The text, as it was.
    pub text: String,
    typed: bool,
}

impl SourceArgs {
    /// Whether the token comes from stdin.
    pub fn is_stdin(&self) -> bool {
        let given = self.token.as_deref().map(Path::new);
        given
            .or(self.file.as_deref())
            .is_none_or(|path| path == Path::new("-"))
    }

    /// Takes the argument, or reads the file or stdin.
    ///
    /// # Errors
    ///
    /// Exit 2 where there is nothing to read from, or it cannot be read.
    pub fn read(self, context: &Context) -> Result<Handed> {
        let stdin = Path::new("-");
        let read = |path: &Path| {
            let text = read_text(path)?;
            Ok(Handed { text, typed: false })
        };
        match (self.token, self.file) {
            (Some(text), _) if text != "-" => Ok(Handed { text, typed: true }),
            (None, Some(file)) => read(&file),
            (None, None) if context.terminal.input_is_terminal() => {
                let message = "no token: give it on stdin, with --file, or as an argument";
                Err(Failure::usage("usage", message).into())
            }
            _ => read(stdin),
        }
    }
}

impl Handed {
    /// Decodes what is left of the text. What an argument leaves behind is said on stderr, or
    /// beside the reason why the text is no token.
    ///
    /// # Errors
    ///
    /// Exit 2 where it is no token.
    pub fn decode(&self, context: &Context, token: &str) -> Result<Decoded> {
        match token::decode(token) {
            Ok(decoded) => {
                if self.typed {
                    context.terminal.warn(IN_HISTORY)?;
                }
                Ok(decoded)
            }
            Err(error) => {
                let failure = match Stranger::recognise(token) {
                    Some(stranger) => malformed(stranger.to_string()).hint(stranger.help()),
                    None => malformed(error.to_string()),
                };
                let secret = self.typed && !token.is_empty();
                Err(failure
                    .maybe_hint(secret.then(|| IN_HISTORY.to_owned()))
                    .into())
            }
        }
    }
}

fn malformed(message: String) -> Failure {
    Failure::usage("token_malformed", message)
}
