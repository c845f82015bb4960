//! Many users and overrides in one write.

use serde_json::{Value, json};

use crate::cli::kit::Place;
use crate::serve::kit::{Reply, Server, answered};

fn import(server: &Server, path: &str, lines: &str) -> Reply {
    let request = server.request("POST", path).body(lines.to_owned());
    answered(request.header("content-type", "application/x-ndjson"))
}

#[test]
fn lines_are_one_write_as_with_the_command_line() {
    let (place, other) = (Place::shop(), Place::shop());
    let server = Server::open(&place);
    for (kind, lines) in [
        (
            "user",
            "{\"id\":\"zoe\",\"plan\":\"pro\"}\n\n{\"id\":\"ana\",\"email\":null}\r\n{\"id\":\"ben\"}",
        ),
        (
            "override",
            "{\"user\":\"zoe\",\"feature\":\"sso\"}\n{\"subject\":\"org:acme\",\"feature\":\"max_seats\",\"value\":9}\n\
             {\"user\":\"ana\",\"feature\":\"sso\",\"value\":\"clear\"}\n",
        ),
    ] {
        let told = import(&server, &format!("/v1/import/{kind}s"), lines).expect(200);
        let file = other.file("rows.ndjson", lines);
        let own = other.json(&format!("{kind} import {}", file.display()));
        assert_eq!(told, own, "{kind}");
        assert_eq!(place.contents(), other.contents());
    }
}

#[test]
fn one_line_that_cannot_be_refuses_all_unless_the_others_may_go_on() {
    let place = Place::shop();
    let server = Server::open(&place);
    let lines = "{\"id\":\"zoe\"}\n{\"id\":\"x\",\"plan\":\"nowhere\"}\n{\"id\":\"y\",\"id\":\"z\"}\nnonsense\n\
                 {\"id\":\"w\",\"organizations\":[\"unknown\"]}\n{\"id\":\"zoe\",\"plan\":\"pro\"}\n";
    let path = "/v1/import/users";
    let refused = import(&server, path, lines).expect(422);
    assert_eq!(refused["error"]["code"], "rows_refused");
    let numbers: Vec<&Value> = refused["import"]["refusals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["line"])
        .collect();
    assert_eq!(
        numbers,
        [&json!(2), &json!(3), &json!(4), &json!(5), &json!(6)]
    );
    assert_eq!(place.revision(), 1);
    let dry = import(
        &server,
        &format!("{path}?dry_run=true&keep_going=true"),
        lines,
    )
    .expect(200);
    assert_eq!(
        (&dry["added"], &dry["changed"], place.revision()),
        (&json!(1), &json!(false), 1)
    );
    let told = import(&server, &format!("{path}?keep_going=true"), lines).expect(200);
    assert_eq!(
        (&told["added"], &told["refused"], place.revision()),
        (&json!(1), &json!(5), 2)
    );
    let told = import(
        &server,
        &format!("{path}?create=true"),
        "{\"id\":\"w\",\"organizations\":[\"unknown\"]}",
    )
    .expect(200);
    assert_eq!(told["added"], 1);
    server.get("/v1/organizations/unknown").expect(200);
    let other = answered(
        server
            .request("POST", path)
            .header("content-type", "text/csv")
            .body("id\n"),
    );
    other.expect(415);
}

#[test]
fn an_import_of_very_many_lines_is_not_held() {
    let place = Place::shop();
    let server = Server::open(&place);
    let lines: String = (0..30_000)
        .map(|n| format!("{{\"id\":\"u{n}\",\"plan\":\"pro\"}}\n"))
        .collect();
    let told = import(&server, "/v1/import/users", &lines).expect(200);
    assert_eq!(
        (&told["added"], &told["revision"]),
        (&json!(30_000), &json!(2))
    );
    let undone = server.send("POST", "/v1/undo", &json!({})).expect(200);
    assert_eq!(
        (
            &undone["count"],
            undone["changes"].as_array().unwrap().len()
        ),
        (&json!(30_000), 100)
    );
    server.get("/v1/users/u7").expect(404);
}
