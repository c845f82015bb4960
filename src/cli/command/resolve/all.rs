//! `flags resolve --all`: every subject's entitlements, a line for each as it comes.

use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::pieces::Pieces;
use crate::cli::as_of::Point;
use crate::cli::aside::write_rows;
use crate::cli::context::Context;
use crate::cli::question::{QuestionArgs, unknown_feature};
use crate::cli::rows::Streamed;
use crate::cli::write::check_fields;
use crate::domain::brief::Brief;
use crate::domain::catalog::Revision;
use crate::domain::key::FeatureKey;
use crate::domain::resolve::Resolver;
use crate::domain::time::Time;
use crate::edit::known_plan;
use crate::store::memory::MemoryStore;
use crate::store::{Among, Parts, Scope, Snapshot, Store, export_of};
use crate::ui::{OutputMode, Report, Stream};

/// Options for many subjects.
#[derive(Debug, Args)]
pub struct AllArgs {
    /// Every user and organization, one JSON document a line; with --plan, those on the plan by
    /// themselves or by an organization
    #[arg(long, group = "who", conflicts_with_all = ["user", "org", "targets", "ask_remote"])]
    all: bool,
    /// With --all: only this feature (repeatable)
    #[arg(long = "feature", short, value_name = "FEATURE", requires = "all")]
    #[arg(conflicts_with_all = ["user", "org"])]
    features: Vec<FeatureKey>,
    /// With --all: at most so many subjects (0 for all)
    #[arg(long, value_name = "NUMBER", default_value_t = 0, requires = "all")]
    #[arg(conflicts_with_all = ["user", "org"])]
    limit: u64,
    /// With --all: write to this file, whole or not at all, instead of stdout
    #[arg(long, value_name = "FILE", requires = "all", conflicts_with_all = ["user", "org"])]
    output: Option<PathBuf>,
}

const FIELDS: &[&str] = &["subject", "entitlements"];

impl AllArgs {
    pub const fn is_asked(&self) -> bool {
        self.all
    }
}

/// Answers for every subject.
pub fn run(context: &Context, question: &QuestionArgs, args: &AllArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    let file = question.file.as_deref();
    let file = file
        .map(|path| question.read_store(context, path))
        .transpose()?;
    let store: &dyn Store = match &file {
        Some(store) => store,
        None => context.store()?,
    };
    store.refuses("resolve --all", &[])?;
    let present = store.snapshot()?;
    let Point { past, at } = question.point(context, &*present)?;
    let past = past
        .map(|revision| as_it_was(&*present, revision))
        .transpose()?;
    let snapshot = match &past {
        Some(store) => store.snapshot()?,
        None => present,
    };
    let told = write_rows(context, args.output.as_deref(), |out| {
        answer(&*snapshot, question, args, at, &fields(context), out)
    })?;
    if told == 0 {
        context.remark("there are no such subjects")?;
    }
    Ok(Box::new(Streamed(FIELDS)))
}

/// The project as a revision left it, all of it in memory: nothing else knows of everybody then.
fn as_it_was(present: &dyn Snapshot, revision: Revision) -> Result<MemoryStore> {
    let everybody = Parts {
        subjects: true,
        overrides: true,
    };
    let document = export_of(present, revision, everybody)?;
    Ok(MemoryStore::from_document(document)?)
}

/// The fields of a line, in order.
fn fields(context: &Context) -> Vec<&str> {
    match &context.mode {
        OutputMode::Json(fields) if !fields.is_empty() => {
            fields.iter().map(String::as_str).collect()
        }
        _ => FIELDS.to_vec(),
    }
}

fn answer(
    snapshot: &dyn Snapshot,
    question: &QuestionArgs,
    args: &AllArgs,
    at: Time,
    fields: &[&str],
    out: &mut Stream<'_>,
) -> Result<u64> {
    let scope = match args.features.as_slice() {
        [] => Scope::All,
        features => Scope::Features(features),
    };
    let catalog = snapshot.catalog(scope)?;
    let mut features = args.features.iter();
    if let Some(key) = features.find(|key| !catalog.features.contains_key(*key)) {
        return Err(unknown_feature(snapshot, key)?.into());
    }
    let among = match &question.plan {
        None => Among::All,
        Some(plan) => {
            known_plan(snapshot, plan)?;
            Among::OnPlans(std::slice::from_ref(plan))
        }
    };
    let resolver = Resolver::new(&catalog);
    let mut pieces = Pieces::new(&resolver, at);
    let mut told = 0;
    let mut written = Ok(());
    snapshot.briefs(scope, among, &mut |brief| {
        let subject = resolver.bind_brief(brief);
        let text = out.own_lines();
        let mut before = "{\"";
        for field in fields {
            text.push_str(before);
            text.push_str(field);
            text.push_str("\":");
            match *field {
                "subject" => push_name(brief, text),
                _ => pieces.write(&subject, text),
            }
            before = ",\"";
        }
        text.push_str("}\n");
        told += 1;
        written = out.flush_if_long();
        match written.is_ok() && told != args.limit {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    })?;
    written?;
    Ok(told)
}

fn push_name(brief: &Brief<'_>, text: &mut String) {
    let (noun, id) = brief.written();
    if id.contains(['"', '\\']) {
        let _ = write!(text, "{}", json!(format!("{noun}{id}")));
        return;
    }
    // Nothing else of what an identifier is made of means anything to JSON.
    for part in ["\"", noun, id, "\""] {
        text.push_str(part);
    }
}
