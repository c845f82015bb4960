//! The keys that the server signs tokens with.

use jiff::Timestamp;

use super::super::Check;
use super::{Server, note};
use crate::cli::failure::Failure;
use crate::remote::{Address, Client, Documents, Limits, jwks};
use crate::token::keys::{KeyError, KeySet};

/// Fetches and reads them, where the profile says where they are.
pub(super) fn check(server: &Server<'_>, checks: &mut Vec<Check>) -> Option<Failure> {
    let settings = match server.context.token_settings() {
        Ok(settings) => settings,
        Err(error) => {
            let advice = "`flags profile show` shows what the profile says of tokens";
            checks.push(Check::warning("jwks", error.to_string()).advice(advice));
            return None;
        }
    };
    let Some(url) = settings.key_url else {
        let found = "the profile names no address of keys, so that tokens are not proven by it";
        checks.push(Check::ok("jwks", found));
        return None;
    };
    match fetched(server, &url) {
        Ok(found) => {
            checks.push(found);
            None
        }
        // Without its keys the rest of the server works.
        Err(error) => {
            drop(note(checks, "jwks", error));
            None
        }
    }
}

fn fetched(server: &Server<'_>, url: &str) -> anyhow::Result<Check> {
    let address: Address = url.parse().map_err(|error| {
        Failure::usage("configuration", format!("the address of the keys: {error}"))
    })?;
    let client = Client::new(server.remote.ca_bundle.clone(), Limits::default());
    let documents = Documents::new(client, None);
    let document = jwks::get(&documents, &address, Timestamp::now())?;
    Ok(match KeySet::of_jwks(document.text.as_bytes()) {
        Ok(_) => Check::ok("jwks", format!("{address}: the keys can be read")),
        Err(KeyError::NoKeys) => Check::warning(
            "jwks",
            format!("{address}: there is no key, so that no token is proven"),
        )
        .advice("a server of ours signs tokens with `flags serve --signing-key FILE`"),
        Err(error) => Check::problem("jwks", format!("{address}: {error}"))
            .advice("look whether the client ID is that of this environment"),
    })
}
