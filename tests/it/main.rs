//! The integration tests: one binary, so that linking is paid for once.

#[cfg(test)]
mod cli;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod token;
#[cfg(test)]
mod ui;
#[cfg(test)]
mod workos;
