//! Altering the configuration file: what its owner wrote, comments and order included, stays.
//!
//! The new text is read once more before it takes the old one's place, so that no alteration can
//! leave a file behind that the next command does not understand.

use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::file::failed;
use super::replace::Held;
use super::{ConfigError, Configuration, Profile};

/// The member that names the profile which counts where none is named.
const DEFAULT: &str = "default_profile";
/// The member that holds the profiles.
const PROFILES: &str = "profiles";

/// A configuration file that nobody else alters meanwhile.
#[derive(Debug)]
pub struct Editor {
    path: PathBuf,
    held: Held,
    document: DocumentMut,
    /// What it says at present.
    known: Configuration,
}

impl Editor {
    /// Takes the file, which is made if need be.
    ///
    /// # Errors
    ///
    /// Where it cannot be written, or is not what it should be.
    pub fn open(path: &Path) -> Result<Self, ConfigError> {
        let told = |error| failed(path, &error);
        let held = Held::take(path).map_err(told)?;
        let text = held.read().map_err(told)?;
        let known = Configuration::parse(&text, path)?;
        let document = text.parse::<DocumentMut>().map_err(|error| {
            let what = error.message().to_owned();
            let path = path.to_owned();
            ConfigError::Content { path, what }
        })?;
        Ok(Self {
            path: path.to_owned(),
            held,
            document,
            known,
        })
    }

    /// What the file says at present.
    pub fn known(&self) -> &Configuration {
        &self.known
    }

    /// Adds a profile.
    ///
    /// # Errors
    ///
    /// Where the file's own form has no place for it.
    pub fn add(&mut self, name: &str, profile: &Profile) -> Result<(), ConfigError> {
        let text = toml::to_string(profile).map_err(|error| self.unfit(error.to_string()))?;
        let written: DocumentMut = text.parse().map_err(|_| self.misformed())?;
        let mut table = written.as_table().clone();
        table.decor_mut().set_prefix("\n");
        // Where it stands follows from where the others do.
        place_freely(&mut table);
        let profiles = self.profiles()?;
        profiles.insert(name, Item::Table(table));
        Ok(())
    }

    /// Takes a profile away; what counted by it counts no more.
    ///
    /// # Errors
    ///
    /// Where the file's own form hides the profile.
    pub fn remove(&mut self, name: &str) -> Result<(), ConfigError> {
        let removed = self.profiles()?.remove(name).is_some();
        if !removed {
            return Err(self.misformed());
        }
        if self.known.default_profile.as_deref() == Some(name) {
            self.document.remove(DEFAULT);
        }
        Ok(())
    }

    /// Gives a profile another name.
    ///
    /// # Errors
    ///
    /// Where the file's own form hides the profile.
    pub fn rename(&mut self, name: &str, new: &str) -> Result<(), ConfigError> {
        let Some(profile) = self.profiles()?.remove(name) else {
            return Err(self.misformed());
        };
        self.profiles()?.insert(new, profile);
        if self.known.default_profile.as_deref() == Some(name) {
            self.count_by_default(new);
        }
        Ok(())
    }

    /// Lets a profile count where none is named.
    pub fn count_by_default(&mut self, name: &str) {
        match self.document.get_mut(DEFAULT).and_then(Item::as_value_mut) {
            Some(value) => {
                let around = value.decor().clone();
                *value = name.into();
                *value.decor_mut() = around;
            }
            None => {
                self.document.insert(DEFAULT, toml_edit::value(name));
            }
        }
    }

    /// Puts the altered text in the file's place.
    ///
    /// # Errors
    ///
    /// Where it cannot be written, or would not be what it should be.
    pub fn save(self) -> Result<(), ConfigError> {
        let text = self.document.to_string();
        Configuration::parse(&text, &self.path)?;
        let replaced = self.held.replace(&text);
        replaced.map_err(|error| failed(&self.path, &error))
    }

    fn profiles(&mut self) -> Result<&mut dyn TableLike, ConfigError> {
        let misformed = self.misformed();
        let profiles = self.document.entry(PROFILES).or_insert_with(|| {
            let mut table = Table::new();
            // Its members have headers of their own.
            table.set_implicit(true);
            Item::Table(table)
        });
        profiles.as_table_like_mut().ok_or(misformed)
    }

    fn misformed(&self) -> ConfigError {
        self.unfit("its profiles are written in a form that cannot be altered".to_owned())
    }

    fn unfit(&self, what: String) -> ConfigError {
        ConfigError::Content {
            path: self.path.clone(),
            what,
        }
    }
}

fn place_freely(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        if let Some(below) = item.as_table_mut() {
            place_freely(below);
        }
    }
}

/// Adds a profile to the file, which is made if need be; the first becomes the default. If there is
/// one of that name by now, it stays and is returned.
///
/// # Errors
///
/// Where the file cannot be written, or is not what it should be.
pub fn add_profile(
    path: &Path,
    name: &str,
    profile: &Profile,
) -> Result<Option<Profile>, ConfigError> {
    let mut editor = Editor::open(path)?;
    if let Some(found) = editor.known.profiles.get(name) {
        return Ok(Some(found.clone()));
    }
    if editor.known == Configuration::default() {
        editor.count_by_default(name);
    }
    editor.add(name, profile)?;
    editor.save()?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::Kind;

    fn altered(text: &str, alter: impl FnOnce(&mut Editor)) -> String {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        fs::write(&path, text).unwrap();
        let mut editor = Editor::open(&path).unwrap();
        alter(&mut editor);
        editor.save().unwrap();
        fs::read_to_string(&path).unwrap()
    }

    const FILE: &str = "# mine\ndefault_profile = \"a\" # for now\n\n# the first\n[profiles.a]\n\
                        kind = \"local\"   # here\nstore = \"a.db\"\n\n[profiles.a.token]\n\
                        issuer = [\"i\"]\n\n# the second\n[profiles.b]\nkind = \"local\"\n\
                        store = \"b.db\"\n# the end\n";

    #[test]
    fn comments_and_order_outlive_every_alteration() {
        let text = altered(FILE, |editor| editor.rename("a", "c").unwrap());
        let wanted = FILE.replace("profiles.a", "profiles.c");
        assert_eq!(text, wanted.replace("\"a\"", "\"c\""));
        let text = altered(FILE, |editor| editor.count_by_default("b"));
        assert_eq!(text, FILE.replace("\"a\"", "\"b\""));
        let text = altered(FILE, |editor| {
            let profile = Profile::local(Path::new("d.db"));
            editor.add("d", &profile).unwrap();
        });
        let added = "\n[profiles.d]\nkind = \"local\"\nstore = \"d.db\"\n";
        let (before, after) = FILE.split_once("# the end\n").unwrap();
        assert_eq!(text, format!("{before}{added}# the end\n{after}"));
        let text = altered(FILE, |editor| editor.remove("b").unwrap());
        let (before, _) = FILE.split_once("\n# the second").unwrap();
        assert_eq!(text, format!("{before}# the end\n"));
        let text = altered(FILE, |editor| editor.remove("a").unwrap());
        assert!(!text.contains("default_profile"), "{text}");
        assert!(text.contains("# the second\n[profiles.b]"), "{text}");
    }

    #[test]
    fn other_forms_of_the_file_are_altered_too() {
        let inline = "profiles = { a = { kind = \"local\", store = \"a.db\" } }\n";
        let text = altered(inline, |editor| {
            editor.add("b", &Profile::of(Kind::Workos)).unwrap();
            editor.count_by_default("b");
        });
        let known = Configuration::parse(&text, Path::new("x")).unwrap();
        assert_eq!(known.default_profile.as_deref(), Some("b"));
        assert_eq!(known.profiles.len(), 2);
        let dotted = "[profiles]\na.kind = \"local\"\na.store = \"a.db\"\n";
        let text = altered(dotted, |editor| editor.rename("a", "z").unwrap());
        let known = Configuration::parse(&text, Path::new("x")).unwrap();
        assert!(known.profiles.contains_key("z"), "{text}");
    }

    #[test]
    fn the_first_profile_of_a_new_file_is_the_default() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("flags").join("config.toml");
        let profile = Profile::local(Path::new("/s.db"));
        assert_eq!(add_profile(&path, "one", &profile).unwrap(), None);
        let first =
            "default_profile = \"one\"\n\n[profiles.one]\nkind = \"local\"\nstore = \"/s.db\"\n";
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
        let other = Profile::local(Path::new("/t.db"));
        assert_eq!(add_profile(&path, "one", &other).unwrap(), Some(profile));
        add_profile(&path, "two", &other).unwrap();
        let second = "\n[profiles.two]\nkind = \"local\"\nstore = \"/t.db\"\n";
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            format!("{first}{second}")
        );
    }
}
