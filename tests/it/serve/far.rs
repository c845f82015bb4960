//! The command line at a project on a server: the same commands, the same answers.
//!
//! Two projects that are alike are told the same, one in its file and the other through a server.
//! Whatever is printed, and whatever is there afterwards, has to be the same.

use std::fmt::Write;
use std::process::Command;

use serde_json::Value;

use super::kit::Server;
use crate::cli::kit::{Place, Said};

/// A project in a file, its twin, and the server of that.
struct Twins {
    here: Place,
    there: Place,
    _server: Server,
}

impl Twins {
    fn new() -> Self {
        let (here, there) = (Place::old_shop(), Place::old_shop());
        let server = Server::open(&there);
        let add = format!("profile add team --url {} --default", server.url());
        Said::by(&mut command(&there, &add)).yes();
        Self {
            here,
            there,
            _server: server,
        }
    }

    /// What both say, which is the same.
    #[track_caller]
    fn say(&self, line: &str) -> Said {
        let words: Vec<&str> = line.split_whitespace().collect();
        // Of the server's callers nobody has a name here.
        let near = Said::by(self.here.command(&words).env("FLAGS_ACTOR", "anybody"));
        let far = Said::by(&mut command(&self.there, line));
        let said = |said: &Said| (said.code, said.out.clone(), said.err.clone());
        assert_eq!(said(&far), said(&near), "{line}");
        far
    }

    /// What both say, which is that all is well.
    #[track_caller]
    fn do_(&self, line: &str) {
        let said = self.say(line);
        assert_eq!(said.code, Some(0), "{line}: {said:?}");
    }

    /// Puts a file beside both.
    fn file(&self, name: &str, contents: &str) {
        for place in [&self.here, &self.there] {
            place.file(name, contents);
        }
    }

    #[track_caller]
    fn are_alike(&self) {
        assert_eq!(self.there.contents(), self.here.contents());
    }
}

/// The program in a place whose profile says where the project is.
fn command(place: &Place, line: &str) -> Command {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = place.command(&words);
    command.env_remove("FLAGS_STORE");
    command
}

#[test]
fn what_is_asked_from_afar_is_answered_as_at_home() {
    let twins = Twins::new();
    for line in [
        "check analytics --user ana",
        "check !beta max_seats>=5 --user dev --json",
        "check sso --user ben",
        "check sso --user nobody",
        "check nothing --user ana",
        "check analytics --user ben --at 2026-05-20",
        "resolve --user dev --json",
        "resolve --org acme",
        "resolve --plan pro",
        "resolve --user cleo --org acme --target workspace:ws_1 --json",
        "resolve --user ana --at 2025-12-31T00:00:00Z --json",
        "get max_seats --user dev",
        "explain sso --user ana",
        "explain analytics --user ben --json",
        "explain analytics --user ben --history",
        "matrix",
        "matrix --json",
        "export",
        "export --subjects --overrides",
        "feature list --json",
        "feature show beta",
        "plan list",
        "plan show pro --json",
        "user list",
        "user list --plan pro --json",
        "user show dev --json",
        "org list --json",
        "org show acme",
        "override list --json",
        "override show --user ben",
        "log",
        "log --json",
        "log verify",
        "set analytics --plan free --dry-run",
        "user forget dev --dry-run --json",
    ] {
        twins.say(line);
    }
}

#[test]
fn what_is_written_from_afar_is_written_as_at_home() {
    let twins = Twins::new();
    twins.file(
        "users.csv",
        "id,plan,organizations\nana,,acme\nnew,pro,\nother,free,initech\n",
    );
    twins.file(
        "overrides.ndjson",
        "{\"user\":\"ana\",\"feature\":\"sso\",\"value\":\"off\",\"reason\":\"leaks\"}\n\
         {\"user\":\"new\",\"feature\":\"max_seats\",\"value\":9}\n\
         {\"user\":\"ben\",\"feature\":\"analytics\",\"value\":\"clear\"}\n",
    );
    for line in [
        "set analytics --plan free --reason asked",
        "set sso --user ben --expires 14d --json",
        "set max_seats 12 --org initech",
        "unset analytics --plan free",
        "unset sso --user nobody",
        "feature define dark --json",
        "feature disable beta",
        "feature edit dark --name Dark",
        "target add dark user:ben org:acme workspace:w2",
        "target percent dark 12.5",
        "target remove dark user:ben",
        "plan create gold --display-name Gold",
        "plan delete gold --yes",
        "user assign zoe --plan pro --email zoe@example.com --create",
        "org assign big --plan pro --create",
        "user import users.csv --dry-run",
        "user import users.csv --json",
        "override import overrides.ndjson --dry-run --json",
        "override import overrides.ndjson",
        "override clear sso --user ana",
        "user forget zoe --yes",
        "feature delete dark --yes",
        "set nothing --plan pro",
        "undo --yes",
        "log --json",
        "log verify --json",
        "explain max_seats --user new --history --json",
        "check max_seats=9 --user new",
    ] {
        twins.say(line);
        twins.are_alike();
    }
    twins.do_("log verify");
    let catalog = twins
        .say("export")
        .out
        .replace("\"Analytics\"", "\"Charts\"");
    twins.file("catalog.json", &catalog);
    for line in [
        "diff catalog.json",
        "apply catalog.json --yes",
        "diff catalog.json",
    ] {
        twins.say(line);
        twins.are_alike();
    }
}

#[test]
fn an_import_of_many_rows_asks_for_everybody_once_and_writes_all_or_nothing() {
    let twins = Twins::new();
    let mut users = String::from("id,plan\n");
    let mut overrides = String::new();
    for number in 0..1500 {
        writeln!(users, "u{number},pro").unwrap();
        writeln!(
            overrides,
            "{{\"user\":\"u{number}\",\"feature\":\"max_seats\",\"value\":{}}}",
            number % 7
        )
        .unwrap();
    }
    twins.file("users.csv", &users);
    twins.file("overrides.ndjson", &overrides);
    twins.do_("user import users.csv --json");
    twins.do_("override import overrides.ndjson --json");
    twins.are_alike();
    twins.file(
        "bad.ndjson",
        &format!("{overrides}{{\"user\":\"u1\",\"feature\":\"max_seats\",\"value\":99}}\n"),
    );
    assert_eq!(twins.say("override import bad.ndjson --json").code, Some(3));
    twins.are_alike();
    let said = twins.say("override import bad.ndjson --keep-going --json");
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(document["refused"], 1, "{document}");
    twins.are_alike();
}

#[test]
fn a_check_from_afar_is_one_request() {
    let twins = Twins::new();
    let requests = |line: &str| {
        let said = Said::by(&mut command(&twins.there, &format!("--verbose {line}")));
        let asked = said
            .err
            .lines()
            .filter(|line| line.starts_with("> POST") || line.starts_with("> GET"));
        (said.code, asked.count())
    };
    assert_eq!(requests("check analytics --user ana"), (Some(0), 1));
    assert_eq!(
        requests("check sso !beta max_seats>=1 --user dev"),
        (Some(1), 1)
    );
    assert_eq!(requests("resolve --user dev"), (Some(0), 1));
    // What was read, and what is written.
    let (code, count) = requests("set analytics --plan free");
    assert!(
        code == Some(0) && count <= 4,
        "{count} requests for a write"
    );
}
