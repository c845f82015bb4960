//! What the token states for features, against itself and against the catalog.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::claims::Statement;
use super::super::finding::{Finding, FindingCode};
use super::super::values::{Found, Shape, TokenValue};
use super::{shortened, shown};
use crate::domain::catalog::Catalog;
use crate::domain::key::FeatureKey;
use crate::domain::value::Kind;

/// How many keys a finding lists.
const LISTED: usize = 20;

/// Looks at the features.
pub(super) fn look(said: &Statement, catalog: Option<&Catalog>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = silence(said).into_iter().collect();
    findings.extend(said.features.iter().filter_map(|it| value(it, catalog)));
    findings.extend(repeated(said));
    findings.extend(off_by_list(said));
    if let Some(catalog) = catalog {
        findings.extend(unknown(said, catalog));
        findings.extend(off_by_absence(said, catalog));
    }
    findings
}

/// Saying nothing about features is not the same as naming none.
fn silence(said: &Statement) -> Option<Finding> {
    if said.shapes.is_empty() {
        let message = "no claim says anything about features: the token was minted without the \
                       features claim (custom login, no organization chosen, a JWT template \
                       without flags); clients take every feature for off";
        let finding = Finding::new(FindingCode::NoEntitlements, message);
        return Some(finding.help(
            "sign in again with the organization chosen, and see that the token's issuer adds \
             `features` (Astapa) or `feature_flags` (WorkOS)",
        ));
    }
    let readable = said.shapes.iter().any(|shape| !is_misfit(said, *shape));
    (said.features.is_empty() && readable).then(|| {
        let message = "the token names no features: all of them are off for its holder";
        Finding::new(FindingCode::NamesNoFeatures, message).claim(said.shapes[0].path())
    })
}

/// Whether the claim itself is of a wrong type, so that nothing could be read from it.
fn is_misfit(said: &Statement, shape: Shape) -> bool {
    said.misfits
        .iter()
        .any(|misfit| misfit.path == shape.path())
}

/// What one value means, by itself and for a feature of its kind.
fn value(found: &Found, catalog: Option<&Catalog>) -> Option<Finding> {
    let key = shortened(&found.key);
    let kind = catalog.and_then(|catalog| catalog.features.get(found.key.as_str()));
    let kind = kind.map(|entry| entry.feature.kind);
    let (code, message, help) = match (&found.value, kind) {
        (TokenValue::Other(Value::String(text)), _)
            if kind == Some(Kind::Limit) || is_number(text) =>
        {
            let text = shown(&Value::String(text.clone()));
            (
                FindingCode::LimitIsText,
                format!("the limit {key} is the string {text}, not a number: clients see no limit"),
                "have its issuer write the number without quotation marks",
            )
        }
        (TokenValue::Other(other), _) => (
            FindingCode::WrongValue,
            format!(
                "{key} is {}: a feature is true, false or a whole number from 0 to 2^53-1",
                shown(other)
            ),
            "clients see the feature off, or fail; mend it where tokens are made",
        ),
        (TokenValue::Limit(_), Some(Kind::Boolean)) | (TokenValue::On, Some(Kind::Limit)) => (
            FindingCode::WrongKind,
            format!(
                "{key} is {} here, in the catalog it is {}",
                found.value,
                article(kind)
            ),
            "see that the token's issuer and the catalog mean the same feature",
        ),
        (TokenValue::Limit(0), _) => (
            FindingCode::ZeroLimit,
            format!("the limit {key} is 0: clients take that for no limit known"),
            "leave the feature out of the token to turn it off",
        ),
        _ => return None,
    };
    let finding = Finding::new(code, message).help(help);
    Some(finding.feature(found.key.clone()).claim(found.shape.path()))
}

/// Whether a client that reads the text as a number would get one.
fn is_number(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok_and(f64::is_finite)
}

const fn article(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Limit) => "a limit",
        _ => "boolean",
    }
}

/// Features that are stated more than once, alike or not.
fn repeated(said: &Statement) -> Vec<Finding> {
    let mut by_key: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    for found in &said.features {
        by_key.entry(&found.key).or_default().push(found);
    }
    by_key.values().filter_map(|all| repetition(all)).collect()
}

fn repetition(all: &[&Found]) -> Option<Finding> {
    let (first, others) = all.split_first()?;
    let last = others.last()?;
    let key = shortened(&first.key);
    let finding = match others.iter().find(|other| other.value != first.value) {
        Some(other) => {
            let message = format!(
                "{key} is {} in {}, but {} in {}: readers disagree about which counts",
                shortened(&first.value.to_string()),
                first.shape,
                shortened(&other.value.to_string()),
                other.shape
            );
            Finding::new(FindingCode::Contradiction, message)
                .claim(other.shape.path())
                .help("have its issuer state each feature in one place")
        }
        None => {
            let claims: BTreeSet<&str> = all.iter().map(|found| found.shape.path()).collect();
            let claims = claims.into_iter().collect::<Vec<_>>().join(", ");
            let message = format!("{key} is stated {} times, alike ({claims})", all.len());
            Finding::new(FindingCode::DuplicateFeature, message).claim(last.shape.path())
        }
    };
    Some(finding.feature(first.key.clone()))
}

/// Features that are on elsewhere but missing from the list of what is on.
fn off_by_list(said: &Statement) -> Vec<Finding> {
    let list = Shape::FeatureFlags;
    if !said.shapes.contains(&list) || is_misfit(said, list) {
        return Vec::new();
    }
    let of_list = |found: &&Found| found.shape == list;
    let mut seen: BTreeSet<&str> = said.features.iter().filter(of_list).map(key_of).collect();
    let is_on = |found: &&Found| matches!(found.value, TokenValue::On | TokenValue::Limit(1..));
    let missing = said.features.iter().filter(is_on);
    let missing = missing.filter(|found| seen.insert(found.key.as_str()));
    missing
        .map(|found| {
            let key = shortened(&found.key);
            let message = format!(
                "{key} is {} in {}, but {list} does not list it: readers of the list take it for \
                 off",
                found.value, found.shape
            );
            Finding::new(FindingCode::OffByList, message)
                .claim(list.path())
                .feature(found.key.clone())
        })
        .collect()
}

fn key_of(found: &Found) -> &str {
    &found.key
}

/// Features of the token that the catalog does not have; one that differs in case, `-` and `_`
/// alone is most likely the one that was meant.
fn unknown(said: &Statement, catalog: &Catalog) -> Vec<Finding> {
    let alike: BTreeMap<String, &FeatureKey> = catalog
        .features
        .keys()
        .map(|key| (letters(key.as_str()), key))
        .collect();
    let mut seen = BTreeSet::new();
    let unknown = said.features.iter().filter(|found| {
        !catalog.features.contains_key(found.key.as_str()) && seen.insert(found.key.as_str())
    });
    let told = unknown.map(|found| {
        let key = shortened(&found.key);
        let message = match alike.get(&letters(&found.key)) {
            Some(similar) => format!("the catalog has no feature `{key}`, but `{similar}`"),
            None => format!("the catalog has no feature `{key}`"),
        };
        Finding::new(FindingCode::UnknownFeature, message)
            .claim(found.shape.path())
            .feature(found.key.clone())
            .help("it was deleted or renamed after the token was made, or this is another catalog")
    });
    told.collect()
}

fn letters(key: &str) -> String {
    let letters = key
        .chars()
        .filter(|letter| !matches!(letter, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}

/// What the catalog has and the token does not name is off for its holder. A list of what is on has
/// no place for limits, so of those it says nothing.
fn off_by_absence(said: &Statement, catalog: &Catalog) -> Option<Finding> {
    if said.features.is_empty() {
        return None;
    }
    let named: BTreeSet<&str> = said.features.iter().map(key_of).collect();
    let lists_only = said.shapes.iter().all(|it| *it == Shape::FeatureFlags);
    let absent = catalog.features.iter();
    let absent = absent.filter(|(_, it)| !(lists_only && it.feature.kind == Kind::Limit));
    let absent = absent.map(|(key, _)| key.as_str());
    let absent: Vec<&str> = absent.filter(|key| !named.contains(key)).collect();
    if absent.is_empty() {
        return None;
    }
    let listed = absent.iter().take(LISTED).copied().collect::<Vec<_>>();
    let more = match absent.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "the catalog also has {}{more}: not in the token, so off for its holder",
        listed.join(", ")
    );
    Some(Finding::new(FindingCode::OffByAbsence, message))
}
