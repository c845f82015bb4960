//! How credentials are written, and what is said of texts that are none. A text is never repeated:
//! it may be a secret that ended up in the wrong place.

use zeroize::Zeroizing;

use super::{Credential, CredentialError, Whence};
use crate::config::Kind;
use crate::secret::Secret;

/// Longer than any key there is.
const MOST_CHARACTERS: usize = 4096;

/// Reads a credential: one word, or lines such as `ASTAPA_CLIENT_ID=…`, as `flags serve keys
/// create` writes them and `.env` files have them.
///
/// # Errors
///
/// Where the text is none for this kind of server.
pub fn read(
    text: &str,
    kind: Kind,
    client_id: Option<&str>,
    whence: &Whence,
) -> Result<Credential, CredentialError> {
    let wrong = |what: String| CredentialError::Form {
        whence: whence.clone(),
        what,
    };
    if kind == Kind::Postgres {
        return password(text, client_id, whence);
    }
    let (secret, id) = match lines(text) {
        Some(lines) => of_lines(&lines, kind).map_err(wrong)?,
        None => (Zeroizing::new(text.trim().to_owned()), None),
    };
    let id = id.or_else(|| client_id.map(str::to_owned));
    judge(&secret, kind).map_err(wrong)?;
    match kind {
        Kind::Local | Kind::Http | Kind::Workos => Ok(Credential::Key(secret.into())),
        Kind::Astapa => match id {
            Some(id) if is_word(&id) => Ok(Credential::Client {
                id,
                secret: Secret::from(secret),
            }),
            Some(_) => Err(wrong("the client ID with it is not one word".to_owned())),
            None => Err(CredentialError::NoClient {
                whence: whence.clone(),
            }),
        },
        // Read above.
        Kind::Postgres => password(&secret, client_id, whence),
    }
}

/// A password of PostgreSQL, which may have any characters and ends with its line.
fn password(
    text: &str,
    user: Option<&str>,
    whence: &Whence,
) -> Result<Credential, CredentialError> {
    let wrong = |what: &str| CredentialError::Form {
        whence: whence.clone(),
        what: what.to_owned(),
    };
    let line = text.strip_suffix('\n').unwrap_or(text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    if line.is_empty() {
        return Err(wrong("it is empty"));
    }
    if line.contains(['\n', '\r', '\0']) {
        return Err(wrong("this is no password: it has several lines"));
    }
    if line.len() > MOST_CHARACTERS {
        return Err(wrong("it is longer than any password"));
    }
    Ok(Credential::Client {
        id: user.unwrap_or_default().to_owned(),
        secret: Secret::new(line),
    })
}

type Lines<'t> = Vec<(&'t str, &'t str)>;

/// The variables that the text sets, if that is what it does.
fn lines(text: &str) -> Option<Lines<'_>> {
    let mut found = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = line.split_once('=')?;
        let name = name.strip_prefix("export ").unwrap_or(name).trim();
        let usual = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        if name.is_empty() || !name.bytes().all(usual) {
            return None;
        }
        found.push((name, unquoted(value.trim())));
    }
    (!found.is_empty()).then_some(found)
}

fn unquoted(value: &str) -> &str {
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(value)
}

/// The secret and the client among the variables that this kind of server is known by.
fn of_lines(lines: &Lines<'_>, kind: Kind) -> Result<(Zeroizing<String>, Option<String>), String> {
    let value = |wanted: &str| {
        let found = lines.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, value)| (*value).to_owned())
    };
    let names = super::variables(kind);
    let secret = names.first().and_then(|name| value(name));
    let secret = secret.ok_or_else(|| {
        let name = names.first().copied().unwrap_or_default();
        format!("it sets variables, and {name} is not among them")
    })?;
    let id = names.get(1).and_then(|name| value(name));
    Ok((Zeroizing::new(secret), id))
}

/// Says what is wrong with a key or secret.
fn judge(secret: &str, kind: Kind) -> Result<(), String> {
    if secret.is_empty() {
        return Err("it is empty".to_owned());
    }
    if secret.len() > MOST_CHARACTERS {
        return Err(format!(
            "it is longer than {MOST_CHARACTERS} characters, which no key is"
        ));
    }
    if !is_word(secret) {
        return Err("this is no key: a key is one word of printable ASCII characters".to_owned());
    }
    let key = matches!(kind, Kind::Http | Kind::Workos);
    if !key || (secret.starts_with("sk_") && secret.len() > 3) {
        return Ok(());
    }
    let whose = match kind {
        Kind::Workos => "a WorkOS API key",
        _ => "a key of flags serve",
    };
    let instead = if secret.starts_with("client_") {
        ", and this is a client ID"
    } else if secret.starts_with("pk_") {
        ", and this is a publishable key"
    } else if secret.starts_with("ey") && secret.matches('.').count() == 2 {
        ", and this is a token"
    } else if secret.starts_with(['"', '\'']) {
        ": leave the quotes out"
    } else {
        ""
    };
    Err(format!("{whose} begins with `sk_`{instead}"))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// So much of a secret that its owner can tell it from others: its kind, and its last characters
/// where enough of them are left to guess. Of a password, which people make up, nothing.
pub fn masked(secret: &Secret, kind: Kind) -> String {
    if kind == Kind::Postgres {
        return "…".to_owned();
    }
    let text = secret.expose();
    let lead = ["sk_test_", "sk_live_", "sk_", "secret_"]
        .into_iter()
        .find(|lead| text.starts_with(lead))
        .unwrap_or_default();
    let rest = text.get(lead.len()..).unwrap_or_default();
    let end = match rest.len() >= 20 {
        true => rest.get(rest.len() - 4..).unwrap_or_default(),
        false => "",
    };
    format!("{lead}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, kind: Kind, id: Option<&str>) -> Result<Credential, String> {
        read(text, kind, id, &Whence::Stdin).map_err(|error| error.to_string())
    }

    #[test]
    fn keys_are_one_word_and_begin_as_they_should() {
        let key = |text: &str| Ok(Credential::Key(Secret::new(text)));
        assert_eq!(of("sk_live_1\n", Kind::Workos, None), key("sk_live_1"));
        assert_eq!(of("  sk_1  ", Kind::Http, None), key("sk_1"));
        assert_eq!(of("WORKOS_API_KEY='sk_1'", Kind::Workos, None), key("sk_1"));
        for (text, part) in [
            ("", "it is empty"),
            ("client_01CANARY", "this is a client ID"),
            ("pk_CANARY", "publishable"),
            ("eyCANARY.a.b", "this is a token"),
            ("\"sk_CANARY\"", "leave the quotes out"),
            ("sk_CANARY two", "one word"),
            ("sk_CANARY\nsk_CANARY", "one word"),
            ("sk_zo\u{eb}CANARY", "one word"),
            ("sk_", "begins with `sk_`"),
            (
                "FLAGS_API_KEY=sk_CANARY",
                "WORKOS_API_KEY is not among them",
            ),
        ] {
            let said = of(text, Kind::Workos, None).unwrap_err();
            assert!(said.contains(part), "{text}: {said}");
            assert!(!said.contains("CANARY"), "{said}");
        }
        assert!(of(&format!("sk_{}", "x".repeat(5000)), Kind::Http, None).is_err());
    }

    #[test]
    fn a_client_comes_with_its_secret_or_from_the_profile() {
        let client = |id: &str| {
            let secret = Secret::new("s3");
            let id = id.to_owned();
            Ok(Credential::Client { id, secret })
        };
        let both = "# ours\nexport ASTAPA_CLIENT_ID=c1\nASTAPA_CLIENT_SECRET=s3\n";
        assert_eq!(of(both, Kind::Astapa, Some("c2")), client("c1"));
        assert_eq!(of("s3", Kind::Astapa, Some("c2")), client("c2"));
        let said = of("s3", Kind::Astapa, None).unwrap_err();
        assert!(said.contains("nobody says whose"), "{said}");
    }

    #[test]
    fn a_password_may_have_any_characters_but_is_one_line() {
        let user = Some("flags");
        let of = |text: &str| of(text, Kind::Postgres, user);
        let password = |text: &str| {
            let (id, secret) = ("flags".to_owned(), Secret::new(text));
            Ok(Credential::Client { id, secret })
        };
        for text in ["p w", " p ", "A=b", "zo\u{eb}", "sk_"] {
            assert_eq!(of(text), password(text));
            assert_eq!(of(&format!("{text}\r\n")), password(text));
        }
        for (text, part) in [("\n", "it is empty"), ("CANARY\nb", "several lines")] {
            let said = of(text).unwrap_err();
            assert!(said.contains(part) && !said.contains("CANARY"), "{said}");
        }
    }

    #[test]
    fn of_a_secret_only_so_much_is_shown_as_nobody_can_use() {
        let shown = |text: &str| masked(&Secret::new(text), Kind::Workos);
        assert_eq!(shown("sk_live_0123456789abcdefghij"), "sk_live_…ghij");
        assert_eq!(shown("sk_0123456789abcdef"), "sk_…");
        assert_eq!(shown("password"), "…");
        let password = Secret::new("correct horse battery staple");
        assert_eq!(masked(&password, Kind::Postgres), "…");
    }
}
