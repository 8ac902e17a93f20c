//! The mail server: one setting, its password sealed under a key of the vault and answered to nobody.
//!
//! Rule: a password stays with the server it was entered for. Who changes server, port, encryption or account enters it again, so
//! that nobody who may set settings has it sent to a server of their own.

use std::net::{IpAddr, Ipv4Addr};

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::{Action, RecordId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::{DataKey, Place};
use zeroize::Zeroizing;

use super::{Carrier, Letter};
use crate::Store;
use crate::automation::is_host;
use crate::company::{Note, barred, operations};
use crate::ids::random;

/// Key of the setting.
pub(crate) const MAIL_SERVER: &str = "mail_server";
const MOST_DOMAINS: usize = 50;
const LONGEST_WORD: usize = 254;

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// From the first byte, usually port 465.
    Tls,
    /// Begun in the clear and encrypted before anything is said, usually port 587. A server that does not offer it is not used.
    Starttls,
    /// Not at all: to a server on this machine alone.
    None,
}

/// A mail server without its password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailServer {
    /// A name or an address, in lower case.
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// `None` where the server wants no account.
    pub account: Option<String>,
    /// The address that mail comes from.
    pub from: String,
    /// Domains that receivers may have; any if there is none.
    #[serde(default)]
    pub domains: Vec<String>,
}

/// As it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptMail {
    pub(crate) server: MailServer,
    /// Sealed, in base64.
    password: Option<String>,
}

/// A server with what it takes to use it.
pub struct OpenServer {
    pub server: MailServer,
    pub password: Option<Zeroizing<String>>,
}

/// What becomes of the password.
#[derive(Clone)]
pub enum MailPassword {
    Keep,
    Set(Zeroizing<String>),
}

impl std::fmt::Debug for MailPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            MailPassword::Keep => "Keep",
            MailPassword::Set(_) => "Set(…)",
        })
    }
}

/// Sets the mail server; without one no mail is sent.
#[derive(Debug)]
pub struct ChangeMailServer {
    pub server: Option<MailServer>,
    pub password: MailPassword,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadMailServer;

/// Sends one mail, to see whether it is taken.
#[derive(Debug)]
pub struct TestMail {
    pub to: String,
    pub note: Note,
}

fn told(server: Option<&MailServer>) -> Value {
    json!(server.map(|s| json!({
        "host": s.host, "port": s.port, "security": s.security, "from": s.from, "account": s.account.is_some(),
        "domains": s.domains,
    })))
}

operations! {
    ChangeMailServer: SettingManage, |op| json!({
        "act": "mail.change", "old": op.note.get(), "new": told(op.server.as_ref()),
        "password": match op.password { MailPassword::Keep => "kept", MailPassword::Set(_) => "set" },
    });
    ReadMailServer: SettingManage, |_op| json!({ "act": "mail.read" });
    // To whom it went is a person's address: the domain is enough to see where mail went.
    TestMail: SettingManage, |op| json!({
        "act": "mail.test", "domain": op.to.rsplit_once('@').map(|(_, domain)| domain), "outcome": op.note.get(),
    });
}

/// The server as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownMailServer {
    pub server: Option<MailServer>,
    pub has_password: bool,
}

/// Whether mail may be handed to a server at an address. Mail servers stand inside, so addresses inside are taken; those that are
/// nobody's server are not, and what is not encrypted stays on this machine (docs/decisions/0048).
pub fn may_carry(address: IpAddr, security: MailSecurity) -> bool {
    let address = match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(IpAddr::V6(v6), IpAddr::V4),
        v4 => v4,
    };
    let nobody = match address {
        IpAddr::V4(a) => a.is_link_local() || a == Ipv4Addr::BROADCAST,
        IpAddr::V6(a) => a.is_unicast_link_local(),
    };
    let bad = nobody || address.is_unspecified() || address.is_multicast();
    !bad && (security != MailSecurity::None || address.is_loopback())
}

/// Whether a text is one address of mail: of the plain form that every server takes, and nothing that ends a line.
pub(crate) fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let word = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b);
    text.len() <= LONGEST_WORD
        && (1..=64).contains(&local.len())
        && local.bytes().all(word)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && is_host(&domain.to_ascii_lowercase())
        && domain.parse::<IpAddr>().is_err()
        && domain.split('.').all(|part| !part.is_empty())
}

fn wrong(field: &str, reason: &str) -> Refusal {
    Refusal::invalid(&format!("server.{field}"), "invalid_value", reason)
}

impl MailServer {
    fn check(&self) -> Result<(), Refusal> {
        if !is_host(&self.host) {
            return Err(wrong("host", "a name or address in lower case, without scheme and port"));
        }
        if self.port == 0 {
            return Err(wrong("port", "1 to 65535"));
        }
        if let Ok(address) = self.host.parse::<IpAddr>()
            && !may_carry(address, self.security)
        {
            return Err(wrong("host", "no mail is sent there; without encryption only to this machine"));
        }
        let name = self.host.parse::<IpAddr>().is_err();
        if self.security == MailSecurity::None && name && self.host != "localhost" {
            return Err(wrong("security", "without encryption only to this machine"));
        }
        let bad = |text: &str| text.is_empty() || text.len() > LONGEST_WORD || text.chars().any(char::is_control);
        if self.account.as_deref().is_some_and(bad) {
            return Err(wrong("account", "1 to 254 characters, or none"));
        }
        if !is_address(&self.from) {
            return Err(wrong("from", "one address, as crm@example.com"));
        }
        let domain = |d: &String| is_host(d) && d.parse::<IpAddr>().is_err();
        if self.domains.len() > MOST_DOMAINS || !self.domains.iter().all(domain) {
            return Err(wrong("domains", "up to 50 domains in lower case"));
        }
        Ok(())
    }

    /// Whether mail may go to an address.
    pub(crate) fn sends_to(&self, address: &str) -> bool {
        let domain = address.rsplit_once('@').map(|(_, d)| d.to_ascii_lowercase());
        is_address(address) && domain.is_some_and(|d| self.domains.is_empty() || self.domains.contains(&d))
    }

    /// Whether a password that was entered for one is meant for the other.
    fn is_same(&self, other: &MailServer) -> bool {
        let of = |s: &MailServer| (s.host.clone(), s.port, s.security, s.account.clone());
        of(self) == of(other)
    }
}

impl KeptMail {
    /// Whether a server and a password can be kept.
    pub(crate) fn check(server: &MailServer, password: Option<&str>) -> Result<(), Refusal> {
        server.check()?;
        match password {
            None if server.account.is_some() => Err(wrong_password("enter it for this server and account")),
            Some(text) if text.is_empty() || text.len() > 500 || text.chars().any(char::is_control) => {
                Err(wrong_password("1 to 500 characters"))
            }
            _ => Ok(()),
        }
    }

    /// A server with its password sealed; without an account there is none.
    pub(crate) fn seal(server: &MailServer, password: Option<&str>, key: &DataKey) -> Result<Self, Refusal> {
        Self::check(server, password)?;
        let seal = |text: &str| {
            let sealed = key.seal(&PLACE, random(), text.as_bytes()).map_err(|error| {
                tracing::error!(%error, "the mail server's password could not be sealed");
                Refusal::Damaged
            })?;
            Ok(BASE64_STANDARD.encode(sealed))
        };
        let password = password.filter(|_| server.account.is_some()).map(seal).transpose()?;
        Ok(Self { server: server.clone(), password })
    }
}

const PLACE: Place<'_> = Place { object: "mail", record: RecordId(uuid::Uuid::nil()), field: "password" };

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_mail_server(&self, grant: Grant<ChangeMailServer>) -> Result<Disclosed<()>, Refusal> {
        let key = self.identity.mail_key.clone();
        self.change_company(grant, move |grant, draft| {
            let ChangeMailServer { server, password, note } = grant.operation();
            let have = draft.from.mail.as_ref();
            note.set(told(have.map(|m| &m.server)));
            let next = match server {
                None => None,
                Some(server) => {
                    server.check()?;
                    let kept = have.and_then(|m| m.password.clone().map(|p| (m, p)));
                    Some(match (password, kept) {
                        (MailPassword::Set(text), _) => KeptMail::seal(server, Some(text.as_str()), &key)?,
                        (MailPassword::Keep, Some((have, password))) if have.server.is_same(server) => {
                            KeptMail { server: server.clone(), password: Some(password) }
                        }
                        (MailPassword::Keep, _) => KeptMail::seal(server, None, &key)?,
                    })
                }
            };
            draft.next.mail.clone_from(&next);
            draft.set(MAIL_SERVER, &next)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_mail_server(&self, grant: Grant<ReadMailServer>) -> Result<Disclosed<ShownMailServer>, Refusal> {
        let company = self.company();
        let shown = ShownMailServer {
            server: company.mail.as_ref().map(|m| m.server.clone()),
            has_password: company.mail.as_ref().is_some_and(|m| m.password.is_some()),
        };
        grant.carry_out(vec![], shown).await
    }

    /// Sends a test mail; gives the server's answer.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the address; [`Refusal::Barred`] `mail_off`, `mail_unreachable`, `mail_tls`, `mail_auth`, `mail_refused`
    /// with the server's answer as its reason; recorded.
    pub async fn test_mail(&self, grant: Grant<TestMail>, carrier: &dyn Carrier) -> Result<Disclosed<String>, Refusal> {
        let tried = async {
            let server = self.open_mail_server()?.ok_or_else(|| barred("mail_off", "no mail server is set"))?;
            let to = grant.operation().to.clone();
            if !server.server.sends_to(&to) {
                return Err(Refusal::invalid("to", "invalid_value", "one address, of a domain that mail is sent to"));
            }
            let settings = &self.company().settings;
            let letter = Letter::of_test(&settings.company, settings.language);
            let carried = carrier.carry(server, to, letter).await;
            let outcome = carried.error.map_or("taken", super::MailError::as_str);
            grant.operation().note.set(json!({ "outcome": outcome, "code": carried.code }));
            match carried.error {
                None => Ok(carried.answer),
                Some(error) => Err(barred(error.code(), carried.answer)),
            }
        };
        match tried.await {
            Ok(answer) => grant.carry_out(vec![], answer).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    pub(crate) fn open_mail_server(&self) -> Result<Option<OpenServer>, Refusal> {
        let company = self.company();
        let Some(kept) = &company.mail else { return Ok(None) };
        let password = match &kept.password {
            None => None,
            Some(sealed) => {
                let sealed = BASE64_STANDARD.decode(sealed).map_err(|_| Refusal::Damaged)?;
                let opened = self.identity.mail_key.open(&PLACE, &sealed).map_err(|error| {
                    tracing::error!(%error, "the mail server's password does not open");
                    Refusal::Damaged
                })?;
                Some(Zeroizing::new(String::from_utf8(opened.to_vec()).map_err(|_| Refusal::Damaged)?))
            }
        };
        Ok(Some(OpenServer { server: kept.server.clone(), password }))
    }
}

fn wrong_password(reason: &str) -> Refusal {
    Refusal::invalid("server.password", "invalid_value", reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_and_ends_no_line() {
        for good in ["li.wei@example.com", "a+b@mail.example.cn", "x@EXAMPLE.com"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "li",
            "@a.cn",
            "a@",
            "a b@c.cn",
            "a@b.cn\r\nRCPT TO:<x@y.z>",
            "a@b.cn,c@d.cn",
            "<a@b.cn>",
            "a@[1.2.3.4]",
            "a@1.2.3.4",
            "李@例.cn",
            ".a@b.cn",
            "a..b@c.cn",
            "a@b..cn",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn mail_goes_inside_but_not_to_what_is_nobody_s_server() {
        let may = |ip: &str, security| may_carry(ip.parse().unwrap(), security);
        for inside in ["10.0.0.5", "192.168.1.9", "127.0.0.1", "fd00::1", "8.8.8.8"] {
            assert!(may(inside, MailSecurity::Starttls), "{inside}");
        }
        for nobody in
            ["169.254.169.254", "0.0.0.0", "::", "224.0.0.1", "255.255.255.255", "fe80::1", "::ffff:169.254.169.254"]
        {
            assert!(!may(nobody, MailSecurity::Tls), "{nobody}");
        }
        assert!(may("::1", MailSecurity::None) && may("127.0.0.1", MailSecurity::None));
        assert!(!may("10.0.0.5", MailSecurity::None));
    }
}
