//! The commands that meet the faults. Another one is another line.

use std::sync::Mutex;
use std::thread;

use super::fault::{Fault, Sort};
use super::list::{BODIES, WAY, WIRE};
use super::run::judge;
use super::said::{STATUSES, TRAPS};

/// A command, and what kind of server its profile names.
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) words: &'static str,
    pub(super) sort: Sort,
}

const ROWS: &[Row] = &[
    Row {
        kind: "workos",
        words: "api GET /feature-flags",
        sort: Sort::Read,
    },
    Row {
        kind: "workos",
        words: "api GET /feature-flags --paginate",
        sort: Sort::List,
    },
    Row {
        kind: "workos",
        words: "api PUT /feature-flags/sso/enable",
        sort: Sort::Again,
    },
    Row {
        kind: "workos",
        words: "api POST /feature-flags/sso/targets/user_1",
        sort: Sort::Once,
    },
    Row {
        kind: "http",
        words: "api POST /v1/features --field key=sso",
        sort: Sort::Again,
    },
    Row {
        kind: "astapa",
        words: "api PUT /api/platform/features --field feature_key=sso",
        sort: Sort::Again,
    },
    Row {
        kind: "workos",
        words: "check sso --user user_1",
        sort: Sort::Answer,
    },
    Row {
        kind: "workos",
        words: "set sso --user user_1 --yes",
        sort: Sort::Answer,
    },
    Row {
        kind: "workos",
        words: "feature disable sso --yes",
        sort: Sort::Answer,
    },
    Row {
        kind: "http",
        words: "check sso --user ana",
        sort: Sort::Answer,
    },
    Row {
        kind: "http",
        words: "set sso --user ana --yes",
        sort: Sort::Answer,
    },
    Row {
        kind: "astapa",
        words: "check sso --user ana",
        sort: Sort::Answer,
    },
    Row {
        kind: "astapa",
        words: "set sso --user ana",
        sort: Sort::Told,
    },
    Row {
        kind: "astapa",
        words: "unset sso --user ana",
        sort: Sort::Taken,
    },
    Row {
        kind: "astapa",
        words: "feature define sso",
        sort: Sort::Told,
    },
];

/// How many runs there are at a time: they mostly wait.
const AT_ONCE: usize = 6;

/// Every command against every one of these faults.
fn meet(faults: &[Fault]) {
    let pairs = faults
        .iter()
        .flat_map(|fault| ROWS.iter().map(move |row| (row, fault)));
    let pairs = Mutex::new(pairs);
    let amiss = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = pairs.lock().unwrap().next();
                    let Some((row, fault)) = next else {
                        return;
                    };
                    if let Err(what) = judge(row, fault) {
                        amiss.lock().unwrap().push(what);
                    }
                }
            });
        }
    });
    let amiss = amiss.into_inner().unwrap();
    assert!(
        amiss.is_empty(),
        "{} amiss:\n{}",
        amiss.len(),
        amiss.join("\n")
    );
}

#[test]
fn a_server_that_cannot_be_reached_or_is_late_is_told_within_the_time() {
    meet(WAY);
}

#[test]
fn what_is_no_answer_or_has_no_end_is_an_error() {
    meet(WIRE);
}

#[test]
fn an_answer_is_what_was_asked_for_or_an_error() {
    meet(BODIES);
}

#[test]
fn a_status_is_an_exit_code_and_a_reason() {
    meet(STATUSES);
}

#[test]
fn nobody_is_led_elsewhere_and_no_secret_comes_back() {
    meet(TRAPS);
}
