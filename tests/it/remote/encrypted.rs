//! Whom we believe to be the server that was asked for.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use flags::remote::{Client, Documents, Doubt, Origin, Trouble, jwks};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::{TempDir, tempdir};

use super::server::{KEYS, Server, answer, at, good, limits, trouble};

/// An authority of our own, and the file that names it.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    directory: TempDir,
}

impl Authority {
    fn named(name: &str) -> Self {
        let mut parameters = CertificateParams::new([]).unwrap();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let issuer = CertifiedIssuer::self_signed(parameters, key).unwrap();
        let directory = tempdir().unwrap();
        let certificate = pem::Pem::new("CERTIFICATE", issuer.der().to_vec());
        let file = directory.path().join("ca.pem");
        std::fs::write(file, pem::encode(&certificate)).unwrap();
        Self { issuer, directory }
    }

    fn file(&self) -> PathBuf {
        self.directory.path().join("ca.pem")
    }

    /// A server's certificate for a host, altered as a test likes.
    fn certificate(
        &self,
        host: &str,
        alter: impl FnOnce(&mut CertificateParams),
    ) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new([host.to_owned()]).unwrap();
        alter(&mut parameters);
        let certificate = parameters.signed_by(&key, &self.issuer).unwrap();
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

    /// Documents of whoever believes this authority.
    fn believer(&self, directory: Option<PathBuf>) -> Documents {
        Documents::new(Client::new(Some(self.file()), limits()), directory)
    }
}

fn as_it_is(_: &mut CertificateParams) {}

#[test]
fn an_authority_of_ones_own_is_believed_when_it_is_named() {
    let authority = Authority::named("ours");
    for host in ["127.0.0.1", "localhost"] {
        let config = authority.certificate(host, as_it_is);
        let server = Server::saying_encrypted(config, [good(&[], KEYS)]);
        let address = format!("https://{host}:{}/keys", server.port());
        let documents = authority.believer(None);
        let document = jwks::get(&documents, &address.parse().unwrap(), at(0)).unwrap();
        assert_eq!(
            (document.text.as_str(), document.from),
            (KEYS, Origin::Network)
        );
    }
}

#[test]
fn a_server_that_does_not_prove_its_name_is_not_asked() {
    let (ours, theirs) = (Authority::named("ours"), Authority::named("theirs"));
    let past = |parameters: &mut CertificateParams| {
        parameters.not_before = date_time_ymd(2020, 1, 1);
        parameters.not_after = date_time_ymd(2021, 1, 1);
    };
    let future = |parameters: &mut CertificateParams| {
        parameters.not_before = date_time_ymd(4000, 1, 1);
    };
    let pretender = Authority::named("ours");
    for (config, doubt) in [
        (
            pretender.certificate("127.0.0.1", as_it_is),
            Doubt::UnknownAuthority,
        ),
        (
            theirs.certificate("127.0.0.1", as_it_is),
            Doubt::UnknownAuthority,
        ),
        (ours.certificate("127.0.0.1", past), Doubt::Expired),
        (ours.certificate("127.0.0.1", future), Doubt::NotYet),
        (
            ours.certificate("hostile.example", as_it_is),
            Doubt::OtherHost,
        ),
        (ours.certificate("127.0.0.2", as_it_is), Doubt::OtherHost),
    ] {
        let server = Server::saying_encrypted(config, [good(&[], KEYS)]);
        let result = jwks::get(&ours.believer(None), &server.at("/keys"), at(0));
        let error = result.as_ref().unwrap_err();
        assert_eq!(error.code(), "server_not_trusted");
        assert!(!error.to_string().contains("hostile"), "{error}");
        assert_eq!(trouble(result), Trouble::Untrusted(doubt));
        assert_eq!(server.asked().len(), 0, "{doubt:?}");
    }
    let told = Doubt::UnknownAuthority.to_string();
    assert!(told.contains("--ca-bundle"), "{told}");
}

#[test]
fn what_one_authority_vouched_for_is_not_believed_under_another() {
    let (ours, theirs) = (Authority::named("ours"), Authority::named("theirs"));
    let copies = tempdir().unwrap();
    let config = theirs.certificate("127.0.0.1", as_it_is);
    let server = Server::saying_encrypted(config, [good(&[], KEYS)]);
    let get = |authority: &Authority| {
        let documents = authority.believer(Some(copies.path().to_owned()));
        jwks::get(&documents, &server.at("/keys"), at(0))
    };
    assert_eq!(get(&theirs).unwrap().from, Origin::Network);
    assert_eq!(get(&theirs).unwrap().from, Origin::Cache);
    let doubt = Trouble::Untrusted(Doubt::UnknownAuthority);
    assert_eq!(trouble(get(&ours)), doubt);
}

#[test]
fn encryption_is_not_given_up_on_the_way() {
    let authority = Authority::named("ours");
    let plain = Server::saying([good(&[], KEYS)]);
    let config = authority.certificate("127.0.0.1", as_it_is);
    let location = plain.origin() + "/keys";
    let redirect = answer("302 Found", &[("location", &location)], "");
    let server = Server::saying_encrypted(config, [redirect]);
    let documents = authority.believer(None);
    let result = jwks::get(&documents, &server.at("/keys"), at(0));
    assert!(matches!(trouble(result), Trouble::Elsewhere(_)));
    assert_eq!(plain.asked().len(), 0);
}

#[test]
fn a_server_that_does_not_encrypt_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = thread::spawn(move || {
        let answers = [
            &b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n"[..],
            b"",
        ];
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut greeting = [0; 4096];
            let _ = stream.read(&mut greeting).unwrap();
            stream.write_all(answer).unwrap();
        }
    });
    let authority = Authority::named("ours");
    let documents = authority.believer(None);
    let address = format!("https://127.0.0.1:{port}/").parse().unwrap();
    for expected in ["what it answers is not TLS", "it hangs up"] {
        let result = jwks::get(&documents, &address, at(0));
        assert_eq!(trouble(result), Trouble::Handshake(expected.to_owned()));
    }
    server.join().unwrap();
}
