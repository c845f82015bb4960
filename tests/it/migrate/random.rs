//! Whatever a project is and however it came to be so: moved, it is the same.

use std::ops::ControlFlow;

use flags::domain::document::Document;
use flags::domain::wanted::Wanted;
use flags::edit::way_to;
use flags::store::memory::MemoryStore;
use flags::store::sqlite::SqliteStore;
use flags::store::{Head, Purpose, Store, Subjects, fingerprint};
use proptest::prelude::*;

use crate::project::{author, everything, head};
use crate::random;

/// Makes the project of the store what the document says, as one write.
fn becomes(store: &dyn Store, document: &Document) {
    let wanted = Wanted::from(document.clone());
    let way = |snapshot: &dyn flags::store::Snapshot| way_to(snapshot, &wanted, true);
    let written = store.update(&author(), &mut |snapshot| {
        Ok(way(snapshot)
            .map_err(|_| flags::store::StoreError::GivenUp)?
            .changes)
    });
    written.unwrap();
}

/// Wants every override of the document once more, in one long write: they share rows.
fn wants(store: &dyn Store, document: &Document) {
    let author = author();
    let loaded = store.load(Purpose::Write(&author), &mut |_, intake| {
        let mut row = 0;
        for (subject, held) in &document.overrides {
            for feature in held.keys() {
                row += 1;
                let wanted = flags::store::Wanted {
                    row,
                    subject,
                    feature,
                    after: None,
                };
                intake.want(&wanted)??;
            }
        }
        intake.settle(&mut |_| ControlFlow::Continue(()))
    });
    loaded.unwrap();
}

fn moved(from: &dyn Store, to: &dyn Store) {
    let snapshot = from.snapshot().unwrap();
    let replayed = to.replay(&Head::default(), &mut |replay| {
        let mut failed = None;
        snapshot.retell(
            Head::default().revision,
            &mut |piece| match replay.take(&piece) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            },
        )?;
        failed.map_or(Ok(()), Err)
    });
    assert_eq!(replayed.unwrap(), head(from));
}

fn sum(store: &dyn Store) -> flags::store::Fingerprint {
    let snapshot = store.snapshot().unwrap();
    let go_on = &mut || ControlFlow::Continue(());
    fingerprint(&*snapshot, Subjects::Known, go_on).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_project_is_the_same_wherever_it_is_moved(
        first in random::project(),
        second in random::project(),
        third in random::project(),
    ) {
        let directory = tempfile::tempdir().unwrap();
        let made = |name: &str| SqliteStore::create(&directory.path().join(name)).unwrap();
        let (source, beside, target) = (made("source.db"), MemoryStore::new(), made("target.db"));
        becomes(&source, &first);
        wants(&source, &first);
        becomes(&source, &second);
        becomes(&source, &third);
        moved(&source, &beside);
        moved(&beside, &target);
        prop_assert_eq!(everything(&target), everything(&source));
        prop_assert_eq!(sum(&beside), sum(&source));
        prop_assert_eq!(sum(&target), sum(&source));
        prop_assert_eq!(head(&target), head(&source));
        let verified = target.snapshot().unwrap().verify(None).unwrap();
        prop_assert_eq!(verified.misfit, None);
        // What is taken back there is taken back from the same.
        becomes(&source, &first);
        becomes(&target, &first);
        prop_assert_eq!(everything(&target), everything(&source));
    }

    #[test]
    fn what_differs_comes_to_something_else(one in random::project(), other in random::project()) {
        let holding = |document: &Document| {
            let store = MemoryStore::new();
            crate::project::fill(&store, document.clone());
            store
        };
        let sums = (sum(&holding(&one)), sum(&holding(&other)));
        prop_assert_eq!(sums.0 == sums.1, one == other);
        prop_assert_eq!(sums.0.differs(&sums.1).contains(&"users"), one.users != other.users);
    }
}
