//! Following a server.

use std::path::{Path, PathBuf};

use anyhow::Result;
use zeroize::Zeroizing;

use super::Watch;
use crate::remote::Address;

/// The key.
pub fn key(_file: Option<&Path>) -> Result<Option<Zeroizing<String>>> {
    Ok(None)
}

/// Tells of each write until it is told to end, or enough has been told.
pub fn follow(
    _watch: &Watch<'_>,
    _address: &Address,
    _key: Option<Zeroizing<String>>,
    _ca_bundle: Option<PathBuf>,
) -> Result<()> {
    Ok(())
}
