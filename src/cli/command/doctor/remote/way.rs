//! The way to the server: its name, and a connection. Encryption is looked at with the first call.

use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::Check;
use crate::remote::Address;

/// What the checks here are called.
pub(super) const NAMES: [&str; 2] = ["name", "connection"];

/// How long a name server, and then a connection, may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Looks the name up and connects. By way of a proxy neither is ours to do.
pub(super) fn checks(address: &Address) -> Vec<Check> {
    if let Some(proxy) = proxy(address) {
        let found = format!("by way of the proxy that {proxy} names");
        return vec![Check::ok("connection", found)];
    }
    let (host, port) = (address.host_name().to_owned(), address.port());
    let found = match resolved(&host, port) {
        Ok(found) => found,
        Err(what) => {
            let advice = "look at the address in `flags profile show`, and at /etc/resolv.conf";
            return vec![Check::problem("name", format!("{host}: {what}")).advice(advice)];
        }
    };
    let shown = found.iter().map(|address| address.ip().to_string());
    let shown = shown.collect::<Vec<_>>().join(", ");
    let name = Check::ok("name", format!("{host} is {shown}"));
    vec![name, connected(&found)]
}

/// The variable that names a proxy for the way there.
fn proxy(address: &Address) -> Option<&'static str> {
    let set = |name: &&'static str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if address.is_this_machine() || passed_over(address.host_name()) {
        return None;
    }
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .into_iter()
        .find(set)
}

/// Whether the environment names the host among those that take no proxy.
fn passed_over(host: &str) -> bool {
    let listed = ["NO_PROXY", "no_proxy"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok());
    listed
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .any(|entry| {
            let suffix = entry.trim_start_matches('.');
            entry == "*"
                || (!suffix.is_empty() && (host == suffix || host.ends_with(&format!(".{suffix}"))))
        })
}

/// The addresses of a name. The system's look-up has no end of its own, so it runs beside.
fn resolved(host: &str, port: u16) -> Result<Vec<SocketAddr>, String> {
    let bare = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let (sender, heard) = mpsc::channel();
    thread::spawn(move || {
        let found = (bare.as_str(), port).to_socket_addrs();
        let found = found.map(Iterator::collect::<Vec<_>>);
        // Whoever asked may have given up.
        drop(sender.send(found.map_err(|error| error.to_string())));
    });
    match heard.recv_timeout(PATIENCE) {
        Ok(Ok(found)) if found.is_empty() => Err("the name has no address".to_owned()),
        Ok(found) => found,
        Err(_) => Err(format!(
            "no name server answered within {} s",
            PATIENCE.as_secs()
        )),
    }
}

/// A connection to the first of the addresses that takes one.
fn connected(addresses: &[SocketAddr]) -> Check {
    let mut last = String::new();
    for address in addresses {
        let begun = Instant::now();
        match TcpStream::connect_timeout(address, PATIENCE) {
            Ok(_) => {
                let took = begun.elapsed().as_millis();
                return Check::ok("connection", format!("{address} answers within {took} ms"));
            }
            Err(error) => last = format!("{address}: {error}"),
        }
    }
    Check::problem("connection", last)
        .advice("look whether the server runs, and whether a firewall or a missing proxy (HTTPS_PROXY) is in the way")
}
