//! Tickets: what lets a browser listen for changes, where it cannot show a key.
//!
//! A ticket stands in an address, and addresses end up in logs. So it is no key and leads to none:
//! it is a hash that only who has the key's hash can make, for two days, and opens nothing but a
//! stream that says "ask again".

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac::{HMAC_SHA256, Key as Mac, sign};
use axum::http::HeaderMap;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::guard::shown;
use super::{Denied, Scope, hash};
use crate::server::app::App;

const DAY: i64 = 24 * 60 * 60 * 1000;

impl App {
    /// The ticket for whoever shows a key; nothing where none is needed.
    pub fn ticket(&self, headers: &HeaderMap) -> Option<String> {
        if self.settings.open_to_all {
            return None;
        }
        let today = self.milliseconds().div_euclid(DAY);
        Some(ticket(&hash(shown(headers)?), today))
    }

    /// Lets in whoever has a ticket of today or yesterday, of a key that is still good, and has just
    /// awaited [`App::fresh`].
    ///
    /// # Errors
    ///
    /// Why they are not let in.
    pub fn admit_ticket(&self, shown: &str) -> Result<(), Denied> {
        if self.settings.open_to_all {
            return Ok(());
        }
        let today = self.milliseconds().div_euclid(DAY);
        let is_of = |hash: &str| {
            let mut days = [today, today - 1].into_iter();
            days.any(|day| {
                let ticket = ticket(hash, day);
                verify_slices_are_equal(ticket.as_bytes(), shown.as_bytes()).is_ok()
            })
        };
        let keys = self.access.keys();
        let key = keys.by_hash.values().find(|key| is_of(&key.hash));
        self.admit_key(key.ok_or(Denied::Invalid)?, Scope::Evaluate)
            .map(drop)
    }
}

fn ticket(hash: &str, day: i64) -> String {
    let mac = Mac::new(HMAC_SHA256, hash.as_bytes());
    let made = sign(&mac, format!("flags ofrep events {day}").as_bytes());
    URL_SAFE_NO_PAD.encode(made.as_ref())
}
