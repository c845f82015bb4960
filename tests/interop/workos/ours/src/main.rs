//! Reads questions about WorkOS payloads, one JSON object a line, and writes our answers.
//!
//! In: `{"payload": TEXT, "contexts": [{TYPE: ID, …}, …], "slugs": [SLUG, …]}`. Out:
//! `{"refused": WHY}`, or `{"answers": [[…], …], "noted": [SLUG, …]}` with a row for each context
//! and in it for each slug `true`, `false`, `"default"` (the caller's own default counts) or
//! `"left out"`.

use std::error::Error;
use std::io::{self, BufRead, Write};

use flags::domain::catalog::Catalog;
use flags::domain::key::FeatureKey;
use flags::domain::resolve::Resolver;
use flags::domain::subject::{Party, SubjectRecord};
use flags::domain::target::{Id, Target, TargetType};
use flags::domain::time::Time;
use flags::store::memory::MemoryStore;
use flags::store::workos::payload::{self, Note};
use flags::store::{Scope, Snapshot, Store};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        writeln!(out, "{}", answer(&question)?)?;
    }
    Ok(())
}

fn answer(question: &Value) -> Outcome<Value> {
    let text = question["payload"].as_str().ok_or("no payload")?;
    let read = match payload::parse(text) {
        Ok(read) => read,
        Err(refused) => return Ok(json!({"refused": refused.to_string()})),
    };
    let noted: Vec<&str> = read.notes.iter().map(|note| note.slug.as_str()).collect();
    let store = MemoryStore::from_document(read.document)?;
    let snapshot = store.snapshot()?;
    let catalog = snapshot.catalog(Scope::All)?;
    let slugs = question["slugs"].as_array().ok_or("no slugs")?;
    let mut rows = Vec::new();
    for context in question["contexts"].as_array().ok_or("no contexts")? {
        let record = subject(snapshot.as_ref(), context)?;
        let row: Outcome<Vec<Value>> = slugs
            .iter()
            .map(|slug| {
                let slug = slug.as_str().ok_or("a slug is text")?;
                one(&catalog, &record, slug, &read.notes)
            })
            .collect();
        rows.push(row?);
    }
    Ok(json!({"answers": rows, "noted": noted}))
}

fn one(catalog: &Catalog, record: &SubjectRecord, slug: &str, notes: &[Note]) -> Outcome<Value> {
    let Ok(key) = slug.parse::<FeatureKey>() else {
        let noted = notes.iter().any(|note| note.slug == slug);
        return Ok(json!(if noted { "left out" } else { "default" }));
    };
    let resolver = Resolver::new(catalog);
    let Some(slot) = resolver.slot(&key) else {
        return Ok(json!("default"));
    };
    let subject = resolver.bind(record);
    let at: Time = "2026-01-01T00:00:00Z".parse()?;
    let resolution = resolver.resolve(&subject, slot, at);
    if resolver.decide(&subject, slot, at).answer != resolution.answer {
        return Err(format!("the two walks disagree about {slug}").into());
    }
    Ok(if resolution.is_handed_back() {
        json!("default")
    } else {
        json!(resolution.answer.is_some())
    })
}

/// The facts about whoever a context names. WorkOS evaluates any identifier, so that nobody needs
/// to be known to the store; what is not an identifier matches nothing, with the SDKs as here.
fn subject(snapshot: &dyn Snapshot, context: &Value) -> Outcome<SubjectRecord> {
    let mut record = SubjectRecord::default();
    for (target_type, id) in context.as_object().ok_or("a context is an object")? {
        let Some(Ok(id)) = id.as_str().map(str::parse::<Id>) else {
            continue;
        };
        let Ok(target_type) = target_type.parse::<TargetType>() else {
            continue;
        };
        let party = Party {
            id: Some(id.clone()),
            ..Party::default()
        };
        match target_type.as_str() {
            "user" => record.user = Some(party),
            "organization" => record.organizations.push(party),
            _ => {}
        }
        record
            .lists
            .extend(snapshot.lists_naming(&Target { target_type, id })?);
    }
    Ok(record)
}
