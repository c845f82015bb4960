//! Carrying out edits.

use super::error::Failed;
use crate::edit::Edit;
use crate::server::access::Caller;
use crate::server::app::App;
use crate::store::{Snapshot, Store, StoreError, Written};

/// Carries out the edit that `make` finds fitting for what is there, in the caller's name.
pub(super) async fn carry_out(
    app: &App,
    caller: &Caller,
    make: impl Fn(&dyn Snapshot) -> Result<Edit, Failed> + Send + 'static,
) -> Result<Written, Failed> {
    let now = app.now().map_err(|_| StoreError::GivenUp)?;
    let mut author = app.author(&caller.name, "");
    let write = move |store: &dyn Store| {
        // Which command it is depends on what is there; who comes in between alters the word alone.
        author.command = make(&*store.snapshot()?)?.command().to_owned();
        let mut refused = None;
        let written = store.update(&author, &mut |snapshot| {
            let planned = make(snapshot).and_then(|edit| Ok(edit.plan(snapshot, now)?));
            planned.map_err(|error| {
                refused = Some(error);
                StoreError::GivenUp
            })
        });
        match (refused, written) {
            (Some(error), Err(StoreError::GivenUp)) => Err(error),
            (_, written) => Ok(written?),
        }
    };
    app.stores.write(write).await
}
