//! Mail: the one place that speaks SMTP, and the work that hands over what is due.
//!
//! Rule: whoever acts never waits for a mail server. A name is looked up here and held to what mail may be handed to before anything
//! connects; the certificate is checked against the name, by what the operating system trusts.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, SmtpTransport, Transport as _};
use model::Clock as _;
use store::mail::{Carried, Carrier, Letter, MailError, MailSecurity, OpenServer, may_carry};
use tokio::sync::watch;

use crate::clock::{SystemClock, random};
use crate::outbox::Outbox;

/// Rounds between two looks at notices: a minute.
const ROUNDS_OF_DRAFTS: u64 = 4;
/// Rounds of an hour.
const ROUNDS_OF_SWEEPS: u64 = 240;
/// Each step of a conversation, and all of it.
const PATIENCE: Duration = Duration::from_secs(8);
const PATIENCE_IN_ALL: Duration = Duration::from_secs(12);
const LONGEST_ANSWER: usize = 300;

/// Tells other programs not to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Hands mail over by SMTP.
pub struct Smtp;

#[async_trait::async_trait]
impl Carrier for Smtp {
    async fn carry(&self, server: OpenServer, to: String, letter: Letter) -> Carried {
        // A look-up of a name takes as long as the operating system lets it.
        let sending = tokio::task::spawn_blocking(move || send(&server, &to, &letter));
        match tokio::time::timeout(PATIENCE_IN_ALL, sending).await {
            Ok(Ok(carried)) => carried,
            Ok(Err(_)) => failed(MailError::Unreachable, "it was given up"),
            Err(_) => failed(MailError::Unreachable, "it did not answer in time"),
        }
    }
}

fn failed(error: MailError, answer: &str) -> Carried {
    Carried { error: Some(error), code: None, answer: answer.to_owned() }
}

/// One line that can be shown.
fn plain(text: &str) -> String {
    let one: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST_ANSWER).collect();
    one.trim().to_owned()
}

fn message(from: &str, to: &str, letter: &Letter) -> anyhow::Result<Message> {
    let (from, to): (Address, Address) = (from.parse()?, to.parse()?);
    let id = format!("<{:032x}@{}>", u128::from_be_bytes(random()?), from.domain());
    let sender = Mailbox::new(Some("Whosaw".to_owned()), from);
    Ok(Message::builder()
        .from(sender)
        .to(Mailbox::new(None, to))
        .subject(letter.subject.clone())
        .message_id(Some(id))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())?)
}

/// The address that is connected to. One that mail may not be handed to among several is a name that leads astray.
fn address(server: &OpenServer) -> Result<IpAddr, Carried> {
    let s = &server.server;
    let found = (s.host.as_str(), s.port).to_socket_addrs().map(Iterator::collect::<Vec<SocketAddr>>);
    let found = found.map_err(|_| failed(MailError::Unreachable, "there is no server of this name"))?;
    if !found.iter().all(|a| may_carry(a.ip(), s.security)) {
        return Err(failed(MailError::Unreachable, "no mail is sent to this address"));
    }
    // Version 4 first: many inside have no other.
    let chosen = found.iter().find(|a| a.is_ipv4()).or(found.first());
    chosen.map(SocketAddr::ip).ok_or_else(|| failed(MailError::Unreachable, "there is no server of this name"))
}

/// Sends one mail; blocks.
fn send(server: &OpenServer, to: &str, letter: &Letter) -> Carried {
    match transport(server).and_then(|t| Ok((t, message(&server.server.from, to, letter)?))) {
        Ok((transport, message)) => match transport.send(&message) {
            Ok(answer) => {
                let code = u16::from(answer.code());
                let words = answer.message().collect::<Vec<_>>().join(" ");
                Carried { error: None, code: Some(code), answer: plain(&format!("{code} {words}")) }
            }
            Err(error) => told(&error),
        },
        Err(error) => match error.downcast::<Refused>() {
            Ok(refused) => refused.0,
            Err(error) => failed(MailError::Refused, &plain(&error.to_string())),
        },
    }
}

/// Why nothing was tried.
#[derive(Debug)]
struct Refused(Carried);
impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.answer)
    }
}
impl std::error::Error for Refused {}

fn transport(server: &OpenServer) -> anyhow::Result<SmtpTransport> {
    let s = &server.server;
    let ip = address(server).map_err(Refused)?;
    let tls =
        || TlsParameters::new(s.host.clone()).map_err(|e| Refused(failed(MailError::Tls, &plain(&e.to_string()))));
    let tls = match s.security {
        MailSecurity::Tls => Tls::Wrapper(tls()?),
        MailSecurity::Starttls => Tls::Required(tls()?),
        MailSecurity::None => Tls::None,
    };
    let domain = s.from.rsplit_once('@').map(|(_, d)| d.to_owned()).ok_or_else(|| anyhow!("no sender"))?;
    let mut builder = SmtpTransport::builder_dangerous(ip.to_string())
        .port(s.port)
        .tls(tls)
        .timeout(Some(PATIENCE))
        .hello_name(ClientId::Domain(domain));
    if let (Some(account), Some(password)) = (&s.account, &server.password) {
        builder = builder.credentials(Credentials::new(account.clone(), password.to_string()));
    }
    Ok(builder.build())
}

/// A connection that stood and could not be encrypted: it comes as an error of input and output.
fn is_handshake(error: &lettre::transport::smtp::Error) -> bool {
    std::error::Error::source(error)
        .and_then(|source| source.downcast_ref::<std::io::Error>())
        .and_then(std::io::Error::get_ref)
        .is_some_and(|inner| inner.is::<rustls::Error>())
}

/// What a server said against it, or why there was nothing to hear.
fn told(error: &lettre::transport::smtp::Error) -> Carried {
    let code = error.status().map(u16::from);
    let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let kind = match code {
        // RFC 4954: authentication is needed, too weak, failed, or not now.
        Some(432 | 454 | 530 | 534 | 535 | 538) => MailError::Auth,
        Some(_) => MailError::Refused,
        None if error.is_tls() || is_handshake(error) => MailError::Tls,
        None if error.is_client() && source.contains("STARTTLS") => MailError::Tls,
        None if error.is_client() && source.contains("authentication") => MailError::Auth,
        None if error.is_client() => MailError::Refused,
        // Also what answers in no SMTP.
        None => MailError::Unreachable,
    };
    let answer = match code {
        Some(code) => format!("{code} {source}"),
        None if error.is_timeout() => "it did not answer in time".to_owned(),
        None if source.is_empty() => error.to_string(),
        None => source,
    };
    Carried { error: Some(kind), code, answer: plain(&answer) }
}

/// Notices that go out by mail.
pub struct Mails {
    pub store: store::Store,
    pub carrier: Arc<dyn Carrier>,
    pub public_url: String,
}

#[async_trait::async_trait]
impl Outbox for Mails {
    const EVERY: Duration = Duration::from_secs(15);

    async fn round(&mut self, n: u64, stopped: &mut watch::Receiver<bool>) {
        let Self { store, carrier, public_url } = self;
        if n.is_multiple_of(ROUNDS_OF_DRAFTS)
            && let Err(error) = store.draft_mails(SystemClock.now()).await
        {
            tracing::error!(%error, "notices could not be put into the outbox of mail");
        }
        tokio::select! {
            // One server may keep many letters waiting: what was not handed over is due again.
            _ = stopped.changed() => return,
            done = hand_over(store, &**carrier, public_url) => {
                if let Err(error) = done {
                    tracing::warn!(%error, "mail could not be sent");
                }
            }
        }
        if n % ROUNDS_OF_SWEEPS == 1
            && let Err(error) = store.sweep_mails(SystemClock.now()).await
        {
            tracing::warn!(%error, "mails of long ago were not cleared away");
        }
    }
}

/// Hands over what is due, one after the other: a server that takes nothing is asked once a round.
async fn hand_over(store: &store::Store, carrier: &dyn Carrier, public_url: &str) -> Result<(), access::path::Refusal> {
    for mail in store.due_mails(public_url, SystemClock.now()).await? {
        let carried = carrier.carry(mail.server, mail.to, mail.letter).await;
        store.attempted_mail(mail.id, &carried, SystemClock.now()).await?;
        if carried.error.is_some_and(|e| e != MailError::Refused) {
            // The server's own words may hold an account or an address: the outbox shows a code, and the test what was said.
            tracing::warn!(why = ?carried.error, "the mail server takes no mail; it is tried again");
            break;
        }
    }
    Ok(())
}
