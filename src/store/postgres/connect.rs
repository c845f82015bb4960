//! Reaching a server: the hosts of a place, one after another.

use std::pin::Pin;
use std::time::Duration;

use futures_util::Stream;
use futures_util::stream::poll_fn;
use tokio_postgres::{AsyncMessage, Client, Config, Error, NoTls};

use super::fault::Fault;
use super::place::{Host, Password, Place};

/// So long may nothing that was sent arrive there before a connection is given up.
const SILENCE: Duration = Duration::from_secs(10);

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// To ask.
    Read,
    /// To write.
    Write,
}

/// What the server sends unasked. A connection only moves while this is polled.
pub(super) type Traffic = Pin<Box<dyn Stream<Item = Result<AsyncMessage, Error>> + Send>>;

/// A connection that is open.
pub(super) struct Connected {
    /// What is asked.
    pub(super) client: Client,
    /// What has to be polled meanwhile.
    pub(super) traffic: Traffic,
}

/// Connects to the first host that answers and is what is needed.
pub(super) async fn connect(place: &Place, need: Need) -> Result<Connected, Fault> {
    let mut config = Config::new();
    for host in &place.hosts {
        match host {
            Host::Tcp { name, port } => config.host(name).port(*port),
            Host::Socket { directory, port } => config.host_path(directory).port(*port),
        };
    }
    config
        .dbname(&place.database)
        .user(&place.user)
        .application_name(&place.application_name)
        .connect_timeout(place.connect_timeout)
        .tcp_user_timeout(SILENCE)
        .keepalives_idle(Duration::from_secs(5))
        .keepalives_interval(Duration::from_secs(2))
        .keepalives_retries(3);
    if let Password::Known(secret) = &place.password {
        config.password(secret.expose());
    }
    if need == Need::Write {
        config.target_session_attrs(tokio_postgres::config::TargetSessionAttrs::ReadWrite);
    }
    let (client, mut connection) = config.connect(NoTls).await?;
    let traffic = Box::pin(poll_fn(move |context| connection.poll_message(context)));
    Ok(Connected { client, traffic })
}
