//! A genuine token of arbitrary content, and a policy: what `claims` makes of its bytes.
//!
//! Names and texts come from a few words each, so that claims and policy often speak of the same.
//! Times are quarters of a second or far beyond every calendar: both are the same in every
//! arithmetic.

use arbitrary::Arbitrary;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crate::token::{Algorithm, Policy};
use serde_json::{Map, Value, json};

use crate::SECRET;

#[derive(Debug, Arbitrary)]
pub struct Case {
    header: Vec<(HeaderName, Content)>,
    claims: Vec<(ClaimName, Content)>,
    asked: Asked,
    pub now: i32,
}

#[derive(Debug, Clone, Copy, Arbitrary)]
enum HeaderName {
    Alg,
    Typ,
    Kid,
    Crit,
    B64,
    Jwk,
}

#[derive(Debug, Clone, Copy, Arbitrary)]
enum ClaimName {
    Exp,
    Nbf,
    Iat,
    Aud,
    Iss,
    Sub,
    Jti,
    Features,
}

#[derive(Debug, Arbitrary)]
enum Content {
    /// Quarters of a second from the present.
    Near(i16),
    Whole(i64),
    Unsigned(u64),
    /// A sign and a power of ten above all times.
    Far(bool, u8),
    Word(Word),
    Words(Vec<Word>),
    Mixed(Vec<Word>, bool),
    Truth(bool),
    Null,
    Object(Word),
    Text(String),
}

#[derive(Debug, Clone, Copy, Arbitrary)]
enum Word {
    A,
    B,
    Upper,
    Media,
    Alg(u8),
    None,
    Empty,
}

#[derive(Debug, Arbitrary)]
struct Asked {
    algorithms: Vec<u8>,
    issuers: Vec<Word>,
    subjects: Vec<Word>,
    token_ids: Vec<Word>,
    types: Vec<Word>,
    audiences: Vec<Word>,
    any_audience: bool,
    leeway: Option<u64>,
    max_age: Option<u64>,
    short_max_age: Option<u8>,
    required: Vec<ClaimName>,
    ignored: Vec<u8>,
    signature_only: bool,
}

impl HeaderName {
    const fn name(self) -> &'static str {
        match self {
            Self::Alg => "alg",
            Self::Typ => "typ",
            Self::Kid => "kid",
            Self::Crit => "crit",
            Self::B64 => "b64",
            Self::Jwk => "jwk",
        }
    }
}

impl ClaimName {
    const fn name(self) -> &'static str {
        match self {
            Self::Exp => "exp",
            Self::Nbf => "nbf",
            Self::Iat => "iat",
            Self::Aud => "aud",
            Self::Iss => "iss",
            Self::Sub => "sub",
            Self::Jti => "jti",
            Self::Features => "features",
        }
    }
}

impl Word {
    fn text(self) -> String {
        match self {
            Self::A => "a".to_owned(),
            Self::B => "b".to_owned(),
            Self::Upper => "A".to_owned(),
            Self::Media => "application/a".to_owned(),
            Self::Alg(number) => algorithm(number).name().to_owned(),
            Self::None => "none".to_owned(),
            Self::Empty => String::new(),
        }
    }
}

fn algorithm(number: u8) -> Algorithm {
    Algorithm::ALL[usize::from(number) % Algorithm::ALL.len()]
}

fn texts(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| word.text()).collect()
}

impl Content {
    fn value(&self, now: i32) -> Value {
        match self {
            Self::Near(quarters) => json!(f64::from(now) + f64::from(*quarters) / 4.0),
            Self::Whole(number) => json!(number),
            Self::Unsigned(number) => json!(number),
            Self::Far(negative, power) => {
                let number = 10_f64.powi(i32::from(*power) + 30);
                json!(if *negative { -number } else { number })
            }
            Self::Word(word) => json!(word.text()),
            Self::Words(words) => json!(texts(words)),
            Self::Mixed(words, truth) => {
                let mut values: Vec<_> = texts(words).into_iter().map(Value::from).collect();
                values.push(json!(truth));
                Value::Array(values)
            }
            Self::Truth(truth) => json!(truth),
            Self::Null => Value::Null,
            Self::Object(word) => json!({ word.text(): 1 }),
            Self::Text(text) => json!(text),
        }
    }
}

/// What a text says: a number need not be the one that was written.
fn read(text: &str) -> Map<String, Value> {
    serde_json::from_str(text).unwrap_or_default()
}

impl Case {
    /// The header, with an algorithm unless the case has another one.
    #[must_use]
    pub fn header(&self) -> Map<String, Value> {
        read(&self.header_text())
    }

    /// The claims.
    #[must_use]
    pub fn claims(&self) -> Map<String, Value> {
        read(&self.claims_text())
    }

    fn header_text(&self) -> String {
        let mut header = json!({"alg": "HS256"});
        for (name, content) in &self.header {
            header[name.name()] = content.value(self.now);
        }
        header.to_string()
    }

    fn claims_text(&self) -> String {
        let mut claims = json!({});
        for (name, content) in &self.claims {
            claims[name.name()] = content.value(self.now);
        }
        claims.to_string()
    }

    /// The token, signed with the secret as its header says, if that is for secrets.
    #[must_use]
    pub fn token(&self) -> String {
        let hash = match self.header()["alg"].as_str() {
            Some("HS384") => hmac::HMAC_SHA384,
            Some("HS512") => hmac::HMAC_SHA512,
            _ => hmac::HMAC_SHA256,
        };
        let [header, claims] =
            [self.header_text(), self.claims_text()].map(|part| URL_SAFE_NO_PAD.encode(part));
        let text = format!("{header}.{claims}");
        let tag = hmac::sign(&hmac::Key::new(hash, SECRET), text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(tag))
    }

    /// What is asked of it.
    #[must_use]
    pub fn policy(&self) -> Policy {
        let asked = &self.asked;
        let ignored = asked.ignored.iter().map(|number| {
            let number = usize::from(*number) % Policy::IGNORABLE.len();
            Policy::IGNORABLE[number].to_owned()
        });
        Policy {
            algorithms: asked.algorithms.iter().copied().map(algorithm).collect(),
            issuers: texts(&asked.issuers),
            subjects: texts(&asked.subjects),
            token_ids: texts(&asked.token_ids),
            types: texts(&asked.types),
            audiences: texts(&asked.audiences),
            any_audience: asked.any_audience,
            leeway: asked.leeway.unwrap_or_default(),
            max_age: asked.short_max_age.map(u64::from).or(asked.max_age),
            required: asked.required.iter().map(|name| name.name().to_owned()).collect(),
            ignored: ignored.collect(),
            allow_weak_key: false,
            signature_only: asked.signature_only,
        }
    }
}
