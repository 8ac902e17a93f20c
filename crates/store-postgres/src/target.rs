//! Where the database is, and how the way there is protected: beyond this machine always by TLS, with the server's certificate
//! and name checked. An address cannot turn that off.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config, Error, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::OpenError;
use crate::session::describe;

/// No one waits longer for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// An address, checked.
#[derive(Clone)]
pub struct Target {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Target {
    /// `ca`: certificates (PEM) that may have signed the server's; without it, those the operating system trusts.
    ///
    /// # Errors
    /// [`OpenError::Address`], [`OpenError::Plain`], [`OpenError::Certificates`].
    pub fn new(url: &str, ca: Option<&Path>) -> Result<Self, OpenError> {
        let mut config: Config = url.parse().map_err(|_| OpenError::Address(shown(url)))?;
        if config.get_application_name().is_none() {
            config.application_name("whosaw");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        let tls = match (stays_here(&config), config.get_ssl_mode()) {
            (true, SslMode::Disable | SslMode::Prefer) if ca.is_none() => None,
            (false, SslMode::Disable) => return Err(OpenError::Plain(shown(url))),
            _ => {
                config.ssl_mode(SslMode::Require);
                Some(MakeRustlsConnect::new(client_config(ca)?))
            }
        };
        Ok(Self { config, tls })
    }

    pub fn config(&self) -> &Config {
        &self.config
    }
    pub fn is_encrypted(&self) -> bool {
        self.tls.is_some()
    }

    pub async fn connect(&self) -> Result<Client, Error> {
        // Ends when the client is dropped or the server goes away; whoever uses the client sees that as its error.
        fn keep(connection: impl Future<Output = Result<(), Error>> + Send + 'static) {
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::warn!(error = describe(&error), "a connection to the database ended");
                }
            });
        }
        match &self.tls {
            None => {
                let (client, connection) = self.config.connect(NoTls).await?;
                keep(connection);
                Ok(client)
            }
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await?;
                keep(connection);
                Ok(client)
            }
        }
    }
}

/// An address without what may be secret: a password can stand in several places of it, so only host and database are told,
/// and these only where they look like such.
pub fn shown(url: &str) -> String {
    let plain = |text: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || "._-:/".contains(c);
        if text.chars().all(fits) { text.to_owned() } else { "…".to_owned() }
    };
    let Ok(config) = url.parse::<Config>() else { return "postgresql://…".to_owned() };
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => plain(name),
        Host::Unix(path) => plain(&path.to_string_lossy()),
    });
    let hosts: Vec<String> = hosts.collect();
    format!("postgresql://…@{}/{}", hosts.join(","), plain(config.get_dbname().unwrap_or_default()))
}

/// Whether nothing on the way leaves this machine.
fn stays_here(config: &Config) -> bool {
    let named = config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    });
    named && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

fn client_config(ca: Option<&Path>) -> Result<ClientConfig, OpenError> {
    let mut roots = RootCertStore::empty();
    match ca {
        Some(path) => {
            let wrong = |e: &dyn std::fmt::Display| OpenError::Certificates(format!("`{}`: {e}", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(|e| wrong(&e))? {
                roots.add(certificate.map_err(|e| wrong(&e))?).map_err(|e| wrong(&e))?;
            }
        }
        None => {
            let (good, _) = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            tracing::debug!(good, "certificates of the operating system");
        }
    }
    if roots.is_empty() {
        return Err(OpenError::Certificates("there is none to check the server's with".to_owned()));
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|e| OpenError::Certificates(e.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protected(url: &str) -> Result<bool, OpenError> {
        Target::new(url, None).map(|t| t.tls.is_some())
    }

    #[test]
    fn what_leaves_the_machine_is_encrypted_whatever_the_address_says() {
        for here in ["postgresql://u@localhost/d", "postgresql://u@127.0.0.1/d", "postgresql://u@[::1]/d", "host=/tmp"]
        {
            assert!(matches!(protected(here), Ok(false)), "{here}");
        }
        for away in
            ["postgresql://u:hunter2@db.example/d?sslmode=disable", "host=localhost hostaddr=192.0.2.1 sslmode=disable"]
        {
            let Err(error) = protected(away) else { panic!("{away}") };
            assert!(matches!(error, OpenError::Plain(_)) && !error.to_string().contains("hunter2"), "{error}");
        }
        // Where the operating system has no certificates the answer is an error, never a plain connection.
        for away in
            ["postgresql://u@db.example/d", "postgresql://u@db.example/d?sslmode=prefer", "postgresql://u@192.0.2.1/d"]
        {
            assert!(!matches!(protected(away), Ok(false)), "{away}");
        }
        assert!(!matches!(protected("postgresql://u@localhost/d?sslmode=require"), Ok(false)));
    }

    #[test]
    fn a_password_is_shown_wherever_it_stands_in_no_address() {
        for url in [
            "postgresql://u:hunter2@db.example/d",
            "postgresql://db.example/d?user=a@b&password=hunter2",
            "host=db.example user=a@b password=hunter2",
            "host=db.example password=hunter2 port=none@all",
        ] {
            assert!(!shown(url).contains("hunter2"), "{url}");
        }
        assert_eq!(shown("postgresql://u:p@db.example/d"), "postgresql://…@db.example/d");
    }

    #[test]
    fn a_file_without_certificates_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("ca.pem");
        assert!(matches!(Target::new("host=localhost", Some(&file)), Err(OpenError::Certificates(_))));
        std::fs::write(&file, "nothing").unwrap();
        assert!(matches!(Target::new("host=localhost", Some(&file)), Err(OpenError::Certificates(_))));
    }
}
