//! How a server is reached, by whom, and what each of them is held to.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use super::outcome::{of_listening, of_tls};
use crate::cli::failure::Failure;
use crate::server::front::Reach;
use crate::server::limits::Limits;
use crate::server::net::{Listening, Tls};
use crate::server::{Doors, Settings};

/// How a server is reached.
#[derive(Debug, Args)]
pub struct NetworkArgs {
    /// Encrypt connections: the certificate and those that vouch for it, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, PEM, not encrypted
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// All connections come from a proxy, which encrypts them on the way to it
    #[arg(long)]
    pub behind_proxy: bool,
    /// Answer by this name too (repeat for several; *.example.com for all below)
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Let pages of this origin ask, such as https://app.example.com (repeat for several)
    #[arg(long = "cors-origin", value_name = "URL")]
    origins: Vec<String>,
    /// The largest body of a request, such as 512KiB; imports may bring 256 times as much
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = bytes)]
    max_body: u64,
    /// Connections at once; beyond them the one makes room that has been silent the longest
    #[arg(long, value_name = "NUMBER", default_value = "4096", value_parser = some)]
    max_connections: u32,
    /// How long to wait for a client that sends or reads nothing, such as 20s
    #[arg(long, value_name = "TIME", default_value = "20s", value_parser = time)]
    timeout: Duration,
    /// Requests a second that each key is good for
    #[arg(long, value_name = "NUMBER")]
    rate: Option<NonZeroU32>,
    /// Serve /metrics here too, without a key: an address of this machine
    #[arg(long, value_name = "ADDRESS")]
    metrics_listen: Option<SocketAddr>,
}

impl NetworkArgs {
    /// Listens, and reads what connections are encrypted with.
    pub fn doors(&self, listen: SocketAddr) -> Result<Doors> {
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(Tls::read(certificate, key).map_err(of_tls)?),
            _ => None,
        };
        let metrics =
            self.metrics_listen
                .map(|address| match address.ip().to_canonical().is_loopback() {
                    true => Listening::at(address).map_err(of_listening),
                    false => {
                        let what = "--metrics-listen is for this machine alone, and others reach";
                        Err(Failure::usage("open_metrics", format!("{what} {address}"))
                            .hint("/metrics at the server itself takes a key of the scope admin"))
                    }
                });
        Ok(Doors {
            listening: Listening::begin(listen).map_err(of_listening)?,
            tls,
            metrics: metrics.transpose()?,
        })
    }

    /// What every client is held to.
    pub fn limits(&self) -> Limits {
        Limits {
            body: self.max_body,
            import: self.max_body.saturating_mul(256),
            connections: usize::try_from(self.max_connections).unwrap_or(usize::MAX),
            patience: self.timeout,
            rate: self.rate,
        }
    }

    /// By what names and from which pages the server is reached.
    pub fn reach(&self, doors: &Doors) -> Result<Reach> {
        let hosts = self.hosts.iter().map(|host| host_name(host));
        let origins = self.origins.iter().map(|origin| page_origin(origin));
        let mut addresses = doors.listening.addresses().to_vec();
        let metrics = doors.metrics.iter();
        addresses.extend(metrics.flat_map(Listening::addresses));
        Ok(Reach {
            addresses,
            hosts: hosts.collect::<Result<_, _>>()?,
            origins: origins.collect::<Result<_, _>>()?,
        })
    }
}

/// Refuses to serve everybody, or keys in the clear.
pub fn permitted(settings: &Settings, doors: &Doors) -> Result<(), Failure> {
    if doors.listening.is_loopback() {
        return Ok(());
    }
    let addresses = doors.listening.addresses().iter();
    let addresses: Vec<String> = addresses.map(SocketAddr::to_string).collect();
    let addresses = addresses.join(", ");
    if settings.open_to_all {
        let what = "--insecure-no-auth is for this machine alone, and other machines reach";
        return Err(Failure::usage("open_to_all", format!("{what} {addresses}")));
    }
    if doors.tls.is_none() && !settings.behind_proxy {
        let what = "other machines reach";
        let means = "and keys would pass in the clear on the way";
        return Err(
            Failure::usage("in_the_clear", format!("{what} {addresses}, {means}"))
                .hint("`--tls-cert FILE --tls-key FILE` encrypts connections")
                .hint("`--behind-proxy` says that a proxy does"),
        );
    }
    Ok(())
}

fn host_name(typed: &str) -> Result<String, Failure> {
    let name = typed.strip_prefix("*.").unwrap_or(typed);
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_name = !name.is_empty() && name.bytes().all(fine);
    match is_name && !name.starts_with('.') && !name.ends_with('.') {
        true => Ok(typed.to_ascii_lowercase()),
        false => {
            let what = "--host takes a name without scheme or port, such as flags.example.com";
            Err(Failure::usage("host", format!("{what}, and not {typed:?}")))
        }
    }
}

fn page_origin(typed: &str) -> Result<String, Failure> {
    let rest = ["http://", "https://"]
        .into_iter()
        .find_map(|scheme| typed.strip_prefix(scheme));
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:[]".contains(&byte);
    match rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(fine)) {
        true => Ok(typed.to_ascii_lowercase()),
        false => {
            let what = "--cors-origin takes a scheme and a host, such as https://app.example.com";
            Err(Failure::usage(
                "origin",
                format!("{what}, and not {typed:?}"),
            ))
        }
    }
}

fn some(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("this is not a number from 1 on".to_owned()),
        Ok(number) => Ok(number),
    }
}

fn bytes(text: &str) -> Result<u64, String> {
    let units = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("B", 0)];
    let (digits, shift) = units
        .into_iter()
        .find_map(|(unit, shift)| Some((text.strip_suffix(unit)?, shift)))
        .unwrap_or((text, 0));
    let number: Option<u64> = digits.trim().parse().ok().filter(|number| *number > 0);
    number
        .and_then(|number| number.checked_mul(1 << shift))
        .ok_or_else(|| "this is not a size: write bytes, or 512KiB, 4MiB, 1GiB".to_owned())
}

fn time(text: &str) -> Result<Duration, String> {
    let (digits, unit) = match text.strip_suffix('m') {
        Some(minutes) => (minutes, 60),
        None => (text.strip_suffix('s').unwrap_or(text), 1),
    };
    let number: Option<u64> = digits.parse().ok();
    let seconds = number.and_then(|number| number.checked_mul(unit));
    match seconds {
        Some(seconds @ 1..=3600) => Ok(Duration::from_secs(seconds)),
        _ => Err("this is not a time from 1s to 60m".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_times_names_and_origins_are_read_strictly() {
        assert_eq!(bytes("100"), Ok(100));
        assert_eq!(bytes("512KiB"), Ok(512 << 10));
        assert_eq!(bytes("2GiB"), Ok(2 << 30));
        for bad in ["", "0", "-1", "1.5MiB", "1MB", "99999999999GiB"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
        assert_eq!(time("20s"), Ok(Duration::from_secs(20)));
        assert_eq!(time("5"), Ok(Duration::from_secs(5)));
        assert_eq!(time("2m"), Ok(Duration::from_secs(120)));
        for bad in ["", "0s", "61m", "1h", "-5s", "1.5s"] {
            assert!(time(bad).is_err(), "{bad}");
        }
        assert_eq!(host_name("Flags.Example").unwrap(), "flags.example");
        for bad in ["", "https://a", "a:80", "a b", ".a", "*.", "*", "a."] {
            assert!(host_name(bad).is_err(), "{bad}");
        }
        assert_eq!(
            page_origin("https://A.example").unwrap(),
            "https://a.example"
        );
        for bad in [
            "",
            "*",
            "null",
            "a.example",
            "https://",
            "https://a/",
            "ftp://a",
        ] {
            assert!(page_origin(bad).is_err(), "{bad}");
        }
    }
}
