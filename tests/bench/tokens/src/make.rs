//! The keys and the token files: made once, by our own signer, and read by every contestant.
//!
//! The names: `RS256.pem` verifies, `RS256.private.pem` signs, `RS256-100000.tokens` are the tokens;
//! `HS256.secret` does both.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use flags::token::keys::{self, Key, NewKey, RsaSize};
use flags::token::{Algorithm, Curve, HeaderChoice, Signer};
use serde_json::Value;

use crate::Result;
use crate::claims::{Claims, is_altered};

/// Makes what is missing.
pub fn run(directory: &str, algorithm: &str, count: u64) -> Result<()> {
    let directory = Path::new(directory);
    fs::create_dir_all(directory)?;
    let named = |suffix: &str| directory.join(format!("{algorithm}{suffix}"));
    let known = Algorithm::named(algorithm).ok_or("no such algorithm")?;
    let private = named(match known {
        Algorithm::Hs256 => ".secret",
        _ => ".private.pem",
    });
    if !private.exists() {
        let (signing, verifying) = pair(known)?;
        if let Some(verifying) = verifying {
            fs::write(named(".pem"), verifying)?;
        }
        fs::write(&private, signing)?;
    }
    let tokens = named(&format!("-{count}.tokens"));
    if tokens.exists() {
        return Ok(());
    }
    let set = keys::read(&fs::read(private)?)?;
    let key = set.at(0).map_err(Clone::clone)?;
    let choice = HeaderChoice {
        algorithm: Some(known),
        key_id: Some("key-2026-11".to_owned()),
        ..HeaderChoice::default()
    };
    let signer = Signer::new(key, choice)?;
    // Renamed when complete, so that an interrupted run leaves nothing that looks like the file.
    let unfinished = named(".unfinished");
    let mut file = BufWriter::new(File::create(&unfinished)?);
    for number in 0..count {
        writeln!(file, "{}", token(&signer, number)?)?;
    }
    file.flush()?;
    Ok(fs::rename(unfinished, tokens)?)
}

fn token(signer: &Signer, number: u64) -> Result<String> {
    let Value::Object(claims) = serde_json::to_value(Claims::of(number))? else {
        return Err("claims are an object".into());
    };
    let mut token = signer.sign(&claims)?;
    if is_altered(number) {
        // The middle of the signature: its last symbol could carry bits that do not count.
        let place = token.len() - 20;
        let other = if &token[place..=place] == "A" {
            "B"
        } else {
            "A"
        };
        token.replace_range(place..=place, other);
    }
    Ok(token)
}

/// The private and the public half; a secret has none.
fn pair(algorithm: Algorithm) -> Result<(Vec<u8>, Option<Vec<u8>>)> {
    let kind = match algorithm {
        Algorithm::Hs256 => {
            let mut secret = [0; 32];
            aws_lc_rs::rand::fill(&mut secret).map_err(|_| "no randomness")?;
            // Letters, so that every contestant can be given them.
            let secret: Vec<u8> = secret.iter().map(|byte| b'a' + byte % 26).collect();
            return Ok((secret, None));
        }
        Algorithm::Rs256 => NewKey::Rsa(RsaSize::Bits2048),
        Algorithm::Es256 => NewKey::Ec(Curve::P256),
        Algorithm::EdDsa => NewKey::Ed25519,
        _ => return Err("HS256, RS256, ES256 or EdDSA".into()),
    };
    let key = Key::generate(kind)?;
    let private = key.private_pem().ok_or("a new key has both halves")?;
    let public = key.public_pem()?.into_bytes();
    Ok((private.as_bytes().to_vec(), Some(public)))
}
