//! Opening a connection: to which of the hosts, and what each of them says where it does not stand.
//!
//! The hosts are tried in the order of the address, each within its limit, as libpq does it: one
//! that is silent, starting up or a replica where the leader is needed makes room for the next; one
//! that does not let us in ends the search, since the others would not either. The client library
//! could do the same, but does not say afterwards which host was in what way.

use std::error::Error as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::stream::{self, Stream, StreamExt};
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::error::SqlState;
use tokio_postgres::{AsyncMessage, Client, Config, Connection, Error, SimpleQueryMessage, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::place::{Host, Login, Place, Target, Tls};
use super::tls;
use super::trouble::{ConnectError, Trouble};
use crate::secret::Secret;

/// A connection on which nothing passes is asked after so long whether it still stands,
const KEEPALIVE: Duration = Duration::from_secs(5);
/// and so often again,
const AGAIN: Duration = Duration::from_secs(2);
/// as often as this.
const TIMES: u32 = 3;
/// So long may nothing that was sent arrive there before a connection is given up.
const SILENCE: Duration = Duration::from_secs(10);

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Questions, for which `target_session_attrs` says who answers.
    Read,
    /// Writes, which the leader takes.
    Write,
}

/// What comes on a connection without being asked for. It has to be polled for anything to happen;
/// its end is that of the connection.
pub(super) type Traffic = Pin<Box<dyn Stream<Item = Result<AsyncMessage, Error>> + Send>>;

/// A connection that stands.
pub(super) struct Connected {
    /// What statements are handed to.
    pub(super) client: Client,
    /// What carries them.
    pub(super) traffic: Traffic,
    /// Where it leads to.
    pub(super) host: Host,
    /// Whether it is a replica, or takes no writes for another reason.
    pub(super) is_replica: bool,
}

/// Opens a connection to the first host that is of use.
///
/// # Errors
///
/// Where none is.
pub(super) async fn connect(place: &Place, need: Need) -> Result<Connected, ConnectError> {
    let tls = tls::connector(place)?;
    let mut troubles = Vec::new();
    let mut second_best = None;
    for (host, is_lost) in in_order(place) {
        // It may be waited for in vain once more.
        if is_lost && second_best.is_some() {
            break;
        }
        // Whoever keeps the password may be asking its owner: that is not the server's time.
        let password = password(place, host)?;
        let opening = open(place, host, &tls, need, password);
        match timeout(place.connect_timeout, opening).await {
            Err(_) => troubles.push((host.clone(), Trouble::Late(place.connect_timeout))),
            Ok(Err(Refusal::Here(trouble))) => troubles.push((host.clone(), trouble)),
            Ok(Err(Refusal::Everywhere(error))) => return Err(error),
            Ok(Ok(link)) => match fit(need, place.target, link.is_replica) {
                Fit::Good => return Ok(link),
                Fit::SecondBest => second_best = second_best.or(Some(link)),
                Fit::No => {
                    let is_replica = link.is_replica;
                    troubles.push((host.clone(), Trouble::Unsuitable { is_replica }));
                }
            },
        }
    }
    let reached = |(_, trouble): &(Host, Trouble)| matches!(trouble, Trouble::Unsuitable { .. });
    match second_best {
        Some(link) => Ok(link),
        None if need == Need::Write && troubles.iter().any(reached) => {
            Err(ConnectError::NoLeader(troubles))
        }
        None => Err(ConnectError::Hosts(troubles)),
    }
}

/// The hosts as they are tried: the one that fell silent comes last, and is marked.
fn in_order(place: &Place) -> Vec<(&Host, bool)> {
    let marked = place.hosts.iter();
    let mut marked: Vec<_> = marked
        .map(|host| (host, place.latest.is_lost(host)))
        .collect();
    marked.sort_by_key(|(_, is_lost)| *is_lost);
    marked
}

/// Opens a connection to one host, whatever it is.
///
/// # Errors
///
/// Where that cannot be.
pub(super) async fn connect_to(place: &Place, host: &Host) -> Result<Connected, ConnectError> {
    let tls = tls::connector(place)?;
    let opening = open(place, host, &tls, Need::Write, password(place, host)?);
    let opened = timeout(place.connect_timeout, opening).await;
    let trouble = match opened {
        Ok(Ok(link)) => return Ok(link),
        Ok(Err(Refusal::Everywhere(error))) => return Err(error),
        Ok(Err(Refusal::Here(trouble))) => trouble,
        Err(_) => Trouble::Late(place.connect_timeout),
    };
    Err(ConnectError::Hosts(vec![(host.clone(), trouble)]))
}

/// How well a host suits.
enum Fit {
    Good,
    /// If there is no better one.
    SecondBest,
    No,
}

fn fit(need: Need, target: Target, is_replica: bool) -> Fit {
    let target = match need {
        Need::Write => Target::ReadWrite,
        Need::Read => target,
    };
    match (target, is_replica) {
        (Target::Any, _)
        | (Target::ReadWrite | Target::Primary | Target::PreferPrimary, false)
        | (Target::Standby | Target::PreferStandby, true) => Fit::Good,
        (Target::PreferPrimary, true) | (Target::PreferStandby, false) => Fit::SecondBest,
        (Target::ReadWrite | Target::Primary, true) | (Target::Standby, false) => Fit::No,
    }
}

/// Why there is no connection to a host.
enum Refusal {
    /// Another may be of use.
    Here(Trouble),
    /// Another would not be, either.
    Everywhere(ConnectError),
}

fn password(place: &Place, host: &Host) -> Result<Option<Secret>, ConnectError> {
    let login = Login {
        host,
        database: &place.database,
        user: &place.user,
    };
    place.password.find(&login).map_err(ConnectError::Password)
}

async fn open(
    place: &Place,
    host: &Host,
    tls: &MakeRustlsConnect,
    need: Need,
    password: Option<Secret>,
) -> Result<Connected, Refusal> {
    let mut config = config(place, host);
    if let Some(password) = password {
        config.password(password.expose());
    }
    let opened = config.connect(tls.clone()).await;
    let (client, connection) = opened.map_err(|error| refusal(place, host, &error))?;
    // Servers since PostgreSQL 14 say this by themselves.
    let said = |name: &str| connection.parameter(name).map(|value| value == "on");
    let said = match (
        said("in_hot_standby"),
        said("default_transaction_read_only"),
    ) {
        (Some(standby), Some(read_only)) => Some(standby || read_only),
        _ => None,
    };
    let mut traffic = traffic(connection);
    let indifferent = need == Need::Read && place.target == Target::Any;
    let is_replica = match said {
        Some(said) => said,
        None if indifferent => false,
        None => is_read_only(&client, &mut traffic)
            .await
            .map_err(|error| refusal(place, host, &error))?,
    };
    Ok(Connected {
        client,
        traffic,
        host: host.clone(),
        is_replica,
    })
}

fn config(place: &Place, host: &Host) -> Config {
    let mut config = Config::new();
    match host {
        Host::Tcp { name, .. } => config.host(name),
        Host::Socket { directory, .. } => config.host_path(directory),
    };
    config
        .port(host.port())
        .user(&place.user)
        .dbname(&place.database)
        .application_name(&place.application_name)
        .connect_timeout(place.connect_timeout)
        .keepalives_idle(KEEPALIVE)
        .keepalives_interval(AGAIN)
        .keepalives_retries(TIMES)
        .tcp_user_timeout(SILENCE)
        .ssl_mode(match place.tls {
            Tls::Disable => SslMode::Disable,
            Tls::Require | Tls::VerifyFull => SslMode::Require,
        });
    config
}

fn traffic<S>(mut connection: Connection<Socket, S>) -> Traffic
where
    S: tokio_postgres::tls::TlsStream + Unpin + Send + 'static,
{
    Box::pin(stream::poll_fn(move |context| {
        connection.poll_message(context)
    }))
}

/// Carries a connection until something that was asked on it has its answer.
pub(super) async fn carried<T>(
    traffic: &mut Traffic,
    asked: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let mut asked = std::pin::pin!(asked);
    let mut is_over = false;
    loop {
        let next = poll_fn(|context| match is_over {
            // Whoever asked hears it by itself.
            true => Poll::Pending,
            false => traffic.poll_next_unpin(context),
        });
        match select(asked, next).await {
            Either::Left((answer, _)) => return answer,
            Either::Right((Some(Ok(_)), left)) => asked = left,
            Either::Right((Some(Err(error)), _)) => return Err(error),
            Either::Right((None, left)) => {
                is_over = true;
                asked = left;
            }
        }
    }
}

/// Whether the server takes no writes; in words that every one of its kind knows.
async fn is_read_only(client: &Client, traffic: &mut Traffic) -> Result<bool, Error> {
    let rows = carried(traffic, client.simple_query("SHOW transaction_read_only")).await?;
    Ok(rows.iter().any(|row| match row {
        SimpleQueryMessage::Row(row) => row.get(0) == Some("on"),
        _ => false,
    }))
}

fn refusal(place: &Place, host: &Host, error: &Error) -> Refusal {
    let host = host.clone();
    let user = place.user.clone();
    let Some(said) = error.as_db_error() else {
        if causes(error).any(|cause| cause == "password missing") {
            return Refusal::Everywhere(ConnectError::NoPassword { host, user });
        }
        return Refusal::Here(of_way(error));
    };
    let what = said.message().to_owned();
    let code = said.code();
    if *code == SqlState::INVALID_CATALOG_NAME {
        let database = place.database.clone();
        return Refusal::Everywhere(ConnectError::NoDatabase { host, database });
    }
    if [
        SqlState::INVALID_PASSWORD,
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
        SqlState::INSUFFICIENT_PRIVILEGE,
    ]
    .contains(code)
    {
        return Refusal::Everywhere(ConnectError::Denied { host, user, what });
    }
    Refusal::Here(match code.code() {
        "53300" => Trouble::Crowded(what),
        class if class.starts_with("57P") => Trouble::NotReady(what),
        code => Trouble::Strange(format!("{what} ({code})")),
    })
}

/// What the way to a server says, or the encryption on it.
fn of_way(error: &Error) -> Trouble {
    let words = || causes(error).last().unwrap_or_else(|| error.to_string());
    let said = error.to_string();
    if said.starts_with("error performing TLS") {
        let words = words();
        return match words.contains("does not support TLS") {
            true => Trouble::Unencrypted,
            false => Trouble::Untrusted(words),
        };
    }
    if said.starts_with("error connecting") || said.starts_with("error communicating") {
        return Trouble::Unreachable(words());
    }
    if error.is_closed() || said.starts_with("timeout") {
        return Trouble::Unreachable(words());
    }
    Trouble::Strange(words())
}

/// What lies behind an error, from the outside inwards, each in its own words.
fn causes(error: &Error) -> impl Iterator<Item = String> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause.to_string())
    })
}
