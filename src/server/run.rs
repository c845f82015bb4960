//! What a server does from its beginning to its end.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use sd_notify::NotifyState;
use serde_json::json;
use thiserror::Error;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::{interval, timeout};

use super::app::{App, Protocol, Shared};
use super::connection::Door;
use super::front::{front, unknown};
use super::log::Level;
use super::net::{Lines, Listening, Tls, connections};
use super::shortcut::Shortcut;
use super::workers::{self, Attendance, End, Workers};
use super::workos::Desk;
use super::{astapa, changes, native, ofrep, operations, page, workos};
use crate::store::Store;

/// How long requests in flight may take once the server was asked to end.
const FAREWELL: Duration = Duration::from_secs(30);
/// How often it is noted which keys were used.
const NOTING: Duration = Duration::from_secs(30);

/// Why there is no server.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The system has no threads, timers or signals for us.
    #[error("the server cannot run: {0}")]
    Runtime(io::Error),
    /// It was asked to end a second time.
    #[error("ended at once, as it was asked to twice: requests in flight were cut off")]
    CutOff,
}

/// Where the server is reached.
#[derive(Debug)]
pub struct Doors {
    /// For everybody.
    pub listening: Listening,
    /// What connections there are encrypted with.
    pub tls: Option<Tls>,
    /// Where the counters are, for whoever is on this machine.
    pub metrics: Option<Listening>,
}

impl Doors {
    /// Where clients come.
    pub fn url(&self) -> String {
        let scheme = match self.tls {
            Some(_) => "https",
            None => "http",
        };
        let address = self.listening.addresses().first();
        address.map_or_else(String::new, |address| format!("{scheme}://{address}"))
    }
}

/// Serves until the process is asked to end (SIGINT, SIGTERM), and then carries through what was
/// begun. `ready` is called once requests are answered.
///
/// # Errors
///
/// What keeps the server from beginning. What goes wrong with one connection ends that one.
pub fn serve(app: App, doors: Doors, ready: impl FnOnce()) -> Result<(), ServeError> {
    let runtime = workers::runtime().map_err(ServeError::Runtime)?;
    let mut others = Workers::new().map_err(ServeError::Runtime)?;
    let app = Arc::new(app);
    let ended = runtime.block_on(run(&app, &mut others, doors, ready));
    let end = match ended {
        // Waits for writes that were begun and whose clients are gone.
        Ok(()) => {
            drop(runtime);
            End::InOrder
        }
        Err(_) => {
            runtime.shutdown_background();
            End::AtOnce
        }
    };
    others.end(end);
    app.log.finish();
    ended
}

async fn run(
    app: &Shared,
    others: &mut Workers,
    doors: Doors,
    ready: impl FnOnce(),
) -> Result<(), ServeError> {
    let mut signals = Signals::new().map_err(ServeError::Runtime)?;
    let most = connections(app.settings.limits.connections);
    let share = (!app.settings.behind_proxy).then_some(most.div_ceil(4));
    // Every connection holds one of these: when all are gone, so are the connections.
    let (present, mut gone) = mpsc::channel::<()>(1);
    let tls = doors.tls.map(Arc::new);
    let desk = Arc::default();
    let door = Arc::new(Door {
        app: Arc::clone(app),
        router: router(app, &desk),
        shortcut: Shortcut::new(app, &desk).map(Arc::new),
        lines: Lines::new(most, share),
        tls: tls.clone(),
    });
    let addresses: Vec<SocketAddr> = doors.listening.addresses().to_vec();
    let attendance = Attendance { door, present };
    let sockets = doors.listening.into_sockets();
    others
        .attend(&sockets, &attendance)
        .map_err(ServeError::Runtime)?;
    attendance.begin(sockets).map_err(ServeError::Runtime)?;
    if let Some(metrics) = doors.metrics {
        let counters = front(operations::counters(), app, None);
        let door = Arc::new(Door {
            app: Arc::clone(app),
            router: counters.with_state(Arc::clone(app)),
            shortcut: None,
            lines: Lines::new(16, None),
            tls: None,
        });
        let present = attendance.present.clone();
        let attendance = Attendance { door, present };
        let begun = attendance.begin(metrics.into_sockets());
        begun.map_err(ServeError::Runtime)?;
    }
    app.live.fill_in_background().map_err(ServeError::Runtime)?;
    drop(attendance);
    let upkeep = tokio::spawn(keep_up(Arc::clone(app)));
    tokio::spawn(changes::watch(Arc::downgrade(app)));
    changes::listen(app).map_err(ServeError::Runtime)?;
    tell_the_beginning(app, &addresses, most);
    ready();
    // Whoever does not listen for it was not started by systemd.
    let _ = sd_notify::notify(&[NotifyState::Ready]);
    signals.asked_to_end(app, tls.as_deref()).await;
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
    app.log.tell(Level::Info, "ending", &json!({}));
    app.ending.send_replace(true);
    upkeep.abort();
    let left = async {
        // Whoever is not done by then is cut off.
        let _ = timeout(FAREWELL, gone.recv()).await;
        let _ = app.access.note_uses().await;
    };
    let cut_off = tokio::select! {
        () = left => false,
        () = signals.asked_to_end(app, None) => true,
    };
    app.log
        .tell(Level::Info, "ended", &json!({"cut_off": cut_off}));
    match cut_off {
        true => Err(ServeError::CutOff),
        false => Ok(()),
    }
}

/// The signals that a server listens for.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the end, and reads keys and certificates again when it is asked to meanwhile.
    async fn asked_to_end(&mut self, app: &Shared, tls: Option<&Tls>) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return,
                _ = self.interrupt.recv() => return,
                _ = self.hangup.recv() => read_again(app, tls).await,
            }
        }
    }
}

/// Reads keys and certificates again. Whatever is wrong with a new certificate, there is still the
/// one before it.
async fn read_again(app: &Shared, tls: Option<&Tls>) {
    if let Ok(reloading) = NotifyState::monotonic_usec_now() {
        let _ = sd_notify::notify(&[NotifyState::Reloading, reloading]);
    }
    let own = Shared::clone(app);
    // A store that is far away is not waited for on this thread, which carries the connections.
    let read = move |store: &dyn Store| own.access.reread(store);
    if let Err(error) = app.stores.read(read).await {
        let fields = json!({ "message": error.to_string() });
        app.log.tell(Level::Error, "keys_unreadable", &fields);
    }
    if let Err(error) = app.signing.reread() {
        let message = format!("{error}; the keys from before stay in use");
        let fields = json!({ "message": message });
        app.log.tell(Level::Error, "signing_keys_refused", &fields);
    }
    match tls.map(Tls::read_again) {
        Some(Err(error)) => {
            let message = format!("{error}; the certificate from before stays in use");
            let fields = json!({ "message": message });
            app.log.tell(Level::Error, "certificate_refused", &fields);
        }
        read => {
            let fields = json!({ "certificate": read.is_some() });
            app.log.tell(Level::Info, "read_again", &fields);
        }
    }
    let _ = sd_notify::notify(&[NotifyState::Ready]);
}

fn tell_the_beginning(app: &Shared, addresses: &[SocketAddr], most: usize) {
    let settings = &app.settings;
    let addresses = addresses.iter().map(SocketAddr::to_string);
    let protocols = settings.protocols.iter().map(|protocol| protocol.as_str());
    let fields = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "addresses": addresses.collect::<Vec<_>>(),
        "protocols": protocols.collect::<Vec<_>>(),
        "read_only": settings.read_only,
        "connections": most,
    });
    app.log.tell(Level::Info, "listening", &fields);
}

/// Notes now and then which keys were used.
async fn keep_up(app: Shared) {
    let mut now_and_then = interval(NOTING);
    loop {
        now_and_then.tick().await;
        if let Err(error) = app.access.note_uses().await {
            let fields = json!({ "message": error.to_string() });
            app.log.tell(Level::Debug, "uses_not_noted", &fields);
        }
    }
}

/// All that the server answers.
pub(super) fn router(app: &Shared, desk: &Arc<Desk>) -> Router {
    let mut routes = front(operations::routes(app).fallback(unknown), app, None);
    if app.settings.speaks(Protocol::Native) {
        let native = native::routes(app).merge(page::routes());
        routes = routes.merge(front(native, app, Some(Protocol::Native)));
    }
    if app.settings.speaks(Protocol::Ofrep) {
        routes = routes.merge(front(ofrep::routes(app), app, Some(Protocol::Ofrep)));
    }
    if app.settings.speaks(Protocol::Astapa) {
        routes = routes.merge(front(astapa::routes(app), app, Some(Protocol::Astapa)));
    }
    if app.settings.speaks(Protocol::Workos) {
        routes = routes.merge(front(
            workos::routes(app, desk),
            app,
            Some(Protocol::Workos),
        ));
    }
    // How long a body may be is what the front and the guards say.
    let routes = routes.layer(DefaultBodyLimit::disable());
    routes.with_state(Arc::clone(app))
}
