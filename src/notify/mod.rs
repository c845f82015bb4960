//! `flags notify`: changes, told to those who have to know.
//!
//! A report must not be lost when a process dies between a write and its report, and a write must
//! not wait for somebody else's server. So there is no outbox that a writer fills: the history
//! itself is the outbox, since each write is in it whole, and what is kept beside it for each
//! destination is how far that one has been told ([`mod@delivery`]). Reports are made from the history
//! when they are sent, the same ones each time, and each has an identifier by which a receiver knows
//! one that comes again.
//!
//! Reports about one feature arrive in the order of the changes. One that fails holds back the later
//! ones about the same feature, and no others. Whoever delivers has a lease for it, so that several
//! processes on one store do not tell the same twice.
//!
//! | file | holds |
//! | --- | --- |
//! | [`destination`] | where reports go, and which ones |
//! | [`event`] | what is reported, whoever it is for |
//! | `events` | the events of a write, read from the history |
//! | `sorted` | what a write did, by what it was done to |
//! | `shape` | a single change as data |
//! | `flag` | a feature as WorkOS describes it |
//! | `rules` | who was targeted, before and after |
//! | `given` | what the default plan gave, before and after |
//! | [`envelope`] | an event as WorkOS's webhooks wrap it, and its signature |
//! | `slack` | events as messages |
//! | `report` | what is sent to one destination for one write |
//! | [`mod@delivery`] | how far a destination has been told |
//! | `verdict` | what an answer means for what comes next |
//! | `schedule` | when it is tried again |
//! | `post` | one destination's turn |
//! | [`run`] | all destinations, once or on and on |
//! | [`records`] | what the store keeps of all that |

pub mod delivery;
pub mod destination;
pub mod envelope;
pub mod event;
mod events;
mod flag;
mod given;
mod post;
pub mod records;
mod report;
mod rules;
pub mod run;
mod schedule;
mod shape;
mod slack;
mod sorted;
mod verdict;

pub use delivery::{Delivery, State};
pub use destination::{Destination, DestinationError, DestinationName, Hidden, Kind, Wanted};
pub use event::Event;
pub use records::{NotifyError, delivery, destinations, remove, resume, save};
pub use report::{Report, sample};
pub use run::{Courier, Outcome, Told, Turn};
