//! The test file: for a plan, a user or an organization at a moment, what has to come out.
//!
//! A case asks about somebody that the catalog knows, or about somebody invented, who needs to be
//! in no store. A `matrix` says for each plan what it gives, which is how people think of prices.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{Fields, each, entries, expected, parse, parsed, text};
use super::mistakes::Mistakes;
use super::node::{Content, Key, Node, Position};
use crate::domain::expect::{Comparison, Expectation, Wanted};
use crate::domain::key::{FeatureKey, PlanKey};
use crate::domain::overrides::{Effect, Override};
use crate::domain::resolve::{LAYERS, LayerKind};
use crate::domain::target::{Id, Target};
use crate::domain::time::Time;
use crate::domain::value::{Limit, Value};

/// The form that a test file says it has.
pub const FORMAT: &str = "flags.tests/1";

/// Who a case is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// Anybody who is on a plan.
    Plan(PlanKey),
    /// A user, within one organization if one is named.
    User(Id, Option<Id>),
    /// An organization by itself.
    Organization(Id),
    /// A user whom no store knows.
    Invented(Invented),
}

/// A user whom no store knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Invented {
    /// What counts in a percentage and in rules that name users.
    pub id: Option<Id>,
    /// The plan.
    pub plan: Option<PlanKey>,
    /// Organizations that are known.
    pub organizations: BTreeSet<Id>,
    /// The user's own overrides.
    pub overrides: BTreeMap<FeatureKey, Override>,
}

/// What has to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The answer.
    pub expectation: Expectation,
    /// The layer that has to give it, if that matters.
    pub because: Option<LayerKind>,
}

/// One test.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Where it stands.
    pub at: Position,
    /// What people call it.
    pub name: String,
    /// Who it is about.
    pub given: Given,
    /// Custom targets that come with the question.
    pub targets: Vec<Target>,
    /// The moment; now if none is named.
    pub moment: Option<Time>,
    /// What has to hold.
    pub claims: Vec<Claim>,
}

/// Reads a test file, to be used only where no mistakes were noted.
pub fn read(node: &Node, mistakes: &mut Mistakes) -> Vec<Case> {
    let known = &["$schema", "format", "at", "tests", "matrix"];
    let Some(parts) = Fields::of(node, known, mistakes) else {
        return Vec::new();
    };
    if let Some(format) = parts.required("format", mistakes)
        && text(format, mistakes).is_some_and(|found| found != FORMAT)
    {
        let what = format!("the format of a test file is `{FORMAT}`");
        mistakes.add(format.at, what);
    }
    let moment = parts.get("at").and_then(|node| parse(node, mistakes));
    let mut cases = Vec::new();
    if let Some(tests) = parts.get("tests") {
        for node in each(tests, mistakes).unwrap_or_default() {
            cases.extend(case(node, moment, mistakes));
        }
    }
    if let Some(matrix) = parts.get("matrix") {
        for (plan, node) in entries(matrix, mistakes).unwrap_or_default() {
            cases.extend(row(plan, node, moment, mistakes));
        }
    }
    cases.sort_by_key(|case| case.at);
    if cases.is_empty() && mistakes.is_empty() {
        mistakes.add(node.at, "there is no test here: write `tests` or `matrix`");
    }
    cases
}

/// What one plan gives, as a case.
fn row(plan: &Key, node: &Node, moment: Option<Time>, mistakes: &mut Mistakes) -> Option<Case> {
    let mut claims = Vec::new();
    for (feature, node) in entries(node, mistakes)? {
        let key: Option<FeatureKey> = parsed(&feature.text, feature.at, mistakes);
        let wanted = cell(node, mistakes);
        if let (Some(feature), Some(wanted)) = (key, wanted) {
            claims.push(Claim {
                expectation: Expectation { feature, wanted },
                because: None,
            });
        }
    }
    let key: PlanKey = parsed(&plan.text, plan.at, mistakes)?;
    Some(Case {
        at: plan.at,
        name: format!("plan {key}"),
        given: Given::Plan(key),
        targets: Vec::new(),
        moment,
        claims,
    })
}

/// The value that a plan has to give, exactly.
fn cell(node: &Node, mistakes: &mut Mistakes) -> Option<Wanted> {
    Some(match answer(node, mistakes)? {
        None => Wanted::Absent,
        Some(Value::On) => Wanted::Present,
        // A limit of nothing counts as absent, whether it is granted or not.
        Some(Value::Limit(limit)) if limit.to_string() == "0" => Wanted::Absent,
        Some(Value::Limit(limit)) => Wanted::Number(Comparison::Exactly, limit),
    })
}

/// `on`, `off`, a number or `unlimited`.
fn answer(node: &Node, mistakes: &mut Mistakes) -> Option<Option<Value>> {
    match &node.content {
        Content::Switch(on) => Some(on.then_some(Value::On)),
        Content::Text(word) if &**word == "on" => Some(Some(Value::On)),
        Content::Text(word) if &**word == "off" => Some(None),
        Content::Text(word) if &**word == "unlimited" => Some(Some(Value::Limit(Limit::UNLIMITED))),
        Content::Number(number) => {
            parsed(number, node.at, mistakes).map(|limit| Some(Value::Limit(limit)))
        }
        _ => expected("`on`, `off`, a whole number or `unlimited`", node, mistakes),
    }
}

fn case(node: &Node, moment: Option<Time>, mistakes: &mut Mistakes) -> Option<Case> {
    let known = &[
        "name", "plan", "user", "org", "given", "targets", "at", "expect",
    ];
    let fields = Fields::of(node, known, mistakes)?;
    let name = fields.required("name", mistakes);
    let name = name.and_then(|node| text(node, mistakes));
    let targets = fields.get("targets");
    let targets = targets.map_or_else(Vec::new, |node| custom_targets(node, mistakes));
    let own = fields.get("at").map(|node| parse(node, mistakes));
    let given = given(&fields, node.at, mistakes);
    let mut claims = Vec::new();
    if let Some(expect) = fields.required("expect", mistakes) {
        let nodes = match &expect.content {
            // A single one needs no list.
            Content::Text(_) => std::slice::from_ref(expect),
            _ => each(expect, mistakes).unwrap_or_default(),
        };
        if nodes.is_empty() {
            mistakes.add(expect.at, "nothing is expected here");
        }
        claims.extend(nodes.iter().filter_map(|node| claim(node, mistakes)));
    }
    Some(Case {
        at: node.at,
        name: name?.to_owned(),
        given: given?,
        targets,
        moment: own.unwrap_or(moment),
        claims,
    })
}

/// Who a case is about: exactly one of the four.
fn given(fields: &Fields<'_>, at: Position, mistakes: &mut Mistakes) -> Option<Given> {
    let (plan, user) = (fields.get("plan"), fields.get("user"));
    let (org, given) = (fields.get("org"), fields.get("given"));
    match (plan, user, org, given) {
        (Some(plan), None, None, None) => parse(plan, mistakes).map(Given::Plan),
        (None, Some(user), org, None) => {
            let within = org.and_then(|node| parse(node, mistakes));
            Some(Given::User(parse(user, mistakes)?, within))
        }
        (None, None, Some(org), None) => parse(org, mistakes).map(Given::Organization),
        (None, None, None, Some(given)) => invented(given, mistakes).map(Given::Invented),
        _ => {
            let what = "say who this is about: one of `plan`, `user` (with `org`, if only that \
                        counts), `org`, or `given` for an invented user";
            mistakes.add(at, what);
            None
        }
    }
}

fn invented(node: &Node, mistakes: &mut Mistakes) -> Option<Invented> {
    let known = &["id", "plan", "organizations", "overrides"];
    let fields = Fields::of(node, known, mistakes)?;
    let mut invented = Invented {
        id: fields.get("id").and_then(|node| parse(node, mistakes)),
        plan: fields.get("plan").and_then(|node| parse(node, mistakes)),
        ..Invented::default()
    };
    if let Some(node) = fields.get("organizations") {
        let nodes = each(node, mistakes).unwrap_or_default();
        let named = nodes.iter().filter_map(|node| parse(node, mistakes));
        invented.organizations = named.collect();
    }
    if let Some(node) = fields.get("overrides") {
        for (key, node) in entries(node, mistakes).unwrap_or_default() {
            let feature = parsed(&key.text, key.at, mistakes);
            let over = over(node, mistakes);
            if let (Some(feature), Some(over)) = (feature, over) {
                invented.overrides.insert(feature, over);
            }
        }
    }
    Some(invented)
}

/// An override as a catalog file has it, or only what it gives.
fn over(node: &Node, mistakes: &mut Mistakes) -> Option<Override> {
    if matches!(node.content, Content::Map(_)) {
        let read = serde_json::from_value(node.to_json());
        return read.map_err(|error| mistakes.add(node.at, error)).ok();
    }
    let effect = match answer(node, mistakes)? {
        Some(value) => Effect::Grant(value),
        None => Effect::Revoke,
    };
    Some(Override {
        effect,
        reason: None,
        starts: None,
        expires: None,
    })
}

fn custom_targets(node: &Node, mistakes: &mut Mistakes) -> Vec<Target> {
    let mut targets = Vec::new();
    for node in each(node, mistakes).unwrap_or_default() {
        if let Some(target) = parse::<Target>(node, mistakes) {
            if !target.is_custom() {
                let what = format!("{target} is a subject: name it as `user` or `org`");
                mistakes.add(node.at, what);
            }
            targets.push(target);
        }
    }
    targets
}

/// `max_seats>=5`, or a map of that and the layer that has to decide.
fn claim(node: &Node, mistakes: &mut Mistakes) -> Option<Claim> {
    if !matches!(node.content, Content::Map(_)) {
        return Some(Claim {
            expectation: parse(node, mistakes)?,
            because: None,
        });
    }
    let fields = Fields::of(node, &["that", "because"], mistakes)?;
    let because = fields.get("because").map(|node| layer(node, mistakes));
    let that = fields.required("that", mistakes)?;
    Some(Claim {
        expectation: parse(that, mistakes)?,
        because: because.flatten(),
    })
}

fn layer(node: &Node, mistakes: &mut Mistakes) -> Option<LayerKind> {
    let word = text(node, mistakes)?;
    let names = LAYERS.map(|layer| layer.to_string());
    let found = names
        .iter()
        .position(|name| *name == word.replace('_', " "));
    if found.is_none() {
        let what = format!("there is no layer {word:?}: they are {}", names.join(", "));
        mistakes.unknown(node.at, &what, names.iter().map(String::as_str), word);
    }
    found.map(|at| LAYERS[at])
}
