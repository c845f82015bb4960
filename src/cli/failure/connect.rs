//! Where a database that cannot be reached, or does not let us in, meets an exit code and what helps.

use super::Failure;
use super::credential::of_credential;
use crate::cli::exit::Exit;
use crate::cli::shell::quoted;
use crate::config::credential::CredentialError;
use crate::store::postgres::{ConnectError, Trouble};

pub(super) fn of_connect(error: &ConnectError) -> Failure {
    let failed = |exit| Failure {
        exit,
        code: error.code(),
        message: error.to_string(),
        hints: Vec::new(),
    };
    match error {
        ConnectError::Hosts(hosts) => {
            let mut failure = failed(Exit::Remote);
            let is_there = |wanted: fn(&Trouble) -> bool| {
                hosts.iter().any(|(_, trouble)| wanted(trouble))
            };
            if is_there(|trouble| matches!(trouble, Trouble::Untrusted(_))) {
                failure = failure.hint(
                    "sslrootcert=FILE in the address, or `--ca-bundle` of the profile, names the \
                     certificates of your own authority; the host must be named as in the server's",
                );
            }
            if is_there(|trouble| *trouble == Trouble::Unencrypted) {
                failure = failure.hint(
                    "switch on `ssl` at the server; sslmode=disable in the address does without, \
                     and lets whoever is in between read and alter what passes",
                );
            }
            if is_there(|trouble| matches!(trouble, Trouble::Crowded(_))) {
                failure = failure.hint(
                    "raise max_connections at the server, or put a pooler such as PgBouncer \
                     (session mode) before it",
                );
            }
            failure.hint("`flags doctor` looks at each host of the database")
        }
        ConnectError::NoLeader(_) => failed(Exit::Remote)
            .hint("name every host of the database in the address, the leader among them")
            .hint("`flags doctor` shows which of them is what; while another leader is chosen, wait"),
        ConnectError::Denied { .. } => failed(Exit::Denied)
            .hint("`flags auth status` shows where the password comes from, `flags auth login` takes another")
            .hint("who may come in from where is said in the server's pg_hba.conf"),
        ConnectError::NoPassword { .. } => failed(Exit::Denied)
            .hint("`flags auth login --profile NAME` keeps one")
            .hint("PGPASSWORD, PGPASSFILE, ~/.pgpass, or --credential-file FILE, has one for once"),
        ConnectError::Password(cause) => match cause.downcast_ref::<CredentialError>() {
            Some(cause) => of_credential(cause),
            None => failed(Exit::Denied),
        },
        ConnectError::NoDatabase { database, .. } => failed(Exit::Store).hint(format!(
            "`createdb {}` makes it, as a user who may, then `flags init` the project in it",
            quoted(database)
        )),
        ConnectError::Certificates { .. } | ConnectError::Tls(_) => failed(Exit::Usage).hint(
            "sslrootcert, sslcert and sslkey in the address, and `--ca-bundle` of the profile, name \
             files with certificates (PEM)",
        ),
        ConnectError::Exposed { path, .. } => failed(Exit::Denied).hint(format!(
            "`chmod 600 {}`, and take the key for known: have another made",
            quoted(&path.to_string_lossy())
        )),
    }
}
