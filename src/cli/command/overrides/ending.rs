//! Which overrides end soon or have ended, and the first of them, of which there may be millions.

use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use anyhow::Result;
use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::values::When;
use crate::domain::overrides::Override;
use crate::domain::time::Time;

/// Which ends are wanted; with both, either will do.
#[derive(Debug, Args)]
pub struct EndingArgs {
    /// Only those that end within this span, soonest first: 7d, 36h, or until a date
    #[arg(long, value_name = "SPAN", allow_hyphen_values = true)]
    expiring: Option<When>,
    /// Only those that have ended already; with --expiring, these too
    #[arg(long, conflicts_with = "active")]
    expired: bool,
}

impl EndingArgs {
    /// The ends that are wanted, seen from `now`; `None` if it does not matter when they end.
    pub fn ends(&self, now: Time) -> Result<Option<Ends>> {
        let until = self.expiring.map(|when| when.from(now)).transpose()?;
        if until.is_some_and(|until| until < now) {
            let message = "--expiring looks ahead, and this lies in the past";
            let hint = "`--expiring 7d` shows what ends within seven days, `--expired` what has \
                        ended already";
            return Err(Failure::usage("usage", message).hint(hint).into());
        }
        let wanted = until.is_some() || self.expired;
        Ok(wanted.then_some(Ends {
            now,
            past: self.expired,
            until,
        }))
    }
}

/// The ends that are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    now: Time,
    /// Those that have come.
    past: bool,
    /// Those ahead, up to and including this moment.
    until: Option<Time>,
}

impl Ends {
    /// Whether the override ends then.
    pub fn include(self, over: &Override) -> bool {
        over.expires.is_some_and(|end| match end <= self.now {
            true => self.past,
            false => self.until.is_some_and(|until| end <= until),
        })
    }
}

/// The first rows of many, in order; what cannot be among them is let go at once.
pub enum First<T> {
    /// As they come.
    AsTheyCome(Vec<T>, usize),
    /// The smallest, wherever they come.
    Smallest(BinaryHeap<T>, usize),
}

impl<T: Ord> First<T> {
    /// None yet; `enough` at most.
    pub fn new(sorted: bool, enough: usize) -> Self {
        match sorted {
            false => Self::AsTheyCome(Vec::new(), enough),
            true => Self::Smallest(BinaryHeap::new(), enough),
        }
    }

    /// Takes a row; says whether another can matter.
    pub fn take(&mut self, row: T) -> ControlFlow<()> {
        match self {
            Self::AsTheyCome(rows, enough) => {
                rows.push(row);
                if rows.len() < *enough {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            }
            Self::Smallest(rows, enough) => {
                if rows.len() < *enough {
                    rows.push(row);
                } else if let Some(mut largest) = rows.peek_mut()
                    && row < *largest
                {
                    *largest = row;
                }
                ControlFlow::Continue(())
            }
        }
    }

    /// The rows in order.
    pub fn rows(self) -> Vec<T> {
        match self {
            Self::AsTheyCome(rows, _) => rows,
            Self::Smallest(rows, _) => rows.into_sorted_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_are_kept_and_no_more_of_them_than_wanted() {
        let mut first = First::new(true, 3);
        for row in (0..1000).rev() {
            assert!(first.take(row).is_continue());
        }
        assert!(matches!(&first, First::Smallest(rows, _) if rows.len() == 3));
        assert_eq!(first.rows(), [0, 1, 2]);
    }

    #[test]
    fn as_they_come_the_walk_ends_with_the_last_that_is_wanted() {
        let mut first = First::new(false, 2);
        assert!(first.take(9).is_continue());
        assert!(first.take(3).is_break());
        assert_eq!(first.rows(), [9, 3]);
    }
}
