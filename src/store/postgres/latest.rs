//! What this process knows to have been written, against replicas that have not got it yet.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The latest write of which this process knows, by the pulse that it left: shared by all that are
/// opened from one place.
#[derive(Debug, Clone, Default)]
pub struct Latest(Arc<AtomicI64>);

impl Latest {
    /// Somebody has seen a leader at this pulse.
    pub(super) fn notice(&self, pulse: i64) {
        self.0.fetch_max(pulse, Ordering::AcqRel);
    }

    /// Whether what has this pulse lacks a write that is known.
    pub(super) fn is_beyond(&self, pulse: i64) -> bool {
        self.0.load(Ordering::Acquire) > pulse
    }
}
