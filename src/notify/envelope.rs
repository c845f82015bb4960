//! An event as WorkOS's webhooks wrap it (contract: WorkOS, *Events*), and the signature by which
//! WorkOS's own libraries know that it comes from who it says.

use aws_lc_rs::hmac;
use serde_json::{Map, Value, json};

use super::destination::Hidden;
use super::event::Event;
use super::flag;
use crate::domain::hex::hex;
use crate::told::flag_moment;

/// The header that a signature is sent in.
pub const HEADER: &str = "WorkOS-Signature";

/// The event as a receiver reads it.
pub fn envelope(event: &Event) -> Value {
    let mut context = Map::new();
    context.insert("client_id".to_owned(), json!(flag::client()));
    let actor = json!({"id": event.actor, "source": "api", "name": event.actor});
    context.insert("actor".to_owned(), actor);
    context.extend(event.context.clone());
    context.insert("revision".to_owned(), json!(event.revision));
    context.insert("command".to_owned(), json!(event.command));
    context.insert("reason".to_owned(), json!(event.reason));
    json!({
        "object": "event",
        "id": event.id,
        "event": event.name,
        "data": event.data,
        "created_at": flag_moment(event.at),
        "context": context,
    })
}

/// The header's value: when it was signed, in milliseconds since 1970, and HMAC-SHA256 of that
/// moment, a full stop and the body. The moment is that of this attempt, since receivers refuse what
/// was signed long ago.
pub fn signature(secret: &Hidden, now: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.reveal().as_bytes());
    let tag = hmac::sign(&key, format!("{now}.{body}").as_bytes());
    format!("t={now}, v1={}", hex(tag.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_one_that_others_compute() {
        // python3: hmac.new(b"whsec_0123456789", b"1777636800123.{}", "sha256").hexdigest()
        let secret = "whsec_0123456789".to_owned().into();
        let expected = "t=1777636800123, v1=\
                        0b1a3783369f5fc01ca0cd366c25ab3a7a2709e961683130d69b798be40a44b6";
        assert_eq!(signature(&secret, 1_777_636_800_123, "{}"), expected);
    }
}
