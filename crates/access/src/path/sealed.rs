//! Sealed rows and disclosed values: between reading and showing stands the record.

use std::collections::{BTreeMap, HashMap};

use model::{AccessEvent, Action, Decision, Disclosure, EventId, FieldLevel, FieldName, ObjectType, StoredRow, Touch};
use vault::{DataKey, Place, WrappedKey};

use super::gate::about;
use super::grant::Grant;
use super::operation::OnRecords;
use super::recorder::Recorder;
use super::refusal::Refusal;
use super::view::RecordView;

/// Rows as read from the store, bound to the grant they were read under. Cannot be looked into, printed, cloned or serialized.
#[must_use = "rows that are not disclosed leave no record"]
pub struct Sealed<O: OnRecords> {
    pub(crate) grant: Grant<O>,
    pub(crate) rows: Vec<StoredRow>,
}

/// What was authorized, masked and durably recorded: the only thing that may become a response.
pub struct Disclosed<T> {
    value: T,
    event: EventId,
}

impl<T> Disclosed<T> {
    pub(crate) fn new(value: T, event: EventId) -> Self {
        Self { value, event }
    }
    pub fn get(&self) -> &T {
        &self.value
    }
    pub fn into_inner(self) -> T {
        self.value
    }
    /// The event that recorded it: the response's `X-Audit-Event`.
    pub fn event(&self) -> EventId {
        self.event
    }
    /// Another form of the same disclosure.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Disclosed<U> {
        Disclosed { value: f(self.value), event: self.event }
    }
}

impl<O: OnRecords> Sealed<O> {
    /// Decrypts what the grant shows, masks the rest, makes the record durable, then releases.
    ///
    /// Rows for which the decision does not hold are left out (the store's filter already does; disagreement is logged as
    /// an error, never resolved in favour of showing).
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the operation names one record and it is not there for the caller (recorded);
    /// [`Refusal::Damaged`] when ciphertext does not open (recorded); [`Refusal::AuditUnavailable`] when the record
    /// cannot be made. Nothing is released then.
    pub async fn disclose(self) -> Result<Disclosed<Vec<RecordView>>, Refusal> {
        let Sealed { grant, rows } = self;
        let single = grant.op.record().is_some();
        if single && rows.is_empty() {
            return Err(grant.refuse(Refusal::NotFound).await);
        }
        let object = match grant.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut opened = match open_rows(&grant, &object, rows) {
            Ok(opened) => opened,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        if single && opened.views.is_empty() {
            return Err(grant.refuse(Refusal::NotFound).await);
        }
        let mut event: AccessEvent = grant.event();
        event.object = Some(object.name.clone());
        event.detail = super::thin::question(&grant.core, &grant.op);
        event.disclosures = opened.disclosures;
        event.touches = opened.touches;
        if event.touches.is_empty() {
            event.rules = grant.reach.iter().flat_map(|r| r.filter.rules()).map(|r| r.to_string()).collect();
            event.rules.sort();
            event.rules.dedup();
        }
        debug_assert_eq!(event.decision, Decision::Allowed);
        if let Err(refusal) = grant.explain_look(&mut event, &object).await {
            return Err(grant.refuse(refusal).await);
        }
        // Limits count what was shown, whatever the event says of it.
        let customers: Vec<_> = event.touches.iter().map(|t| t.customer).collect();
        super::thin::thin(&grant.core, &object, &mut event, &mut opened.keys);
        grant.core.recorder.record(&event, &opened.keys, vec![]).await.map_err(|_| Refusal::AuditUnavailable)?;
        let counters = &grant.core.counters;
        let shown = customers.len() as u64;
        counters.customers(event.caller.user, event.at, customers.into_iter());
        match O::ACTION {
            Action::Reveal => counters.reveal(event.caller.user, event.at),
            Action::Export => counters.exported(event.caller.user, event.at, shown),
            _ => {}
        }
        Ok(Disclosed::new(opened.views, event.id))
    }
}

struct Opened {
    views: Vec<RecordView>,
    disclosures: Vec<Disclosure>,
    touches: Vec<Touch>,
    keys: Vec<Option<DataKey>>,
}

/// The row's customer key; `None` after erasure.
pub(crate) fn key_of<O: OnRecords>(grant: &Grant<O>, row: &StoredRow) -> Result<Option<DataKey>, Refusal> {
    open_key(&grant.core.recorder, row)
}

/// The same, without a grant.
pub(crate) fn open_key(recorder: &Recorder, row: &StoredRow) -> Result<Option<DataKey>, Refusal> {
    let Some((kek_version, bytes)) = &row.key else { return Ok(None) };
    let wrapped = WrappedKey { kek_version: *kek_version, bytes: bytes.clone() };
    recorder.vault().open_data_key(row.customer, &wrapped).map(Some).map_err(|error| {
        tracing::error!(customer.id = %row.customer, %error, "a customer's data key does not open");
        Refusal::Damaged
    })
}

/// Opens one sealed field of a row.
pub(crate) fn open_field(
    object: &ObjectType,
    row: &StoredRow,
    key: Option<&DataKey>,
    field: &FieldName,
) -> Result<Option<model::Value>, Refusal> {
    let (Some(sealed), Some(key)) = (row.sealed.get(field), key) else { return Ok(None) };
    let place = Place { object: object.name.as_str(), record: row.id, field: field.as_str() };
    let plain = key.open(&place, sealed).map_err(|error| {
        tracing::error!(record.id = %row.id, field = %field, %error, "a field does not open");
        Refusal::Damaged
    })?;
    serde_json::from_slice(&plain).map(Some).map_err(|_| Refusal::Damaged)
}

fn open_rows<O: OnRecords>(grant: &Grant<O>, object: &ObjectType, rows: Vec<StoredRow>) -> Result<Opened, Refusal> {
    let mut out = Opened { views: vec![], disclosures: vec![], touches: vec![], keys: vec![] };
    let mut known: HashMap<Disclosure, u16> = HashMap::new();
    let wanted = grant.op.wanted();
    for row in rows {
        let verdict = grant.verdict(&row);
        if !verdict.allowed {
            tracing::error!(record.id = %row.id, "the store returned a row that the decision does not allow; it was left out");
            continue;
        }
        let key = key_of(grant, &row)?;
        let rules = verdict.rules.iter().map(ToString::to_string).collect();
        let mut disclosure =
            grant.facts(&object.name, &row, &verdict.rules, Disclosure { rules, ..Disclosure::default() });
        let mut fields = BTreeMap::new();
        let mut editable = vec![];
        for (def, level) in object.fields.iter().zip(grant.levels(&row)) {
            if wanted.is_some_and(|w| !w.contains(&def.name)) || level == FieldLevel::Hidden {
                continue;
            }
            // It is not here: whoever wants it asks for it where it is, with their rights there.
            if def.kind.is_beside() {
                continue;
            }
            if level == FieldLevel::Editable {
                editable.push(def.name.clone());
            }
            let value = if def.class.is_sealed() || def.slot.is_none() {
                open_field(object, &row, key.as_ref(), &def.name)?
            } else {
                row.clear.get(&def.name).cloned()
            };
            let clear = level >= FieldLevel::ReadOnly || grant.op.revealed().contains(&def.name);
            let json = match &value {
                None => serde_json::Value::Null,
                Some(v) if clear => v.to_json(&def.kind),
                Some(v) => v.masked(&def.kind, &def.mask).into(),
            };
            // That a visible field is empty is disclosed as well, so it counts as shown or masked alike.
            if clear {
                disclosure.shown.push(def.name.clone())
            } else {
                disclosure.masked.push(def.name.clone())
            }
            fields.insert(def.name.clone(), json);
        }
        disclosure.shown.sort();
        disclosure.masked.sort();
        let masked = disclosure.masked.clone();
        let next = u16::try_from(known.len()).unwrap_or(u16::MAX);
        let index = *known.entry(disclosure.clone()).or_insert_with(|| {
            out.disclosures.push(disclosure);
            next
        });
        out.touches.push(Touch { record: row.id, customer: row.customer, disclosure: index });
        out.keys.push(key);
        out.views.push(RecordView {
            id: row.id,
            object: object.name.clone(),
            customer: row.customer,
            owner: row.owner,
            department: row.department,
            pool: row.pool,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            fields,
            masked,
            editable,
        });
    }
    Ok(out)
}

/// The event of a change to one record, with its touch.
pub(crate) fn change_event<O: OnRecords>(
    grant: &Grant<O>,
    record: model::RecordId,
    customer: model::RecordId,
    disclosure: Disclosure,
) -> AccessEvent {
    let mut event = grant.event();
    event.object = Some(grant.op.object().clone());
    event.detail = grant.op.detail();
    about(&mut event, record);
    event.touches = vec![Touch { record, customer, disclosure: 0 }];
    event.disclosures = vec![disclosure];
    event
}
