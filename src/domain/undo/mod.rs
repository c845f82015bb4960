//! Taking a write back: what it touched, what stands on that, and who touched it since.
//!
//! Every [`Change`](super::change::Change) knows what it found, so taking back the latest write is
//! reversing it. An earlier one can be taken back as long as nothing later stands on it: what it
//! left is still there, whatever else has been altered, and nothing refers to what would go. That
//! is judged by the smallest [`Part`]s that can be altered by themselves (an override, a user's
//! plan, one name on a list), so that only those revisions are named which really are in the way.
//!
//! A part that was altered and led back to what it was has no trace of that: whatever happened in
//! between is in nobody's way. It follows that the taking back of a taking back is a write like any
//! other.

mod judge;
mod merge;
mod part;
mod rules;
mod touch;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU64;

pub use judge::{Conflict, Judge};
pub use merge::{merged_feature, merged_organization, merged_plan, merged_settings, merged_user};
pub use part::{Part, Side, Who};
pub use rules::{Met, RuleNumber, Rules};
pub use touch::{Touch, touches};

/// What stands for a part or its value. A write may have touched millions of them, which must not
/// all be kept; two that share a digest would at worst be taken for one, and the store compares
/// what a change finds anyway.
pub type Digest = NonZeroU64;

/// The digest of a part or a value.
pub fn digest(value: &(impl Hash + ?Sized)) -> Digest {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    NonZeroU64::new(hasher.finish()).unwrap_or(NonZeroU64::MIN)
}
