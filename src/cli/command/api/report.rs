//! What came back, or would be sent.

use serde_json::{Map, Value, json};

use crate::remote::api::{ApiError, Call, Method, Preview, Reply};
use crate::ui::{Line, Page, Report};

/// Fields of the JSON document.
pub const FIELDS: &[&str] = &["dry_run", "request", "status", "headers", "body"];

/// What is in an answer.
#[derive(Debug)]
pub enum Body {
    /// Nothing, as it should be.
    Nothing,
    /// A JSON document.
    Document(Value),
    /// Another text.
    Text(String),
}

/// What is in an answer. Nothing is believed to be one that does not look like what was asked for.
///
/// # Errors
///
/// Where a document was asked for, and something else came.
pub fn answered(call: &Call, reply: &Reply) -> Result<Body, ApiError> {
    let silent = [204, 205].contains(&reply.status) || call.method == Method::HEAD;
    if reply.body.is_empty() && (silent || !call.is_read()) {
        return Ok(Body::Nothing);
    }
    let kind = reply.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_page = reply.body.trim_ascii_start().starts_with(b"<");
    let is_text = [
        "text/plain",
        "text/csv",
        "application/x-ndjson",
        "application/yaml",
    ]
    .iter()
    .any(|text| kind.eq_ignore_ascii_case(text));
    if is_text && !is_page {
        let text = std::str::from_utf8(&reply.body);
        let text = text.map_err(|_| reply.unfit("it is not text (UTF-8)"))?;
        return Ok(Body::Text(text.to_owned()));
    }
    reply.value().map(Body::Document)
}

/// What came back, or would be sent.
pub struct ApiReport {
    request: Preview,
    answer: Option<Answer>,
    include: bool,
}

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
}

impl ApiReport {
    /// What would be sent.
    pub fn previewed(request: Preview) -> Self {
        Self {
            request,
            answer: None,
            include: true,
        }
    }

    /// A whole list.
    pub fn list(request: Preview, list: Value) -> Self {
        Self {
            request,
            answer: Some(Answer {
                status: 200,
                headers: Vec::new(),
                body: Body::Document(list),
            }),
            include: false,
        }
    }

    /// What came back.
    pub fn answered(request: Preview, reply: &Reply, body: Body, include: bool) -> Self {
        let headers = reply.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.to_string(), value.into_owned())
        });
        Self {
            request,
            answer: Some(Answer {
                status: reply.status,
                headers: headers.collect(),
                body,
            }),
            include,
        }
    }
}

/// Headers as a program reads them; what is there twice is one list (RFC 9110 §5.3).
fn told(headers: &[(String, String)]) -> Value {
    let mut told = Map::new();
    for (name, value) in headers {
        let whole = match told.get(name).and_then(Value::as_str) {
            Some(before) => format!("{before}, {value}"),
            None => value.clone(),
        };
        told.insert(name.clone(), whole.into());
    }
    told.into()
}

fn header_lines(page: Page, headers: &[(String, String)]) -> Page {
    headers.iter().fold(page, |page, (name, value)| {
        page.line(Line::new().key(name).plain(format!(": {value}")))
    })
}

impl Report for ApiReport {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let Preview {
            method,
            url,
            headers,
            body,
            ..
        } = &self.request;
        let request = json!({
            "method": method, "url": url, "headers": told(headers), "body": body,
        });
        let answer = self.answer.as_ref();
        json!({
            "dry_run": answer.is_none(),
            "request": request,
            "status": answer.map(|answer| answer.status),
            "headers": answer.map(|answer| told(&answer.headers)),
            "body": answer.map(|answer| match &answer.body {
                Body::Nothing => Value::Null,
                Body::Document(document) => document.clone(),
                Body::Text(text) => text.as_str().into(),
            }),
        })
    }

    fn page(&self) -> Page {
        let Some(answer) = &self.answer else {
            return self.preview();
        };
        let mut page = Page::new();
        if self.include {
            page = page.line(Line::new().strong(format!("HTTP {}", answer.status)));
            page = header_lines(page, &answer.headers).blank();
        }
        match &answer.body {
            Body::Nothing => page,
            Body::Document(document) => page.then(Page::document(document)),
            Body::Text(text) => text.lines().fold(page, |page, line| page.line(line)),
        }
    }

    fn done(&self) -> Option<String> {
        let answer = self.answer.as_ref().filter(|_| self.request.write)?;
        Some(format!(
            "{} was carried out (status {})",
            self.request.method, answer.status
        ))
    }
}

impl ApiReport {
    fn preview(&self) -> Page {
        let request = &self.request;
        let line = Line::new().strong(format!("{} {}", request.method, request.url));
        let page = header_lines(Page::new().line(line), &request.headers);
        match &request.body {
            Some(Value::String(text)) => page.blank().line(text.as_str()),
            Some(document) => page.blank().then(Page::document(document)),
            None => page,
        }
    }
}
