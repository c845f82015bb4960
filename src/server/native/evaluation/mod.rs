//! What somebody gets: users, organizations, and anybody on a plan; now, then and later. Why is told
//! in `explanation`, and held against what is expected in `check`.

mod check;
mod explanation;
mod memory;

use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;
use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64;

pub use memory::{entitlement, entitlements};

use super::look::Told;
use super::moment::AsOf;
use super::operation::{Operation, Purpose};
use super::take::{Asked, Query, Way};
use crate::domain::catalog::{Catalog, Revision};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::refusal::Refusal;
use crate::domain::resolve::{Decision, Resolver};
use crate::domain::subject::SubjectRecord;
use crate::domain::target::{Id, Target};
use crate::domain::time::Time;
use crate::domain::value::{Kind, Value};
use crate::server::app::Shared;
use crate::server::evaluate::Which;
use crate::server::problem::Problem;
use crate::store::{Facts, Past, Question, Scope, Snapshot, Store, StoreError, gather};
use crate::told::{Entitlements, FeatureAnswer, SubjectTold, ValueTold};

/// All that a user gets.
pub const ENTITLEMENTS: &str = "/v1/users/{user}/entitlements";
/// What a user gets of a feature.
pub const ENTITLEMENT: &str = "/v1/users/{user}/entitlements/{feature}";

pub(super) fn operations() -> Vec<Operation> {
    let ask = |path, name, summary| (path, name, summary);
    let all = [
        ask(ENTITLEMENTS, "userEntitlements", "All that a user gets"),
        ask(
            "/v1/organizations/{organization}/entitlements",
            "organizationEntitlements",
            "All that an organization gets by itself",
        ),
        ask(
            "/v1/plans/{plan}/entitlements",
            "planEntitlements",
            "All that anybody on a plan gets",
        ),
    ];
    let mut operations = Vec::new();
    let [user, organization, plan] = all;
    operations.push(evaluate(user, all_of_user).query::<UserQuery>());
    operations.push(evaluate(organization, all_of_organization).query::<AskQuery>());
    operations.push(evaluate(plan, all_of_plan).query::<AskQuery>());
    operations = operations
        .into_iter()
        .map(Operation::answers::<Entitlements>)
        .collect();
    operations.extend([
        evaluate(
            ask(
                ENTITLEMENT,
                "userEntitlement",
                "What a user gets of a feature",
            ),
            one_of_user,
        )
        .query::<UserQuery>()
        .answers::<FeatureAnswer>(),
        evaluate(
            ask(
                "/v1/organizations/{organization}/entitlements/{feature}",
                "organizationEntitlement",
                "What an organization gets of a feature by itself",
            ),
            one_of_organization,
        )
        .query::<AskQuery>()
        .answers::<FeatureAnswer>(),
        evaluate(
            ask(
                "/v1/plans/{plan}/entitlements/{feature}",
                "planEntitlement",
                "What anybody on a plan gets of a feature",
            ),
            one_of_plan,
        )
        .query::<AskQuery>()
        .answers::<FeatureAnswer>(),
    ]);
    operations.extend(explanation::operations());
    operations.extend(check::operations());
    operations
}

fn evaluate<H, T>(
    (path, name, summary): (&'static str, &'static str, &'static str),
    handler: H,
) -> Operation
where
    H: axum::handler::Handler<T, Shared>,
    T: 'static,
{
    Operation::new(
        (Method::GET, path),
        Purpose::Evaluate,
        name,
        summary,
        handler,
    )
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct UserQuery {
    /// The only one of the user's organizations that counts
    organization: Option<Id>,
    /// A custom target that comes with the question, such as workspace:ws_1 (repeatable)
    #[serde(default)]
    target: Vec<Target>,
    /// Another moment by RFC 3339, a date, or a revision such as r17
    at: Option<AsOf>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AskQuery {
    /// A custom target that comes with the question, such as workspace:ws_1 (repeatable)
    #[serde(default)]
    target: Vec<Target>,
    /// Another moment by RFC 3339, a date, or a revision such as r17
    at: Option<AsOf>,
}

/// A question, and the moment that it is about.
type Put = (Question, Option<AsOf>);

fn of_user(id: Id, query: UserQuery) -> Put {
    let question = Question::User {
        id,
        within: query.organization,
        targets: query.target,
    };
    (question, query.at)
}

fn of_organization(id: Id, query: AskQuery) -> Put {
    let targets = query.target;
    (Question::Organization { id, targets }, query.at)
}

fn of_plan(plan: PlanKey, query: AskQuery) -> Put {
    let targets = query.target;
    (Question::Plan { plan, targets }, query.at)
}

/// Refuses users and organizations in the place of custom targets.
fn custom_only(question: &Question) -> Result<(), Problem> {
    let (Question::User { targets, .. }
    | Question::Organization { targets, .. }
    | Question::Plan { targets, .. }) = question;
    match targets.iter().find(|target| !target.is_custom()) {
        None => Ok(()),
        Some(target) => Err(Refusal::NotACustomTarget(target.clone()).into()),
    }
}

async fn all_of_user(
    State(app): State<Shared>,
    asked: Asked,
    Way(id): Way<Id>,
    Query(query): Query<UserQuery>,
) -> Result<Response, Problem> {
    all(&app, asked, of_user(id, query)).await
}

async fn all_of_organization(
    State(app): State<Shared>,
    asked: Asked,
    Way(id): Way<Id>,
    Query(query): Query<AskQuery>,
) -> Result<Response, Problem> {
    all(&app, asked, of_organization(id, query)).await
}

async fn all_of_plan(
    State(app): State<Shared>,
    asked: Asked,
    Way(plan): Way<PlanKey>,
    Query(query): Query<AskQuery>,
) -> Result<Response, Problem> {
    all(&app, asked, of_plan(plan, query)).await
}

async fn all(app: &Shared, asked: Asked, put: Put) -> Result<Response, Problem> {
    let subject = (&put.0).into();
    let (at, revision, answers) = decided(app, put, None).await?;
    let told = tell_all((subject, at, revision), answers)?;
    Ok(told.answer(&asked, revision))
}

/// Who is told of, as at which moment and which revision.
type Of = (SubjectTold, Time, Revision);

fn tell_all(
    (subject, at, revision): Of,
    answers: impl IntoIterator<Item = OneAnswer>,
) -> Result<Told, Problem> {
    let features = answers
        .into_iter()
        .map(|(feature, kind, decision)| FeatureAnswer {
            feature,
            kind,
            value: ValueTold(decision.answer),
            layer: decision.winner,
            subject: None,
            at: None,
            revision: None,
        });
    let told = Entitlements::new(subject, at, revision, features.collect());
    let features = told.features.iter();
    let decisions = features.map(|one| Decision {
        answer: one.value.0,
        winner: one.layer,
    });
    Ok(Told::new(&told)?.marked(mark(decisions)))
}

async fn one_of_user(
    State(app): State<Shared>,
    asked: Asked,
    Way((id, feature)): Way<(Id, FeatureKey)>,
    Query(query): Query<UserQuery>,
) -> Result<Response, Problem> {
    one(&app, asked, of_user(id, query), feature).await
}

async fn one_of_organization(
    State(app): State<Shared>,
    asked: Asked,
    Way((id, feature)): Way<(Id, FeatureKey)>,
    Query(query): Query<AskQuery>,
) -> Result<Response, Problem> {
    one(&app, asked, of_organization(id, query), feature).await
}

async fn one_of_plan(
    State(app): State<Shared>,
    asked: Asked,
    Way((plan, feature)): Way<(PlanKey, FeatureKey)>,
    Query(query): Query<AskQuery>,
) -> Result<Response, Problem> {
    one(&app, asked, of_plan(plan, query), feature).await
}

async fn one(
    app: &Shared,
    asked: Asked,
    put: Put,
    wanted: FeatureKey,
) -> Result<Response, Problem> {
    let subject = (&put.0).into();
    let (at, revision, answers) = decided(app, put, Some(wanted.clone())).await?;
    let answer = answers.into_iter().next();
    let answer = answer.ok_or(Refusal::UnknownFeature(wanted))?;
    let told = tell_one((subject, at, revision), answer)?;
    Ok(told.answer(&asked, revision))
}

fn tell_one(
    (subject, at, revision): Of,
    (feature, kind, decision): OneAnswer,
) -> Result<Told, Problem> {
    let told = FeatureAnswer {
        feature,
        kind,
        value: ValueTold(decision.answer),
        layer: decision.winner,
        subject: Some(subject),
        at: Some(at),
        revision: Some(revision),
    };
    Ok(Told::new(&told)?.marked(mark([decision])))
}

/// A hash of what the clock has a say in: all else is as the revision says.
fn mark(decisions: impl IntoIterator<Item = Decision>) -> u64 {
    let mut said: SmallVec<[u8; 64]> = SmallVec::new();
    for Decision { answer, winner } in decisions {
        let (kind, limit) = match answer {
            None => (0, 0),
            Some(Value::On) => (1, 0),
            Some(Value::Limit(limit)) => (2, limit.get()),
        };
        said.extend_from_slice(&[winner as u8, kind]);
        said.extend_from_slice(&limit.to_le_bytes());
    }
    xxh3_64(&said)
}

type OneAnswer = (FeatureKey, Kind, Decision);
type Answers = Vec<OneAnswer>;

/// What is decided of every feature, or of the one that is wanted.
async fn decided(
    app: &Shared,
    (question, at): Put,
    wanted: Option<FeatureKey>,
) -> Result<(Time, Revision, Answers), Problem> {
    custom_only(&question)?;
    let now = app.now().map_err(|_| StoreError::GivenUp)?;
    let Some(at) = at else {
        let which = wanted.map_or(Which::All, Which::One);
        let evaluated = app.evaluate(question, which).await?;
        return Ok((now, evaluated.revision, evaluated.answers));
    };
    let milliseconds = app.milliseconds();
    let read = move |store: &dyn Store| {
        let snapshot = store.snapshot()?;
        let features = wanted.as_ref().map(std::slice::from_ref);
        let (_, known) = known_at(&*snapshot, &question, (at, milliseconds), features, false)?;
        let resolver = Resolver::new(&known.catalog);
        let subject = resolver.bind(&known.record);
        let wanted = wanted.as_ref();
        let slots = resolver.slots();
        let slots = slots.filter(|slot| wanted.is_none_or(|key| resolver.key(*slot) == key));
        let answers = slots.map(|slot| {
            let decision = resolver.decide(&subject, slot, known.at);
            (resolver.key(slot).clone(), resolver.kind(slot), decision)
        });
        Ok::<_, Problem>((known.at, known.revision, answers.collect()))
    };
    app.stores.read(read).await
}

/// What was known about somebody at a moment.
struct Known {
    at: Time,
    revision: Revision,
    catalog: Catalog,
    record: SubjectRecord,
}

fn known_at(
    snapshot: &dyn Snapshot,
    question: &Question,
    (at, now): (AsOf, i64),
    features: Option<&[FeatureKey]>,
    marked: bool,
) -> Result<(bool, Known), Problem> {
    let scope = features.map_or(Scope::All, Scope::Features);
    let (past, at) = at.find(snapshot, now)?;
    let known = |facts: &dyn Facts, catalog: Catalog, revision: Revision| {
        let record = gather(facts, &catalog, scope, question)?;
        Ok(Known {
            at,
            revision,
            catalog,
            record,
        })
    };
    let Some(revision) = past else {
        let known = known(snapshot, snapshot.catalog(scope)?, snapshot.revision()?);
        return known.map(|known| (false, known));
    };
    let past = match marked {
        true => Past::of(snapshot, revision)?.with_revisions()?,
        false => Past::of(snapshot, revision)?,
    };
    known(&past, past.catalog().clone(), revision).map(|known| (true, known))
}
