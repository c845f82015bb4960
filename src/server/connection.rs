//! One connection, from its first byte to its last.

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, Response};
use axum::{BoxError, Router};
use bytes::Bytes;
use futures_util::future::{Either, Ready, ready};
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
use super::shortcut::Shortcut;

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
    /// Past the router, for what need not go there.
    pub shortcut: Option<Arc<Shortcut>>,
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

pub(super) async fn speak<S>(door: &Arc<Door>, stream: S, seat: &Seat)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let line = seat.line();
    let answering = Answering {
        door: Arc::clone(door),
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
    door: Arc<Door>,
    line: Arc<Line>,
}

type Answer = Result<Response<Counted>, Infallible>;
type Answered = Pin<Box<dyn Future<Output = Answer> + Send>>;

impl Service<Request<Incoming>> for Answering {
    type Response = Response<Counted>;
    type Error = Infallible;
    type Future = Either<Ready<Answer>, Answered>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let begun = Instant::now();
        let (door, line) = (&self.door, &self.line);
        let asking = Asking::begin(&door.app, line, begun);
        let shortcut = door.shortcut.as_ref();
        if let Some(response) = shortcut.and_then(|short| short.answer(&mut request, begun)) {
            return Either::Left(ready(Ok(asking.whole(response))));
        }
        let router = door.router.clone();
        match shortcut.filter(|short| short.takes(&request)) {
            None => Either::Right(Box::pin(asking.route(router, request))),
            Some(short) => {
                let short = Arc::clone(short);
                Either::Right(Box::pin(async move {
                    match short.answer_sent(request, begun).await {
                        Ok(response) => Ok(asking.whole(response)),
                        Err(request) => asking.route(router, request).await,
                    }
                }))
            }
        }
    }
}

/// A request that is being answered.
struct Asking {
    app: Shared,
    line: Arc<Line>,
}

impl Asking {
    fn begin(app: &Shared, line: &Arc<Line>, now: Instant) -> Self {
        line.ask(now);
        in_flight(&app.metrics, 1);
        Self {
            app: Arc::clone(app),
            line: Arc::clone(line),
        }
    }

    /// Has the router answer.
    async fn route<B>(self, mut router: Router, mut request: Request<B>) -> Answer
    where
        B: HttpBody<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    {
        let peer = Peer(self.line.peer());
        request.extensions_mut().insert(peer);
        // A router is always ready.
        let response = router.call(request).await?;
        Ok(response.map(|body| Counted {
            given: Given::Flowing(body),
            _asking: self,
        }))
    }

    /// Hands over what was answered at once.
    fn whole(self, response: Response<Bytes>) -> Response<Counted> {
        response.map(|bytes| Counted {
            given: Given::Whole(bytes),
            _asking: self,
        })
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
    given: Given,
    _asking: Asking,
}

enum Given {
    /// All of it; nothing once it was taken.
    Whole(Bytes),
    Flowing(Body),
}

impl HttpBody for Counted {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.get_mut().given {
            Given::Flowing(body) => Pin::new(body).poll_frame(context),
            Given::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Given::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.given {
            Given::Whole(bytes) => bytes.is_empty(),
            Given::Flowing(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.given {
            Given::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Given::Flowing(body) => body.size_hint(),
        }
    }
}
