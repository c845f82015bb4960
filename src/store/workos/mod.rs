//! WorkOS: what its side speaks, read into the words of the domain.
//!
//! WorkOS's server decides nothing about a flag while a page is being served. It hands its SDKs a
//! *configuration payload*, every flag of an environment with its rules and targets, and they
//! evaluate it on the spot. Whoever reads that payload as they do gives their answers, and with
//! them can explain, compare and test, without a request for each question. It is also the only
//! read in WorkOS's API that shows whom a flag names.
//!
//! There are two versions: the Node SDK 11 asks for the first, the Python SDK 10.8 for the second
//! (contract page, *Configuration payloads*). [`payload`] reads both into a
//! [`Document`](crate::domain::document::Document), which the one resolver then answers from: a
//! WorkOS flag is a boolean feature that has a switch and an audience, and no plan, grant or
//! override. The measure of the reading is their evaluators' source, not their documentation.
//! `tests/interop/workos` asks those evaluators and ours the same questions.
//!
//! What ours cannot judge never matches, as with them. What it has no room for (a slug that is not
//! a key, an identifier with a space in it) is left out and noted, because a definition that is
//! missing in silence is found out by a customer.

pub mod payload;
mod version1;
mod version2;
