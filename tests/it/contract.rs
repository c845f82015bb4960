//! What every store promises, as one story in small chapters that is told to each of them.
//!
//! A behaviour is a function that gets an empty store. Another kind of store hears the whole story
//! by a function in [`with`] that makes an empty one, and one `tell!` line.

mod definitions;
pub(crate) mod from_afar;
mod history;
mod loading;
mod past;
mod records;
mod refusals;
mod replaying;
mod subjects;
mod writing;

use crate::project::{document, fill};
use flags::store::Store;

/// Makes an empty store of each kind for one behaviour.
mod with {
    pub(crate) use super::from_afar::{beside, http};
    use flags::store::Store;
    use flags::store::memory::MemoryStore;
    use flags::store::sqlite::SqliteStore;

    pub(crate) fn memory(behaviour: fn(&dyn Store)) {
        behaviour(&MemoryStore::new());
    }

    pub(crate) fn sqlite(behaviour: fn(&dyn Store)) {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::create(&directory.path().join("flags.db")).unwrap();
        behaviour(&store);
    }

    #[cfg(feature = "postgres")]
    pub(crate) fn postgres(behaviour: fn(&dyn Store)) {
        if let Some(ground) = crate::postgres::kit::Ground::new() {
            behaviour(&ground.create());
        }
    }
}

macro_rules! tell {
    ($store:ident) => {
        mod $store {
            tell! { $store:
                definitions {
                    definitions_read_back_with_the_revision_that_made_them
                    an_edit_marks_what_it_touches_and_nothing_else
                    settings_read_back
                    a_scope_reads_its_features_and_every_plan_without_particulars
                    an_audience_is_complete
                    a_list_is_found_by_every_target_that_it_names
                    list_numbers_are_never_used_again
                }
                subjects {
                    subjects_read_back_as_they_were_written
                    subjects_come_in_the_order_of_their_identifiers_bytes
                    an_organization_knows_its_members
                    overrides_come_by_subject_and_then_by_key
                    an_override_has_the_revision_that_set_it
                    records_are_what_gather_collects_one_by_one
                    a_walk_can_be_for_those_whom_a_plan_concerns
                    a_walk_through_subjects_ends_when_it_is_told_to
                    what_is_unknown_is_not_there
                }
                writing {
                    a_write_raises_the_revision_by_one
                    a_write_without_changes_leaves_no_trace
                    a_planner_plans_from_what_is_there_and_may_decline
                    a_snapshot_keeps_its_moment
                    a_snapshot_answers_while_a_write_is_planned
                    two_snapshots_keep_two_moments
                    a_feature_goes_with_all_that_hangs_on_it
                    a_plan_goes_with_its_grants
                    every_write_can_be_taken_back
                    a_document_is_written_and_exported_as_it_was
                }
                loading {
                    wanted_overrides_are_written_and_each_row_learns_its_fate
                    a_load_that_changes_nothing_leaves_no_trace
                    a_rehearsal_tells_the_same_fates_and_writes_nothing
                    what_is_weighed_is_not_written
                    a_load_that_is_given_up_leaves_no_trace
                    exact_changes_are_fed_one_by_one_and_compared
                    a_subject_made_known_may_hold_an_override_at_once
                    what_cannot_be_is_refused_row_by_row
                    a_load_is_remembered_change_by_change
                }
                history {
                    a_fresh_store_has_no_history
                    a_write_is_remembered_with_its_changes
                    the_history_runs_from_the_latest_write_backwards
                    every_write_is_hashed_with_the_one_before
                    one_write_is_told_in_order_and_counted
                    what_is_mentioned_is_found_even_when_it_is_gone
                }
                past {
                    the_changes_of_a_span_come_latest_first
                    a_walk_about_one_subject_meets_no_other
                    a_walk_about_a_target_meets_the_definitions_and_its_own_name
                    a_later_past_comes_from_what_was_read_for_an_earlier_one
                    a_subject_is_led_back_with_all_that_belongs_to_it
                    a_list_that_is_gone_names_whom_it_named
                    a_snapshot_keeps_its_past
                    the_write_that_turned_an_answer_is_told_from_those_that_could_have
                }
                records {
                    records_are_kept_by_kind_and_name
                    a_record_is_amended_from_what_is_there
                    records_are_no_part_of_the_project
                    a_request_is_carried_out_once
                    a_request_that_failed_or_changed_nothing_may_come_again
                    the_pulse_changes_with_every_write
                    a_write_is_waited_for_and_told_at_once
                }
                replaying {
                    a_history_is_told_and_kept_with_the_hashes_that_it_has
                    a_replay_goes_on_behind_the_end_and_nowhere_else
                    what_was_altered_on_its_way_leaves_no_trace
                    records_come_along_in_the_same_transaction
                }
                refusals {
                    what_has_changed_meanwhile_refuses_the_whole_write
                    what_exists_is_not_made_again
                    what_is_unknown_cannot_be_referred_to
                    what_is_in_use_stays
                    the_cap_of_features_holds
                    values_and_targets_fit_the_kind_of_feature
                    an_override_has_a_moment_at_which_it_stands
                }
            }
        }
    };
    ($store:ident: $($chapter:ident { $($behaviour:ident)* })*) => {
        $($(
            #[test]
            fn $behaviour() {
                super::with::$store(super::$chapter::$behaviour);
            }
        )*)*
    };
}

tell!(memory);
tell!(sqlite);
#[cfg(feature = "postgres")]
tell!(postgres);
tell!(http);

/// What is promised beside by those who take an author's word for who writes, and when. A server
/// does not: it knows its caller, and has a clock of its own. But it tells the history of those who
/// did ([`from_afar::Beside`]).
macro_rules! tell_of_authors {
    ($store:ident) => {
        mod $store {
            tell! { $store:
                history {
                    a_write_is_remembered_with_its_author
                }
                past {
                    the_past_is_what_the_last_write_by_then_had_left
                    before_its_history_nobody_can_tell
                }
            }
        }
    };
}

mod authors {
    use super::{history, past, with};

    tell_of_authors!(memory);
    tell_of_authors!(sqlite);
    #[cfg(feature = "postgres")]
    tell_of_authors!(postgres);
    tell_of_authors!(beside);
}

#[test]
fn a_file_has_no_past() {
    past::what_a_file_says_has_no_past();
}

/// The project that most chapters start from.
fn a_small_project(store: &dyn Store) {
    fill(
        store,
        document(
            r#"
            "settings": {"default_plan": "free", "max_features": 8},
            "features": {
                "analytics": {"type": "boolean"},
                "beta": {"type": "boolean", "targeting": {"default": false, "rules": [
                    {"id": "not there", "serve": false, "when": [
                        {"one_of": {"type": "organization", "ids": ["acme", "zeta"]}},
                        {"one_of": {"type": "workspace", "ids": ["w1"]}}]},
                    {"id": "friends", "serve": true, "when": [
                        {"one_of": {"type": "user", "ids": ["ann", "nobody"]}}]},
                    {"id": "share", "serve": true, "when": [{"percent": 12.5}]}]}},
                "max_seats": {"type": "limit", "name": "Seats", "tags": ["billing"]}
            },
            "plans": {
                "free": {"grants": {"max_seats": 3}},
                "pro": {"display_name": "Pro", "price": "29.00", "currency": "USD",
                    "period": "monthly", "grants": {"analytics": true, "max_seats": 10}}
            },
            "organizations": {
                "acme": {"name": "Acme", "plan": "pro", "targets": ["workspace:w1"]},
                "zeta": {}
            },
            "users": {
                "ann": {"email": "ann@example.com", "plan": "pro", "organizations": ["acme"]},
                "bob": {"organizations": ["acme", "zeta"], "targets": ["workspace:w2"]},
                "cid": {"plan": "free"}
            },
            "overrides": {
                "user:ann": {"analytics": {"revoke": true, "reason": "asked for it"}},
                "user:bob": {"beta": {"grant": true}, "max_seats": {"grant": 7}},
                "org:acme": {"max_seats": {"grant": 50, "starts": "2026-01-01T00:00:00Z",
                    "expires": "2027-01-01T00:00:00Z"}}
            }"#,
        ),
    );
}
