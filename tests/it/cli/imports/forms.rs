//! How files are written: columns, quotes, line ends, NDJSON, and what is no such file.

use serde_json::json;

use super::{document, fed, refusals};
use crate::cli::kit::{Place, refused};

#[test]
fn a_header_that_cannot_be_used_is_refused_before_any_row() {
    let place = Place::shop();
    let columns = "columns, separated by commas and in any order: subject, user, org, feature, \
                   value, reason, starts, expires";
    for (name, text, code, message) in [
        (
            "a.csv",
            "user,feature,valu\n",
            "unknown_column",
            "line 1 names an unknown column `valu`",
        ),
        (
            "b.csv",
            "user,feature,USER\n",
            "repeated_column",
            "line 1 names the column `USER` twice",
        ),
        (
            "c.csv",
            "user,value\nana,on\n",
            "missing_column",
            "line 1 names no column `feature`",
        ),
        (
            "d.csv",
            "feature,value\n",
            "missing_column",
            "line 1 names no column `subject`",
        ),
    ] {
        place.file(name, text);
        let hints: &[&str] = match name {
            "a.csv" => &["did you mean `value`?", columns],
            "b.csv" => &[],
            _ => &[columns],
        };
        refused(
            &place,
            &format!("override import {name}"),
            2,
            code,
            message,
            hints,
        );
    }
    place.file("e.csv", "");
    let message = "e.csv: this is empty: it has no line of column names";
    let hint = "columns: subject, user, org, feature, value, reason, starts, expires";
    refused(
        &place,
        "override import e.csv",
        2,
        "unreadable_file",
        message,
        &[hint],
    );
    assert_eq!(place.revision(), 1);
}

#[test]
fn a_mark_line_ends_quotes_and_empty_lines_do_not_matter() {
    let place = Place::shop();
    let rows = "\u{feff}User, Feature ,reason\r\n\r\n\"ana\",beta,\"a \"\"b\"\", c\r\nd\"\r\n\n\
                ben , beta,\r\nnobody,beta,\r\ndev,sso,'x";
    let told = document(&place, "override import --keep-going", rows, 1);
    assert_eq!(told["added"], 3);
    assert_eq!(
        refusals(&told),
        [(7, "there is no user `nobody`".to_owned())]
    );
    let listed = place.json("override list --feature beta");
    assert_eq!(listed[0]["reason"], "a \"b\", c\r\nd");
    let listed = place.json("override list --feature sso --user dev");
    assert_eq!(
        listed[0]["reason"], "'x",
        "an apostrophe of one's own stays"
    );
}

#[test]
fn bytes_that_are_no_text_refuse_their_row_alone() {
    let place = Place::shop();
    let mut rows = b"user,feature,reason\nana,beta,\xff\nben,beta,a\0b\ndev,beta,".to_vec();
    rows.extend(b"x".repeat(2000));
    rows.extend(b"\ncleo,beta,ok\n");
    let said = fed(&place, "override import --keep-going", &rows);
    let expected = "line 2: it is not UTF-8 text\nline 3: it contains a NUL byte\n\
                    line 4: this text has 2000 characters; at most 1024 are kept\n";
    assert_eq!((said.code, &*said.err), (Some(1), expected));
    assert!(said.out.starts_with("4 rows: 1 added"), "{}", said.out);
}

#[test]
fn what_was_cut_off_is_refused_as_a_whole() {
    let place = Place::shop();
    let cut = "stdin: it ends within a quoted cell of the record that begins in line 3: it was cut \
               off, or a quote is not closed; nothing was written, the store is as it was\n";
    let rows = "user,feature\nana,beta\nben,\"be";
    let told = fed(&place, "override import --keep-going", rows).fails(2);
    assert_eq!(told, format!("error: {cut}"));
    let rows = "{\"user\":\"ana\",\"feature\":\"beta\"}\n{\"user\":\"ben\",\"fea";
    let told = fed(&place, "override import --keep-going", rows).fails(2);
    assert!(
        told.contains("in the middle of the object in line 2"),
        "{told}"
    );
    let told = fed(&place, "override import", b"\xff\xfeu\0s\0").fails(2);
    assert!(told.contains("this is UTF-16 text"), "{told}");
    let long = format!("user,feature\nana,\"{}", "beta\n".repeat(300_000));
    let told = fed(&place, "override import", long).fails(2);
    assert!(
        told.contains("begins in line 2 is longer than 1 MiB"),
        "{told}"
    );
    assert_eq!(place.revision(), 1);
}

#[test]
fn objects_on_lines_say_the_same_as_cells() {
    let place = Place::shop();
    let rows = r#"{"subject":"user:ana","feature":"beta","value":true,"reason":"a, \"b\""}

{"user":"dev","feature":"max_seats","value":7,"expires":null}
{"org":"acme","feature":"sso","value":false}
{"user":"ana","feature":"max_projects","value":"unlimited"}
{"user":"ana","feature":"beta","colour":"red"}
{"user":"ana","user":"ben","feature":"beta"}
[1]
{"user":"ana","feature":{}}
{"user":"ana","feature":"beta","value":true"#;
    let rows = format!("{rows}}}\n");
    let told = document(
        &place,
        "override import --keep-going --errors bad.ndjson",
        &rows,
        1,
    );
    let counts = ["rows", "added", "altered", "refused"].map(|field| told[field].clone());
    assert_eq!(counts, [9, 3, 1, 5].map(|count| json!(count)));
    let refused = refusals(&told);
    let expected = [
        (6, "it has an unknown member `colour`"),
        (7, "it has the member `user` twice"),
        (
            8,
            "it is not JSON: invalid type: sequence, expected an object, at column 0",
        ),
        (9, "`feature` cannot be an object"),
        (
            10,
            "it contradicts line 1, which is about the same override",
        ),
    ];
    for ((line, because), (wanted, part)) in refused.iter().zip(expected) {
        assert_eq!((*line, &**because), (wanted, part));
    }
    let kept = std::fs::read_to_string(place.path("bad.ndjson")).unwrap();
    let first = r#"{"refused_line":6,"refused_because":"it has an unknown member `colour`","user":"ana","feature":"beta","colour":"red"}"#;
    assert_eq!(kept.lines().next().unwrap(), first);
    assert_eq!(kept.lines().count(), 5);
}

#[test]
fn a_file_beside_the_import_overwrites_none_that_matters() {
    let place = Place::shop();
    place.file("rows.csv", "user,feature\nana,beta\n");
    let store = place.store();
    for line in [
        "override import rows.csv --errors rows.csv".to_owned(),
        format!("override import rows.csv --verdicts {}", store.display()),
    ] {
        let told = place.flags(&line).fails(2);
        assert!(told.contains("would be overwritten"), "{told}");
    }
    assert_eq!(place.revision(), 1);
    let told = place
        .flags("override import rows.csv --errors no/such/place.csv")
        .fails(2);
    assert!(told.contains("cannot be written"), "{told}");
    place
        .flags("override import rows.csv --errors /dev/null")
        .yes();
}
