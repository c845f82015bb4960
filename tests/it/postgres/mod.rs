//! What only a store in PostgreSQL has to withstand; the rest is in the contract's story.

mod agreement;
mod chain;
mod creation;
pub(crate) mod kit;
mod leaderless;
mod pooled;
mod proxy;
mod servers;
mod trips;
mod trouble;
