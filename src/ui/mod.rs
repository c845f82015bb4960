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

mod look;
mod page;
pub mod prompt;
mod render;
pub mod sanitise;
mod table;
pub mod time;

pub use look::Look;
pub use page::{Block, Content, Line, Page, Span, Style, Table};
pub use sanitise::sanitise;
