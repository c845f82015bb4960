//! One connection, from its first byte to its last.

use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::Service;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tower::Service as _;

use super::app::{Shared, asked_to_end};
use super::front::Peer;
use super::metrics::Metrics;
use super::net::{Line, Lines, Paced, Seat, Tls};

/// The bytes that a request's head may have.
const HEAD: usize = 64 * 1024;
/// How long, when the server ends, a connection is waited for over which nothing is being answered.
const HESITATION: Duration = Duration::from_millis(500);
/// What those are told that there is no room for.
const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\n\
    content-type: application/json\r\ncontent-length: 94\r\n\r\n\
    {\"error\":{\"code\":\"full\",\"message\":\"there are as many connections as there may be\",\"hints\":[]}}";

/// What every connection needs.
pub struct Door {
    pub app: Shared,
    pub router: Router,
    pub lines: Arc<Lines>,
    pub tls: Option<Arc<Tls>>,
}

/// Answers on a connection for as long as it lasts.
pub async fn converse(door: Arc<Door>, mut stream: TcpStream, peer: IpAddr) {
    let Some(seat) = door.lines.admit(peer) else {
        door.app.metrics.turned_away();
        if door.tls.is_none() {
            turn_away(&mut stream).await;
        }
        return;
    };
    // Without it an answer may wait for the acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let patience = door.app.settings.limits.patience;
    let stream = Paced::new(stream, patience);
    let metrics = &door.app.metrics;
    metrics.connections.inc();
    match &door.tls {
        None => speak(&door, stream, &seat).await,
        Some(tls) => {
            // A client that cannot be greeted concerns nobody but itself.
            if let Ok(Ok(stream)) = timeout(patience, tls.acceptor().accept(stream)).await {
                speak(&door, stream, &seat).await;
            }
        }
    }
    metrics.connections.dec();
}

/// Says that there is no room, and waits a moment for the client to hear it.
async fn turn_away(stream: &mut TcpStream) {
    let told = async {
        stream.write_all(FULL).await?;
        stream.shutdown().await?;
        let mut sent = [0; 1024];
        while stream.read(&mut sent).await? > 0 {}
        Ok::<_, std::io::Error>(())
    };
    let _ = timeout(Duration::from_millis(500), told).await;
}

async fn speak<S>(door: &Arc<Door>, stream: S, seat: &Seat)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let line = seat.line();
    let answering = Answering {
        router: door.router.clone(),
        app: Arc::clone(&door.app),
        line: Arc::clone(line),
    };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(door.app.settings.limits.patience)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), answering);
    let mut connection = pin!(connection);
    let mut ending = door.app.ending.subscribe();
    loop {
        tokio::select! {
            // A connection that fails concerns nobody but its client.
            _ = connection.as_mut() => return,
            () = line.told_to_leave() => {
                if !line.is_asking() {
                    return;
                }
            }
            () = asked_to_end(&mut ending) => break,
        }
    }
    connection.as_mut().graceful_shutdown();
    loop {
        tokio::select! {
            _ = connection.as_mut() => return,
            () = sleep(HESITATION) => {
                if !line.is_asking() {
                    return;
                }
            }
        }
    }
}

/// Has requests of one connection answered, and knows how many there are.
struct Answering {
    router: Router,
    app: Shared,
    line: Arc<Line>,
}

type Answer = Response<Counted>;

impl Service<Request<Incoming>> for Answering {
    type Response = Answer;
    type Error = std::convert::Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, Self::Error>> + Send>>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let asking = Asking::begin(&self.app, &self.line);
        let peer = Peer(self.line.peer());
        request.extensions_mut().insert(peer);
        // A router is always ready.
        let answered = self.router.clone().call(request);
        Box::pin(async move {
            let response = answered.await?;
            Ok(response.map(|body| Counted {
                body,
                _asking: asking,
            }))
        })
    }
}

/// A request that is being answered.
struct Asking {
    app: Shared,
    line: Arc<Line>,
}

impl Asking {
    fn begin(app: &Shared, line: &Arc<Line>) -> Self {
        line.ask();
        in_flight(&app.metrics, 1);
        Self {
            app: Arc::clone(app),
            line: Arc::clone(line),
        }
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.line.answered();
        in_flight(&self.app.metrics, -1);
    }
}

fn in_flight(metrics: &Metrics, more: i64) {
    metrics.in_flight.inc_by(more);
}

/// The body of an answer, which is in flight until all of it was taken.
struct Counted {
    body: Body,
    _asking: Asking,
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.get_mut().body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
