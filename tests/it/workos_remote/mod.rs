//! The store at WorkOS: what it asks for, what it takes for done, and what it refuses unasked.
//!
//! `tests/interop/workos-remote` plays whole commands against WorkOS's own emulator and a mock of
//! its document; here a server does what neither of them can be made to do.

pub(crate) mod fake;

use std::path::PathBuf;

use flags::domain::change::ChangeSet;
use flags::domain::key::FeatureKey;
use flags::domain::resolve::Resolver;
use flags::domain::target::Target;
use flags::domain::time::Time;
use flags::edit::{Edit, EditError, update};
use flags::store::workos::WorkosStore;
use flags::store::{Author, Question, Scope, Snapshot, Store, StoreError};

use crate::cli::kit::{Place, Said};
use fake::{Fake, Fault};

const CONFIGURATION: &str = "GET /sdk/feature-flags?payload_version=2";
const LIST: &str = "GET /feature-flags?limit=100";

fn key(text: &str) -> FeatureKey {
    text.parse().unwrap()
}

fn enable(feature: &str) -> Edit {
    Edit::EnableFeature {
        feature: key(feature),
    }
}

fn disable(feature: &str) -> Edit {
    Edit::DisableFeature {
        feature: key(feature),
    }
}

fn targets(texts: &[&str]) -> Vec<Target> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn add(feature: &str, texts: &[&str]) -> Edit {
    Edit::AddTargets {
        feature: key(feature),
        targets: targets(texts),
    }
}

fn remove(feature: &str, texts: &[&str]) -> Edit {
    Edit::RemoveTargets {
        feature: key(feature),
        targets: targets(texts),
    }
}

/// Carries an edit out as commands do: refused unasked, or planned and written.
fn write(store: &WorkosStore, edit: &Edit) -> Result<ChangeSet, EditError> {
    planned(store, &*edit.fitted(store)?)
}

/// Carries it out as parts of a file are, of which nobody knows beforehand what they come to.
fn planned(store: &WorkosStore, edit: &Edit) -> Result<ChangeSet, EditError> {
    let now = Time::from_unix(1_777_636_800).unwrap();
    let author = Author {
        command: edit.command().to_owned(),
        ..Author::default()
    };
    let written = update(store, &author, &mut |snapshot| edit.plan(snapshot, now))?;
    Ok(written.changes)
}

fn on(snapshot: &dyn Snapshot, feature: &str, question: &Question) -> bool {
    let keys = [key(feature)];
    let basis = snapshot.basis(Scope::Features(&keys), question).unwrap();
    let resolver = Resolver::new(&basis.catalog);
    let record = basis.record.unwrap();
    let subject = resolver.bind(&record);
    let slot = resolver.slot(&keys[0]).unwrap();
    let now = Time::from_unix(1_777_636_800).unwrap();
    resolver.decide(&subject, slot, now).answer.is_some()
}

fn user(id: &str, within: Option<&str>) -> Question {
    Question::User {
        id: id.parse().unwrap(),
        within: within.map(|id| id.parse().unwrap()),
        targets: Vec::new(),
    }
}

#[test]
fn an_answer_is_one_request_and_takes_the_question_at_its_word() {
    let fake = Fake::with(&[("beta", &["user_1", "org_1"])]);
    let store = fake.store(None);
    for (question, expected) in [
        (user("user_1", None), true),
        (user("anybody", None), false),
        (user("anybody", Some("org_1")), true),
        (user("anybody", Some("org_2")), false),
    ] {
        let snapshot = store.snapshot().unwrap();
        assert_eq!(on(&*snapshot, "beta", &question), expected, "{question:?}");
        assert_eq!(fake.take(), [CONFIGURATION]);
    }
}

#[test]
fn a_server_that_knows_no_version_2_is_asked_for_version_1() {
    let fake = Fake::with(&[("beta", &["user_1"])]);
    fake.state().knows_version_2 = false;
    let store = fake.store(None);
    let snapshot = store.snapshot().unwrap();
    assert!(on(&*snapshot, "beta", &user("user_1", None)));
    assert!(!on(&*snapshot, "beta", &user("user_2", None)));
    assert_eq!(fake.take(), [CONFIGURATION, "GET /sdk/feature-flags"]);
}

#[test]
fn what_is_no_configuration_is_an_error_and_never_an_empty_one() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    for text in [
        "",
        "<html>hello</html>",
        "[]",
        "\"beta\"",
        r#"{"object":"list","data":[],"list_metadata":{"after":null}}"#,
        r#"{"error":{"message":"down"}}"#,
        r#"{"version":3,"flags":{}}"#,
        r#"{"version":2,"flags":[]}"#,
        r#"{"version":2,"flags":{"beta":{"slug":"beta","enabled":"yes"}}}"#,
        r#"{"beta":{"enabled":true,"#,
        deep.as_str(),
    ] {
        let fake = Fake::with(&[]);
        fake.state().configuration = Some(text.to_owned());
        let store = fake.store(None);
        let read = store.snapshot().unwrap().catalog(Scope::Features(&[]));
        let shown: String = text.chars().take(80).collect();
        assert!(
            matches!(read, Err(StoreError::Remote(_))),
            "{shown}: {read:?}"
        );
    }
}

#[test]
fn definitions_are_shown_with_what_the_list_says_of_them() {
    let fake = Fake::with(&[("beta", &[])]);
    let store = fake.store(None);
    let snapshot = store.snapshot().unwrap();
    let catalog = snapshot.catalog(Scope::All).unwrap();
    let beta = &catalog.features[&key("beta")].feature;
    assert_eq!(beta.name.as_deref(), Some("Flag beta"));
    assert_eq!(fake.take(), [CONFIGURATION, LIST]);
}

#[test]
fn without_a_configuration_flags_are_shown_and_nobody_is_answered_for() {
    let fake = Fake::with(&[("beta", &["user_1"])]);
    for _ in 0..8 {
        fake.faulty("GET /sdk", Fault::Status(404));
    }
    let store = fake.store(None);
    let snapshot = store.snapshot().unwrap();
    assert!(
        snapshot
            .catalog(Scope::All)
            .unwrap()
            .features
            .contains_key("beta")
    );
    let keys = [key("beta")];
    let basis = snapshot.basis(Scope::Features(&keys), &user("user_1", None));
    assert!(matches!(basis, Err(StoreError::Remote(_))), "{basis:?}");
    let known = snapshot.user(&"user_1".parse().unwrap());
    assert!(matches!(known, Err(StoreError::Remote(_))), "{known:?}");
}

#[test]
fn what_is_so_already_is_not_sent_and_what_is_not_is_sent_once() {
    let fake = Fake::with(&[("beta", &["user_1"])]);
    let store = fake.store(None);
    for (edit, expected) in [
        (enable("beta"), None),
        (disable("beta"), Some("PUT /feature-flags/beta/disable")),
        (enable("beta"), Some("PUT /feature-flags/beta/enable")),
        (add("beta", &["user:user_1"]), None),
        (
            add("beta", &["org:org_1"]),
            Some("POST /feature-flags/beta/targets/org_1"),
        ),
        (
            remove("beta", &["user:user_1"]),
            Some("DELETE /feature-flags/beta/targets/user_1"),
        ),
        (remove("beta", &["user:user_1"]), None),
    ] {
        write(&store, &edit).unwrap();
        assert_eq!(
            fake.writes(),
            expected.into_iter().collect::<Vec<_>>(),
            "{edit:?}"
        );
    }
}

#[test]
fn what_was_done_in_spite_of_an_error_counts_as_done_and_is_not_sent_again() {
    for fault in [
        Fault::DoneAndCut,
        Fault::DoneAnd(500),
        Fault::DoneAnd(503),
        Fault::DoneAnd(202),
    ] {
        for (begins, edit) in [
            ("PUT", disable("beta")),
            ("POST", add("beta", &["user:user_2"])),
            ("DELETE", remove("beta", &["user:user_1"])),
        ] {
            let fake = Fake::with(&[("beta", &["user_1"])]);
            fake.faulty(begins, fault);
            write(&fake.store(None), &edit).unwrap();
            assert_eq!(fake.writes().len(), 1, "{fault:?} {edit:?}");
        }
    }
}

#[test]
fn what_was_not_done_is_sent_again_after_a_look_and_no_success_without_proof() {
    let fake = Fake::with(&[("beta", &[])]);
    fake.faulty("PUT", Fault::Status(500));
    write(&fake.store(None), &disable("beta")).unwrap();
    let asked = fake.take();
    let puts: Vec<usize> = (0..asked.len())
        .filter(|place| asked[*place].starts_with("PUT"))
        .collect();
    assert_eq!(puts.len(), 2, "{asked:?}");
    assert!(asked[puts[0]..puts[1]].contains(&CONFIGURATION.to_owned()));
    let names = std::mem::take(&mut fake.state().names);
    assert!(names.len() == 2 && names[0] == names[1], "{names:?}");

    for text in [
        "<html>ok</html>",
        "{}",
        "",
        r#"{"slug":"beta","enabled":true}"#,
    ] {
        for (begins, edit) in [
            ("PUT", disable("beta")),
            ("POST", add("beta", &["user:user_2"])),
        ] {
            let fake = Fake::with(&[("beta", &[])]);
            for _ in 0..8 {
                fake.faulty(begins, Fault::Says(text));
            }
            let written = write(&fake.store(None), &edit);
            assert!(written.is_err(), "{text} {edit:?}");
        }
    }
}

#[test]
fn a_name_that_is_gone_already_is_gone() {
    let fake = Fake::with(&[("beta", &["user_1"])]);
    fake.faulty("DELETE", Fault::DoneAnd(404));
    write(&fake.store(None), &remove("beta", &["user:user_1"])).unwrap();
    fake.take();
    // Somebody else's refusal is one.
    for status in [401, 403, 404, 409, 422] {
        let fake = Fake::with(&[("beta", &[])]);
        fake.faulty("POST", Fault::Status(status));
        let written = write(&fake.store(None), &add("beta", &["user:user_1"]));
        assert!(written.is_err(), "{status}");
        assert_eq!(fake.writes().len(), 1, "{status}");
    }
}

fn journal(directory: &tempfile::TempDir) -> PathBuf {
    directory.path().join("writes").join("production.journal")
}

#[test]
fn a_write_of_several_that_breaks_off_says_after_how_many_and_goes_on() {
    let directory = tempfile::tempdir().unwrap();
    let fake = Fake::with(&[("beta", &[])]);
    fake.faulty(
        "POST /feature-flags/beta/targets/user_2",
        Fault::Status(403),
    );
    let three = add("beta", &["user:user_1", "user:user_2", "user:user_3"]);
    let store = fake.store(Some(journal(&directory)));
    match write(&store, &three) {
        Err(EditError::Store(StoreError::Partly {
            done: 1,
            of: 3,
            cause,
        })) => {
            assert!(matches!(*cause, StoreError::Remote(_)), "{cause:?}");
        }
        other => panic!("{other:?}"),
    }
    let noted = std::fs::read_to_string(journal(&directory)).unwrap();
    assert!(noted.contains("name user_2 on beta"), "{noted}");
    assert!(!noted.contains("sk_test"), "{noted}");
    assert_eq!(fake.writes().len(), 2);
    write(&store, &three).unwrap();
    let again = fake.writes();
    assert_eq!(
        again,
        [
            "POST /feature-flags/beta/targets/user_2",
            "POST /feature-flags/beta/targets/user_3"
        ]
    );
    assert!(!journal(&directory).exists());
}

#[test]
fn what_the_api_lacks_is_refused_before_anything_is_asked() {
    let fake = Fake::with(&[("beta", &["user_1"])]);
    let store = fake.store(None);
    let plan: Edit = serde_json::from_str(r#"{"edit":"create_plan","plan":"pro"}"#).unwrap();
    let revoke =
        r#"{"edit":"set_override","subject":"user:user_1","feature":"beta","value":"off"}"#;
    let expiring = r#"{"edit":"set_override","subject":"user:user_1","feature":"beta",
        "expires":"2027-01-01T00:00:00Z"}"#;
    for edit in [
        plan,
        serde_json::from_str(revoke).unwrap(),
        serde_json::from_str(expiring).unwrap(),
        Edit::DeleteFeature {
            feature: key("beta"),
        },
        Edit::TargetAll {
            feature: key("beta"),
        },
        add("beta", &["workspace:w1"]),
        add("beta", &["user:u1"]),
        add("beta", &["user:org_1"]),
        remove("beta", &["org:org_"]),
        add("beta", &["user:user_1/../../x"]),
    ] {
        let written = write(&store, &edit);
        let unsupported = |error: &EditError| {
            matches!(
                error,
                EditError::Store(StoreError::Unsupported {
                    instead: Some(_),
                    ..
                })
            )
        };
        assert!(
            written.as_ref().is_err_and(unsupported),
            "{edit:?}: {written:?}"
        );
    }
    assert_eq!(fake.take(), [""; 0]);
}

#[test]
fn setting_and_unsetting_name_and_unname() {
    let fake = Fake::with(&[("beta", &[])]);
    let store = fake.store(None);
    let set = r#"{"edit":"set_override","subject":"org:org_1","feature":"beta","value":"on"}"#;
    let unset = r#"{"edit":"unset_override","subject":"org:org_1","feature":"beta"}"#;
    for (edit, expected) in [(set, "POST"), (unset, "DELETE")] {
        write(&store, &serde_json::from_str(edit).unwrap()).unwrap();
        assert_eq!(
            fake.writes(),
            [format!("{expected} /feature-flags/beta/targets/org_1")]
        );
    }
}

#[test]
fn rules_beyond_names_stay_and_exchanged_ones_send_what_differs() {
    let fake = Fake::with(&[("beta", &["user_1", "user_2"])]);
    let store = fake.store(None);
    let audience = r#"{"default":false,"rules":[{"id":"all","serve":true,
        "when":[{"one_of":{"type":"user","ids":["user_2","user_3"]}}]}]}"#;
    let feature = key("beta");
    let exchanged = |text: &str| Edit::ReplaceAudience {
        feature: feature.clone(),
        audience: serde_json::from_str(text).unwrap(),
    };
    planned(&store, &exchanged(audience)).unwrap();
    assert_eq!(
        fake.writes(),
        [
            "POST /feature-flags/beta/targets/user_3",
            "DELETE /feature-flags/beta/targets/user_1"
        ]
    );
    let share = r#"{"default":false,"rules":[{"id":"some","serve":true,"when":[{"percent":5}]}]}"#;
    for refused in [share, r#"{"default":true,"rules":[]}"#] {
        assert!(planned(&store, &exchanged(refused)).is_err(), "{refused}");
        assert_eq!(fake.writes(), [""; 0]);
    }
}

#[test]
fn a_switch_that_was_agreed_to_is_the_same_whatever_the_flag_is_called() {
    let switched = |name: &str, enabled: bool| -> ChangeSet {
        let side = |enabled: bool| serde_json::json!({"type": "boolean", "name": name, "enabled": enabled});
        let change = serde_json::json!({
            "change": "feature", "key": "beta", "before": side(!enabled), "after": side(enabled),
        });
        serde_json::from_value(serde_json::json!([change])).unwrap()
    };
    assert!(switched("Beta", false).alters_as(&switched("Other", false)));
    assert!(!switched("Beta", false).alters_as(&switched("Beta", true)));
    assert!(!switched("Beta", false).alters_as(&ChangeSet::default()));
}

#[test]
fn a_write_asks_for_no_descriptions() {
    let fake = Fake::with(&[("beta", &[])]);
    write(&fake.store(None), &disable("beta")).unwrap();
    assert_eq!(
        fake.take(),
        [CONFIGURATION, "PUT /feature-flags/beta/disable"]
    );
}

#[test]
fn the_servers_own_list_is_asked_page_by_page() {
    let fake = Fake::with(&[("beta", &["user_1"]), ("other", &[])]);
    let store = fake.store(None);
    let given = store.given(&"user:user_1".parse().unwrap()).unwrap();
    assert_eq!(given.into_iter().collect::<Vec<_>>(), ["beta"]);
    assert_eq!(
        fake.take(),
        ["GET /user_management/users/user_1/feature-flags?limit=100"]
    );
}

#[test]
fn a_copy_keeps_what_flags_are_called_when_an_answer_is_read_that_does_not_tell_it() {
    let fake = Fake::with(&[("beta", &["user_1"]), ("other", &[])]);
    let home = Place::bare();
    home.flags(&format!(
        "profile add far --kind workos --url {}",
        fake.url()
    ))
    .yes();
    let asked = |line: &str| {
        let line = format!("{line} --profile far");
        let words: Vec<&str> = line.split_whitespace().collect();
        Said::by(home.command(&words).env("WORKOS_API_KEY", "sk_test_123456"))
    };
    asked("feature list").yes();
    fake.take();
    asked("check beta --user user_1").yes();
    assert_eq!(fake.take(), [CONFIGURATION]);
    drop(fake);
    let told = asked("feature list --offline --json");
    let told: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(told[0]["name"], "Flag beta", "{told}");
    assert_eq!(asked("get beta --user user_1 --offline").out, "on\n");
}
