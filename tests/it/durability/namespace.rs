//! A small file system that the test has for itself.
//!
//! The test runs itself again in a mount namespace of its own, where a tmpfs is mounted: as root
//! by `unshare --mount`, else as root of a new user namespace. Nobody else sees the mount, and it
//! ends with the process, whatever happens.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const MOUNTED_AT: &str = "FLAGS_TEST_MOUNTED_AT";
const NO_SKIP: &str = "FLAGS_TEST_NO_SKIP";
const WAYS: [&[&str]; 2] = [&["--mount"], &["--map-root-user", "--mount"]];

/// Runs the body of the test of this name on an empty file system of 256 KiB.
pub(super) fn on_a_small_disk(test: &str, body: impl FnOnce(&Path)) {
    if let Some(place) = std::env::var_os(MOUNTED_AT) {
        return body(&PathBuf::from(place));
    }
    let directory = tempfile::tempdir().unwrap();
    let may = |way: &&&[&str]| {
        mounted(way, directory.path(), &["true"]).is_some_and(|output| output.status.success())
    };
    let Some(way) = WAYS.iter().find(may) else {
        return skip(test);
    };
    let myself = std::env::current_exe().unwrap();
    let myself = myself.to_str().unwrap();
    let run = [myself, "--exact", test, "--nocapture"];
    let output = mounted(way, directory.path(), &run).unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    let ran = output.status.success() && told.contains("1 passed");
    assert!(ran, "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Runs a command where the file system is mounted; nothing where there is no `unshare`.
fn mounted(way: &[&str], at: &Path, command: &[&str]) -> Option<Output> {
    let mount = "mount -t tmpfs -o size=256k,mode=0755 tmpfs \"$0\" && exec \"$@\"";
    Command::new("unshare")
        .args(way)
        .args(["sh", "-c", mount])
        .arg(at)
        .args(command)
        .env(MOUNTED_AT, at)
        .output()
        .ok()
}

/// From now on nothing can be written on the file system.
pub(super) fn remount_read_only(at: &Path) {
    let mut mount = Command::new("mount");
    let status = mount
        .args(["-o", "remount,bind,ro"])
        .arg(at)
        .status()
        .unwrap();
    assert!(status.success());
}

/// Says, past the test harness, what was not tested.
pub(super) fn skip(test: &str) {
    let notice = format!("NOT TESTED: {test} needs root or user namespaces\n");
    assert!(std::env::var_os(NO_SKIP).is_none(), "{notice}");
    std::io::stderr().write_all(notice.as_bytes()).unwrap();
}
