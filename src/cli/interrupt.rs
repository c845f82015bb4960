//! Being interrupted in the middle of a write: it ends where nothing is half done, and says what
//! became of it, instead of ending the process on the spot.
//!
//! A second signal does end it: nothing that is worth keeping is ever half written. What only reads
//! is ended by the first one, so nobody listens before a write begins.

use std::io::{self, Read};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag::{register, register_conditional_default, register_usize};

use super::exit::Exit;
use crate::ui::prompt;

/// The one listener of the process: what was heard once stays heard.
static LISTENER: OnceLock<Interrupt> = OnceLock::new();

/// Whether a write is to end: [`Halt`](crate::store::Halt) for every store.
pub fn asks_to_end() -> bool {
    ended_by().is_some()
}

/// The exit code of a command that was asked to end while it wrote.
pub fn ended_by() -> Option<Exit> {
    LISTENER.get().and_then(Interrupt::asked)
}

/// Whether the process was asked to end, from when it was first listened for on.
#[derive(Debug, Clone)]
pub struct Interrupt(Arc<AtomicUsize>);

impl Interrupt {
    /// Listens for Ctrl-C, and for being told to end.
    pub fn listen() -> io::Result<Self> {
        if let Some(listening) = LISTENER.get() {
            return Ok(listening.clone());
        }
        let listening = Self::register()?;
        prompt::leave_interrupts();
        Ok(LISTENER.get_or_init(|| listening).clone())
    }

    /// A listener of its own, which has heard nothing yet.
    pub(super) fn register() -> io::Result<Self> {
        let got = Arc::new(AtomicUsize::new(0));
        for signal in [SIGINT, SIGTERM] {
            // In this order: the first time the condition does not hold yet.
            let again = Arc::new(AtomicBool::new(false));
            register_conditional_default(signal, Arc::clone(&again))?;
            register(signal, again)?;
            let number = usize::try_from(signal).unwrap_or_default();
            register_usize(signal, Arc::clone(&got), number)?;
        }
        Ok(Self(got))
    }

    /// The exit code, once it was asked to end.
    pub fn asked(&self) -> Option<Exit> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            number if i32::try_from(number) == Ok(SIGTERM) => Some(Exit::Terminated),
            _ => Some(Exit::Interrupted),
        }
    }

    /// Reads what there is, and waits for it no longer than until it is asked to end.
    pub fn read(&self, stream: &mut (impl Read + AsFd), buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.asked().is_some() {
                return Err(io::Error::other("interrupted"));
            }
            let pause = Timespec {
                tv_sec: 0,
                tv_nsec: 200_000_000,
            };
            let mut waiting = [PollFd::new(stream, PollFlags::IN)];
            match poll(&mut waiting, Some(&pause)) {
                Ok(0) | Err(rustix::io::Errno::INTR) => {}
                Ok(_) => break,
                Err(error) => return Err(error.into()),
            }
        }
        stream.read(buffer)
    }
}
