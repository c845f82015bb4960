//! Whether what is expected of somebody holds.

use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::look::Told;
use super::super::moment::AsOf;
use super::super::operation::{Operation, Purpose};
use super::super::take::Sent;
use super::decided;
use crate::domain::expect::Expectation;
use crate::domain::key::PlanKey;
use crate::domain::refusal::Refusal;
use crate::domain::target::{Id, Target};
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::Question;
use crate::told::{CheckTold, ExpectationTold};

/// The most expectations that are judged at once.
const MOST: usize = 1000;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::new(
            (Method::POST, "/v1/check"),
            Purpose::Evaluate,
            "check",
            "Whether what is expected of somebody holds",
            check,
        )
        .takes::<Check>()
        .answers::<CheckTold>(),
    ]
}

/// What is expected of somebody: a user, a user within an organization, an organization, or anybody
/// on a plan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Check {
    /// The user
    user: Option<Id>,
    /// The organization; with a user, the only one of the user's that counts
    organization: Option<Id>,
    /// Instead: anybody who is on this plan
    plan: Option<PlanKey>,
    /// Custom targets that come with the question
    #[serde(default)]
    targets: Vec<Target>,
    /// Another moment by RFC 3339, a date, or a revision such as r17
    at: Option<AsOf>,
    /// What must hold: `analytics`, `!beta`, `max_seats>=5`
    #[schemars(length(min = 1, max = 1000))]
    expectations: Vec<String>,
}

impl Check {
    fn question(&self) -> Result<Question, Problem> {
        let targets = self.targets.clone();
        match (
            self.user.clone(),
            self.organization.clone(),
            self.plan.clone(),
        ) {
            (Some(id), within, None) => Ok(Question::User {
                id,
                within,
                targets,
            }),
            (None, Some(id), None) => Ok(Question::Organization { id, targets }),
            (None, None, Some(plan)) => Ok(Question::Plan { plan, targets }),
            _ => Err(Problem::impossible(
                "invalid",
                "name a `user`, an `organization` or both, or else a `plan`",
            )),
        }
    }
}

async fn check(State(app): State<Shared>, sent: Sent<Check>) -> Result<Response, Problem> {
    let body = sent.body;
    if !(1..=MOST).contains(&body.expectations.len()) {
        let message = format!("expectations: name 1 to {MOST} of them");
        return Err(Problem::impossible("invalid", message));
    }
    let read = body.expectations.iter().enumerate().map(|(index, text)| {
        let expectation = text.parse::<Expectation>();
        expectation
            .map_err(|e| Problem::impossible("invalid", format!("expectations[{index}]: {e}")))
    });
    let expectations: Vec<Expectation> = read.collect::<Result<_, _>>()?;
    let question = body.question()?;
    let subject = (&question).into();
    let only = match expectations.as_slice() {
        [only] => Some(only.feature.clone()),
        _ => None,
    };
    let (at, revision, answers) = decided(&app, (question, body.at), only).await?;
    let judged = expectations.iter().map(|expectation| {
        let found = answers.binary_search_by(|(key, ..)| key.cmp(&expectation.feature));
        let found = found.ok().and_then(|place| answers.get(place));
        let unknown = || Refusal::UnknownFeature(expectation.feature.clone());
        let (_, kind, decision) = found.ok_or_else(unknown)?;
        let fits = expectation.fits(*kind);
        fits.map_err(|error| Problem::impossible("wrong_type", error.to_string()))?;
        let (answer, layer) = (decision.answer, decision.winner);
        Ok(ExpectationTold::new(expectation, answer, layer))
    });
    let judged: Vec<ExpectationTold> = judged.collect::<Result<_, Problem>>()?;
    let told = CheckTold {
        ok: judged.iter().all(ExpectationTold::holds),
        subject,
        at,
        revision,
        expectations: judged,
    };
    let answer = Told::new(&told)?.timed(&told.expectations)?;
    Ok(answer.answer(&sent.asked, revision))
}
