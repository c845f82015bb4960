//! Nobody reaches upwards: which module may use which, read from the source itself.
//!
//! Every path counts, in a `use` or anywhere else in the code.

mod source;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use source::{paths, without_comments_and_strings, words};

/// What a module of the first level may use of ours. What is not listed may use nothing.
const MAY_USE: [(&str, &[&str]); 14] = [
    ("domain", &[]),
    ("secret", &[]),
    ("token", &["domain"]),
    ("file", &["domain"]),
    ("store", &["domain", "secret", "remote"]),
    ("edit", &["domain", "store"]),
    ("told", &["domain", "store"]),
    (
        "server",
        &["domain", "secret", "token", "file", "store", "edit", "told"],
    ),
    ("remote", &["secret"]),
    ("notify", &["domain", "secret", "store", "told", "remote"]),
    ("config", &["domain", "secret"]),
    ("ui", &[]),
    (
        "cli",
        &[
            "domain", "secret", "token", "file", "store", "edit", "told", "server", "remote",
            "notify", "config", "ui",
        ],
    ),
    ("main", &["cli"]),
];

/// Where nothing of the outside world is known.
const PURE: [&str; 2] = ["domain", "token"];
const IMPURE: [&str; 5] = ["fs", "io", "net", "env", "process"];
const CLOCKS: [&str; 2] = ["SystemTime", "Instant"];

/// The kinds of store there are or are to be; the other parts of `store` are shared by all.
const KINDS_OF_STORE: [&str; 6] = ["memory", "sqlite", "http", "workos", "astapa", "postgres"];
/// Parts of `store` that others see as modules, and that are no kind of it.
const SHARED_PARTS: [&str; 3] = ["journal", "offline", "wire"];

#[test]
fn no_module_reaches_upwards() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&source);
    assert!(files.len() > 20, "the source was not found: {files:?}");
    let mut faults = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix(&source).unwrap();
        faults.extend(faults_of(&module_of(name), &text));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The module that a file holds: `store/memory/view.rs` is `store`, `memory`, `view`.
fn module_of(file: &Path) -> Vec<String> {
    let parts = file.with_extension("");
    let parts = parts.iter().map(|part| part.to_str().unwrap().to_owned());
    parts
        .filter(|part| part != "mod" && part != "lib")
        .collect()
}

/// What a file does that its place does not allow.
fn faults_of(module: &[String], text: &str) -> Vec<String> {
    let Some(layer) = module.first() else {
        return Vec::new();
    };
    let text = without_comments_and_strings(text);
    let place = module.join("::");
    let mut faults = Vec::new();
    for path in paths(&text) {
        let Some(ours) = within_the_crate(module, &path) else {
            if PURE.contains(&layer.as_str()) && is_impure(&path) {
                faults.push(format!("{place} is pure, yet it uses {}", path.join("::")));
            }
            continue;
        };
        let used = ours.first().map_or("", String::as_str);
        let allowed = MAY_USE.iter().find(|(name, _)| name == layer);
        let may_use = allowed.is_some_and(|(_, may)| may.contains(&used));
        if used != layer && is_a_layer(used) && !may_use {
            faults.push(format!("{place} reaches upwards to {}", ours.join("::")));
        }
        if let (Some(kind), Some(other)) = (kind_of_store(module), kind_of_store(&ours))
            && kind != other
        {
            faults.push(format!("{place} sees another store, {}", ours.join("::")));
        }
    }
    let unique: BTreeSet<String> = faults.into_iter().collect();
    unique.into_iter().collect()
}

fn is_a_layer(name: &str) -> bool {
    MAY_USE.iter().any(|(layer, _)| *layer == name)
}

fn is_impure(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path[..] {
        ["std", part, ..] if IMPURE.contains(&part) => true,
        ["std", "time", clock, ..] if CLOCKS.contains(&clock) => true,
        // Whatever the clock is called: `Timestamp::now`, `Zoned::now`, `Instant::now`.
        [.., _, "now"] => true,
        _ => false,
    }
}

/// Which kind of store a module belongs to, if to any.
fn kind_of_store(module: &[String]) -> Option<&str> {
    match module {
        [store, kind, ..] if store == "store" => {
            KINDS_OF_STORE.contains(&kind.as_str()).then_some(kind)
        }
        _ => None,
    }
}

/// What others see of `store` as a module is a kind of store, and must be known as one here, or as a
/// part that all share.
#[test]
fn every_kind_of_store_is_known() {
    let store = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/mod.rs");
    let text = without_comments_and_strings(&fs::read_to_string(store).unwrap());
    let public = words(&text);
    let public = public
        .windows(3)
        .filter(|three| three[..2] == ["pub", "mod"]);
    let kinds: Vec<&str> = public.map(|three| three[2].as_str()).collect();
    assert!(kinds.contains(&"memory"), "{kinds:?}");
    for kind in kinds {
        let known = KINDS_OF_STORE.contains(&kind) || SHARED_PARTS.contains(&kind);
        assert!(known, "{kind}");
    }
}

/// Where a path leads, from the root of the crate; `None` if it leads out of it.
fn within_the_crate(module: &[String], path: &[String]) -> Option<Vec<String>> {
    let supers = path.iter().take_while(|part| *part == "super").count();
    match path.first()?.as_str() {
        // `main` is a crate of its own, which calls the library by its name.
        "crate" | "flags" => Some(path[1..].to_vec()),
        "self" => Some([module, &path[1..]].concat()),
        "super" => {
            let up = module.len().saturating_sub(supers);
            Some([&module[..up], &path[supers..]].concat())
        }
        _ => None,
    }
}

/// The faults of a sample that stands at a place such as `store/sqlite/mod.rs`.
fn sample(file: &str, text: &str) -> Vec<String> {
    faults_of(&module_of(Path::new(file)), text)
}

/// Expects faults, and all of this sort.
fn found(file: &str, text: &str, sort: &str) {
    let faults = sample(file, text);
    let expected = !faults.is_empty() && faults.iter().all(|fault| fault.contains(sort));
    assert!(expected, "{file}: {text}: {faults:?}");
}

#[test]
fn an_upward_arrow_is_found_however_it_is_written() {
    for (file, text) in [
        ("domain/value.rs", "use crate::store::Store;"),
        ("domain/value.rs", "use crate::{store::Store};"),
        ("domain/value.rs", "use crate::{domain::key, ui};"),
        ("domain/mod.rs", "use super::store;"),
        ("domain/value.rs", "use super::super::cli::args::Args;"),
        ("domain/value.rs", "pub(crate) use crate::\n    store::*;"),
        ("domain/value.rs", "fn f() { let s = crate::ui::table(); }"),
        (
            "domain/value.rs",
            "fn f<'a>(x: &'a crate::token::Claims<'a>) {}",
        ),
        (
            "domain/value.rs",
            "const C: char = '\"'; use crate::store::A; const D: char = '\"';",
        ),
        (
            "domain/value.rs",
            "#[doc = r#\"a \" b\"#] use crate::store::A;",
        ),
        (
            "token/verify.rs",
            "use crate::{domain::value::Value, store::{Store, export}};",
        ),
        ("store/mod.rs", "use crate::server::native;"),
        ("edit/mod.rs", "use crate::ui::nearest;"),
        ("store/sqlite/mod.rs", "use super::super::token::decode;"),
        ("server/ofrep.rs", "use crate::config::Settings;"),
        ("remote/jwks.rs", "use crate::token::decode;"),
        ("notify/post.rs", "use crate::ui::sanitise;"),
        ("server/run.rs", "use crate::notify::Courier;"),
        ("config/mod.rs", "use crate::store::open;"),
        ("ui/table.rs", "use crate::domain::value::Value;"),
        ("main.rs", "fn main() { flags::store::open(); }"),
    ] {
        found(file, text, "reaches upwards");
    }
}

#[test]
fn a_pure_module_that_touches_the_world_is_found() {
    for text in [
        "use std::fs;",
        "use std::fs::File;",
        "use std::{collections::BTreeMap, io::{self, Read}};",
        "fn f() { std::process::exit(1); }",
        "fn f() -> Option<String> { std::env::var(\"HOME\").ok() }",
        "use std::net::TcpStream as S;",
        "use std::time::SystemTime;",
        "use std::time; fn f() { time::Instant::now(); }",
        "use std::time::{Duration, Instant as Clock};",
        "fn f() -> jiff::Timestamp { jiff::Timestamp::now() }",
    ] {
        for file in ["domain/time.rs", "token/verify.rs"] {
            found(file, text, "yet it uses");
        }
        assert_eq!(sample("store/sqlite/mod.rs", text), [""; 0], "{text}");
    }
}

#[test]
fn a_store_that_sees_another_is_found() {
    for (file, text) in [
        ("store/sqlite/mod.rs", "use super::memory::MemoryStore;"),
        (
            "store/sqlite/read.rs",
            "use crate::store::{Store, workos::Client};",
        ),
        ("store/sqlite/read.rs", "use super::super::memory;"),
        ("store/memory.rs", "use crate::store::sqlite::SqliteStore;"),
        (
            "store/memory/view.rs",
            "fn f(s: crate::store::http::Remote) {}",
        ),
    ] {
        found(file, text, "sees another store");
    }
}

#[test]
fn what_is_allowed_is_no_fault() {
    for (file, text) in [
        (
            "domain/value.rs",
            "use super::key::FeatureKey; use std::{fmt, time::Duration};",
        ),
        (
            "domain/value.rs",
            "// use crate::store::Store;\n/* std::fs */ /// crate::ui\n",
        ),
        (
            "domain/value.rs",
            "const A: &str = \"crate::store \\\" std::fs\";",
        ),
        (
            "domain/value.rs",
            "const A: &str = r#\"crate::store \" std::fs\"#; use super::key;",
        ),
        (
            "domain/time.rs",
            "use jiff::Timestamp; fn f() { Timestamp::from_second(1); }",
        ),
        (
            "store/mod.rs",
            "pub mod memory; pub use memory::MemoryStore;",
        ),
        (
            "store/sqlite/mod.rs",
            "mod read; use self::read::Rows; use super::gather;",
        ),
        (
            "store/sqlite/read.rs",
            "use super::Connection; use crate::store::{StoreError, export};",
        ),
        (
            "store/memory/view.rs",
            "use super::contents::Contents; use crate::domain::key;",
        ),
        (
            "server/native.rs",
            "use crate::{domain::key, store::Store, token::decode};",
        ),
        (
            "cli/context.rs",
            "use crate::{config, domain, server, store, token, ui};",
        ),
        ("main.rs", "fn main() { flags::cli::main() }"),
        ("lib.rs", "pub mod cli; pub use crate::cli::main;"),
    ] {
        assert_eq!(sample(file, text), [""; 0], "{file}: {text}");
    }
}
