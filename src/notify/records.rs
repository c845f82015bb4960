//! Destinations and their deliveries as records of the store: looked up, added, taken away, resumed.

use thiserror::Error;

use super::delivery::Delivery;
use super::destination::{Destination, DestinationName};
use crate::domain::catalog::Revision;
use crate::store::{Kept, RecordKind, Records, Store, StoreError};

/// Why nothing is delivered.
#[derive(Debug, Error)]
pub enum NotifyError {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another process delivers by now.
    #[error("another process delivers these reports by now")]
    Overtaken,
    /// What is kept of a destination makes no sense.
    #[error(
        "what is kept of the destination {0} cannot be read, perhaps because a newer version of \
         this program wrote it"
    )]
    Unreadable(DestinationName),
    /// There is no such destination.
    #[error("there is no destination {0}")]
    Unknown(DestinationName),
    /// There is one already.
    #[error("there is a destination {0} already")]
    Exists(DestinationName),
}

/// All destinations, in the order of their names. Those that cannot be read are left out.
///
/// # Errors
///
/// What keeps the store from being read.
pub fn destinations(
    store: &(impl Records + ?Sized),
) -> Result<Vec<(DestinationName, Destination)>, NotifyError> {
    let records = store.records(RecordKind::Destination)?;
    let read = records.into_iter().filter_map(|(name, body)| {
        let name = name.parse().ok()?;
        Some((name, Destination::read(&body)?))
    });
    Ok(read.collect())
}

/// How far a destination has been told; `None` where that cannot be read.
///
/// # Errors
///
/// What keeps the store from being read.
pub fn delivery(
    store: &(impl Records + ?Sized),
    name: &DestinationName,
    destination: &Destination,
) -> Result<Option<Delivery>, NotifyError> {
    let found = store.record(RecordKind::Delivery, name.as_str())?;
    Ok(match found {
        Some(body) => Delivery::read(&body),
        None => Some(Delivery::behind(destination.since)),
    })
}

/// Adds a destination.
///
/// # Errors
///
/// [`NotifyError::Exists`], and what keeps the store from being written.
pub fn save(
    store: &dyn Store,
    name: &DestinationName,
    destination: &Destination,
) -> Result<(), NotifyError> {
    // What is left of one that had the name before is not this one's.
    if store
        .record(RecordKind::Destination, name.as_str())?
        .is_none()
    {
        store.amend(RecordKind::Delivery, name.as_str(), &mut |_| Kept::Gone)?;
    }
    let mut exists = false;
    store.amend(RecordKind::Destination, name.as_str(), &mut |found| {
        exists = found.is_some();
        match exists {
            true => Kept::AsItWas,
            false => Kept::Now(destination.write()),
        }
    })?;
    match exists {
        true => Err(NotifyError::Exists(name.clone())),
        false => Ok(()),
    }
}

/// Takes a destination away, with what has not arrived there.
///
/// # Errors
///
/// [`NotifyError::Unknown`], and what keeps the store from being written.
pub fn remove(store: &dyn Store, name: &DestinationName) -> Result<(), NotifyError> {
    let mut there = false;
    store.amend(RecordKind::Destination, name.as_str(), &mut |found| {
        there = found.is_some();
        Kept::Gone
    })?;
    if !there {
        return Err(NotifyError::Unknown(name.clone()));
    }
    store.amend(RecordKind::Delivery, name.as_str(), &mut |_| Kept::Gone)?;
    Ok(())
}

/// Has a destination tried again at once; with `skip` only what is written from now on.
///
/// # Errors
///
/// [`NotifyError::Unknown`], and what keeps the store from being used.
pub fn resume(
    store: &dyn Store,
    name: &DestinationName,
    skip: Option<Revision>,
) -> Result<(), NotifyError> {
    let all = destinations(store)?;
    let (_, destination) = all
        .into_iter()
        .find(|(found, _)| found == name)
        .ok_or_else(|| NotifyError::Unknown(name.clone()))?;
    let mut unreadable = false;
    store.amend(RecordKind::Delivery, name.as_str(), &mut |found| {
        let behind = || Some(Delivery::behind(destination.since));
        let Some(mut delivery) = found.map_or_else(behind, Delivery::read) else {
            unreadable = true;
            return Kept::AsItWas;
        };
        delivery.resume();
        if let Some(revision) = skip {
            let Delivery { position, late, .. } = Delivery::behind(revision);
            delivery.position = position;
            delivery.late = late;
            // Whoever delivers at present must not go on from where it was.
            delivery.lease = None;
        }
        Kept::Now(delivery.write())
    })?;
    match unreadable {
        true => Err(NotifyError::Unreadable(name.clone())),
        false => Ok(()),
    }
}
