//! Where the project is that a command is about.

use std::path::{Path, PathBuf};

use super::{
    Asked, ConfigError, Configuration, Kind, Profile, Source, configuration_path, default_store,
    profile_named, store_of_environment, text_variable,
};
use crate::domain::target::Id;

/// Where the project is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// On this machine or elsewhere.
    pub lives: Lives,
    /// The profile that says so, if one does.
    pub profile: Option<String>,
    /// Who named the profile, or the store where there is none.
    pub named_by: Source,
    /// Whether every write is to be confirmed.
    pub protected: bool,
    /// The organization that the profile is for, if it says one.
    pub organization: Option<Id>,
}

/// On this machine or elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lives {
    /// A store's file.
    Here(PathBuf),
    /// A server.
    There(Remote),
    /// A database.
    Database(Remote),
}

/// A server, or a database, that keeps a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remote {
    /// What it speaks.
    pub kind: Kind,
    /// Its address, not looked at yet.
    pub base_url: Named<String>,
    /// What it calls us, where it calls us anything.
    pub client_id: Option<Named<String>>,
    /// Certificates that are trusted beside the machine's own (PEM).
    pub ca_bundle: Option<PathBuf>,
    /// Seconds that a call may take, retries included.
    pub timeout: Option<u64>,
}

/// A value, and who says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T> {
    /// The value.
    pub value: T,
    /// Who says it.
    pub by: Source,
}

impl Place {
    fn unnamed(store: PathBuf, named_by: Source) -> Result<Self, ConfigError> {
        let lives = match database_of(&store, &named_by)? {
            Some(base_url) => Lives::Database(Remote::database(base_url)),
            None => Lives::Here(store.clone()),
        };
        if matches!(lives, Lives::Here(_)) && store.to_string_lossy().contains("://") {
            let address = store.to_string_lossy().into_owned();
            return Err(ConfigError::AddressForFile(without_credentials(&address)));
        }
        Ok(Self {
            lives,
            profile: None,
            named_by,
            protected: false,
            organization: None,
        })
    }

    /// The store's file, if it is on this machine.
    pub fn file(&self) -> Option<&Path> {
        match &self.lives {
            Lives::Here(file) => Some(file),
            Lives::There(_) | Lives::Database(_) => None,
        }
    }

    /// The server, if it is elsewhere.
    pub fn remote(&self) -> Option<&Remote> {
        match &self.lives {
            Lives::Here(_) | Lives::Database(_) => None,
            Lives::There(remote) => Some(remote),
        }
    }

    /// The database, if it is in one.
    pub fn database(&self) -> Option<&Remote> {
        match &self.lives {
            Lives::Here(_) | Lives::There(_) => None,
            Lives::Database(remote) => Some(remote),
        }
    }
}

impl Remote {
    fn database(base_url: Named<String>) -> Self {
        Self {
            kind: Kind::Postgres,
            base_url,
            client_id: None,
            ca_bundle: None,
            timeout: None,
        }
    }
}

/// The address of a database, if that is what is named as a store.
pub(super) fn database_of(store: &Path, by: &Source) -> Result<Option<Named<String>>, ConfigError> {
    let value = store.to_string_lossy().into_owned();
    if !is_database(&value) {
        return Ok(None);
    }
    // A variable is seen by nobody else; an argument, by everybody on the machine.
    if has_password(&value) && !matches!(by, Source::Environment(_)) {
        return Err(ConfigError::PasswordInAddress(by.clone()));
    }
    let by = by.clone();
    Ok(Some(Named { value, by }))
}

/// Whether a text is meant to be the address of a database.
pub fn is_database(text: &str) -> bool {
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    let known = ["postgres", "postgresql"];
    known.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Whether a password stands in the address of a database.
fn has_password(address: &str) -> bool {
    let (_, rest) = address.split_once("://").unwrap_or_default();
    let (authority, behind) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let who = authority.rsplit_once('@').map_or("", |(who, _)| who);
    let mut parameters = behind.split(['?', '&']);
    who.contains(':') || parameters.any(|part| part.starts_with("password="))
}

/// What a place is called in sentences: its file, or its address without what may be secret in it.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.lives {
            Lives::Here(file) => write!(f, "{}", file.display()),
            Lives::There(remote) => f.write_str(&without_credentials(&remote.base_url.value)),
            Lives::Database(remote) => f.write_str(&database_shown(&remote.base_url.value)),
        }
    }
}

/// An address that nobody has looked at yet, without a password or a query that may be in it.
pub(super) fn without_credentials(address: &str) -> String {
    let shown = address.split(['?', '#']).next().unwrap_or_default();
    match shown.split_once("://") {
        Some((scheme, rest)) => {
            let (server, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let server = server.rsplit('@').next().unwrap_or_default();
            format!("{scheme}://{server}{path}")
        }
        None => shown.rsplit('@').next().unwrap_or_default().to_owned(),
    }
}

/// The address of a database without its parameters and a password. Of one that is not written as it
/// should be, nobody can tell what is secret.
pub fn database_shown(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or_default();
    let (authority, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if behind.contains('@') || authority.matches('@').count() > 1 {
        return format!("{scheme}://…");
    }
    let path = behind.split(['?', '#']).next().unwrap_or_default();
    match authority.split_once('@') {
        Some((who, hosts)) => {
            let user = who.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{hosts}{path}")
        }
        None => format!("{scheme}://{authority}{path}"),
    }
}

/// Finds the place: `--store`, `--profile`, `FLAGS_STORE`, `FLAGS_PROFILE`, the working tree, the
/// file's default profile, the default store, in this order.
///
/// # Errors
///
/// Where a file cannot be used, or has no such profile.
pub fn place(asked: &Asked) -> Result<Place, ConfigError> {
    if let Some(store) = &asked.store {
        return Place::unnamed(store.clone(), Source::Argument);
    }
    if asked.profile.is_none()
        && let Some(store) = store_of_environment()
    {
        return Place::unnamed(store, Source::Environment("FLAGS_STORE"));
    }
    let named = profile_named(asked)?;
    let path = configuration_path()?;
    let configuration = Configuration::read(&path)?;
    match configuration.chosen(named, &path)? {
        Some((name, profile, by)) => profile.place(&name, &path, by),
        None => Place::unnamed(default_store()?, Source::Default),
    }
}

impl Configuration {
    /// The profile that was named, else the file's default; nothing where there is neither.
    pub(super) fn chosen(
        &self,
        named: Option<(String, Source)>,
        path: &Path,
    ) -> Result<Option<(String, &Profile, Source)>, ConfigError> {
        let by_default = || {
            let name = self.default_profile.clone()?;
            Some((name, Source::File(path.to_owned())))
        };
        let Some((name, by)) = named.or_else(by_default) else {
            return Ok(None);
        };
        let profile = self.profile(&name, path).map_err(|error| match error {
            ConfigError::UnknownProfile {
                name, path, known, ..
            } => {
                let by = match &by {
                    Source::Tree(file) => Some(file.clone()),
                    _ => None,
                };
                ConfigError::UnknownProfile {
                    name,
                    path,
                    known,
                    by,
                }
            }
            error => error,
        })?;
        Ok(Some((name, profile, by)))
    }

    /// The place that a profile of the file names.
    ///
    /// # Errors
    ///
    /// Where there is no such profile, or it does not say enough.
    pub fn place(&self, name: &str, path: &Path) -> Result<Place, ConfigError> {
        let by = Source::Argument;
        self.profile(name, path)?.place(name, path, by)
    }
}

impl Profile {
    fn place(&self, name: &str, path: &Path, named_by: Source) -> Result<Place, ConfigError> {
        Ok(Place {
            lives: self.lives(name, path)?,
            profile: Some(name.to_owned()),
            named_by,
            protected: self.protected,
            organization: self.organization.clone(),
        })
    }

    fn lives(&self, name: &str, path: &Path) -> Result<Lives, ConfigError> {
        let lacks = |what: &str| ConfigError::Content {
            path: path.to_owned(),
            what: format!("profile `{name}` names no `{what}`"),
        };
        let ca_bundle = self.ca_bundle.as_ref().map(|file| from_file(path, file));
        // Whoever names a store works on it, whoever else may have issued the tokens.
        if let Some(store) = &self.store {
            return match database_of(store, &Source::File(path.to_owned()))? {
                None => Ok(Lives::Here(from_file(path, store))),
                Some(base_url) => Ok(Lives::Database(Remote::database(base_url))),
            };
        }
        if self.kind == Kind::Local {
            return Err(lacks("store"));
        }
        let base_url = self.base_url(path).ok_or_else(|| lacks("base_url"))?;
        let remote = Remote {
            kind: self.kind,
            client_id: self.client_id(path),
            ca_bundle,
            timeout: self.timeout,
            base_url,
        };
        if self.kind != Kind::Postgres {
            return Ok(Lives::There(remote));
        }
        // Says whether a password stands in it, in a file that may be shared.
        database_of(Path::new(&remote.base_url.value), &remote.base_url.by)?;
        Ok(Lives::Database(remote))
    }

    /// Where the place is, and who says so.
    pub(super) fn base_url(&self, path: &Path) -> Option<Named<String>> {
        let of_environment = match self.kind {
            Kind::Astapa => of_variable("ASTAPA_BASE_URL"),
            _ => None,
        };
        let of_file = || self.base_url.clone().map(|value| of_file(value, path));
        let usual = || {
            let value = self.kind.usual_address()?.to_owned();
            let by = Source::Default;
            Some(Named { value, by })
        };
        of_environment.or_else(of_file).or_else(usual)
    }

    /// What the place calls us, and who says so.
    pub(super) fn client_id(&self, path: &Path) -> Option<Named<String>> {
        let of_environment = match self.kind {
            Kind::Workos => of_variable("WORKOS_CLIENT_ID"),
            Kind::Astapa => of_variable("ASTAPA_CLIENT_ID"),
            Kind::Local | Kind::Http | Kind::Postgres => None,
        };
        let of_file = || self.client_id.clone().map(|value| of_file(value, path));
        of_environment.or_else(of_file)
    }
}

fn of_variable(name: &'static str) -> Option<Named<String>> {
    let value = text_variable(name)?;
    let by = Source::Environment(name);
    Some(Named { value, by })
}

fn of_file(value: String, path: &Path) -> Named<String> {
    let by = Source::File(path.to_owned());
    Named { value, by }
}

/// A relative place is meant from the file that names it, not from where one happens to be.
fn from_file(path: &Path, named: &Path) -> PathBuf {
    match path.parent() {
        Some(directory) => directory.join(named),
        None => named.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_shown_without_its_password_however_that_is_written() {
        for (address, shown) in [
            (
                "postgres://u@h1,h2:5433/d?sslmode=require",
                "postgres://u@h1,h2:5433/d",
            ),
            ("postgres://u:canary@h/d", "postgres://u@h/d"),
            ("postgres://u@h/d?password=canary", "postgres://u@h/d"),
            ("postgres:///d?host=/run", "postgres:///d"),
            ("postgres://u:can/ary@h/d", "postgres://…"),
            ("postgres://u:can?ary@h/d", "postgres://…"),
            ("postgres://u:can#ary@h/d", "postgres://…"),
            ("postgres://u:can@ary@h/d", "postgres://…"),
        ] {
            assert_eq!(database_shown(address), shown);
        }
    }

    #[test]
    fn a_password_is_found_in_an_address_wherever_it_may_stand() {
        for address in ["postgres://u:p@h/d", "postgres://u@h/d?a=b&password=p"] {
            assert!(has_password(address), "{address}");
        }
        for address in ["postgres://u@h:1/d?sslmode=require", "postgres://h:1/d"] {
            assert!(!has_password(address), "{address}");
        }
    }

    #[test]
    fn an_address_is_shown_without_what_may_be_secret_in_it() {
        for (address, shown) in [
            ("https://u:p@h.example/a?k=1#f", "https://h.example/a"),
            ("https://h.example", "https://h.example"),
            ("https://h.example/a@b", "https://h.example/a@b"),
            ("u:p@h.example", "h.example"),
        ] {
            assert_eq!(without_credentials(address), shown);
        }
    }
}
