//! What an address such as `postgres://flags@db1,db2/app?schema=flags` says, read strictly.
//!
//! The form is libpq's, so that an address that works with `psql` works here. What is not known is
//! refused rather than passed over: whoever misspells `sslmode` must not end up unencrypted. A
//! password may stand in it, or pieces of one where it was not written as it should be, so nothing
//! that is refused is repeated but for the names of parameters.

use std::time::Duration;

use percent_encoding::percent_decode_str;
use thiserror::Error;
use zeroize::Zeroizing;

use super::place::{Host, Target, Tls};
use crate::domain::nearest::nearest;
use crate::secret::Secret;

/// Longer ones are refused; twenty hosts need less.
const MOST_BYTES: usize = 4096;
/// How long one host may take, at most.
const MOST_SECONDS: u64 = 600;
/// PostgreSQL cuts longer names off, and the name of the channel begins with `flags_`.
const MOST_OF_SCHEMA: usize = 63 - "flags_".len();
/// PostgreSQL's own port.
const PORT: u16 = 5432;

/// Every parameter that is known.
const KNOWN: [&str; 11] = [
    "application_name",
    "connect_timeout",
    "host",
    "password",
    "port",
    "schema",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "target_session_attrs",
];

/// What an address says; what it does not say is left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    /// The hosts, in the order in which they are tried.
    pub hosts: Vec<Host>,
    /// The database.
    pub database: String,
    /// As whom.
    pub user: Option<String>,
    /// The password, which may stand there only where nobody else can read it.
    pub password: Option<Secret>,
    /// The schema that the project is in.
    pub schema: Option<String>,
    /// Whether what passes is encrypted.
    pub tls: Option<Tls>,
    /// Certificates that are trusted instead of the machine's own; `system` for these.
    pub root_certificates: Option<String>,
    /// Our own certificate.
    pub certificate: Option<String>,
    /// Its key.
    pub key: Option<String>,
    /// Which of the hosts answers questions.
    pub target: Option<Target>,
    /// How long each host may take.
    pub connect_timeout: Option<Duration>,
    /// What the server lists us as.
    pub application_name: Option<String>,
}

/// Why a text is no such address. No message repeats the text, which may have a password in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UrlError {
    /// It begins with something else.
    #[error("it does not begin with postgres:// or postgresql://")]
    Scheme,
    /// It is longer than any address needs to be.
    #[error("it has {0} bytes, and at most {MOST_BYTES} are read")]
    TooLong(usize),
    /// It has white space or control characters in it.
    #[error("it has white space or control characters in it: write them as %20 and the like")]
    Blank,
    /// It has a fragment, or a character of a password that would have to be escaped.
    #[error("it has a `#` in it: write %23 where one is meant")]
    Fragment,
    /// An `@` where none can be.
    #[error(
        "it has an `@` behind the hosts, or two of them before: in names (and in a password, which \
         is better kept elsewhere) `@` is written as %40, `/` as %2F, `?` as %3F, `:` as %3A"
    )]
    StrayAt,
    /// A percent sign without two hexadecimal digits, or what they stand for is no text.
    #[error("a `%` in it is not followed by two hexadecimal digits of UTF-8 text")]
    Escape,
    /// No host.
    #[error(
        "it names no host: postgres://USER@HOST/DATABASE, or postgres:///DATABASE?host=/run/postgresql \
         for a socket of this machine"
    )]
    NoHost,
    /// Hosts by both ways of naming them.
    #[error("it names hosts twice, before the database and by `host=`")]
    HostsTwice,
    /// A host that is none.
    #[error("host {0} in it is not a name, an address ([…] for IPv6) or the directory of a socket")]
    Host(usize),
    /// A port that is none.
    #[error("the port of host {0} in it is not a number from 1 to 65535")]
    Port(usize),
    /// No database.
    #[error("it names no database: postgres://USER@HOST/DATABASE")]
    NoDatabase,
    /// A path of several parts.
    #[error("the database's name in it has a `/`, which would have to be written as %2F")]
    Path,
    /// A parameter that is not known.
    #[error("it has a parameter{} that is not known{}", named(name), meant(name))]
    Unknown {
        /// Its name, if that can be shown.
        name: Option<String>,
    },
    /// A parameter without a value.
    #[error("its parameter `{0}` has no value")]
    Empty(&'static str),
    /// A parameter that is there twice.
    #[error("it has the parameter `{0}` twice")]
    Twice(&'static str),
    /// A way of encrypting that does not keep anybody out.
    #[error(
        "sslmode={0} lets somebody in between read or answer in the server's place: use \
         sslmode=verify-full, with sslrootcert=FILE where the certificate is of an authority of \
         your own"
    )]
    Loose(&'static str),
    /// Another one that there is not.
    #[error("its sslmode is none: verify-full, require or disable")]
    TlsMode,
    /// No such target.
    #[error(
        "its target_session_attrs is none: any, read-write, primary, standby, prefer-standby or \
         prefer-primary"
    )]
    Target,
    /// No such time.
    #[error("its connect_timeout is not a number of seconds from 1 to {MOST_SECONDS}")]
    Timeout,
    /// No such schema.
    #[error(
        "its schema is not a name that can be used: up to {MOST_OF_SCHEMA} lower-case letters, digits \
         and _, not beginning with a digit or pg_"
    )]
    Schema,
    /// A certificate without its key, or the other way round.
    #[error("sslcert and sslkey belong together, and it has only one of them")]
    HalfOfAPair,
    /// Certificates for what is not encrypted.
    #[error("it says sslmode=disable, and names certificates that would never be used")]
    Unused,
}

fn named(name: &Option<String>) -> String {
    name.as_ref()
        .map(|name| format!(" `{name}`"))
        .unwrap_or_default()
}

fn meant(name: &Option<String>) -> String {
    let near = name.as_deref().and_then(|name| nearest(name, KNOWN));
    match near {
        Some(near) => format!(": did you mean `{near}`?"),
        None => format!(": there are {}", KNOWN.join(", ")),
    }
}

/// Whether a text is meant to be such an address, be it a good one or not.
pub fn is_meant(text: &str) -> bool {
    after_scheme(text).is_some()
}

fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let ours = ["postgres", "postgresql"];
    ours.iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        .then_some(rest)
}

impl std::str::FromStr for Url {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        if text.len() > MOST_BYTES {
            return Err(UrlError::TooLong(text.len()));
        }
        let rest = after_scheme(text).ok_or(UrlError::Scheme)?;
        if rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(UrlError::Blank);
        }
        if rest.contains('#') {
            return Err(UrlError::Fragment);
        }
        let (authority, behind) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        // A password that is not escaped would be read as something else, and be shown as such.
        if behind.contains('@') || authority.matches('@').count() > 1 {
            return Err(UrlError::StrayAt);
        }
        let (path, query) = behind.split_once('?').unwrap_or((behind, ""));
        let parameters = Parameters::read(query)?;
        let (who, hosts) = match authority.split_once('@') {
            Some((who, hosts)) => (Some(who), hosts),
            None => (None, authority),
        };
        let hosts = of_hosts(hosts, &parameters)?;
        let (user, password) = of_login(who, &parameters)?;
        parameters.url(hosts, of_path(path)?, user, password)
    }
}

fn decoded(text: &str) -> Result<Zeroizing<String>, UrlError> {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            continue;
        }
        let (high, low) = (bytes.next(), bytes.next());
        let digit = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_hexdigit());
        // A NUL ends a text of the protocol in its middle.
        if !digit(high) || !digit(low) || (high, low) == (Some(b'0'), Some(b'0')) {
            return Err(UrlError::Escape);
        }
    }
    let text = percent_decode_str(text).decode_utf8();
    Ok(Zeroizing::new(
        text.map_err(|_| UrlError::Escape)?.into_owned(),
    ))
}

fn of_path(path: &str) -> Result<String, UrlError> {
    let name = path.strip_prefix('/').unwrap_or(path);
    match name {
        "" => Err(UrlError::NoDatabase),
        _ if name.contains('/') => Err(UrlError::Path),
        _ => Ok(decoded(name)?.to_string()),
    }
}

type Login = (Option<String>, Option<Secret>);

fn of_login(who: Option<&str>, parameters: &Parameters<'_>) -> Result<Login, UrlError> {
    let (user, password) = match who.map(|who| who.split_once(':').unwrap_or((who, ""))) {
        Some((user, password)) => (user, password),
        None => ("", ""),
    };
    let secret = |text: &str| -> Result<Option<Secret>, UrlError> {
        match text {
            "" => Ok(None),
            text => Ok(Some(decoded(text)?.into())),
        }
    };
    let written = secret(password)?;
    let named = parameters.get("password").map(secret).transpose()?;
    let user = match user {
        "" => None,
        user => Some(decoded(user)?.to_string()),
    };
    Ok((user, written.or(named.flatten())))
}

fn of_hosts(hosts: &str, parameters: &Parameters<'_>) -> Result<Vec<Host>, UrlError> {
    let named = parameters.get("host");
    match (hosts, named) {
        ("", None) => Err(UrlError::NoHost),
        ("", Some(named)) => {
            let ports: Vec<&str> = parameters
                .get("port")
                .map_or_else(Vec::new, |ports| ports.split(',').collect());
            let hosts: Vec<&str> = named.split(',').collect();
            let each = hosts.iter().enumerate().map(|(index, host)| {
                // One port is for all of them, as with libpq.
                let port = match &ports[..] {
                    [one] => Some(*one),
                    ports => ports.get(index).copied(),
                };
                host_at(index, host, port)
            });
            each.collect()
        }
        (_, Some(_)) => Err(UrlError::HostsTwice),
        (_, None) if parameters.get("port").is_some() => Err(UrlError::HostsTwice),
        (hosts, None) => {
            let each = hosts.split(',').enumerate().map(|(index, host)| {
                let (name, port) = with_port(host).ok_or(UrlError::Host(index + 1))?;
                host_at(index, name, port)
            });
            each.collect()
        }
    }
}

/// A host and its port as they are written; `None` where brackets do not match.
fn with_port(host: &str) -> Option<(&str, Option<&str>)> {
    if let Some(inside) = host.strip_prefix('[') {
        let (address, behind) = inside.split_once(']')?;
        let port = match behind {
            "" => None,
            behind => Some(behind.strip_prefix(':')?),
        };
        return address.contains(':').then_some((address, port));
    }
    Some(match host.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (host, None),
    })
}

fn host_at(index: usize, name: &str, port: Option<&str>) -> Result<Host, UrlError> {
    let number = index + 1;
    let port = match port {
        None | Some("") => PORT,
        Some(port) => match port.parse() {
            Ok(found @ 1..) if port.bytes().all(|byte| byte.is_ascii_digit()) => found,
            _ => return Err(UrlError::Port(number)),
        },
    };
    let name = decoded(name)?;
    if name.starts_with('/') {
        let directory = name.to_string().into();
        return Ok(Host::Socket { directory, port });
    }
    let bare: &str = &name;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let is_name = !bare.is_empty() && bare.len() <= 253 && bare.bytes().all(plain);
    let is_address = bare.parse::<std::net::Ipv6Addr>().is_ok();
    match is_name || is_address {
        true => Ok(Host::Tcp {
            name: name.to_string(),
            port,
        }),
        false => Err(UrlError::Host(number)),
    }
}

/// The parameters behind the question mark, each known and there once, their values not decoded.
struct Parameters<'t>(Vec<(&'static str, &'t str)>);

impl<'t> Parameters<'t> {
    fn read(query: &'t str) -> Result<Self, UrlError> {
        let mut found: Vec<(&'static str, &str)> = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let Some(known) = KNOWN.into_iter().find(|known| *known == name) else {
                let shown = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
                let can_be_shown = name.len() <= 40 && name.bytes().all(shown);
                let name = (can_be_shown && !name.is_empty()).then(|| name.to_owned());
                return Err(UrlError::Unknown { name });
            };
            if value.is_empty() {
                return Err(UrlError::Empty(known));
            }
            if found.iter().any(|(name, _)| *name == known) {
                return Err(UrlError::Twice(known));
            }
            found.push((known, value));
        }
        Ok(Self(found))
    }

    fn get(&self, wanted: &str) -> Option<&'t str> {
        let found = self.0.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, value)| *value)
    }

    fn text(&self, wanted: &str) -> Result<Option<String>, UrlError> {
        let value = self.get(wanted).map(decoded).transpose()?;
        Ok(value.map(|value| value.to_string()))
    }

    fn url(
        &self,
        hosts: Vec<Host>,
        database: String,
        user: Option<String>,
        password: Option<Secret>,
    ) -> Result<Url, UrlError> {
        let url = Url {
            hosts,
            database,
            user,
            password,
            schema: self.text("schema")?.map(schema).transpose()?,
            tls: self.get("sslmode").map(tls).transpose()?,
            root_certificates: self.text("sslrootcert")?,
            certificate: self.text("sslcert")?,
            key: self.text("sslkey")?,
            target: self.get("target_session_attrs").map(target).transpose()?,
            connect_timeout: self.get("connect_timeout").map(seconds).transpose()?,
            application_name: self.text("application_name")?,
        };
        if url.certificate.is_some() != url.key.is_some() {
            return Err(UrlError::HalfOfAPair);
        }
        let names_certificates = url.certificate.is_some() || url.root_certificates.is_some();
        if url.tls == Some(Tls::Disable) && names_certificates {
            return Err(UrlError::Unused);
        }
        Ok(url)
    }
}

fn schema(name: String) -> Result<String, UrlError> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let begins_well = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
    // These are PostgreSQL's own.
    let reserved = name.starts_with("pg_") || name == "information_schema";
    match begins_well && !reserved && name.len() <= MOST_OF_SCHEMA && name.bytes().all(plain) {
        true => Ok(name),
        false => Err(UrlError::Schema),
    }
}

fn tls(mode: &str) -> Result<Tls, UrlError> {
    match mode {
        "disable" => Ok(Tls::Disable),
        "require" => Ok(Tls::Require),
        "verify-full" => Ok(Tls::VerifyFull),
        "allow" => Err(UrlError::Loose("allow")),
        "prefer" => Err(UrlError::Loose("prefer")),
        "verify-ca" => Err(UrlError::Loose("verify-ca")),
        _ => Err(UrlError::TlsMode),
    }
}

fn target(name: &str) -> Result<Target, UrlError> {
    let found = Target::ALL.into_iter().find(|one| one.as_str() == name);
    found.ok_or(UrlError::Target)
}

fn seconds(text: &str) -> Result<Duration, UrlError> {
    match text.parse() {
        Ok(seconds @ 1..=MOST_SECONDS) => Ok(Duration::from_secs(seconds)),
        _ => Err(UrlError::Timeout),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Url {
        text.parse()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn hosts(text: &str) -> Vec<String> {
        of(text).hosts.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn hosts_are_read_in_their_order_each_with_its_port() {
        for (text, wanted) in [
            ("postgres://h/d", &["h:5432"][..]),
            ("postgresql://a,b:5433/d", &["a:5432", "b:5433"]),
            (
                "POSTGRES://[::1]:6000,[fe80::1]/d",
                &["[::1]:6000", "[fe80::1]:5432"],
            ),
            (
                "postgres://u@%2Frun%2Fpostgresql:5433/d",
                &["/run/postgresql:5433"],
            ),
            (
                "postgres:///d?host=/run/postgresql",
                &["/run/postgresql:5432"],
            ),
            ("postgres:///d?host=a,b&port=1,2", &["a:1", "b:2"]),
            ("postgres:///d?host=a,b&port=7", &["a:7", "b:7"]),
        ] {
            assert_eq!(hosts(text), wanted, "{text}");
        }
    }

    #[test]
    fn names_may_have_any_characters_where_they_are_escaped() {
        let url = of("postgres://an%40a:p%3Aw%2F%25@h/my%20app?application_name=a%26b");
        assert_eq!(url.user.as_deref(), Some("an@a"));
        assert_eq!(url.password, Some(Secret::new("p:w/%")));
        assert_eq!(url.database, "my app");
        assert_eq!(url.application_name.as_deref(), Some("a&b"));
        assert_eq!(
            of("postgres://h/d?password=p").password,
            Some(Secret::new("p"))
        );
        let plus = of("postgres://a+b@h/d");
        assert_eq!(plus.user.as_deref(), Some("a+b"), "a plus is no space");
    }

    #[test]
    fn parameters_say_how_the_database_is_reached() {
        let url = of(
            "postgres://u@h/d?sslmode=require&sslrootcert=/ca.pem&sslcert=/c&sslkey=/k\
                      &target_session_attrs=prefer-standby&connect_timeout=3&schema=shop_2",
        );
        assert_eq!(url.tls, Some(Tls::Require));
        assert_eq!(url.root_certificates.as_deref(), Some("/ca.pem"));
        assert_eq!(url.target, Some(Target::PreferStandby));
        assert_eq!(url.connect_timeout, Some(Duration::from_secs(3)));
        assert_eq!(url.schema.as_deref(), Some("shop_2"));
        let bare = of("postgres://u@h/d");
        assert_eq!((bare.tls, bare.target, bare.schema), (None, None, None));
    }

    #[test]
    fn what_is_not_an_address_is_refused_without_repeating_it() {
        let long = format!("postgres://u:CANARY@h/{}", "d".repeat(MOST_BYTES));
        for (text, part) in [
            ("mysql://u:CANARY@h/d", "does not begin with postgres://"),
            ("postgres:CANARY", "does not begin"),
            ("postgres://u:CAN ARY@h/d", "white space"),
            ("postgres://u:CAN#ARY@h/d", "%23"),
            ("postgres://u:CAN/ARY@h/d", "`@` behind"),
            ("postgres://u:CAN?ARY@h/d", "`@` behind"),
            ("postgres://u:CAN@ARY@h/d", "two of them"),
            ("postgres://u:CANARY%@h/d", "hexadecimal"),
            ("postgres://u:CANARY%zz@h/d", "hexadecimal"),
            ("postgres://u:CANARY%00@h/d", "hexadecimal"),
            ("postgres://u:CANARY%ff@h/d", "hexadecimal"),
            ("postgres://u:CANARY@/d", "names no host"),
            ("postgres://u:CANARY@a,,b/d", "host 2"),
            ("postgres://u:CANARY@[::1/d", "host 1"),
            ("postgres://u:CANARY@[CANARY]/d", "host 1"),
            ("postgres://u:CANARY", "port of host 1"),
            ("postgres://u:CANARY@h:0/d", "port of host 1"),
            ("postgres://u:CANARY@h:+1/d", "port of host 1"),
            ("postgres://u:CANARY@h:65536/d", "port of host 1"),
            ("postgres://u:CANARY@h", "names no database"),
            ("postgres://u:CANARY@h/", "names no database"),
            ("postgres://u:CANARY@h/d/CANARY", "%2F"),
            ("postgres://u:CANARY@h/d?host=CANARY", "hosts twice"),
            ("postgres://u:CANARY@h/d?schema", "`schema` has no value"),
            ("postgres://u:CANARY@h/d?schema=a&schema=b", "twice"),
            (
                "postgres://u:CANARY@h/d?sslmod=CANARY",
                "did you mean `sslmode`",
            ),
            (
                "postgres://u:CANARY@h/d?CAN%20ARY=1",
                "that is not known: there are",
            ),
            (
                "postgres://u:CANARY@h/d?sslmode=prefer",
                "sslmode=verify-full",
            ),
            (
                "postgres://u:CANARY@h/d?sslmode=allow",
                "sslmode=allow lets",
            ),
            (
                "postgres://u:CANARY@h/d?sslmode=verify-ca",
                "sslrootcert=FILE",
            ),
            (
                "postgres://u:CANARY@h/d?sslmode=CANARY",
                "its sslmode is none",
            ),
            (
                "postgres://u:CANARY@h/d?target_session_attrs=CANARY",
                "read-write",
            ),
            ("postgres://u:CANARY@h/d?connect_timeout=0", "from 1 to 600"),
            ("postgres://u:CANARY@h/d?schema=pg_CANARY", "its schema"),
            ("postgres://u:CANARY@h/d?schema=a\"b", "its schema"),
            (
                "postgres://u:CANARY@h/d?sslcert=/CANARY",
                "only one of them",
            ),
            (
                "postgres://u:CANARY@h/d?sslmode=disable&sslrootcert=/CANARY",
                "never be used",
            ),
            (&long, "bytes"),
        ] {
            let error = text.parse::<Url>().unwrap_err();
            let said = format!("{error} {error:?}");
            assert!(said.contains(part), "{text}: {said}");
            assert!(
                !said.contains("CANARY") && !said.contains("ARY"),
                "{text}: {said}"
            );
        }
    }

    #[test]
    fn a_known_parameter_is_found_for_each_that_is_close() {
        let near = |name: &str| {
            let error = format!("postgres://h/d?{name}=x")
                .parse::<Url>()
                .unwrap_err();
            error.to_string()
        };
        assert!(near("target_session_attr").contains("`target_session_attrs`?"));
        assert!(near("options").contains("there are application_name"));
    }
}
