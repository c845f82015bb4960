//! Reading while one writes: every answer is from one revision.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Map, Value, json};

use super::program::Place;

const FEATURES: u64 = 8;
const READERS: usize = 2;
const READS: usize = 100;

/// Overrides are set one by one and then all cleared at once, over and over.
fn write(place: &Place, number: u64) {
    match number % (FEATURES + 1) {
        FEATURES => place.must("override clear --user u1 --yes"),
        feature => place.must(&format!("set f{feature} --user u1")),
    };
}

/// What there is to see after so many of these writes.
fn entitlements(writes: u64) -> Value {
    let on = (0..writes % (FEATURES + 1)).map(|feature| (format!("f{feature}"), json!(true)));
    Value::Object(on.collect::<Map<_, _>>())
}

#[test]
fn who_reads_while_another_writes_sees_a_whole_revision() {
    let place = Place::with_store();
    for feature in 0..FEATURES {
        place.must(&format!("feature define f{feature}"));
    }
    place.must("user assign u1");
    let base = FEATURES + 1;
    let finished = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let going = |_: &u64| !finished.load(Ordering::Relaxed);
            (0..)
                .take_while(going)
                .for_each(|number| write(&place, number));
        });
        let readers: Vec<_> = (0..READERS)
            .map(|_| scope.spawn(|| read(&place, base)))
            .collect();
        let met: Vec<_> = readers.into_iter().map(|reader| reader.join()).collect();
        finished.store(true, Ordering::Relaxed);
        for met in met {
            let met = met.unwrap();
            assert!(met > 10, "only {met} revisions came by");
        }
    });
}

/// Reads again and again; returns how many revisions came by.
fn read(place: &Place, base: u64) -> u64 {
    let mut first = None;
    let mut last = 0;
    for _ in 0..READS {
        let answer = place.document("resolve --user u1");
        let revision = answer["revision"].as_u64().unwrap();
        assert!(revision >= last, "{revision} after {last}");
        assert_eq!(
            answer["entitlements"],
            entitlements(revision - base),
            "{revision}"
        );
        last = revision;
        first.get_or_insert(revision);
    }
    last - first.unwrap_or(last)
}
