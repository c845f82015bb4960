//! `flags token issue`: a token for a subject, as the products would mint it.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::key_file::{self, Encoding};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::question::{Asked, QuestionArgs};
use crate::cli::values::When;
use crate::domain::key::FeatureKey;
use crate::domain::resolve::Resolver;
use crate::domain::target::Id;
use crate::domain::time::Time;
use crate::token::keys::KeyError;
use crate::token::{Algorithm, Dialect, Entitlements, HeaderChoice, Signer, random_id};
use crate::ui::{Line, Page, Report};

/// Mint a token for a user, with what they are entitled to at that moment
#[derive(Debug, Args)]
#[command(
    after_help = "The token is signed, so it opens what trusts the key. It is written to \
                        stdout; keep it as you keep a password."
)]
pub struct IssueArgs {
    #[command(flatten)]
    question: QuestionArgs,
    /// In whose shape
    #[arg(
        long = "as",
        value_enum,
        value_name = "SHAPE",
        default_value = "astapa"
    )]
    shape: Shape,
    /// The private key or shared secret to sign with: PEM or JWK
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// How a shared secret is written in its file
    #[arg(long, value_enum, default_value = "raw")]
    key_encoding: Encoding,
    /// The algorithm [default: the key's; RS256 for RSA, HS256 for a secret]
    #[arg(long, value_name = "ALG", value_parser = super::policy::algorithm)]
    alg: Option<Algorithm>,
    /// The header's key id [default: the key's own, or its thumbprint]
    #[arg(long, value_name = "ID")]
    kid: Option<String>,
    /// Take a shared secret that is shorter than the algorithm's hash
    #[arg(long)]
    allow_weak_key: bool,
    /// When it expires: a span from its issue such as 1h, or a moment [default: 1h, workos 5m]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    expires: Option<When>,
    /// `iss` [default: the one of the shape]
    #[arg(long, value_name = "ISSUER")]
    issuer: Option<String>,
    /// `aud`; may be repeated
    #[arg(long, value_name = "AUDIENCE")]
    audience: Vec<String>,
    /// A claim more, or another value for one: JSON, or else text; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = claim)]
    claim: Vec<(String, Value)>,
}

/// Whose tokens are imitated.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shape {
    /// `features`, and the plan in `custom_claims`
    Astapa,
    /// `feature_flags`: what is on; limits have no place
    Workos,
    /// `custom_claims.flags`, as a JWT template makes it
    Custom,
}

fn claim(text: &str) -> Result<(String, Value), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => {
            let value = serde_json::from_str(value).unwrap_or_else(|_| json!(value));
            Ok((name.to_owned(), value))
        }
        _ => Err("write NAME=VALUE".to_owned()),
    }
}

/// Mints the token.
pub fn run(context: &Context, args: IssueArgs) -> Result<Box<dyn Report>> {
    let Some(user) = args.question.user.clone() else {
        let message = "a token is for a user: name one with --user";
        return Err(Failure::usage("usage", message).into());
    };
    let key = key_file::read_one(context, &args.key, args.key_encoding)?;
    let choice = HeaderChoice {
        algorithm: args.alg,
        key_id: args.kid.clone(),
        token_type: None,
        allow_weak_key: args.allow_weak_key,
    };
    let signer = Signer::new(&key, choice).map_err(|error| unusable(&args.key, &error))?;
    let report = args.question.ask(context, None, |asked| {
        let (claims, left_out) = claims(&args, &user, asked)?;
        let token = signer.sign(&claims);
        Ok(IssueReport {
            token: token.map_err(|error| unusable(&args.key, &error))?,
            claims,
            algorithm: signer.algorithm(),
            key_id: signer.key_id().map(str::to_owned),
            left_out,
        })
    })?;
    if !report.left_out.is_empty() {
        let keys: Vec<_> = report.left_out.iter().map(FeatureKey::as_str).collect();
        let keys = keys.join(", ");
        context.warn(&format!(
            "limits have no place in this shape: {keys} left out"
        ))?;
    }
    Ok(Box::new(report))
}

fn unusable(file: &std::path::Path, error: &KeyError) -> Failure {
    key_file::unusable(file, error).hint("`flags token keys generate` makes a key to sign with")
}

fn claims(
    args: &IssueArgs,
    user: &Id,
    asked: &Asked<'_>,
) -> Result<(Map<String, Value>, Vec<FeatureKey>)> {
    let dialect = match args.shape {
        Shape::Astapa => Dialect::Astapa,
        Shape::Workos => Dialect::WorkOs,
        Shape::Custom => Dialect::Custom,
    };
    let resolver = Resolver::new(&asked.catalog);
    let subject = resolver.bind(&asked.record);
    let answers = resolver.slots().map(|slot| {
        let decision = resolver.decide(&subject, slot, asked.at);
        (resolver.key(slot), decision.answer)
    });
    let plan = asked
        .record
        .user
        .as_ref()
        .and_then(|user| user.plan.as_ref());
    let made = Entitlements::of(dialect, answers, plan.map(|plan| plan.as_str()));
    let mut claims = identity(args, dialect, user, asked)?;
    claims.extend(made.claims);
    claims.extend(args.claim.iter().cloned());
    Ok((claims, made.left_out))
}

/// Who the token is about, from whom, for whom and until when.
fn identity(
    args: &IssueArgs,
    dialect: Dialect,
    user: &Id,
    asked: &Asked<'_>,
) -> Result<Map<String, Value>> {
    let mut claims = Map::new();
    let mut say = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    let issuer = args.issuer.as_deref().or(dialect.issuer());
    if let Some(issuer) = issuer {
        say("iss", json!(issuer));
    }
    say("sub", json!(user));
    match &args.audience[..] {
        [] => {}
        [one] => drop(say("aud", json!(one))),
        several => drop(say("aud", json!(several))),
    }
    let known = asked.facts.user(user)?;
    if let Some(email) = known.and_then(|known| known.email) {
        say("email", json!(email));
    }
    if dialect == Dialect::WorkOs {
        say("sid", json!(format!("session_{}", random_id()?)));
        say("jti", json!(random_id()?));
    }
    if let Some(organization) = &args.question.org {
        say("org_id", json!(organization));
    }
    say("iat", json!(asked.at.unix()));
    say("exp", json!(expiry(args, dialect, asked.at)?.unix()));
    Ok(claims)
}

fn expiry(args: &IssueArgs, dialect: Dialect, issued: Time) -> Result<Time> {
    let expires = match args.expires {
        Some(when) => when.from(issued)?,
        None => issued.after(dialect.lifetime())?,
    };
    if expires <= issued {
        let message = "the token would expire before it is issued";
        return Err(Failure::usage("usage", message).into());
    }
    Ok(expires)
}

struct IssueReport {
    token: String,
    claims: Map<String, Value>,
    algorithm: Algorithm,
    key_id: Option<String>,
    left_out: Vec<FeatureKey>,
}

impl Report for IssueReport {
    fn fields(&self) -> &'static [&'static str] {
        &["token", "algorithm", "kid", "claims", "left_out"]
    }

    fn document(&self) -> Value {
        json!({
            "token": self.token,
            "algorithm": self.algorithm.name(),
            "kid": self.key_id,
            "claims": self.claims,
            "left_out": self.left_out,
        })
    }

    fn page(&self) -> Page {
        Page::new().line(Line::from(self.token.clone()))
    }
}
