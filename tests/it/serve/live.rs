//! What is in memory answers as the store does, at every revision and whoever wrote.

use std::time::Instant;

use flags::domain::catalog::Revision;
use flags::domain::change::Change;
use flags::domain::document::Document;
use flags::domain::target::Target;
use flags::domain::time::Time;
use flags::server::evaluate::look_up;
use flags::server::live::Live;
use flags::server::pool::Stores;
use flags::server::{Answers, Asked, Context, Which};
use flags::store::sqlite::SqliteStore;
use flags::store::{Question, Store, StoreError};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::answers::questions;
use crate::edits::{Edit, edit};
use crate::project::{author, read, write};
use crate::random::{now, project, subject_id};
use crate::sqlite::kit::Home;

/// Room for everybody, and for hardly anybody.
const ROOMS: [usize; 2] = [1 << 24, 300];

/// A store and what is in memory of it.
struct Both {
    store: SqliteStore,
    live: Live,
    _home: Home,
}

impl Both {
    fn new(project: &Document, room: usize) -> Self {
        let home = Home::new();
        let store = SqliteStore::create(&home.store()).unwrap();
        write(
            &store,
            project.clone().into_changes().changes().iter().cloned(),
        );
        let place = home.store();
        let opened = move || -> Result<_, StoreError> {
            let store: Box<dyn Store + Send> = Box::new(SqliteStore::open(&place)?);
            Ok(store)
        };
        let live = Live::new(Stores::new(Box::new(opened)), room);
        Self {
            store,
            live,
            _home: home,
        }
    }

    fn settle(&self) {
        let now = Instant::now();
        if !self.live.is_settled(now) {
            let watch = self.live.watch();
            let settled = self.live.settle(watch, now, &self.store, |_| Ok(()));
            settled.unwrap();
            assert!(self.live.is_settled(now));
        }
    }

    /// What is in memory and the store say the same, also when asked again. How many questions
    /// memory had no answer to.
    fn assert_alike(&self, asked: &[Asked], which: &Which, at: Time) -> usize {
        self.settle();
        let mut looked_up = 0;
        for asked in asked {
            let snapshot = self.store.snapshot().unwrap();
            let looks_up = |known| {
                let found = look_up(&*snapshot, known, asked, which, at, told);
                found.map_err(|error| error.to_string())
            };
            let expected = looks_up(None);
            assert_eq!(looks_up(self.live.prepared()), expected, "{asked:?}");
            for _ in 0..2 {
                let found = match self.live.answer(asked, which, at, told) {
                    Ok(found) => found.map_err(|refusal| StoreError::from(refusal).to_string()),
                    Err(_) => {
                        looked_up += 1;
                        let snapshot = self.store.snapshot().unwrap();
                        self.live.keep(&*snapshot, asked).unwrap();
                        continue;
                    }
                };
                assert_eq!(found, expected, "{asked:?}");
            }
        }
        looked_up
    }
}

/// All that an answer says.
fn told(answers: &Answers<'_>) -> (Revision, Vec<String>) {
    let each = answers.slots().map(|slot| {
        let decision = answers.decide(slot);
        let found = answers.saw(decision.winner, slot).answer();
        format!("{} {decision:?} {found:?}", answers.key(slot))
    });
    (answers.revision(), each.collect())
}

/// Everybody who can be asked about, in every way, and some whom nobody knows.
fn everybody(project: &Document) -> Vec<Asked> {
    let mut asked: Vec<Asked> = questions(project)
        .into_iter()
        .map(Asked::Question)
        .collect();
    for id in ["ghost", "u0", "u4", "nobody"] {
        asked.push(Asked::Question(Question::User {
            id: read(id),
            within: Some(read("o0")),
            targets: Vec::new(),
        }));
        for plan in [None, Some(read("p1"))] {
            for organizations in [
                None,
                Some(vec![]),
                Some(vec![read("o1"), read("ghost"), read("o0")]),
            ] {
                let targets: Vec<Target> = vec![read("workspace:w0"), read("team:u0")];
                for targets in [Vec::new(), targets] {
                    asked.push(Asked::Context(Context {
                        user: Some(read(id)),
                        plan: plan.clone(),
                        organizations: organizations.clone(),
                        targets,
                    }));
                }
            }
        }
    }
    asked.push(Asked::Context(Context {
        plan: Some(read("p0")),
        organizations: Some(vec![read("o2")]),
        ..Context::default()
    }));
    asked
}

/// The moments around which overrides of random projects begin and end.
fn moments() -> [Time; 3] {
    let at = now().unix();
    [at - 5, at, at + 5].map(|at| Time::from_unix(at).unwrap())
}

fn runner() -> TestRunner {
    TestRunner::new(Config {
        cases: 12,
        failure_persistence: None,
        ..Config::default()
    })
}

#[test]
fn memory_answers_as_the_store_does_after_every_write() {
    let strategy = (project(), vec(vec(edit(), 1..4), 1..8), any::<bool>());
    runner()
        .run(&strategy, |(project, writes, filled)| {
            for room in ROOMS {
                let both = Both::new(&project, room);
                if filled {
                    both.live.fill(&both.store).unwrap();
                }
                let asked = everybody(&project);
                both.assert_alike(&asked, &Which::All, now());
                for edits in &writes {
                    change(&both.store, edits);
                    for at in moments() {
                        both.assert_alike(&asked, &Which::All, at);
                    }
                    both.assert_alike(&asked, &Which::One(read("b1")), now());
                }
            }
            Ok(())
        })
        .unwrap();
}

/// Carries out those of the edits that are possible, in one write.
fn change(store: &SqliteStore, edits: &[Edit]) {
    for edit in edits {
        let snapshot = store.snapshot().unwrap();
        let changes = edit.clone().changes(&*snapshot);
        drop(snapshot);
        // What is not possible is refused, and nothing is written.
        let _ = store.update(&author(), &mut |_| Ok(changes.clone()));
    }
}

#[test]
fn a_filled_memory_needs_no_store() {
    runner()
        .run(&project(), |project| {
            let both = Both::new(&project, 1 << 24);
            assert!(both.live.fill(&both.store).unwrap());
            let plain = questions(&project).into_iter().filter(|question| {
                let targets = match question {
                    Question::User { targets, .. } | Question::Organization { targets, .. } => {
                        targets
                    }
                    Question::Plan { .. } => return false,
                };
                targets.is_empty()
            });
            let asked: Vec<_> = plain.map(Asked::Question).collect();
            assert_eq!(both.assert_alike(&asked, &Which::All, now()), 0);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_write_leaves_in_memory_whom_it_does_not_concern() {
    let strategy = (project(), subject_id());
    runner()
        .run(&strategy, |(project, touched)| {
            let both = Both::new(&project, 1 << 24);
            both.live.fill(&both.store).unwrap();
            let changes = match project
                .overrides
                .get(&touched)
                .and_then(|held| held.iter().next())
            {
                Some((feature, over)) => [Change::Override {
                    subject: touched.clone(),
                    feature: feature.clone(),
                    before: Some(over.clone()),
                    after: None,
                }],
                None => return Ok(()),
            };
            write(&both.store, changes);
            let others = project.users.keys().filter(|id| *id != touched.id());
            let others = others.map(|id| {
                Asked::Question(Question::User {
                    id: id.clone(),
                    within: None,
                    targets: Vec::new(),
                })
            });
            let others: Vec<_> = others.collect();
            let missing = both.assert_alike(&others, &Which::All, now());
            // An organization is looked up once for all its users.
            assert!(missing <= 1, "{missing} of {}", others.len());
            Ok(())
        })
        .unwrap();
}
