//! Copies on disk: one file for the definitions, and one for each question.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::reader::{Mark, Unmarked};
use super::{Reader, Shelf};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::document::Document;
use crate::domain::key::FeatureKey;
use crate::remote::closed;
use crate::store::{Basis, Question, StoreError};

/// The form of the files. Another form is another version's, and as good as none.
const FORM: u32 = 2;
/// More than any copy has: an answer of a server is shorter.
const MOST_BYTES: u64 = 128 << 20;
/// How many answers are kept of one place; the oldest go.
const MOST_ANSWERS: usize = 4096;
/// One write in so many looks whether there are too many.
const PRUNED_ONE_IN: u8 = 64;

/// A copy, and what it is a copy of.
#[derive(Serialize, Deserialize)]
pub(super) struct Copy<T> {
    form: u32,
    place: String,
    /// What it was read with; nothing where anybody could read it.
    mark: Option<Mark>,
    /// When it was made, in milliseconds since 1970.
    pub(super) as_of: i64,
    pub(super) body: T,
}

/// The definitions.
#[derive(Serialize, Deserialize)]
pub(super) struct Definitions {
    pub(super) revision: Revision,
    pub(super) catalog: Catalog,
    /// With all whom they name, where the place hands that out.
    pub(super) document: Option<Document>,
}

/// What one answer took.
#[derive(Serialize, Deserialize)]
pub(super) struct Answer {
    pub(super) question: Question,
    /// The features; all without it.
    pub(super) scope: Option<Vec<FeatureKey>>,
    pub(super) basis: Basis,
}

const DEFINITIONS: &str = "definitions.json";
const ANSWER: &str = "answer-";

impl Shelf {
    /// The copies of a place, in a directory for copies. `place` is all that tells it from others
    /// (its profile, its kind, its address), `name` what it is called in sentences, and `whole`
    /// whether its definitions answer for anybody. They are made by and shown to the `reader`.
    pub fn new(directory: &Path, place: &str, name: &str, whole: bool, reader: Reader) -> Self {
        let own = format!("{:032x}", xxh3_128(place.as_bytes()));
        Self {
            directory: directory.join("offline").join(own),
            place: place.to_owned(),
            name: name.to_owned(),
            whole,
            reader,
        }
    }

    /// What the place is called in sentences.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether its definitions answer for anybody.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Takes all copies away: the place answers to somebody else from now on.
    pub fn clear(&self) {
        // What cannot be taken away can be read no better than before.
        drop(fs::remove_dir_all(&self.directory));
    }

    /// The definitions, if they were read.
    pub(super) fn definitions(&self) -> Option<Copy<Definitions>> {
        self.load(DEFINITIONS)
    }

    /// The basis of the answer to a question, if it was asked.
    pub(super) fn answer(&self, question: &Question) -> Option<Copy<Answer>> {
        let found: Copy<Answer> = self.load(&file_of(question)?)?;
        (found.body.question == *question).then_some(found)
    }

    /// Refuses to show a copy that was read with another key, or with one that is not at hand.
    pub(super) fn admit<T>(&self, copy: &Copy<T>) -> Result<(), StoreError> {
        match self.reader.may_see(copy.mark.as_ref()) {
            true => Ok(()),
            false => Err(StoreError::CopyOfAnother {
                place: self.name.clone(),
            }),
        }
    }

    /// Keeps the definitions. That nothing can be kept hinders nobody from reading.
    pub(super) fn keep_definitions(&self, as_of: i64, definitions: &Definitions) {
        self.save(DEFINITIONS, as_of, definitions);
    }

    /// Keeps the basis of an answer.
    pub(super) fn keep_answer(&self, as_of: i64, answer: &Answer) {
        if let Some(name) = file_of(&answer.question) {
            self.save(&name, as_of, answer);
            if name.bytes().fold(0, u8::wrapping_add) % PRUNED_ONE_IN == 0 {
                self.prune();
            }
        }
    }

    fn load<T: DeserializeOwned>(&self, name: &str) -> Option<Copy<T>> {
        let text = closed::read(&self.directory, name, MOST_BYTES).ok()?;
        let copy: Copy<T> = serde_json::from_slice(&text).ok()?;
        (copy.form == FORM && copy.place == self.place).then_some(copy)
    }

    fn save(&self, name: &str, as_of: i64, body: &impl Serialize) {
        let mark = match self.reader.mark() {
            Ok(mark) => mark,
            Err(Unmarked) => return,
        };
        let copy = Copy {
            form: FORM,
            place: self.place.clone(),
            mark,
            as_of,
            body,
        };
        let Ok(text) = serde_json::to_vec(&copy) else {
            return;
        };
        let kept = closed::prepare(&self.directory)
            .and_then(|()| closed::put(&self.directory, name, &text));
        drop(kept);
    }

    /// Takes the oldest answers away where there are too many.
    fn prune(&self) {
        let Ok(listed) = fs::read_dir(&self.directory) else {
            return;
        };
        let answers = listed.flatten().filter(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().starts_with(ANSWER)
        });
        let mut answers: Vec<_> = answers
            .map(|entry| {
                let modified = entry.metadata().and_then(|found| found.modified());
                (modified.unwrap_or(SystemTime::UNIX_EPOCH), entry.path())
            })
            .collect();
        let extra = answers.len().saturating_sub(MOST_ANSWERS);
        answers.sort();
        for (_, path) in answers.into_iter().take(extra) {
            drop(fs::remove_file(path));
        }
    }
}

fn file_of(question: &Question) -> Option<String> {
    let text = serde_json::to_vec(question).ok()?;
    Some(format!("{ANSWER}{:032x}.json", xxh3_128(&text)))
}
