//! The last step: a token such as an application would hold, with what the tour resolved.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::Stage;

/// The step that decodes ana's token.
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
    let line = ["token", "decode", &token].map(str::to_owned).to_vec();
    Ok((
        "What her token says (and nothing more: it is not verified)",
        line,
    ))
}
