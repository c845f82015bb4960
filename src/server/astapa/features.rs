//! Features, their overrides, and the question whether a user has one.

use axum::Json;
use axum::extract::{Request, State};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::body::Call;
use super::error::Failed;
use super::write::carry_out;
use crate::domain::feature::Feature;
use crate::domain::key::FeatureKey;
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::text::{Description, Name};
use crate::domain::value::{Kind, answer_as_json};
use crate::edit::{Alter, DefineFeature, Edit, EditFeature, SetOverride, Word};
use crate::server::access::Scope;
use crate::server::app::{App, Shared};
use crate::server::evaluate::Which;
use crate::store::{Question, Scope as Features, Snapshot, Store, StoreError};

/// A handler's answer.
type Answer = Result<Json<Value>, Failed>;

/// Defines a feature, or alters what people call it.
pub(super) async fn define(State(app): State<Shared>, request: Request) -> Answer {
    let call = Call::read(&app, request, Scope::Write).await?;
    let wanted = Wanted::read(&call)?;
    let key = wanted.feature.clone();
    carry_out(&app, &call.caller, move |snapshot| wanted.edit(snapshot)).await?;
    let definition = definition(&app, key).await?;
    Ok(Json(definition))
}

/// A feature as a call describes it.
struct Wanted {
    feature: FeatureKey,
    kind: Option<Kind>,
    name: Alter<Name>,
    description: Alter<Description>,
}

impl Wanted {
    fn read(call: &Call) -> Result<Self, Failed> {
        let kind = match call.text_if_given("feature_type")? {
            None => None,
            Some("boolean") => Some(Kind::Boolean),
            Some("limit") => Some(Kind::Limit),
            Some(_) => {
                return Err(Failed::invalid("`feature_type` is `boolean` or `limit`"));
            }
        };
        Ok(Self {
            feature: call.feature()?,
            kind,
            name: altered(call, "name")?,
            description: altered(call, "description")?,
        })
    }

    /// The edit that it takes: what is there already keeps its type.
    fn edit(&self, snapshot: &dyn Snapshot) -> Result<Edit, Failed> {
        let feature = self.feature.clone();
        let catalog = snapshot.catalog(Features::Features(std::slice::from_ref(&feature)))?;
        let Some(found) = catalog.features.get(&feature) else {
            let untyped = || Failed::invalid("`feature_type` is missing, and the feature is new");
            let kind = self.kind.ok_or_else(untyped)?;
            return Ok(Edit::DefineFeature(DefineFeature {
                name: self.name.put().cloned(),
                description: self.description.put().cloned(),
                ..DefineFeature::new(feature, kind)
            }));
        };
        let kind = found.feature.kind;
        if self.kind.is_some_and(|wanted| wanted != kind) {
            return Err(StoreError::Refused(Refusal::KindIsFixed { feature, kind }).into());
        }
        Ok(Edit::EditFeature(EditFeature {
            name: self.name.clone(),
            description: self.description.clone(),
            ..EditFeature::new(feature)
        }))
    }
}

/// What becomes of a text: a member that is missing leaves it, `null` takes it away.
fn altered<T: std::str::FromStr<Err: std::fmt::Display>>(
    call: &Call,
    name: &str,
) -> Result<Alter<T>, Failed> {
    if call.is_null(name) {
        return Ok(Alter::Clear);
    }
    let text = call.text_if_given(name)?.map(str::parse).transpose();
    let text = text.map_err(|error| Failed::invalid(format!("`{name}`: {error}")))?;
    Ok(text.into())
}

async fn definition(app: &App, key: FeatureKey) -> Result<Value, Failed> {
    let look = move |store: &dyn Store| -> Result<Value, StoreError> {
        let scope = Features::Features(std::slice::from_ref(&key));
        let catalog = store.snapshot()?.catalog(scope)?;
        let found = catalog.features.get(&key);
        // Somebody may have deleted it since.
        let found = found.ok_or_else(|| Refusal::UnknownFeature(key.clone()))?;
        Ok(described(&key, &found.feature))
    };
    Ok(app.stores.read(look).await?)
}

fn described(key: &FeatureKey, feature: &Feature) -> Value {
    json!({
        "feature_key": key,
        "feature_type": feature.kind,
        "name": feature.name,
        "description": feature.description,
    })
}

/// Deletes a feature with all that hangs on it.
pub(super) async fn delete(State(app): State<Shared>, request: Request) -> Answer {
    let call = Call::read(&app, request, Scope::Write).await?;
    let feature = call.feature()?;
    let edit = Edit::DeleteFeature {
        feature: feature.clone(),
    };
    carry_out(&app, &call.caller, move |_| Ok(edit.clone())).await?;
    Ok(Json(json!({"feature_key": feature, "deleted": true})))
}

/// Overrides a feature for a user.
pub(super) async fn set_override(State(app): State<Shared>, request: Request) -> Answer {
    let call = Call::read(&app, request, Scope::Write).await?;
    let (user, feature) = (call.user()?, call.feature()?);
    let word = effect(&call)?;
    let edit = Edit::SetOverride(SetOverride {
        subject: SubjectId::User(user.clone()),
        feature: feature.clone(),
        value: word,
        reason: None,
        starts: None,
        expires: None,
        create: false,
    });
    carry_out(&app, &call.caller, move |_| Ok(edit.clone())).await?;
    let mut told = json!({"end_user_id": user, "feature_key": feature});
    match word {
        Some(Word::Off) => told["action"] = json!("revoke"),
        word => {
            told["action"] = json!("grant");
            told["value"] = json!(word.unwrap_or(Word::On));
        }
    }
    Ok(Json(told))
}

/// What a call does with the feature: off revokes, nothing is on unless it is a limit.
fn effect(call: &Call) -> Result<Option<Word>, Failed> {
    let value = call.member("value").map(word).transpose()?;
    match (call.text("action")?, value) {
        ("grant", Some(Word::Off)) => {
            let description = "what is granted has no `value` of false: `action` is `revoke`";
            Err(Failed::invalid(description))
        }
        ("grant", value) => Ok(value),
        ("revoke", None | Some(Word::Off)) => Ok(Some(Word::Off)),
        ("revoke", Some(_)) => Err(Failed::invalid("what is revoked has no `value`")),
        _ => Err(Failed::invalid("`action` is `grant` or `revoke`")),
    }
}

fn word(value: &Value) -> Result<Word, Failed> {
    of_json(value).ok_or_else(|| {
        let form = "true, or for a limit a whole number from 0 to 9007199254740991";
        Failed::invalid(format!("`value` is {form}"))
    })
}

fn of_json<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

/// Takes an override away, if there is one.
pub(super) async fn unset_override(State(app): State<Shared>, request: Request) -> Answer {
    let call = Call::read(&app, request, Scope::Write).await?;
    let (user, feature) = (call.user()?, call.feature()?);
    let edit = Edit::UnsetOverride {
        subject: SubjectId::User(user.clone()),
        feature: feature.clone(),
    };
    let written = carry_out(&app, &call.caller, move |_| Ok(edit.clone())).await?;
    let deleted = !written.changes.is_empty();
    Ok(Json(
        json!({"end_user_id": user, "feature_key": feature, "deleted": deleted}),
    ))
}

/// Says whether a user has a feature, and what of it.
pub(super) async fn check(State(app): State<Shared>, request: Request) -> Answer {
    let call = Call::read(&app, request, Scope::Evaluate).await?;
    let (user, feature) = (call.user()?, call.feature()?);
    let question = Question::User {
        id: user,
        within: None,
        targets: Vec::new(),
    };
    let evaluated = app.evaluate(question, Which::One(feature.clone())).await?;
    let found = evaluated.answers.into_iter().next();
    let Some((_, _, decision)) = found else {
        return Err(StoreError::Refused(Refusal::UnknownFeature(feature)).into());
    };
    Ok(Json(json!({
        "has_feature": decision.answer.is_some(),
        "value": answer_as_json(decision.answer),
    })))
}
