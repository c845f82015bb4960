//! `user import`.

use serde_json::json;

use super::{document, fed, refusals};
use crate::cli::kit::Place;

#[test]
fn users_become_known_and_what_has_a_column_is_altered() {
    let place = Place::shop();
    let rows = "id,plan,organizations\nana,,acme; initech\nnew,pro,\ncleo,,acme\n";
    let told = fed(&place, "user import --reason sync", rows).yes();
    assert_eq!(
        told,
        "3 rows: 1 added, 1 altered, 1 unchanged\nrevision 2\n"
    );
    let ana = place.json("user show ana");
    assert_eq!(ana["email"], "ana@example.com", "no column, no change");
    assert_eq!(
        (&ana["plan"], &ana["organizations"]),
        (&json!(null), &json!(["acme", "initech"]))
    );
    assert_eq!(place.json("user show new")["plan"], "pro");
    let rows = r#"{"user":"new","email":"n@x","targets":["workspace:w1","workspace:w2"]}"#;
    fed(&place, "user import", rows).yes();
    let new = place.json("user show new");
    assert_eq!(
        (&new["plan"], &new["email"]),
        (&json!("pro"), &json!("n@x"))
    );
    assert_eq!(new["targets"], json!(["workspace:w1", "workspace:w2"]));
}

#[test]
fn what_a_user_cannot_have_refuses_its_row() {
    let place = Place::shop();
    let before = place.contents();
    let rows = "id,plan,organizations,targets\n\
                a,gold,,\n\
                b,,nowhere,\n\
                c,,,org:acme\n\
                d,pro,,\n\
                d,free,,\n\
                d,pro,,\n\
                ,pro,,\n";
    let told = document(&place, "user import", rows, 3);
    let expected = [
        (2, "there is no plan `gold`"),
        (3, "there is no organization `nowhere`"),
        (4, "`organization:acme` is not a custom target"),
        (6, "it contradicts line 5, which is about the same user"),
        (8, "it names no user"),
    ];
    assert_eq!(
        refusals(&told),
        expected.map(|(line, text)| (line, text.to_owned()))
    );
    assert_eq!((&told["added"], &told["unchanged"]), (&json!(1), &json!(1)));
    assert_eq!(place.contents(), before);
    let made = fed(
        &place,
        "user import --create",
        "id,organizations\nb,nowhere\n",
    )
    .yes();
    assert_eq!(made, "1 row: 1 added, 0 altered, 0 unchanged\nrevision 2\n");
    assert_eq!(place.json("org show nowhere")["members"], 1);
}
