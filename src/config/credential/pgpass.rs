//! The file that `psql` and everything else of PostgreSQL finds passwords in: `PGPASSFILE`, else
//! `~/.pgpass`.
//!
//! Its lines are `host:port:database:user:password`, where `*` stands for anything and `\` takes
//! `:` and itself by their word; the first line that fits counts. As with libpq, a file that others
//! can read is of no use. libpq then goes on without a password and has the server say that there
//! was none; here it is said why.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use zeroize::Zeroizing;

use super::{CredentialError, Whence};
use crate::secret::Secret;

/// Nobody keeps so many passwords.
const MOST_BYTES: u64 = 1 << 20;
/// Sockets in these directories are called `localhost` in the file, as each of them is somebody's
/// usual one.
const USUAL_SOCKETS: [&str; 3] = ["/var/run/postgresql", "/run/postgresql", "/tmp"];

/// What a password is wanted for.
#[derive(Debug, Clone)]
pub struct Login {
    /// The server's name or address, or the directory of its socket.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The database.
    pub database: String,
    /// The user.
    pub user: String,
}

/// The password for a login, and the file that has it.
///
/// # Errors
///
/// Where a file that was named is not there, cannot be read, or others can read the password.
pub(super) fn find(login: &Login) -> Result<Option<(Secret, PathBuf)>, CredentialError> {
    let Some((path, was_named)) = path() else {
        return Ok(None);
    };
    let unreadable = |what: String| CredentialError::Unreadable {
        whence: Whence::Passwords(path.clone()),
        what,
    };
    let about = match fs::metadata(&path) {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound && !was_named => return Ok(None),
        Err(error) => return Err(unreadable(error.to_string())),
    };
    // To open a pipe would wait for whoever writes to it.
    if !about.is_file() {
        return Err(unreadable("it is no ordinary file".to_owned()));
    }
    if about.len() > MOST_BYTES {
        return Err(unreadable(format!("it has more than {MOST_BYTES} bytes")));
    }
    let bytes = Zeroizing::new(fs::read(&path).map_err(|error| unreadable(error.to_string()))?);
    let Some(found) = search(&bytes, login) else {
        return Ok(None);
    };
    let mode = about.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(CredentialError::Exposed { path, mode });
    }
    let text = std::str::from_utf8(&found);
    let text = text.map_err(|_| unreadable("the password in it is not UTF-8 text".to_owned()))?;
    Ok(Some((Secret::new(text), path)))
}

/// The file, and whether somebody named it.
fn path() -> Option<(PathBuf, bool)> {
    match crate::config::variable("PGPASSFILE") {
        Some(named) => Some((named.into(), true)),
        None => Some((std::env::home_dir()?.join(".pgpass"), false)),
    }
}

/// The password of the first line that fits.
fn search(file: &[u8], login: &Login) -> Option<Zeroizing<Vec<u8>>> {
    let port = login.port.to_string();
    let is_usual = USUAL_SOCKETS.contains(&&*login.host);
    // A socket may also be named by its directory.
    let names: &[&str] = match is_usual {
        true => &["localhost", &login.host],
        false => &[&login.host],
    };
    let wanted = [names, &[&port], &[&login.database], &[&login.user]];
    file.split(|byte| *byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .filter(|line| !line.starts_with(b"#"))
        .find_map(|line| password(line, wanted))
}

/// The password of a line, if it is for this login.
fn password(line: &[u8], wanted: [&[&str]; 4]) -> Option<Zeroizing<Vec<u8>>> {
    let mut rest = line;
    for wanted in wanted {
        let (field, behind) = field(rest);
        let said = plain(field);
        if field != b"*" && !wanted.iter().any(|name| name.as_bytes() == &*said) {
            return None;
        }
        rest = behind?;
    }
    let (password, _) = field(rest);
    let password = plain(password);
    (!password.is_empty()).then(|| Zeroizing::new(password.into_owned()))
}

/// What stands before the next colon, and what behind it, if there is one.
fn field(text: &[u8]) -> (&[u8], Option<&[u8]>) {
    let mut escaped = false;
    for (index, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b':' => return (&text[..index], Some(&text[index + 1..])),
            _ => {}
        }
    }
    (text, None)
}

fn plain(field: &[u8]) -> Cow<'_, [u8]> {
    if !field.contains(&b'\\') {
        return Cow::Borrowed(field);
    }
    let mut found = Vec::with_capacity(field.len());
    let mut bytes = field.iter().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek()) {
            (b'\\', Some(next)) => {
                found.push(**next);
                bytes.next();
            }
            _ => found.push(*byte),
        }
    }
    Cow::Owned(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(host: &str) -> Login {
        Login {
            host: host.to_owned(),
            port: 5432,
            database: "app".to_owned(),
            user: "flags".to_owned(),
        }
    }

    fn of(file: &str, login: &Login) -> Option<String> {
        let found = search(file.as_bytes(), login)?;
        Some(String::from_utf8(found.to_vec()).unwrap())
    }

    #[test]
    fn the_first_line_that_fits_counts() {
        let file = "# db.example:5432:app:flags:no\n\
                    other:5432:app:flags:no\n\
                    db.example:5433:app:flags:no\n\
                    db.example:5432:app:ana:no\n\
                    db.example:*:app:flags:first\r\n\
                    *:*:*:*:second\n";
        assert_eq!(of(file, &login("db.example")).as_deref(), Some("first"));
        let elsewhere = login("x");
        assert_eq!(of(file, &elsewhere).as_deref(), Some("second"));
        assert_eq!(of("db.example:5432:app:flags", &login("db.example")), None);
        assert_eq!(of("db.example:5432:app:flags:", &login("db.example")), None);
        assert_eq!(of("", &login("db.example")), None);
    }

    #[test]
    fn colons_and_backslashes_are_taken_by_their_word_where_a_backslash_says_so() {
        let odd = Login {
            user: "a\\b".to_owned(),
            ..login("::1")
        };
        let file = r"\:\:1:5432:app:a\\b:p\:w\\d\x:rest";
        assert_eq!(of(file, &odd).as_deref(), Some(r"p:w\dx"));
        assert_eq!(
            of(r"\*:5432:app:flags:p", &login("db.example")),
            None,
            "not a star"
        );
        assert_eq!(
            of(r"*:*:*:*:p\", &login("db.example")).as_deref(),
            Some(r"p\")
        );
    }

    #[test]
    fn a_socket_is_called_localhost_or_by_its_directory() {
        let near = login("/run/postgresql");
        assert_eq!(of("localhost:*:*:*:near", &near).as_deref(), Some("near"));
        let by_directory = "/run/postgresql:*:*:*:by directory\nlocalhost:*:*:*:later";
        assert_eq!(of(by_directory, &near).as_deref(), Some("by directory"));
        let elsewhere = login("/srv/sockets");
        assert_eq!(of("localhost:*:*:*:near", &elsewhere), None);
    }
}
