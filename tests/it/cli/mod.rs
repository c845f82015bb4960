//! The program from end to end: real runs in a sealed environment.

mod again;
mod destroy;
mod dry_run;
mod fields;
mod kit;
mod misuse;
mod places;
mod settings;
mod streams;
mod talk;
mod terminal;
mod truth;
mod unknown;
