//! `/v1/features`: what there is, who is targeted.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::Response;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::look::{Told, look};
use super::operation::{Operation, read, write};
use super::page::{Cursor, Limit, Page};
use super::take::{Asked, Query, Sent, Way};
use super::write::{Wanted, WriteQuery, edit};
use crate::domain::key::FeatureKey;
use crate::domain::target::{Audience, ListId, Members, Percent, Target};
use crate::domain::text::{Description, Name, Tag};
use crate::domain::value::Kind;
use crate::edit::{Alter, AlterSet, DefineFeature, Edit, EditFeature, Missing};
use crate::server::app::Shared;
use crate::server::problem::Problem;
use crate::store::{Scope, Snapshot};
use crate::told::{FeatureShown, FeatureTold, Written};

pub(super) fn operations() -> Vec<Operation> {
    let (all, one) = ("/v1/features", "/v1/features/{feature}");
    let (put, post, delete) = (Method::PUT, Method::POST, Method::DELETE);
    vec![
        read(
            all,
            "listFeatures",
            "The features, in the order of their keys",
            list,
        )
        .query::<ListQuery>()
        .answers::<Page<FeatureTold<'static>>>(),
        write(
            post.clone(),
            all,
            "defineFeature",
            "Define a feature",
            define,
        )
        .query::<WriteQuery>()
        .takes::<Definition>()
        .answers::<Written>()
        .creating(),
        read(
            one,
            "showFeature",
            "One feature with its rules and what plans give of it",
            show,
        )
        .answers::<FeatureShown<'static>>(),
        write(
            Method::PATCH,
            one,
            "editFeature",
            "Alter a feature, all but its key and type",
            alter,
        )
        .query::<WriteQuery>()
        .takes::<Alteration>()
        .answers::<Written>(),
        write(
            delete.clone(),
            one,
            "deleteFeature",
            "Delete a feature with its grants, rules and overrides",
            remove,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
        write(
            post.clone(),
            "/v1/features/{feature}/enable",
            "enableFeature",
            "Release the kill switch",
            enable,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
        write(
            post,
            "/v1/features/{feature}/disable",
            "disableFeature",
            "Throw the kill switch",
            disable,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
        write(
            put.clone(),
            "/v1/features/{feature}/targeting",
            "setTargeting",
            "Say who is targeted: everybody, nobody, a share, or by rules",
            target,
        )
        .query::<WriteQuery>()
        .takes::<Targeting>()
        .answers::<Written>(),
        read(
            "/v1/features/{feature}/targets/{target}",
            "showTarget",
            "Whether rules name a target",
            show_target,
        )
        .answers::<Naming>(),
        write(
            put,
            "/v1/features/{feature}/targets/{target}",
            "addTarget",
            "Name one more target",
            add_target,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
        write(
            delete,
            "/v1/features/{feature}/targets/{target}",
            "removeTarget",
            "Name a target no longer",
            remove_target,
        )
        .query::<WriteQuery>()
        .answers::<Written>(),
    ]
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// Only features with this tag
    tag: Option<Tag>,
    /// Only features whose kill switch is thrown
    #[serde(default)]
    disabled: bool,
    /// At most so many
    limit: Option<Limit>,
    /// The cursor of the page before
    after: Option<Cursor>,
}

async fn list(
    State(app): State<Shared>,
    asked: Asked,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    let limit = Limit::of(query.limit)?;
    let after: Option<FeatureKey> = Cursor::read(query.after.as_ref())?;
    look(&app, asked, move |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let wanted = catalog.features.iter().filter(|(key, entry)| {
            let feature = &entry.feature;
            after.as_ref().is_none_or(|after| *key > after)
                && query
                    .tag
                    .as_ref()
                    .is_none_or(|tag| feature.tags.contains(tag))
                && (!query.disabled || !feature.enabled)
        });
        let mut found: Vec<_> = wanted.take(limit + 1).collect();
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found
            .last()
            .filter(|_| more)
            .map(|(key, _)| Cursor::behind(key));
        let items = found
            .into_iter()
            .map(|(key, entry)| FeatureTold::new(key, entry));
        Told::page(&Page {
            items: items.collect(),
            next,
            revision: snapshot.revision()?,
        })
    })
    .await
}

async fn show(
    State(app): State<Shared>,
    asked: Asked,
    Way(key): Way<FeatureKey>,
) -> Result<Response, Problem> {
    look(&app, asked, move |snapshot| shown(snapshot, &key)).await
}

fn shown(snapshot: &dyn Snapshot, key: &FeatureKey) -> Result<Told, Problem> {
    let catalog = snapshot.catalog(Scope::All)?;
    let entry = catalog.features.get(key);
    let entry = entry.ok_or_else(|| unknown(Missing::feature(&catalog, key)))?;
    let sizes = entry.audience.try_map(|target_type, list: &ListId| {
        let size = snapshot.list_size(*list);
        size.map(|size| (target_type.clone(), size))
    })?;
    let grants = catalog.plans.iter().filter_map(|(plan, granting)| {
        let grant = granting.grants.get(key)?;
        Some((plan, grant.value))
    });
    Told::new(&FeatureShown::new(key, entry, &sizes, grants))
}

/// What a path names and nobody knows.
pub(super) fn unknown(missing: Missing) -> Problem {
    crate::edit::EditError::Missing(missing).into()
}

/// A feature that is to be.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Definition {
    /// Its key
    key: FeatureKey,
    /// What values it has
    #[serde(rename = "type", default = "boolean")]
    kind: Kind,
    /// `false` defines it with the kill switch thrown
    #[serde(default = "enabled")]
    enabled: bool,
    /// What people call it
    name: Option<Name>,
    /// What it does
    description: Option<Description>,
    /// Labels to find it by
    #[serde(default)]
    #[schemars(with = "Vec<Tag>")]
    tags: BTreeSet<Tag>,
    /// Who answers for it
    owner: Option<Name>,
}

fn boolean() -> Kind {
    Kind::Boolean
}

fn enabled() -> bool {
    true
}

async fn define(
    State(app): State<Shared>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Definition>,
) -> Result<Response, Problem> {
    let body = sent.body;
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, "feature define").creating();
    let defined = DefineFeature {
        feature: body.key,
        kind: body.kind,
        enabled: body.enabled,
        name: body.name,
        description: body.description,
        tags: body.tags,
        owner: body.owner,
    };
    edit(&app, wanted, Edit::DefineFeature(defined)).await
}

/// What becomes of a feature; what is left out stays, and `null` takes away.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Alteration {
    /// What people call it
    #[serde(default)]
    name: Alter<Name>,
    /// What it does
    #[serde(default)]
    description: Alter<Description>,
    /// Labels to find it by
    #[serde(default)]
    tags: AlterSet<Tag>,
    /// Who answers for it
    #[serde(default)]
    owner: Alter<Name>,
    /// The kill switch: `false` throws it
    enabled: Option<bool>,
}

async fn alter(
    State(app): State<Shared>,
    Way(feature): Way<FeatureKey>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Alteration>,
) -> Result<Response, Problem> {
    let body = sent.body;
    let altered = Edit::EditFeature(EditFeature {
        feature,
        name: body.name,
        description: body.description,
        tags: body.tags,
        owner: body.owner,
        enabled: body.enabled,
    });
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, altered.command());
    edit(&app, wanted, altered).await
}

async fn remove(
    State(app): State<Shared>,
    Way(feature): Way<FeatureKey>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    simple(&app, asked, query, Edit::DeleteFeature { feature }).await
}

async fn enable(
    State(app): State<Shared>,
    Way(feature): Way<FeatureKey>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    simple(&app, asked, query, Edit::EnableFeature { feature }).await
}

async fn disable(
    State(app): State<Shared>,
    Way(feature): Way<FeatureKey>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    simple(&app, asked, query, Edit::DisableFeature { feature }).await
}

/// An edit that the path says all of.
pub(super) async fn simple(
    app: &Shared,
    asked: Asked,
    query: WriteQuery,
    wanted: Edit,
) -> Result<Response, Problem> {
    edit(app, Wanted::new(asked, query, wanted.command()), wanted).await
}

/// Who is targeted: exactly one of these.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Targeting {
    /// `all` or `none`
    Access(Everybody),
    /// A stable share of all, beside those named
    Percent(Percent),
    /// Rules and a default, in the place of those there are
    Audience(Audience<Members>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Everybody {
    /// Everybody
    All,
    /// Nobody: the plans decide
    None,
}

async fn target(
    State(app): State<Shared>,
    Way(feature): Way<FeatureKey>,
    Query(query): Query<WriteQuery>,
    sent: Sent<Targeting>,
) -> Result<Response, Problem> {
    let targeted = match sent.body {
        Targeting::Access(Everybody::All) => Edit::TargetAll { feature },
        Targeting::Access(Everybody::None) => Edit::TargetNone { feature },
        Targeting::Percent(percent) => Edit::TargetPercent { feature, percent },
        Targeting::Audience(audience) => Edit::ReplaceAudience { feature, audience },
    };
    let wanted = Wanted::sent(sent.asked, sent.bytes, query, targeted.command());
    edit(&app, wanted, targeted).await
}

/// Whether rules name a target.
#[derive(Debug, Serialize, JsonSchema)]
struct Naming {
    feature: FeatureKey,
    target: Target,
    /// Whether at least one does.
    named: bool,
}

async fn show_target(
    State(app): State<Shared>,
    asked: Asked,
    Way((feature, target)): Way<(FeatureKey, Target)>,
) -> Result<Response, Problem> {
    look(&app, asked, move |snapshot| {
        let catalog = snapshot.catalog(Scope::All)?;
        let entry = catalog.features.get(&feature);
        let entry = entry.ok_or_else(|| unknown(Missing::feature(&catalog, &feature)))?;
        let lists = snapshot.lists_naming(&target)?;
        let mut named = false;
        let _ = entry.audience.try_map(|_, list: &ListId| {
            named |= lists.contains(list);
            Ok::<_, Problem>(())
        })?;
        Told::new(&Naming {
            feature,
            target,
            named,
        })
    })
    .await
}

async fn add_target(
    State(app): State<Shared>,
    Way((feature, target)): Way<(FeatureKey, Target)>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    let targets = vec![target];
    simple(&app, asked, query, Edit::AddTargets { feature, targets }).await
}

async fn remove_target(
    State(app): State<Shared>,
    Way((feature, target)): Way<(FeatureKey, Target)>,
    Query(query): Query<WriteQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    let targets = vec![target];
    simple(&app, asked, query, Edit::RemoveTargets { feature, targets }).await
}

/// There is none that fits.
pub(super) fn not_found(code: &'static str, message: String) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, code, message)
}
