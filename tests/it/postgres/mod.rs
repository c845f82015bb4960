//! What only a store in PostgreSQL has to withstand; the rest is in the contract's story.

pub(crate) mod kit;
