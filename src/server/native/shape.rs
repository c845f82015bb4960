//! The schemas of what requests are made of beside documents.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::domain::catalog::Revision;
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::target::{Id, Target};
use crate::edit::{Alter, AlterSet, Word};
use crate::store::RecordKind;

/// The schema of what stands in a path under this name.
pub(super) fn of_path(name: &str, shapes: &mut SchemaGenerator) -> Schema {
    match name {
        "feature" => shapes.subschema_for::<FeatureKey>(),
        "plan" => shapes.subschema_for::<PlanKey>(),
        "revision" => shapes.subschema_for::<Revision>(),
        "target" => shapes.subschema_for::<Target>(),
        "kind" => {
            let kinds = RecordKind::ALL.map(RecordKind::as_str);
            json_schema!({"type": "string", "enum": kinds})
        }
        _ => shapes.subschema_for::<Id>(),
    }
}

impl JsonSchema for Word {
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "`true`, `false` or the number of a limit",
            "oneOf": [
                {"type": "boolean"},
                {"type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991_u64},
                {"type": "string", "enum": ["on", "off", "unlimited"]}
            ]
        })
    }
}

impl<T: JsonSchema> JsonSchema for Alter<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn json_schema(shapes: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(shapes)
    }
}

impl<T: JsonSchema + Ord> JsonSchema for AlterSet<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Alter{}", T::schema_name()).into()
    }

    fn json_schema(shapes: &mut SchemaGenerator) -> Schema {
        let one = shapes.subschema_for::<T>();
        let all = json_schema!({"type": "array", "items": one});
        let some = json_schema!({"type": ["array", "null"], "items": one});
        json_schema!({
            "description": "All that is to be there, or what comes and goes",
            "oneOf": [
                all,
                {
                    "type": "object",
                    "properties": {"add": some, "remove": some},
                    "additionalProperties": false
                }
            ]
        })
    }
}
