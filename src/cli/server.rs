//! The server that a profile names, for calls as somebody typed them.

use anyhow::Result;

use super::context::Context;
use super::credential;
use super::failure::Failure;
use crate::remote::api::Api;

impl Context {
    /// The profile's server.
    ///
    /// # Errors
    ///
    /// Exit 3 where the project is in a file or a database. Where there is no credential, the first
    /// call says so.
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
        let known = credential::known(self, place, remote)?;
        credential::api(self, place, remote, known)
    }
}
