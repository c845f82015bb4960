//! `.flags.toml`: what a working tree says about the profile it is worked on with.
//!
//! Whoever wrote the tree is not the one who works in it. So the file may name a profile and say
//! nothing else: where a credential goes is decided by its owner alone. It is looked for from the
//! current directory up to the repository's root, or to the home directory, and where there is
//! neither of them above, in the current directory only.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::ConfigError;

/// The file's name.
pub const TREE_FILE: &str = ".flags.toml";
/// A name and a comment or two need no more.
const MOST_BYTES: u64 = 16 * 1024;

/// What a working tree says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tree {
    /// The profile's name.
    pub profile: String,
    /// The file that names it.
    pub file: PathBuf,
}

/// What the tree says in which the process works.
pub(super) fn here() -> Result<Option<Tree>, ConfigError> {
    // Where the current directory is gone there is no tree either.
    let Ok(current) = std::env::current_dir() else {
        return Ok(None);
    };
    let home = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok());
    let is_root =
        |directory: &Path| home.as_deref() == Some(directory) || directory.join(".git").exists();
    find(&current, is_root)
}

/// The nearest file from `current` upwards to the first directory that `is_root`.
fn find(current: &Path, is_root: impl Fn(&Path) -> bool) -> Result<Option<Tree>, ConfigError> {
    let mut found = None;
    for directory in current.ancestors() {
        let file = directory.join(TREE_FILE);
        if found.is_none() && fs::symlink_metadata(&file).is_ok() {
            found = Some(file);
        }
        if is_root(directory) {
            return found.map(|file| read(file, directory)).transpose();
        }
    }
    // No root: what lies above may be anybody's.
    let own = found.filter(|file| file.parent() == Some(current));
    own.map(|file| read(file, current)).transpose()
}

fn read(file: PathBuf, root: &Path) -> Result<Tree, ConfigError> {
    let wrong = |what: String| ConfigError::Tree {
        path: file.clone(),
        what,
    };
    let unreadable = |error: std::io::Error| wrong(error.to_string());
    let place = fs::canonicalize(&file).map_err(unreadable)?;
    if !place.starts_with(root) {
        return Err(wrong(format!("it leads out of {}", root.display())));
    }
    // To open a pipe would wait for whoever writes to it.
    if !fs::metadata(&place).map_err(unreadable)?.is_file() {
        return Err(wrong("it is no ordinary file".to_owned()));
    }
    let mut text = String::new();
    let mut source = File::open(&place).map_err(unreadable)?.take(MOST_BYTES + 1);
    let length = source.read_to_string(&mut text).map_err(unreadable)?;
    if length as u64 > MOST_BYTES {
        return Err(wrong(format!("it has more than {MOST_BYTES} bytes")));
    }
    let profile = name(&text).map_err(wrong)?;
    Ok(Tree { profile, file })
}

/// The name that the text says; an error where it says anything else.
fn name(text: &str) -> Result<String, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    if let Some(other) = table.keys().find(|key| *key != "profile") {
        return Err(format!(
            "it says `{other}`, and all that it may say is `profile = \"NAME\"`: where a profile \
             is and whom a credential goes to is not for a working tree to decide"
        ));
    }
    match table.get("profile") {
        Some(toml::Value::String(name)) if !name.is_empty() => Ok(name.clone()),
        Some(_) => Err("`profile` must be a name in quotes".to_owned()),
        None => Err("it names no `profile`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_names_a_profile_and_says_nothing_else() {
        assert_eq!(name("profile = \"live\" # ours").unwrap(), "live");
        for (text, part) in [
            ("", "names no `profile`"),
            ("profile = 1", "must be a name"),
            ("profile = \"\"", "must be a name"),
            (
                "profile = \"p\"\nbase_url = \"https://e\"",
                "it says `base_url`",
            ),
            ("[profiles.p]\nkind = \"http\"", "it says `profiles`"),
            (
                "profile = \"p\"\ncredential_file = \"x\"",
                "it says `credential_file`",
            ),
            ("x = ", "quoted"),
        ] {
            let said = name(text).unwrap_err();
            assert!(said.contains(part), "{text}: {said}");
        }
    }

    #[test]
    fn the_search_ends_at_the_root_of_the_repository_or_at_home() {
        let outside = tempfile::tempdir().unwrap();
        let outside = fs::canonicalize(outside.path()).unwrap();
        let deep = outside.join("repository/a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::write(outside.join(TREE_FILE), "profile = \"outer\"").unwrap();
        let named = |from: &Path, roots: &[&Path]| {
            find(from, |directory| roots.contains(&directory))
                .unwrap()
                .map(|tree| tree.profile)
        };
        assert_eq!(named(&deep, &[]), None, "nobody says whose this is");
        assert_eq!(named(&outside, &[]), Some("outer".to_owned()));
        let home: &Path = &outside;
        assert_eq!(named(&deep, &[home]), Some("outer".to_owned()));
        let repository: &Path = &outside.join("repository");
        assert_eq!(
            named(&deep, &[home, repository]),
            None,
            "beyond the repository"
        );
        fs::write(repository.join(TREE_FILE), "profile = \"ours\"").unwrap();
        assert_eq!(named(&deep, &[home, repository]), Some("ours".to_owned()));
        fs::write(deep.join(TREE_FILE), "profile = \"nearest\"").unwrap();
        assert_eq!(named(&deep, &[]), Some("nearest".to_owned()));
    }

    #[test]
    fn a_file_that_leads_elsewhere_or_has_no_end_is_refused() {
        let tree = tempfile::tempdir().unwrap();
        let tree = fs::canonicalize(tree.path()).unwrap();
        let root = tree.join("repository");
        fs::create_dir_all(&root).unwrap();
        let file = root.join(TREE_FILE);
        let said = || {
            find(&root, |directory| directory == root)
                .unwrap_err()
                .to_string()
        };
        fs::write(tree.join("other"), "profile = \"p\"").unwrap();
        std::os::unix::fs::symlink(tree.join("other"), &file).unwrap();
        assert!(said().contains("leads out of"), "{}", said());
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(said().contains("no ordinary file"), "{}", said());
        fs::remove_dir(&file).unwrap();
        fs::write(&file, format!("profile = \"p\"{}", " ".repeat(20_000))).unwrap();
        assert!(said().contains("more than"), "{}", said());
    }
}
