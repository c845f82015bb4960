//! What there is to say about a token beyond what it states.
//!
//! A finding has a code that scripts may rely on, and words for people: what it means, and what to
//! do about it. How much it matters follows from the code, so that the same finding never weighs
//! differently in two places.

use std::fmt;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Likely not what somebody wanted.
    Warning,
    /// The token, or a feature in it, does not do what it is for, or is not to be trusted.
    Problem,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

/// Declares the codes once: their names for scripts, how much each matters, and what it is about.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $about:literal,)*) => {
        /// What was found. The names are published: scripts rely on them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FindingCode {
            $(#[doc = $about] $variant,)*
        }

        impl FindingCode {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name for scripts.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// How much it matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)*
                }
            }

            /// What it is about, in general.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => $about,)*
                }
            }
        }
    };
}

codes! {
    Wrapped "wrapped" Note "something around the token was taken off",
    TakenFromJson "taken_from_json" Note "the token was taken out of a JSON document",
    Unsigned "unsigned" Problem "the algorithm is `none`: anybody can have written the token",
    NoSignature "no_signature" Problem "an algorithm is named, but there is no signature",
    NoAlgorithm "no_algorithm" Problem "the header names no algorithm",
    WeakAlgorithm "weak_algorithm" Problem "an algorithm that is broken",
    UnknownAlgorithm "unknown_algorithm" Warning "an algorithm that is not known here",
    SharedSecret "shared_secret" Note "a shared secret signs: whoever verifies can also mint",
    KeyInHeader "key_in_header" Warning "the token brings or names the key to verify it with",
    CriticalHeader "critical_header" Warning "the header demands more of its readers than usual",
    Expired "expired" Problem "the token has ended",
    NotYetValid "not_yet_valid" Problem "the token has not begun",
    NeverValid "never_valid" Problem "the token ends before it begins",
    Milliseconds "milliseconds" Problem "a time counts milliseconds where seconds are meant",
    NoExpiry "no_expiry" Warning "the token never ends",
    LongLifetime "long_lifetime" Warning "the token is valid for more than an hour",
    IssuedInFuture "issued_in_future" Warning "the token comes from the future",
    WrongType "wrong_type" Problem "a claim has a value of a type that it does not have",
    NoEntitlements "no_entitlements" Problem "no claim says anything about features",
    NamesNoFeatures "names_no_features" Note "the claims for features are there, and empty",
    LimitIsText "limit_is_text" Problem "a limit is a string",
    WrongValue "wrong_value" Problem "a value that no feature can have",
    ZeroLimit "zero_limit" Warning "a limit of 0, which clients take for no limit known",
    WrongKind "wrong_kind" Problem "a number for a boolean feature, or on for a limit",
    Contradiction "contradiction" Problem "two claims state different values for a feature",
    DuplicateFeature "duplicate_feature" Note "a feature is stated more than once, alike",
    OffByList "off_by_list" Warning "a feature is on elsewhere, but not in `feature_flags`",
    UnknownFeature "unknown_feature" Warning "a feature that the catalog does not have",
    OffByAbsence "off_by_absence" Note "features of the catalog that the token does not name",
    UnknownPlan "unknown_plan" Warning "a plan that the catalog does not have",
    PlansDiffer "plans_differ" Problem "two claims name different plans",
    OtherOrganization "other_organization" Warning "not the profile's organization",
    NoOrganization "no_organization" Warning "no organization, and the profile has one",
    ActedFor "acted_for" Warning "somebody else acts in the subject's name",
}

impl fmt::Display for FindingCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Something found in a token. Its texts repeat names and short values of the token, never the
/// token, and are to be sanitised where they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: FindingCode,
    /// What it means here, as a clause without capital and full stop.
    pub message: String,
    /// What to do about it, in the same form.
    pub help: Option<&'static str>,
    /// The claim or header member it is about, as a path.
    pub claim: Option<String>,
    /// The feature it is about.
    pub feature: Option<String>,
}

impl Finding {
    /// A finding about the token as a whole.
    #[must_use]
    pub fn new(code: FindingCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            claim: None,
            feature: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// Says which claim or header member it is about.
    #[must_use]
    pub fn claim(mut self, path: impl Into<String>) -> Self {
        self.claim = Some(path.into());
        self
    }

    /// Says which feature it is about.
    #[must_use]
    pub fn feature(mut self, key: impl Into<String>) -> Self {
        self.feature = Some(key.into());
        self
    }

    /// How much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_findings_have_the_same_name() {
        let names: BTreeSet<&str> = FindingCode::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), FindingCode::ALL.len());
        let plain = |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        assert!(names.iter().all(plain), "{names:?}");
    }

    #[test]
    fn a_problem_matters_more_than_a_warning_and_that_more_than_a_note() {
        assert!(Severity::Problem > Severity::Warning && Severity::Warning > Severity::Note);
    }
}
