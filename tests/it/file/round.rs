//! What is written is read back: the same project, from each of the three forms.

use flags::domain::document::Document;
use flags::domain::wanted::Wanted;
use flags::file::catalog::{self, Around};
use flags::file::write;
use flags::ui::sanitise::is_hidden;
use proptest::prelude::*;

use super::*;
use crate::cli::strings::strings;
use crate::random;

pub(crate) const FORMATS: [Format; 3] = [Format::Json, Format::Yaml, Format::Toml];

pub(crate) fn written(document: &Document, format: Format) -> String {
    let value = write::value(document, true).unwrap();
    write::text(&value, format, &is_hidden)
        .unwrap_or_else(|| flags::ui::json::pretty(&value).unwrap())
}

pub(crate) fn read_back(text: &str, format: Format) -> Result<Wanted, String> {
    let mut mistakes = Mistakes::new();
    let node = file::read(text, format, &mut mistakes);
    let wanted = node.map(|node| catalog::read(&node, &Around::nothing(), &mut mistakes));
    match (wanted, mistakes.is_empty()) {
        (Some(wanted), true) => Ok(wanted),
        _ => Err(mistakes.in_file("text").to_string()),
    }
}

fn comes_back(document: &Document) {
    for format in FORMATS {
        let text = written(document, format);
        let wanted = read_back(&text, format).unwrap_or_else(|told| panic!("{told}\n{text}"));
        assert_eq!(wanted, Wanted::from(document.clone()), "{text}");
        assert_eq!(wanted.into_document(), *document, "{text}");
        let shown = text.chars().find(|c| *c != '\n' && is_hidden(*c));
        assert_eq!(shown, None, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_project_comes_back_from_every_form(project in random::project()) {
        comes_back(&project);
    }
}

#[test]
fn any_text_comes_back_from_every_form() {
    for hostile in strings() {
        let mut text: String = hostile.chars().take(60).collect();
        for shape in ["", "\n", " \nb", "\n b\n\n c", "\n\n", ": #", "\r\nx"] {
            text.push_str(shape);
            let members = serde_json::json!({
                "format": "flags.catalog/1",
                "features": {"f": {
                    "type": "boolean", "name": text, "description": text, "owner": text,
                    "targeting": {"default": null, "rules": [
                        {"id": text, "serve": true, "when": [{"unsupported": text}]},
                    ]},
                }},
                "plans": {"p": {"display_name": text, "description": text}},
                "organizations": {"o": {"name": text}},
            });
            comes_back(&serde_json::from_value(members).unwrap());
        }
    }
}

#[test]
fn names_that_mean_something_elsewhere_are_names_here() {
    let names = [
        "no",
        "on",
        "y",
        "null",
        "true",
        "1",
        "0x1f",
        "1e3",
        "-",
        "12_3",
        "2026-01-01",
    ];
    let features = names.map(|name| (name.to_owned(), serde_json::json!({"type": "limit"})));
    let grants = names.map(|name| {
        (
            name.to_owned(),
            serde_json::json!(9_007_199_254_740_991_u64),
        )
    });
    let plans = names.map(|name| (name.to_owned(), serde_json::json!({"price": "29.00"})));
    let ids = [
        "~", "1", "!x", "&a", "*a", "a:", "a:b", "{}", "#", "'", "\"", "%", "@", "`", "a#b",
    ];
    let users = ids.map(|id| (id.to_owned(), serde_json::json!({"email": id})));
    let mut project = serde_json::json!({
        "format": "flags.catalog/1",
        "features": serde_json::Map::from_iter(features),
        "plans": serde_json::Map::from_iter(plans),
        "users": serde_json::Map::from_iter(users),
    });
    project["plans"]["no"]["grants"] = serde_json::Map::from_iter(grants).into();
    project["features"]["b"] = serde_json::json!({"type": "boolean", "targeting": {
        "default": false,
        "rules": [{"id": "r", "serve": true, "when": [{"one_of": {"type": "user", "ids": ids}}]}],
    }});
    comes_back(&serde_json::from_value(project).unwrap());
}
