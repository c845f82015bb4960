//! What is found out about a database's servers by asking each of them.

use super::place::Host;
use crate::store::StoreError;

/// What a server says of itself. What its kind does not know is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Server {
    /// Its version, in its own words.
    pub version: String,
    /// Whether it is a replica.
    pub is_replica: bool,
    /// The version and cipher of the encryption, if there is one.
    pub encryption: Option<String>,
    /// How far its clock is ahead of ours, in milliseconds.
    pub ahead: i64,
    /// How long ago the newest write was made that a replica has, in milliseconds.
    pub behind: Option<i64>,
    /// Settings by their names, such as `synchronous_commit`.
    pub settings: Vec<(String, String)>,
    /// The replicas that follow it: name, state, and whether they are waited for.
    pub followers: Vec<(String, String, String)>,
    /// What is in the schema of the place; `None` where there is no such schema.
    pub schema: Option<Schema>,
}

/// What we may do in a schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema {
    /// How many tables it has.
    pub tables: i64,
    /// Whether we may use it.
    pub may_use: bool,
    /// Whether we may make tables in it, as a newer form of the project needs.
    pub may_create: bool,
    /// The tables in it that we may not read, or may not write.
    pub closed: Vec<String>,
}

/// A host, and what it says.
pub type Finding = (Host, Result<Server, StoreError>);
