//! What is said in a program that was built without databases.

use super::finding::Finding;
use super::place::Place;
use crate::store::StoreError;

/// Asks nobody.
///
/// # Errors
///
/// Always.
pub fn examine(_: &Place) -> Result<Vec<Finding>, StoreError> {
    Err(StoreError::without_databases())
}

/// Opens nothing.
///
/// # Errors
///
/// Always.
pub fn knock(_: &Place) -> Result<(), StoreError> {
    Err(StoreError::without_databases())
}
