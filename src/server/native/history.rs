//! `/v1/log`: who changed what, when, by which command, why, before and after.

use std::ops::ControlFlow;

use axum::extract::State;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;

use super::features::not_found;
use super::look::{Told, look};
use super::operation::{Operation, read};
use super::page::{Cursor, Gathered, Limit, Page};
use super::take::{Asked, Query, Way};
use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::mention::Mentions;
use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::{About, Digest, Entry, HistoryError, Snapshot, Span, StoreError};
use crate::told::{VerificationTold, WriteTold, moment};

/// How many changes of a write are told in a list, unless the client says otherwise.
const CHANGES: usize = 5;
/// How many of one write, at most.
const MOST_CHANGES: usize = 1000;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        read("/v1/log", "listWrites", "The writes, latest first", list)
            .query::<ListQuery>()
            .answers::<Page<WriteTold>>(),
        read(
            "/v1/log/verify",
            "verifyLog",
            "Whether any write was altered or removed",
            verify,
        )
        .query::<VerifyQuery>()
        .answers::<VerificationTold>(),
        read(
            "/v1/log/{revision}",
            "showWrite",
            "One write with what it changed",
            show,
        )
        .query::<ShowQuery>()
        .answers::<WriteTold>(),
    ]
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Only changes about this feature
    feature: Option<FeatureKey>,
    /// Only changes about this plan, and who came onto it or left
    plan: Option<PlanKey>,
    /// Only changes about this user, also where a rule names it
    user: Option<Id>,
    /// Only changes about this organization, and who joined it or left
    organization: Option<Id>,
    /// Only writes of this actor
    actor: Option<String>,
    /// Only writes by this command, such as `user assign`
    command: Option<String>,
    /// Only writes since then
    since: Option<Time>,
    /// Only writes until then
    until: Option<Time>,
    /// At most so many changes of each write
    #[schemars(range(min = 1, max = 1000))]
    changes: Option<usize>,
    /// At most so many writes
    limit: Option<Limit>,
    /// The cursor of the page before
    after: Option<Cursor>,
}

impl ListQuery {
    fn mentions(&self) -> Mentions {
        let user = self.user.clone().map(SubjectId::User);
        let organization = self.organization.clone().map(SubjectId::Organization);
        Mentions {
            feature: self.feature.clone(),
            plan: self.plan.clone(),
            subjects: user.into_iter().chain(organization).collect(),
        }
    }

    fn wants(&self, entry: &Entry) -> bool {
        let at = entry.at.div_euclid(1000);
        self.actor
            .as_ref()
            .is_none_or(|actor| *actor == entry.actor)
            && self
                .command
                .as_ref()
                .is_none_or(|command| *command == entry.command)
            && self.since.is_none_or(|since| since.unix() <= at)
            && self.until.is_none_or(|until| at <= until.unix())
    }
}

async fn list(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    let limit = Limit::of(query.limit)?;
    let most = most_changes(query.changes, CHANGES)?;
    let after: Option<Revision> = Cursor::read(query.after.as_ref())?;
    look(&app, asked, move |snapshot| {
        let mentions = query.mentions();
        let mut found: Gathered<Entry> = Gathered::up_to(limit);
        walk(snapshot, &mentions, after, &mut |entry| {
            if !query.wants(&entry) {
                return ControlFlow::Continue(());
            }
            found.take(entry)
        })?;
        let next = found.next(|entry| Cursor::behind(&entry.revision));
        let about = about(&mentions);
        let items = found
            .items
            .into_iter()
            .map(|entry| told(snapshot, entry, about, most));
        Told::page(&Page {
            items: items.collect::<Result<_, _>>()?,
            next,
            revision: snapshot.revision()?,
        })
    })
    .await
}

fn about(mentions: &Mentions) -> About<'_> {
    match mentions.is_empty() {
        true => About::All,
        false => About::Mentioning(mentions),
    }
}

fn most_changes(asked: Option<usize>, usual: usize) -> Result<usize, Problem> {
    match asked {
        None => Ok(usual),
        Some(most) if (1..=MOST_CHANGES).contains(&most) => Ok(most),
        Some(most) => Err(Problem::unreadable(format!(
            "the query: changes: {most} is not a number from 1 to {MOST_CHANGES}"
        ))),
    }
}

/// Goes through the writes with changes that are wanted, latest first.
fn walk(
    snapshot: &dyn Snapshot,
    mentions: &Mentions,
    before: Option<Revision>,
    take: &mut dyn FnMut(Entry) -> ControlFlow<()>,
) -> Result<(), StoreError> {
    if mentions.is_empty() {
        return snapshot.history(before, take);
    }
    let mut until = match before {
        Some(before) => Revision(before.0.saturating_sub(1)),
        None => snapshot.revision()?,
    };
    let after = Revision::UNKNOWN;
    loop {
        let mut latest = None;
        snapshot.changed(Span { after, until }, about(mentions), &mut |(
            revision,
            _,
        )| {
            latest = Some(revision);
            ControlFlow::Break(())
        })?;
        let Some(revision) = latest else {
            return Ok(());
        };
        if let Some(entry) = snapshot.entry(revision)?
            && take(entry).is_break()
        {
            return Ok(());
        }
        until = Revision(revision.0.saturating_sub(1));
    }
}

/// A write with so many of its changes that are wanted.
pub(super) fn told(
    snapshot: &dyn Snapshot,
    entry: Entry,
    about: About<'_>,
    most: usize,
) -> Result<WriteTold, StoreError> {
    let revision = entry.revision;
    let mut changes = Vec::new();
    let mut truncated = false;
    snapshot.each_change(revision, about, &mut |change| {
        truncated = changes.len() == most;
        if truncated {
            return ControlFlow::Break(());
        }
        changes.push(change);
        ControlFlow::Continue(())
    })?;
    let hash = match snapshot.digest(revision) {
        Err(StoreError::History(HistoryError::Unchained)) => None,
        found => found?,
    };
    Ok(WriteTold {
        revision,
        at: moment(entry.at),
        actor: entry.actor,
        command: entry.command,
        reason: entry.reason,
        hash: hash.map(|hash: Digest| hash.to_string()),
        change_count: snapshot.change_count(revision)?,
        changes: ChangeSet::new(changes),
        truncated,
    })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ShowQuery {
    /// At most so many changes
    #[schemars(range(min = 1, max = 1000))]
    changes: Option<usize>,
}

async fn show(
    State(app): State<Shared>,
    asked: Asked,
    Way(revision): Way<Revision>,
    Query(query): Query<ShowQuery>,
) -> Result<Response, Problem> {
    let most = most_changes(query.changes, MOST_CHANGES)?;
    look(&app, asked, move |snapshot| {
        let entry = snapshot.entry(revision)?;
        let entry = entry.ok_or_else(|| {
            not_found(
                "revision_not_found",
                format!("there is no revision {revision}"),
            )
        })?;
        Told::new(&told(snapshot, entry, About::All, most)?)
    })
    .await
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct VerifyQuery {
    /// A hash noted earlier: it must still be that of a write
    head: Option<HashText>,
}

/// The hash of a write as text.
#[derive(Debug, Clone, Copy, JsonSchema)]
#[schemars(transparent)]
struct HashText(#[schemars(with = "Digest")] Digest);

impl<'de> Deserialize<'de> for HashText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

async fn verify(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<VerifyQuery>,
) -> Result<Response, Problem> {
    let noted = query.head.map(|HashText(noted)| noted);
    // What was altered behind the server's back shows in no revision: this is never answered from
    // what the client has.
    let verify = move |store: &dyn crate::store::Store| {
        let snapshot = store.snapshot()?;
        let told = VerificationTold::new(&snapshot.verify(noted)?, noted);
        let answer = Told::new(&told)?.timed(&told)?;
        Ok::<_, Problem>(answer.answer(&asked, snapshot.revision()?))
    };
    app.stores.read(verify).await
}
