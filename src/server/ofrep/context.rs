//! Who is asked about: what an OpenFeature program says of its user.
//!
//! `targetingKey` is the user. `plan`, `organization` and `organizations` take the place of what the
//! store knows of that user. Every other attribute is a custom target where a rule names targets of
//! that type (`"workspace": "ws_1"` is `workspace:ws_1`), and else of no concern here: programs send
//! whatever they know.

use std::str::FromStr;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::refused::Refused;
use crate::domain::key::PlanKey;
use crate::domain::target::{Id, Target, TargetType};
use crate::server::app::App;
use crate::server::evaluate::Context;
use crate::server::live::Prepared;

#[derive(Deserialize)]
struct Request {
    #[serde(default)]
    context: Map<String, Value>,
}

/// Reads the context of a request. What it may name, the definitions in memory say.
pub(super) fn read(body: &[u8], app: &App) -> Result<Context, Refused> {
    let request = match body.is_empty() {
        true => Request {
            context: Map::new(),
        },
        false => serde_json::from_slice(body).map_err(|error| Refused::unreadable(&error))?,
    };
    let read = app
        .live
        .definitions(|known| read_with(&request.context, known));
    read.unwrap_or_else(|| Err(Refused::unwritable()))
}

fn read_with(attributes: &Map<String, Value>, known: &Prepared) -> Result<Context, Refused> {
    let mut context = Context::default();
    for (name, value) in attributes {
        match name.as_str() {
            "targetingKey" => context.user = one(name, value)?,
            "plan" => context.plan = one::<PlanKey>(name, value)?,
            "organization" => context.organizations = one::<Id>(name, value)?.map(|id| vec![id]),
            "organizations" => context.organizations = several(name, value)?,
            _ => context.targets.extend(targets(name, value, known)),
        }
    }
    if let Some(plan) = &context.plan
        && !known.catalog().plans.contains_key(plan)
    {
        return Err(Refused::context(format!(
            "`plan`: there is no plan `{plan}`"
        )));
    }
    let Context {
        user,
        plan,
        organizations,
        ..
    } = &context;
    match user.is_none() && plan.is_none() && organizations.is_none() {
        true => Err(Refused::nobody()),
        false => Ok(context),
    }
}

/// One text; nothing counts as not said.
fn one<T: FromStr<Err: std::fmt::Display>>(
    name: &str,
    value: &Value,
) -> Result<Option<T>, Refused> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.is_empty() => Ok(None),
        Value::String(text) => {
            let parsed = text.parse();
            let parsed = parsed.map_err(|error| Refused::context(format!("`{name}`: {error}")))?;
            Ok(Some(parsed))
        }
        _ => Err(Refused::context(format!("`{name}` has to be a text"))),
    }
}

fn several(name: &str, value: &Value) -> Result<Option<Vec<Id>>, Refused> {
    match value {
        Value::Null => Ok(None),
        Value::Array(values) => {
            let ids = values.iter().map(|value| one(name, value));
            let ids = ids.collect::<Result<Vec<_>, _>>()?;
            Ok(Some(ids.into_iter().flatten().collect()))
        }
        _ => Err(Refused::context(format!(
            "`{name}` has to be a list of texts"
        ))),
    }
}

/// The custom targets that an attribute stands for. What could never be on a list is passed over.
fn targets(name: &str, value: &Value, known: &Prepared) -> Vec<Target> {
    let Some(target_type) = known.custom_types().get(name) else {
        return Vec::new();
    };
    let target = |value: &Value| -> Option<Target> {
        let id = match value {
            Value::String(text) => text.parse().ok()?,
            Value::Number(number) => number.to_string().parse().ok()?,
            _ => return None,
        };
        let target_type = TargetType::clone(target_type);
        Some(Target { target_type, id })
    };
    match value {
        Value::Array(values) => values.iter().filter_map(target).collect(),
        one => target(one).into_iter().collect(),
    }
}
