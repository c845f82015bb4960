//! What a server knows us by, looked for at the first call and not before: whoever is refused up
//! front, or answered from a copy, has no keyring opened for it.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::credential::Credential;

/// Looks for the credential.
type Find = dyn Fn() -> Result<Credential, Box<dyn Error + Send + Sync>> + Send + Sync;

/// What a server knows us by, once it has been looked for. It is looked for once, by whichever copy
/// of this comes first.
#[derive(Clone)]
pub struct Known {
    find: Arc<Find>,
    found: Arc<OnceLock<Result<Credential, Withheld>>>,
}

/// Why there is nothing that could be shown to the server, in the words of whoever looked.
#[derive(Clone)]
pub struct Withheld(Arc<dyn Error + Send + Sync>);

impl Known {
    /// What is to be looked for when it is needed.
    pub fn sought(
        find: impl Fn() -> Result<Credential, Box<dyn Error + Send + Sync>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            find: Arc::new(find),
            found: Arc::default(),
        }
    }

    /// The credential, looked for now if nobody did before.
    ///
    /// # Errors
    ///
    /// Where there is none for a server that wants one, or none that can be had.
    pub fn get(&self) -> Result<&Credential, Withheld> {
        let found = self.found.get_or_init(|| {
            let found = (self.find)();
            found.map_err(|error| Withheld(error.into()))
        });
        found.as_ref().map_err(Withheld::clone)
    }

    /// The credential, if it was looked for and found.
    pub fn seen(&self) -> Option<&Credential> {
        self.found.get()?.as_ref().ok()
    }
}

impl From<Credential> for Known {
    fn from(credential: Credential) -> Self {
        Self::sought(move || Ok(credential.clone()))
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Known")
    }
}

impl Withheld {
    /// What whoever looked says about it.
    pub fn cause(&self) -> &(dyn Error + Send + Sync + 'static) {
        &*self.0
    }
}

impl fmt::Display for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Withheld({self})")
    }
}

/// It is looked for once, so that the same words are the same event.
impl PartialEq for Withheld {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Withheld {}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn it_is_looked_for_at_the_first_need_and_once_also_where_there_is_none() {
        let looks = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&looks);
        let known = Known::sought(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            Err("there is none".into())
        });
        assert!(known.seen().is_none());
        assert_eq!(looks.load(Ordering::Relaxed), 0);
        let copy = known.clone();
        for known in [&known, &copy, &known] {
            assert_eq!(known.get().unwrap_err().to_string(), "there is none");
        }
        assert_eq!(looks.load(Ordering::Relaxed), 1);
    }
}
