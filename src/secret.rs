//! What must not be seen: keys, passwords and tokens, from where they are read to where they are
//! sent.
//!
//! A secret has no form that can be shown. It says of itself only that it is one, and what it was
//! kept in is wiped when it goes.

use std::fmt;

use zeroize::Zeroizing;

/// A text that nobody may see. [`Secret::expose`] is the one way to it: for the header, the body or
/// the store of secrets that it goes into, and for nothing that is printed, logged or remembered.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<Zeroizing<String>> for Secret {
    fn from(text: Zeroizing<String>) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_secret_says_nothing_about_it() {
        let held = Some(Secret::new("sk_live_1"));
        assert_eq!(format!("{held:?}"), "Some([secret])");
        assert_eq!(format!("{:#?}", Secret::new("")), "[secret]");
    }
}
