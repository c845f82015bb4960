//! What is said in a program that was built without databases.

use super::finding::Finding;
use super::place::Place;
use crate::store::{Halt, Store, StoreError};

/// Opens nothing.
pub(in crate::store) fn open(_: &Place, _: Halt) -> Result<Box<dyn Store + Send>, StoreError> {
    Err(StoreError::without_databases())
}

/// Makes nothing.
pub(in crate::store) fn create(_: &Place) -> Result<Box<dyn Store + Send>, StoreError> {
    Err(StoreError::without_databases())
}

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
