//! Tokens: issued to whoever shows a code or a refresh token, with what the user has at that moment.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, PRAGMA};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::body::Call;
use super::claims;
use super::error::Failed;
use super::login::{Kind, Login, Seed, Ticket, Verdict};
use crate::domain::refusal::Refusal;
use crate::domain::resolve::Resolver;
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::server::access::{Scope, Secret};
use crate::server::app::Shared;
use crate::store::{Kept, Question, RecordKind, Scope as Features, Store, StoreError, gather};
use crate::token::{Dialect, Entitlements, RsaSigner};

/// How many seconds a token is valid.
const LIFETIME: i64 = Dialect::Astapa.lifetime();

/// Issues a token, and the refresh token for the next.
pub(super) async fn issue(State(app): State<Shared>, request: Request) -> Result<Response, Failed> {
    let call = Call::read(&app, request, Scope::Evaluate).await?;
    let grant = Grant::read(call, app.milliseconds())?;
    let at = app.now().map_err(|_| StoreError::GivenUp)?;
    let (ring, issuer) = (app.signing.ring(), app.signing.issuer.clone());
    let look = move |store: &dyn Store| {
        let signer = ring.signer.as_ref().ok_or_else(no_key)?;
        let user = grant.user(store)?;
        let token = match user {
            Some(user) => mint(store, user, at, &issuer, signer)?,
            None => None,
        };
        Ok::<_, Failed>((grant, token))
    };
    let (grant, token) = app.stores.read(look).await?;
    let settle = move |store: &dyn Store| {
        let next = grant.settle(store, token.is_some())?;
        Ok::<_, Failed>(token.zip(next))
    };
    let (token, next) = app.stores.write(settle).await?.ok_or_else(Failed::grant)?;
    let body = Json(json!({
        "access_token": token,
        "refresh_token": next.reveal(),
        "token_type": "Bearer",
        "expires_in": LIFETIME,
    }));
    // RFC 6749 §5.1.
    let kept = [(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")];
    Ok((kept, body).into_response())
}

fn no_key() -> Failed {
    let description = "this server has no key to sign tokens with: `flags serve --signing-key \
                       FILE` names one";
    Failed::new(StatusCode::NOT_IMPLEMENTED, "no_signing_key", description)
}

/// What is shown for a token, and by whom.
struct Grant {
    ticket: Ticket,
    redirect_uri: Option<String>,
    client: Option<String>,
    now: i64,
}

impl Grant {
    fn read(call: Call, now: i64) -> Result<Self, Failed> {
        let (kind, member) = match call.text("grant_type")? {
            "refresh_token" => (Kind::Refresh, "refresh_token"),
            "authorization_code" => (Kind::Code, "code"),
            _ => {
                let description = "`grant_type` is `refresh_token` or `authorization_code`";
                let status = StatusCode::BAD_REQUEST;
                return Err(Failed::new(status, "unsupported_grant_type", description));
            }
        };
        let ticket = Ticket::read(kind, call.text(member)?).ok_or_else(Failed::grant)?;
        let redirect_uri = call.text_if_given("redirect_uri")?.map(str::to_owned);
        Ok(Self {
            ticket,
            redirect_uri,
            client: call.client,
            now,
        })
    }

    fn judge(&self, login: &Login) -> Verdict {
        let (client, redirect_uri) = (self.client.as_deref(), self.redirect_uri.as_deref());
        login.judge(&self.ticket, client, redirect_uri, self.now)
    }

    /// The user to issue a token for; nobody where the login has to end.
    fn user(&self, store: &dyn Store) -> Result<Option<Id>, Failed> {
        let found = store.record(RecordKind::Login, &self.ticket.login())?;
        let login = found.and_then(|body| Login::read(&body));
        let login = login.ok_or_else(Failed::grant)?;
        match self.judge(&login) {
            Verdict::Good => Ok(Some(login.user)),
            Verdict::Copied => Ok(None),
            Verdict::Refused => Err(Failed::grant()),
        }
    }

    /// Renews the login, or ends it where there is nobody to issue a token for. Who else asked
    /// meanwhile is heeded.
    fn settle(&self, store: &dyn Store, minted: bool) -> Result<Option<Secret>, Failed> {
        let seed = Seed::draw().map_err(|_| StoreError::GivenUp)?;
        let mut next = None;
        store.amend(RecordKind::Login, &self.ticket.login(), &mut |body| {
            let Some(mut login) = body.and_then(Login::read) else {
                return Kept::AsItWas;
            };
            next = None;
            match (self.judge(&login), minted) {
                (Verdict::Refused, _) => return Kept::AsItWas,
                (Verdict::Good, true) => {
                    let client = self.client.as_deref();
                    next = Some(login.renew(&self.ticket, client, &seed, self.now));
                }
                (Verdict::Copied, _) | (_, false) => login.revoke(self.now),
            }
            Kept::Now(login.write())
        })?;
        Ok(next)
    }
}

/// Mints a token for what the user has now; `None` for a user that the store does not know any more.
fn mint(
    store: &dyn Store,
    user: Id,
    at: Time,
    issuer: &str,
    signer: &RsaSigner,
) -> Result<Option<String>, Failed> {
    match claims(store, user, at, issuer) {
        Ok(claims) => {
            let token = signer.sign(&claims).map_err(|_| StoreError::GivenUp)?;
            Ok(Some(token))
        }
        Err(StoreError::Refused(Refusal::UnknownSubject(_))) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The claims, all but what was noted about the user from one moment (contract: Astapa, access
/// token).
fn claims(
    store: &dyn Store,
    user: Id,
    at: Time,
    issuer: &str,
) -> Result<Map<String, Value>, StoreError> {
    let snapshot = store.snapshot()?;
    let catalog = snapshot.catalog(Features::All)?;
    let email = snapshot.user(&user)?.and_then(|user| user.email);
    let noted = claims::noted(store, &user)?;
    let question = Question::User {
        id: user.clone(),
        within: None,
        targets: Vec::new(),
    };
    let record = gather(&*snapshot, &catalog, Features::All, &question)?;
    let resolver = Resolver::new(&catalog);
    let subject = resolver.bind(&record);
    let answers = resolver.slots().map(|slot| {
        let decision = resolver.decide(&subject, slot, at);
        (resolver.key(slot), decision.answer)
    });
    let mut made = Entitlements::of(Dialect::Astapa, answers, None).claims;
    let plan = record.user.as_ref().and_then(|party| party.plan.as_ref());
    let mut claims = Map::new();
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    say("sub", json!(user));
    if let Some(email) = email {
        say("email", json!(email));
    }
    say("custom_claims", claims::custom(plan, noted));
    say("features", made.remove("features").unwrap_or_default());
    say("iss", json!(issuer));
    say("iat", json!(at.unix()));
    say("exp", json!(at.unix() + LIFETIME));
    Ok(claims)
}
