//! The last step: a token such as an application would hold, with what the tour resolved.

use std::fs;
use std::path::Path;

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Stage;
use crate::cli::failure::Failure;

/// The step that looks at ana's token, which is kept beside the store: nobody should get used to
/// tokens on the command line.
pub fn step(stage: &Stage<'_>) -> Result<(&'static str, Vec<String>)> {
    let resolved = stage
        .report(&["resolve", "--user", "ana"].map(str::to_owned))?
        .document();
    let now = stage.context.now()?.unix();
    let claims = json!({
        "sub": "ana",
        "email": "ana@example.com",
        "custom_claims": { "plan": "pro" },
        "features": resolved["entitlements"],
        "iss": "auth.example.com",
        "iat": now,
        "exp": now + 3600,
    });
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": "demo" });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    // Decoding looks at no signature, so none is made: this only stands in its place.
    let signature = URL_SAFE_NO_PAD.encode("not a signature");
    let token = format!("{}.{}.{signature}", part(&header), part(&claims));
    let file = stage.path.with_file_name("ana.jwt");
    fs::write(&file, token).map_err(|error| not_written(&file, &error))?;
    let file = file.display().to_string();
    let line = ["token", "inspect", "--file", &file].map(str::to_owned);
    Ok((
        "What her token says (and nothing more: it is not verified)",
        line.to_vec(),
    ))
}

fn not_written(file: &Path, error: &std::io::Error) -> Failure {
    Failure::usage("output", format!("{}: {error}", file.display()))
}
