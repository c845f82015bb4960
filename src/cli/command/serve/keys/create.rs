//! `flags serve keys create`.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};

use super::{document, in_words, of_key};
use crate::cli::aside::write_text_after;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output_file::Audience;
use crate::cli::values::When;
use crate::cli::write::{agree_beside, check_fields};
use crate::server::access::{Key, KeyName, NewKey, Scope, Secret};
use crate::store::{Kept, RecordKind};
use crate::ui::{Page, Report};

/// Arguments of `flags serve keys create`.
#[derive(Debug, Args)]
#[command(
    after_help = "evaluate: ask what somebody gets; read: see everything; write: change everything; \
                  admin: look\nafter the server too. Each covers those before it.\n\nExamples:\n  \
                  flags serve keys create app --scope evaluate --expires 90d\n  \
                  flags serve keys create ci --scope write --output key.txt\n  \
                  flags serve keys create backend --scope write --client"
)]
pub struct CreateArgs {
    /// What it is called in lists, in the log and in the history of what it changes
    name: KeyName,
    /// What it may do: evaluate, read, write, admin
    #[arg(
        long = "scope",
        value_name = "SCOPE",
        value_delimiter = ',',
        required = true
    )]
    scopes: Vec<Scope>,
    /// Until when: a span from now such as 90d, a date, or RFC 3339
    #[arg(long, value_name = "TIME")]
    expires: Option<When>,
    /// Make a client for Astapa's protocol: an id and a secret, which open something together
    #[arg(long)]
    client: bool,
    /// Write it to this file, which its owner alone may read, and not to stdout
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

/// Makes a key and shows it.
pub fn run(context: &Context, args: CreateArgs) -> Result<Box<dyn Report>> {
    let fields = match args.output {
        Some(_) => WRITTEN,
        None => SHOWN,
    };
    check_fields(context, fields)?;
    agree_beside(context, args.yes, "Make a key")?;
    let mut scopes = args.scopes;
    scopes.sort();
    scopes.dedup();
    let generate = match args.client {
        true => Key::generate_client,
        false => Key::generate,
    };
    let made = generate(args.name.as_str(), scopes, context.milliseconds());
    let NewKey { secret, mut key } = made.map_err(of_key)?;
    key.expires = expires(context, args.expires)?;
    match &args.output {
        // A key that nobody has is worth nothing, and one that opens nothing must not take the place of
        // one that does.
        Some(path) => {
            let text = format!("{}\n", shown(&key, &secret));
            write_text_after(path, &text, Audience::Owner, || keep(context, &key))?;
        }
        None => keep(context, &key)?,
    }
    let what = match &key.client {
        Some(_) => format!("client `{}`", key.name),
        None => format!("key `{}`", key.name),
    };
    let told = format!("{what} may {}", in_words(&key.scopes));
    context.remark(&match &args.output {
        Some(path) => format!("{told}; it is in {}", path.display()),
        None => format!("{told}; it is shown this once"),
    })?;
    Ok(Box::new(Created {
        text: shown(&key, &secret),
        document: document(&key, context.milliseconds()),
        secret,
        output: args.output,
    }))
}

/// What its owner needs: of a client the variables that its programs read.
fn shown(key: &Key, secret: &Secret) -> String {
    let secret = secret.reveal();
    match &key.client {
        None => secret.to_owned(),
        Some(id) => format!("ASTAPA_CLIENT_ID={id}\nASTAPA_CLIENT_SECRET={secret}"),
    }
}

fn expires(context: &Context, when: Option<When>) -> Result<Option<i64>> {
    let Some(when) = when else {
        return Ok(None);
    };
    let expires = when.from(context.now()?)?.unix().saturating_mul(1000);
    match expires > context.milliseconds() {
        true => Ok(Some(expires)),
        false => Err(Failure::usage("expired", "the key would have expired already").into()),
    }
}

fn keep(context: &Context, key: &Key) -> Result<()> {
    let mut taken = false;
    context
        .store()?
        .amend(RecordKind::Key, &key.name, &mut |found| {
            taken = found.is_some();
            match taken {
                true => Kept::AsItWas,
                false => Kept::Now(key.write()),
            }
        })?;
    match taken {
        false => Ok(()),
        true => {
            let what = format!("there is a key `{}` already", key.name);
            Err(Failure::refused("key_exists", what)
                .hint("give this one another name; a revoked key keeps its own for the history")
                .into())
        }
    }
}

const SHOWN: &[&str] = &[
    "name",
    "scopes",
    "standing",
    "created",
    "expires",
    "last_used",
    "revoked",
    "client_id",
    "key",
];
const WRITTEN: &[&str] = &[
    "name",
    "scopes",
    "standing",
    "created",
    "expires",
    "last_used",
    "revoked",
    "client_id",
    "output",
];

struct Created {
    document: Value,
    text: String,
    secret: Secret,
    output: Option<PathBuf>,
}

impl Report for Created {
    fn fields(&self) -> &'static [&'static str] {
        match self.output {
            Some(_) => WRITTEN,
            None => SHOWN,
        }
    }

    fn document(&self) -> Value {
        let mut document = self.document.clone();
        match &self.output {
            Some(path) => document["output"] = json!(Path::display(path).to_string()),
            None => document["key"] = json!(self.secret.reveal()),
        }
        document
    }

    fn page(&self) -> Page {
        match self.output {
            Some(_) => Page::new(),
            None => self.text.lines().fold(Page::new(), Page::line),
        }
    }

    fn done(&self) -> Option<String> {
        let name = self.document["name"].as_str().unwrap_or_default();
        let lost = match self.output {
            Some(_) => "",
            None => " and nobody has seen it: revoke it",
        };
        Some(format!("the key `{name}` was made{lost}"))
    }
}
