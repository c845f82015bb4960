//! Proving a token: whose signature it bears, and whether it is for us and for now.
//!
//! Verification believes nothing the token says about how it wants to be verified. The key is
//! given by the operator, the algorithm must be one that key permits, and what the header brings
//! along is ignored. All checks are made even after one has failed, because somebody who is told
//! "wrong audience" wants to know that the signature was good.
//!
//! Order: form, `crit`, algorithm, key, signature, `typ`, types of the claims, times, audience,
//! issuer, subject, id, required claims. The first failed check gives the reason.
//!
//! | file | holds |
//! | --- | --- |
//! | `policy` | what is asked of a token |
//! | `check` | one check, its outcome and reason |
//! | `header` | what a header demands |
//! | `signature` | a key made ready |
//! | `claims` | the registered claims against policy and clock |

mod check;
mod claims;
mod header;
mod policy;
mod signature;

use std::rc::Rc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::algorithm::Algorithm;
use super::claims::Statement;
use super::decode::{self, Pieces};
use super::error::{DecodeError, Part};
use super::keys::{Chosen, Key, KeyError, KeySet};
use super::strict_json::{self, Picked};
use claims::{Claims, REGISTERED};
use header::Header;
use signature::Checker;
pub(super) use signature::known;

pub use check::{Check, Detail, Examination, Outcome, Reason};
pub use policy::Policy;

/// A token whose every check has passed. Only [`Verifier::prove`] makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    header: Map<String, Value>,
    claims: Map<String, Value>,
}

impl Verified {
    /// The header's members.
    #[must_use]
    pub const fn header(&self) -> &Map<String, Value> {
        &self.header
    }

    /// The claims; none where only the signature was asked for.
    #[must_use]
    pub const fn claims(&self) -> &Map<String, Value> {
        &self.claims
    }

    /// What the claims say about features, plan and identity.
    #[must_use]
    pub fn statement(&self) -> Statement {
        Statement::read(&self.claims)
    }
}

/// Checks tokens with one set of keys and one policy.
///
/// It keeps what tokens of one issuer share, so that the second costs less than the first: keys
/// made ready, and the last header.
pub struct Verifier<'keys> {
    keys: &'keys Result<KeySet, KeyError>,
    policy: &'keys Policy,
    ready: Vec<(usize, Algorithm, Checker)>,
    last_header: Option<(String, Rc<Header>)>,
    payload: Vec<u8>,
    signature: Vec<u8>,
    notes: Examination,
}

impl<'keys> Verifier<'keys> {
    /// Takes the keys and what is asked. Keys that cannot be used make no token genuine; the
    /// other checks are made all the same.
    #[must_use]
    pub fn new(keys: &'keys Result<KeySet, KeyError>, policy: &'keys Policy) -> Self {
        Self {
            keys,
            policy,
            ready: Vec::new(),
            last_header: None,
            payload: Vec::new(),
            signature: Vec::new(),
            notes: Examination::default(),
        }
    }

    /// Makes every check of one token at one moment.
    pub fn examine(&mut self, text: &str, now: Timestamp) -> &Examination {
        self.notes.clear();
        if let Err(error) = self.checks(text, now) {
            self.notes
                .failed("form", Reason::Malformed, Detail::Form(error));
        }
        &self.notes
    }

    /// The token's content, if every check passes.
    ///
    /// A genuine token can have more values than are taken in
    /// ([`MAX_VALUES`](strict_json::MAX_VALUES)): then [`Verifier::examination`] has nothing
    /// against it but a warning, and there is no content.
    ///
    /// # Errors
    /// The checks, one of which at least has failed.
    pub fn prove(&mut self, text: &str, now: Timestamp) -> Result<Verified, Examination> {
        if self.examine(text, now).reason().is_some() {
            return Err(self.notes.clone());
        }
        self.content(text).map_err(|error| {
            let detail = Detail::Form(error);
            let mut failed = self.notes.clone();
            failed.failed("content", Reason::Malformed, detail.clone());
            self.notes.warned("content", detail);
            failed
        })
    }

    fn content(&self, text: &str) -> Result<Verified, DecodeError> {
        let pieces = decode::pieces(text)?;
        let mut buffer = Vec::new();
        let header = decode::read_object(Part::Header, pieces.header, &mut buffer)?;
        let claims = match self.policy.signature_only {
            true => Map::new(),
            false => decode::read_object(Part::Payload, pieces.payload, &mut buffer)?,
        };
        Ok(Verified { header, claims })
    }

    /// The checks made last.
    #[must_use]
    pub const fn examination(&self) -> &Examination {
        &self.notes
    }

    fn checks(&mut self, text: &str, now: Timestamp) -> Result<(), DecodeError> {
        let pieces = decode::pieces(text)?;
        let header = self.header(pieces.header)?;
        self.read_payload(pieces.payload)?;
        decode::read_bytes(Part::Signature, pieces.signature, &mut self.signature)?;
        let picked = self.pick_claims()?;
        let form = "three parts of base64url, JSON in which no name appears twice";
        self.notes.passed("form", form);
        header.judge_critical(&mut self.notes);
        let trusted = self.judge_signature(&header, &pieces, now);
        if let Some(claims) = picked {
            self.judge_type(&header);
            claims.judge(self.policy, now, &mut self.notes);
        }
        if trusted {
            self.keep_header(pieces.header, header);
        }
        Ok(())
    }

    /// The header, from the last token if that had the very same.
    fn header(&mut self, encoded: &str) -> Result<Rc<Header>, DecodeError> {
        if let Some((known, header)) = &self.last_header
            && known == encoded
        {
            return Ok(Rc::clone(header));
        }
        let members = decode::read_object(Part::Header, encoded, &mut self.payload)?;
        let header = Header::read(&members).map_err(|problem| DecodeError::Header { problem })?;
        Ok(Rc::new(header))
    }

    /// Keeps a header that a good signature stood under: others are not worth the memory.
    fn keep_header(&mut self, encoded: &str, header: Rc<Header>) {
        let known = self.last_header.as_ref();
        if known.is_none_or(|(_, known)| !Rc::ptr_eq(known, &header)) {
            self.last_header = Some((encoded.to_owned(), header));
        }
    }

    fn read_payload(&mut self, encoded: &str) -> Result<(), DecodeError> {
        // Claims are at least `{}`; a text that is only signed may be empty.
        if encoded.is_empty() && !self.policy.signature_only {
            return Err(DecodeError::EmptyPart {
                part: Part::Payload,
            });
        }
        decode::read_bytes(Part::Payload, encoded, &mut self.payload)
    }

    /// The registered claims, and whether the required ones are there; `None` where claims do not
    /// matter.
    fn pick_claims(&self) -> Result<Option<Claims<'keys>>, DecodeError> {
        if self.policy.signature_only {
            return Ok(None);
        }
        let part = Part::Payload;
        let text = std::str::from_utf8(&self.payload).map_err(|_| DecodeError::NotText { part })?;
        let required: Vec<_> = self.policy.required.iter().map(String::as_str).collect();
        match strict_json::pick(text, &REGISTERED, &required) {
            Ok(Picked::Members { kept, noticed }) => {
                Ok(Some(Claims::of(kept, required.into_iter().zip(noticed))))
            }
            Ok(Picked::Other(found)) => Err(DecodeError::NotAnObject { part, found }),
            Err(problem) => Err(DecodeError::Json { part, problem }),
        }
    }

    /// Algorithm, key and signature. Returns whether all three are good.
    fn judge_signature(&mut self, header: &Header, pieces: &Pieces<'_>, now: Timestamp) -> bool {
        let unchecked = "not looked at: a check before it failed";
        let Some(algorithm) = self.judge_algorithm(header) else {
            self.notes.skipped("key", unchecked);
            self.notes.skipped("signature", unchecked);
            return false;
        };
        if self.signature.is_empty() {
            self.notes.skipped("key", unchecked);
            let detail = "there is none: the token is cut off, or was never signed";
            self.notes.failed("signature", Reason::Malformed, detail);
            return false;
        }
        let tried = match self.judge_key(header, algorithm, now) {
            Ok(tried) => tried,
            Err(error) => {
                self.notes.failed("key", Reason::Key, Detail::Key(error));
                self.notes.skipped("signature", unchecked);
                return false;
            }
        };
        let holds = tried
            .iter()
            .any(|&place| self.holds(place, algorithm, pieces.signed));
        if holds {
            self.notes.passed("signature", "it is the key's");
        } else if pieces.payload.is_empty() {
            let detail = "the payload is missing: it is cut off, or travels separately";
            self.notes.failed("signature", Reason::Malformed, detail);
        } else {
            let detail = self.why_it_may_not_hold(&tried);
            self.notes.failed("signature", Reason::Signature, detail);
        }
        holds
    }

    fn judge_algorithm(&mut self, header: &Header) -> Option<Algorithm> {
        let wanted = &self.policy.algorithms;
        match header.algorithm {
            Err(problem) => self.notes.failed("algorithm", Reason::Alg, problem),
            Ok(algorithm) if !wanted.is_empty() && !wanted.contains(&algorithm) => {
                let detail = format!("the token says {algorithm}, which was not asked for (--alg)");
                self.notes.failed("algorithm", Reason::Alg, detail);
            }
            Ok(algorithm) => {
                self.notes.passed("algorithm", Detail::Algorithm(algorithm));
                return Some(algorithm);
            }
        }
        None
    }

    /// The places of the keys to try.
    fn judge_key(
        &mut self,
        header: &Header,
        algorithm: Algorithm,
        now: Timestamp,
    ) -> Result<Vec<usize>, KeyError> {
        let weak = self.policy.allow_weak_key;
        let id = header.key_id.as_deref();
        let keys = self.keys.as_ref().map_err(Clone::clone)?;
        let (places, detail) = match keys.choose(id, algorithm, weak)? {
            Chosen::AnyOf(places) => (places, "the token names none: all that fit were tried"),
            Chosen::One(place) if keys.is_set() && id.is_some() => {
                (vec![place], "the one of the set that the token names (kid)")
            }
            Chosen::One(place) if keys.is_set() => (vec![place], "the one of the set that fits"),
            Chosen::One(place) => (vec![place], "the one given"),
        };
        for &place in &places {
            let key = keys.at(place).map_err(Clone::clone)?;
            key.permits(algorithm, weak)?;
        }
        self.note_key(&places, id, detail, now);
        Ok(places)
    }

    /// Notes which key it is, and what an operator should know about it.
    fn note_key(
        &mut self,
        places: &[usize],
        id: Option<&str>,
        detail: &'static str,
        now: Timestamp,
    ) {
        let Some(key) = places.first().and_then(|&place| self.key(place)) else {
            return;
        };
        let is_set = self.keys.as_ref().is_ok_and(KeySet::is_set);
        let outside = key.certified().is_some_and(|certified| {
            !(certified.begins..=certified.ends).contains(&now.as_second())
        });
        if key.is_private() {
            let detail =
                "a private key was given: its public half is enough, and safer to keep here";
            self.notes.warned("key", detail);
        } else if outside {
            let detail = "the one of the certificate, which itself is not valid at this time";
            self.notes.warned("key", detail);
        } else if !is_set && key.id().is_some() && id.is_some() && id != key.id() {
            let detail = "the one given, although the token names another (kid)";
            self.notes.warned("key", detail);
        } else {
            self.notes.passed("key", detail);
        }
    }

    fn key(&self, place: usize) -> Option<&'keys Key> {
        self.keys.as_ref().ok()?.at(place).ok()
    }

    fn holds(&mut self, place: usize, algorithm: Algorithm, signed: &str) -> bool {
        let is_it = |ready: &(usize, Algorithm, Checker)| (ready.0, ready.1) == (place, algorithm);
        if !self.ready.iter().any(is_it) {
            let ready = self.key(place).and_then(|key| Checker::new(key, algorithm));
            let Some(checker) = ready else {
                return false;
            };
            self.ready.push((place, algorithm, checker));
        }
        let ready = self.ready.iter().find(|ready| is_it(ready));
        ready.is_some_and(|(_, _, checker)| checker.holds(signed.as_bytes(), &self.signature))
    }

    fn why_it_may_not_hold(&self, tried: &[usize]) -> &'static str {
        let key = tried.first().and_then(|&place| self.key(place));
        if key.is_some_and(|key| key.ends_in_line_break()) {
            "it was not made with this secret for this text; the secret ends in a line break, \
             which counts: `printf %s` writes a file without one"
        } else {
            "it was not made with this key for this text: the token was altered, or another key \
             signed it"
        }
    }

    /// `typ` (RFC 7515 §4.1.9): a media type, in which case does not matter and
    /// `application/` may be left out.
    fn judge_type(&mut self, header: &Header) {
        let types = &self.policy.types;
        if types.is_empty() || self.policy.ignores("typ") {
            return self.notes.skipped("typ", "any will do: none was asked for");
        }
        let bare = |name: &str| {
            let name = name.to_ascii_lowercase();
            name.strip_prefix("application/")
                .map(str::to_owned)
                .unwrap_or(name)
        };
        let said = header.token_type.as_ref().and_then(Value::as_str);
        if said.is_some_and(|said| types.iter().any(|asked| bare(asked) == bare(said))) {
            self.notes.passed("typ", "it is the one asked for");
        } else {
            let detail = match said {
                None => "the header says none, and one was asked for",
                Some(_) => "it is another than the one asked for",
            };
            self.notes.failed("typ", Reason::Typ, detail);
        }
    }
}
