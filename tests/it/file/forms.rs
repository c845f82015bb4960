//! What the three forms mean, where they differ from what one might think, and what is refused.

use super::*;

/// The value under `v` in a text of that form.
fn value(text: &str, format: Format) -> Content {
    tree(text, format).get("v").unwrap().content.clone()
}

#[test]
fn a_number_keeps_its_digits_in_every_form() {
    for digits in ["9007199254740993", "29.00", "12345678901234567890", "1e400"] {
        let yaml = value(&format!("v: {digits}"), Format::Yaml);
        assert_eq!(yaml, number(digits));
        let json = value(&format!("{{\"v\": {digits}}}"), Format::Json);
        assert_eq!(json, number(digits));
    }
    assert_eq!(
        value("v = 9007199254740993", Format::Toml),
        number("9007199254740993")
    );
    assert_eq!(value("v = 29.00", Format::Toml), number("29.00"));
    assert_eq!(value("v = 0xff", Format::Toml), number("255"));
    assert_eq!(value("v = 1_000", Format::Toml), number("1000"));
    assert_eq!(value("v: 0xff", Format::Yaml), number("255"));
    assert_eq!(value("v: 0o17", Format::Yaml), number("15"));
}

#[test]
fn a_word_of_yaml_is_a_text_unless_the_core_schema_says_otherwise() {
    for word in [
        "on",
        "off",
        "yes",
        "no",
        "y",
        "1.2.3",
        "2026-01-01",
        "1_000",
        "12:30",
    ] {
        let found = value(&format!("v: {word}\n"), Format::Yaml);
        assert_eq!(found, text(word), "{word}");
    }
    for (written, content) in [
        ("true", Content::Switch(true)),
        ("False", Content::Switch(false)),
        ("~", Content::Null),
        ("", Content::Null),
        ("'true'", text("true")),
        ("\"5\"", text("5")),
        ("+5", number("5")),
        (".5", number(".5")),
    ] {
        assert_eq!(
            value(&format!("v: {written}"), Format::Yaml),
            content,
            "{written}"
        );
    }
}

#[test]
fn a_key_is_a_text_whatever_it_looks_like() {
    let node = tree("no: a\n1: b\nnull: c\ntrue: d\n0x10: e\n", Format::Yaml);
    for (key, value) in [
        ("no", "a"),
        ("1", "b"),
        ("null", "c"),
        ("true", "d"),
        ("0x10", "e"),
    ] {
        assert_eq!(
            node.get(key).map(|node| &node.content),
            Some(&text(value)),
            "{key}"
        );
    }
    assert_eq!(
        tree("1 = true", Format::Toml).get("1").unwrap().content,
        Content::Switch(true)
    );
}

#[test]
fn json_is_read_exactly() {
    let escapes = "{\"v\": \"\\ud83d\\ude00\\u0000\\t\\/\u{e9}\u{7f}\"}";
    assert_eq!(
        value(escapes, Format::Json),
        text("\u{1f600}\0\t/\u{e9}\u{7f}")
    );
    assert_eq!(
        value("{\t\"v\":\r\n[]}", Format::Json),
        Content::List(Vec::new())
    );
    for bad in [
        "{\"v\": 01}",
        "{\"v\": 1,}",
        "{v: 1}",
        "{\"v\": 1} // no",
        "{\"v\": 'x'}",
        "{\"v\": \"\\ud83d\"}",
        "{\"v\": \"a\tb\"}",
        "{\"v\": +1}",
        "{\"v\": NaN}",
        "{\"v\": 1} {}",
        "",
    ] {
        assert_eq!(wrong(bad, Format::Json).len(), 1, "{bad}");
    }
}

#[test]
fn every_value_and_key_knows_where_it_stands() {
    for (written, format) in [
        ("a: 1\nb:\n  é: [x, y]\n", Format::Yaml),
        (
            "\u{feff}{\"a\": 1,\n \"b\": {\n  \"é\": [\"x\", \"y\"]}}",
            Format::Json,
        ),
        ("a = 1\n[b]\n  \"é\" = [\"x\", \"y\"]\n", Format::Toml),
    ] {
        let node = tree(written, format);
        let Content::Map(entries) = &node.get("b").unwrap().content else {
            panic!("{written}")
        };
        let (key, list) = &entries[0];
        assert_eq!(
            (key.at.line, key.at.column, &*key.text),
            (3, 3, "é"),
            "{written}"
        );
        let Content::List(nodes) = &list.content else {
            panic!("{written}")
        };
        let line: Vec<char> = written.lines().nth(2).unwrap().chars().collect();
        let column = nodes[1].at.column as usize - 1;
        assert_eq!(nodes[1].at.line, 3);
        assert!(
            line[column..].iter().take(2).any(|c| *c == 'y'),
            "{written}"
        );
    }
}

#[test]
fn what_stands_twice_is_told_at_its_second_place() {
    assert_eq!(
        wrong("a: 1\nb: 2\na: 3\n", Format::Yaml),
        ["3:1: `a` stands twice"]
    );
    assert_eq!(
        wrong("{\"a\": {\"b\": 1, \"b\": 2}}", Format::Json),
        ["1:16: `b` stands twice"]
    );
    let toml = wrong("a = 1\na = 2\n", Format::Toml);
    assert!(
        toml[0].starts_with("2:1: this is not TOML: duplicate key"),
        "{toml:?}"
    );
}

#[test]
fn yaml_that_could_surprise_is_refused_where_it_stands() {
    for (written, told) in [
        (
            "a: !!str 5",
            "1:4: this is not YAML that is read here: a tag",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "2:1: this is not YAML that is read here: a second document",
        ),
        (
            "? [a, b]\n: c",
            "1:3: this is not YAML that is read here: a key that is not a text",
        ),
        (
            "a: &a {x: 1}\nb:\n  <<: *a",
            "3:3: this is not YAML that is read here: a merge key",
        ),
        (
            "a: &a [*a]",
            "1:8: this is not YAML that is read here: an alias of something",
        ),
        ("a: *nobody", "1:4: this is not YAML: "),
        ("a: [1, 2", "2:1: this is not YAML: "),
        ("a: 'x", "1:4: this is not YAML: "),
        ("a:\n\t- x", "2:"),
    ] {
        let found = wrong(written, Format::Yaml);
        assert!(found[0].starts_with(told), "{written}: {found:?}");
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[test]
fn an_alias_stands_for_its_anchor_and_aliases_cannot_fill_the_memory() {
    let node = tree("a: &x {b: 5}\nc: *x\n", Format::Yaml);
    let copied = node.get("c").unwrap();
    assert_eq!(copied.get("b").unwrap().content, number("5"));
    assert_eq!((copied.at.line, copied.at.column), (2, 4));
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let below = format!("*a{}", level - 1);
        let list = [below.as_str(); 10].join(", ");
        laughs += &format!("a{level}: &a{level} [{list}]\n");
    }
    let found = wrong(&laughs, Format::Yaml);
    assert!(found[0].contains("stand for too much"), "{found:?}");
}

#[test]
fn nothing_nests_without_end() {
    for (open, format) in [
        ("[", Format::Yaml),
        ("{\"a\":", Format::Json),
        ("- ", Format::Yaml),
    ] {
        let found = wrong(&open.repeat(50_000), format);
        assert_eq!(found.len(), 1, "{found:?}");
    }
    let toml = format!("a = {}", "[".repeat(50_000));
    assert_eq!(wrong(&toml, Format::Toml).len(), 1);
}
