//! What is kept beside the project, and goes with it so that a server there can take over.

use std::collections::BTreeMap;

use crate::server::access::Key;
use crate::store::{Piece, RecordKind, Store, StoreError};

/// The records of a store, by kind and name.
pub(super) type Beside = BTreeMap<(RecordKind, String), String>;

/// What goes along where the history stays behind: deliveries and requests are about its revisions,
/// and a destination without them would be told everything anew.
const WITHOUT_HISTORY: [RecordKind; 3] = [RecordKind::Key, RecordKind::Login, RecordKind::Claims];

/// All that a store keeps beside its project.
pub(super) fn read(store: &dyn Store, with_history: bool) -> Result<Beside, StoreError> {
    let mut beside = Beside::new();
    if !store.capabilities().records {
        return Ok(beside);
    }
    let kinds = RecordKind::ALL.into_iter();
    for kind in kinds.filter(|kind| with_history || WITHOUT_HISTORY.contains(kind)) {
        let found = store.records(kind)?.into_iter();
        beside.extend(found.map(|(name, body)| ((kind, name), body)));
    }
    Ok(beside)
}

/// How the target's records become those of the source.
#[derive(Debug, Default)]
pub(super) struct Transfer {
    /// What takes their place, and what goes.
    pub(super) pieces: Vec<Piece>,
    /// Keys of the source that stay behind, since the target has others of their names.
    pub(super) taken: Vec<String>,
}

/// Compares the two. The target's own keys stay: by one of them it may be reached.
pub(super) fn transfer(from: &Beside, to: &Beside) -> Transfer {
    let mut transfer = Transfer::default();
    for ((kind, name), body) in from {
        match to.get(&(*kind, name.clone())) {
            Some(there) if there == body => {}
            Some(there) if *kind == RecordKind::Key && !is_same_key(name, body, there) => {
                transfer.taken.push(name.clone());
            }
            _ => transfer.pieces.push(Piece::Record {
                kind: *kind,
                name: name.clone(),
                body: Some(body.clone()),
            }),
        }
    }
    let gone = to.keys().filter(|place| !from.contains_key(place));
    let gone = gone.filter(|(kind, _)| *kind != RecordKind::Key);
    transfer
        .pieces
        .extend(gone.map(|(kind, name)| Piece::Record {
            kind: *kind,
            name: name.clone(),
            body: None,
        }));
    transfer
}

/// Whether two records are of one key, of which more may be known by now.
fn is_same_key(name: &str, one: &str, other: &str) -> bool {
    match (Key::read(name, one), Key::read(name, other)) {
        (Some(one), Some(other)) => one.hash == other.hash,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(records: &[(RecordKind, &str, &str)]) -> Beside {
        let records = records.iter();
        records
            .map(|(kind, name, body)| ((*kind, (*name).to_owned()), (*body).to_owned()))
            .collect()
    }

    fn key(hash: &str, revoked: &str) -> String {
        format!(r#"{{"hash":"{hash}","scopes":["admin"],"created":0{revoked}}}"#)
    }

    #[test]
    fn what_was_revoked_or_ended_in_the_source_ends_in_the_target() {
        let (open, revoked) = (key("aa", ""), key("aa", r#","revoked":5"#));
        let from = beside(&[(RecordKind::Key, "ci", &revoked)]);
        let to = beside(&[
            (RecordKind::Key, "ci", &open),
            (RecordKind::Login, "session", "{}"),
        ]);
        let transfer = transfer(&from, &to);
        let record = |kind, name: &str, body: Option<&str>| Piece::Record {
            kind,
            name: name.to_owned(),
            body: body.map(str::to_owned),
        };
        let expected = [
            record(RecordKind::Key, "ci", Some(&revoked)),
            record(RecordKind::Login, "session", None),
        ];
        assert_eq!(transfer.pieces, expected);
    }

    #[test]
    fn the_key_by_which_the_target_is_reached_stays_as_it_is() {
        let from = beside(&[(RecordKind::Key, "admin", &key("aa", ""))]);
        let to = beside(&[
            (RecordKind::Key, "admin", &key("bb", "")),
            (RecordKind::Key, "mine", &key("cc", "")),
        ]);
        let transfer = transfer(&from, &to);
        assert_eq!(transfer.pieces, []);
        assert_eq!(transfer.taken, ["admin"]);
    }
}
