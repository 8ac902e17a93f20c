//! The company's channels and routes: one setting, sealed and anchored like every other.
//!
//! Rule: addresses and secrets are sealed under a key of the vault and answered to nobody. A channel of another kind, or a system
//! outside that is told to renew, begins with a new secret.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::{Action, RecordId, Text, UnixMs};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::{DataKey, Place};
use zeroize::Zeroizing;

use super::kind::Opened;
use super::{ChannelKind, Digest, Language, Route};
use crate::Store;
use crate::automation::{host_of, is_name, is_public};
use crate::company::{Loaded, Note, operations};
use crate::ids::random;
use crate::mail::is_address;

/// Key of the setting.
pub(crate) const CHANNELS: &str = "channels";
const MOST_CHANNELS: usize = 20;
const MOST_ROUTES: usize = 50;
const LONGEST_LABEL: usize = 80;
const LONGEST_SECRET: usize = 500;

/// A channel without what is secret about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// 1 to 40 of `a-z`, `0-9`, `_`: routes name it.
    pub name: String,
    pub label: Text,
    pub kind: ChannelKind,
    pub on: bool,
    pub language: Language,
    /// Messages of a minute at most.
    pub per_minute: u16,
    /// Whether messages name the person; else they have a pseudonym.
    pub names: bool,
}

/// As it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptChannel {
    pub(super) channel: Channel,
    /// What of the address is shown: a host, or a mailbox.
    pub(super) shown: String,
    /// Sealed, in base64.
    address: String,
    secret: Option<String>,
    /// Alerts from before are not told.
    pub(super) since: UnixMs,
}

/// The setting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Channels {
    pub(super) channels: Vec<KeptChannel>,
    pub(super) routes: Vec<Route>,
}

impl Channels {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.channels.len()
    }
    pub(super) fn find(&self, name: &str) -> Option<&KeptChannel> {
        self.channels.iter().find(|c| c.channel.name == name)
    }
}

/// What becomes of a robot's secret.
#[derive(Clone)]
pub enum ChannelSecret {
    Keep,
    Set(Zeroizing<String>),
    /// It signs nothing.
    None,
}

/// A channel as it is wanted.
#[derive(Clone)]
pub struct ChannelChange {
    pub channel: Channel,
    /// `None` keeps the one there is.
    pub address: Option<Zeroizing<String>>,
    pub secret: ChannelSecret,
    /// Whether a system outside is given a new secret; a new one always is.
    pub renew: bool,
}

impl std::fmt::Debug for ChannelChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChannelChange").field("channel", &self.channel).finish_non_exhaustive()
    }
}

/// Sets all channels and routes. The whole lists.
#[derive(Debug)]
pub struct ChangeChannels {
    pub channels: Vec<ChannelChange>,
    pub routes: Vec<Route>,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadChannels;

fn told<'a>(channels: impl Iterator<Item = &'a Channel>, routes: &[Route]) -> Value {
    let channels: Vec<Value> = channels
        .map(|c| {
            json!({
                "name": c.name, "kind": c.kind, "on": c.on, "language": c.language, "per_minute": c.per_minute,
                "names": c.names,
            })
        })
        .collect();
    json!({ "channels": channels, "routes": routes })
}

operations! {
    ChangeChannels: SettingManage, |op| json!({
        "act": "channel.change", "old": op.note.get(), "new": told(op.channels.iter().map(|c| &c.channel), &op.routes),
        "addresses": op.channels.iter().filter(|c| c.address.is_some()).map(|c| &c.channel.name).collect::<Vec<_>>(),
        "renewed": op.channels.iter().filter(|c| c.renew).map(|c| &c.channel.name).collect::<Vec<_>>(),
    });
    ReadChannels: SettingManage, |_op| json!({ "act": "channel.read" });
}

/// A channel as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownChannel {
    pub channel: Channel,
    /// Its host, or the mailbox.
    pub shown: String,
    pub has_secret: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownChannels {
    pub channels: Vec<ShownChannel>,
    pub routes: Vec<Route>,
    /// Hosts inside that the company lists, with its other systems outside.
    pub hosts: Vec<String>,
    /// Whether a mail server is set.
    pub mail: bool,
}

fn wrong(n: usize, field: &str, reason: impl Into<String>) -> Refusal {
    Refusal::invalid(&format!("channels.{n}.{field}"), "invalid_value", reason.into())
}
fn wrong_route(n: usize, field: &str, reason: &str) -> Refusal {
    Refusal::invalid(&format!("routes.{n}.{field}"), "invalid_value", reason)
}

fn is_label(label: &Text) -> bool {
    let good = |t: &str| !t.trim().is_empty() && t.chars().count() <= LONGEST_LABEL && !t.chars().any(char::is_control);
    good(&label.zh) && good(&label.en)
}

/// Checks an address; gives what of it is shown, or what is wrong with it.
fn check_address(from: &Loaded, kind: ChannelKind, address: &str) -> Result<String, &'static str> {
    if kind == ChannelKind::Mail {
        return match is_address(address) {
            true => Ok(address.to_owned()),
            false => Err("one address, as crm@example.com"),
        };
    }
    let (scheme, host) = host_of(address).ok_or("an https address without account, fragment or spaces")?;
    let listed = from.hooks.hosts.contains(&host);
    if scheme == "http" && !listed {
        return Err("http is for hosts that are listed");
    }
    let inside = host.parse::<IpAddr>().is_ok_and(|ip| !is_public(ip)) || host == "localhost";
    if inside && !listed {
        return Err("this address lies inside; list its host first");
    }
    let own = kind.hosts();
    if !own.is_empty() && !own.contains(&host.as_str()) && !listed {
        return Err("this is not an address of this vendor's robots; a relay's host must be listed");
    }
    Ok(host)
}

fn check_routes(from: &Loaded, op: &ChangeChannels) -> Result<(), Refusal> {
    if op.routes.len() > MOST_ROUTES {
        return Err(Refusal::invalid("routes", "invalid_value", "up to 50 routes"));
    }
    let names: BTreeSet<&str> = op.channels.iter().map(|c| c.channel.name.as_str()).collect();
    for (n, route) in op.routes.iter().enumerate() {
        if route.to.is_empty() || route.to.iter().any(|to| !names.contains(to.as_str())) {
            return Err(wrong_route(n, "to", "one or several of the channels"));
        }
        if route.department.is_some_and(|id| !from.departments.contains_key(&id)) {
            return Err(wrong_route(n, "department", "there is no such department"));
        }
        if matches!(route.digest, Digest::Daily { hour } if hour > 23) {
            return Err(wrong_route(n, "digest", "an hour of the day, 0 to 23"));
        }
    }
    Ok(())
}

fn place(name: &str) -> Place<'_> {
    Place { object: "channel", record: RecordId(uuid::Uuid::nil()), field: name }
}

fn seal(key: &DataKey, name: &str, plain: &[u8]) -> Result<String, Refusal> {
    let sealed = key.seal(&place(name), random(), plain).map_err(|error| {
        tracing::error!(%error, "a channel's address or secret could not be sealed");
        Refusal::Damaged
    })?;
    Ok(BASE64_STANDARD.encode(sealed))
}

impl Store {
    /// Sets all channels and routes; gives the secrets that were made, by name. They are shown never again.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_channels(
        &self,
        grant: Grant<ChangeChannels>,
    ) -> Result<Disclosed<BTreeMap<String, String>>, Refusal> {
        let key = self.identity.channel_key.clone();
        self.change_company(grant, move |grant, draft| {
            let op = grant.operation();
            let have = &draft.from.channels;
            op.note.set(told(have.channels.iter().map(|c| &c.channel), &have.routes));
            if op.channels.len() > MOST_CHANNELS {
                return Err(Refusal::invalid("channels", "invalid_value", "up to 20 channels"));
            }
            let (mut channels, mut made) = (vec![], BTreeMap::new());
            for (n, change) in op.channels.iter().enumerate() {
                if op.channels.iter().take(n).any(|c| c.channel.name == change.channel.name) {
                    return Err(wrong(n, "name", "another channel has the name"));
                }
                channels.push(keep_channel(&draft.from, (n, change), &key, grant.now(), &mut made)?);
            }
            check_routes(&draft.from, op)?;
            let next = Channels { channels, routes: op.routes.clone() };
            draft.next.channels.clone_from(&next);
            draft.set(CHANNELS, &next)?;
            Ok(made)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_channels(&self, grant: Grant<ReadChannels>) -> Result<Disclosed<ShownChannels>, Refusal> {
        let company = self.company();
        let show = |c: &KeptChannel| ShownChannel {
            channel: c.channel.clone(),
            shown: c.shown.clone(),
            has_secret: c.secret.is_some(),
        };
        let shown = ShownChannels {
            channels: company.channels.channels.iter().map(show).collect(),
            routes: company.channels.routes.clone(),
            hosts: company.hooks.hosts.clone(),
            mail: company.mail.is_some(),
        };
        grant.carry_out(vec![], shown).await
    }

    fn open_channel_text(&self, name: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let sealed = BASE64_STANDARD.decode(sealed).map_err(|_| Refusal::Damaged)?;
        let opened = self.identity.channel_key.open(&place(name), &sealed).map_err(|error| {
            tracing::error!(%error, "a channel's address or secret does not open");
            Refusal::Damaged
        })?;
        Ok(Zeroizing::new(opened.to_vec()))
    }

    /// A channel with what it takes to use it.
    pub(super) fn open_channel(&self, kept: &KeptChannel) -> Result<Opened, Refusal> {
        let Channel { name, kind, language, .. } = &kept.channel;
        let url = self.open_channel_text(name, &kept.address)?;
        let url = Zeroizing::new(String::from_utf8(url.to_vec()).map_err(|_| Refusal::Damaged)?);
        let field = format!("{name}.secret");
        let secret = kept.secret.as_deref().map(|s| self.open_channel_text(&field, s)).transpose()?;
        let inside = self.company().hooks.lists(&url);
        Ok(Opened { kind: *kind, language: *language, url, secret, inside })
    }
}

fn keep_channel(
    from: &Loaded,
    (n, change): (usize, &ChannelChange),
    key: &DataKey,
    now: UnixMs,
    made: &mut BTreeMap<String, String>,
) -> Result<KeptChannel, Refusal> {
    let ChannelChange { channel, address, secret, renew } = change;
    let Channel { name, kind, .. } = channel;
    if !is_name(name) {
        return Err(wrong(n, "name", "a name is 1 to 40 of `a-z`, `0-9` and `_`"));
    }
    if !is_label(&channel.label) {
        return Err(wrong(n, "label", "a label in Chinese and in English is needed"));
    }
    if !(1..=kind.most_per_minute()).contains(&channel.per_minute) {
        return Err(wrong(n, "per_minute", format!("1 to {} messages a minute", kind.most_per_minute())));
    }
    let have = from.channels.find(name).filter(|c| c.channel.kind == *kind);
    let (shown, sealed) = match (address, have) {
        (Some(address), _) => {
            let shown = check_address(from, *kind, address).map_err(|reason| wrong(n, "address", reason))?;
            (shown, seal(key, name, address.as_bytes())?)
        }
        (None, Some(have)) => (have.shown.clone(), have.address.clone()),
        (None, None) => return Err(wrong(n, "address", "a new channel needs its address")),
    };
    let field = format!("{name}.secret");
    let secret = match (kind, secret) {
        (ChannelKind::Webhook, ChannelSecret::Set(_)) => {
            return Err(wrong(n, "secret", "the secret of this kind is made here"));
        }
        (ChannelKind::Webhook, _) => match have.and_then(|h| h.secret.clone()).filter(|_| !renew) {
            Some(kept) => Some(kept),
            None => {
                let mut bytes = Zeroizing::new([0_u8; 32]);
                getrandom::fill(&mut bytes[..]).map_err(|_| Refusal::Damaged)?;
                made.insert(name.clone(), format!("whsec_{}", BASE64_STANDARD.encode(&bytes[..])));
                Some(seal(key, &field, &bytes[..])?)
            }
        },
        (_, ChannelSecret::Set(_)) if !kind.takes_secret() => {
            return Err(wrong(n, "secret", "this kind has no secret"));
        }
        (_, ChannelSecret::Set(text)) => {
            if text.is_empty() || text.len() > LONGEST_SECRET || text.chars().any(char::is_control) {
                return Err(wrong(n, "secret", "1 to 500 characters"));
            }
            Some(seal(key, &field, text.as_bytes())?)
        }
        (_, ChannelSecret::None) => None,
        (_, ChannelSecret::Keep) => have.and_then(|h| h.secret.clone()),
    };
    // Whoever turns it on, or makes it, has what comes from then on.
    let since = have.filter(|h| h.channel.on).map_or(now, |h| h.since);
    Ok(KeptChannel { channel: channel.clone(), shown, address: sealed, secret, since })
}
