//! The build script: asks the linker for a release program that starts fast.
//!
//! A process pays for each page of the program that it touches, and the kernel maps a whole
//! neighbourhood around it. What one command runs is a sixth of the program's text, scattered all
//! over it. So the functions that frequent commands run are put side by side (`startup.ld`, which
//! `tests/bench/order` writes), and the unwinder is linked in, where it would be one more library
//! to find, map and bind at every start.
//!
//! The program has a fixed address, as one written in Go has: at any other, the loader would fill in
//! twenty thousand pointers at every start, which is a sixth of all that `check` costs. Stack, heap
//! and libraries are still where nobody knows. Whoever would rather have the program there too says
//! so by `RUSTFLAGS="-C relocation-model=pie"`; the pointers are then packed (RELR, glibc 2.36): a
//! tenth of the space, and half the work.
//!
//! A linker need not know how. So each is first tried on a small program, with the compiler, the
//! linker and the flags of this very build; only what links there, runs and unwinds is asked for.
//! Where nothing does, the program is laid out as ever.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ORDER: &str = "src/link/startup.ld";
const FIXED: (&str, &str) = ("fixed", "-no-pie");
const PACKED: (&str, &str) = ("packed", "-Wl,-z,pack-relative-relocs");
const UNWINDER: &str = "static:-bundle=gcc_eh";
/// Ends well if a panic can be caught, for which the unwinder has to work.
const PROGRAM: &str = "fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let caught = std::panic::catch_unwind(|| panic!());
    std::process::exit(i32::from(caught.is_ok()));
}
";

fn main() {
    // Whatever chooses another linker, as far as Cargo can be told to look at it.
    println!("cargo::rerun-if-changed={ORDER}");
    println!("cargo::rerun-if-env-changed=RUSTFLAGS");
    println!("cargo::rerun-if-env-changed={}", linker_variable());
    let Some(trial) = Trial::prepare() else {
        return;
    };
    if let Some(order) = argument_for_order()
        && trial.succeeds("order", &["-C", &format!("link-arg={order}")])
    {
        println!("cargo::rustc-link-arg-bins={order}");
    }
    let places: &[_] = match trial.is_told("relocation-model") {
        true => &[PACKED],
        false => &[FIXED, PACKED],
    };
    let links = |(name, argument): &&(&str, &str)| {
        trial.succeeds(name, &["-C", &format!("link-arg={argument}")])
    };
    if let Some((_, argument)) = places.iter().find(links) {
        println!("cargo::rustc-link-arg-bins={argument}");
    }
    if trial.succeeds("unwinder", &["-l", UNWINDER]) {
        println!("cargo::rustc-link-lib={UNWINDER}");
    }
}

/// The variable by which Cargo is told of another linker.
fn linker_variable() -> String {
    let target = env::var("TARGET").unwrap_or_default();
    let target = target.to_uppercase().replace(['-', '.'], "_");
    format!("CARGO_TARGET_{target}_LINKER")
}

/// The linker script by its whole path, since a linker runs anywhere.
fn argument_for_order() -> Option<String> {
    let script = Path::new(&env::var_os("CARGO_MANIFEST_DIR")?).join(ORDER);
    Some(format!("-Wl,-T,{}", script.to_str()?))
}

/// A small program, to be built as the real one will be.
struct Trial {
    compiler: OsString,
    flags: Vec<String>,
    directory: PathBuf,
    source: PathBuf,
}

impl Trial {
    /// Nothing where it is not worth the try (a debug build), or the result would not run here.
    fn prepare() -> Option<Self> {
        let is = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
        let native = env::var_os("HOST")? == env::var_os("TARGET")?;
        if !native || !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") {
            return None;
        }
        let directory = PathBuf::from(env::var_os("OUT_DIR")?);
        let source = directory.join("trial.rs");
        fs::write(&source, PROGRAM).ok()?;
        let flags = env::var("CARGO_ENCODED_RUSTFLAGS").ok()?;
        let flags = flags.split('\x1f').filter(|flag| !flag.is_empty());
        let linker = env::var("RUSTC_LINKER").ok();
        let linker = linker.map(|linker| format!("-Clinker={linker}"));
        Some(Self {
            compiler: env::var_os("RUSTC")?,
            flags: flags.map(str::to_owned).chain(linker).collect(),
            directory,
            source,
        })
    }

    /// Whether somebody decides this setting of the compiler for the whole build.
    fn is_told(&self, setting: &str) -> bool {
        self.flags.iter().any(|flag| flag.contains(setting))
    }

    /// Whether the program links with what is asked for, and runs.
    fn succeeds(&self, name: &str, asked: &[&str]) -> bool {
        let program = self.directory.join(name);
        let mut build = Command::new(&self.compiler);
        build.args(["--edition", "2024", "-o"]).arg(&program);
        build.args(&self.flags).args(asked).arg(&self.source);
        succeeds(build) && succeeds(Command::new(program))
    }
}

fn succeeds(mut command: Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
    let ended = quiet.stderr(Stdio::null()).status();
    ended.is_ok_and(|status| status.success())
}
