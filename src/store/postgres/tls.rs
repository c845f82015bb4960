//! Whom a connection trusts, and what we prove ourselves with: by rustls, as everywhere else.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::client::{WantsClientCert, WebPkiServerVerifier};
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore};
use rustls_platform_verifier::Verifier;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::place::{Certificates, Place, Tls};
use super::trouble::ConnectError;

/// What encrypts. Where nothing is to be encrypted, no certificate is read.
pub(super) fn connector(place: &Place) -> Result<MakeRustlsConnect, ConnectError> {
    let provider = Arc::new(default_provider());
    let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| ConnectError::Tls(error.to_string()))?;
    if place.tls == Tls::Disable {
        let nobody = versions.with_root_certificates(RootCertStore::empty());
        return Ok(MakeRustlsConnect::new(nobody.with_no_client_auth()));
    }
    let extra = match &place.certificates.bundle {
        Some(file) => certificates(file)?,
        None => Vec::new(),
    };
    let verifier: Arc<dyn ServerCertVerifier> = match &place.certificates.roots {
        Some(file) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(file)?.into_iter().chain(extra) {
                let added = roots.add(certificate);
                added.map_err(|error| unusable(file, error.to_string()))?;
            }
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
                .build()
                .map_err(|error| unusable(file, error.to_string()))?
        }
        None => Arc::new(
            Verifier::new_with_extra_roots(extra, provider)
                .map_err(|error| ConnectError::Tls(error.to_string()))?,
        ),
    };
    // What is called dangerous is to put another verifier in the usual one's place: these two are
    // the library's own.
    let trusting = versions
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    known_by(trusting, &place.certificates).map(MakeRustlsConnect::new)
}

/// With our own certificate, if there is one.
fn known_by(
    trusting: ConfigBuilder<ClientConfig, WantsClientCert>,
    certificates_of: &Certificates,
) -> Result<ClientConfig, ConnectError> {
    let Some((certificate, key)) = &certificates_of.own else {
        return Ok(trusting.with_no_client_auth());
    };
    let chain = certificates(certificate)?;
    private(key)?;
    let text = zeroize::Zeroizing::new(read(key)?);
    // What the parser says of it could repeat it.
    let secret = PrivateKeyDer::from_pem_slice(&text).map_err(|_| {
        unusable(
            key,
            "there is no key in it that can be read (PEM)".to_owned(),
        )
    })?;
    trusting
        .with_client_auth_cert(chain, secret)
        .map_err(|error| unusable(certificate, error.to_string()))
}

fn read(file: &Path) -> Result<Vec<u8>, ConnectError> {
    fs::read(file).map_err(|error| unusable(file, error.to_string()))
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, ConnectError> {
    let text = read(file)?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let found =
        found.map_err(|_| unusable(file, "a certificate in it cannot be read".to_owned()))?;
    match found.is_empty() {
        true => {
            let what = "there is no certificate in it (PEM, `-----BEGIN CERTIFICATE-----`)";
            Err(unusable(file, what.to_owned()))
        }
        false => Ok(found),
    }
}

/// Refuses a key that others can read, by libpq's rule: one of root's may be read by its group.
fn private(key: &Path) -> Result<(), ConnectError> {
    let about = fs::metadata(key).map_err(|error| unusable(key, error.to_string()))?;
    let mode = about.mode() & 0o777;
    let others = match about.uid() {
        0 => mode & 0o027,
        _ => mode & 0o077,
    };
    match others {
        0 => Ok(()),
        _ => {
            let path = key.to_owned();
            Err(ConnectError::Exposed { path, mode })
        }
    }
}

fn unusable(file: &Path, what: String) -> ConnectError {
    let path = file.to_owned();
    ConnectError::Certificates { path, what }
}
