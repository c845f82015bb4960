//! Documents of other machines, from real servers on this one.

mod copies;
mod discovery;
mod encrypted;
mod keys;
mod server;
mod surroundings;
mod wire;
