//! The JSON Schemas of the domain's types, for documents that are made of them.
//!
//! They stand here and not beside the types because the domain knows nothing of schemas. What they
//! say is what the types' own reading and writing does.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::domain::catalog::Revision;
use crate::domain::change::ChangeSet;
use crate::domain::expect::Expectation;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::Override;
use crate::domain::plan::{Currency, Period, Price};
use crate::domain::resolve::LayerKind;
use crate::domain::steps::Kept;
use crate::domain::subject::SubjectId;
use crate::domain::target::{Access, Audience, Id, Members, Percent, Serve, Target, TargetType};
use crate::domain::text::Text;
use crate::domain::time::Time;
use crate::domain::value::{Kind, Value};
use crate::store::Digest;

/// Gives types their schemas, each under its name.
macro_rules! shapes {
    ($($type:ty, $name:literal, $schema:tt;)*) => {$(
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

shapes! {
    FeatureKey, "FeatureKey", {"type": "string", "pattern": "^[a-z0-9_-]{1,64}$"};
    PlanKey, "PlanKey", {"type": "string", "pattern": "^[a-z0-9_-]{1,64}$"};
    Id, "Id", {
        "description": "1 to 255 printable ASCII characters without spaces, other than `.` and `..`",
        "type": "string", "pattern": "^([!-\\-/-~]|[!-\\-/-~][!-~]|[!-~][!-\\-/-~]|[!-~]{3,255})$"
    };
    TargetType, "TargetType", {"type": "string", "minLength": 1};
    Target, "Target", {
        "description": "A type and an identifier, such as `workspace:ws_1`",
        "type": "string", "pattern": "^[a-z][a-z0-9_-]{0,63}:[A-Za-z0-9_-]{1,255}$"
    };
    SubjectId, "Subject", {
        "description": "`user:u1` or `org:acme`",
        "type": "string", "pattern": "^(user|org|organization):[!-~]{1,255}$"
    };
    Revision, "Revision", {
        "description": "The version of the project: rises by one with each write",
        "type": "integer", "minimum": 0
    };
    Time, "Time", {
        "description": "A moment by RFC 3339, in UTC when answered", "type": "string"
    };
    Kind, "Kind", {"type": "string", "enum": ["boolean", "limit"]};
    Value, "Value", {
        "description": "`true`, or the number of a limit",
        "oneOf": [
            {"const": true},
            {"type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64}
        ]
    };
    Percent, "Percent", {"type": "number", "minimum": 0, "maximum": 100};
    Serve, "Serve", {"type": ["boolean", "null"]};
    Access, "Access", {"type": "string", "enum": ["none", "some", "all", "rules"]};
    LayerKind, "Layer", {
        "type": "string",
        "enum": [
            "switch", "user_override", "organization_override", "targeting", "plan", "default"
        ]
    };
    Price, "Price", {"type": "string", "pattern": "^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?$"};
    Currency, "Currency", {"type": "string", "pattern": "^[A-Z]{3}$"};
    Period, "Period", {"type": "string", "enum": ["monthly", "yearly", "one_time"]};
    Digest, "Hash", {"type": "string", "pattern": "^[0-9a-f]{64}$"};
    Expectation, "Expectation", {
        "description": "`analytics`, `!beta`, `max_seats>=5` (= != < <= >)", "type": "string"
    };
    Override, "Override", {
        "description": "`grant` with a value, or `revoke`",
        "type": "object",
        "properties": {
            "grant": {"type": ["boolean", "integer"]},
            "revoke": {"const": true},
            "reason": {"type": "string"},
            "starts": {"type": "string"},
            "expires": {"type": "string"}
        },
        "additionalProperties": false
    };
    ChangeSet, "Changes", {
        "type": "array",
        "items": {
            "description": "What was there before, and what is there after",
            "type": "object",
            "properties": {"change": {"type": "string", "enum": [
                "settings", "feature", "audience_default", "rule", "target", "plan", "grant",
                "user", "organization", "override"
            ]}},
            "required": ["change"]
        }
    };
    Kept, "Kept", {
        "description": "What is there and was not named, and so stays",
        "type": "object",
        "properties": {
            "default_plan": {"type": ["string", "null"]},
            "features": {"type": "array", "items": {"type": "string"}},
            "plans": {"type": "array", "items": {"type": "string"}},
            "grants": {"type": "array", "items": {"type": "object"}},
            "organizations": {"type": "integer"},
            "users": {"type": "integer"},
            "overrides": {"type": "integer"}
        }
    };
    Audience<Members>, "Audience", {
        "description": "Ordered rules, the first that matches serves, and what holds where none does",
        "type": "object",
        "properties": {
            "default": {"type": ["boolean", "null"]},
            "rules": {"type": "array", "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string", "maxLength": 256},
                    "serve": {"type": ["boolean", "null"]},
                    "when": {"type": "array", "items": {"oneOf": [
                        {
                            "type": "object",
                            "properties": {"one_of": {
                                "type": "object",
                                "properties": {
                                    "type": {"type": "string"},
                                    "ids": {"type": "array", "items": {"type": "string"}}
                                },
                                "required": ["type", "ids"],
                                "additionalProperties": false
                            }},
                            "required": ["one_of"],
                            "additionalProperties": false
                        },
                        {
                            "type": "object",
                            "properties": {
                                "percent": {"type": "number", "minimum": 0, "maximum": 100}
                            },
                            "required": ["percent"],
                            "additionalProperties": false
                        },
                        {
                            "type": "object",
                            "properties": {"unsupported": {"type": "string", "maxLength": 256}},
                            "required": ["unsupported"],
                            "additionalProperties": false
                        }
                    ]}}
                },
                "required": ["id", "serve", "when"],
                "additionalProperties": false
            }}
        },
        "required": ["default"],
        "additionalProperties": false
    };
}

impl<const MAX: usize> JsonSchema for Text<MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Text{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": MAX})
    }
}
