//! The one place where an HTTP client is made, at the first document that has to be fetched.
//!
//! A client costs a thread and the reading of a hundred and more certificates, so commands that
//! stay on this machine never make one. What it may do is narrow: it reads one document of bounded
//! size within a bounded time, over TLS except on this machine, follows a redirect only within the
//! same server, and sends nothing that is secret (to a server of ours alone, its key). What the
//! environment says about proxies is followed, but not for this machine, since the way to a proxy is
//! a way to another one.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::mem::ManuallyDrop;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::blocking::{self, RequestBuilder, Response};
use reqwest::header::{ACCEPT, CACHE_CONTROL, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Certificate, StatusCode};
use xxhash_rust::xxh3::xxh3_128;

use super::address::{Address, has_credentials, shown};
use super::error::{RemoteError, Trouble, quoted};
use super::trouble;

/// How many redirects are followed.
pub(super) const MOST_REDIRECTS: usize = 3;
/// JSON is what is wanted; whatever else a server calls it is read as well.
const ACCEPTED: &str = "application/json, application/jwk-set+json, */*;q=0.1";

/// How far one fetch may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long a connection may take to stand.
    pub connect: Duration,
    /// How long the whole may take, redirects and reading included.
    pub total: Duration,
    /// How many bytes an answer may have, unpacked.
    pub size: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(10),
            size: 1 << 20,
        }
    }
}

/// Fetches documents. It opens nothing until the first one.
#[derive(Debug, Default)]
pub struct Client {
    ca_bundle: Option<PathBuf>,
    limits: Limits,
    bundle: OnceCell<Bundle>,
    /// Never dropped: that would wait for its thread, which may be waiting for a name server long
    /// after our limit. The end of the process ends the thread too.
    ways: RefCell<BTreeMap<Way, ManuallyDrop<blocking::Client>>>,
}

/// What a document is asked for by.
pub(super) struct Question<'a> {
    pub address: &'a Address,
    /// The validators of the copy that there is, if there is one (RFC 9110 §13.1).
    pub etag: Option<&'a str>,
    pub last_modified: Option<&'a str>,
    /// Whether the caches on the way are to ask for a new one too.
    pub past_caches: bool,
}

/// What came back.
pub(super) enum Answer {
    /// The copy that there is still holds.
    Unchanged(HeaderMap),
    /// The document.
    Document(String, HeaderMap),
}

/// The certificates that an operator adds to those of the machine.
#[derive(Debug, Default)]
struct Bundle {
    certificates: Vec<Certificate>,
    /// A short name of what is in it; empty if there is none.
    name: String,
}

/// How a server is reached; each way takes a client of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// Unencrypted, on this machine.
    Plain,
    /// Encrypted, on this machine.
    Near,
    /// Encrypted, elsewhere, by way of a proxy if the environment says so.
    Far,
}

impl Way {
    pub(super) fn to(address: &Address) -> Self {
        match (address.is_encrypted(), address.is_this_machine()) {
            (false, _) => Self::Plain,
            (true, true) => Self::Near,
            (true, false) => Self::Far,
        }
    }
}

impl Client {
    /// A client that trusts the machine's certificates and those in `ca_bundle` (PEM).
    pub fn new(ca_bundle: Option<PathBuf>, limits: Limits) -> Self {
        Self {
            ca_bundle,
            limits,
            ..Self::default()
        }
    }

    /// What tells this client's trust from another's: what is fetched by one must not be believed
    /// by one that would not have believed its server.
    pub(super) fn trust(&self) -> Result<&str, RemoteError> {
        Ok(&self.bundle()?.name)
    }

    /// Asks one server once.
    pub(super) fn fetch(&self, question: &Question<'_>) -> Result<Answer, RemoteError> {
        let client = self.client(Way::to(question.address))?;
        let request = client.get(question.address.url().clone());
        let request = with_headers(request, question).timeout(self.limits.total);
        self.carry_out(request, question)
            .map_err(|trouble| RemoteError::Failed {
                address: question.address.to_string(),
                trouble,
            })
    }

    fn carry_out(
        &self,
        request: RequestBuilder,
        question: &Question<'_>,
    ) -> Result<Answer, Trouble> {
        let sent = request.send();
        let response = sent.map_err(|error| trouble::of_request(&error, &self.limits))?;
        let conditional = question.etag.is_some() || question.last_modified.is_some();
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_MODIFIED if conditional => {
                return Ok(Answer::Unchanged(response.headers().clone()));
            }
            status => return Err(Trouble::Status(status.as_u16())),
        }
        let headers = response.headers().clone();
        Ok(Answer::Document(self.read(response)?, headers))
    }

    fn read(&self, response: Response) -> Result<String, Trouble> {
        let most = self.limits.size;
        let mut bytes = Vec::new();
        let read = response.take(most + 1).read_to_end(&mut bytes);
        let read = read.map_err(|error| trouble::of_reading(&error, &self.limits))?;
        if read as u64 > most {
            return Err(Trouble::TooLarge(most));
        }
        String::from_utf8(bytes).map_err(|_| Trouble::NotText)
    }

    /// A client for an answer without an end, each part of which may take so long.
    pub(super) fn lasting(
        &self,
        way: Way,
        silence: Duration,
    ) -> Result<blocking::Client, RemoteError> {
        let built = self.builder(way)?.timeout(silence).build();
        built.map_err(|error| trouble::of_building(&error, &self.ca_bundle))
    }

    /// A client for calls, which follows no redirect by itself. How long it may take is said with
    /// each call. (A `read_timeout` is not for blocking clients: its timer is set by whoever reads.)
    pub(super) fn steady(
        &self,
        address: &Address,
        connect: Duration,
    ) -> Result<blocking::Client, RemoteError> {
        let built = self
            .builder(Way::to(address))?
            .connect_timeout(connect)
            .redirect(Policy::none())
            .timeout(None)
            .build();
        built.map_err(|error| trouble::of_building(&error, &self.ca_bundle))
    }

    fn client(&self, way: Way) -> Result<blocking::Client, RemoteError> {
        if let Some(client) = self.ways.borrow().get(&way) {
            return Ok(blocking::Client::clone(client));
        }
        let built = self.builder(way)?.build();
        let client = built.map_err(|error| trouble::of_building(&error, &self.ca_bundle))?;
        let kept = ManuallyDrop::new(client.clone());
        self.ways.borrow_mut().insert(way, kept);
        Ok(client)
    }

    fn builder(&self, way: Way) -> Result<blocking::ClientBuilder, RemoteError> {
        let builder = bare(self.limits.connect).redirect(Policy::custom(follow));
        let roots = self.bundle()?.certificates.iter().cloned();
        Ok(match way {
            Way::Plain => unencrypted(nearby(builder)),
            Way::Near => nearby(builder).tls_certs_merge(roots),
            Way::Far => builder.tls_certs_merge(roots),
        })
    }

    fn bundle(&self) -> Result<&Bundle, RemoteError> {
        if let Some(bundle) = self.bundle.get() {
            return Ok(bundle);
        }
        let bundle = match &self.ca_bundle {
            Some(path) => Bundle::read(path)?,
            None => Bundle::default(),
        };
        Ok(self.bundle.get_or_init(|| bundle))
    }
}

impl Bundle {
    fn read(path: &Path) -> Result<Self, RemoteError> {
        let unusable = |what: String| RemoteError::CaBundle {
            path: path.to_owned(),
            what,
        };
        let text = fs::read(path).map_err(|error| unusable(error.to_string()))?;
        let certificates = Certificate::from_pem_bundle(&text)
            .map_err(|_| unusable("a certificate in it cannot be read".to_owned()))?;
        if certificates.is_empty() {
            let what = "there is no certificate in it (PEM, `-----BEGIN CERTIFICATE-----`)";
            return Err(unusable(what.to_owned()));
        }
        let name = format!("{:032x}", xxh3_128(&text));
        Ok(Self { certificates, name })
    }
}

/// What all clients have in common.
pub(super) fn bare(connect: Duration) -> blocking::ClientBuilder {
    blocking::Client::builder()
        .user_agent(concat!("flags/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(connect)
        .referer(false)
        .http1_only()
}

/// A client for this machine: the name must mean it, whatever a name server says (RFC 6761 §6.3),
/// and the way to a proxy is a way to another one.
pub(super) fn nearby(builder: blocking::ClientBuilder) -> blocking::ClientBuilder {
    let this_machine = [
        SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
    ];
    builder
        .no_proxy()
        .resolve_to_addrs("localhost", &this_machine)
}

/// A client that never encrypts, so that no certificate is read for it.
pub(super) fn unencrypted(builder: blocking::ClientBuilder) -> blocking::ClientBuilder {
    builder.tls_certs_only([])
}

fn with_headers(request: RequestBuilder, question: &Question<'_>) -> RequestBuilder {
    let mut request = request.header(ACCEPT, ACCEPTED);
    if let Some(etag) = question.etag {
        request = request.header(IF_NONE_MATCH, etag);
    }
    if let Some(last_modified) = question.last_modified {
        request = request.header(IF_MODIFIED_SINCE, last_modified);
    }
    if question.past_caches {
        request = request.header(CACHE_CONTROL, "no-cache");
    }
    request
}

/// A redirect is followed within the server that was asked for, which is whom the operator trusts.
fn follow(attempt: Attempt<'_>) -> reqwest::redirect::Action {
    let next = attempt.url();
    let asked = attempt.previous().first();
    let elsewhere = asked.is_none_or(|asked| asked.origin() != next.origin());
    if elsewhere || has_credentials(next) {
        let place = quoted(&shown(next));
        return attempt.error(Trouble::Elsewhere(place));
    }
    if attempt.previous().len() > MOST_REDIRECTS {
        return attempt.error(Trouble::RoundAndRound(MOST_REDIRECTS));
    }
    attempt.follow()
}
