//! A project on its way from one store to another.

mod broken;
mod database;
mod kit;
mod random;
mod refused;
mod ways;
