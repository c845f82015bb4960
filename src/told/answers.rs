//! What somebody gets, and why.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::moment;
use crate::domain::catalog::Revision;
use crate::domain::expect::Expectation;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::resolve::LayerKind;
use crate::domain::target::{Id, Target};
use crate::domain::text::Reason;
use crate::domain::time::Time;
use crate::domain::value::{Answer, Kind, Value};
use crate::store::{Entry, Question};

/// A feature's value for somebody: `false`, `true` or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueTold(pub Answer);

impl Serialize for ValueTold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            None => serializer.serialize_bool(false),
            Some(Value::On) => serializer.serialize_bool(true),
            Some(Value::Limit(limit)) => serializer.serialize_u64(limit.get()),
        }
    }
}

impl JsonSchema for ValueTold {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Answer".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "`false`, `true`, or the number of a limit",
            "oneOf": [
                {"type": "boolean"},
                {"type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64}
            ]
        })
    }
}

/// Who was asked about.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct SubjectTold {
    /// The user.
    pub user: Option<Id>,
    /// The organization; with a user, the only one of the user's that counts.
    pub organization: Option<Id>,
    /// Anybody on this plan.
    pub plan: Option<PlanKey>,
    /// Custom targets that came with the question.
    pub targets: Vec<Target>,
}

impl From<&Question> for SubjectTold {
    fn from(question: &Question) -> Self {
        let mut told = Self::default();
        let targets = match question {
            Question::User {
                id,
                within,
                targets,
            } => {
                told.user = Some(id.clone());
                told.organization.clone_from(within);
                targets
            }
            Question::Organization { id, targets } => {
                told.organization = Some(id.clone());
                targets
            }
            Question::Plan { plan, targets } => {
                told.plan = Some(plan.clone());
                targets
            }
        };
        told.targets.clone_from(targets);
        told
    }
}

/// One feature's value.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FeatureAnswer {
    /// Which feature.
    pub feature: FeatureKey,
    /// What values it has.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What they get.
    pub value: ValueTold,
    /// The layer that decided.
    pub layer: LayerKind,
    /// Who.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectTold>,
    /// The moment asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
    /// The revision that answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<Revision>,
}

/// What is on, by feature.
#[derive(Debug)]
pub struct OnTold(Vec<(FeatureKey, ValueTold)>);

impl Serialize for OnTold {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl JsonSchema for OnTold {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "On".into()
    }

    fn json_schema(shapes: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<String, ValueTold>::json_schema(shapes)
    }
}

/// All that somebody gets.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Entitlements {
    /// Who.
    pub subject: SubjectTold,
    /// The moment asked about.
    pub at: Time,
    /// The revision that answers.
    pub revision: Revision,
    /// By feature: what is on, as a token would say it.
    pub entitlements: OnTold,
    /// Every feature.
    pub features: Vec<FeatureAnswer>,
}

impl Entitlements {
    /// Tells of the answers, each without what is told once for all.
    pub fn new(
        subject: SubjectTold,
        at: Time,
        revision: Revision,
        features: Vec<FeatureAnswer>,
    ) -> Self {
        let on = features.iter().filter(|answer| answer.value.0.is_some());
        let on = on.map(|answer| (answer.feature.clone(), answer.value));
        Self {
            subject,
            at,
            revision,
            entitlements: OnTold(on.collect()),
            features,
        }
    }
}

/// Whether everything expected holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CheckTold {
    /// Whether all of it does.
    pub ok: bool,
    /// Who was asked about.
    pub subject: SubjectTold,
    /// The moment asked about.
    pub at: Time,
    /// The revision that answers.
    pub revision: Revision,
    /// One by one.
    pub expectations: Vec<ExpectationTold>,
}

/// Whether one thing expected holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExpectationTold {
    expectation: String,
    ok: bool,
    feature: FeatureKey,
    value: ValueTold,
    layer: LayerKind,
}

impl ExpectationTold {
    /// Judges an expectation by the answer that a layer gave.
    pub fn new(expectation: &Expectation, answer: Answer, layer: LayerKind) -> Self {
        Self {
            expectation: expectation.to_string(),
            ok: expectation.holds(answer),
            feature: expectation.feature.clone(),
            value: ValueTold(answer),
            layer,
        }
    }

    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.ok
    }
}

/// An answer with what every layer said.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Explanation {
    /// Which feature.
    pub feature: FeatureKey,
    /// What values it has.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What they get.
    pub value: ValueTold,
    /// The layer that decided.
    pub layer: LayerKind,
    /// Who.
    pub subject: SubjectTold,
    /// The moment asked about.
    pub at: Time,
    /// The revision that answers.
    pub revision: Revision,
    /// Every layer, strongest first.
    pub layers: Vec<LayerTold>,
}

/// What a layer said.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LayerTold {
    /// Which.
    pub layer: LayerKind,
    /// `won`, `lost`, `silent`, or `aside` for what a layer set aside within itself.
    pub outcome: &'static str,
    /// Its answer, if it has one.
    pub value: Option<ValueTold>,
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Option<Time>,
    set_by: Option<String>,
    set_at: Option<String>,
    set_with: Option<String>,
    set_because: Option<Reason>,
    set_in_revision: Option<Revision>,
}

impl LayerTold {
    /// Tells of a layer, and of the write that set what it says.
    pub fn new(
        layer: LayerKind,
        outcome: &'static str,
        (answer, until): (Option<Answer>, Option<Time>),
        reason: String,
        set: Option<&Entry>,
    ) -> Self {
        Self {
            layer,
            outcome,
            value: answer.map(ValueTold),
            reason,
            until,
            set_by: set.map(|entry| entry.actor.clone()),
            set_at: set.map(|entry| moment(entry.at)),
            set_with: set.map(|entry| entry.command.clone()),
            set_because: set.and_then(|entry| entry.reason.clone()),
            set_in_revision: set.map(|entry| entry.revision),
        }
    }
}
