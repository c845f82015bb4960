//! A pooler that gives each transaction to another session.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

use flags::store::postgres::{DatabaseError, PostgresStore};
use flags::store::{Store, StoreError};

use super::kit::Ground;
use crate::project::{member_of, put_user, revision, try_write, write};

/// A way to the server on which a session is told another schema than the one that was asked for, as
/// it is where somebody else has used it before.
fn misled(server: u16, asked: &str, told: &str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (asked, told) = (format!("\"{asked}\""), format!("\"{told}\""));
    assert_eq!(asked.len(), told.len(), "messages say how long they are");
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let mut server = TcpStream::connect(("127.0.0.1", server)).unwrap();
            let (mut answers, mut back) =
                (server.try_clone().unwrap(), client.try_clone().unwrap());
            thread::spawn(move || std::io::copy(&mut answers, &mut back));
            let (asked, told, mut client) = (asked.clone(), told.clone(), client);
            thread::spawn(move || {
                let mut buffer = [0; 65536];
                while let Ok(length @ 1..) = client.read(&mut buffer) {
                    let said = &mut buffer[..length];
                    let found = said.windows(asked.len());
                    let found = found
                        .enumerate()
                        .find(|(_, part)| *part == asked.as_bytes());
                    if let Some((at, _)) = found {
                        said[at..at + told.len()].copy_from_slice(told.as_bytes());
                    }
                    if server.write_all(said).is_err() {
                        break;
                    }
                }
                let _ = server.shutdown(Shutdown::Both);
            });
        }
    });
    port
}

#[test]
fn another_project_is_never_read_or_written_in_the_place_of_ours() {
    let (Some(mut ours), Some(mut other)) = (Ground::new(), Ground::new()) else {
        return;
    };
    let number = std::process::id();
    ours.place.schema = format!("pooled_{number}_a");
    other.place.schema = format!("pooled_{number}_b");
    for ground in [&ours, &other] {
        write(
            &ground.create(),
            [put_user("ann", None, Some(member_of(&[])))],
        );
    }
    let port = misled(ours.port(), &ours.place.schema, &other.place.schema);
    let store = PostgresStore::open(&ours.behind(port));
    let pooled = |error: StoreError| {
        assert!(
            matches!(error, StoreError::Database(DatabaseError::Pooled { .. })),
            "{error:?}"
        );
    };
    pooled(store.snapshot().unwrap().revision().unwrap_err());
    pooled(store.pulse().unwrap_err());
    pooled(try_write(&store, [put_user("bob", None, Some(member_of(&[])))]).unwrap_err());
    assert_eq!(revision(&other.open()).0, 1);
}
