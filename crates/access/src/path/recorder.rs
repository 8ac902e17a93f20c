//! From an access event to a ledger entry: canonical parts, salted commitments, sealed body, durable append.
//!
//! The leaf must hold no personal data and must stay provable after a customer is erased. So an event is committed in
//! three parts: `meta` (what kind of act, which fields, which rules), `actor` (who, from where), and one item per record
//! touched, whose salt comes from that customer's key. Destroying the key destroys the salt: the item can no longer be
//! linked to anyone, while tree, `meta` and `actor` still verify.

use std::sync::Arc;

use ledger::{Group, LeafDecision, LeafKind};
use model::{AccessEvent, Action, Decision, EventId, RecordId, UnixMs};
use serde::{Deserialize, Serialize};
use vault::{DataKey, LogKeyId, Place, Vault, VaultError, WrappedKey};

use super::journal::{Change, Entry, Journal, JournalError, Position, TouchRow, Unit};
use super::log_keys::{LogKeys, SealedBody};
use super::seals::Seals;

/// Name of the system key that salts `meta` and `actor`, and sealed bodies before each day had keys of its own.
pub const AUDIT_KEY: &str = "audit";

/// Salt numbers of an event under the audit key; touches without a customer key follow from `FIRST_ITEM`.
const META: u32 = 0;
const ACTOR: u32 = 1;
const FIRST_ITEM: u32 = 2;

/// What stands beside the ledger for each event, sealed: enough to recompute `c_meta` and `c_actor`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Body {
    pub meta: serde_json::Value,
    pub actor: serde_json::Value,
}

/// Makes events durable. A concrete type: what varies is only the storage below it.
pub struct Recorder {
    journal: Arc<dyn Journal>,
    vault: Arc<Vault>,
    audit_key: DataKey,
    log_keys: LogKeys,
    seals: Seals,
}

/// Integers that canonical JSON cannot write exactly, as texts: a caller may ask about any number, and the asking is recorded.
fn exact(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value as Json;
    const LIMIT: u64 = 1 << 53;
    match value {
        Json::Number(n)
            if n.as_u64().or_else(|| n.as_i64().map(i64::unsigned_abs)).is_some_and(|size| size > LIMIT) =>
        {
            Json::String(n.to_string())
        }
        Json::Array(items) => Json::Array(items.into_iter().map(exact).collect()),
        Json::Object(fields) => Json::Object(fields.into_iter().map(|(name, v)| (name, exact(v))).collect()),
        other => other,
    }
}

impl Recorder {
    /// # Errors
    /// When the vault cannot derive the audit key.
    pub fn new(journal: Arc<dyn Journal>, vault: Arc<Vault>) -> Result<Self, VaultError> {
        let audit_key = vault.system_key(AUDIT_KEY)?;
        let seals = Seals::new(&vault)?;
        let log_keys = LogKeys::new(vault.clone());
        Ok(Self { journal, vault, audit_key, log_keys, seals })
    }

    /// The keys under which bodies are sealed.
    pub fn log_keys(&self) -> &LogKeys {
        &self.log_keys
    }

    /// Seals of rows, for the store.
    pub fn seals(&self) -> &Seals {
        &self.seals
    }

    /// The keys of exported files, for the store.
    pub fn export_keys(&self) -> super::ExportKeys {
        super::ExportKeys::new(self.vault.clone())
    }

    /// Kind and versions of the key-encryption key, without any key.
    pub fn key_info(&self) -> vault::ProviderInfo {
        self.vault.provider().describe()
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    /// Makes the event, and the changes it tells of, durable. Returns only then.
    ///
    /// `keys` are the customers' keys of the touches, in their order; `None` where a customer has none (never had, or erased).
    ///
    /// # Errors
    /// [`JournalError`]: nothing was made durable.
    pub(crate) async fn record(
        &self,
        event: &AccessEvent,
        keys: &[Option<DataKey>],
        mut changes: Vec<Change>,
    ) -> Result<Position, JournalError> {
        let (entry, key) = self.entry(event, keys).map_err(|error| {
            tracing::error!(%error, "an event could not be sealed");
            JournalError::Unavailable
        })?;
        let Some((key, store)) = key else { return self.journal.append(Unit { changes, entry }).await };
        // Last, so that errors name the caller's statements by the numbers they have.
        changes.push(store);
        let position = self.journal.append(Unit { changes, entry }).await?;
        self.log_keys.is_durable(key);
        Ok(position)
    }

    /// The entry, and what must be stored with it.
    fn entry(
        &self,
        event: &AccessEvent,
        keys: &[Option<DataKey>],
    ) -> Result<(Entry, Option<(LogKeyId, Change)>), VaultError> {
        let body = Body { meta: exact(meta_of(event)), actor: exact(actor_of(event)) };
        let commit = |group, salt: [u8; 32], body: &serde_json::Value| {
            // Only JSON without a canonical form is refused, and the parts are made above from plain data.
            ledger::commit(group, &salt, body).map_err(|_| VaultError::Damaged)
        };
        let mut items = Vec::with_capacity(event.touches.len());
        let mut touches = Vec::with_capacity(event.touches.len());
        for (n, touch) in event.touches.iter().enumerate() {
            let n32 = u32::try_from(n).unwrap_or(u32::MAX);
            let key = keys.get(n).and_then(Option::as_ref);
            let salt = item_salt(key, &self.audit_key, event.id, n32);
            let item = item_of(
                event.object.as_ref().map(model::ObjectName::as_str),
                touch.record,
                touch.customer,
                touch.disclosure,
            );
            let commitment = commit(Group::Object, salt, &item)?;
            items.push(commitment);
            touches.push(TouchRow {
                record: touch.record,
                customer: touch.customer,
                disclosure: touch.disclosure,
                keyed: key.is_some(),
                commitment,
            });
        }
        let sealed = self.seal_body(event.id, event.at, &body)?;
        let mut leaf = ledger::Leaf::new(kind_of(event), *event.id.as_bytes(), u64::try_from(event.at.0).unwrap_or(0));
        leaf.action = event.action.code();
        leaf.decision = decision_of(event.decision);
        leaf.c_meta = commit(Group::Meta, self.audit_key.salt(event.id, META), &body.meta)?;
        leaf.c_actor = commit(Group::Actor, self.audit_key.salt(event.id, ACTOR), &body.actor)?;
        leaf.c_object = ledger::object_root(&items);
        let entry = Entry {
            leaf,
            at: event.at,
            actor: event.caller.user,
            on_behalf_of: event.caller.on_behalf_of,
            department: event.department,
            channel: event.caller.origin.channel.as_str(),
            source: event.caller.origin.address.map(|a| a.to_string()),
            object: event.object.as_ref().map(|o| o.as_str().to_owned()),
            policy_version: event.policy_version,
            unexplained: event.unexplained(),
            touches,
            body: sealed.bytes,
        };
        Ok((entry, sealed.store.map(|store| (sealed.key, store))))
    }

    fn seal_body(&self, id: EventId, at: UnixMs, body: &Body) -> Result<SealedBody, VaultError> {
        let plain = serde_json::to_vec(body).unwrap_or_default();
        self.log_keys.seal(at, |key| key.seal(&body_place(id), crate::path::gate::random(), &plain))
    }

    /// The same body under this process's key of another day, for one that must outlive the keys of its own; and what must be
    /// stored with it.
    ///
    /// # Errors
    /// As [`Recorder::open_body`].
    pub fn reseal_body(&self, id: EventId, sealed: &[u8], at: UnixMs) -> Result<(Vec<u8>, Option<Change>), VaultError> {
        let again = self.seal_body(id, at, &self.open_body(id, sealed)?)?;
        Ok((again.bytes, again.store))
    }

    /// Opens a stored body.
    ///
    /// # Errors
    /// [`VaultError::Dropped`] when its key is not there any more. Another when it does not open under its key, or is not a
    /// body: the row was altered.
    pub fn open_body(&self, id: EventId, sealed: &[u8]) -> Result<Body, VaultError> {
        let plain = match self.log_keys.key_of(sealed)? {
            Some((key, sealed)) => key.open(&body_place(id), sealed)?,
            None => self.audit_key.open(&body_place(id), sealed)?,
        };
        serde_json::from_slice(&plain).map_err(|_| VaultError::Damaged)
    }

    /// Seals what belongs to an event under the key its body is sealed under, so that both can be read equally long. `None` where
    /// the body has no key of its day: it is one of before, or was dropped.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn seal_beside(&self, body: &[u8], place: &Place<'_>, plain: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
        self.log_keys.seal_beside(body, |key| key.seal(place, crate::path::gate::random(), plain))
    }

    /// Opens what [`Recorder::seal_beside`] sealed.
    ///
    /// # Errors
    /// [`VaultError::Dropped`] once the event's retention has ended; another when it was altered.
    pub fn open_beside(&self, place: &Place<'_>, sealed: &[u8]) -> Result<zeroize::Zeroizing<Vec<u8>>, VaultError> {
        let (key, sealed) = self.log_keys.key_of(sealed)?.ok_or(VaultError::Damaged)?;
        key.open(place, sealed)
    }

    /// Whether there is a body, and a key for it.
    pub fn has_key(&self, sealed: Option<&[u8]>) -> bool {
        sealed.is_some_and(|sealed| !matches!(self.log_keys.key_of(sealed), Err(VaultError::Dropped)))
    }

    /// The salts of an event's `meta` and `actor`, for evidence.
    pub fn salts(&self, id: EventId) -> ([u8; 32], [u8; 32]) {
        (self.audit_key.salt(id, META), self.audit_key.salt(id, ACTOR))
    }

    /// The salts of the items of one customer, for evidence; `wrapped` is the customer's key, `None` after erasure.
    ///
    /// # Errors
    /// When the key does not open.
    pub fn item_salts(&self, customer: RecordId, wrapped: Option<&WrappedKey>) -> Result<ItemSalts<'_>, VaultError> {
        let key = wrapped.map(|w| self.vault.open_data_key(customer, w)).transpose()?;
        Ok(ItemSalts { key, audit_key: &self.audit_key })
    }

    /// Drops an erased customer's key from memory.
    pub fn forget(&self, customer: RecordId) {
        self.vault.forget(customer);
    }
}

/// Gives the salts of one customer's items and nothing else: the data key stays inside.
pub struct ItemSalts<'a> {
    key: Option<DataKey>,
    audit_key: &'a DataKey,
}

impl ItemSalts<'_> {
    /// The salt of item `n` of an event; `None` for a keyed item whose customer's key is gone.
    pub fn salt(&self, keyed: bool, id: EventId, n: u32) -> Option<[u8; 32]> {
        match (&self.key, keyed) {
            (None, true) => None,
            (key, keyed) => Some(item_salt(key.as_ref().filter(|_| keyed), self.audit_key, id, n)),
        }
    }
}

fn item_salt(key: Option<&DataKey>, audit_key: &DataKey, id: EventId, item: u32) -> [u8; 32] {
    match key {
        Some(key) => key.salt(id, item),
        None => audit_key.salt(id, item.saturating_add(FIRST_ITEM)),
    }
}

fn body_place(id: EventId) -> Place<'static> {
    Place { object: "event", record: RecordId(id.0), field: "body" }
}

/// One touched record as it is committed to.
pub fn item_of(object: Option<&str>, record: RecordId, customer: RecordId, disclosure: u16) -> serde_json::Value {
    serde_json::json!({ "object": object, "record": record, "customer": customer, "disclosure": disclosure })
}

fn meta_of(e: &AccessEvent) -> serde_json::Value {
    let mut meta = serde_json::json!({
        "v": 1,
        "at": e.at,
        "action": e.action,
        "object": e.object,
        "decision": e.decision,
        "policy_version": e.policy_version,
        "rules": e.rules,
        "disclosures": e.disclosures,
        "touches": e.touches.len(),
    });
    if let (Some(n), Some(fields)) = (e.unexplained(), meta.as_object_mut()) {
        fields.insert("unexplained".to_owned(), n.into());
    }
    meta
}

fn actor_of(e: &AccessEvent) -> serde_json::Value {
    let c = &e.caller;
    let mut actor = serde_json::json!({
        "v": 1,
        "user": c.user,
        "on_behalf_of": c.on_behalf_of,
        "department": e.department,
        "channel": c.origin.channel,
        "address": c.origin.address,
        "user_agent": c.origin.user_agent,
        "session": c.session,
        "token": c.token,
        "mfa": c.mfa,
        "purpose": c.purpose,
        "request": c.request_id,
        "detail": e.detail,
    });
    // So that another policy can decide it again.
    if let (Some(asked), Some(fields)) = (&e.asked, actor.as_object_mut()) {
        fields.insert("asked".to_owned(), serde_json::json!(asked));
    }
    actor
}

/// The leaf kind of an event (docs/ledger.md).
fn kind_of(e: &AccessEvent) -> LeafKind {
    match e.action {
        Action::Erase if e.decision == Decision::Allowed => LeafKind::Erasure,
        Action::Retain if e.decision == Decision::Allowed => LeafKind::Retention,
        Action::NodeStart => LeafKind::NodeStart,
        Action::NodeStop => LeafKind::NodeStop,
        Action::Foreign => LeafKind::Foreign,
        a => match a.on() {
            model::action::On::Record => LeafKind::Access,
            model::action::On::System => LeafKind::Change,
            model::action::On::Session => LeafKind::Session,
        },
    }
}

fn decision_of(d: Decision) -> LeafDecision {
    match d {
        Decision::Allowed => LeafDecision::Allowed,
        Decision::Refused => LeafDecision::Refused,
        Decision::Conflict => LeafDecision::Conflict,
        Decision::Intent => LeafDecision::Intent,
        Decision::Unknown => LeafDecision::Unknown,
        Decision::Failed => LeafDecision::Failed,
    }
}
