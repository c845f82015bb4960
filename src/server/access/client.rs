//! Clients that show an id and a secret.

use std::sync::Arc;

use aws_lc_rs::constant_time::verify_slices_are_equal;

use super::{Caller, Denied, Scope, hash};
use crate::server::app::App;

/// What a secret is compared with where there is no such client: an unknown id takes as long as a
/// wrong secret.
const NOBODY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl App {
    /// Which client is calling, if it may do what `wanted` covers.
    ///
    /// # Errors
    ///
    /// Why it is not let in.
    pub async fn admit_client(
        self: &Arc<Self>,
        id: Option<&str>,
        secret: Option<&str>,
        wanted: Scope,
    ) -> Result<Caller, Denied> {
        self.fresh().await.map_err(|_| Denied::Unknowable)?;
        if let Some(anybody) = self.admit_anybody(wanted)? {
            return Ok(anybody);
        }
        let (Some(id), Some(secret)) = (id, secret) else {
            return Err(Denied::Missing);
        };
        let found = self.access.client(id);
        let expected = found.as_ref().map_or(NOBODY, |key| &key.hash);
        let same = verify_slices_are_equal(hash(secret).as_bytes(), expected.as_bytes());
        match found {
            Some(key) if same.is_ok() => self.admit_key(&key, wanted),
            _ => Err(Denied::Invalid),
        }
    }
}
