//! `flags token keys generate`: a new key, in a file that only its owner can read.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::cli::command::token::key_file;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::token::keys::{Key, NewKey, RsaSize, new_secret};
use crate::token::{Algorithm, Curve};
use crate::ui::{Line, Page, Report};

/// Make a key to sign tokens with, in a file that only its owner can read
#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Where to; there must be no file yet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The kind of key
    #[arg(long = "type", value_enum, value_name = "TYPE", default_value = "rsa")]
    kind: KindOfKey,
    /// Bits of an RSA key [default: 2048]
    #[arg(long, value_name = "BITS", value_parser = ["2048", "3072", "4096"])]
    bits: Option<String>,
    /// The curve of an EC key [default: P-256]
    #[arg(long, value_name = "CURVE", value_parser = ["P-256", "P-384", "P-521", "secp256k1"])]
    curve: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindOfKey {
    /// RSA, for RS256 to PS512
    Rsa,
    /// An elliptic curve, for ES256 and its kin
    Ec,
    /// Ed25519, for EdDSA
    Ed25519,
    /// A shared secret of 64 bytes, for HS256 to HS512
    Secret,
}

/// Makes the key and writes it.
pub fn run(context: &Context, args: GenerateArgs) -> Result<Box<dyn Report>> {
    let misplaced = |option: &str, kind: &str| {
        let message = format!("--{option} is for --type {kind}");
        Err(Failure::usage("usage", message).into())
    };
    if args.bits.is_some() && args.kind != KindOfKey::Rsa {
        return misplaced("bits", "rsa");
    }
    if args.curve.is_some() && args.kind != KindOfKey::Ec {
        return misplaced("curve", "ec");
    }
    let report = match args.kind {
        KindOfKey::Secret => secret(&args)?,
        _ => pair(&args)?,
    };
    if args.kind == KindOfKey::Secret {
        let told = "whoever verifies with a shared secret can mint with it: an RSA, EC or \
                    Ed25519 key parts the two";
        context.remark(told)?;
    }
    Ok(Box::new(report))
}

fn pair(args: &GenerateArgs) -> Result<GenerateReport> {
    let curve = args.curve.as_deref().unwrap_or("P-256");
    let curve = Curve::ALL.into_iter().find(|each| each.name() == curve);
    let (kind, algorithm) = match (args.kind, curve) {
        (KindOfKey::Ec, Some(curve)) => (NewKey::Ec(curve), curve.algorithm()),
        (KindOfKey::Ed25519, _) => (NewKey::Ed25519, Algorithm::EdDsa),
        _ => (NewKey::Rsa(size(args.bits.as_deref())), Algorithm::Rs256),
    };
    let key = Key::generate(kind)?;
    let pem = key.private_pem().ok_or_else(|| {
        Failure::usage(
            "key",
            "the new key has no private half; nothing was written",
        )
    })?;
    key_file::write_new(&args.out, &pem)?;
    Ok(GenerateReport {
        path: args.out.clone(),
        algorithm,
        key_id: Some(key.id_or_thumbprint()?),
    })
}

fn size(bits: Option<&str>) -> RsaSize {
    match bits {
        Some("4096") => RsaSize::Bits4096,
        Some("3072") => RsaSize::Bits3072,
        _ => RsaSize::Bits2048,
    }
}

fn secret(args: &GenerateArgs) -> Result<GenerateReport> {
    key_file::write_new(&args.out, &new_secret()?)?;
    Ok(GenerateReport {
        path: args.out.clone(),
        algorithm: Algorithm::Hs256,
        key_id: None,
    })
}

struct GenerateReport {
    path: PathBuf,
    algorithm: Algorithm,
    key_id: Option<String>,
}

impl Report for GenerateReport {
    fn fields(&self) -> &'static [&'static str] {
        &["file", "algorithm", "kid"]
    }

    fn document(&self) -> Value {
        json!({
            "file": self.path,
            "algorithm": self.algorithm.name(),
            "kid": self.key_id,
        })
    }

    fn page(&self) -> Page {
        let path = self.path.display().to_string();
        let line = Line::new()
            .good("made")
            .plain(" the key ")
            .key(path.clone());
        let line = line.plain(format!(", for {}", self.algorithm));
        let page = Page::new().line(match &self.key_id {
            Some(id) => line.plain(", id ").key(id.clone()),
            None => line,
        });
        match self.key_id {
            Some(_) => page.line(Line::new().dim("next: ").key(format!(
                "flags token keys jwks {}",
                crate::cli::shell::quoted(&path)
            ))),
            None => page,
        }
    }

    fn done(&self) -> Option<String> {
        Some(format!("the key was written to {}", self.path.display()))
    }
}
