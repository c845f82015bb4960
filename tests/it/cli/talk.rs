//! A person at a terminal: the program on a pseudoterminal, with somebody typing.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::process::Pid;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// Nothing that is waited for takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running program and what it has shown so far.
pub(crate) struct Talk {
    child: Child,
    keyboard: File,
    shown: Receiver<Vec<u8>>,
    seen: Vec<u8>,
}

impl Talk {
    /// Starts the command on a terminal of 100 columns.
    pub(crate) fn start(mut command: Command) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap().into_string().unwrap();
        let mut options = OpenOptions::new();
        let terminal = options.read(true).write(true).open(name).unwrap();
        let size = Winsize {
            ws_row: 24,
            ws_col: 100,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&terminal, size).unwrap();
        command
            .stdin(terminal.try_clone().unwrap())
            .stdout(terminal.try_clone().unwrap())
            .stderr(terminal);
        let child = command.spawn().unwrap();
        drop(command); // With it goes our own end of the terminal.
        let keyboard = File::from(master);
        let mut screen = keyboard.try_clone().unwrap();
        let (tell, shown) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Once nobody has the terminal open any more, reading it is an error.
            while let Ok(length @ 1..) = screen.read(&mut bytes) {
                if tell.send(bytes[..length].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keyboard,
            shown,
            seen: Vec::new(),
        }
    }

    /// Waits for a text to be shown.
    #[track_caller]
    pub(crate) fn expect(&mut self, text: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.text().contains(text) {
            let left = until.saturating_duration_since(Instant::now());
            match self.shown.recv_timeout(left) {
                Ok(bytes) => self.seen.extend(bytes),
                Err(error) => panic!("{error}: no {text:?} in {:?}", self.text()),
            }
        }
    }

    /// The number of the process.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Types.
    pub(crate) fn send(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for a question and answers it with a line.
    #[track_caller]
    pub(crate) fn answer(&mut self, question: &str, line: &str) {
        self.expect(question);
        self.send(line);
        self.send("\r");
    }

    /// Presses Ctrl-C until it is heard: between question and reading the key goes nowhere.
    pub(crate) fn interrupt(&mut self) {
        let until = Instant::now() + PATIENCE;
        while self.child.try_wait().unwrap().is_none() && Instant::now() < until {
            self.send("\u{3}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits for the end: the exit code, and all that was shown, its lines ended by LF alone.
    #[track_caller]
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        while let Ok(bytes) = self.shown.recv_timeout(PATIENCE) {
            self.seen.extend(bytes);
        }
        let until = Instant::now() + PATIENCE;
        let code = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status.code(),
                None if Instant::now() < until => std::thread::sleep(Duration::from_millis(5)),
                None => panic!("still running after {:?}", self.text()),
            }
        };
        (code, self.text())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).replace('\r', "")
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        // Ended already, unless a test gave up.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
