//! Carrying changes out, one request after the other, and finding out what became of each.
//!
//! WorkOS has no transactions and knows no repetitions. Its requests say what is to be and not what
//! is to change (its OpenAPI document on adding a target: "created or updated"), so that one sent
//! twice does no harm; all the same none is sent again before a look has shown that it is needed.

use std::thread;
use std::time::{Duration, Instant};

use super::server::Server;
use super::steps::Step;
use crate::domain::hex::hex;
use crate::remote::api::ApiError;
use crate::store::journal::{Journal, Several};
use crate::store::{Halt, StoreError};

/// How many times a request is sent whose outcome was unknown and which a look did not find done.
const ATTEMPTS: u32 = 3;
/// After an attempt that took longer nobody should be kept waiting for another.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the first wait is; the next is twice as long.
const WAIT: Duration = Duration::from_millis(500);

/// Carries the steps out in their order, or says how many of them were.
pub(super) fn carry_out(
    server: &Server,
    steps: &[Step],
    journal: Option<Journal>,
    halt: Halt,
) -> Result<(), StoreError> {
    let mut journal = journal;
    for (place, step) in steps.iter().enumerate() {
        let made = match halt() {
            true => Err(StoreError::Stopped),
            false => make(server, step, halt),
        };
        let noted = made.and_then(|()| match &mut journal {
            Some(journal) => Ok(journal.note(place)?),
            None => Ok(()),
        });
        noted.map_err(|cause| partly(place, steps.len(), cause))?;
    }
    match journal {
        Some(journal) => Ok(journal.close()?),
        None => Ok(()),
    }
}

/// How the several steps of a write are known again.
pub(super) fn several(server: &Server, steps: &[Step]) -> Several {
    Several::new(
        server.address(),
        steps.iter().map(Step::to_string).collect(),
    )
}

/// Of a single change there is no part.
fn partly(done: usize, of: usize, cause: StoreError) -> StoreError {
    match (done, of, cause) {
        (0, _, StoreError::Stopped) => StoreError::Interrupted,
        (0, _, cause) | (_, 1, cause) => cause,
        (done, of, cause) => StoreError::Partly {
            done,
            of,
            cause: Box::new(cause),
        },
    }
}

fn make(server: &Server, step: &Step, halt: Halt) -> Result<(), StoreError> {
    let name = name()?;
    let mut wait = WAIT;
    for attempt in 1.. {
        let begun = Instant::now();
        let unsure = match server.send(step, &name) {
            Ok(true) => return Ok(()),
            Ok(false) => None,
            Err(error) if looks_help(step, &error) => Some(error),
            Err(error) => return Err(error.into()),
        };
        match (server.is_so(step), unsure) {
            (Ok(true), _) => return Ok(()),
            // That it is unknown says more than why the look failed.
            (Err(_), Some(error)) => return Err(error.into()),
            (Err(error), None) => return Err(error),
            (Ok(false), unsure) => {
                let enough = attempt >= ATTEMPTS || begun.elapsed() > PATIENCE || halt();
                match unsure {
                    Some(error) if error.may_have_happened() && !enough => {}
                    Some(error) if error.may_have_happened() => {
                        return Err(StoreError::NotFoundSo(error));
                    }
                    Some(error) => return Err(error.into()),
                    None => return Err(disbelieved(server, step)),
                }
            }
        }
        thread::sleep(wait);
        wait *= 2;
    }
    Ok(())
}

/// What all attempts of one request go by.
fn name() -> Result<String, StoreError> {
    let mut bytes = [0; 16];
    match aws_lc_rs::rand::fill(&mut bytes) {
        Ok(()) => Ok(hex(&bytes)),
        Err(_) => Err(StoreError::Strange(
            "the system gives no randomness".to_owned(),
        )),
    }
}

/// Whether the outcome is open: also where somebody is no longer to be named, and there is nobody.
fn looks_help(step: &Step, error: &ApiError) -> bool {
    let gone = matches!(step, Step::Name { named: false, .. });
    error.may_have_happened() || (gone && error.status() == Some(404))
}

fn disbelieved(server: &Server, step: &Step) -> StoreError {
    StoreError::Strange(format!(
        "{} answers `{step}` with success and without the proof of it, and a look afterwards does \
         not find it so",
        server.address()
    ))
}
