//! What an operator should know before WorkOS's SDKs ask: which features their configuration
//! payload leaves out, and where one of its versions gives less than it should.

use anyhow::Result;

use crate::cli::context::Context;
use crate::server::workos::{log_note, notes};
use crate::server::{App, Protocol};

/// Says it to a person on stderr, and in the log.
pub(super) fn remark(context: &Context, app: &App) -> Result<()> {
    if !app.settings.speaks(Protocol::Workos) {
        return Ok(());
    }
    let at = app.now()?;
    for note in app.stores.lend(|store| notes(store, at))? {
        log_note(&app.log, &note);
        // With nobody there to read it, the server serves all the same.
        let _ = context.remark(&format!("workos: {note}"));
    }
    Ok(())
}
