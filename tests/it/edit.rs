//! What an operator asks for comes true, and nothing else changes: each kind of edit is compared
//! with what it says, done to a document by hand.

mod asked;
mod forms;
mod hand;

use flags::domain::change::ChangeSet;
use flags::domain::document::Document;
use flags::domain::time::Time;
use flags::domain::wanted::Wanted;
use flags::edit::{Edit, EditError, NthError, Summary, plan_all, update, way_to};
use flags::store::memory::MemoryStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{Among, Preview, Scope, Snapshot, Store, Written};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::answers::stored;
use crate::project::{
    author, decisive, document, everything, fill, read, records, revision, seen, walked, write,
};
use crate::random::{now, project};
use asked::edit;
use hand::done_by_hand;

fn plan(store: &dyn Store, edit: &Edit) -> Result<ChangeSet, EditError> {
    edit.plan(&*store.snapshot().unwrap(), now())
}

fn written(store: &dyn Store, edit: &Edit) -> Result<Written, EditError> {
    update(store, &author(), &mut |snapshot| edit.plan(snapshot, now()))
}

/// The code with which an edit is refused that cannot be done twice.
fn once(edit: &Edit) -> Option<&'static str> {
    match edit {
        Edit::DefineFeature(_) => Some("feature_exists"),
        Edit::DeleteFeature { .. } => Some("feature_not_found"),
        Edit::CreatePlan(_) => Some("plan_exists"),
        Edit::DeletePlan { .. } => Some("plan_not_found"),
        Edit::ForgetUser { .. } => Some("user_not_found"),
        Edit::ForgetOrganization { .. } => Some("organization_not_found"),
        _ => None,
    }
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::default() })]

    #[test]
    fn an_edit_does_what_it_says_and_a_second_time_nothing(
        project in project(), edits in vec(edit(), 1..8),
    ) {
        let store = stored(&project);
        for edit in edits {
            let before = everything(&store);
            if let Err(error) = written(&store, &edit) {
                // It was planned against what is there.
                assert_ne!(error.code(), "stale", "{edit:?}");
                assert_eq!(everything(&store), before, "{edit:?}");
                continue;
            }
            assert_eq!(everything(&store), done_by_hand(&edit, before), "{edit:?}");
            match (plan(&store, &edit), once(&edit)) {
                (Ok(again), None) => assert!(again.is_empty(), "{edit:?}: {again:?}"),
                (Err(error), Some(code)) => assert_eq!(error.code(), code, "{edit:?}"),
                // Whoever only a rule knew is nobody once the name is gone.
                (Err(EditError::Missing(missing)), None) => {
                    assert!(matches!(edit, Edit::RemoveTargets { .. }), "{edit:?}");
                    assert!(missing.subject.is_some(), "{edit:?}");
                }
                (again, _) => panic!("{edit:?}: {again:?}"),
            }
        }
    }

    #[test]
    fn edits_in_one_write_come_to_the_same_as_one_by_one(
        project in project(), edits in vec(edit(), 1..8),
    ) {
        let (one_by_one, refused) = one_by_one(&project, &edits);
        let at_once = stored(&project);
        let planned = plan_all(&*at_once.snapshot().unwrap(), &edits, now());
        match (planned, refused) {
            (Ok(changes), None) => {
                write(&at_once, changes.changes().to_vec());
                assert_eq!(everything(&at_once), everything(&one_by_one));
            }
            (Err(NthError { index, error }), Some((place, code))) => {
                assert_eq!((index, error.code()), (place, code));
            }
            (planned, refused) => panic!("{edits:?}: {planned:?}, {refused:?}"),
        }
    }

    #[test]
    fn a_preview_is_the_project_that_the_write_leaves(
        project in project(), edits in vec(edit(), 1..8),
    ) {
        let store = stored(&project);
        foreseen(&store, &possible(&store, edits));
    }
}

proptest! {
    // Each case writes a file.
    #![proptest_config(Config { cases: 32, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_preview_of_a_file_is_what_the_write_leaves(
        project in project(), edits in vec(edit(), 1..8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&folder.path().join("store.db")).unwrap();
        fill(&store, project);
        foreseen(&store, &possible(&store, edits));
    }
}

/// Each edit in a write of its own, up to the first that is refused: its place and why.
fn one_by_one(project: &Document, edits: &[Edit]) -> (MemoryStore, Option<(usize, &'static str)>) {
    let store = stored(project);
    for (place, edit) in edits.iter().enumerate() {
        if let Err(error) = written(&store, edit) {
            return (store, Some((place, error.code())));
        }
    }
    (store, None)
}

/// Those of the edits that can be done one after the other.
fn possible(store: &dyn Store, edits: Vec<Edit>) -> Vec<Edit> {
    let snapshot = store.snapshot().unwrap();
    let mut possible: Vec<Edit> = Vec::new();
    for edit in edits {
        possible.push(edit);
        if plan_all(&*snapshot, &possible, now()).is_err() {
            possible.pop();
        }
    }
    possible
}

/// Compares what is foreseen with what is there once it was written, by every way of looking.
fn foreseen(store: &dyn Store, edits: &[Edit]) {
    let snapshot = store.snapshot().unwrap();
    let catalog = snapshot.catalog(Scope::All).unwrap();
    let changes = plan_all(&*snapshot, edits, now()).unwrap();
    let preview = Preview::new(&*snapshot, &catalog, &changes).unwrap();
    if changes.is_empty() {
        return;
    }
    let foreseen = looked_at(&preview);
    drop(snapshot);
    write(store, changes.changes().to_vec());
    let snapshot = store.snapshot().unwrap();
    assert_eq!(foreseen, looked_at(&*snapshot), "{edits:?}");
}

/// All that can be seen of a project, as text.
fn looked_at(snapshot: &dyn Snapshot) -> String {
    let everything = seen(snapshot);
    let catalog = snapshot.catalog(Scope::All).unwrap();
    let organizations = everything.organizations.keys();
    let members: Vec<_> = organizations
        .map(|id| walked(|visit| snapshot.members(id, visit)))
        .collect();
    let lists = catalog.features.values().flat_map(|entry| {
        let conditions = entry.audience.rules.iter().flat_map(|rule| &rule.when);
        conditions.filter_map(|condition| match condition {
            flags::domain::target::Condition::OneOf { ids, .. } => {
                Some(snapshot.list_size(*ids).unwrap())
            }
            _ => None,
        })
    });
    let sizes: Vec<u64> = lists.collect();
    let behind = walked(|visit| snapshot.users(Some(&read("u1")), visit));
    let records = records(snapshot, Scope::All, Among::All).into_iter();
    let records: Vec<_> = records.map(|(id, record)| (id, decisive(record))).collect();
    let revision = snapshot.revision().unwrap();
    format!("{revision} {everything:#?} {catalog:#?} {members:?} {sizes:?} {behind:?} {records:#?}")
}

const SHOP: &str = r#"
    "settings": {"default_plan": "free"},
    "features": {
        "sso": {"type": "boolean", "targeting": {"default": false, "rules": [
            {"id": "user", "serve": true, "when": [{"one_of": {"type": "user", "ids": ["ana"]}}]}
        ]}},
        "seats": {"type": "limit"}
    },
    "plans": {"free": {}, "pro": {"grants": {"seats": 5}}},
    "organizations": {"acme": {"plan": "pro"}},
    "users": {"ana": {"plan": "pro", "organizations": ["acme"]}, "bob": {}},
    "overrides": {"user:bob": {"sso": {"grant": true, "expires": "2020-01-01"}}}
"#;

fn asked(text: &str) -> Edit {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Why an edit is refused: its code, and its message.
fn refused(text: &str) -> (&'static str, String) {
    let store = stored(&document(SHOP));
    let error = written(&store, &asked(text)).unwrap_err();
    assert_eq!(
        everything(&store),
        document(SHOP),
        "a refused edit left something"
    );
    (error.code(), error.to_string())
}

#[test]
fn what_is_missing_is_told_with_what_was_probably_meant() {
    let store = stored(&document(SHOP));
    let missing = |text: &str| match plan(&store, &asked(text)) {
        Err(EditError::Missing(missing)) => missing,
        other => panic!("{text}: {other:?}"),
    };
    let both = missing(r#"{"edit": "set_grant", "plan": "prp", "feature": "ssu"}"#);
    assert_eq!(both.nearest, ["sso", "pro"]);
    assert_eq!(both.code(), "feature_not_found");
    assert_eq!(
        both.to_string(),
        "there is no feature `ssu` and no plan `prp`"
    );
    assert!(both.creatable);
    // Off defines nothing: the key is mistyped.
    let off = missing(
        r#"{"edit": "set_grant", "plan": "pro", "feature": "ssu", "value": false, "create": true}"#,
    );
    assert!(!off.creatable);
    let joined =
        missing(r#"{"edit": "assign_user", "user": "ana", "organizations": {"add": ["initech"]}}"#);
    assert_eq!(joined.code(), "organization_not_found");
    assert!(joined.creatable);
    let left = missing(
        r#"{"edit": "assign_user", "user": "ana", "organizations": {"remove": ["initech"]}}"#,
    );
    assert!(!left.creatable);
    let plan = missing(r#"{"edit": "edit_settings", "default_plan": "fre"}"#);
    assert_eq!(
        (plan.code(), &plan.nearest[..]),
        ("plan_not_found", &["free".to_owned()][..])
    );
    let named = missing(
        r#"{"edit": "replace_audience", "feature": "sso", "audience": {"default": false, "rules":
            [{"id": "r", "serve": true, "when": [{"one_of": {"type": "user", "ids": ["zoe"]}}]}]}}"#,
    );
    assert_eq!(named.to_string(), "there is no user `zoe`");
}

#[test]
fn an_edit_that_cannot_be_says_why() {
    for (text, code, message) in [
        (
            r#"{"edit": "set_override", "subject": "user:ana", "feature": "sso", "expires": "2020-01-01"}"#,
            "expired",
            "the override would have expired at 2020-01-01T00:00:00Z, and it is 2027-01-15T08:00:00Z",
        ),
        (
            r#"{"edit": "set_override", "subject": "user:ana", "feature": "sso", "starts": "2030-02-01", "expires": "2030-01-01"}"#,
            "span",
            "an override that starts at 2030-02-01T00:00:00Z cannot expire at 2030-01-01T00:00:00Z",
        ),
        (
            r#"{"edit": "set_grant", "plan": "pro", "feature": "seats"}"#,
            "wrong_type",
            "seats is a limit feature: it needs a number, or `unlimited`",
        ),
        (
            r#"{"edit": "delete_plan", "plan": "pro"}"#,
            "plan_in_use",
            "plan `pro` is still used by 1 organization and 1 user",
        ),
        (
            r#"{"edit": "delete_plan", "plan": "pro", "successor": {"plan": "pro"}}"#,
            "usage",
            "plan `pro` cannot be moved to itself",
        ),
        (
            r#"{"edit": "forget_organization", "organization": "acme"}"#,
            "organization_in_use",
            "organization `acme` still has 1 member",
        ),
        (
            r#"{"edit": "assign_user", "user": "ana", "targets": ["user:bob"]}"#,
            "not_a_custom_target",
            "`user:bob` is not a custom target",
        ),
        (
            r#"{"edit": "add_targets", "feature": "seats", "targets": ["user:bob"]}"#,
            "not_targetable",
            "seats is a limit feature: only boolean features are targeted",
        ),
        (
            r#"{"edit": "edit_settings", "max_features": 1}"#,
            "cap_too_low",
            "the cap cannot be 1: 2 features are defined",
        ),
        (
            r#"{"edit": "edit_settings", "max_features": 10001}"#,
            "cap_out_of_range",
            "the cap cannot be 10001: write 1 to 10000",
        ),
    ] {
        assert_eq!(refused(text), (code, message.to_owned()), "{text}");
    }
}

#[test]
fn one_of_several_that_cannot_be_stops_all_and_is_named() {
    let store = stored(&document(SHOP));
    let edits = [
        r#"{"edit": "define_feature", "feature": "beta"}"#,
        r#"{"edit": "set_grant", "plan": "pro", "feature": "beta"}"#,
        r#"{"edit": "define_feature", "feature": "beta"}"#,
    ];
    let edits = edits.map(asked);
    let planned = plan_all(&*store.snapshot().unwrap(), &edits[..2], now()).unwrap();
    assert_eq!(planned.changes().len(), 2);
    let failed = plan_all(&*store.snapshot().unwrap(), &edits, now()).unwrap_err();
    assert_eq!((failed.index, failed.error.code()), (2, "feature_exists"));
    assert_eq!(
        failed.to_string(),
        "edit 2: feature `beta` is defined already"
    );
}

#[test]
fn what_a_rule_of_the_catalog_forbids_is_told_of_the_edit_that_does_it() {
    let store = stored(&document(SHOP));
    let edits = [
        r#"{"edit": "edit_settings", "max_features": 2}"#,
        r#"{"edit": "define_feature", "feature": "beta"}"#,
    ];
    let failed = plan_all(&*store.snapshot().unwrap(), &edits.map(asked), now()).unwrap_err();
    assert_eq!(
        (failed.index, failed.error.code()),
        (1, "too_many_features")
    );
}

#[test]
fn a_refusal_reaches_whoever_writes_and_nothing_is_written() {
    let store = stored(&document(SHOP));
    let before = revision(&store);
    let failed = update(&store, &author(), &mut |_| {
        Err(EditError::OwnSuccessor(read("pro")))
    });
    assert_eq!(failed.unwrap_err().code(), "usage");
    assert_eq!(revision(&store), before);
}

#[test]
fn who_gains_and_who_loses_is_counted_and_written_as_the_command_line_does() {
    let store = stored(&document(SHOP));
    let snapshot = store.snapshot().unwrap();
    let edit = asked(r#"{"edit": "set_grant", "plan": "pro", "feature": "sso"}"#);
    let changes = edit.plan(&*snapshot, now()).unwrap();
    let summary = Summary::of(&*snapshot, &changes, now()).unwrap();
    // Ana has it by a rule already.
    let told = serde_json::json!({
        "gained": 1,
        "lost": 0,
        "first": [{"subject": "org:acme", "feature": "sso", "before": false, "after": true}],
        "complete": true,
    });
    assert_eq!(summary.document(true), told);
    assert_eq!(summary.document(false)["complete"], false);
}

/// A project with one feature, which rules give to these users, a list for each rule.
fn named_by_rules(rules: &[&[&str]]) -> MemoryStore {
    let rules = rules.iter().map(|ids| {
        serde_json::json!({
            "id": "user",
            "serve": true,
            "when": [{"one_of": {"type": "user", "ids": ids}}],
        })
    });
    let audience = serde_json::json!({"default": false, "rules": rules.collect::<Vec<_>>()});
    let users = r#""users": {"ana": {}, "bob": {}}"#;
    stored(&document(&format!(
        r#""features": {{"sso": {{"type": "boolean", "targeting": {audience}}}}}, {users}"#
    )))
}

#[test]
fn a_name_goes_from_every_rule_that_gives_by_name() {
    let store = named_by_rules(&[&["ana"], &["ana", "bob"], &["ana"]]);
    let edit = r#"{"edit": "remove_targets", "feature": "sso", "targets": ["user:ana"]}"#;
    written(&store, &asked(edit)).unwrap();
    assert_eq!(everything(&store), everything(&named_by_rules(&[&["bob"]])));
}

#[test]
fn a_list_is_counted_with_all_that_several_edits_did_to_it() {
    let store = named_by_rules(&[&["ana", "bob"]]);
    let edits = [
        r#"{"edit": "remove_targets", "feature": "sso", "targets": ["user:ana"]}"#,
        r#"{"edit": "add_targets", "feature": "sso", "targets": ["user:ana"]}"#,
        r#"{"edit": "remove_targets", "feature": "sso", "targets": ["user:ana", "user:bob"]}"#,
    ];
    let changes = plan_all(&*store.snapshot().unwrap(), &edits.map(asked), now()).unwrap();
    write(&store, changes.changes().to_vec());
    // With its last name a rule goes.
    assert_eq!(everything(&store), everything(&named_by_rules(&[])));
}

#[test]
fn whoever_a_rule_names_already_may_stay_unknown() {
    let store = named_by_rules(&[&["ghost"]]);
    let audience = |ids: &str| {
        asked(&format!(
            r#"{{"edit": "replace_audience", "feature": "sso", "audience": {{"default": false,
                "rules": [{{"id": "beta", "serve": true,
                    "when": [{{"one_of": {{"type": "user", "ids": {ids}}}}}]}}]}}}}"#
        ))
    };
    let refused = plan(&store, &audience(r#"["ghost", "zoe"]"#)).unwrap_err();
    assert_eq!(refused.to_string(), "there is no user `zoe`");
    written(&store, &audience(r#"["ana", "ghost"]"#)).unwrap();
}

#[test]
fn overrides_that_have_ended_go_by_the_moment_that_is_handed_in() {
    let store = stored(&document(SHOP));
    let edit = asked(r#"{"edit": "clear_overrides", "expired": true}"#);
    let snapshot = store.snapshot().unwrap();
    let at = |moment: &str| edit.plan(&*snapshot, read::<Time>(moment)).unwrap();
    assert!(at("2019-12-31T23:59:59Z").is_empty());
    assert_eq!(at("2020-01-01").changes().len(), 1);
}

#[test]
fn what_a_document_does_not_speak_of_stays_or_goes_as_is_said() {
    let store = stored(&document(SHOP));
    let snapshot = store.snapshot().unwrap();
    let way = |wanted: &str, prune: bool| {
        let wanted = serde_json::from_str(wanted).unwrap();
        way_to(&*snapshot, &wanted, prune)
    };
    // A part that is not there is not meant to go, one that is there and empty is.
    let nothing = way("{}", true).unwrap();
    assert!(nothing.changes.is_empty() && nothing.kept.is_empty());
    let kept = way(r#"{"format": "flags.catalog/1", "overrides": {}}"#, false).unwrap();
    assert!(kept.changes.is_empty());
    assert_eq!(kept.kept.overrides, 1);
    assert_eq!(
        way(r#"{"overrides": {}}"#, true)
            .unwrap()
            .changes
            .changes()
            .len(),
        1
    );
    let unset = way(r#"{"settings": {"default_plan": null}}"#, false).unwrap();
    assert_eq!(unset.changes.changes().len(), 1);
    assert!(
        way(r#"{"settings": {}}"#, false)
            .unwrap()
            .changes
            .is_empty()
    );
    let in_use = way(r#"{"plans": {"free": {}}}"#, true).unwrap_err();
    assert_eq!(in_use.code(), "plan_in_use");
    for bad in [
        r#"{"features": {"sso": {"type": "boolean"}, "sso": {"type": "limit"}}}"#,
        r#"{"overrides": {"user:u": {"sso": {"grant": true}, "sso": {"grant": true}}}}"#,
        r#"{"format": "flags.catalog/9"}"#,
        r#"{"colours": {}}"#,
    ] {
        assert!(serde_json::from_str::<Wanted>(bad).is_err(), "{bad}");
    }
}
