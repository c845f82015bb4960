//! Reading what is handed over in a file or on stdin.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::Result;

use super::failure::Failure;

/// The largest input that is read whole.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Reads a file, or stdin for `-`, as UTF-8.
///
/// # Errors
///
/// Exit 2 where it cannot be read, is larger than 256 MiB or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String> {
    let failed = |what: &str| unreadable(path, what);
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        std::io::stdin()
            .lock()
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    let length = read.map_err(|error| failed(&error.to_string()))?;
    if length as u64 > MAX_BYTES {
        return Err(failed("this is larger than 256 MiB").into());
    }
    String::from_utf8(bytes).map_err(|_| failed("this is not UTF-8 text").into())
}

/// What was handed over cannot be used.
pub fn unreadable(path: &Path, what: &str) -> Failure {
    Failure::usage("unreadable_file", format!("{}: {what}", name_of(path)))
}

/// What an input is called in messages.
pub fn name_of(path: &Path) -> String {
    match is_stdin(path) {
        true => "stdin".to_owned(),
        false => path.display().to_string(),
    }
}

/// Whether the path stands for stdin.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}
