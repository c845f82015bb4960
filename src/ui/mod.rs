//! The only place that writes to, or asks, the terminal.
//!
//! A command works out an answer and hands back one [`Report`]; it neither prints nor knows
//! who reads. Here the same report becomes aligned and coloured text for a person, plain rows
//! for a pipe, or one JSON document for a program. Because everything passes through one
//! place, three promises hold for the whole program: text from outside cannot steer a terminal
//! ([`sanitise()`]), data goes to stdout and all else to stderr, and a write that failed is an
//! error of the program and not a shrug.
//!
//! Nothing in here knows about features, plans or stores.

mod compose;
pub mod json;
mod look;
mod page;
mod progress;
pub mod prompt;
mod render;
pub mod sanitise;
mod size;
mod stream;
mod table;
mod terminal;
pub mod time;

pub use compose::Composer;
pub use look::Look;
pub use page::{Block, Content, Line, Page, Span, Style, Table};
pub use progress::Progress;
pub use sanitise::sanitise;
pub use size::size;
pub use stream::Stream;
pub use terminal::{OutputMode, ShowError, Terminal};

/// What a command has to say, before anyone decides how to show it.
pub trait Report {
    /// The top-level fields of [`document`](Self::document) (of each element, where that is an
    /// array): what `--json=a,b` may select. Published: removing one breaks somebody's script.
    fn fields(&self) -> &'static [&'static str];

    /// Fields that no selection leaves out: what must not be overlooked by whoever reads the rest.
    fn kept_fields(&self) -> &'static [&'static str] {
        &[]
    }

    /// The answer for a program: an object or an array of objects, times as RFC 3339 strings.
    fn document(&self) -> serde_json::Value;

    /// The same answer for a person.
    fn page(&self) -> Page;

    /// Whether the question was answered with "no", so that the exit code can say so too.
    fn answered_no(&self) -> bool {
        false
    }

    /// Whether all of it has been shown already, row by row, through a [`Stream`].
    fn was_streamed(&self) -> bool {
        false
    }

    /// What has been done already, and stays done should the report get lost on its way: a clause
    /// such as `the change was written as revision 7`.
    fn done(&self) -> Option<String> {
        None
    }
}
