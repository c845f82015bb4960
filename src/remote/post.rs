//! Sending a report to another machine, and what it answers.
//!
//! Where a report goes was typed by an operator, but what stands behind a name is decided by
//! whoever answers for it. So a redirect is not followed, an answer is bounded in size and time, and
//! a name that leads into this network is refused unless that was agreed to: otherwise a name whose
//! owner changed their mind could have this machine knock on doors that only it can reach. The
//! addresses are looked at when they are connected to, not before, so that there is no moment in
//! between in which a name could come to mean something else.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::mem::ManuallyDrop;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::blocking::{self, Response};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::redirect::Policy;

use super::address::Address;
use super::client::{Limits, bare, nearby, unencrypted};
use super::error::{RemoteError, Trouble};
use super::trouble;

/// How much of an answer is looked at.
const READ: u64 = 2048;

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// `Retry-After` as it was sent.
    pub retry_after: Option<String>,
    /// The beginning of the answer; empty where it could not be read in time.
    pub text: String,
}

/// Sends reports. It may be used by several threads at once, and opens nothing until the first one.
#[derive(Debug, Default)]
pub struct Poster {
    limits: Limits,
    /// One for each server. Never dropped, see [`Client`](super::Client).
    clients: Mutex<BTreeMap<(String, bool), ManuallyDrop<blocking::Client>>>,
}

impl Poster {
    /// Sends within these limits.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            clients: Mutex::default(),
        }
    }

    /// Sends a JSON text once. A server within this network is reached only if `private` allows it,
    /// and this machine only where the address itself names it.
    ///
    /// # Errors
    ///
    /// What kept an answer from coming. Any status is an answer.
    pub fn post(
        &self,
        address: &Address,
        private: bool,
        headers: &[(&'static str, &str)],
        body: &str,
    ) -> Result<Reply, RemoteError> {
        let failed = |trouble| RemoteError::Failed {
            address: address.server(),
            trouble,
        };
        if !private && address.is_within_network() {
            return Err(failed(Trouble::Private));
        }
        let mut request = self
            .client(address, private)?
            .post(address.url().clone())
            .timeout(self.limits.total)
            .header(CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = request.body(body.to_owned()).send();
        let sent = sent.map_err(|error| trouble::of_request(&error, &self.limits));
        Ok(read(sent.map_err(failed)?))
    }

    fn client(&self, address: &Address, private: bool) -> Result<blocking::Client, RemoteError> {
        let key = (address.server(), private);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&key) {
            return Ok(blocking::Client::clone(client));
        }
        let built = self.builder(address, private).build();
        let client = built.map_err(|error| trouble::of_building(&error, &None))?;
        clients.insert(key, ManuallyDrop::new(client.clone()));
        Ok(client)
    }

    fn builder(&self, address: &Address, private: bool) -> blocking::ClientBuilder {
        let builder = bare(self.limits.connect);
        let builder = builder.redirect(Policy::none());
        if address.is_this_machine() {
            return match address.is_encrypted() {
                true => nearby(builder),
                false => unencrypted(nearby(builder)),
            };
        }
        match private {
            true => builder,
            false => builder.dns_resolver(Arc::new(Outside {
                host: address.host().to_owned(),
            })),
        }
    }
}

/// Whatever the server says behind its status, the status is its answer.
fn read(response: Response) -> Reply {
    let status = response.status().as_u16();
    let retry_after = response.headers().get(RETRY_AFTER);
    let retry_after = retry_after
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let mut bytes = Vec::new();
    // What arrived before the time was up is enough to be told.
    let _ = response.take(READ).read_to_end(&mut bytes);
    Reply {
        status,
        retry_after,
        text: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// Finds a host's addresses, and refuses those within this network. Other names are those of
/// proxies, which the environment chose.
#[derive(Debug)]
struct Outside {
    host: String,
}

impl Resolve for Outside {
    fn resolve(&self, name: Name) -> Resolving {
        let guarded = name.as_str().eq_ignore_ascii_case(&self.host);
        Box::pin(async move {
            // This waits on the client's own thread; whoever asked waits no longer than it wants.
            let found: Vec<SocketAddr> = (name.as_str(), 0).to_socket_addrs()?.collect();
            if guarded && found.iter().any(|address| is_inside(address.ip())) {
                return Err(Box::new(Trouble::Private) as Box<dyn std::error::Error + Send + Sync>);
            }
            if found.is_empty() {
                return Err(io::Error::from(io::ErrorKind::NotFound).into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one that only this machine or this network reaches, or nobody's.
pub(super) fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_inside_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(embedded) => is_inside_v4(embedded),
            None => {
                let first = address.segments()[0];
                address.is_loopback()
                    || address.is_unspecified()
                    || address.is_multicast()
                    // Unique local (RFC 4193), link-local, and the former site-local.
                    || first & 0xfe00 == 0xfc00
                    || first & 0xff80 == 0xfe80
                    || first & 0xffc0 == 0xfec0
            }
        },
    }
}

/// The IPv4 address that an IPv6 one stands for: mapped, compatible, or behind NAT64.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = address.segments();
    let last = || {
        let [a, b] = segments[6].to_be_bytes();
        let [c, d] = segments[7].to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match segments {
        [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(last()),
        [0, 0, 0, 0, 0, 0xffff, ..] => Some(last()),
        [0, 0, 0, 0, 0, 0, high, low] if high > 0 || low > 1 => Some(last()),
        _ => None,
    }
}

fn is_inside_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || first == 0
        || first >= 240
        // Shared by a provider's customers (RFC 6598), IETF's own, and benchmarking.
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && address.octets()[2] == 0)
        || (first == 198 && (18..20).contains(&second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_this_network_reaches_is_told_from_the_rest() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "::127.0.0.1",
        ] {
            assert!(is_inside(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "8.8.8.8",
            "172.32.0.1",
            "172.15.0.1",
            "100.128.0.1",
            "192.0.1.1",
            "2606:4700::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(!is_inside(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn an_address_within_the_network_is_refused_before_anything_is_sent() {
        let poster = Poster::default();
        for place in [
            "https://10.0.0.1/x",
            "https://169.254.169.254/x",
            "https://[fd00::1]/x",
        ] {
            let error = poster
                .post(&place.parse().unwrap(), false, &[], "{}")
                .unwrap_err();
            let told = error.to_string();
            assert!(
                told.contains("within this network") && !told.contains("/x"),
                "{told}"
            );
        }
    }
}
