//! What a token *says* about entitlements, whichever product issued it.
//!
//! The same fact travels in four shapes: Astapa's `features` object, WorkOS's `feature_flags` list,
//! and the `flags` object that WorkOS's JWT templates put under `customClaims` or `custom_claims`.
//! Reading them in one place keeps every command's answer the same. Nothing is lost on the way: a
//! value of an unexpected type is kept and reported as such, since "the claim is there, but a string"
//! is precisely what somebody searching for a missing feature has to learn.
//!
//! Nothing here is trusted; see the module above.

use serde_json::{Map, Value};

use super::values::{Found, Shape, TokenValue};

/// A plan named by a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanClaim {
    /// The plan's key as the token spells it.
    pub plan: String,
    /// `custom_claims.plan` or `customClaims.plan`.
    pub path: &'static str,
}

/// A claim this module knows, with a value of a type it does not have.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// The claim's path: `sub`, `feature_flags[2]`.
    pub path: String,
    /// What stands there.
    pub value: Value,
    /// What should: `a string`, `an object`, `an array of strings`.
    pub expected: &'static str,
}

/// Everything a token states about features, plan and identity, in the order of its text.
///
/// Claims of other names are not here: they are in the claims themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statement {
    /// The features, from all shapes. A key may occur more than once, even contradicting itself.
    pub features: Vec<Found>,
    /// The feature claims that are present, empty ones too. None at all means that the token says
    /// nothing about features, which is not the same as saying that all are off.
    pub shapes: Vec<Shape>,
    /// The plans named, one per path: see [`Statement::plan`].
    pub plans: Vec<PlanClaim>,
    /// `org_id`.
    pub organization: Option<String>,
    /// `role`: in WorkOS the role within the organization.
    pub role: Option<String>,
    /// `roles`.
    pub roles: Vec<String>,
    /// `permissions`.
    pub permissions: Vec<String>,
    /// WorkOS's `entitlements`: what was bought, as strings; not our word.
    pub entitlements: Vec<String>,
    /// `sub` (RFC 7519 §4.1.2).
    pub subject: Option<String>,
    /// `sid`: the session.
    pub session: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `iss` (RFC 7519 §4.1.1).
    pub issuer: Option<String>,
    /// `aud`, one string or several (RFC 7519 §4.1.3).
    pub audience: Vec<String>,
    /// `jti` (RFC 7519 §4.1.7).
    pub token_id: Option<String>,
    /// Known claims with values of a wrong type. A feature's wrong value is not here but in
    /// [`TokenValue::Other`].
    pub misfits: Vec<Misfit>,
}

impl Statement {
    /// Reads the claims; no type of any of them is an error.
    #[must_use]
    pub fn read(claims: &Map<String, Value>) -> Self {
        let mut said = Self::default();
        for (name, value) in claims {
            said.take(name, value);
        }
        said
    }

    /// The plan the token names; the first, should it name two.
    #[must_use]
    pub fn plan(&self) -> Option<&str> {
        self.plans.first().map(|claim| claim.plan.as_str())
    }

    /// What the token states for one key (matched exactly, case included), in every shape.
    pub fn about<'said>(&'said self, key: &'said str) -> impl Iterator<Item = &'said Found> {
        self.features.iter().filter(move |found| found.key == key)
    }

    fn take(&mut self, name: &str, value: &Value) {
        let misfits = &mut self.misfits;
        match name {
            "features" => self.take_object(Shape::Features, value),
            "feature_flags" => self.take_list(value),
            "customClaims" => {
                self.take_custom(name, Shape::CustomClaimsCamel, "customClaims.plan", value);
            }
            "custom_claims" => {
                self.take_custom(name, Shape::CustomClaimsSnake, "custom_claims.plan", value);
            }
            "org_id" => self.organization = text(name, value, misfits),
            "role" => self.role = text(name, value, misfits),
            "roles" => self.roles = texts(name, value, misfits),
            "permissions" => self.permissions = texts(name, value, misfits),
            "entitlements" => self.entitlements = texts(name, value, misfits),
            "sub" => self.subject = text(name, value, misfits),
            "sid" => self.session = text(name, value, misfits),
            "email" => self.email = text(name, value, misfits),
            "iss" => self.issuer = text(name, value, misfits),
            "jti" => self.token_id = text(name, value, misfits),
            "aud" => {
                self.audience = match value {
                    Value::String(only) => vec![only.clone()],
                    several => texts(name, several, misfits),
                }
            }
            _ => {}
        }
    }

    fn take_object(&mut self, shape: Shape, value: &Value) {
        self.shapes.push(shape);
        match value {
            Value::Object(members) => {
                self.features
                    .extend(members.iter().map(|(key, value)| Found {
                        key: key.clone(),
                        value: TokenValue::read(value),
                        shape,
                    }))
            }
            _ => self.misfits.push(misfit(shape.path(), value, "an object")),
        }
    }

    fn take_list(&mut self, value: &Value) {
        let shape = Shape::FeatureFlags;
        self.shapes.push(shape);
        let slugs = texts(shape.path(), value, &mut self.misfits);
        self.features.extend(slugs.into_iter().map(|key| Found {
            key,
            value: TokenValue::On,
            shape,
        }));
    }

    fn take_custom(&mut self, name: &str, shape: Shape, path: &'static str, value: &Value) {
        let Value::Object(members) = value else {
            self.misfits.push(misfit(name, value, "an object"));
            return;
        };
        for (name, value) in members {
            match name.as_str() {
                "flags" => self.take_object(shape, value),
                "plan" => {
                    let plan = text(path, value, &mut self.misfits);
                    self.plans.extend(plan.map(|plan| PlanClaim { plan, path }));
                }
                _ => {}
            }
        }
    }
}

fn text(path: &str, value: &Value, misfits: &mut Vec<Misfit>) -> Option<String> {
    if let Value::String(text) = value {
        return Some(text.clone());
    }
    misfits.push(misfit(path, value, "a string"));
    None
}

fn texts(path: &str, value: &Value, misfits: &mut Vec<Misfit>) -> Vec<String> {
    let Value::Array(elements) = value else {
        misfits.push(misfit(path, value, "an array of strings"));
        return Vec::new();
    };
    let mut texts = Vec::with_capacity(elements.len());
    for (index, element) in elements.iter().enumerate() {
        match element {
            Value::String(text) => texts.push(text.clone()),
            other => misfits.push(misfit(&format!("{path}[{index}]"), other, "a string")),
        }
    }
    texts
}

fn misfit(path: &str, value: &Value, expected: &'static str) -> Misfit {
    Misfit {
        path: path.to_owned(),
        value: value.clone(),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(claims: &Value) -> Statement {
        claims.as_object().map(Statement::read).unwrap_or_default()
    }

    fn features(said: &Statement) -> Vec<(&str, TokenValue, String)> {
        let each = |found: &Found| found.value.clone();
        said.features
            .iter()
            .map(|f| (f.key.as_str(), each(f), f.shape.to_string()))
            .collect()
    }

    fn misfits(said: &Statement) -> Vec<(&str, &Value, &str)> {
        said.misfits
            .iter()
            .map(|m| (m.path.as_str(), &m.value, m.expected))
            .collect()
    }

    #[test]
    fn astapa_tokens_are_understood() {
        let said = read(&json!({
            "sub": "user-id",
            "email": "user@example.com",
            "custom_claims": {"plan": "pro", "team": 7},
            "features": {"analytics": true, "beta": false, "max_seats": 5},
            "iss": "auth.astapa.com",
            "exp": 1_234_567_890
        }));
        let path = || "features".to_owned();
        assert_eq!(
            features(&said),
            [
                ("analytics", TokenValue::On, path()),
                ("beta", TokenValue::Off, path()),
                ("max_seats", TokenValue::Limit(5), path()),
            ]
        );
        assert_eq!(said.plan(), Some("pro"));
        assert_eq!(said.subject.as_deref(), Some("user-id"));
        assert_eq!(said.email.as_deref(), Some("user@example.com"));
        assert_eq!(said.issuer.as_deref(), Some("auth.astapa.com"));
        assert_eq!(said.misfits, []);
    }

    #[test]
    fn workos_tokens_are_understood() {
        let said = read(&json!({
            "iss": "https://api.workos.com", "sub": "user_1", "sid": "session_1", "jti": "j1",
            "org_id": "org_1", "role": "admin", "roles": ["admin", "member"],
            "permissions": ["posts:read"], "entitlements": ["audit-logs"],
            "feature_flags": ["new-ui", "advanced"], "aud": ["a", "b"]
        }));
        let path = || "feature_flags".to_owned();
        assert_eq!(
            features(&said),
            [
                ("new-ui", TokenValue::On, path()),
                ("advanced", TokenValue::On, path())
            ]
        );
        assert_eq!(said.organization.as_deref(), Some("org_1"));
        assert_eq!(said.session.as_deref(), Some("session_1"));
        assert_eq!(said.token_id.as_deref(), Some("j1"));
        assert_eq!(said.role.as_deref(), Some("admin"));
        assert_eq!(said.roles, ["admin", "member"]);
        assert_eq!(said.permissions, ["posts:read"]);
        assert_eq!(said.entitlements, ["audit-logs"]);
        assert_eq!(said.audience, ["a", "b"]);
        assert_eq!(read(&json!({"aud": "one"})).audience, ["one"]);
        assert_eq!(said.misfits, []);
    }

    #[test]
    fn all_shapes_are_read_in_the_order_of_the_text() {
        let said = read(&json!({
            "customClaims": {"flags": {"a": true}, "plan": "pro"},
            "feature_flags": ["b"],
            "custom_claims": {"plan": "free", "flags": {"a": false}},
            "features": {}
        }));
        assert_eq!(
            features(&said),
            [
                ("a", TokenValue::On, "customClaims.flags".to_owned()),
                ("b", TokenValue::On, "feature_flags".to_owned()),
                ("a", TokenValue::Off, "custom_claims.flags".to_owned()),
            ]
        );
        assert_eq!(said.about("a").count(), 2);
        assert_eq!(said.about("A").count(), 0);
        assert_eq!(said.plan(), Some("pro"));
        assert_eq!(
            said.plans[1],
            PlanClaim {
                plan: "free".to_owned(),
                path: "custom_claims.plan"
            }
        );
        assert_eq!(
            said.shapes,
            [
                Shape::CustomClaimsCamel,
                Shape::FeatureFlags,
                Shape::CustomClaimsSnake,
                Shape::Features
            ]
        );
    }

    #[test]
    fn a_token_without_feature_claims_says_nothing_about_features() {
        let said = read(&json!({"sub": "u1", "custom_claims": {}}));
        assert_eq!(
            (said.features.len(), said.shapes.len(), said.plan()),
            (0, 0, None)
        );
    }

    #[test]
    fn wrong_types_are_kept_not_dropped() {
        let said = read(&json!({
            "features": ["analytics"],
            "feature_flags": ["a", 7, null, "b"],
            "custom_claims": {"plan": 3, "flags": {"x": "yes"}},
            "customClaims": "none",
            "sub": 42, "aud": {"a": 1}, "roles": "admin"
        }));
        assert_eq!(
            misfits(&said),
            [
                ("features", &json!(["analytics"]), "an object"),
                ("feature_flags[1]", &json!(7), "a string"),
                ("feature_flags[2]", &json!(null), "a string"),
                ("custom_claims.plan", &json!(3), "a string"),
                ("customClaims", &json!("none"), "an object"),
                ("sub", &json!(42), "a string"),
                ("aud", &json!({"a": 1}), "an array of strings"),
                ("roles", &json!("admin"), "an array of strings"),
            ]
        );
        assert_eq!(
            features(&said),
            [
                ("a", TokenValue::On, "feature_flags".to_owned()),
                ("b", TokenValue::On, "feature_flags".to_owned()),
                (
                    "x",
                    TokenValue::Other(json!("yes")),
                    "custom_claims.flags".to_owned()
                ),
            ]
        );
    }
}
