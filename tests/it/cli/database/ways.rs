//! The way to a database: which host is taken, who is trusted, and what is said where there is none.

use std::time::{Duration, Instant};

use super::fake::{Authority, Manner, Server};
use super::{command, home, run};
use crate::cli::kit::Said;

const CHECK: &str = "auth status --check --profile base --json";

fn replica() -> Server {
    Server::new(Manner {
        is_replica: true,
        ..Manner::default()
    })
}

fn came(servers: &[&Server]) -> Vec<usize> {
    servers.iter().map(|server| server.visits().len()).collect()
}

#[test]
fn hosts_are_tried_in_their_order_until_one_is_what_is_wanted() {
    let (follower, leader) = (replica(), Server::new(Manner::default()));
    let (first, second) = (follower.port(), leader.port());
    for (target, expected) in [
        ("any", [1, 0]),
        ("standby", [1, 0]),
        ("prefer-standby", [1, 0]),
        ("primary", [1, 1]),
        ("read-write", [1, 1]),
        ("prefer-primary", [1, 1]),
    ] {
        let place = home(&format!(
            "postgres://flags@127.0.0.1:{first},127.0.0.1:{second}/app?target_session_attrs={target}"
        ));
        Said::by(command(&place, CHECK).env("PGPASSWORD", "p")).yes();
        assert_eq!(came(&[&follower, &leader]), expected, "{target}");
    }
    for (target, port, code) in [
        ("primary", first, 5),
        ("standby", second, 5),
        ("prefer-primary", first, 0),
        ("prefer-standby", second, 0),
    ] {
        let place = home(&format!(
            "postgres://flags@127.0.0.1:{port}/app?target_session_attrs={target}"
        ));
        let said = Said::by(command(&place, CHECK).env("PGPASSWORD", "p"));
        assert_eq!(said.code, Some(code), "{target}: {said:?}");
    }
}

#[test]
fn a_host_that_is_gone_or_silent_makes_room_for_the_next() {
    let leader = Server::new(Manner::default());
    let (_held, silent) = Server::silent();
    let starting = Server::new(Manner {
        refusal: Some(("57P03", "the database system is starting up")),
        ..Manner::default()
    });
    let place = home(&format!(
        "postgres://flags@127.0.0.1:1,127.0.0.1:{silent},127.0.0.1:{},127.0.0.1:{}/app\
         ?connect_timeout=1",
        starting.port(),
        leader.port()
    ));
    let begun = Instant::now();
    Said::by(command(&place, CHECK).env("PGPASSWORD", "p")).yes();
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(came(&[&leader]), [1]);
}

#[test]
fn what_keeps_a_database_from_being_reached_has_its_exit_code_and_its_words() {
    let refusing = |code, words| {
        Server::new(Manner {
            refusal: Some((code, words)),
            ..Manner::default()
        })
    };
    let crowded = refusing("53300", "sorry, too many clients already");
    let missing = refusing("3D000", "database \"app\" does not exist");
    let barred = refusing("28000", "no pg_hba.conf entry for host");
    let guarded = Server::new(Manner {
        password: Some("right"),
        ..Manner::default()
    });
    let (_held, silent) = Server::silent();
    for (port, exit, code, part) in [
        (
            1,
            5,
            "database_unreachable",
            "127.0.0.1:1: Connection refused",
        ),
        (silent, 5, "database_unreachable", "no answer within 1 s"),
        (
            crowded.port(),
            5,
            "database_unreachable",
            "too many clients",
        ),
        (
            missing.port(),
            6,
            "database_missing",
            "has no database `app`",
        ),
        (barred.port(), 4, "database_login", "no pg_hba.conf entry"),
        (
            guarded.port(),
            4,
            "database_login",
            "does not let the user `flags` in",
        ),
    ] {
        let place = home(&format!(
            "postgres://flags@127.0.0.1:{port}/app?connect_timeout=1"
        ));
        let said = Said::by(command(&place, CHECK).env("PGPASSWORD", "hunter2"));
        assert_eq!(said.code, Some(exit), "{part}: {said:?}");
        assert!(said.err.contains(part), "{said:?}");
        assert!(
            said.err.contains(&format!("\"code\":\"{code}\"")),
            "{said:?}"
        );
        assert!(!format!("{said:?}").contains("hunter2"), "{said:?}");
    }
}

#[test]
fn nothing_secret_is_said_to_a_server_that_proves_nothing() {
    let authority = Authority::new();
    let ours = |tls| {
        Server::new(Manner {
            tls,
            password: Some("right"),
            ..Manner::default()
        })
    };
    let good = ours(Some(authority.server("localhost")));
    let other_name = ours(Some(authority.server("elsewhere.example")));
    let stranger = ours(Some(Authority::new().server("localhost")));
    let plain = ours(None);
    let bundle = |place: &super::Place, port: u16, how: &str| {
        let file = place.file("ca.pem", authority.text());
        let url = format!("postgres://flags@localhost:{port}/app?sslmode={how}");
        let trusted = format!("{url}&sslrootcert={}", file.display());
        run(place, &format!("profile add base --url {trusted}")).yes();
        run(
            place,
            &format!(
                "profile add bundle --url {url} --ca-bundle {}",
                file.display()
            ),
        )
        .yes();
        run(place, &format!("profile add alone --url {url}")).yes();
    };
    for how in ["verify-full", "require"] {
        let place = super::Place::bare();
        bundle(&place, good.port(), how);
        for profile in ["base", "bundle"] {
            let line = format!("auth status --check --profile {profile}");
            let mut known = command(&place, &line);
            Said::by(known.env("PGPASSWORD", "right")).yes();
            let visits = good.visits();
            assert!(visits.len() == 1 && visits[0].encrypted, "{visits:?}");
        }
        let mut unknown = command(&place, "auth status --check --profile alone --json");
        let said = Said::by(unknown.env("PGPASSWORD", "right"));
        assert_eq!(said.code, Some(5), "{said:?}");
        assert!(
            said.err.contains("\"code\":\"database_untrusted\""),
            "{said:?}"
        );
        assert!(said.err.contains("sslrootcert=FILE"), "{said:?}");
        assert_eq!(good.visits(), []);
        for server in [&other_name, &stranger, &plain] {
            let place = super::Place::bare();
            bundle(&place, server.port(), how);
            let mut asked = command(&place, CHECK);
            let said = Said::by(asked.env("PGPASSWORD", "right"));
            assert_eq!(said.code, Some(5), "{said:?}");
            assert_eq!(server.visits(), [], "{how}: it heard who we are");
        }
    }
    let place = home(&format!("postgres://flags@localhost:{}/app", good.port()));
    Said::by(command(&place, CHECK).env("PGPASSWORD", "right")).yes();
    assert!(
        !good.visits()[0].encrypted,
        "within this machine nothing has to be"
    );
}

#[test]
fn the_doctor_tells_of_each_host_by_itself() {
    let (_held, silent) = Server::silent();
    let place = home(&format!(
        "postgres://flags@127.0.0.1:1,127.0.0.1:{silent}/app?connect_timeout=1"
    ));
    let said = run(&place, "doctor --profile base --json");
    assert_eq!(said.code, Some(5), "{said:?}");
    assert!(said.out.contains("Connection refused"), "{said:?}");
    assert!(said.out.contains("no answer within 1 s"), "{said:?}");
    let open = home("postgres://flags@192.0.2.1/app?sslmode=disable&connect_timeout=1");
    let said = run(&open, "doctor --profile base --json");
    assert!(
        said.out.contains("can read and alter what passes"),
        "{said:?}"
    );
}
