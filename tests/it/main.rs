//! The integration tests: one binary, so that linking is paid for once.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod document;
#[cfg(test)]
mod durability;
#[cfg(test)]
mod edit;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod effects;
#[cfg(test)]
mod file;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod large;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod layers;
#[cfg(test)]
mod migrate;
#[cfg(test)]
mod notify;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod past;
#[cfg(feature = "postgres")]
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod project;
#[cfg(test)]
mod random;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod remote;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod timeline;
#[cfg(test)]
mod token;
#[cfg(test)]
mod token_diff;
#[cfg(test)]
mod ui;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod workos;
#[cfg(test)]
mod workos_payload;
#[cfg(test)]
mod workos_remote;
