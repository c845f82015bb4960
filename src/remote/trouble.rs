//! What the HTTP client's errors mean, read from their causes and not from their words.
//!
//! The words may repeat what a server wrote (the names in its certificate, the bytes of its
//! answer), so none of them goes on.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use rustls::CertificateError;
use rustls::pki_types::InvalidDnsNameError;

use super::client::Limits;
use super::error::{Doubt, RemoteError, Trouble};

/// The client could not be made.
pub(super) fn of_building(error: &reqwest::Error, ca_bundle: &Option<PathBuf>) -> RemoteError {
    match (cause::<rustls::Error>(error), ca_bundle) {
        // The extra certificates are looked at now, the machine's own are left out if broken.
        (Some(rustls::Error::InvalidCertificate(_)), Some(path)) => RemoteError::CaBundle {
            path: path.clone(),
            what: "a certificate in it cannot be read".to_owned(),
        },
        (Some(rustls::Error::General(what)), _) if what.starts_with("No CA certificates") => {
            RemoteError::NoRoots
        }
        _ => RemoteError::Unprepared(innermost(error)),
    }
}

/// The server could not be asked.
pub(super) fn of_request(error: &reqwest::Error, limits: &Limits) -> Trouble {
    if let Some(redirect) = cause::<Trouble>(error) {
        return redirect.clone();
    }
    if error.is_timeout() {
        return Trouble::TimedOut(match error.is_connect() {
            true => limits.connect.min(limits.total),
            false => limits.total,
        });
    }
    // Some texts are not even names.
    if error.is_dns() || cause::<InvalidDnsNameError>(error).is_some() {
        return Trouble::NoSuchHost;
    }
    if let Some(tls) = cause::<rustls::Error>(error) {
        return of_tls(tls);
    }
    if !error.is_connect() {
        return Trouble::Garbled;
    }
    match system(error) {
        Some(ErrorKind::ConnectionRefused) => Trouble::Refused,
        // A server that hangs up while encryption is agreed on does not speak TLS, or not ours.
        Some(ErrorKind::UnexpectedEof) => Trouble::Handshake("it hangs up".to_owned()),
        Some(ErrorKind::Other) | None => Trouble::NoConnection,
        Some(kind) => Trouble::Unreachable(kind.to_string()),
    }
}

/// Whether a connection that stood, or was about to, broke off: it may be otherwise the next time.
pub(super) fn broke_off(error: &(dyn Error + 'static)) -> bool {
    use ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof};
    let cut = [
        BrokenPipe,
        ConnectionAborted,
        ConnectionReset,
        NotConnected,
        UnexpectedEof,
    ];
    if let Some(error) = cause::<hyper::Error>(error)
        && (error.is_incomplete_message() || error.is_closed() || error.is_canceled())
    {
        return true;
    }
    system(error).is_some_and(|kind| cut.contains(&kind))
}

/// The answer could not be read to its end.
pub(super) fn of_reading(error: &io::Error, limits: &Limits) -> Trouble {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    match inner.is_some_and(reqwest::Error::is_timeout) {
        true => Trouble::TimedOut(limits.total),
        false => Trouble::Garbled,
    }
}

fn of_tls(error: &rustls::Error) -> Trouble {
    match error {
        rustls::Error::InvalidCertificate(certificate) => Trouble::Untrusted(of(certificate)),
        rustls::Error::AlertReceived(alert) => Trouble::Handshake(format!("{alert:?}")),
        rustls::Error::InvalidMessage(_) => {
            Trouble::Handshake("what it answers is not TLS".to_owned())
        }
        _ => Trouble::Handshake("TLS 1.2 or 1.3 cannot be agreed on".to_owned()),
    }
}

fn of(error: &CertificateError) -> Doubt {
    match error {
        // A bad signature is that of another authority of the same name.
        CertificateError::UnknownIssuer | CertificateError::BadSignature => Doubt::UnknownAuthority,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Doubt::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Doubt::NotYet
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Doubt::OtherHost
        }
        CertificateError::Revoked => Doubt::Revoked,
        _ => Doubt::Invalid,
    }
}

/// An error and its causes, also where an [`io::Error`] is wrapped around one, which hides what it
/// holds from whoever asks for causes.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let wrapped = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match wrapped {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    })
}

/// The outermost cause of a type.
fn cause<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref())
}

/// What the system says, by the innermost of its errors: those around it may say `Other`.
fn system(error: &(dyn Error + 'static)) -> Option<ErrorKind> {
    let errors = causes(error).filter_map(|error| error.downcast_ref::<io::Error>());
    errors.map(io::Error::kind).last()
}

/// The words of the last cause. Only for what happens before any server is asked.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let last = causes(error).last().map(ToString::to_string);
    last.unwrap_or_default()
}
