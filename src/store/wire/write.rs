//! Writing from afar: changes that were planned elsewhere, and records.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::text::Reason;
use crate::store::{Author, Kept, Request};

/// Which command writes, and why. Who writes is whom the server knows, and when is what its clock
/// says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Caused {
    /// The command's name
    #[serde(default)]
    #[schemars(length(max = 256))]
    pub command: String,
    /// Why
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What the request is called that is carried out with it, if it may come again: a hash
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub request: Option<String>,
    /// The hash of what that request asks for
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub fingerprint: Option<String>,
}

impl From<&Author> for Caused {
    fn from(author: &Author) -> Self {
        let request = author.request.as_ref();
        Self {
            command: author.command.clone(),
            reason: author.reason.clone(),
            request: request.map(|request| request.name.as_str().to_owned()),
            fingerprint: request.map(|request| request.fingerprint.clone()),
        }
    }
}

impl Caused {
    /// The request that is carried out with it, if one is named.
    pub fn request(&self) -> Option<Request> {
        Request::known(self.request.as_deref()?, self.fingerprint.as_deref()?)
    }
}

/// Changes that were planned on what a revision had left.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// The revision that they were planned on: with another one nothing is written
    pub revision: Revision,
    /// By which command, and why
    #[serde(default, deserialize_with = "object")]
    pub cause: Caused,
    /// All of them, or nothing, in this order
    pub changes: ChangeSet,
}

/// Reads an object and no list, which would pass for one whose last members are left out.
fn object<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Caused, D::Error> {
    let members = Map::<String, Value>::deserialize(deserializer)?;
    serde_json::from_value(Value::Object(members)).map_err(D::Error::custom)
}

/// What came of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Updated {
    /// The revision now.
    pub revision: Revision,
    /// How many changes were made.
    pub changes: u64,
}

/// A record that takes the place of another.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// What is there: with anything else nothing is written. `null` where there is nothing
    pub before: Option<String>,
    /// What is to be there, or `null` for nothing
    pub after: Option<String>,
}

impl Amendment {
    /// What becomes of a record that says this.
    pub fn decide(&self, found: Option<&str>) -> Option<Kept> {
        (found == self.before.as_deref()).then(|| match &self.after {
            _ if self.before == self.after => Kept::AsItWas,
            None => Kept::Gone,
            Some(after) => Kept::Now(after.clone()),
        })
    }
}

/// Whether a record was amended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Amended {
    /// Not if it said something else than was expected.
    pub amended: bool,
    /// What it had said.
    pub found: Option<String>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordTold {
    /// Its name, unique within its kind.
    pub name: String,
    /// What it says.
    pub body: String,
}
