//! How long a key set is believed, and when its server is asked.

use std::fs::{self, File};
use std::path::Path;
use std::thread;

use flags::remote::{Documents, Origin, Refreshed, RemoteError, jwks};
use jiff::Timestamp;
use tempfile::tempdir;

use super::server::{
    Asked, KEYS, OTHER_KEYS, Server, answer, at, documents, good, nobody, trouble,
};

/// Where a key set is found, by a process of its own each time.
fn found(directory: &Path, server: &Server, now: Timestamp) -> Origin {
    let documents = documents(Some(directory.to_owned()));
    let document = jwks::get(&documents, &server.at("/keys"), now).unwrap();
    assert_eq!(documents.warning(), None);
    document.from
}

/// Expects the copy to hold for so many seconds and not for one more.
fn holds_for(seconds: i64, headers: &[(&str, &str)]) {
    let directory = tempdir().unwrap();
    let server = Server::saying([good(headers, KEYS), good(headers, KEYS)]);
    let found = |now| found(directory.path(), &server, at(now));
    assert_eq!(found(0), Origin::Network, "{headers:?}");
    if seconds > 0 {
        assert_eq!(found(seconds - 1), Origin::Cache, "{headers:?}");
    }
    assert_eq!(server.asked().len(), 1, "{headers:?}");
    assert_eq!(found(seconds), Origin::Network, "{headers:?}");
    assert_eq!(server.asked().len(), 2, "{headers:?}");
}

#[test]
fn a_copy_holds_for_as_long_as_its_server_says_and_a_day_at_most() {
    holds_for(60, &[("cache-control", "public, max-age=60")]);
    holds_for(10, &[("cache-control", "max-age=60"), ("age", "50")]);
    holds_for(
        0,
        &[
            ("cache-control", "max-age=60"),
            ("age", "18446744073709551615"),
        ],
    );
    holds_for(0, &[("cache-control", "max-age=0")]);
    holds_for(0, &[("cache-control", "no-cache, max-age=60")]);
    holds_for(300, &[]);
    holds_for(86_400, &[("cache-control", "max-age=31536000, immutable")]);
    holds_for(
        3600,
        &[
            ("date", "Fri, 01 May 2026 10:00:00 GMT"),
            ("expires", "Fri, 01 May 2026 11:00:00 GMT"),
        ],
    );
}

#[test]
fn a_copy_says_when_it_was_fetched() {
    let directory = tempdir().unwrap();
    let server = Server::saying([good(&[], KEYS)]);
    let documents = documents(Some(directory.path().to_owned()));
    for now in [at(0), at(200)] {
        let document = jwks::get(&documents, &server.at("/keys"), now).unwrap();
        assert_eq!((document.text.as_str(), document.fetched_at), (KEYS, at(0)));
    }
}

#[test]
fn what_may_not_be_kept_is_not_and_takes_an_older_copy_along() {
    let directory = tempdir().unwrap();
    let never = [("cache-control", "no-store")];
    let server = Server::saying([
        good(&[("cache-control", "max-age=60")], KEYS),
        good(&never, KEYS),
        good(&never, KEYS),
    ]);
    assert_eq!(found(directory.path(), &server, at(0)), Origin::Network);
    assert_eq!(directory.path().read_dir().unwrap().count(), 1);
    for now in [at(60), at(61)] {
        assert_eq!(found(directory.path(), &server, now), Origin::Network);
        assert_eq!(directory.path().read_dir().unwrap().count(), 0);
    }
}

/// Answers with an entity tag, and with 304 to who has that one.
fn revalidating(asked: &Asked) -> Vec<u8> {
    let headers = [("etag", "W/\"1\""), ("cache-control", "max-age=60")];
    match asked.header("if-none-match") {
        Some("W/\"1\"") => answer("304 Not Modified", &headers[1..], ""),
        _ => good(&headers, KEYS),
    }
}

#[test]
fn an_expired_copy_that_has_not_changed_is_not_sent_again_and_holds_again() {
    let directory = tempdir().unwrap();
    let server = Server::by(revalidating);
    let documents = documents(Some(directory.path().to_owned()));
    let get = |now| jwks::get(&documents, &server.at("/keys"), at(now)).unwrap();
    assert_eq!(get(0).from, Origin::Network);
    let renewed = get(100);
    assert_eq!(renewed.from, Origin::Network);
    assert_eq!((renewed.text.as_str(), renewed.fetched_at), (KEYS, at(100)));
    assert_eq!(get(159).from, Origin::Cache);
    assert_eq!(get(160).from, Origin::Network, "the tag is still known");
    let tags = server.asked();
    let tags: Vec<_> = tags
        .iter()
        .map(|asked| asked.header("if-none-match"))
        .collect();
    assert_eq!(tags, [None, Some("W/\"1\""), Some("W/\"1\"")]);
}

#[test]
fn a_date_of_change_serves_where_there_is_no_tag() {
    let directory = tempdir().unwrap();
    let changed = "Fri, 01 May 2026 10:00:00 GMT";
    let server = Server::by(move |asked| match asked.header("if-modified-since") {
        Some(since) if since == changed => answer("304 Not Modified", &[], ""),
        _ => good(
            &[("last-modified", changed), ("cache-control", "max-age=60")],
            KEYS,
        ),
    });
    for (now, expected) in [
        (0, Origin::Network),
        (60, Origin::Network),
        // What the 304 does not say stays as it was.
        (119, Origin::Cache),
        (120, Origin::Network),
    ] {
        let from = found(directory.path(), &server, at(now));
        assert_eq!(from, expected, "{now}");
    }
}

#[test]
fn another_document_that_has_not_changed_does_not_renew_ours() {
    let directory = tempdir().unwrap();
    let server = Server::saying([
        good(&[("etag", "\"1\""), ("cache-control", "no-cache")], KEYS),
        answer("304 Not Modified", &[("etag", "\"2\"")], ""),
        good(&[("etag", "\"2\"")], OTHER_KEYS),
    ]);
    let documents = documents(Some(directory.path().to_owned()));
    let get = |now| jwks::get(&documents, &server.at("/keys"), at(now)).unwrap();
    assert_eq!(get(0).text, KEYS);
    assert_eq!(get(1).text, OTHER_KEYS);
    assert_eq!(server.asked()[2].header("if-none-match"), None);
}

#[test]
fn an_expired_copy_is_not_believed_when_the_network_fails() {
    let directory = tempdir().unwrap();
    let documents = documents(Some(directory.path().to_owned()));
    let server = Server::saying([good(&[("cache-control", "max-age=60")], KEYS)]);
    let address = server.at("/keys");
    jwks::get(&documents, &address, at(0)).unwrap();
    drop(server);
    let kept = jwks::get(&documents, &address, at(59)).unwrap();
    assert_eq!(kept.from, Origin::Cache, "it holds, so nobody is asked");
    let error = jwks::get(&documents, &address, at(60)).unwrap_err();
    assert!(matches!(error, RemoteError::Expired { .. }), "{error:?}");
    assert_eq!(error.code(), "expired_copy");
    let told = error.to_string();
    assert!(told.contains("connection was refused"), "{told}");
    assert!(
        told.contains("copy fetched at 2026-05-01T12:00:00Z has expired"),
        "{told}"
    );
}

#[test]
fn an_expired_copy_is_not_believed_when_the_server_errs() {
    let directory = tempdir().unwrap();
    let server = Server::saying([good(&[("cache-control", "max-age=60")], KEYS)]);
    let documents = documents(Some(directory.path().to_owned()));
    jwks::get(&documents, &server.at("/keys"), at(0)).unwrap();
    let error = jwks::get(&documents, &server.at("/keys"), at(60)).unwrap_err();
    assert!(error.to_string().contains("status 500"), "{error}");
    assert_eq!(error.code(), "expired_copy");
}

#[test]
fn a_copy_from_the_future_is_not_believed() {
    let directory = tempdir().unwrap();
    let server = Server::saying([good(&[], KEYS), good(&[], OTHER_KEYS)]);
    assert_eq!(found(directory.path(), &server, at(3600)), Origin::Network);
    assert_eq!(found(directory.path(), &server, at(0)), Origin::Network);
    assert_eq!(found(directory.path(), &server, at(1)), Origin::Cache);
}

fn refresh(directory: &Path, server: &Server, now: Timestamp) -> Refreshed {
    let documents = documents(Some(directory.to_owned()));
    jwks::refresh(&documents, &server.at("/keys"), now).unwrap()
}

#[test]
fn a_refresh_fetches_what_is_new_though_the_copy_holds() {
    let directory = tempdir().unwrap();
    let server = Server::saying([good(&[], KEYS), good(&[], OTHER_KEYS)]);
    assert_eq!(found(directory.path(), &server, at(0)), Origin::Network);
    let refreshed = refresh(directory.path(), &server, at(40));
    let Refreshed::Document(document) = refreshed else {
        panic!("{refreshed:?}");
    };
    assert_eq!(document.text, OTHER_KEYS);
    let asked = server.asked();
    assert_eq!(asked[0].header("cache-control"), None);
    assert_eq!(
        asked[1].header("cache-control"),
        Some("no-cache"),
        "past caches"
    );
    let documents = documents(Some(directory.path().to_owned()));
    let kept = jwks::get(&documents, &server.at("/keys"), at(339)).unwrap();
    assert_eq!((kept.text.as_str(), kept.from), (OTHER_KEYS, Origin::Cache));
}

#[test]
fn unknown_keys_do_not_reach_the_server_more_often_than_every_ten_seconds() {
    let directory = tempdir().unwrap();
    let server = Server::by(|_| good(&[], KEYS));
    assert_eq!(found(directory.path(), &server, at(0)), Origin::Network);
    let too_soon = |again| Refreshed::TooSoon { again: at(again) };
    let refresh = |now| refresh(directory.path(), &server, at(now));
    // A key may be taken into use at any moment, also right after a copy was made.
    assert!(matches!(refresh(1), Refreshed::Document(_)));
    assert_eq!(refresh(1), too_soon(11));
    assert_eq!(refresh(10), too_soon(11));
    assert_eq!(server.asked().len(), 2);
    assert!(matches!(refresh(11), Refreshed::Document(_)));
}

#[test]
fn of_many_processes_that_refresh_at_once_one_reaches_the_server() {
    let directory = tempdir().unwrap();
    let server = Server::by(|_| good(&[], KEYS));
    assert_eq!(found(directory.path(), &server, at(0)), Origin::Network);
    let results: Vec<Refreshed> = thread::scope(|scope| {
        let threads: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| refresh(directory.path(), &server, at(100))))
            .collect();
        let joined = threads.into_iter().map(|thread| thread.join().unwrap());
        joined.collect()
    });
    let fetched = results
        .iter()
        .filter(|result| matches!(result, Refreshed::Document(_)));
    assert_eq!(fetched.count(), 1, "{results:?}");
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn a_process_that_is_about_to_refresh_is_not_overtaken_and_not_waited_for() {
    let directory = tempdir().unwrap();
    let server = Server::by(|_| good(&[], KEYS));
    assert!(matches!(
        refresh(directory.path(), &server, at(0)),
        Refreshed::Document(_)
    ));
    let mut names = fs::read_dir(directory.path()).unwrap();
    let note = names.find_map(|entry| {
        let path = entry.unwrap().path();
        path.extension()
            .is_some_and(|kind| kind == "asked")
            .then_some(path)
    });
    let other = File::open(note.unwrap()).unwrap();
    other.lock().unwrap();
    let refused = refresh(directory.path(), &server, at(100));
    assert_eq!(refused, Refreshed::TooSoon { again: at(110) });
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_refresh_that_fails_counts_and_leaves_the_copy() {
    let directory = tempdir().unwrap();
    let server = Server::saying([good(&[], KEYS), good(&[], "<html>Please sign in</html>")]);
    assert_eq!(found(directory.path(), &server, at(0)), Origin::Network);
    let documents = documents(Some(directory.path().to_owned()));
    let refused = jwks::refresh(&documents, &server.at("/keys"), at(40));
    assert!(
        matches!(refused, Err(RemoteError::Unfit { .. })),
        "{refused:?}"
    );
    let again = refresh(directory.path(), &server, at(41));
    assert_eq!(again, Refreshed::TooSoon { again: at(50) });
    assert_eq!(found(directory.path(), &server, at(42)), Origin::Cache);
}

#[test]
fn where_nothing_is_kept_one_process_still_does_not_hammer() {
    let server = Server::by(|_| good(&[("cache-control", "no-store")], KEYS));
    for directory in [None, Some(tempdir().unwrap())] {
        let documents = documents(directory.as_ref().map(|kept| kept.path().to_owned()));
        let before = server.asked().len();
        jwks::get(&documents, &server.at("/keys"), at(0)).unwrap();
        let again = jwks::refresh(&documents, &server.at("/keys"), at(1)).unwrap();
        assert_eq!(again, Refreshed::TooSoon { again: at(10) });
        assert_eq!(server.asked().len(), before + 1);
    }
}

#[test]
fn nobody_is_asked_and_nothing_made_before_a_document_is_wanted() {
    let directory = tempdir().unwrap();
    let place = directory.path().join("cache");
    let documents: Documents = documents(Some(place.clone()));
    assert!(!place.exists());
    trouble(jwks::get(&documents, &nobody(), at(0)));
    assert!(!place.exists(), "there is nothing to keep");
}
