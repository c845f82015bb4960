//! Minting: our signer, which readies its key once, beside the crate's `encode`.

use std::fs;

use flags::token::keys;
use flags::token::{Algorithm, HeaderChoice, Signer};
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::Value;

use crate::claims::Claims;
use crate::{Result, clock};

/// Tokens a pass.
const PASS: usize = 100;

/// Mints until the time is up.
pub fn run(way: &str, algorithm: &str, key: &str, seconds: f64) -> Result<()> {
    let bytes = fs::read(key)?;
    let claims: Vec<_> = (0..PASS as u64).map(Claims::of).collect();
    match way {
        "library" => ours(algorithm, &bytes, &claims, seconds),
        "crate" => theirs(algorithm, &bytes, &claims, seconds),
        _ => Err("library or crate".into()),
    }
}

fn ours(algorithm: &str, key: &[u8], claims: &[Claims], seconds: f64) -> Result<()> {
    let set = keys::read(key)?;
    let choice = HeaderChoice {
        algorithm: Algorithm::named(algorithm),
        ..HeaderChoice::default()
    };
    let signer = Signer::new(set.at(0).map_err(Clone::clone)?, choice)?;
    let mut objects = Vec::new();
    for claims in claims {
        match serde_json::to_value(claims)? {
            Value::Object(members) => objects.push(members),
            _ => return Err("claims are an object".into()),
        }
    }
    clock::run(seconds, objects.len(), || {
        let mut bytes = 0;
        for claims in &objects {
            bytes += signer.sign(claims)?.len() as u64;
        }
        Ok(bytes)
    })
}

fn theirs(algorithm: &str, key: &[u8], claims: &[Claims], seconds: f64) -> Result<()> {
    let key = match algorithm {
        "HS256" => EncodingKey::from_secret(key),
        "RS256" => EncodingKey::from_rsa_pem(key)?,
        "ES256" => EncodingKey::from_ec_pem(key)?,
        _ => EncodingKey::from_ed_pem(key)?,
    };
    let header = Header::new(algorithm.parse()?);
    clock::run(seconds, claims.len(), || {
        let mut bytes = 0;
        for claims in claims {
            bytes += encode(&header, claims, &key)?.len() as u64;
        }
        Ok(bytes)
    })
}
