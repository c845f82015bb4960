//! Questions to the person at the terminal.
//!
//! Asked on stderr, so stdout stays data, and only when stdin and stderr are both terminals: a
//! prompt without one would wait for nobody (or, in dialoguer, loop for ever). Ctrl-C needs
//! care. While it reads a key dialoguer has the cursor hidden and the terminal in raw mode, and
//! on Ctrl-C it sends SIGINT to its own process, which would end with no cursor. So for as long
//! as a question stands the signal does nothing, the cursor comes back, and the caller learns
//! of it as [`PromptError::Interrupted`]; afterwards Ctrl-C ends the program as always.

use std::fmt;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use dialoguer::console::Term;
use dialoguer::theme::Theme;
use dialoguer::{Confirm, Input, Password};
use signal_hook::consts::SIGINT;
use signal_hook::flag::register_conditional_default;

use super::sanitise;

/// A question got no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Stdin or stderr is not a terminal, so nothing was asked and nothing read.
    #[error("there is no terminal to ask on")]
    NotATerminal,
    /// The person pressed Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// The terminal failed.
    #[error("cannot ask on the terminal")]
    Io(#[from] io::Error),
}

/// Whether there is somebody to ask.
pub fn possible() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks yes or no. Enter alone means no.
pub fn confirm(question: &str) -> Result<bool, PromptError> {
    let question = sanitise(question);
    ask(|term| {
        Confirm::with_theme(&Plain)
            .with_prompt(question)
            .default(false)
            .wait_for_newline(true)
            .interact_on(term)
    })
}

/// Asks for `expected_key` to be typed, and says whether it was: for what cannot be undone.
pub fn type_to_confirm(question: &str, expected_key: &str) -> Result<bool, PromptError> {
    let shown = sanitise(expected_key);
    let answer = read_line(&format!("{} Type `{shown}` to confirm", sanitise(question)))?;
    // A key with characters nobody can type is confirmed by typing what was shown for it.
    Ok(answer == expected_key || answer == shown)
}

/// Asks for a line of text. Enter alone means `default`, or the empty text.
pub fn input(question: &str, default: Option<&str>) -> Result<String, PromptError> {
    let question = sanitise(question);
    let answer = match default {
        Some(default) => read_line(&format!("{question} [{}]", sanitise(default)))?,
        None => read_line(&question)?,
    };
    match default {
        Some(default) if answer.is_empty() => Ok(default.to_owned()),
        _ => Ok(answer),
    }
}

/// Asks for a text that is not shown while it is typed.
pub fn secret(question: &str) -> Result<String, PromptError> {
    let question = sanitise(question);
    ask(|term| {
        Password::with_theme(&Plain)
            .with_prompt(question)
            .interact_on(term)
    })
}

/// One line, without the spaces around it.
fn read_line(question: &str) -> Result<String, PromptError> {
    let answer = ask(|term| {
        Input::<String>::with_theme(&Plain)
            .with_prompt(question)
            .allow_empty(true)
            .interact_text_on(term)
    })?;
    Ok(answer.trim().to_owned())
}

/// Every question goes through here: is anybody there, and is the terminal as it was afterwards?
fn ask<T>(question: impl FnOnce(&Term) -> dialoguer::Result<T>) -> Result<T, PromptError> {
    if !possible() {
        return Err(PromptError::NotATerminal);
    }
    let term = Term::stderr();
    let _held = HeldInterrupt::hold()?;
    question(&term).map_err(|error| {
        // The cursor stands, hidden, at the end of the question. If this fails as well, the
        // first failure is the one to tell of.
        let _ = term.show_cursor().and_then(|()| term.write_line(""));
        let dialoguer::Error::IO(error) = error;
        match error.kind() {
            io::ErrorKind::Interrupted => PromptError::Interrupted,
            _ => PromptError::Io(error),
        }
    })
}

/// Whether SIGINT ends the process. Its handler is installed with the first question.
static ENDS: OnceLock<Arc<AtomicBool>> = OnceLock::new();
/// Whether somebody else listens for it, who decides what it ends.
static IS_HEARD: AtomicBool = AtomicBool::new(false);

/// Has Ctrl-C end nothing here any more, since somebody else listens for it from now on.
pub fn leave_interrupts() {
    IS_HEARD.store(true, Ordering::SeqCst);
    if let Some(ends) = ENDS.get() {
        ends.store(false, Ordering::SeqCst);
    }
}

/// While this lives, SIGINT does nothing; before and after, it ends the process.
struct HeldInterrupt(&'static AtomicBool);

impl HeldInterrupt {
    fn hold() -> io::Result<Self> {
        let ends = match ENDS.get() {
            Some(ends) => ends,
            None => {
                let ends = Arc::new(AtomicBool::new(false));
                register_conditional_default(SIGINT, Arc::clone(&ends))?;
                ENDS.get_or_init(|| ends)
            }
        };
        ends.store(false, Ordering::SeqCst);
        Ok(Self(ends))
    }
}

impl Drop for HeldInterrupt {
    fn drop(&mut self) {
        self.0
            .store(!IS_HEARD.load(Ordering::SeqCst), Ordering::SeqCst);
    }
}

/// dialoguer's plain look, with two differences: a question that ends in "?" needs no colon,
/// and what was typed is repeated safely, because people paste.
struct Plain;

impl Plain {
    fn colon(question: &str) -> &'static str {
        if question.ends_with('?') { "" } else { ":" }
    }
}

impl Theme for Plain {
    fn format_prompt(&self, f: &mut dyn fmt::Write, question: &str) -> fmt::Result {
        write!(f, "{question}{}", Self::colon(question))
    }

    fn format_input_prompt(
        &self,
        f: &mut dyn fmt::Write,
        question: &str,
        _default: Option<&str>,
    ) -> fmt::Result {
        write!(f, "{question}{} ", Self::colon(question))
    }

    fn format_input_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        question: &str,
        answer: &str,
    ) -> fmt::Result {
        write!(
            f,
            "{question}{} {}",
            Self::colon(question),
            sanitise(answer)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_repeated_is_safe_and_punctuated_once() {
        let mut text = String::new();
        Plain
            .format_input_prompt_selection(&mut text, "Which?", "a\u{202e}b")
            .unwrap();
        Plain.format_prompt(&mut text, " Name").unwrap();
        assert_eq!(text, r"Which? a\u{202e}b Name:");
    }

    #[test]
    fn without_a_terminal_nothing_is_asked() {
        if possible() {
            return; // Run by hand: asking would wait for the developer.
        }
        assert!(matches!(confirm("sure?"), Err(PromptError::NotATerminal)));
        assert!(matches!(
            type_to_confirm("sure?", "k"),
            Err(PromptError::NotATerminal)
        ));
        assert!(matches!(
            input("name?", None),
            Err(PromptError::NotATerminal)
        ));
    }
}
