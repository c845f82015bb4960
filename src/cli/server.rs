//! The server that a profile names, for calls as somebody typed them.

use anyhow::Result;

use super::context::Context;
use super::credential;
use super::failure::Failure;
use crate::remote::api::{Api, Credential};

impl Context {
    /// The profile's server.
    ///
    /// # Errors
    ///
    /// Exit 3 where the project is in a file or a database, 4 where there is no credential.
    pub fn api(&self) -> Result<Api> {
        let place = self.place()?;
        let Some(remote) = place.remote() else {
            let what = match place.database() {
                Some(_) => "database",
                None => "file",
            };
            let message =
                format!("there is no server to ask: the project is in the {what} {place}");
            let failure = Failure::refused("not_remote", message);
            return Err(failure
                .hint("name the profile of a server with --profile")
                .into());
        };
        let found = credential::find(self, &credential::wanted(self, place, remote)?)?;
        let known = found.map_or(Credential::None, |found| {
            credential::sendable(&found.credential)
        });
        credential::api(self, place, remote, known)
    }
}
