//! Streams of events end when the server does: nobody would wait for them to end by themselves.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

use super::is_a_stream_of_events;
use crate::server::app::{Shared, asked_to_end};

/// Resolves when the server was asked to end.
type Asked = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A body that is over when the server is asked to end.
pub struct Ending {
    body: Body,
    asked: Asked,
    over: bool,
}

impl Ending {
    /// Lets an answer end with the server, if it is a stream of events.
    pub fn watch(response: Response, app: &Shared) -> Response {
        if !is_a_stream_of_events(&response) {
            return response;
        }
        let mut ending = app.ending.subscribe();
        let asked = Box::pin(async move { asked_to_end(&mut ending).await });
        response.map(|body| {
            Body::new(Self {
                body,
                asked,
                over: false,
            })
        })
    }
}

impl HttpBody for Ending {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = self.get_mut();
        if !this.over && this.asked.as_mut().poll(context).is_ready() {
            this.over = true;
        }
        match this.over {
            true => Poll::Ready(None),
            false => Pin::new(&mut this.body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.over || self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
