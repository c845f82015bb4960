//! Settings as they are shown: each value, and who says it. Never a secret.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::place::{database_of, database_shown, without_credentials};
use super::{
    Asked, ConfigError, Configuration, Kind, Named, Profile, Source, configuration_path,
    default_store, is_database, profile_named, store_of_environment,
};

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// What it is called, as in the configuration file.
    pub name: String,
    /// The value.
    pub value: Value,
    /// Who says it.
    pub by: Source,
}

/// What counts for a command.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The profile, if one counts.
    pub profile: Option<String>,
    /// Who named it, or the store where there is none.
    pub named_by: Source,
    /// What it is.
    pub kind: Kind,
    /// The configuration file.
    pub configuration: PathBuf,
    /// Each value, in the order of the file's description.
    pub values: Vec<Setting>,
}

/// What counts: for the profile `name`, or else for a command that is told no more than `asked`.
///
/// # Errors
///
/// Where a file cannot be used, or has no such profile.
pub fn settings(asked: &Asked, name: Option<&str>) -> Result<Settings, ConfigError> {
    let path = configuration_path()?;
    let by_name = name.map(|name| (name.to_owned(), Source::Argument));
    if by_name.is_none()
        && let Some((store, by)) = store_alone(asked)
    {
        return unnamed(store, by, path);
    }
    let named = match by_name {
        Some(named) => Some(named),
        None => profile_named(asked)?,
    };
    let configuration = Configuration::read(&path)?;
    match configuration.chosen(named, &path)? {
        None => unnamed(default_store()?, Source::Default, path),
        Some((name, profile, named_by)) => Ok(Settings {
            profile: Some(name),
            named_by,
            kind: profile.kind,
            values: values(profile, &path),
            configuration: path,
        }),
    }
}

/// The store that is named past every profile.
fn store_alone(asked: &Asked) -> Option<(PathBuf, Source)> {
    let argument = asked.store.clone().map(|store| (store, Source::Argument));
    let variable = || {
        let store = store_of_environment()?;
        Some((store, Source::Environment("FLAGS_STORE")))
    };
    match &asked.profile {
        Some(_) => argument,
        None => argument.or_else(variable),
    }
}

fn unnamed(store: PathBuf, by: Source, configuration: PathBuf) -> Result<Settings, ConfigError> {
    let (kind, place) = match database_of(&store, &by)? {
        None => (Kind::Local, of("store", json!(store), by.clone())),
        Some(Named { value, by }) => (Kind::Postgres, address(&value, by)),
    };
    Ok(Settings {
        profile: None,
        named_by: by,
        kind,
        configuration,
        values: vec![
            of("kind", json!(kind.as_str()), Source::Default),
            place,
            of("protected", json!(false), Source::Default),
        ],
    })
}

/// The address of a server or a database, without what may be secret in it.
fn address(value: &str, by: Source) -> Setting {
    let shown = match is_database(value) {
        true => database_shown(value),
        false => without_credentials(value),
    };
    of("base_url", json!(shown), by)
}

fn of(name: impl Into<String>, value: Value, by: Source) -> Setting {
    let name = name.into();
    Setting { name, value, by }
}

fn values(profile: &Profile, path: &Path) -> Vec<Setting> {
    let file = || Source::File(path.to_owned());
    let here = |named: &Path| match path.parent() {
        Some(directory) => json!(directory.join(named)),
        None => json!(named),
    };
    let mut values = vec![of("kind", json!(profile.kind.as_str()), file())];
    let mut add = |name: &str, value: Option<Value>, by: Source| {
        values.extend(value.map(|value| of(name, value, by)));
    };
    let store = profile.store.as_deref().map(|store| {
        match store.to_str().filter(|text| is_database(text)) {
            Some(address) => json!(database_shown(address)),
            None => here(store),
        }
    });
    add("store", store, file());
    if profile.kind != Kind::Local
        && let Some(Named { value, by }) = profile.base_url(path)
    {
        let told = address(&value, by);
        add("base_url", Some(told.value), told.by);
    }
    if let Some(Named { value, by }) = profile.client_id(path) {
        add("client_id", Some(json!(value)), by);
    }
    let organization = profile.organization.as_ref();
    add(
        "organization",
        organization.map(|id| json!(id.as_str())),
        file(),
    );
    let by = if profile.protected {
        file()
    } else {
        Source::Default
    };
    add("protected", Some(json!(profile.protected)), by);
    add("ca_bundle", profile.ca_bundle.as_deref().map(here), file());
    add(
        "timeout",
        profile.timeout.map(|seconds| json!(seconds)),
        file(),
    );
    values.extend(token_values(profile, path));
    values
}

/// What is said about tokens, as the configuration file has it.
fn token_values(profile: &Profile, path: &Path) -> Vec<Setting> {
    let written = serde_json::to_value(&profile.token).unwrap_or_default();
    let written = written.as_object().cloned().unwrap_or_default();
    let told = written.into_iter().map(|(name, value)| {
        let by = Source::File(path.to_owned());
        of(format!("token.{name}"), value, by)
    });
    told.collect()
}
