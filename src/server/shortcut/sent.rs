//! A short body, taken only if all of it is there already.
//!
//! Whoever sends it in pieces is waited for on the ordinary way, which keeps to a pace. What came
//! until then goes along.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

type Came<B> = VecDeque<Result<Frame<Bytes>, <B as HttpBody>::Error>>;

/// What was taken.
pub(super) enum Taken<B: HttpBody> {
    /// All of it.
    Whole(Bytes),
    /// What came so far.
    Part(Came<B>),
}

/// Takes a body without waiting for any of it.
pub(super) async fn take<B>(body: &mut B) -> Taken<B>
where
    B: HttpBody<Data = Bytes> + Unpin,
{
    let mut came = Came::<B>::new();
    let mut asked_before = false;
    poll_fn(|context| {
        while !body.is_end_stream() {
            match Pin::new(&mut *body).poll_frame(context) {
                Poll::Ready(Some(frame)) => came.push_back(frame),
                Poll::Ready(None) => break,
                // The connection hands out what it has read once it was asked.
                Poll::Pending if !asked_before => {
                    asked_before = true;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Pending => return Poll::Ready(Taken::Part(std::mem::take(&mut came))),
            }
        }
        Poll::Ready(match came.as_slices() {
            // Nearly always it is one piece.
            ([Ok(frame)], []) if frame.is_data() => {
                Taken::Whole(frame.data_ref().cloned().unwrap_or_default())
            }
            _ => Taken::Part(std::mem::take(&mut came)),
        })
    })
    .await
}

/// A body of which some was taken already.
pub(super) struct Sent<B: HttpBody> {
    pub(super) ahead: Came<B>,
    pub(super) rest: B,
}

impl<B> HttpBody for Sent<B>
where
    B: HttpBody<Data = Bytes, Error: Unpin> + Unpin,
{
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let this = self.get_mut();
        match this.ahead.pop_front() {
            Some(frame) => Poll::Ready(Some(frame)),
            None => Pin::new(&mut this.rest).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.ahead.is_empty() && self.rest.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let data = self.ahead.iter().flatten().filter_map(Frame::data_ref);
        let ahead: u64 = data.map(|data| data.len() as u64).sum();
        let rest = self.rest.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(rest.lower().saturating_add(ahead));
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper.saturating_add(ahead));
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    /// Gives its pieces one by one; nothing is a pause.
    struct Pieces(VecDeque<Option<&'static str>>);

    impl HttpBody for Pieces {
        type Data = Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
            match self.0.pop_front() {
                None => Poll::Ready(None),
                Some(None) => {
                    context.waker().wake_by_ref();
                    Poll::Pending
                }
                Some(Some("!")) => Poll::Ready(Some(Err(std::io::ErrorKind::BrokenPipe.into()))),
                Some(Some(text)) => Poll::Ready(Some(Ok(Frame::data(text.into())))),
            }
        }

        fn is_end_stream(&self) -> bool {
            self.0.is_empty()
        }
    }

    #[test]
    fn what_comes_at_once_is_taken_and_what_does_not_goes_on_whole() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.unwrap().block_on(async {
            for (pieces, whole) in [
                (vec![Some("abc")], true),
                (vec![None, Some("abc")], true),
                (vec![None, None, Some("abc")], false),
                (vec![None, Some("a"), None, Some("bc")], false),
                (vec![None, Some("ab"), Some("c")], false),
            ] {
                let mut body = Pieces(pieces.clone().into());
                let said = match take(&mut body).await {
                    Taken::Whole(bytes) => (bytes, true),
                    Taken::Part(ahead) => {
                        let sent = Sent { ahead, rest: body };
                        (sent.collect().await.unwrap().to_bytes(), false)
                    }
                };
                assert_eq!(said, (Bytes::from("abc"), whole), "{pieces:?}");
            }
            let mut body = Pieces(vec![Some("a"), Some("!")].into());
            let Taken::Part(ahead) = take(&mut body).await else {
                unreachable!("a body that breaks off is not whole");
            };
            assert!(Sent { ahead, rest: body }.collect().await.is_err());
        });
    }
}
