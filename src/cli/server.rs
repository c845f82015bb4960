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
    /// Exit 3 where the project is in a file of this machine. Where there is no credential, the first call says so.
    pub fn api(&self) -> Result<Api> {
        let place = self.place()?;
        let Some(remote) = place.remote() else {
            let message = format!("there is no server to ask: the project is in the file {place}");
            let failure = Failure::refused("not_remote", message);
            return Err(failure
                .hint("name the profile of a server with --profile")
                .into());
        };
        let known = credential::known(self, place, remote)?;
        credential::api(self, place, remote, known)
    }
}
