//! What the targets share: keys that do not change, policies, and a moment.

pub mod case;
pub mod oracle;

use std::sync::LazyLock;

use flags::token::keys::{self, KeyError, KeySet};
use flags::token::{Decoded, Examination, Policy, Surroundings, Wrapping, inspect};
use jiff::Timestamp;

/// The secret of `tests/it/keys`, long enough for every algorithm.
pub const SECRET: &[u8] = include_bytes!("../../it/keys/secret.txt");

macro_rules! key_files {
    ($($name:literal),*) => {
        [$(include_bytes!(concat!("../../it/keys/", $name)).as_slice()),*]
    };
}

/// A key of every kind that signs tokens, by all of which a token is tried.
pub static KEYS: LazyLock<Vec<Result<KeySet, KeyError>>> = LazyLock::new(|| {
    let files: [&[u8]; 7] = key_files!(
        "secret.txt",
        "rsa.spki.pem",
        "p256.spki.pem",
        "p384.spki.pem",
        "p521.spki.pem",
        "k256.spki.pem",
        "ed25519.spki.pem"
    );
    files.into_iter().map(keys::read).collect()
});

/// The strictest policy, one that asks for everything, and one for signatures alone.
pub static POLICIES: LazyLock<[Policy; 3]> = LazyLock::new(|| {
    let asked = |text: &str| vec![text.to_owned()];
    let demanding = Policy {
        issuers: asked("issuer"),
        subjects: asked("u1"),
        token_ids: asked("id"),
        types: asked("at+jwt"),
        audiences: asked("audience"),
        leeway: 60,
        max_age: Some(3600),
        required: asked("features"),
        ..Policy::default()
    };
    let signature = Policy {
        signature_only: true,
        ..Policy::default()
    };
    [Policy::default(), demanding, signature]
});

/// A moment within the lifetime of the tokens that the corpus begins with.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::constant(1_790_000_000, 0)
}

/// Puts every check into words, as an operator would read them.
pub fn read_out(examination: &Examination) {
    for check in examination.checks() {
        assert!(!check.detail.to_string().is_empty(), "{check:?}");
    }
    let failed = examination.failure().is_some();
    assert_eq!(failed, examination.reason().is_some());
}

/// Says everything about a token that can be said without a key or catalog.
pub fn explain(decoded: &Decoded, wrappings: &[Wrapping]) {
    let _ = decoded.statement();
    assert!(!decoded.times().validity(now()).to_string().is_empty());
    let surroundings = Surroundings {
        now: now(),
        wrappings,
        catalog: None,
        organization: None,
    };
    for finding in inspect(decoded, &surroundings) {
        assert!(!finding.message.is_empty(), "{finding:?}");
    }
}
