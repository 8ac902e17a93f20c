//! Writing records: checked against row and field rights, sealed under the customer's key, made durable with its event.

use std::collections::BTreeMap;

mod part;

use model::object::Search;
use model::{
    DepartmentId, Disclosure, FieldDef, FieldKind, FieldLevel, FieldName, ObjectType, RecordId, Slot, StoredRow, Touch,
    UserId, Value,
};
use vault::{DataKey, Place, WrappedKey, blind};

use super::gate::random;
use super::grant::{Grant, record_failure, tell};
use super::journal::Change;
use super::operation::OnRecords;
use super::recorder::Recorder;
use super::refusal::{FieldProblem, Refusal};
use super::sealed::{Disclosed, change_event, key_of, open_field};
use super::seals::Seals;

pub use part::Part;

/// Values by field; `None` takes a value away.
pub type Values = BTreeMap<FieldName, Option<Value>>;

/// A record about to be made.
pub struct NewRecord {
    pub id: RecordId,
    /// Whose data it is and that customer's wrapped key; `None` when the record is its own subject and gets a new key.
    pub customer: Option<(RecordId, (u32, Vec<u8>))>,
    pub owner: Option<UserId>,
    pub department: Option<DepartmentId>,
    pub pool: bool,
    pub values: Values,
}

/// Tokens of a blind index for one field: all old ones are replaced.
pub struct Tokens {
    pub field: FieldName,
    pub tokens: Vec<u64>,
}

/// Where the written values go: what the store turns into statements.
pub struct Places {
    pub clear: Vec<(Slot, Option<Value>)>,
    /// Ciphertexts of changed sealed fields.
    pub sealed: BTreeMap<FieldName, Option<Vec<u8>>>,
    pub tokens: Vec<Tokens>,
    /// Full-length keyed hashes of unique fields' values; `None` when the value is taken away.
    pub unique: Vec<(FieldName, Option<[u8; 32]>)>,
    /// The new customer's wrapped key.
    pub new_key: Option<(u32, Vec<u8>)>,
    /// Seals the row that is written.
    pub seals: Seals,
}

/// A checked and sealed change, waiting for the store's statements. Used up by [`Write::commit`].
#[must_use = "a write that is not committed leaves no record"]
pub struct Write<O: OnRecords> {
    grant: Grant<O>,
    record: RecordId,
    customer: RecordId,
    disclosure: Disclosure,
    /// The version that the write gives each record it changes; told by the event, so that a row put back is found.
    versions: Vec<(RecordId, i64)>,
    told: Vec<(&'static str, serde_json::Value)>,
    /// Records made within the same act: id, whose data, what was written.
    more: Vec<(RecordId, RecordId, Disclosure)>,
    pub places: Places,
}

impl<O: OnRecords> Grant<O> {
    /// Checks and seals a new record.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every field that is wrong, [`Refusal::ForbiddenOnRecord`] when no rule lets the caller
    /// make such a record; both recorded.
    pub async fn create(self, new: NewRecord) -> Result<Write<O>, Refusal> {
        let object = match self.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(self.refuse(refusal).await),
        };
        let (row, mut problems) = self.new_row(&object, &new);
        self.write(&object, row, 1, &new.values, &mut problems).await
    }

    /// Checks and seals a change of some fields of a row.
    ///
    /// # Errors
    /// As [`Grant::create`].
    pub async fn change(self, row: StoredRow, values: &Values) -> Result<Write<O>, Refusal> {
        let object = match self.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(self.refuse(refusal).await),
        };
        let mut problems = missing(&object, |f| values.get(&f.name).is_some_and(Option::is_none));
        let next = row.version.saturating_add(1);
        self.write(&object, row, next, values, &mut problems).await
    }

    fn new_row(&self, object: &ObjectType, new: &NewRecord) -> (StoredRow, Vec<FieldProblem>) {
        let row = StoredRow {
            id: new.id,
            customer: new.customer.as_ref().map_or(new.id, |c| c.0),
            owner: new.owner,
            department: new.department,
            pool: new.pool,
            version: 1,
            created_at: self.caller.at,
            updated_at: self.caller.at,
            created_by: self.caller.user,
            clear: new
                .values
                .iter()
                .filter(|(name, _)| object.field(name.as_str()).is_some_and(|f| f.slot.is_some()))
                .filter_map(|(name, value)| Some((name.clone(), value.clone()?)))
                .collect(),
            sealed: BTreeMap::new(),
            key: new.customer.as_ref().map(|c| c.1.clone()),
            members: model::record::Members::default(),
        };
        (row, missing(object, |f| new.values.get(&f.name).is_none_or(Option::is_none)))
    }

    /// Whether the row already holds exactly these values, so that a rerun changes nothing. Shows nothing to anyone.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when stored data does not open.
    pub fn is_same(&self, row: &StoredRow, values: &Values) -> Result<bool, Refusal> {
        let object = self.object_type()?;
        let key = key_of(self, row)?;
        for (name, value) in values {
            let Some(def) = object.field(name.as_str()) else { return Ok(false) };
            let have = match def.slot {
                Some(_) => row.clear.get(name).cloned(),
                None => open_field(object, row, key.as_ref(), name)?,
            };
            if have != *value {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Checks that the operation is allowed on this row, for acts that write no field: delete, share, transfer, erase.
    ///
    /// # Errors
    /// [`Refusal::ForbiddenOnRecord`] if the caller may view it, else [`Refusal::NotFound`]; recorded.
    pub async fn act_on(self, row: &StoredRow) -> Result<Write<O>, Refusal> {
        let grant = self.permit(row).await?;
        let rules = grant.verdict(row).rules.iter().map(ToString::to_string).collect();
        Ok(Write {
            record: row.id,
            customer: row.customer,
            disclosure: Disclosure { rules, ..Disclosure::default() },
            versions: vec![],
            told: vec![],
            more: vec![],
            places: Places {
                clear: vec![],
                sealed: BTreeMap::new(),
                tokens: vec![],
                unique: vec![],
                new_key: None,
                seals: grant.core.recorder.seals().clone(),
            },
            grant,
        })
    }

    /// Checks that the operation is allowed on this row, for acts that disclose it.
    ///
    /// # Errors
    /// As [`Self::act_on`]; recorded.
    pub async fn permit(self, row: &StoredRow) -> Result<Self, Refusal> {
        match self.check_row(row) {
            Ok(()) => Ok(self),
            Err(refusal) => Err(self.refuse(refusal).await),
        }
    }

    /// The caller's level on every field of the row, in the definition's order.
    pub fn levels_on(&self, row: &StoredRow) -> Vec<FieldLevel> {
        self.levels(row)
    }

    fn check_row(&self, row: &StoredRow) -> Result<(), Refusal> {
        let verdict = self.verdict(row);
        if verdict.allowed {
            return Ok(());
        }
        let rules = verdict.rules.iter().map(ToString::to_string).collect();
        // A create has no record yet that one could know of.
        if O::ACTION == model::Action::Create || self.verdict_of(model::Action::View, row).allowed {
            Err(Refusal::ForbiddenOnRecord { rules, obligation: verdict.obligation })
        } else {
            Err(Refusal::NotFound)
        }
    }

    async fn write(
        self,
        object: &ObjectType,
        row: StoredRow,
        version: i64,
        values: &Values,
        problems: &mut Vec<FieldProblem>,
    ) -> Result<Write<O>, Refusal> {
        match self.check_and_seal(object, &row, values, problems) {
            Ok((places, disclosure)) => {
                let versions = vec![(row.id, version)];
                Ok(Write {
                    record: row.id,
                    customer: row.customer,
                    disclosure,
                    versions,
                    told: vec![],
                    more: vec![],
                    places,
                    grant: self,
                })
            }
            Err(refusal) => Err(self.refuse(refusal).await),
        }
    }

    /// The row right, the field rights, then the sealing. Records nothing.
    fn check_and_seal(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        values: &Values,
        problems: &mut Vec<FieldProblem>,
    ) -> Result<(Places, Disclosure), Refusal> {
        self.check_row(row)?;
        let levels = self.levels(row);
        for name in values.keys() {
            let at = object.fields.iter().position(|f| f.name == *name);
            let level = at.and_then(|at| levels.get(at)).copied().unwrap_or(FieldLevel::Hidden);
            // What the house keeps is nobody's to edit; an act that keeps it needs no right on the field.
            let kept = object.field(name.as_str()).is_some_and(|f| f.kept);
            if if kept { self.op.keeps() } else { level == FieldLevel::Editable } {
                continue;
            }
            // A hidden field is answered like one that does not exist.
            let (code, reason) = if level == FieldLevel::Hidden {
                ("unknown_field", "there is no such field")
            } else {
                ("not_editable", "this field cannot be changed")
            };
            problems.push(FieldProblem { field: name.to_string(), code, reason: reason.to_owned() });
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(std::mem::take(problems)));
        }
        let places = self.seal_values(object, row, values)?;
        let rules = self.verdict(row).rules.iter().map(ToString::to_string).collect();
        // Written fields are named like shown ones: their writer knows the values.
        let shown = values.keys().cloned().collect();
        Ok((places, Disclosure { shown, masked: vec![], rules }))
    }

    /// Begins a write of many records with one event: an import's chunk.
    pub fn batch(self) -> Batch<O> {
        Batch { grant: self, touches: vec![], versions: vec![], disclosures: vec![] }
    }

    fn seal_values(&self, object: &ObjectType, row: &StoredRow, values: &Values) -> Result<Places, Refusal> {
        let vault = self.core.recorder.vault();
        let damaged = |error: vault::VaultError| {
            tracing::error!(%error, "a value could not be sealed");
            Refusal::Damaged
        };
        let (key, new_key): (DataKey, Option<WrappedKey>) = match key_of(self, row)? {
            Some(key) => (key, None),
            // Only a new record may lack a key; an erased customer's records take no new values.
            None if row.version == 1 && row.customer == row.id && row.sealed.is_empty() => {
                let (key, wrapped) = vault.new_data_key(row.customer, random()).map_err(damaged)?;
                (key, Some(wrapped))
            }
            None => return Err(Refusal::NotFound),
        };
        let mut places = Places {
            clear: vec![],
            sealed: BTreeMap::new(),
            tokens: vec![],
            unique: vec![],
            new_key: new_key.map(|w| (w.kek_version, w.bytes)),
            seals: self.core.recorder.seals().clone(),
        };
        for (name, value) in values {
            let Some(def) = object.field(name.as_str()) else { continue };
            if def.unique {
                let mac = value.as_ref().map(|v| unique_mac(vault, object, def, v)).transpose().map_err(damaged)?;
                places.unique.push((name.clone(), mac));
            }
            if def.search != Search::None {
                let tokens = match value {
                    Some(v) => tokens(vault, object, def, &v.to_text(&def.kind)),
                    None => vec![],
                };
                places.tokens.push(Tokens { field: name.clone(), tokens });
            }
            if let Some(slot) = def.slot {
                places.clear.push((slot, value.clone()));
                continue;
            }
            let sealed = match value {
                None => None,
                Some(v) => {
                    let place = Place { object: object.name.as_str(), record: row.id, field: name.as_str() };
                    let plain = zeroize::Zeroizing::new(serde_json::to_vec(v).map_err(|_| Refusal::Damaged)?);
                    Some(key.seal(&place, random(), &plain).map_err(damaged)?)
                }
            };
            places.sealed.insert(name.clone(), sealed);
        }
        Ok(places)
    }

    /// Blind tokens to look for a value of a sealed field. Candidates found by them MUST be opened and compared.
    pub fn search_tokens(&self, object: &ObjectType, def: &FieldDef, term: &str) -> Vec<u64> {
        tokens_of_query(self.core.recorder.vault(), object, def, term)
    }

    /// Whether an opened candidate row really matches: tokens are truncated, so some do not. Shows nothing to anyone.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when stored data does not open.
    pub fn matches(&self, row: &StoredRow, def: &FieldDef, term: &str) -> Result<bool, Refusal> {
        let object = self.object_type()?;
        let key = key_of(self, row)?;
        let Some(value) = open_field(object, row, key.as_ref(), &def.name)? else { return Ok(false) };
        let have = normalize(&def.kind, &value.to_text(&def.kind));
        let want = normalize(&def.kind, term);
        Ok(!want.is_empty() && if def.search == Search::Part { have.contains(&want) } else { have == want })
    }
}

impl<O: OnRecords> Write<O> {
    pub fn record(&self) -> RecordId {
        self.record
    }
    pub fn grant(&self) -> &Grant<O> {
        &self.grant
    }
    /// The event tells this too.
    pub fn tells(&mut self, name: &'static str, value: serde_json::Value) {
        self.told.push((name, value));
    }
    /// The act gives this record this version.
    pub fn gives(&mut self, record: RecordId, version: i64) {
        self.versions.push((record, version));
    }
    /// Makes the store's statements durable together with the event that tells of them.
    ///
    /// # Errors
    /// [`Refusal::Conflict`], [`Refusal::Taken`] (recorded; nothing changed), [`Refusal::AuditUnavailable`].
    pub async fn commit(self, changes: Vec<Change>) -> Result<Disclosed<RecordId>, Refusal> {
        let mut event = change_event(&self.grant, self.record, self.customer, self.disclosure);
        if !self.versions.is_empty() {
            let versions: BTreeMap<String, i64> = self.versions.iter().map(|(id, v)| (id.to_string(), *v)).collect();
            event.detail = tell(event.detail, [("versions", serde_json::json!(versions))]);
        }
        event.detail = tell(event.detail, self.told);
        for (record, customer, disclosure) in self.more {
            let at = u16::try_from(event.disclosures.len()).unwrap_or(u16::MAX);
            event.disclosures.push(disclosure);
            event.touches.push(Touch { record, customer, disclosure: at });
        }
        // A change's touch is salted by the audit key: an erasure must not unmake the evidence of who changed what,
        // and the item holds no value.
        match self.grant.core.recorder.record(&event, &[], changes).await {
            Ok(_) => Ok(Disclosed::new(self.record, event.id)),
            Err(error) => Err(record_failure(&self.grant.core, event, error).await),
        }
    }
}

/// Threads that seal a batch's records, and the fewest records worth one.
const MOST_THREADS: usize = 8;
const LEAST_SHARE: usize = 64;

/// What the indexes must hold for a record.
pub struct Index {
    pub tokens: Vec<Tokens>,
    pub unique: Vec<(FieldName, Option<[u8; 32]>)>,
}

impl Recorder {
    /// Opens every value of a stored record to compute what its indexes must hold. Gives tokens and keyed hashes, and no
    /// value: for examinations.
    ///
    /// # Errors
    /// When a value does not open: it, or its customer's key, was altered.
    pub fn index_of(&self, object: &ObjectType, row: &StoredRow) -> Result<Index, vault::VaultError> {
        let vault = self.vault();
        let key = match &row.key {
            Some((kek_version, bytes)) => {
                let wrapped = WrappedKey { kek_version: *kek_version, bytes: bytes.clone() };
                Some(vault.open_data_key(row.customer, &wrapped)?)
            }
            None => None,
        };
        if key.is_none() && !row.sealed.is_empty() {
            return Err(vault::VaultError::Damaged);
        }
        let mut index = Index { tokens: vec![], unique: vec![] };
        for def in &object.fields {
            let value = match def.slot {
                Some(_) => row.clear.get(&def.name).cloned(),
                None => open_field(object, row, key.as_ref(), &def.name).map_err(|_| vault::VaultError::Damaged)?,
            };
            let Some(value) = value else { continue };
            if def.search != Search::None {
                let mut tokens = tokens(vault, object, def, &value.to_text(&def.kind));
                tokens.sort_unstable();
                tokens.dedup();
                index.tokens.push(Tokens { field: def.name.clone(), tokens });
            }
            if def.unique {
                index.unique.push((def.name.clone(), Some(unique_mac(vault, object, def, &value)?)));
            }
        }
        Ok(index)
    }
}

/// Many writes that become durable together, with one event.
#[must_use = "a batch that is not committed leaves no record"]
pub struct Batch<O: OnRecords> {
    grant: Grant<O>,
    touches: Vec<Touch>,
    /// Of each touch the version its record has afterwards; 0 where the batch leaves it as it is.
    versions: Vec<i64>,
    disclosures: Vec<Disclosure>,
}

impl<O: OnRecords> Batch<O> {
    pub fn grant(&self) -> &Grant<O> {
        &self.grant
    }
    /// Checks and seals a new record of the batch.
    ///
    /// # Errors
    /// The refusal for this record; the batch goes on without it, and it is not recorded.
    pub fn create(&mut self, new: &NewRecord) -> Result<Places, Refusal> {
        let object = self.grant.object_type()?.clone();
        let (row, mut problems) = self.grant.new_row(&object, new);
        let (places, disclosure) = self.grant.check_and_seal(&object, &row, &new.values, &mut problems)?;
        self.add(&row, row.version, disclosure);
        Ok(places)
    }
    /// Checks and seals new records of the batch, on all processors at once: sealing a record takes as long as writing it.
    /// The answers are in the records' order.
    ///
    /// # Errors
    /// As [`Batch::create`], for each.
    pub fn create_all(&mut self, new: &[NewRecord]) -> Vec<Result<Places, Refusal>> {
        let grant = &self.grant;
        let seal = |new: &NewRecord| -> Result<(StoredRow, Places, Disclosure), Refusal> {
            let object = grant.object_type()?;
            let (row, mut problems) = grant.new_row(object, new);
            let (places, disclosure) = grant.check_and_seal(object, &row, &new.values, &mut problems)?;
            Ok((row, places, disclosure))
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
        let share = new.len().div_ceil(threads).max(LEAST_SHARE);
        let (first, others) = new.split_at(share.min(new.len()));
        let sealed: Vec<_> = std::thread::scope(|scope| {
            let others: Vec<_> = others
                .chunks(share)
                .map(|part| (part.len(), scope.spawn(move || part.iter().map(seal).collect::<Vec<_>>())))
                .collect();
            let mut sealed: Vec<_> = first.iter().map(seal).collect();
            for (count, other) in others {
                // A thread that panicked has sealed nothing that is written.
                sealed.extend(
                    other
                        .join()
                        .unwrap_or_else(|_| std::iter::repeat_with(|| Err(Refusal::Damaged)).take(count).collect()),
                );
            }
            sealed
        });
        sealed
            .into_iter()
            .map(|made| {
                made.map(|(row, places, disclosure)| {
                    self.add(&row, row.version, disclosure);
                    places
                })
            })
            .collect()
    }
    /// Checks and seals a change of a stored record of the batch.
    ///
    /// # Errors
    /// As [`Batch::create`].
    pub fn change(&mut self, row: &StoredRow, values: &Values) -> Result<Places, Refusal> {
        let object = self.grant.object_type()?.clone();
        let mut problems = missing(&object, |f| values.get(&f.name).is_some_and(Option::is_none));
        let (places, disclosure) = self.grant.check_and_seal(&object, row, values, &mut problems)?;
        self.add(row, row.version.saturating_add(1), disclosure);
        Ok(places)
    }
    /// Whether a stored record holds exactly these values already, so that writing them would change nothing. Then the
    /// batch's event names it with these fields: whoever is told "unchanged" knows what it holds. A field that the caller
    /// may not write is never compared: the answer would tell a value that is hidden from them.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when stored data does not open.
    pub fn holds(&mut self, row: &StoredRow, values: &Values) -> Result<bool, Refusal> {
        let object = self.grant.object_type()?.clone();
        let verdict = self.grant.verdict(row);
        let levels = self.grant.levels(row);
        let editable = |name: &FieldName| {
            let at = object.fields.iter().position(|f| f.name == *name);
            at.and_then(|at| levels.get(at)).is_some_and(|l| *l == FieldLevel::Editable)
        };
        if !verdict.allowed || !values.keys().all(editable) || !self.grant.is_same(row, values)? {
            return Ok(false);
        }
        let rules = verdict.rules.iter().map(ToString::to_string).collect();
        let shown = values.keys().cloned().collect();
        self.add(row, 0, Disclosure { shown, masked: vec![], rules });
        Ok(true)
    }
    /// Takes a record out of the batch and its event again: it will not be written.
    pub fn withdraw(&mut self, record: RecordId) {
        let mut kept = self.touches.iter().map(|t| t.record != record).collect::<Vec<_>>().into_iter();
        self.versions.retain(|_| kept.next().unwrap_or(true));
        self.touches.retain(|t| t.record != record);
    }
    /// Ends the batch without writing anything: the refusal of the whole, recorded.
    pub async fn refuse(self, refusal: Refusal) -> Refusal {
        self.grant.refuse(refusal).await
    }
    fn add(&mut self, row: &StoredRow, version: i64, disclosure: Disclosure) {
        let (record, customer) = (row.id, row.customer);
        self.versions.push(version);
        let at = self.disclosures.iter().position(|d| *d == disclosure).unwrap_or_else(|| {
            self.disclosures.push(disclosure);
            self.disclosures.len() - 1
        });
        self.touches.push(Touch { record, customer, disclosure: u16::try_from(at).unwrap_or(u16::MAX) });
    }
    pub fn len(&self) -> usize {
        self.touches.len()
    }
    pub fn is_empty(&self) -> bool {
        self.touches.is_empty()
    }
    /// Makes all statements of the batch durable with its event. A batch in which nothing is written is recorded too: its
    /// answer tells what is there.
    ///
    /// # Errors
    /// As [`Write::commit`]: nothing of the batch was kept.
    pub async fn commit(self, changes: Vec<Change>) -> Result<Disclosed<usize>, Refusal> {
        let mut event = self.grant.event();
        event.object = Some(self.grant.op.object().clone());
        // A batch that writes nothing gives no versions, whatever it looked at: a dry run.
        let written = !changes.is_empty();
        event.detail = tell(self.grant.op.detail(), written.then(|| ("versions", runs(&self.versions))));
        event.disclosures = self.disclosures;
        event.touches = self.touches;
        let count = event.touches.len();
        match self.grant.core.recorder.record(&event, &[], changes).await {
            Ok(_) => Ok(Disclosed::new(count, event.id)),
            Err(error) => Err(record_failure(&self.grant.core, event, error).await),
        }
    }
}

/// Numbers as runs `[number, how often]`: a chunk of new records is one pair.
fn runs(numbers: &[i64]) -> serde_json::Value {
    let runs: Vec<(i64, usize)> =
        numbers.chunk_by(|a, b| a == b).filter_map(|run| Some((*run.first()?, run.len()))).collect();
    serde_json::json!(runs)
}

/// A problem for each required field that `lacks` a value.
fn missing(object: &ObjectType, lacks: impl Fn(&FieldDef) -> bool) -> Vec<FieldProblem> {
    let fields = object.fields.iter().filter(|f| f.required && lacks(f));
    fields
        .map(|f| FieldProblem {
            field: f.name.to_string(),
            code: "required",
            reason: "this field needs a value".to_owned(),
        })
        .collect()
}

/// Bits kept of a blind token: about 2^16 classes for exact values, 2^12 for name parts (docs/encryption.md).
const EXACT_BITS: u8 = 24;

fn field_key(object: &ObjectType, def: &FieldDef) -> String {
    format!("{}.{}", object.name, def.name)
}

/// The form in which values of a kind are compared: spelling differences that people ignore are gone.
pub fn normalize(kind: &FieldKind, text: &str) -> String {
    match kind {
        FieldKind::Phone => blind::normalize_phone(text),
        FieldKind::Email => blind::normalize_email(text),
        FieldKind::IdNumber => blind::normalize_id_number(text),
        _ => Some(blind::normalize_name(text)),
    }
    .unwrap_or_else(|| blind::normalize_name(text))
}

fn tokens(vault: &vault::Vault, object: &ObjectType, def: &FieldDef, text: &str) -> Vec<u64> {
    let normalized = normalize(&def.kind, text);
    if normalized.is_empty() {
        return vec![];
    }
    match def.search {
        Search::None => vec![],
        Search::Exact => vec![vault.blind().exact(&field_key(object, def), &normalized, EXACT_BITS)],
        Search::Part => vault.blind().bigrams(&field_key(object, def), &normalized),
    }
}

fn tokens_of_query(vault: &vault::Vault, object: &ObjectType, def: &FieldDef, term: &str) -> Vec<u64> {
    let normalized = normalize(&def.kind, term);
    match def.search {
        Search::Part if !normalized.is_empty() => vault.blind().query_bigrams(&field_key(object, def), &normalized),
        _ => tokens(vault, object, def, term),
    }
}

fn unique_mac(
    vault: &vault::Vault,
    object: &ObjectType,
    def: &FieldDef,
    value: &Value,
) -> Result<[u8; 32], vault::VaultError> {
    let text = normalize(&def.kind, &value.to_text(&def.kind));
    Ok(vault.system_key("unique")?.mac(field_key(object, def).as_bytes(), text.as_bytes()))
}
