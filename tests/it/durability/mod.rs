//! The program itself, against what ends or hinders it: a kill at any moment, many others at once,
//! a disk that is full, a place that cannot be written, an output that nobody takes.
//!
//! * `program` runs the binary in a place of its own; `witness` reads what it left, through the
//!   library and through SQLite's own checks.
//! * `killed` strikes a `story` of writes with SIGKILL; `init_killed` the making of a store, and
//!   `upgrade_killed` the bringing of an old one to the present form.
//! * `crowd` lets 16 processes write at once, `readers` read while one writes, `lock` wait.
//! * `full_disk` and `read_only` want a file system of their own. `namespace` mounts it where
//!   nobody else sees it and where it ends with the test: the test runs itself again under
//!   `unshare`, as root or as root of a user namespace. Where neither is allowed it says so on
//!   stderr and passes (with `FLAGS_TEST_NO_SKIP` set, as in our own checks, it fails); what can
//!   be had without a mount, a limit on the size of files and permissions, is tested everywhere.
//!
//! What a power cut does cannot be played here: `tests/durability/power-cut` reads the system
//! calls instead.

mod crowd;
mod full_disk;
mod init_killed;
mod killed;
mod lock;
mod lost_report;
mod namespace;
mod program;
mod read_only;
mod readers;
mod restored;
mod story;
mod upgrade_killed;
mod witness;
