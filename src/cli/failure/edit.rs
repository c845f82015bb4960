//! What helps where an edit cannot be: the commands and options that would let it.

use super::{Failure, of_refusal, of_store};
use crate::cli::question::did_you_mean;
use crate::edit::{EditError, Missing};

pub(super) fn of_edit(error: &EditError) -> Failure {
    let typed = || Failure::usage(error.code(), error.to_string());
    match error {
        EditError::Missing(missing) => of_missing(missing),
        EditError::Refused(refusal) => of_refusal(refusal),
        EditError::Store(error) => of_store(error),
        EditError::Expired { .. } => typed().hint("`--expires 14d` ends it in 14 days"),
        EditError::Span(_) | EditError::OwnSuccessor(_) | EditError::CapOutOfRange(_) => typed(),
    }
}

fn of_missing(missing: &Missing) -> Failure {
    let near = missing.nearest.iter().map(|key| did_you_mean(key));
    let refused = Failure::refused(missing.code(), missing.to_string());
    let refused = near.fold(refused, Failure::hint);
    match missing.refusal() {
        Some(refusal) if !missing.creatable => of_refusal(&refusal)
            .hints
            .into_iter()
            .fold(refused, Failure::hint),
        _ => refused.hint("add --create to make what is missing"),
    }
}

impl From<EditError> for Failure {
    fn from(error: EditError) -> Self {
        of_edit(&error)
    }
}
