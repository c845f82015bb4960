//! A process that dies at any moment loses nothing, and several at once tell nothing twice.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;

use rustix::process::{Pid, Signal, kill_process};

use super::receiver::{Receiver, status};
use super::{add, deliver, story};
use crate::cli::kit::{NOW, Place};

/// Defines a feature and switches it off and on so often.
fn switched(place: &Place, times: usize) {
    story(place, "feature define a\nfeature define b");
    for _ in 0..times {
        story(
            place,
            "feature disable a\nfeature disable b\nfeature enable a\nfeature enable b",
        );
    }
}

#[test]
fn killed_before_its_answer_is_noted_a_runner_tells_that_one_again_and_no_other() {
    for fatal in [0, 3, 7] {
        let victim: Arc<Mutex<Option<Pid>>> = Arc::default();
        let doomed = Arc::clone(&victim);
        let receiver = Receiver::by(move |_, before| {
            if before == fatal {
                // The report has arrived; nobody will note it.
                while doomed.lock().unwrap().is_none() {
                    thread::yield_now();
                }
                kill_process(doomed.lock().unwrap().unwrap(), Signal::KILL).unwrap();
            }
            status(200)
        });
        let place = Place::empty();
        add(&place, "hook", &receiver, "--webhook");
        switched(&place, 2);
        let mut runner = place.command(&["notify", "run", "--once"]);
        let mut runner = runner
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        *victim.lock().unwrap() = Some(Pid::from_child(&runner));
        assert!(!runner.wait().unwrap().success());
        // Its lease has to run out first.
        let busy = deliver(&place, NOW);
        assert_eq!(busy.code, Some(5), "{busy:?}");
        assert_eq!(receiver.got().len(), fatal + 1);
        deliver(&place, "2026-05-01T12:01:00Z").yes();
        let got = receiver.take();
        let mut counts = BTreeMap::new();
        for report in &got {
            *counts.entry(report.id()).or_insert(0) += 1;
        }
        assert_eq!((counts.len(), got.len()), (10, 11), "{fatal}");
        assert_eq!(counts[&got[fatal].id()], 2, "{fatal}");
    }
}

#[test]
fn several_runners_at_once_tell_everything_once_and_in_order() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    add(&place, "hook", &receiver, "--webhook");
    switched(&place, 5);
    let runners: Vec<_> = (0..4)
        .map(|_| {
            let mut runner = place.command(&["notify", "run", "--once"]);
            runner
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut runner in runners {
        runner.wait().unwrap();
    }
    deliver(&place, NOW).yes();
    let got = receiver.take();
    let mut ids: Vec<String> = got.iter().map(|got| got.id()).collect();
    let revision = |at: usize| got[at].body["context"]["revision"].as_u64().unwrap();
    assert!((1..got.len()).all(|at| revision(at - 1) < revision(at)));
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), got.len()), (22, 22));
}

#[test]
fn a_runner_that_goes_on_ends_when_it_is_told_to() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    add(&place, "hook", &receiver, "--webhook");
    let mut runner = place.command(&["notify", "run"]);
    runner
        .env_remove("FLAGS_NOW")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut runner = runner.spawn().unwrap();
    story(&place, "feature define a");
    receiver.wait_for(1);
    kill_process(Pid::from_child(&runner), Signal::TERM).unwrap();
    assert!(runner.wait().unwrap().success());
    story(&place, "feature define b");
    deliver(&place, "2030-01-01T00:00:00Z").yes();
    let told: Vec<String> = receiver.got().iter().map(|got| got.what()).collect();
    assert_eq!(told, ["flag.created a", "flag.created b"]);
}
