//! `flags api`: a call as somebody typed it, to the profile's server and with its credentials.
//!
//! What is typed is a path and never a server, so that the credentials go where the profile says.
//! What comes back is a success or an error with the exit code that the other commands would give.

mod content;
mod field;
mod report;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::write::{agree, check_fields};
use crate::remote::api::{Api, Call, Kind, Method, Paging, Path, PathError};
use crate::ui::Report;

use content::{body, headers};
use field::{Field, Header, Pair};
use report::{ApiReport, FIELDS, answered};

/// A raw call to the profile's server, with its credentials
#[derive(Debug, Args)]
#[command(
    after_help = "A value of --field is JSON if it is true, false, null or a number; @FILE stands for the text of a\n\
                  file, @- for stdin; all else is a string, as every value of --raw-field is. Keys may be nested:\n\
                  `claims[plan]=pro`, `tags[]=a`.\n\
                  GET, HEAD, PUT and DELETE are tried again where that helps; POST and PATCH only where the server\n\
                  knows idempotency keys (flags serve does).\n\
                  Exit codes: 3 for what the server refuses (400, 404, 409, 422 …), 4 for 401 and 403, 5 for the rest.\n\
                  Examples: `flags api GET /feature-flags --query limit=100 --paginate`,\n\
                  `flags api PUT /feature-flags/sso/enable --dry-run`"
)]
pub struct ApiArgs {
    /// GET, HEAD, POST, PUT, PATCH or DELETE
    #[arg(value_name = "METHOD", value_parser = method)]
    method: Method,
    /// Where on the server, such as /feature-flags; a query may follow
    #[arg(value_name = "PATH", value_parser = place)]
    place: Place,
    /// A member of the JSON document to send, its value typed
    #[arg(long, short = 'F', value_name = "KEY=VALUE")]
    field: Vec<Field>,
    /// A member of the JSON document to send, its value a string
    #[arg(long, short = 'f', value_name = "KEY=VALUE")]
    raw_field: Vec<Pair>,
    /// Send this file; - for stdin. JSON, unless a Content-Type is named with --header
    #[arg(long, value_name = "FILE", conflicts_with_all = ["field", "raw_field"])]
    input: Option<PathBuf>,
    /// A part of the query, encoded as it has to be
    #[arg(long, value_name = "KEY=VALUE")]
    query: Vec<Pair>,
    /// A header beside those that every call has
    #[arg(long, short = 'H', value_name = "NAME: VALUE")]
    header: Vec<Header>,
    /// All pages of a list, as one JSON array
    #[arg(long, conflicts_with = "dry_run")]
    paginate: bool,
    /// Show the status and the headers, too
    #[arg(long, short)]
    include: bool,
    /// Show what would be sent, secrets masked; send nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

/// A path, and the query behind it.
#[derive(Debug, Clone)]
struct Place {
    path: Path,
    query: Vec<(String, String)>,
}

fn method(text: &str) -> Result<Method, String> {
    let known = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
    ];
    let mut known = known.into_iter();
    let found = known.find(|method| method.as_str().eq_ignore_ascii_case(text));
    found.ok_or_else(|| "it is none of GET, HEAD, POST, PUT, PATCH and DELETE".to_owned())
}

fn place(text: &str) -> Result<Place, PathError> {
    let (path, query) = Path::typed(text)?;
    Ok(Place { path, query })
}

/// Makes the call.
pub fn run(context: &Context, args: ApiArgs) -> Result<Box<dyn Report>> {
    check_fields(context, FIELDS)?;
    if args.paginate && args.method != Method::GET {
        let message = format!("--paginate is for lists: {} reads none", args.method);
        return Err(Failure::usage("usage", message).into());
    }
    let call = call(&args)?;
    let api = context.api()?;
    let call = kind(call, &api);
    if args.dry_run {
        return Ok(Box::new(ApiReport::previewed(api.preview(&call)?)));
    }
    if !call.is_read() {
        let question = |profile: &str| format!("Send {call} to the protected profile {profile}?");
        agree(context, args.yes, question)?;
    }
    if args.paginate {
        let mut all = Vec::new();
        for page in api.pages(&call, Paging::Guessed) {
            all.extend(page?);
        }
        return Ok(Box::new(ApiReport::list(
            api.preview(&call)?,
            Value::Array(all),
        )));
    }
    let reply = api.call(&call)?;
    let body = answered(&call, &reply)?;
    let preview = api.preview(&call)?;
    Ok(Box::new(ApiReport::answered(
        preview,
        &reply,
        body,
        args.include,
    )))
}

/// What is typed, as a call.
fn call(args: &ApiArgs) -> Result<Call> {
    let queried = args
        .query
        .iter()
        .map(|pair| (pair.key.clone(), pair.value.clone()));
    let headers = headers(&args.header)?;
    Ok(Call {
        method: args.method.clone(),
        path: args.place.path.clone(),
        query: args.place.query.iter().cloned().chain(queried).collect(),
        body: body(args, &headers)?,
        headers,
        kind: Kind::Read,
        deadline: None,
    })
}

/// Whether it may be sent twice: by its method (RFC 9110 §9.2.2), or because the server tells.
fn kind(mut call: Call, api: &Api) -> Call {
    let method = call.method.clone();
    if ![Method::GET, Method::HEAD].contains(&method) {
        call.kind = Kind::Write {
            idempotency_key: None,
            safe_to_repeat: [Method::PUT, Method::DELETE].contains(&method) || api.knows_keys(),
        };
    }
    call
}
