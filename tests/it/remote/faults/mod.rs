//! Servers that do what servers do on their worst days, and what the program makes of it.
//!
//! A table of commands meets a list of faults, through the command line as an operator would type
//! it. Whatever the fault: the exit code is the published one, nothing waits past its time, nothing
//! is done twice or claimed to be done that was not, no secret shows and memory stays small.

pub(super) mod act;
mod fault;
mod list;
mod relay;
mod run;
mod said;
pub(super) mod server;
mod table;
