//! What a profile says about tokens: where the keys are, and what must hold.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ConfigError;
use super::file::{Kind, Profile};

/// How tokens are proven with a profile. What the command line says counts instead, but for
/// [`require`](Self::require), which it can only add to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TokenSettings {
    /// A key file, as `--key-file` takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_file: Option<PathBuf>,
    /// The address of a JWKS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_url: Option<String>,
    /// An issuer that names its keys by OpenID discovery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_url: Option<String>,
    /// `iss` must be one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issuer: Vec<String>,
    /// `aud` must name one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub audience: Vec<String>,
    /// Claims that must be there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub require: Vec<String>,
    /// Seconds that clocks may differ by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leeway: Option<u64>,
}

impl TokenSettings {
    /// The settings of a profile of this file, with the place of the keys filled in for the kinds
    /// that are known to have one.
    pub(super) fn of(name: &str, profile: &Profile, file: &Path) -> Result<Self, ConfigError> {
        let mut settings = profile.token.clone();
        let wrong = |what: &str| ConfigError::Content {
            path: file.to_owned(),
            what: format!("profile `{name}`: {what}"),
        };
        let places = [
            settings.key_file.is_some(),
            settings.key_url.is_some(),
            settings.issuer_url.is_some(),
        ];
        match places.into_iter().filter(|given| *given).count() {
            0 => settings.key_url = known_keys(profile, file).map_err(wrong)?,
            1 => {}
            _ => return Err(wrong("of key_file, key_url and issuer_url one is enough")),
        }
        // A relative file is meant from the configuration, not from where one happens to be.
        if let (Some(key_file), Some(directory)) = (&mut settings.key_file, file.parent()) {
            *key_file = directory.join(&*key_file);
        }
        Ok(settings)
    }
}

/// What is said of a `client_id` that cannot be one of WorkOS's.
pub const NOT_A_CLIENT_ID: &str = "`client_id` must begin with `client_`, then letters and digits";

/// Whether a text can be WorkOS's name for an environment.
pub fn is_client_id(text: &str) -> bool {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.starts_with("client_") && text.bytes().all(safe)
}

/// Where the kind of place publishes its keys.
fn known_keys(profile: &Profile, file: &Path) -> Result<Option<String>, &'static str> {
    let Some(base) = profile.base_url(file) else {
        return Ok(None);
    };
    let base = base.value.trim_end_matches('/');
    match profile.kind {
        // A server of ours says nowhere which keys its tokens are proven with.
        Kind::Local | Kind::Http | Kind::Postgres => Ok(None),
        Kind::Workos => {
            // Without it the environment's keys have no name; all but proving works nevertheless.
            let Some(id) = profile.client_id(file) else {
                return Ok(None);
            };
            if !is_client_id(&id.value) {
                return Err(NOT_A_CLIENT_ID);
            }
            let id = id.value;
            Ok(Some(format!("{base}/sso/jwks/{id}")))
        }
        // Astapa names no place for its keys; this is the usual one.
        Kind::Astapa => Ok(Some(format!("{base}/.well-known/jwks.json"))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Configuration;
    use super::*;

    fn of(profile: &str) -> Result<TokenSettings, ConfigError> {
        let text = format!("[profiles.p]\n{profile}");
        let configuration: Configuration = toml::from_str(&text).unwrap();
        let file = Path::new("/etc/flags/config.toml");
        TokenSettings::of("p", &configuration.profiles["p"], file)
    }

    #[test]
    fn workos_and_astapa_profiles_know_where_their_keys_are() {
        let workos = of("kind = \"workos\"\nclient_id = \"client_01\"").unwrap();
        let url = "https://api.workos.com/sso/jwks/client_01";
        assert_eq!(workos.key_url.as_deref(), Some(url));
        let elsewhere =
            "kind = \"workos\"\nclient_id = \"client_01\"\nbase_url = \"https://w.example/\"";
        let url = "https://w.example/sso/jwks/client_01";
        assert_eq!(of(elsewhere).unwrap().key_url.as_deref(), Some(url));
        let astapa = of("kind = \"astapa\"").unwrap().key_url.unwrap();
        assert_eq!(astapa, "https://astapa.com/.well-known/jwks.json");
        assert_eq!(of("kind = \"workos\"").unwrap().key_url, None);
        for wrong in ["client_id = \"../x\"", "client_id = \"client_/../x\""] {
            assert!(
                of(&format!("kind = \"workos\"\n{wrong}")).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_profile_names_its_keys_once_and_a_relative_file_from_where_it_stands() {
        let local = "kind = \"local\"\nstore = \"s.db\"\n[profiles.p.token]\n";
        let file = of(&format!("{local}key_file = \"key.pem\""))
            .unwrap()
            .key_file;
        assert_eq!(file, Some(PathBuf::from("/etc/flags/key.pem")));
        let twice = "key_file = \"key.pem\"\nkey_url = \"https://k.example\"";
        assert!(of(&format!("{local}{twice}")).is_err());
    }
}
