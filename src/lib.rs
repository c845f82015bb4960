//! `flags`: who gets a feature, change that, and why a user does not see it.
//!
//! A project's plans, overrides and targeting together decide what a subject gets. This library
//! keeps them, changes them, and answers. Every answer comes from one function of plain data, so
//! that whoever asks (a CI script, an operator, an explanation, a preview of a change that is not
//! yet written) gets the same one, whichever store the data came from.
//!
//! # Modules
//!
//! | module | holds | may use |
//! | --- | --- | --- |
//! | [`domain`] | features, plans, overrides, audiences, changes, and the resolver; pure | nothing of ours |
//! | [`secret`] | what must not be seen | nothing of ours |
//! | [`token`] | what a token says, read strictly and not believed; pure | `domain` |
//! | [`mod@file`] | documents that people write, read with line and column | `domain` |
//! | [`remote`] | other machines: what is fetched from them, and what is sent to them | `secret` |
//! | [`store`] | where a project lives: the traits, and one module for each kind of store | `domain`, `secret`, `remote` |
//! | [`edit`] | what an operator asks for, as data, and the changes that it takes | `domain`, `store` |
//! | [`told`] | the documents that programs read, each in its one form | `domain`, `store` |
//! | [`server`] | a store over HTTP, in several protocols; the only place with a runtime, but for the sessions of [`store::postgres`] | `domain`, `secret`, `token`, `file`, `store`, `edit`, `told` |
//! | [`notify`] | changes told to Slack and to webhooks, from the history | `domain`, `secret`, `store`, `told`, `remote` |
//! | [`config`] | which place is meant, and what it knows us by: arguments, environment, profiles, keyring | `domain`, `secret` |
//! | [`ui`] | the only writer to the terminal, and the only one to ask it | nothing of ours |
//! | [`cli`] | the commands, where all of them meet; errors become exit codes | all |
//!
//! Arrows point downwards only, and a test reads the `use` lines to see that they do. `domain` and
//! `token` have no clock, no files, no environment and no randomness: the moment a question is
//! asked about is part of the question. That makes an answer a value that can be tested, repeated
//! and explained. Of two kinds of store neither knows the other.
//!
//! # One resolver
//!
//! [`domain::resolve`] asks six layers ([`LAYERS`](domain::resolve::LAYERS)), strongest first: the
//! kill switch, the user's override, the organizations' overrides, targeting, plans, and off.
//! [`Resolver::decide`](domain::resolve::Resolver::decide) stops at the first that answers;
//! [`Resolver::resolve`](domain::resolve::Resolver::resolve) asks all of them and keeps what each
//! one saw. They walk the same functions, so an explanation cannot differ from the answer it
//! explains. The resolver reads a [`Catalog`](domain::catalog::Catalog), which is small, and a
//! [`SubjectRecord`](domain::subject::SubjectRecord), which is what is known about one subject.
//!
//! # Changes are data
//!
//! What somebody asks for is an [`Edit`](edit::Edit): `sso` disabled, `u1` on plan `pro`. It is the
//! same whether it was typed or sent, and what it takes depends on what is there: its plan is made
//! of [`Change`](domain::change::Change)s, each of which says what was there before and what is
//! there after. A change can be checked (what was there must still be there), carried out on a catalog in
//! memory, shown as a [diff](domain::diff), reversed, and kept as a row of the history. A write is
//! a [`ChangeSet`](domain::change::ChangeSet), all of which happens or nothing. Who gains and who
//! loses by it is found by asking the resolver twice, without the changes and with them laid over
//! the store's contents ([`store::effects`], [`store::Preview`]). What was there at an earlier moment
//! is found by undoing the changes since ([`store::Past`], [`store::export_of`]), since when an answer
//! is what it is by asking before and after each of them ([`store::turns`]), and all that became of it
//! by asking the clock in between as well ([`store::timeline`]). Each write is hashed together
//! with the one before ([`store::Digest`]), so that nobody alters the past unseen.
//!
//! # A store only keeps
//!
//! [`Store`](store::Store) has two operations: a [`Snapshot`](store::Snapshot), in which everything
//! is from one moment, and an update, in which a planner sees a snapshot that no other writer can
//! overtake. It makes no decision about access and has no default bodies, and one contract story
//! is told to each kind of store. [`store::sqlite`] is the one for daily use; [`store::memory`] is
//! the plainest and answers from a file; [`store::workos`] is an environment at WorkOS.
//! [`store::http`] asks a server of ours, and decides here; [`store::postgres`] is a schema of a database.
//! [`store::astapa`] takes single writes and shows nothing; [`store::offline`] keeps copies of what was
//! read from afar.
//! A subject's facts are [gathered](store::gather) by a few indexed look-ups, however many subjects
//! there are.
//!
//! # Three journeys
//!
//! **`flags set analytics --plan pro`.** clap yields a [`FeatureKey`](domain::key::FeatureKey) and a
//! [`PlanKey`](domain::key::PlanKey), which cannot be wrong any more. The [`Context`](cli::Context)
//! finds the [place](config::place) and opens the store at the first use. What is asked for becomes an
//! [`Edit`](edit::Edit), which looks at the snapshot and makes a `ChangeSet`. With `--dry-run` the journey ends with the diff
//! and its effects. Otherwise the store runs the planner inside its one transaction, checks each
//! change against the catalog's rules and writes it together with its history; what comes back is
//! the report's contents.
//!
//! **`flags check analytics 'max_seats>=5' --user u1`.** The arguments are
//! [`Expectation`](domain::expect::Expectation)s before anything is opened. From one snapshot come
//! the definitions of these features and the facts about this user, and nothing else. The resolver
//! decides, the expectations judge, and the exit code says it: 0 for yes, 1 for no, and something
//! else where nobody can tell. An unknown user is never a no.
//!
//! **`flags token decode TOKEN`.** A text becomes a [`Decoded`](token::Decoded), whose type says that
//! nobody has checked it; there is no way from it to anything that is trusted. No configuration is
//! read and no store opened. `flags token diff` takes two more steps: the resolver is asked about the
//! token's subject now and at the token's issue, and [`token::compare`] holds the token against both
//! answers.
//!
//! # The history is the outbox
//!
//! Nobody fills an outbox beside the history: each write is in the history whole, so whoever tells
//! others of changes ([`notify`]) reads them there and keeps only how far each destination has been
//! told. A process that dies between a write and its report has lost nothing.
//!
//! # Errors and output
//!
//! Every module has error types of its own; only [`cli`] puts them together, where each one meets
//! its [exit code](cli::Exit), a stable name and what helps ([`Failure`](cli::Failure)). A command
//! returns one [`Report`](ui::Report), and [`ui`] alone makes a page or a JSON document of it: that
//! is why no text from outside can steer a terminal.
//!
//! # Starting
//!
//! A check is a whole process, so its start is part of its price. The folder `link` is no module:
//! it holds the build script, which has the functions of frequent commands linked side by side.

pub mod cli;
pub mod config;
pub mod domain;
pub mod edit;
pub mod file;
pub mod notify;
pub mod remote;
pub mod secret;
pub mod server;
pub mod store;
pub mod token;
pub mod told;
pub mod ui;
