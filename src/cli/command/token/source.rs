//! Where tokens and keys come from: an argument, a file, stdin.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use memchr::memchr;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::unreadable;
use crate::token::{self, Decoded, MAX_TOKEN_BYTES, Stranger};

/// What becomes of an argument.
const IN_HISTORY: &str = "a token given as an argument stays in the shell's history and is seen in \
                          the process list: `-` takes it from stdin";

/// The token of a command that takes one.
#[derive(Debug, Args)]
pub struct TokenSource {
    /// The token, or - for stdin (the default when stdin is not a terminal); as an argument it
    /// stays in the shell's history
    #[arg(value_name = "TOKEN", conflicts_with = "file")]
    token: Option<String>,
    /// Read the token from this file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl TokenSource {
    /// For a command whose `--file` is something else.
    pub fn new(token: Option<String>, file: Option<PathBuf>) -> Self {
        Self { token, file }
    }

    /// Whether the token comes from stdin.
    pub fn is_stdin(&self) -> bool {
        let given = self.token.as_deref().map(Path::new);
        let given = given.or(self.file.as_deref());
        given.is_none_or(|path| path == Path::new("-"))
    }

    /// The token's text, without the line's end that a file or pipe puts behind it. What is no
    /// UTF-8 is no token either: its bytes are replaced by ones that cannot be in a token.
    ///
    /// # Errors
    /// Exit 2 when there is none, or the file cannot be read.
    pub fn read(self, context: &Context) -> Result<String> {
        let handed = self.take(context)?;
        if handed.typed {
            context.warn(IN_HISTORY)?;
        }
        Ok(handed.text)
    }

    /// The same, for a command that refuses what is no token, and says then what else there is
    /// to say: see [`Handed::decode`].
    ///
    /// # Errors
    /// Exit 2 when there is none, or the file cannot be read.
    pub fn take(self, context: &Context) -> Result<Handed> {
        let (text, typed) = match (self.token, self.file) {
            (Some(token), _) if token != "-" => (token, true),
            (None, Some(file)) => (read_file(&file)?, false),
            (None, None) if context.terminal.input_is_terminal() => return Err(no_token()),
            _ => (read_file(Path::new("-"))?, false),
        };
        Ok(Handed { text, typed })
    }
}

/// A text handed in for a token.
pub struct Handed {
    /// The text, without the line's end that a file or pipe puts behind it.
    pub text: String,
    typed: bool,
}

impl Handed {
    /// Decodes what is left of the text. What becomes of an argument is said on stderr, or beside
    /// the reason why the text is no token.
    ///
    /// # Errors
    /// Exit 2 where it is no token.
    pub fn decode(&self, context: &Context, token: &str) -> Result<Decoded> {
        match token::decode(token) {
            Ok(decoded) => {
                if self.typed {
                    context.warn(IN_HISTORY)?;
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

fn no_token() -> anyhow::Error {
    let message = "no token: give it on stdin, with --file, or as an argument";
    Failure::usage("usage", message).into()
}

/// One byte more than a token may have shows that there are too many; two are a line's end.
const MOST_READ: u64 = MAX_TOKEN_BYTES as u64 + 3;

/// A file's token, or stdin's for `-`, without the line's end behind it.
pub fn read_file(path: &Path) -> Result<String> {
    let bytes = bounded(path, MOST_READ)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_suffix('\n').unwrap_or(&text);
    Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
}

/// The first bytes of a file, or of stdin for `-`.
pub fn bounded(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = match path == Path::new("-") {
        true => io::stdin().lock().take(most).read_to_end(&mut bytes),
        false => File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
    };
    read.map_err(|error| unreadable(path, &error.to_string()))?;
    Ok(bytes)
}

/// Tokens one after the other, a line each.
pub struct Lines {
    from: BufReader<Box<dyn Read>>,
    line: Vec<u8>,
}

impl TokenSource {
    /// The lines of the file or stdin.
    ///
    /// # Errors
    /// Exit 2 when there is none, or the file cannot be read.
    pub fn lines(self, context: &Context) -> Result<Lines> {
        let from: Box<dyn Read> = match (self.token.as_deref(), self.file) {
            (Some(token), _) if token != "-" => {
                let message = "--lines reads tokens from stdin or --file, not from an argument";
                return Err(Failure::usage("usage", message).into());
            }
            (None, Some(file)) => {
                let opened = File::open(&file);
                Box::new(opened.map_err(|error| unreadable(&file, &error.to_string()))?)
            }
            (None, None) if context.terminal.input_is_terminal() => return Err(no_token()),
            _ => Box::new(io::stdin()),
        };
        Ok(Lines {
            from: BufReader::with_capacity(64 * 1024, from),
            line: Vec::new(),
        })
    }
}

impl Lines {
    /// The next line without its end; of one that is too long for a token, only the beginning.
    ///
    /// # Errors
    /// What reading meets.
    pub fn read_next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        let mut limited = (&mut self.from).take(MOST_READ);
        let read = limited.read_until(b'\n', &mut self.line)? as u64;
        if read == 0 {
            return Ok(None);
        }
        if self.line.pop_if(|last| *last == b'\n').is_some() {
            self.line.pop_if(|last| *last == b'\r');
        } else if read == MOST_READ {
            self.from.skip_until(b'\n')?;
        }
        Ok(Some(&self.line))
    }

    /// Whether the next line has to be waited for: a good moment to show what there is.
    pub fn would_wait(&self) -> bool {
        memchr(b'\n', self.from.buffer()).is_none()
    }
}
