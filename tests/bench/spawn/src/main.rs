//! `bench-spawn COMMAND [ARGUMENT…]` runs one command, times it, and reads its peak memory.
//!
//! Prints one line: wall nanoseconds, processor nanoseconds, peak resident bytes, exit status.
//! In a small program of its own because a parent's size shows in its child: Linux counts the
//! memory a process had before `exec`, and a Python parent is larger than most of what we start.

#![forbid(unsafe_code)]

use std::error::Error;
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, io};

use wait4::Wait4;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args_os().skip(1);
    let program = args
        .next()
        .ok_or("usage: bench-spawn COMMAND [ARGUMENT...]")?;
    let mut command = Command::new(program);
    // The environment is inherited untouched, which lets the standard library use `posix_spawn`.
    command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let begun = Instant::now();
    let ended = command.spawn()?.wait4()?;
    let wall = begun.elapsed();
    let status = ended
        .status
        .code()
        .ok_or_else(|| io::Error::other("killed by a signal"))?;
    let processor = ended.rusage.utime + ended.rusage.stime;
    let peak = ended.rusage.maxrss;
    println!(
        "{} {} {peak} {status}",
        wall.as_nanos(),
        processor.as_nanos()
    );
    Ok(())
}
