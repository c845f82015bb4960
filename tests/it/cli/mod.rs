//! The program from end to end: real runs in a sealed environment.

mod again;
mod agreement;
mod answers;
mod catalog;
mod destroy;
mod dry_run;
mod fields;
mod hostile;
mod kit;
mod misuse;
mod odd;
mod payload;
mod places;
mod rules;
mod settings;
mod streams;
mod strings;
mod subjects;
mod talk;
mod terminal;
mod token_catalog;
mod token_inspect;
mod token_text;
mod tokens;
mod truth;
mod unknown;
