//! The configuration file: profiles by name.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{ConfigError, TokenSettings};
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
    /// Where a remote place is, if not where such places usually are; of a database, without a
    /// password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// WorkOS's name for the environment, `client_…`; Astapa's for the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Certificates that are trusted there beside the machine's own (PEM).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_bundle: Option<PathBuf>,
    /// Seconds that a call to a remote place may take, retries included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u64>,
    /// How its tokens are proven.
    #[serde(default, skip_serializing_if = "is_default")]
    pub token: TokenSettings,
}

fn is_default(settings: &TokenSettings) -> bool {
    *settings == TokenSettings::default()
}

impl Profile {
    /// A profile of a kind that says nothing else yet.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            store: None,
            protected: false,
            organization: None,
            base_url: None,
            client_id: None,
            ca_bundle: None,
            timeout: None,
            token: TokenSettings::default(),
        }
    }

    /// A store in a file.
    pub fn local(store: &Path) -> Self {
        Self {
            store: Some(store.to_owned()),
            ..Self::of(Kind::Local)
        }
    }
}

/// What kind of place a profile names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A store in a file on this machine.
    Local,
    /// A server of ours, `flags serve`.
    Http,
    /// WorkOS.
    Workos,
    /// Astapa.
    Astapa,
    /// A PostgreSQL database, or one that speaks its language.
    Postgres,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Local,
        Self::Http,
        Self::Workos,
        Self::Astapa,
        Self::Postgres,
    ];

    /// The name as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Http => "http",
            Self::Workos => "workos",
            Self::Astapa => "astapa",
            Self::Postgres => "postgres",
        }
    }

    /// What it is called in sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Local => "a store on this machine",
            Self::Http => "flags serve",
            Self::Workos => "WorkOS",
            Self::Astapa => "Astapa",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// Where such places usually are (contracts: WorkOS and Astapa, Transport).
    pub fn usual_address(self) -> Option<&'static str> {
        match self {
            Self::Local | Self::Http | Self::Postgres => None,
            Self::Workos => Some("https://api.workos.com"),
            Self::Astapa => Some("https://astapa.com"),
        }
    }
}

impl Configuration {
    /// Reads the file; one that is not there says nothing.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(failed(path, &error)),
        };
        Self::parse(&text, path)
    }

    /// Reads the text of the file.
    pub(super) fn parse(text: &str, path: &Path) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
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

    /// A profile by its name.
    ///
    /// # Errors
    ///
    /// Where there is none.
    pub fn profile(&self, name: &str, path: &Path) -> Result<&Profile, ConfigError> {
        let unknown = || ConfigError::UnknownProfile {
            name: name.to_owned(),
            path: path.to_owned(),
            known: self.profiles.keys().cloned().collect(),
            by: None,
        };
        self.profiles.get(name).ok_or_else(unknown)
    }
}

/// The file cannot be used.
pub(super) fn failed(path: &Path, error: &io::Error) -> ConfigError {
    ConfigError::File {
        path: path.to_owned(),
        what: error.to_string(),
    }
}
