//! The bare crate on a file of tokens: what a loop of its `decode` costs.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{BufRead, BufReader};

use aws_lc_rs::digest::{SHA256, digest};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde_json::json;

use crate::Result;
use crate::claims::{AUDIENCE, Claims, ISSUER};

/// Verifies every line and prints how many are genuine, and a digest of all verdicts.
pub fn run(algorithm: &str, key: &str, tokens: &str) -> Result<()> {
    let bytes = fs::read(key)?;
    let key = match algorithm {
        "HS256" => DecodingKey::from_secret(&bytes),
        "RS256" => DecodingKey::from_rsa_pem(&bytes)?,
        "ES256" => DecodingKey::from_ec_pem(&bytes)?,
        _ => DecodingKey::from_ed_pem(&bytes)?,
    };
    let mut validation = Validation::new(algorithm.parse::<Algorithm>()?);
    // As strict as ours: no leeway, and `nbf`, `aud` and `iss` are looked at.
    validation.leeway = 0;
    validation.validate_nbf = true;
    validation.set_audience(&[AUDIENCE]);
    validation.set_issuer(&[ISSUER]);
    let mut file = BufReader::with_capacity(64 * 1024, File::open(tokens)?);
    let mut line = String::new();
    let mut verdicts = Vec::new();
    while file.read_line(&mut line)? > 0 {
        let verified = decode::<Claims>(line.trim_end(), &key, &validation);
        verdicts.push(b'0' + u8::from(verified.is_ok()));
        let _ = black_box(verified);
        line.clear();
    }
    let genuine = verdicts.iter().filter(|verdict| **verdict == b'1').count();
    let digest = digest(&SHA256, &verdicts);
    let hex: String = digest
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!(
        "{}",
        json!({"all": verdicts.len(), "genuine": genuine, "digest": hex})
    );
    Ok(())
}
