//! The program from end to end: real runs in a sealed environment.

mod again;
mod agreement;
mod answers;
mod catalog;
mod destroy;
mod dry_run;
mod fields;
mod hostile;
mod key_forms;
mod kit;
mod memory;
mod misuse;
mod odd;
mod payload;
mod places;
mod proof;
mod rules;
mod settings;
mod streams;
mod strings;
mod subjects;
mod talk;
mod terminal;
mod tokens;
mod truth;
mod unknown;
