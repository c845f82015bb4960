//! Settings: where the project is, by which profile, and whether it is protected.
//!
//! The order is arguments, then environment, then the working tree, then the configuration file,
//! then defaults. The configuration file is read only when neither an argument nor the environment
//! names the store itself. Credentials are [looked for](credential) apart, and only once something
//! is to be sent.

pub mod credential;
mod edit;
mod file;
pub mod keyring;
mod place;
mod replace;
mod token;
mod told;
mod tree;

use std::ffi::OsString;
use std::path::PathBuf;

use etcetera::BaseStrategy;
use thiserror::Error;

pub use edit::{Editor, add_profile};
pub use file::{Configuration, Kind, Profile};
pub use place::{Lives, Named, Place, Remote, database_shown, is_database, place};
pub use token::{NOT_A_CLIENT_ID, TokenSettings, is_client_id};
pub use told::{Setting, Settings, settings};
pub use tree::TREE_FILE;

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
    /// The working tree's file is not what it may be.
    #[error("{} cannot be used: {what}", path.display())]
    Tree {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A server was named where a file is wanted.
    #[error("a store is a file, and `{0}` is an address")]
    AddressForFile(String),
    /// A password stands where others can read it.
    #[error(
        "the address of the database has a password in it, and {} is no place for one: others can \
         read it there", where_it_stands(.0)
    )]
    PasswordInAddress(Source),
    /// No such profile.
    #[error("there is no profile `{name}` in {}{}", path.display(), named_by(by.as_ref()))]
    UnknownProfile {
        /// The name asked for.
        name: String,
        /// The file.
        path: PathBuf,
        /// The names there are.
        known: Vec<String>,
        /// The working tree's file that asks for it, if it is one.
        by: Option<PathBuf>,
    },
}

/// Where a text was written.
fn where_it_stands(by: &Source) -> String {
    match by {
        Source::Argument => "the command line".to_owned(),
        Source::Environment(name) => (*name).to_owned(),
        Source::Tree(file) | Source::File(file) => file.display().to_string(),
        Source::Default => "a default".to_owned(),
    }
}

fn named_by(file: Option<&PathBuf>) -> String {
    file.map(|file| format!(" ({} names it)", file.display()))
        .unwrap_or_default()
}

/// What the command line says about the place.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `--store`.
    pub store: Option<PathBuf>,
    /// `--profile`.
    pub profile: Option<String>,
    /// `--credential-file`.
    pub credential_file: Option<PathBuf>,
}

/// Who says what counts, strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The command line.
    Argument,
    /// A variable of the environment.
    Environment(&'static str),
    /// The working tree's file.
    Tree(PathBuf),
    /// The configuration file.
    File(PathBuf),
    /// Nobody: it is so where nothing else is said.
    Default,
}

impl Source {
    /// A word for programs.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Argument => "argument",
            Self::Environment(_) => "environment",
            Self::Tree(_) => "tree",
            Self::File(_) => "configuration",
            Self::Default => "default",
        }
    }
}

/// For people: who, and in which file or variable.
impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Argument => f.write_str("argument"),
            Self::Environment(variable) => write!(f, "environment: {variable}"),
            Self::Tree(file) => write!(f, "working tree: {}", file.display()),
            Self::File(file) => write!(f, "configuration: {}", file.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// The name of the profile that counts, and who says so: `--profile`, `FLAGS_PROFILE`, the working
/// tree. Whom nobody of them names, the configuration file does by its default.
///
/// # Errors
///
/// Where the working tree's file says more than it may.
pub fn profile_named(asked: &Asked) -> Result<Option<(String, Source)>, ConfigError> {
    if let Some(name) = &asked.profile {
        return Ok(Some((name.clone(), Source::Argument)));
    }
    if let Some(name) = profile_of_environment() {
        return Ok(Some((name, Source::Environment("FLAGS_PROFILE"))));
    }
    let tree = tree::here()?;
    Ok(tree.map(|tree| (tree.profile, Source::Tree(tree.file))))
}

/// Whether somebody named the place, be it a store or a profile, in an argument or in the
/// environment. Where nobody did, a command that can do without a store may do without it.
pub fn is_named(asked: &Asked) -> bool {
    let of_environment = || store_of_environment().is_some() || profile_of_environment().is_some();
    asked.store.is_some() || asked.profile.is_some() || of_environment()
}

/// What the profile says about tokens: `--profile`, `FLAGS_PROFILE`, the working tree, the file's
/// default profile. Without any of them it says nothing.
///
/// # Errors
///
/// Where a file cannot be used, or has no such profile.
pub fn token_settings(asked: &Asked) -> Result<TokenSettings, ConfigError> {
    let named = profile_named(asked)?;
    let path = match configuration_path() {
        // Nobody named a profile, and there is no place where a file could be.
        Err(ConfigError::NoHome) if named.is_none() => return Ok(TokenSettings::default()),
        path => path?,
    };
    let configuration = Configuration::read(&path)?;
    match configuration.chosen(named, &path)? {
        Some((name, profile, _)) => TokenSettings::of(&name, profile, &path),
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

/// The same as text.
fn text_variable(name: &str) -> Option<String> {
    variable(name).map(|value| value.to_string_lossy().into())
}

/// `flags/config.toml` in the user's configuration directory.
///
/// # Errors
///
/// Where there is no home directory.
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

/// `flags` in the user's state directory, for what has to outlive a process; `None` where there is no
/// home directory.
pub fn state_directory() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(state.join("flags"))
}

/// `flags/flags.db` in the user's data directory.
///
/// # Errors
///
/// Where there is no home directory.
pub fn default_store() -> Result<PathBuf, ConfigError> {
    Ok(data_directory()?.join("flags.db"))
}

/// `flags` in the user's data directory.
fn data_directory() -> Result<PathBuf, ConfigError> {
    let base = etcetera::choose_base_strategy().map_err(|_| ConfigError::NoHome)?;
    Ok(base.data_dir().join("flags"))
}
