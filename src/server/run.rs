//! The runtime, the listener, the connections and their end.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{sleep, timeout};

use super::app::{App, Protocol, Shared};
use super::{astapa, changes, native, workos};

/// How long a client may take to send a request's head, and to begin one.
const HEAD: Duration = Duration::from_secs(20);
/// How long requests in flight may take once the server was asked to end.
const FAREWELL: Duration = Duration::from_secs(30);

/// Why there is no server.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The address cannot be listened at.
    #[error("cannot listen at {address}: {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        cause: io::Error,
    },
    /// The system has no threads, timers or signals for us.
    #[error("the server cannot run: {0}")]
    Runtime(io::Error),
}

/// Serves until the process is asked to end (SIGINT, SIGTERM), and then carries through what was
/// begun. `ready` is told the address, whose port the system chose if it was 0.
///
/// # Errors
///
/// What keeps the server from beginning. What goes wrong with one connection ends that one.
pub fn serve(
    app: App,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(run(Arc::new(app), address, ready))
}

async fn run(
    app: Shared,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let listening = |cause| ServeError::Listen { address, cause };
    let listener = TcpListener::bind(address).await.map_err(listening)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(ServeError::Runtime)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(ServeError::Runtime)?;
    let address = listener.local_addr().map_err(listening)?;
    let router = router(&app);
    let connections = GracefulShutdown::new();
    tokio::spawn(changes::watch(Arc::downgrade(&app)));
    ready(address);
    loop {
        let accepted = pin!(listener.accept());
        let asked = pin!(async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        });
        tokio::select! {
            accepted = accepted => match accepted {
                Ok((stream, _)) => attend(stream, router.clone(), &connections),
                // The client left again, or there are no descriptors left: then others must end first.
                Err(_) => sleep(Duration::from_millis(10)).await,
            },
            () = asked => break,
        }
    }
    drop(listener);
    app.ending.send_replace(true);
    // Whoever is not done by then is cut off.
    let _ = timeout(FAREWELL, connections.shutdown()).await;
    Ok(())
}

/// All that the server answers.
fn router(app: &Shared) -> Router {
    let mut routes = Router::new();
    if app.settings.speaks(Protocol::Native) {
        routes = routes.merge(native::routes(app));
    }
    if app.settings.speaks(Protocol::Astapa) {
        routes = routes.merge(astapa::routes(app));
    }
    if app.settings.speaks(Protocol::Workos) {
        routes = routes.merge(workos::routes(app));
    }
    routes.with_state(Arc::clone(app))
}

/// Answers on a connection for as long as it lasts.
fn attend(stream: TcpStream, router: Router, connections: &GracefulShutdown) {
    // Without it an answer may wait for the acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let watched = connections.watch(connection);
    tokio::spawn(async move {
        // A connection that fails concerns nobody but its client.
        let _: Result<(), Infallible> = watched.await.or(Ok(()));
    });
}
