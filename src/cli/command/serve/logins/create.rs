//! `flags serve logins create`: what a login page would give an application.

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::{all, moment};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::values::When;
use crate::cli::write::{agree_beside, check_fields};
use crate::domain::refusal::Refusal;
use crate::domain::subject::SubjectId;
use crate::domain::target::Id;
use crate::server::astapa::login::{Beginning, Kind, LIFETIME, Login, NewLogin};
use crate::store::{Kept, RecordKind, Store};
use crate::ui::{Line, Page, Report};

/// Arguments of `flags serve logins create`.
#[derive(Debug, Args)]
#[command(
    after_help = "It is shown once; keep it as you keep a password. The server takes it at \
                        POST /api/platform/token.\n\nExamples:\n  flags serve logins create ana\
                        \n  flags serve logins create ana --code \
                        --redirect-uri https://app.example/callback"
)]
pub struct CreateArgs {
    /// The user
    #[arg(value_name = "USER")]
    user: Id,
    /// Print an authorization code, good once and for ten minutes
    #[arg(long)]
    code: bool,
    /// Whoever exchanges the code must name this address
    #[arg(long, value_name = "URI", requires = "code")]
    redirect_uri: Option<String>,
    /// The id of the client that it is for [default: the first that uses it]
    #[arg(long, value_name = "CLIENT_ID")]
    client: Option<String>,
    /// When it ends, however often it is renewed: a span such as 30d, or a moment [default: 90d]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    expires: Option<When>,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

const FIELDS: &[&str] = &["id", "user", "client", "expires", "refresh_token", "code"];

/// Begins a login.
pub fn run(context: &Context, args: CreateArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    agree_beside(context, args.yes, "Begin a login")?;
    let store = context.store()?;
    if store.snapshot()?.user(&args.user)?.is_none() {
        return Err(Refusal::UnknownSubject(SubjectId::User(args.user)).into());
    }
    let kind = match args.code {
        true => Kind::Code,
        false => Kind::Refresh,
    };
    let beginning = Beginning {
        expires: end(context, args.expires)?,
        user: args.user,
        client: args.client,
        kind,
        redirect_uri: args.redirect_uri,
    };
    let made = Login::begin(beginning, context.milliseconds());
    let made = made.map_err(|error| Failure::usage("randomness", error.to_string()))?;
    sweep(store, context.milliseconds())?;
    let body = made.login.write();
    store.amend(RecordKind::Login, &made.name, &mut |_| {
        Kept::Now(body.clone())
    })?;
    Ok(Box::new(Created { made, kind }))
}

fn end(context: &Context, expires: Option<When>) -> Result<i64> {
    let now = context.milliseconds();
    let expires = match expires {
        None => now.saturating_add(LIFETIME),
        Some(when) => when.from(context.now()?)?.unix().saturating_mul(1000),
    };
    match expires > now {
        true => Ok(expires),
        false => Err(Failure::usage("expired", "the login would end before it begins").into()),
    }
}

/// Takes away what ended long ago: nobody asks for it any more.
fn sweep(store: &dyn Store, now: i64) -> Result<()> {
    for (name, login) in all(store)? {
        if login.is_forgotten(now) {
            store.amend(RecordKind::Login, &name, &mut |_| Kept::Gone)?;
        }
    }
    Ok(())
}

struct Created {
    made: NewLogin,
    kind: Kind,
}

impl Report for Created {
    fn fields(&self) -> &'static [&'static str] {
        FIELDS
    }

    fn document(&self) -> Value {
        let secret = |kind| (self.kind == kind).then(|| self.made.secret.reveal());
        json!({
            "id": self.made.name,
            "user": self.made.login.user,
            "client": self.made.login.client,
            "expires": moment(self.made.login.expires),
            "refresh_token": secret(Kind::Refresh),
            "code": secret(Kind::Code),
        })
    }

    fn done(&self) -> Option<String> {
        Some(format!("the login {} was made", self.made.name))
    }

    fn page(&self) -> Page {
        Page::new().line(Line::from(self.made.secret.reveal().to_owned()))
    }
}
