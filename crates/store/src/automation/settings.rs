//! The company's rules and endpoints: two settings, sealed and anchored like every other.
//!
//! Rule: rules are made by who makes object types, endpoints by who makes settings. An endpoint's secret is sealed under a key of the
//! vault and shown once, to who has it made; its address is in no log but by its host, for addresses hold secrets too.

use std::collections::BTreeMap;
use std::net::IpAddr;

use access::engine::predicate_of;
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::automation::{Automation, Effect, Hook, MOST_HOOKS, MOST_RULES, To, Told, Trigger, Who};
use model::{Action, FieldKind, ObjectType, RecordId, UserKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vault::Place;

use super::webhook::is_public;
use crate::Store;
use crate::company::{Loaded, Note, operations};
use crate::ids::random;

/// Keys of the settings.
pub(crate) const AUTOMATIONS: &str = "automations";
pub(crate) const HOOKS: &str = "webhooks";
/// Hosts inside that a company lists.
const MOST_HOSTS: usize = 50;
const MOST_URL: usize = 500;

/// Systems outside, and hosts that may lie inside.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hooks {
    /// Lower-case names or addresses that may be told although they lie inside, also without TLS.
    pub hosts: Vec<String>,
    pub(crate) hooks: Vec<KeptHook>,
}

/// An endpoint with its secret, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeptHook {
    pub(crate) hook: Hook,
    /// In base64.
    pub(crate) secret: String,
}

impl Hooks {
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.hooks.iter().any(|h| h.hook.name == name && h.hook.on)
    }
    /// Whether the company lists the address's host.
    pub(crate) fn lists(&self, url: &str) -> bool {
        host_of(url).is_some_and(|(_, host)| self.hosts.contains(&host))
    }
}

/// Sets all rules. The whole list, in order.
#[derive(Debug)]
pub struct ChangeAutomations {
    pub rules: Vec<Automation>,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadAutomations;

/// An endpoint as it is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookChange {
    pub hook: Hook,
    /// Whether it is given a new secret; a new one always is.
    pub renew: bool,
}

/// Sets all endpoints. The whole list.
#[derive(Debug)]
pub struct ChangeHooks {
    pub hosts: Vec<String>,
    pub hooks: Vec<HookChange>,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadHooks;

/// An endpoint without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownHook {
    pub hosts: Vec<String>,
    pub hooks: Vec<Hook>,
}

fn plain<'a>(hooks: impl Iterator<Item = &'a Hook>) -> Value {
    hooks.map(|h| json!({ "name": h.name, "host": host_of(&h.url).map(|(_, host)| host), "on": h.on })).collect()
}

operations! {
    ChangeAutomations: ObjectManage, |op| json!({ "act": "automation.change", "old": op.note.get(), "new": op.rules });
    ReadAutomations: DirectoryRead, |_op| json!({ "act": "automation.read" });
    ChangeHooks: SettingManage, |op| json!({
        "act": "webhook.change", "old": op.note.get(), "new": plain(op.hooks.iter().map(|h| &h.hook)), "hosts": op.hosts,
        "renewed": op.hooks.iter().filter(|h| h.renew).map(|h| &h.hook.name).collect::<Vec<_>>(),
    });
    ReadHooks: SettingManage, |_op| json!({ "act": "webhook.read" });
}

/// Scheme and host of an address of a form that is allowed: lower case, an IPv6 address without its brackets.
pub(crate) fn host_of(url: &str) -> Option<(&'static str, String)> {
    let (scheme, rest) = match url.strip_prefix("https://") {
        Some(rest) => ("https", rest),
        None => ("http", url.strip_prefix("http://")?),
    };
    if url.len() > MOST_URL || !url.bytes().all(|b| b.is_ascii_graphic()) || url.contains(['#', '\\', '"', '<', '>']) {
        return None;
    }
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if authority.contains('@') {
        return None;
    }
    let (host, port) = match authority.strip_prefix('[') {
        Some(v6) => v6.split_once(']').map(|(host, port)| (host, port.strip_prefix(':')))?,
        None => match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        },
    };
    let host = host.to_ascii_lowercase();
    is_host(&host).then_some(())?;
    port.is_none_or(|p| p.parse::<u16>().is_ok_and(|p| p > 0)).then_some((scheme, host))
}

/// Whether a text is a name or an address, in lower case.
pub(crate) fn is_host(host: &str) -> bool {
    let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-';
    let name = (1..=253).contains(&host.len()) && host.bytes().all(letters) && !host.starts_with(['.', '-']);
    name || host.parse::<std::net::Ipv6Addr>().is_ok()
}

fn wrong(n: usize, field: &str, reason: impl Into<String>) -> Refusal {
    Refusal::invalid(&format!("rules.{n}.{field}"), "invalid_value", reason.into())
}

fn check(from: &Loaded, rules: &[Automation]) -> Result<(), Refusal> {
    if rules.len() > MOST_RULES {
        return Err(Refusal::invalid("rules", "invalid_value", format!("a company has at most {MOST_RULES} rules")));
    }
    for (n, rule) in rules.iter().enumerate() {
        rule.check().map_err(|e| wrong(n, "then", e.to_string()))?;
        if rules.iter().take(n).any(|r| r.name == rule.name) {
            return Err(wrong(n, "name", "another rule has the name"));
        }
        let Some((_, object)) = from.objects.get(&rule.object) else {
            return Err(wrong(n, "object", "there is no such object"));
        };
        if let Some(condition) = &rule.only {
            predicate_of(condition, object).map_err(|e| wrong(n, "only", e.to_string()))?;
        }
        check_trigger(object, &rule.when).map_err(|reason| wrong(n, "when", reason))?;
        for effect in &rule.then {
            check_effect(from, object, rule, effect).map_err(|reason| wrong(n, "then", reason))?;
        }
    }
    Ok(())
}

fn check_trigger(object: &ObjectType, when: &Trigger) -> Result<(), String> {
    let clear = |name: &model::FieldName| {
        object.field(name.as_str()).filter(|f| f.slot.is_some()).ok_or("there is no such open field")
    };
    match when {
        Trigger::Created {} => {}
        Trigger::Edited { fields } => {
            if fields.iter().any(|f| object.field(f.as_str()).is_none()) {
                return Err("there is no such field".to_owned());
            }
        }
        Trigger::Became { field, values } => {
            let FieldKind::Choice { options } = &clear(field)?.kind else {
                return Err("only a choice becomes a value".to_owned());
            };
            if values.iter().any(|v| options.iter().all(|o| o.value != *v)) {
                return Err("this is none of the field's options".to_owned());
            }
        }
        Trigger::Due { field, .. } => {
            if clear(field)?.kind != FieldKind::Date {
                return Err("only a date is due".to_owned());
            }
        }
    }
    Ok(())
}

fn check_effect(from: &Loaded, object: &ObjectType, rule: &Automation, effect: &Effect) -> Result<(), String> {
    match effect {
        Effect::Set { field, to } => check_set(from, object, rule, (field, to)),
        Effect::Task { object: name, title, owner, .. } => {
            let task = from.objects.get(name).map(|(_, o)| o).ok_or("there is no such object")?;
            let done = task.process().and_then(|p| p.done.as_ref());
            let done = done.ok_or("records of that object have nothing to do")?;
            let named = task.field(task.title_field.as_str()).map(|f| &f.kind);
            match named {
                Some(FieldKind::Text { max }) if title.chars().count() <= usize::from(*max) => {}
                Some(FieldKind::LongText) => {}
                _ => return Err("its title does not fit".to_owned()),
            }
            let given = |f: &model::FieldDef| {
                f.name == task.title_field || f.name == done.due || task.customer_field.as_ref() == Some(&f.name)
            };
            if task.fields.iter().any(|f| f.is_required_at_once() && !given(f)) {
                return Err("records of that object need more than a rule gives".to_owned());
            }
            match owner {
                Who::User(id) if from.users.get(id).is_none_or(|u| u.kind != UserKind::Person) => {
                    Err("there is no such person".to_owned())
                }
                _ => Ok(()),
            }
        }
        Effect::Notify { to, .. } => to.iter().try_for_each(|one| match one {
            Told::User(id) if from.users.get(id).is_none_or(|u| u.kind != UserKind::Person) => {
                Err("there is no such person".to_owned())
            }
            Told::Role(role) if !from.roles.contains_key(role) => Err("there is no such role".to_owned()),
            _ => Ok(()),
        }),
        Effect::Webhook { to } => {
            let known = from.hooks.hooks.iter().any(|h| h.hook.name == *to);
            if known { Ok(()) } else { Err("there is no such endpoint".to_owned()) }
        }
    }
}

fn check_set(
    from: &Loaded,
    object: &ObjectType,
    rule: &Automation,
    (field, to): (&model::FieldName, &To),
) -> Result<(), String> {
    let def = object.field(field.as_str()).ok_or("there is no such field")?;
    if def.is_given() || def.kind.is_beside() || def.unique || object.customer_field.as_ref() == Some(field) {
        return Err("a rule does not set this field".to_owned());
    }
    if matches!(def.kind, FieldKind::Reference { .. }) {
        return Err("a rule refers to no record".to_owned());
    }
    match to {
        To::Nothing {} if def.required => Err("this field needs a value".to_owned()),
        To::Nothing {} => Ok(()),
        To::Actor {} if def.kind != FieldKind::User => Err("only a user field holds who acts".to_owned()),
        To::Actor {} if matches!(rule.when, Trigger::Due { .. }) => Err("nobody acts when a day comes".to_owned()),
        To::Today { .. } if !matches!(def.kind, FieldKind::Date | FieldKind::DateTime) => {
            Err("only a date or time is set to a day".to_owned())
        }
        To::Actor {} | To::Today { .. } => Ok(()),
        To::Value { value } => {
            let value = model::Value::from_json(value, &def.kind).map_err(|e| e.to_string())?;
            match value {
                None => Err("a value is needed".to_owned()),
                Some(model::Value::User(id)) if !from.users.contains_key(&id) => {
                    Err("there is no such person".to_owned())
                }
                Some(model::Value::Text(text)) => {
                    // What only an act gives, no rule gives either.
                    let closing = object.process().is_some_and(|p| p.closing().any(|(f, to)| f == field && to == text));
                    if closing { Err("this status is given by converting or discarding".to_owned()) } else { Ok(()) }
                }
                Some(_) => Ok(()),
            }
        }
    }
}

fn check_hooks(op: &ChangeHooks) -> Result<(), Refusal> {
    let wrong =
        |n: usize, field: &str, reason: &str| Refusal::invalid(&format!("hooks.{n}.{field}"), "invalid_value", reason);
    let good = |host: &String| is_host(host);
    if op.hosts.len() > MOST_HOSTS || !op.hosts.iter().all(good) {
        return Err(Refusal::invalid("hosts", "invalid_value", "up to 50 names or addresses, in lower case"));
    }
    if op.hooks.len() > MOST_HOOKS {
        return Err(Refusal::invalid(
            "hooks",
            "invalid_value",
            format!("a company has at most {MOST_HOOKS} endpoints"),
        ));
    }
    for (n, HookChange { hook, .. }) in op.hooks.iter().enumerate() {
        hook.check().map_err(|e| wrong(n, "name", &e.to_string()))?;
        if op.hooks.iter().take(n).any(|h| h.hook.name == hook.name) {
            return Err(wrong(n, "name", "another endpoint has the name"));
        }
        let Some((scheme, host)) = host_of(&hook.url) else {
            return Err(wrong(n, "url", "an https address without account, fragment or spaces"));
        };
        let listed = op.hosts.contains(&host);
        if scheme == "http" && !listed {
            return Err(wrong(n, "url", "http is for hosts that are listed"));
        }
        let inside = host.parse::<IpAddr>().is_ok_and(|ip| !is_public(ip)) || host == "localhost";
        if inside && !listed {
            return Err(wrong(n, "url", "this address lies inside; list its host first"));
        }
    }
    Ok(())
}

fn place(name: &str) -> Place<'_> {
    Place { object: "webhook", record: RecordId(uuid::Uuid::nil()), field: name }
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_automations(&self, grant: Grant<ChangeAutomations>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeAutomations { rules, note } = grant.operation();
            check(&draft.from, rules)?;
            note.set(json!(draft.from.automations));
            draft.next.automations.clone_from(rules);
            draft.set(AUTOMATIONS, rules)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_automations(&self, grant: Grant<ReadAutomations>) -> Result<Disclosed<Vec<Automation>>, Refusal> {
        let rules = self.company().automations.clone();
        grant.carry_out(vec![], rules).await
    }

    /// Sets all endpoints; gives the secrets that were made, by name. They are shown never again.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_hooks(
        &self,
        grant: Grant<ChangeHooks>,
    ) -> Result<Disclosed<BTreeMap<String, String>>, Refusal> {
        let key = self.identity.webhook_key.clone();
        self.change_company(grant, move |grant, draft| {
            let op = grant.operation();
            check_hooks(op)?;
            op.note.set(plain(draft.from.hooks.hooks.iter().map(|h| &h.hook)));
            let (mut hooks, mut made) = (vec![], BTreeMap::new());
            for HookChange { hook, renew } in &op.hooks {
                let have = draft.from.hooks.hooks.iter().find(|h| h.hook.name == hook.name).filter(|_| !renew);
                let secret = match have {
                    Some(have) => have.secret.clone(),
                    None => {
                        let mut bytes = zeroize::Zeroizing::new([0_u8; 32]);
                        getrandom::fill(&mut bytes[..]).map_err(|_| Refusal::Damaged)?;
                        let sealed = key.seal(&place(&hook.name), random(), &bytes[..]).map_err(|error| {
                            tracing::error!(%error, "an endpoint's secret could not be sealed");
                            Refusal::Damaged
                        })?;
                        made.insert(hook.name.clone(), format!("whsec_{}", BASE64_STANDARD.encode(&bytes[..])));
                        BASE64_STANDARD.encode(sealed)
                    }
                };
                hooks.push(KeptHook { hook: hook.clone(), secret });
            }
            let next = Hooks { hosts: op.hosts.clone(), hooks };
            draft.next.hooks.clone_from(&next);
            draft.set(HOOKS, &next)?;
            Ok(made)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_hooks(&self, grant: Grant<ReadHooks>) -> Result<Disclosed<ShownHook>, Refusal> {
        let hooks = &self.company().hooks;
        let shown =
            ShownHook { hosts: hooks.hosts.clone(), hooks: hooks.hooks.iter().map(|h| h.hook.clone()).collect() };
        grant.carry_out(vec![], shown).await
    }

    pub(super) fn open_secret(&self, kept: &KeptHook) -> Result<zeroize::Zeroizing<Vec<u8>>, Refusal> {
        let sealed = BASE64_STANDARD.decode(&kept.secret).map_err(|_| Refusal::Damaged)?;
        let opened = self.identity.webhook_key.open(&place(&kept.hook.name), &sealed).map_err(|error| {
            tracing::error!(%error, "an endpoint's secret does not open");
            Refusal::Damaged
        })?;
        Ok(zeroize::Zeroizing::new(opened.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_a_client_would() {
        let host = |url| host_of(url).map(|(scheme, host)| format!("{scheme} {host}"));
        assert_eq!(host("https://Hooks.Example.com/a?b=c"), Some("https hooks.example.com".to_owned()));
        assert_eq!(host("http://127.0.0.1:8080"), Some("http 127.0.0.1".to_owned()));
        assert_eq!(host("https://[::1]:443/"), Some("https ::1".to_owned()));
        for bad in [
            "ftp://a",
            "https://",
            "https://a@b/",
            "https://a/#b",
            "https://a b/",
            "https://a:0/",
            "https://a:99999/",
            "https://.a",
            "https://例.cn/",
            "https://a\\b",
        ] {
            assert_eq!(host_of(bad), None, "{bad}");
        }
    }
}
