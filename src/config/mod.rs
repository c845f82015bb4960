//! Settings: where the store is, by which profile, and whether it is protected.
//!
//! The order is arguments, then environment, then profile, then defaults. The configuration file
//! is read only when neither an argument nor the environment names the store itself.

mod file;
mod token;

use std::ffi::OsString;
use std::path::PathBuf;

use etcetera::BaseStrategy;
use thiserror::Error;

use crate::domain::target::Id;

pub use file::{Configuration, Kind, Profile};
pub use token::TokenSettings;

/// The profile that `init` makes and that counts where none is named.
pub const DEFAULT_PROFILE: &str = "default";

/// Settings cannot be had.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// There is no home directory to look in.
    #[error("there is no home directory: set HOME, or name the store with --store or FLAGS_STORE")]
    NoHome,
    /// The configuration file cannot be read or written.
    #[error("cannot use the configuration file {}: {what}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        what: String,
    },
    /// The configuration file is not what it should be.
    #[error("the configuration file {} is not valid: {what}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// Where and what.
        what: String,
    },
    /// The profile is for tokens only.
    #[error(
        "the profile `{name}` is there to prove tokens with: it names no store, so there is \
         nothing to read or change"
    )]
    NoStore {
        /// The profile.
        name: String,
    },
    /// No such profile.
    #[error("there is no profile `{name}` in {}", path.display())]
    UnknownProfile {
        /// The name asked for.
        name: String,
        /// The file.
        path: PathBuf,
        /// The names there are.
        known: Vec<String>,
    },
}

/// What the command line says about the place.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `--store`.
    pub store: Option<PathBuf>,
    /// `--profile`.
    pub profile: Option<String>,
}

/// Where the project lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The store's file.
    pub store: PathBuf,
    /// The profile that named it, if one did.
    pub profile: Option<String>,
    /// Whether every write is to be confirmed.
    pub protected: bool,
    /// The organization that the profile is for, if it says one.
    pub organization: Option<Id>,
}

impl Place {
    fn unnamed(store: PathBuf) -> Self {
        Self {
            store,
            profile: None,
            protected: false,
            organization: None,
        }
    }
}

/// Finds the place: `--store`, `--profile`, `FLAGS_STORE`, `FLAGS_PROFILE`, the file's default
/// profile, the default store, in this order.
pub fn place(asked: &Asked) -> Result<Place, ConfigError> {
    if let Some(store) = &asked.store {
        return Ok(Place::unnamed(store.clone()));
    }
    if asked.profile.is_none()
        && let Some(store) = store_of_environment()
    {
        return Ok(Place::unnamed(store));
    }
    let named = asked.profile.clone();
    let named = named.or_else(profile_of_environment);
    let path = configuration_path()?;
    let configuration = Configuration::read(&path)?;
    match named.or_else(|| configuration.default_profile.clone()) {
        Some(name) => configuration.place(&name, &path),
        None => Ok(Place::unnamed(default_store()?)),
    }
}

/// Whether somebody named the place, be it a store or a profile, in an argument or in the
/// environment. Where nobody did, a command that can do without a store may do without it.
pub fn is_named(asked: &Asked) -> bool {
    let of_environment = || store_of_environment().is_some() || profile_of_environment().is_some();
    asked.store.is_some() || asked.profile.is_some() || of_environment()
}

/// What the profile says about tokens: `--profile`, `FLAGS_PROFILE`, the file's default profile.
/// Without any of them it says nothing.
pub fn token_settings(asked: &Asked) -> Result<TokenSettings, ConfigError> {
    let named = asked.profile.clone().or_else(profile_of_environment);
    let path = match configuration_path() {
        // Nobody named a profile, and there is no place where a file could be.
        Err(ConfigError::NoHome) if named.is_none() => return Ok(TokenSettings::default()),
        path => path?,
    };
    let configuration = Configuration::read(&path)?;
    match named.or_else(|| configuration.default_profile.clone()) {
        Some(name) => configuration.token_settings(&name, &path),
        None => Ok(TokenSettings::default()),
    }
}

/// The store that `FLAGS_STORE` names.
pub fn store_of_environment() -> Option<PathBuf> {
    variable("FLAGS_STORE").map(PathBuf::from)
}

/// The profile that `FLAGS_PROFILE` names.
pub fn profile_of_environment() -> Option<String> {
    variable("FLAGS_PROFILE").map(|value| value.to_string_lossy().into())
}

/// A variable of the environment that is set to something.
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// `flags/config.toml` in the user's configuration directory.
pub fn configuration_path() -> Result<PathBuf, ConfigError> {
    let base = etcetera::choose_base_strategy().map_err(|_| ConfigError::NoHome)?;
    Ok(base.config_dir().join("flags").join("config.toml"))
}

/// `flags` in the user's cache directory, for what can be had again; `None` where there is no home
/// directory, since nothing has to be kept.
pub fn cache_directory() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.cache_dir().join("flags"))
}

/// `flags/flags.db` in the user's data directory.
pub fn default_store() -> Result<PathBuf, ConfigError> {
    let base = etcetera::choose_base_strategy().map_err(|_| ConfigError::NoHome)?;
    Ok(base.data_dir().join("flags").join("flags.db"))
}
