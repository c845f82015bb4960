//! Whoever is told may fail in every way: nothing is lost, and nothing else waits for it.

use serde_json::json;

use super::receiver::{Answer, Receiver, status};
use super::{add, deliver, story};
use crate::cli::kit::{NOW, Place};

const LATER: &str = "2026-05-01T13:00:00Z";

/// A place with two features and a destination.
fn place(receiver: &Receiver, kind: &str) -> Place {
    let place = Place::empty();
    add(&place, "hook", receiver, kind);
    story(
        &place,
        "feature define a\nfeature define b\nfeature disable a\nfeature disable b",
    );
    place
}

fn shown(place: &Place) -> serde_json::Value {
    place.json("notify show hook")
}

#[test]
fn one_feature_that_fails_holds_back_its_own_reports_and_no_others() {
    let receiver = Receiver::by(|got, _| match got.what().ends_with(" a") {
        true => status(500),
        false => status(200),
    });
    let place = place(&receiver, "--webhook");
    let told = || -> Vec<String> { receiver.take().iter().map(|got| got.what()).collect() };
    assert_eq!(deliver(&place, NOW).code, Some(5));
    assert_eq!(
        told(),
        ["flag.created a", "flag.created b", "flag.updated b"]
    );
    let now = shown(&place);
    assert_eq!(now["state"], json!("retrying"));
    assert_eq!(now["late_reports"][0]["about"], json!("feature a"));
    assert_eq!(now["late_reports"][0]["attempts"], json!(1));
    assert_eq!(now["error"], json!("status 500, “ok”"));
    // Before its time it is not tried again.
    assert_eq!(deliver(&place, NOW).code, Some(5));
    assert_eq!(told(), [""; 0]);
    story(&place, "feature enable a\nfeature enable b");
    assert_eq!(deliver(&place, LATER).code, Some(5));
    assert_eq!(told(), ["flag.created a", "flag.updated b"]);
    assert_eq!(shown(&place)["late_reports"][0]["attempts"], json!(2));
}

#[test]
fn reports_of_one_feature_arrive_in_order_after_a_failure() {
    let receiver = Receiver::by(
        |got, before| match got.what().ends_with(" a") && before == 0 {
            true => status(503),
            false => status(200),
        },
    );
    let place = place(&receiver, "--webhook");
    assert_eq!(deliver(&place, NOW).code, Some(5));
    story(&place, "feature enable a\nfeature define c");
    deliver(&place, LATER).yes();
    let got = receiver.take();
    let of = |feature: &str| -> Vec<String> {
        let about = got.iter().filter(|got| got.what().ends_with(feature));
        about.map(|got| got.what()).collect()
    };
    let created = "flag.created a";
    let updated = "flag.updated a";
    // The first one came twice: at least once is promised, with the same identifier.
    assert_eq!(of(" a"), [created, created, updated, updated]);
    assert_eq!(
        got[0].id(),
        got.iter()
            .filter(|g| g.what() == created)
            .nth(1)
            .unwrap()
            .id()
    );
    assert_eq!(of(" b"), ["flag.created b", "flag.updated b"]);
    assert_eq!(of(" c"), ["flag.created c"]);
    assert_eq!(shown(&place)["state"], json!("active"));
}

#[test]
fn nobody_there_is_asked_once_and_later_everything_arrives() {
    let place = {
        let receiver = Receiver::willing();
        let place = place(&receiver, "--webhook");
        drop(receiver);
        place
    };
    // The port may belong to somebody else by now; nothing takes a report there.
    let said = deliver(&place, NOW);
    assert_eq!(said.code, Some(5), "{said:?}");
    let now = shown(&place);
    assert_eq!((&now["late"], &now["delivered"]), (&json!(0), &json!(0)));
    assert_eq!(now["behind"], json!(4));
    assert!(
        ["waiting", "retrying"].contains(&now["state"].as_str().unwrap()),
        "{now}"
    );
}

#[test]
fn a_receiver_that_asks_for_patience_gets_it_in_seconds_and_as_a_date() {
    for after in ["600", "Fri, 01 May 2026 12:10:00 GMT"] {
        let head = format!("retry-after: {after}\r\n");
        let receiver = Receiver::by(move |_, before| match before {
            0 => Answer::Say(429, head.clone(), String::new()),
            _ => status(200),
        });
        let place = place(&receiver, "--slack");
        assert_eq!(deliver(&place, NOW).code, Some(5));
        assert_eq!(receiver.got().len(), 1, "the others wait too");
        let now = shown(&place);
        assert_eq!(now["state"], json!("waiting"));
        assert_eq!(now["next_attempt"], json!("2026-05-01T12:10:00Z"));
        assert_eq!(deliver(&place, "2026-05-01T12:09:59Z").code, Some(5));
        assert_eq!(receiver.got().len(), 1);
        deliver(&place, "2026-05-01T12:10:00Z").yes();
        assert_eq!(receiver.got().len(), 5);
    }
}

#[test]
fn a_redirect_is_not_followed_and_what_breaks_off_is_tried_again() {
    let other = Receiver::willing();
    let place_of = other.url("/elsewhere");
    let receiver = Receiver::by(move |_, before| match before {
        0 => Answer::Say(307, format!("location: {place_of}\r\n"), String::new()),
        1 => Answer::HangUp,
        _ => status(200),
    });
    let place = place(&receiver, "--webhook");
    assert_eq!(deliver(&place, NOW).code, Some(5));
    assert_eq!(other.got().len(), 0);
    assert_eq!(shown(&place)["late"], json!(2));
    deliver(&place, LATER).yes();
    assert_eq!(other.got().len(), 0);
    assert_eq!(shown(&place)["delivered"], json!(4));
}

#[test]
fn a_receiver_that_says_yes_and_no_more_has_taken_it_and_a_silent_one_holds_up_no_other() {
    let silent = Receiver::by(|got, _| match got.what() == "flag.created a" {
        true => Answer::Silence,
        false => Answer::Half,
    });
    let willing = Receiver::willing();
    let place = place(&silent, "--webhook --event flag.created");
    add(&place, "other", &willing, "--webhook --since 0");
    let begun = std::time::Instant::now();
    assert_eq!(deliver(&place, NOW).code, Some(5));
    assert!(begun.elapsed().as_secs() < 50, "{:?}", begun.elapsed());
    assert_eq!(willing.got().len(), 4);
    let now = shown(&place);
    assert_eq!((&now["late"], &now["delivered"]), (&json!(1), &json!(1)));
}

#[test]
fn slack_that_is_gone_pauses_until_somebody_resumes() {
    let receiver = Receiver::by(|_, before| match before {
        0 => Answer::Say(404, String::new(), "no_service".to_owned()),
        _ => status(200),
    });
    let place = place(&receiver, "--slack");
    assert_eq!(deliver(&place, NOW).code, Some(5));
    assert_eq!(shown(&place)["state"], json!("paused"));
    assert_eq!(shown(&place)["error"], json!("status 404, “no_service”"));
    assert_eq!(deliver(&place, LATER).code, Some(5));
    assert_eq!(receiver.got().len(), 1);
    place.flags("notify resume hook").yes();
    deliver(&place, LATER).yes();
    assert_eq!(receiver.take().len(), 5 - 1 + 1);
    story(&place, "feature enable a");
    place.flags("notify resume hook --skip").yes();
    story(&place, "feature enable b");
    deliver(&place, LATER).yes();
    let got = receiver.take();
    assert_eq!(got.len(), 1);
    assert!(got[0].text.contains("`b` was enabled"), "{}", got[0].text);
}

#[test]
fn a_message_that_slack_will_never_take_is_noted_and_passed_over() {
    let receiver = Receiver::by(|_, before| match before {
        0 => Answer::Say(400, String::new(), "invalid_payload".to_owned()),
        _ => status(200),
    });
    let place = place(&receiver, "--slack");
    deliver(&place, NOW).yes();
    let now = shown(&place);
    assert_eq!((&now["refused"], &now["delivered"]), (&json!(1), &json!(3)));
    assert_eq!(
        now["refusals"][0]["error"],
        json!("status 400, “invalid_payload”")
    );
}

#[test]
fn whoever_fails_for_three_days_is_left_alone() {
    let receiver = Receiver::by(|_, _| status(500));
    let place = place(&receiver, "--webhook");
    assert_eq!(deliver(&place, NOW).code, Some(5));
    deliver(&place, "2026-05-04T11:00:00Z");
    assert_eq!(shown(&place)["state"], json!("retrying"));
    deliver(&place, "2026-05-04T13:00:00Z");
    let now = shown(&place);
    assert_eq!(now["state"], json!("paused"));
    assert!(
        now["error"].as_str().unwrap().contains("three days"),
        "{now}"
    );
}

#[test]
fn a_test_is_sent_at_once_and_tells_the_answer() {
    let receiver = Receiver::by(|_, before| match before {
        0 => status(200),
        _ => Answer::Say(403, String::new(), "action_prohibited".to_owned()),
    });
    let place = Place::empty();
    add(&place, "ops", &receiver, "--slack");
    assert_eq!(
        place.flags("notify test ops").yes(),
        "delivered: status 200, “ok”\n"
    );
    let said = place.flags("notify test ops");
    assert_eq!(said.code, Some(5));
    assert_eq!(said.out, "not delivered: status 403, “action_prohibited”\n");
    let body = place.flags("notify test ops --dry-run").yes();
    assert_eq!(receiver.got().len(), 2);
    assert_eq!(body.trim_end(), receiver.got()[0].text);
}
