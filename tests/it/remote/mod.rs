//! Documents of other machines, from real servers on this one.

mod calls;
mod copies;
mod discovery;
mod encrypted;
mod faults;
mod keys;
mod server;
mod surroundings;
mod wire;
