//! Just enough of a PostgreSQL server to be logged in to: it encrypts or not, wants a password or
//! none, leads or follows, and remembers what it was told. What is asked of it then, it never answers.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What the server is like.
#[derive(Clone, Default)]
pub(crate) struct Manner {
    /// What it encrypts with.
    pub(crate) tls: Option<Arc<ServerConfig>>,
    /// The password that it knows; without one it lets everybody in.
    pub(crate) password: Option<&'static str>,
    /// Whether it is a replica.
    pub(crate) is_replica: bool,
    /// What it says instead of letting anybody in: a code and a message.
    pub(crate) refusal: Option<(&'static str, &'static str)>,
}

/// What one client did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Visit {
    /// Whether it spoke of itself only once that was encrypted.
    pub(crate) encrypted: bool,
    /// As whom it came.
    pub(crate) user: String,
    /// The database that it wanted.
    pub(crate) database: String,
    /// The password that it showed.
    pub(crate) password: Option<String>,
}

pub(crate) struct Server {
    port: u16,
    visits: Arc<Mutex<Vec<Visit>>>,
}

impl Server {
    pub(crate) fn new(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let visits = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&visits);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (manner, heard) = (manner.clone(), Arc::clone(&heard));
                // A client may leave whenever it likes.
                thread::spawn(move || drop(receive(stream, &manner, &heard)));
            }
        });
        Self { port, visits }
    }

    /// A server that takes connections and says nothing on them.
    pub(crate) fn silent() -> (TcpListener, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        (listener, port)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Those that said who they are, since this was last asked.
    pub(crate) fn visits(&self) -> Vec<Visit> {
        std::mem::take(&mut self.visits.lock().unwrap())
    }
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

const SSL_REQUEST: u32 = 80_877_103;

fn receive(mut stream: TcpStream, manner: &Manner, heard: &Mutex<Vec<Visit>>) -> io::Result<()> {
    let mut visit = Visit::default();
    let mut first = packet(&mut stream)?;
    let wants_tls = first.starts_with(&SSL_REQUEST.to_be_bytes());
    let mut stream: Box<dyn Stream> = match (&manner.tls, wants_tls) {
        (Some(config), true) => {
            stream.write_all(b"S")?;
            let session = ServerConnection::new(Arc::clone(config)).unwrap();
            visit.encrypted = true;
            Box::new(StreamOwned::new(session, stream))
        }
        (None, true) => {
            stream.write_all(b"N")?;
            Box::new(stream)
        }
        (_, false) => Box::new(stream),
    };
    if wants_tls {
        first = packet(&mut stream)?;
    }
    let words: Vec<String> = first[4..]
        .split(|byte| *byte == 0)
        .map(|word| String::from_utf8_lossy(word).into_owned())
        .collect();
    let value = |name: &str| {
        let found = words.chunks(2).find(|pair| pair[0] == name);
        found.map(|pair| pair[1].clone()).unwrap_or_default()
    };
    (visit.user, visit.database) = (value("user"), value("database"));
    if let Some(known) = manner.password {
        message(&mut stream, b'R', &3_u32.to_be_bytes())?;
        let mut kind = [0];
        if stream.read_exact(&mut kind).is_err() {
            heard.lock().unwrap().push(visit);
            return Ok(());
        }
        let told = packet(&mut stream)?;
        let told = String::from_utf8_lossy(told.strip_suffix(&[0]).unwrap_or(&told)).into_owned();
        let is_right = told == known;
        visit.password = Some(told);
        heard.lock().unwrap().push(visit);
        if !is_right {
            return refuse(&mut stream, "28P01", "password authentication failed");
        }
    } else {
        heard.lock().unwrap().push(visit);
    }
    if let Some((code, words)) = manner.refusal {
        return refuse(&mut stream, code, words);
    }
    message(&mut stream, b'R', &0_u32.to_be_bytes())?;
    let standby = if manner.is_replica { "on" } else { "off" };
    for (name, value) in [
        ("in_hot_standby", standby),
        ("default_transaction_read_only", "off"),
    ] {
        message(&mut stream, b'S', format!("{name}\0{value}\0").as_bytes())?;
    }
    message(&mut stream, b'Z', b"I")?;
    io::copy(&mut stream, &mut io::sink()).map(drop)
}

/// A packet without a kind: its length, and what it says.
fn packet(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let mut bytes = vec![0; u32::from_be_bytes(length) as usize - 4];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn message(stream: &mut impl Write, kind: u8, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(&[kind])?;
    stream.write_all(&(bytes.len() as u32 + 4).to_be_bytes())?;
    stream.write_all(bytes)?;
    stream.flush()
}

fn refuse(stream: &mut impl Write, code: &str, words: &str) -> io::Result<()> {
    let fields = format!("SFATAL\0VFATAL\0C{code}\0M{words}\0\0");
    message(stream, b'E', fields.as_bytes())
}

/// An authority of our own.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub(crate) fn new() -> Self {
        let mut parameters = CertificateParams::new([]).unwrap();
        parameters
            .distinguished_name
            .push(DnType::CommonName, "ours");
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(parameters, key).unwrap())
    }

    /// Its certificate, as a file has it.
    pub(crate) fn text(&self) -> String {
        pem::encode(&pem::Pem::new("CERTIFICATE", self.0.der().to_vec()))
    }

    /// What a server of that name encrypts with.
    pub(crate) fn server(&self, name: &str) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new([name.to_owned()]).unwrap();
        let certificate = parameters.signed_by(&key, &self.0).unwrap();
        let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        Arc::new(config)
    }
}
