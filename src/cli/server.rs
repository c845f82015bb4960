//! The server that a profile names, for calls as somebody typed them.

use anyhow::Result;

use super::context::Context;
use super::credential;
use super::failure::Failure;
use crate::config::Lives;
use crate::remote::api::Api;

impl Context {
    /// The profile's server, and what it knows us by.
    ///
    /// # Errors
    ///
    /// Exit 3 where the project is in a file of this machine, 4 where there is no credential for it.
    pub fn api(&self) -> Result<Api> {
        let place = self.place()?;
        match &place.lives {
            Lives::There(remote) => credential::api(self, place, remote),
            Lives::Here(_) => {
                let message =
                    format!("there is no server to ask: the project is in the file {place}");
                let failure = Failure::refused("not_remote", message);
                Err(failure
                    .hint("name the profile of a server with --profile")
                    .into())
            }
        }
    }
}
