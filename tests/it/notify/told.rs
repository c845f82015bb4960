//! What is told: every trigger, before and after, and a bounded number of messages.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::receiver::Receiver;
use super::{add, deliver, story};
use crate::cli::kit::{NOW, Place};
use crate::serve::kit::Server;

fn whats(receiver: &Receiver) -> Vec<String> {
    receiver.take().iter().map(|got| got.what()).collect()
}

#[test]
fn every_trigger_fires_and_says_what_was_there_before() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    story(&place, "user assign u1\norg assign acme");
    add(&place, "hook", &receiver, "--webhook");
    story(
        &place,
        "feature define beta
         feature disable beta
         feature enable beta
         target add beta user:u1
         target add beta org:acme
         target remove beta user:u1
         target beta all
         target beta none
         feature edit beta --name Beta
         feature delete beta --yes",
    );
    deliver(&place, NOW).yes();
    let got = receiver.take();
    let whats: Vec<String> = got.iter().map(|got| got.what()).collect();
    let expected = [
        "flag.created beta",
        "flag.updated beta",
        "flag.updated beta",
        "flag.rule_updated beta",
        "flag.rule_updated beta",
        "flag.rule_updated beta",
        "flag.rule_updated beta",
        "flag.rule_updated beta",
        "flag.updated beta",
        "flag.deleted beta",
    ];
    assert_eq!(whats, expected);
    let context = |index: usize| &got[index].body["context"];
    let previous = |index: usize| context(index)["previous_attributes"].clone();
    assert_eq!(previous(1), json!({"data": {"enabled": true}}));
    assert_eq!(previous(2), json!({"data": {"enabled": false}}));
    let nobody = json!({"organizations": [], "users": []});
    let access = |index: usize| context(index)["access_type"].clone();
    assert_eq!(access(3), json!("some"));
    let user = json!([{"id": "u1", "email": ""}]);
    assert_eq!(context(3)["configured_targets"]["users"], user);
    let before = json!({"access_type": "none", "configured_targets": nobody});
    assert_eq!(previous(3)["context"], before);
    let acme = json!([{"id": "acme", "name": "acme"}]);
    assert_eq!(context(4)["configured_targets"]["organizations"], acme);
    assert_eq!(context(5)["configured_targets"]["users"], json!([]));
    assert_eq!(previous(5)["context"]["configured_targets"]["users"], user);
    assert_eq!((access(6), access(7)), (json!("all"), json!("none")));
    assert_eq!(previous(6)["context"]["access_type"], json!("some"));
    assert_eq!(previous(6)["data"], json!({"default_value": false}));
    assert_eq!(previous(7)["context"]["access_type"], json!("all"));
    assert_eq!(previous(8), json!({"data": {"name": "beta"}}));
    assert_eq!(got[9].body["data"]["name"], json!("Beta"));
}

#[test]
fn a_flag_s_default_is_what_the_default_plan_gave_at_that_time() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    story(
        &place,
        "plan create free --default
         feature define beta
         feature define seats --type limit",
    );
    add(&place, "hook", &receiver, "--webhook");
    story(
        &place,
        "feature edit beta --name A
         set beta --plan free
         set seats 3 --plan free
         feature edit beta --name B
         feature edit seats --name C
         unset beta --plan free
         feature edit beta --name D",
    );
    // All of it is told later, when the plan gives nothing any more.
    deliver(&place, NOW).yes();
    let got = receiver.take();
    let told = got.iter().filter(|got| got.what().starts_with("flag."));
    let told: Vec<(String, Value, Value)> = told
        .map(|got| {
            let previous = got.body["context"]["previous_attributes"]["data"].clone();
            let default = got.body["data"]["default_value"].clone();
            (got.what(), default, previous)
        })
        .collect();
    let updated = |key: &str, default: bool, name: Value| {
        let previous = json!({ "name": name });
        (format!("flag.updated {key}"), json!(default), previous)
    };
    assert_eq!(
        told,
        [
            updated("beta", false, json!("beta")),
            updated("beta", true, json!("A")),
            updated("seats", true, json!("seats")),
            updated("beta", false, json!("B")),
        ]
    );
}

#[test]
fn an_envelope_is_that_of_the_contract() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    add(&place, "hook", &receiver, "--webhook");
    story(
        &place,
        "feature define beta --owner jane@example.com --tag x",
    );
    deliver(&place, NOW).yes();
    let event = receiver.take().remove(0).body;
    let id = event["id"].as_str().unwrap();
    assert!(id.starts_with("event_01") && id.len() == 32, "{id}");
    assert_eq!(event["object"], json!("event"));
    assert_eq!(event["created_at"], json!("2026-05-01T12:00:00.000Z"));
    let actor = json!({"id": "tester", "source": "api", "name": "tester"});
    assert_eq!(event["context"]["actor"], actor);
    let data = &event["data"];
    let jane = json!({"email": "jane@example.com", "first_name": null, "last_name": null});
    assert_eq!(data["owner"], jane);
    let members: Vec<&String> = data.as_object().unwrap().keys().collect();
    let expected = [
        "object",
        "id",
        "environment_id",
        "slug",
        "name",
        "description",
        "owner",
        "tags",
        "enabled",
        "default_value",
        "created_at",
        "updated_at",
    ];
    assert_eq!(members, expected);
}

#[test]
fn what_only_this_program_knows_has_events_of_its_own() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    story(
        &place,
        "feature define seats --type limit\nfeature define sso",
    );
    add(
        &place,
        "hook",
        &receiver,
        "--webhook --event entitlements.*",
    );
    story(
        &place,
        "plan create pro
         set seats 5 --plan pro
         set seats 7 --plan pro
         unset seats --plan pro
         user assign u1 --plan pro
         set sso --user u1
         unset sso --user u1
         org assign acme
         feature cap 60
         set sso --plan pro
         plan delete pro --take-off --yes",
    );
    deliver(&place, NOW).yes();
    let got = receiver.take();
    let names: Vec<&str> = got
        .iter()
        .map(|g| g.body["event"].as_str().unwrap())
        .collect();
    let expected = [
        "entitlements.plan.created",
        "entitlements.grant.created",
        "entitlements.grant.updated",
        "entitlements.grant.deleted",
        "entitlements.user.created",
        "entitlements.override.created",
        "entitlements.override.deleted",
        "entitlements.organization.created",
        "entitlements.settings.updated",
        "entitlements.grant.created",
        "entitlements.plan.deleted",
        "entitlements.user.updated",
    ];
    assert_eq!(names, expected);
    assert_eq!(got[2].body["data"]["value"], json!(7));
    let previous = &got[2].body["context"]["previous_attributes"];
    assert_eq!(*previous, json!({"data": {"value": 5}}));
}

#[test]
fn a_million_of_something_is_one_event_that_counts_them() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    story(&place, "feature define sso");
    add(&place, "hook", &receiver, "--webhook");
    add(&place, "ops", &receiver, "--slack");
    let users: String = (0..500).map(|n| format!("u{n}\n")).collect();
    let file = place.file("users.csv", format!("user\n{users}"));
    story(&place, &format!("user import {}", file.display()));
    let rows: String = (0..500).map(|n| format!("u{n},sso,on\n")).collect();
    let file = place.file("overrides.csv", format!("user,feature,value\n{rows}"));
    story(&place, &format!("override import {}", file.display()));
    deliver(&place, NOW).yes();
    let got = receiver.take();
    let events: Vec<&Value> = got.iter().map(|got| &got.body).collect();
    let bulk: Vec<&&Value> = events
        .iter()
        .filter(|body| body["event"].is_string())
        .collect();
    let names: Vec<&str> = bulk
        .iter()
        .map(|body| body["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["entitlements.user.bulk", "entitlements.override.bulk"]
    );
    assert_eq!(bulk[1]["data"]["created"], json!(500));
    assert_eq!(bulk[1]["data"]["examples"].as_array().unwrap().len(), 10);
    assert_eq!(got.len(), 4);
    assert!(got.iter().any(|got| got.text.contains("…and 490 more")));
}

#[test]
fn a_write_with_many_events_is_one_message_to_people_and_all_events_to_programs() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    add(&place, "hook", &receiver, "--webhook");
    add(&place, "ops", &receiver, "--slack");
    let features: Vec<String> = (0..30)
        .map(|n| format!("\"f{n}\": {{\"type\": \"boolean\"}}"))
        .collect();
    let catalog = format!(
        "{{\"format\": \"flags.catalog/1\", \"features\": {{{}}}}}",
        features.join(",")
    );
    let file = place.file("catalog.json", catalog);
    story(&place, &format!("apply {} --yes", file.display()));
    deliver(&place, NOW).yes();
    let got = receiver.take();
    let events = got
        .iter()
        .filter(|got| got.body["event"].is_string())
        .count();
    assert_eq!((events, got.len()), (30, 31));
    let message = got.iter().find(|got| got.body["text"].is_string()).unwrap();
    assert_eq!(
        message.body["text"],
        json!("30 things changed in one write")
    );
}

#[test]
fn only_the_events_that_are_wanted_are_told_and_only_those_since_it_was_added() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    story(&place, "feature define early");
    add(
        &place,
        "hook",
        &receiver,
        "--webhook --event flag.created,flag.deleted",
    );
    add(
        &place,
        "all",
        &receiver,
        "--webhook --event flag.created --since 0",
    );
    story(&place, "feature define late\nfeature disable late");
    deliver(&place, NOW).yes();
    let mut told = whats(&receiver);
    told.sort();
    let expected = [
        "flag.created early",
        "flag.created late",
        "flag.created late",
    ];
    assert_eq!(told, expected);
}

#[test]
fn names_that_people_chose_neither_mention_nor_link_nor_format() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    add(&place, "ops", &receiver, "--slack");
    let hostile = "<!channel> <https://x|y> `*&\u{202e}";
    let words = [
        "feature", "define", "beta", "--name", hostile, "--reason", hostile,
    ];
    place.words(&words).yes();
    deliver(&place, NOW).yes();
    let got = receiver.take();
    let texts = &got[0].body["blocks"];
    for text in texts.as_array().unwrap() {
        let text = text["text"]["text"]
            .as_str()
            .or(text["elements"][0]["text"].as_str());
        let text = text.unwrap();
        assert!(!text.contains(['<', '>', '\u{202e}']), "{text}");
        assert_eq!(text.matches('`').count() % 2, 0, "{text}");
    }
    assert!(got[0].text.contains("&lt;!channel&gt;"), "{}", got[0].text);
}

#[test]
fn a_server_tells_of_what_is_written_while_it_runs() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    add(&place, "hook", &receiver, "--webhook");
    let words = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--insecure-no-auth",
        "--json",
    ];
    let mut command = place.command(&words);
    command
        .env_remove("FLAGS_NOW")
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut server = command.spawn().unwrap();
    let mut first = String::new();
    let mut said = BufReader::new(server.stdout.take().unwrap());
    said.read_line(&mut first).unwrap();
    let first: Value = serde_json::from_str(&first).unwrap();
    let metrics = format!("{}/metrics", first["listening"].as_str().unwrap());
    story(&place, "feature define beta");
    assert_eq!(receiver.wait_for(1)[0].what(), "flag.created beta");
    story(&place, "feature disable beta");
    assert_eq!(receiver.wait_for(2)[1].what(), "flag.updated beta");
    let counted = "flags_notify_reports_total{destination=\"hook\",outcome=\"delivered\"} 2";
    // It is counted once the receiver's answer is there.
    let counts = |text: &str| text.lines().any(|line| line == counted);
    let client = reqwest::blocking::Client::builder().no_proxy().build();
    let client = client.unwrap();
    let begun = Instant::now();
    while !counts(&client.get(&metrics).send().unwrap().text().unwrap()) {
        assert!(begun.elapsed() < Duration::from_secs(30));
        thread::sleep(Duration::from_millis(20));
    }
    let process = rustix::process::Pid::from_child(&server);
    rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    assert!(server.wait().unwrap().success());
}

#[test]
fn a_flag_in_an_event_is_the_one_that_the_server_tells_of() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    add(&place, "hook", &receiver, "--webhook");
    story(
        &place,
        "feature define beta --owner jane@example.com --tag x --name Beta
         feature disable beta
         target beta all",
    );
    deliver(&place, NOW).yes();
    let mut told = receiver.take().pop().unwrap().body["data"].clone();
    told.as_object_mut().unwrap().remove("environment_id");
    let server = Server::open(&place);
    let flag = server.get("/feature-flags/beta").expect(200);
    assert_eq!(told, flag);
}
