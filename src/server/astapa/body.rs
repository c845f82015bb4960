//! What a call says: who calls, and with what.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use serde_json::{Map, Value};

use super::error::{Failed, tell};
use crate::domain::key::FeatureKey;
use crate::domain::target::Id;
use crate::server::access::{Caller, Denied, Scope};
use crate::server::app::Shared;
use crate::server::front::Visit;
use crate::token::strict_json;

/// The longest body, in bytes.
const LONGEST: usize = 64 * 1024;

/// A call of somebody who may make it.
#[derive(Debug)]
pub(super) struct Call {
    /// Who calls.
    pub(super) caller: Caller,
    /// The id of the client that calls; `None` where everybody may.
    pub(super) client: Option<String>,
    members: Map<String, Value>,
}

impl Call {
    /// Reads a call, and turns away whoever may not do what `scope` covers. Until that is known,
    /// nothing of the body counts but who calls.
    pub(super) async fn read(app: &Shared, request: Request, scope: Scope) -> Result<Self, Failed> {
        let visit = request.extensions().get::<Arc<Visit>>().cloned();
        if let Some(visit) = &visit {
            let longest = app.settings.limits.body.min(LONGEST as u64);
            visit.guarded_by(scope, tell, None, longest);
        }
        let body = bytes_of(request).await?;
        let mut members = object(&body)?;
        let mut credential = |name: &str| match members.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Failed::invalid(format!("`{name}` is not a text"))),
        };
        let (id, secret) = (credential("client_id")?, credential("client_secret")?);
        let caller = app
            .admit_client(id.as_deref(), secret.as_deref(), scope)
            .await?;
        if let Some(visit) = visit {
            visit.let_in(&caller);
        }
        Ok(Self {
            caller,
            client: id.filter(|_| !app.settings.open_to_all),
            members,
        })
    }

    /// A member as it stands; `None` where it is missing or `null`.
    pub(super) fn member(&self, name: &str) -> Option<&Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    /// A text that may be missing.
    pub(super) fn text_if_given(&self, name: &str) -> Result<Option<&str>, Failed> {
        let Some(value) = self.member(name) else {
            return Ok(None);
        };
        let text = value.as_str();
        text.map(Some)
            .ok_or_else(|| Failed::invalid(format!("`{name}` is not a text")))
    }

    /// A text that must be there.
    pub(super) fn text(&self, name: &str) -> Result<&str, Failed> {
        let text = self.text_if_given(name)?;
        text.ok_or_else(|| Failed::invalid(format!("`{name}` is missing")))
    }

    /// Whether a member is there and is `null`.
    pub(super) fn is_null(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(Value::is_null)
    }

    /// The feature that the call is about.
    pub(super) fn feature(&self) -> Result<FeatureKey, Failed> {
        let text = self.text("feature_key")?;
        text.parse()
            .map_err(|error| Failed::invalid(format!("`feature_key`: {error}")))
    }

    /// The user that the call is about.
    pub(super) fn user(&self) -> Result<Id, Failed> {
        let text = self.text("end_user_id")?;
        text.parse().map_err(|_| {
            let form = "1 to 255 printable ASCII characters without spaces";
            Failed::invalid(format!("`end_user_id` is not an identifier: {form}"))
        })
    }
}

/// The bytes of a JSON body. What is wrong with its length or its pace is said by whoever meters it.
async fn bytes_of(request: Request) -> Result<Bytes, Failed> {
    if !is_json(request.headers()) {
        return Err(Denied::WrongType.into());
    }
    let read = to_bytes(request.into_body(), LONGEST).await;
    read.map_err(|_| Failed::invalid("the body did not arrive whole"))
}

fn is_json(headers: &HeaderMap) -> bool {
    let named = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = named.and_then(|named| named.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// Reads the one object that a body is. A name that is there twice is refused: what it says would
/// depend on who reads it.
fn object(body: &[u8]) -> Result<Map<String, Value>, Failed> {
    let text = std::str::from_utf8(body);
    let text = text.map_err(|_| Failed::invalid("the body is not UTF-8"))?;
    match strict_json::parse(text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Failed::invalid("the body is not a JSON object")),
        Err(error) => Err(Failed::invalid(format!(
            "the body is not usable JSON: {error}"
        ))),
    }
}
