//! Targeting in a catalog file: ordered rules, each with its conditions.

use super::super::fields::{Fields, each, parse};
use super::super::mistakes::Mistakes;
use super::super::node::Node;
use super::leaves;
use crate::domain::target::{Audience, Condition, Members, Rule, Serve, TargetType};

/// Reads an audience.
pub(super) fn read(node: &Node, mistakes: &mut Mistakes) -> Audience<Members> {
    let mut audience = Audience::default();
    let Some(fields) = Fields::of(node, &["default", "rules"], mistakes) else {
        return audience;
    };
    if let Some(node) = fields.required("default", mistakes) {
        audience.default = leaves::serve(node, mistakes).unwrap_or(Serve::Off);
    }
    if let Some(node) = fields.get("rules") {
        let rules = each(node, mistakes).unwrap_or_default();
        audience.rules = rules
            .iter()
            .filter_map(|node| rule(node, mistakes))
            .collect();
    }
    audience
}

fn rule(node: &Node, mistakes: &mut Mistakes) -> Option<Rule<Members>> {
    let fields = Fields::of(node, &["id", "serve", "when"], mistakes)?;
    let id = fields.required("id", mistakes);
    let serve = fields.required("serve", mistakes);
    let when = fields.required("when", mistakes);
    let id = id.and_then(|node| parse(node, mistakes));
    let serve = serve.and_then(|node| leaves::serve(node, mistakes));
    let when = when
        .and_then(|node| each(node, mistakes))
        .unwrap_or_default();
    let when: Vec<_> = when
        .iter()
        .filter_map(|node| condition(node, mistakes))
        .collect();
    Some(Rule {
        id: id?,
        serve: serve?,
        when,
    })
}

const CONDITIONS: &[&str] = &["one_of", "percent", "unsupported"];

fn condition(node: &Node, mistakes: &mut Mistakes) -> Option<Condition<Members>> {
    let fields = Fields::of(node, CONDITIONS, mistakes)?;
    let mut found = CONDITIONS
        .iter()
        .filter_map(|name| Some((*name, fields.get(name)?)));
    match (found.next(), found.next()) {
        (Some(("one_of", node)), None) => one_of(node, mistakes),
        (Some(("percent", node)), None) => leaves::percent(node, mistakes).map(Condition::Percent),
        (Some((_, node)), None) => parse(node, mistakes).map(Condition::Unsupported),
        _ => {
            let what = "a condition is one of `one_of`, `percent` and `unsupported`";
            mistakes.add(node.at, what);
            None
        }
    }
}

fn one_of(node: &Node, mistakes: &mut Mistakes) -> Option<Condition<Members>> {
    let fields = Fields::of(node, &["type", "ids"], mistakes)?;
    let target_type = fields.required("type", mistakes);
    let ids = fields.required("ids", mistakes);
    let target_type = target_type.and_then(|node| parse::<TargetType>(node, mistakes));
    let ids = ids.map(|node| leaves::set(node, mistakes));
    Some(Condition::OneOf {
        target_type: target_type?,
        ids: ids?,
    })
}
