//! One thing that can be asked: its route, and what the OpenAPI document says of it.

use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::server::app::Shared;

/// Makes the schema of a type.
pub(super) type Shape = fn(&mut SchemaGenerator) -> Schema;

/// What an operation is for: each needs a scope of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To learn what somebody gets.
    Evaluate,
    /// To look.
    Read,
    /// To change something.
    Write,
    /// To look after the server.
    Admin,
}

/// What is sent along.
#[derive(Clone, Copy)]
pub(super) struct Sent {
    /// Its media type.
    pub(super) media: &'static str,
    /// What it has to be.
    pub(super) shape: Shape,
    /// Whether there has to be any.
    pub(super) required: bool,
}

/// What is answered where all is well.
#[derive(Clone, Copy)]
pub(super) struct Answered {
    /// Its media type.
    pub(super) media: &'static str,
    /// What it is.
    pub(super) shape: Shape,
}

/// One thing that can be asked.
pub(super) struct Operation {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// Its name, by which generated clients call it.
    pub(super) name: &'static str,
    pub(super) summary: &'static str,
    pub(super) purpose: Purpose,
    pub(super) query: Option<Shape>,
    pub(super) sent: Option<Sent>,
    pub(super) answered: Option<Answered>,
    /// Whether what it writes is a new resource.
    pub(super) creates: bool,
    pub(super) route: MethodRouter<Shared>,
}

impl Operation {
    /// An operation that takes nothing and answers nothing yet.
    pub(super) fn new<H, T>(
        (method, path): (Method, &'static str),
        purpose: Purpose,
        name: &'static str,
        summary: &'static str,
        handler: H,
    ) -> Self
    where
        H: Handler<T, Shared>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        Self {
            route: on(filter, handler),
            method,
            path,
            name,
            summary,
            purpose,
            query: None,
            sent: None,
            answered: None,
            creates: false,
        }
    }

    /// Whether it brings rows or a whole catalog, which may be long.
    pub(super) fn brings_many(&self) -> bool {
        let places = ["/v1/import/", "/v1/catalog/", "/v1/store/update"];
        self.brings_lines() || places.iter().any(|place| self.path.starts_with(place))
    }

    /// Whether it brings lines, which are kept in a file until all of them are there.
    pub(super) fn brings_lines(&self) -> bool {
        let sent = self.sent.as_ref();
        sent.is_some_and(|sent| sent.media == "application/x-ndjson")
    }

    /// What the query may say.
    pub(super) fn query<Q: JsonSchema>(self) -> Self {
        let query: Option<Shape> = Some(Q::json_schema);
        Self { query, ..self }
    }

    /// The JSON that has to be sent along.
    pub(super) fn takes<B: JsonSchema>(self) -> Self {
        let sent = Some(Sent {
            media: "application/json",
            shape: |shapes| shapes.subschema_for::<B>(),
            required: true,
        });
        Self { sent, ..self }
    }

    /// The JSON that may be sent along.
    pub(super) fn may_take<B: JsonSchema>(self) -> Self {
        let taking = self.takes::<B>();
        let sent = taking.sent.map(|sent| Sent {
            required: false,
            ..sent
        });
        Self { sent, ..taking }
    }

    /// Something else than JSON that has to be sent along.
    pub(super) fn takes_lines(self, shape: Shape) -> Self {
        let sent = Some(Sent {
            media: "application/x-ndjson",
            shape,
            required: true,
        });
        Self { sent, ..self }
    }

    /// The JSON that is answered.
    pub(super) fn answers<A: JsonSchema>(self) -> Self {
        let answered = Some(Answered {
            media: "application/json",
            shape: |shapes| shapes.subschema_for::<A>(),
        });
        Self { answered, ..self }
    }

    /// Something else than JSON that is answered.
    pub(super) fn answers_as(self, media: &'static str, shape: Shape) -> Self {
        let answered = Some(Answered { media, shape });
        Self { answered, ..self }
    }

    /// What it writes is a new resource.
    pub(super) fn creating(self) -> Self {
        Self {
            creates: true,
            ..self
        }
    }
}

/// An operation that looks.
pub(super) fn read<H, T>(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    handler: H,
) -> Operation
where
    H: Handler<T, Shared>,
    T: 'static,
{
    Operation::new((Method::GET, path), Purpose::Read, name, summary, handler)
}

/// An operation that writes.
pub(super) fn write<H, T>(
    method: Method,
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    handler: H,
) -> Operation
where
    H: Handler<T, Shared>,
    T: 'static,
{
    Operation::new((method, path), Purpose::Write, name, summary, handler)
}
