//! An address and a secret are shown nowhere, whatever goes wrong.

use super::receiver::{Answer, Receiver};
use super::{add, deliver, story};
use crate::cli::kit::{NOW, Place, refused};

#[test]
fn neither_address_nor_secret_is_in_anything_that_is_said() {
    // A server that repeats what it was asked for.
    let receiver = Receiver::by(|got, _| {
        Answer::Say(
            404,
            String::new(),
            format!("nothing at {} canary_path", got.path),
        )
    });
    let place = Place::empty();
    let secret = place.file("secret.txt", "canary_secret_0123456789\n");
    let more = format!("--webhook --secret-file {}", secret.display());
    add(&place, "hook", &receiver, &more);
    add(&place, "ops", &receiver, "--slack");
    story(&place, "feature define a\nfeature define b");
    let mut said = Vec::new();
    for line in [
        "notify run --once",
        "notify list",
        "notify list --json",
        "notify show hook",
        "notify show ops --json",
        "notify test hook",
        "notify test hook --json",
        "notify test ops --dry-run",
        "notify resume ops",
        "log",
        "log --json",
        "export --subjects --overrides",
        "doctor",
        "doctor --json",
        "notify remove hook",
    ] {
        said.push((line, place.flags(line)));
    }
    for bad in [
        "http://canary.example/canary",
        "https://u:canary@h.example/",
        "canary canary",
    ] {
        let file = place.file("bad.txt", bad);
        let line = format!("notify add bad --slack --url-file {}", file.display());
        said.push(("notify add", place.flags(&line)));
    }
    for (line, said) in said {
        let all = format!("{}{}", said.out, said.err);
        assert!(!all.contains("canary"), "{line}: {all}");
    }
}

#[test]
fn a_signing_secret_that_is_made_is_shown_once() {
    let (place, receiver) = (Place::empty(), Receiver::willing());
    let url = place.file("url.txt", receiver.url("/"));
    let added = place.json(&format!(
        "notify add hook --webhook --url-file {}",
        url.display()
    ));
    let secret = added["secret"].as_str().unwrap();
    assert!(secret.starts_with("whsec_") && secret.len() > 40);
    story(&place, "feature define a");
    deliver(&place, NOW).yes();
    let got = receiver.take().remove(0);
    let signature = got.signature.unwrap();
    let (time, tag) = signature
        .strip_prefix("t=")
        .unwrap()
        .split_once(", v1=")
        .unwrap();
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, secret.as_bytes());
    let expected = aws_lc_rs::hmac::sign(&key, format!("{time}.{}", got.text).as_bytes());
    let expected: String = expected
        .as_ref()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    assert_eq!(tag, expected);
    for line in ["notify list --json", "notify show hook --json"] {
        assert!(!place.flags(line).yes().contains(secret));
    }
}

#[test]
fn addresses_of_this_network_are_refused_unless_they_are_meant() {
    let place = Place::empty();
    place.file("url.txt", "https://169.254.169.254/latest/meta-data");
    refused(
        &place,
        "notify add cloud --webhook --url-file url.txt",
        2,
        "address_private",
        "the address is within this network, which could be knocked on by mistake",
        &["--allow-private says that it is meant"],
    );
    let said = place.flags("notify add cloud --webhook --allow-private --url-file url.txt");
    assert_eq!(said.code, Some(0), "{said:?}");
    refused(
        &place,
        "notify add cloud --webhook --allow-private --url-file url.txt",
        3,
        "destination_exists",
        "there is a destination cloud already",
        &["`flags notify remove cloud` makes room for it"],
    );
    refused(
        &place,
        "notify show nothing",
        3,
        "destination_not_found",
        "there is no destination nothing",
        &["`flags notify list` shows what there is"],
    );
}
