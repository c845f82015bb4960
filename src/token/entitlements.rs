//! Entitlements as the claims of a token, in the shape of each product.
//!
//! The shapes are those that [`Statement`](super::Statement) reads. What a shape cannot carry is
//! left out and named, never bent into something else: WorkOS's list has no place for a number.

use serde_json::{Map, Value, json};

use crate::domain::key::FeatureKey;
use crate::domain::value::{self, Answer, answer_as_json};

/// Whose tokens are to be imitated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `features`, with limits as numbers, and `custom_claims.plan` (contract: Astapa, access
    /// token).
    Astapa,
    /// `feature_flags`, the features that are on (contract: WorkOS, access token).
    WorkOs,
    /// `custom_claims.flags` and `custom_claims.plan`, as a WorkOS JWT template makes them.
    Custom,
}

impl Dialect {
    /// The issuer that such tokens name.
    #[must_use]
    pub const fn issuer(self) -> Option<&'static str> {
        match self {
            Self::Astapa => Some("auth.astapa.com"),
            Self::WorkOs => Some("https://api.workos.com"),
            Self::Custom => None,
        }
    }

    /// How many seconds such tokens are valid by default.
    #[must_use]
    pub const fn lifetime(self) -> i64 {
        match self {
            Self::Astapa | Self::Custom => 3600,
            Self::WorkOs => 300,
        }
    }
}

/// Claims, and the features that are on and have no place in them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entitlements {
    /// The claims, by name.
    pub claims: Map<String, Value>,
    /// What was left out.
    pub left_out: Vec<FeatureKey>,
}

impl Entitlements {
    /// Puts answers and plan into claims. Features that are off are left out of every shape: a
    /// reader takes a missing feature for one that is off.
    pub fn of<'a>(
        dialect: Dialect,
        answers: impl Iterator<Item = (&'a FeatureKey, Answer)>,
        plan: Option<&str>,
    ) -> Self {
        let on = answers.filter(|(_, answer)| answer.is_some());
        let mut made = Self::default();
        match dialect {
            Dialect::Astapa => {
                if let Some(plan) = plan {
                    made.claims
                        .insert("custom_claims".to_owned(), json!({ "plan": plan }));
                }
                made.claims.insert("features".to_owned(), object(on));
            }
            Dialect::Custom => {
                let mut custom = json!({ "flags": object(on) });
                if let Some(plan) = plan {
                    custom["plan"] = json!(plan);
                }
                made.claims.insert("custom_claims".to_owned(), custom);
            }
            Dialect::WorkOs => made.list(on),
        }
        made
    }

    fn list<'a>(&mut self, on: impl Iterator<Item = (&'a FeatureKey, Answer)>) {
        let mut slugs = Vec::new();
        for (key, answer) in on {
            match answer {
                Some(value::Value::Limit(_)) => self.left_out.push(key.clone()),
                _ => slugs.push(json!(key)),
            }
        }
        self.claims.insert("feature_flags".to_owned(), slugs.into());
    }
}

fn object<'a>(on: impl Iterator<Item = (&'a FeatureKey, Answer)>) -> Value {
    let members = on.map(|(key, answer)| (key.to_string(), answer_as_json(answer)));
    Value::Object(members.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::{Statement, TokenValue};

    fn made(dialect: Dialect) -> Entitlements {
        let limit = |number: &str| Some(value::Value::Limit(number.parse().unwrap()));
        let answers: [(FeatureKey, Answer); 3] = [
            ("analytics".parse().unwrap(), Some(value::Value::On)),
            ("beta".parse().unwrap(), None),
            ("max_seats".parse().unwrap(), limit("5")),
        ];
        let answers = answers.iter().map(|(key, answer)| (key, *answer));
        Entitlements::of(dialect, answers, Some("pro"))
    }

    #[test]
    fn each_shape_reads_back_as_what_was_put_in() {
        for dialect in [Dialect::Astapa, Dialect::Custom] {
            let said = Statement::read(&made(dialect).claims);
            let values: Vec<_> = said.features.iter().map(|found| &found.value).collect();
            assert_eq!(
                values,
                [&TokenValue::On, &TokenValue::Limit(5)],
                "{dialect:?}"
            );
            assert_eq!(said.plan(), Some("pro"));
            assert_eq!(made(dialect).left_out, []);
        }
    }

    #[test]
    fn a_list_has_no_place_for_a_limit_and_names_it() {
        let made = made(Dialect::WorkOs);
        let said = Statement::read(&made.claims);
        assert_eq!(said.features.len(), 1);
        assert_eq!(made.left_out, ["max_seats".parse().unwrap()]);
    }
}
