//! The project as a whole: its settings, the matrix, its catalog as a document, and several edits in
//! one write.

use std::cell::RefCell;
use std::ops::ControlFlow;

use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::look::{Told, look};
use super::moment::AsOf;
use super::operation::{Operation, read, write};
use super::take::{Asked, Query, Sent};
use super::write::{Planned, Wanted, WriteQuery, carry_out, effects};
use crate::domain::key::PlanKey;
use crate::domain::steps::Steps;
use crate::domain::subject::SubjectId;
use crate::domain::text::Reason;
use crate::edit::{Alter, Edit, EditSettings, plan_all};
use crate::file::catalog::{self, Around};
use crate::file::{self, Format, Mistakes};
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::{Parts, Past, Scope, Snapshot, StoreError, export, export_of};
use crate::told::{DiffTold, MatrixRow, SettingsTold, Written};

/// With more users and organizations than this a project is read page by page.
const MOST_SUBJECTS: usize = 10_000;
/// The most edits in one write.
const MOST_EDITS: usize = 1000;
/// How many mistakes of a document are told.
const TOLD: usize = 20;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        read(
            "/v1/settings",
            "showSettings",
            "What holds for the whole project",
            settings,
        )
        .answers::<SettingsTold>(),
        write(
            Method::PATCH,
            "/v1/settings",
            "editSettings",
            "Alter what holds for the whole project",
            alter,
        )
        .query::<WriteQuery>()
        .takes::<Alteration>()
        .answers::<Written>(),
        read(
            "/v1/matrix",
            "showMatrix",
            "What each plan gives of each feature",
            matrix,
        )
        .query::<MatrixQuery>()
        .answers::<Vec<MatrixRow<'static>>>(),
        read(
            "/v1/catalog",
            "exportCatalog",
            "The catalog as one document",
            exported,
        )
        .query::<ExportQuery>()
        .answers::<CatalogDocument>(),
        Operation {
            purpose: super::operation::Purpose::Read,
            ..write(
                Method::POST,
                "/v1/catalog/diff",
                "diffCatalog",
                "What applying a catalog would change, and for whom",
                diff,
            )
        }
        .query::<PruneQuery>()
        .takes::<CatalogDocument>()
        .answers::<DiffTold>(),
        write(
            Method::POST,
            "/v1/catalog/apply",
            "applyCatalog",
            "Make the catalog what a document says",
            apply,
        )
        .query::<ApplyQuery>()
        .takes::<CatalogDocument>()
        .answers::<Written>(),
        write(
            Method::POST,
            "/v1/edits",
            "carryOutEdits",
            "Several edits in one write, each of which sees what those before it leave",
            edits,
        )
        .query::<WriteQuery>()
        .takes::<Edits>()
        .answers::<Written>(),
    ]
}

async fn settings(State(app): State<Shared>, asked: Asked) -> Result<Response, Problem> {
    look(&app, asked, |snapshot| {
        let settings = snapshot.catalog(Scope::All)?.settings;
        Told::new(&SettingsTold {
            default_plan: settings.default_plan,
            max_features: settings.max_features,
        })
    })
    .await
}

/// What becomes of the settings; what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Alteration {
    /// The plan whose grants are everybody's floor
    #[serde(default)]
    default_plan: Alter<PlanKey>,
    /// How many features may be defined
    #[schemars(range(min = 1, max = 10_000))]
    max_features: Option<u32>,
}

async fn alter(
    State(app): State<Shared>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Alteration>,
) -> Result<Response, Problem> {
    let Alteration {
        default_plan,
        max_features,
    } = sent.body;
    if max_features.is_some_and(|max| !(1..=10_000).contains(&max)) {
        let message = "max_features: a number from 1 to 10000";
        return Err(Problem::impossible("invalid", message));
    }
    let edited = Edit::EditSettings(EditSettings {
        default_plan,
        max_features,
    });
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, edited.command());
    super::write::edit(&app, wanted, edited).await
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MatrixQuery {
    /// The plans as they were at a moment by RFC 3339, on a date, or as a revision (r17) left them
    at: Option<AsOf>,
}

async fn matrix(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<MatrixQuery>,
) -> Result<Response, Problem> {
    let now = app.milliseconds();
    look(&app, asked, move |snapshot| {
        let past = query.at.map(|at| at.find(snapshot, now)).transpose()?;
        let catalog = match past.and_then(|(past, _)| past) {
            None => snapshot.catalog(Scope::All)?,
            Some(revision) => Past::of(snapshot, revision)?.catalog().clone(),
        };
        Told::new(&MatrixRow::all(&catalog).collect::<Vec<_>>())
    })
    .await
}

/// A catalog, as `flags export` writes it and `flags schema` describes it in full.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
struct CatalogDocument(serde_json::Map<String, serde_json::Value>);

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExportQuery {
    /// Users, organizations and their overrides too, where there are no more than 10,000
    #[serde(default)]
    subjects: bool,
    /// The catalog as it was at a moment by RFC 3339, on a date, or as a revision (r17) left it
    at: Option<AsOf>,
}

async fn exported(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let now = app.milliseconds();
    look(&app, asked, move |snapshot| {
        let whole = query.subjects;
        if whole {
            few_enough(snapshot)?;
        }
        let parts = Parts {
            subjects: whole,
            overrides: whole,
        };
        let past = query.at.map(|at| at.find(snapshot, now)).transpose()?;
        let document = match past.and_then(|(past, _)| past) {
            None => export(snapshot, parts)?,
            Some(revision) => export_of(snapshot, revision, parts)?,
        };
        let value = file::write::value(&document, whole);
        Told::new(&value.map_err(|error| Problem::impossible("bug", error.to_string()))?)
    })
    .await
}

/// Refuses to hold more subjects than an answer should have.
fn few_enough(snapshot: &dyn Snapshot) -> Result<(), Problem> {
    let mut count = 0;
    let mut counted = || {
        count += 1;
        match count > MOST_SUBJECTS {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    };
    snapshot.users(None, &mut |_| counted())?;
    snapshot.organizations(None, &mut |_| counted())?;
    match count > MOST_SUBJECTS {
        false => Ok(()),
        true => {
            let message = format!(
                "there are more than {MOST_SUBJECTS} users and organizations, too many for one \
                 answer"
            );
            let problem = Problem::impossible("too_many_subjects", message);
            Err(problem.hint("/v1/users, /v1/organizations and /v1/overrides have pages"))
        }
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PruneQuery {
    /// What the document leaves out of its parts would go
    #[serde(default)]
    prune: bool,
}

async fn diff(
    State(app): State<Shared>,
    Query(query): Query<PruneQuery>,
    sent: Sent<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let now = app.now().map_err(|_| StoreError::GivenUp)?;
    let Sent { asked, bytes, .. } = sent;
    look(&app, asked, move |snapshot| {
        let way = way_to(snapshot, &bytes, query.prune)?;
        Told::new(&DiffTold {
            differs: !way.changes.is_empty(),
            revision: snapshot.revision()?,
            effects: effects(snapshot, &way.changes, now, true)?,
            changes: way.changes,
            kept: way.kept,
        })
    })
    .await
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ApplyQuery {
    /// Delete what the document leaves out of the parts that it has
    #[serde(default)]
    prune: bool,
    /// Tell the diff and who gains and who loses; write nothing
    #[serde(default)]
    dry_run: bool,
    /// Why, for the history
    reason: Option<Reason>,
}

async fn apply(
    State(app): State<Shared>,
    Query(query): Query<ApplyQuery>,
    sent: Sent<serde::de::IgnoredAny>,
) -> Result<Response, Problem> {
    let ApplyQuery {
        prune,
        dry_run,
        reason,
    } = query;
    let text = sent.bytes.clone();
    let wanted = Wanted::sent(
        sent.asked,
        sent.bytes,
        WriteQuery { dry_run, reason },
        "apply",
    );
    carry_out(&app, wanted, move |snapshot, _| {
        let Steps { changes, kept } = way_to(snapshot, &text, prune)?;
        let kept = Some(kept);
        Ok(Planned { changes, kept })
    })
    .await
}

/// The way from what there is to what the document says.
fn way_to(snapshot: &dyn Snapshot, text: &[u8], prune: bool) -> Result<Steps, Problem> {
    let text = std::str::from_utf8(text);
    let text = text.map_err(|error| Problem::unreadable(error.to_string()))?;
    let mut mistakes = Mistakes::new();
    let node = file::read(text, Format::Json, &mut mistakes);
    let catalog = snapshot.catalog(Scope::All)?;
    let failed: RefCell<Option<StoreError>> = RefCell::new(None);
    let knows = |subject: &SubjectId| {
        let found = match subject {
            SubjectId::User(id) => snapshot.user(id).map(|found| found.is_some()),
            SubjectId::Organization(id) => snapshot.organization(id).map(|found| found.is_some()),
        };
        found.unwrap_or_else(|error| {
            failed.replace(Some(error));
            true
        })
    };
    let features = catalog.features.iter();
    let around = Around {
        features: features
            .map(|(key, entry)| (key.clone(), entry.feature.kind))
            .collect(),
        plans: catalog.plans.keys().cloned().collect(),
        max_features: catalog.settings.max_features,
        knows: &knows,
        prune,
    };
    let wanted = node.map(|node| catalog::read(&node, &around, &mut mistakes));
    if let Some(error) = failed.take() {
        return Err(error.into());
    }
    if !mistakes.is_empty() {
        return Err(mistaken(mistakes));
    }
    Ok(crate::edit::way_to(
        snapshot,
        &wanted.unwrap_or_default(),
        prune,
    )?)
}

/// All that is wrong with a document, each with its line and column.
fn mistaken(mistakes: Mistakes) -> Problem {
    let all = mistakes.into_sorted();
    let told = all.iter().take(TOLD).map(|mistake| {
        let at = mistake.at;
        format!("{}:{}: {}", at.line, at.column, mistake.what)
    });
    let told = told.collect::<Vec<_>>().join("; ");
    Problem::impossible("mistakes", told)
}

/// Several edits in one write.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Edits {
    /// One after the other: each says what it is in its member `edit`
    #[schemars(length(min = 1, max = 1000), schema_with = "several")]
    edits: Vec<Edit>,
}

fn several(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({
        "type": "array",
        "minItems": 1,
        "maxItems": MOST_EDITS,
        "items": {
            "type": "object",
            "properties": {"edit": {"type": "string", "enum": [
                "set_grant", "unset_grant", "set_override", "unset_override", "clear_overrides",
                "define_feature", "edit_feature", "enable_feature", "disable_feature",
                "delete_feature", "target_all", "target_none", "target_percent", "add_targets",
                "remove_targets", "replace_audience", "create_plan", "edit_plan", "delete_plan",
                "edit_settings", "assign_user", "forget_user", "assign_organization",
                "forget_organization"
            ]}},
            "required": ["edit"]
        }
    })
}

async fn edits(
    State(app): State<Shared>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Edits>,
) -> Result<Response, Problem> {
    let Edits { edits } = sent.body;
    let command = match edits.as_slice() {
        [] => return Err(Problem::impossible("invalid", "edits: there is none")),
        [only] => only.command(),
        many if many.len() > MOST_EDITS => {
            let message = format!("edits: there are more than {MOST_EDITS}");
            return Err(Problem::impossible("invalid", message));
        }
        _ => "edits",
    };
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, command);
    carry_out(&app, wanted, move |snapshot, now| {
        let planned = plan_all(snapshot, &edits, now).map_err(|nth| {
            let problem = Problem::from(nth.error);
            let message = format!("edits[{}]: {}", nth.index, problem.message);
            Problem { message, ..problem }
        });
        planned.map(Planned::from)
    })
    .await
}
