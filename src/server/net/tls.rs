//! A certificate and its key, read from files, and again when they were replaced.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs::default_provider;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;

/// Why there is no TLS.
#[derive(Debug, Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{}: {cause}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file is not PEM.
    #[error("{}: this is not PEM: {cause}", path.display())]
    NotPem {
        /// Which.
        path: PathBuf,
        /// Why.
        cause: PemError,
    },
    /// No certificate in the file.
    #[error("{}: there is no certificate in it (-----BEGIN CERTIFICATE-----)", .0.display())]
    NoCertificate(PathBuf),
    /// No key in the file.
    #[error("{}: there is no private key in it (-----BEGIN PRIVATE KEY-----)", .0.display())]
    NoKey(PathBuf),
    /// The key is encrypted.
    #[error(
        "{}: the private key is encrypted, and a server has nobody to ask for its password; \
         `openssl pkey -in FILE -out PLAIN` decrypts it",
        .0.display()
    )]
    Encrypted(PathBuf),
    /// The key belongs to another certificate.
    #[error("{} is not the key of the certificate in {}", key.display(), certificate.display())]
    Mismatch {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
    },
    /// Something else about them.
    #[error("{} and {} cannot be used: {cause}", certificate.display(), key.display())]
    Unfit {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
        /// Why.
        cause: rustls::Error,
    },
}

/// A certificate and its key, as they are now.
#[derive(Debug)]
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    current: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    /// Reads a chain of certificates, the server's own first, and its key, both PEM.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let current = RwLock::new(Arc::new(read(certificate, key)?));
        Ok(Self {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            current,
        })
    }

    /// Reads both files again. If they are not good, what was read before stays.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub fn read_again(&self) -> Result<(), TlsError> {
        let read = Arc::new(read(&self.certificate, &self.key)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = read;
        Ok(())
    }

    /// Greets one client.
    pub fn acceptor(&self) -> TlsAcceptor {
        let current = self.current.read();
        let current = current.unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(Arc::clone(&current))
    }
}

fn read(certificate: &Path, key: &Path) -> Result<ServerConfig, TlsError> {
    let chain = certificates(certificate)?;
    let secret = private_key(key)?;
    let unfit = |cause| match cause {
        rustls::Error::InconsistentKeys(_) => TlsError::Mismatch {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        },
        cause => TlsError::Unfit {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            cause,
        },
    };
    let builder = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(unfit)?.with_no_client_auth();
    let mut config = builder.with_single_cert(chain, secret).map_err(unfit)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let text = file(path)?;
    let chain = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>();
    match chain.map_err(|cause| not_pem(path, cause))? {
        chain if chain.is_empty() => Err(TlsError::NoCertificate(path.to_owned())),
        chain => Ok(chain),
    }
}

fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let text = file(path)?;
    let has = |needle: &[u8]| memchr::memmem::find(&text, needle).is_some();
    if has(b"-----BEGIN ENCRYPTED PRIVATE KEY-----") || has(b"Proc-Type: 4,ENCRYPTED") {
        return Err(TlsError::Encrypted(path.to_owned()));
    }
    PrivateKeyDer::from_pem_slice(&text).map_err(|cause| match cause {
        PemError::NoItemsFound => TlsError::NoKey(path.to_owned()),
        cause => not_pem(path, cause),
    })
}

fn file(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|cause| TlsError::File {
        path: path.to_owned(),
        cause,
    })
}

fn not_pem(path: &Path, cause: PemError) -> TlsError {
    TlsError::NotPem {
        path: path.to_owned(),
        cause,
    }
}
