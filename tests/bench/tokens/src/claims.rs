//! What the tokens say: an access token as it is used in practice, and its type in Rust.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub const ISSUER: &str = "https://auth.example.com";
pub const AUDIENCE: &str = "app.example.com";

/// In 2023 and in 2100: no contestant's clock matters.
const ISSUED: u64 = 1_700_000_000;
const EXPIRES: u64 = 4_102_444_800;

/// The claims as somebody would declare them who uses them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub sub: String,
    pub aud: String,
    pub iat: u64,
    pub exp: u64,
    pub org_id: String,
    pub custom_claims: Custom,
    pub features: HashMap<String, Value>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Custom {
    pub plan: String,
}

impl Claims {
    /// Those of the token of this number: no two have the same subject.
    pub fn of(number: u64) -> Self {
        let mut random = mixed(number);
        let features = FEATURES.iter().map(|name| {
            random = mixed(random);
            let value = match name.starts_with("max_") {
                true => Value::from(random % 1000),
                false => Value::from(!random.is_multiple_of(3)),
            };
            ((*name).to_owned(), value)
        });
        Self {
            iss: ISSUER.to_owned(),
            sub: format!("user_{:016X}{number:010}", mixed(number)),
            aud: AUDIENCE.to_owned(),
            iat: ISSUED,
            exp: if is_expired(number) {
                ISSUED + 300
            } else {
                EXPIRES
            },
            features: features.collect(),
            org_id: format!("org_{:016X}{:010}", mixed(number / 50), number / 50),
            custom_claims: Custom {
                plan: ["free", "pro", "enterprise"][number as usize % 3].to_owned(),
            },
        }
    }
}

const FEATURES: [&str; 8] = [
    "analytics",
    "audit_log",
    "beta_editor",
    "custom_domains",
    "max_projects",
    "max_seats",
    "priority_support",
    "sso",
];

/// Two in a thousand are refused, so that a contestant that lets everything pass is found out.
pub const fn is_expired(number: u64) -> bool {
    number % 1000 == 7
}

pub const fn is_altered(number: u64) -> bool {
    number % 1000 == 507
}

/// SplitMix64: numbers that look random and are the same in every run.
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
