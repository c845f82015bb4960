//! Changes in words: one line for each thing that is added, altered or taken away.

use std::fmt;

use serde::Serialize;

use super::catalog::Settings;
use super::change::Change;
use super::feature::Feature;
use super::overrides::{Effect, Override};
use super::plan::Plan;
use super::subject::{Organization, User};
use super::target::{Condition, Members, Rule, Serve};

/// Whether something comes, goes or becomes something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// It was not there.
    Added,
    /// It is no longer there.
    Removed,
    /// It is there, but different.
    Altered,
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Added => "+",
            Self::Removed => "-",
            Self::Altered => "~",
        })
    }
}

/// One line of a diff. The texts hold what people wrote, to be sanitised where they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// What happens to it.
    pub sign: Sign,
    /// What it is, such as `plan pro: analytics`.
    pub what: String,
    /// What it was, where there is something to say.
    pub before: Option<String>,
    /// What it becomes, where there is something to say.
    pub after: Option<String>,
}

impl DiffLine {
    fn new<T: PartialEq>(
        what: String,
        before: Option<&T>,
        after: Option<&T>,
        words: impl Fn(&T) -> String,
    ) -> Self {
        let sign = match (before, after) {
            (None, _) => Sign::Added,
            (_, None) => Sign::Removed,
            _ => Sign::Altered,
        };
        let said = |side: Option<&T>| side.map(&words).filter(|text| !text.is_empty());
        Self {
            sign,
            what,
            before: said(before),
            after: said(after),
        }
    }
}

impl Change {
    /// The change as lines of a diff.
    pub fn in_words(&self) -> Vec<DiffLine> {
        match self {
            Self::Settings { before, after } => settings(before, after),
            Self::Feature { key, before, after } => {
                let what = format!("feature {key}");
                parts(what, before.as_ref(), after.as_ref(), feature_parts)
            }
            Self::AudienceDefault {
                feature,
                before,
                after,
            } => {
                let what = format!("targeting of {feature}: everybody else");
                vec![DiffLine::new(what, Some(before), Some(after), |s| {
                    served(*s).to_owned()
                })]
            }
            Self::Rule {
                feature,
                index,
                before,
                after,
            } => {
                let what = format!("targeting of {feature}: rule {}", index + 1);
                vec![DiffLine::new(what, before.as_ref(), after.as_ref(), rule)]
            }
            Self::Target {
                feature,
                target,
                before,
                after,
                ..
            } => {
                let what = format!("targeting of {feature}: {target}");
                let side = |named: bool| named.then_some(&());
                vec![DiffLine::new(what, side(*before), side(*after), |()| {
                    String::new()
                })]
            }
            Self::Plan { key, before, after } => parts(
                format!("plan {key}"),
                before.as_ref(),
                after.as_ref(),
                plan_parts,
            ),
            Self::Grant {
                plan,
                feature,
                before,
                after,
            } => {
                let what = format!("plan {plan}: {feature}");
                vec![DiffLine::new(
                    what,
                    before.as_ref(),
                    after.as_ref(),
                    ToString::to_string,
                )]
            }
            Self::User { id, before, after } => parts(
                format!("user {id}"),
                before.as_ref(),
                after.as_ref(),
                user_parts,
            ),
            Self::Organization { id, before, after } => {
                let what = format!("organization {id}");
                parts(what, before.as_ref(), after.as_ref(), organization_parts)
            }
            Self::Override {
                subject,
                feature,
                before,
                after,
            } => {
                let what = format!("{} {}: override of {feature}", subject.noun(), subject.id());
                vec![DiffLine::new(
                    what,
                    before.as_ref(),
                    after.as_ref(),
                    override_words,
                )]
            }
        }
    }
}

/// The named parts of a thing, empty where it has none.
type Parts = Vec<(&'static str, String)>;

/// One line when the whole thing comes or goes, else one for each part that differs.
fn parts<T>(
    what: String,
    before: Option<&T>,
    after: Option<&T>,
    of: impl Fn(&T) -> Parts,
) -> Vec<DiffLine> {
    let listed = |thing: &T| {
        let said = of(thing).into_iter().filter(|(_, text)| !text.is_empty());
        said.map(|(name, text)| format!("{name} {text}"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (Some(from), Some(to)) = (before, after) else {
        let said = |side: Option<&T>| side.map(&listed);
        let (before, after) = (said(before), said(after));
        return vec![DiffLine::new(
            what,
            before.as_ref(),
            after.as_ref(),
            Clone::clone,
        )];
    };
    let differing = of(from).into_iter().zip(of(to)).filter(|(a, b)| a != b);
    let side = |text: String| Some(text).filter(|text| !text.is_empty());
    differing
        .map(|((name, from), (_, to))| {
            let (from, to) = (side(from), side(to));
            DiffLine::new(
                format!("{what}: {name}"),
                from.as_ref(),
                to.as_ref(),
                Clone::clone,
            )
        })
        .collect()
}

fn settings(before: &Settings, after: &Settings) -> Vec<DiffLine> {
    let of = |settings: &Settings| {
        vec![
            ("default plan", text(settings.default_plan.as_ref())),
            ("feature cap", settings.max_features.to_string()),
        ]
    };
    parts("catalog".to_owned(), Some(before), Some(after), of)
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values
        .into_iter()
        .map(|value| value.to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

fn served(serve: Serve) -> &'static str {
    match serve {
        Serve::On => "on",
        Serve::Off => "off",
        Serve::NoValue => "no value",
    }
}

fn feature_parts(feature: &Feature) -> Parts {
    let quoted = |text: &str| format!("“{text}”");
    vec![
        ("type", feature.kind.to_string()),
        (
            "switch",
            if feature.enabled {
                "enabled"
            } else {
                "disabled"
            }
            .to_owned(),
        ),
        (
            "off value",
            if feature.off_value == Serve::Off {
                ""
            } else {
                served(feature.off_value)
            }
            .to_owned(),
        ),
        (
            "name",
            feature.name.as_deref().map(quoted).unwrap_or_default(),
        ),
        (
            "description",
            feature
                .description
                .as_deref()
                .map(quoted)
                .unwrap_or_default(),
        ),
        ("tags", joined(feature.tags.iter().map(|tag| &**tag))),
        ("owner", text(feature.owner.as_deref())),
    ]
}

fn plan_parts(plan: &Plan) -> Parts {
    let quoted = |text: &str| format!("“{text}”");
    vec![
        (
            "name",
            plan.display_name.as_deref().map(quoted).unwrap_or_default(),
        ),
        (
            "description",
            plan.description.as_deref().map(quoted).unwrap_or_default(),
        ),
        ("price", text(plan.price.as_ref())),
        ("currency", text(plan.currency.as_ref())),
        ("period", text(plan.period.as_ref())),
    ]
}

fn user_parts(user: &User) -> Parts {
    vec![
        ("e-mail", text(user.email.as_deref())),
        ("plan", text(user.plan.as_ref())),
        ("organizations", joined(&user.organizations)),
        ("targets", joined(&user.targets)),
    ]
}

fn organization_parts(organization: &Organization) -> Parts {
    vec![
        ("name", text(organization.name.as_deref())),
        ("plan", text(organization.plan.as_ref())),
        ("targets", joined(&organization.targets)),
    ]
}

fn rule(rule: &Rule<Members>) -> String {
    let conditions = rule
        .when
        .iter()
        .map(condition)
        .collect::<Vec<_>>()
        .join(" and ");
    format!("{} → {}", conditions, served(rule.serve))
}

/// More names than a line can bear are counted.
const NAMES_SHOWN: usize = 5;

fn condition(condition: &Condition<Members>) -> String {
    match condition {
        Condition::OneOf { target_type, ids } => {
            let shown = ids
                .iter()
                .take(NAMES_SHOWN)
                .map(ToString::to_string)
                .collect::<Vec<_>>();
            let more = match ids.len().saturating_sub(NAMES_SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("{target_type} {}{more}", shown.join(", "))
        }
        Condition::Percent(share) => format!("{share} of all"),
        Condition::Unsupported(what) => format!("(not judged here: {})", &**what),
    }
}

/// An override as a diff or a list shows it.
pub fn override_words(over: &Override) -> String {
    let mut words = match over.effect {
        Effect::Grant(value) => format!("grant {value}"),
        Effect::Revoke => "revoke".to_owned(),
    };
    if let Some(starts) = over.starts {
        words.push_str(&format!(" from {starts}"));
    }
    if let Some(expires) = over.expires {
        words.push_str(&format!(" until {expires}"));
    }
    if let Some(reason) = &over.reason {
        words.push_str(&format!(" ({})", &**reason));
    }
    words
}
