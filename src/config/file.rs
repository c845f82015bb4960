//! The configuration file: profiles by name.
//!
//! A new profile is appended as text, so that whatever the owner wrote, comments included, stays
//! as it is. It is appended whole or not at all, by one process at a time, and brought to the disk
//! with the names that lead to it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{ConfigError, Place, TokenSettings};
use crate::domain::target::Id;

/// What the configuration file says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// The profile that counts where none is named.
    pub default_profile: Option<String>,
    /// The profiles.
    #[serde(default)]
    pub profiles: BTreeMap<String, Profile>,
}

/// A named place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// What kind of place it is.
    pub kind: Kind,
    /// The store's file: of a local place, which has no other settings of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<PathBuf>,
    /// Whether every write is to be confirmed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
    /// The organization whose tokens are looked at with this profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id>,
    /// Where the place is, if not where such places usually are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// WorkOS's name for the environment, `client_…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// How its tokens are proven.
    #[serde(default, skip_serializing_if = "is_default")]
    pub token: TokenSettings,
}

fn is_default(settings: &TokenSettings) -> bool {
    *settings == TokenSettings::default()
}

impl Profile {
    /// A store in a file.
    pub fn local(store: &Path) -> Self {
        Self {
            kind: Kind::Local,
            store: Some(store.to_owned()),
            protected: false,
            organization: None,
            base_url: None,
            client_id: None,
            token: TokenSettings::default(),
        }
    }
}

/// What kind of place a profile names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A store in a file on this machine.
    Local,
    /// WorkOS, whose tokens are proven.
    Workos,
    /// Astapa, whose tokens are proven.
    Astapa,
}

impl Configuration {
    /// Reads the file; one that is not there says nothing.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(failed(path, &error)),
        };
        toml::from_str(&text).map_err(|error| {
            let line = error
                .span()
                .map(|span| 1 + text[..span.start].matches('\n').count());
            let line = line
                .map(|line| format!("line {line}: "))
                .unwrap_or_default();
            ConfigError::Content {
                path: path.to_owned(),
                what: format!("{line}{}", error.message()),
            }
        })
    }

    fn profile(&self, name: &str, path: &Path) -> Result<&Profile, ConfigError> {
        let unknown = || ConfigError::UnknownProfile {
            name: name.to_owned(),
            path: path.to_owned(),
            known: self.profiles.keys().cloned().collect(),
        };
        self.profiles.get(name).ok_or_else(unknown)
    }

    /// What a profile says about tokens.
    pub fn token_settings(&self, name: &str, path: &Path) -> Result<TokenSettings, ConfigError> {
        TokenSettings::of(name, self.profile(name, path)?, path)
    }

    /// The place that a profile names.
    pub fn place(&self, name: &str, path: &Path) -> Result<Place, ConfigError> {
        let profile = self.profile(name, path)?;
        let named = profile.store.as_ref().ok_or_else(|| match profile.kind {
            Kind::Local => ConfigError::Content {
                path: path.to_owned(),
                what: format!("profile `{name}` names no `store`"),
            },
            Kind::Workos | Kind::Astapa => ConfigError::NoStore {
                name: name.to_owned(),
            },
        })?;
        // A relative place is meant from the file that names it, not from where one happens to be.
        let store = match path.parent() {
            Some(directory) => directory.join(named),
            None => named.clone(),
        };
        Ok(Place {
            store,
            profile: Some(name.to_owned()),
            protected: profile.protected,
            organization: profile.organization.clone(),
        })
    }

    /// Adds a profile to the file, which is made if need be; the first becomes the default. If
    /// there is one of that name by now, it stays and is returned.
    pub fn add(path: &Path, name: &str, profile: &Profile) -> Result<Option<Profile>, ConfigError> {
        let told = |error: io::Error| failed(path, &error);
        let mut file = open(path).map_err(told)?;
        file.lock().map_err(told)?;
        let mut known = Self::read(path)?;
        if let Some(found) = known.profiles.remove(name) {
            return Ok(Some(found));
        }
        let content = |what: String| ConfigError::Content {
            path: path.to_owned(),
            what,
        };
        let mut text = String::new();
        if known == Self::default() {
            let default = toml::Value::from(name);
            text.push_str(&format!("default_profile = {default}\n"));
        }
        let table = BTreeMap::from([("profiles", BTreeMap::from([(name, profile)]))]);
        let table = toml::to_string(&table).map_err(|error| content(error.to_string()))?;
        text.push('\n');
        text.push_str(&table);
        append(&mut file, &text).map_err(told)?;
        Ok(None)
    }
}

/// Opens the file for appending; it and the directories above it are made if they are missing.
fn open(path: &Path) -> io::Result<File> {
    if let Some(directory) = path.parent() {
        make_directories(directory)?;
    }
    let mut options = fs::OpenOptions::new();
    let file = options.create(true).append(true).mode(0o600).open(path)?;
    if file.metadata()?.len() == 0 {
        settle(path.parent())?;
    }
    Ok(file)
}

fn make_directories(directory: &Path) -> io::Result<()> {
    if directory.is_dir() || directory.as_os_str().is_empty() {
        return Ok(());
    }
    let above = directory.parent();
    if let Some(above) = above {
        make_directories(above)?;
    }
    let mut options = fs::DirBuilder::new();
    options.recursive(true).mode(0o700).create(directory)?;
    settle(above)
}

/// Makes the names in a directory outlive a power cut.
fn settle(directory: Option<&Path>) -> io::Result<()> {
    let named = directory.filter(|directory| !directory.as_os_str().is_empty());
    named.map_or(Ok(()), |directory| File::open(directory)?.sync_all())
}

/// Half a profile would make the whole file unreadable, so what does not fit is taken back.
fn append(file: &mut File, text: &str) -> io::Result<()> {
    let length = file.metadata()?.len();
    let written = file.write_all(text.as_bytes());
    if written.is_err() {
        file.set_len(length)?;
    }
    written?;
    file.sync_all()
}

fn failed(path: &Path, error: &io::Error) -> ConfigError {
    ConfigError::File {
        path: path.to_owned(),
        what: error.to_string(),
    }
}
