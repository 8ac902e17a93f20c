//! Writing records: checked against row and field rights, sealed under the customer's key, made durable with its event.

mod batch;
mod blend;
mod house;
mod index;
mod part;
mod rules;
mod unblend;

use std::collections::BTreeMap;

use model::object::Search;
use model::{
    DepartmentId, Disclosure, FieldDef, FieldLevel, FieldName, ObjectName, ObjectType, RecordId, Slot, StoredRow,
    UnixMs, UserId, Value,
};
use vault::{DataKey, Place, WrappedKey};

pub use batch::Batch;
pub(in crate::path) use batch::runs;
pub use blend::{Choose, may_choose};
pub use index::{Index, Tokens, normalize};
use index::{tokens, unique_mac};

use super::gate::random;
use super::grant::{Grant, record_failure, tell};
use super::journal::Change;
use super::operation::OnRecords;
use super::reasons::touch;
use super::recorder::Recorder;
use super::refusal::{FieldProblem, Refusal};
use super::sealed::{Disclosed, change_event, key_of, open_field, open_key};
use super::seals::Seals;

pub use part::{Alike, Part};
pub use rules::keeps_rules;
pub use unblend::{Parting, Replaced};

/// What is written of a record: what the caller sends, and what the house gives beside it.
#[derive(Clone, Copy)]
struct Written<'a> {
    values: &'a Values,
    given: &'a Values,
    is_new: bool,
}

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
    /// Numbers that the house gives it.
    pub given: Values,
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
    pub(in crate::path) disclosure: Disclosure,
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
        let written = Written { values: &new.values, given: &new.given, is_new: true };
        self.write(&object, row, 1, written, &mut problems).await
    }

    /// Checks and seals a change of some fields of a row.
    ///
    /// # Errors
    /// As [`Grant::create`].
    pub async fn change(self, row: StoredRow, values: &Values) -> Result<Write<O>, Refusal> {
        self.change_giving(row, values, &Values::new()).await
    }

    /// As [`Grant::change`], with what the house writes besides, whatever the caller's rights on those fields: numbers, what it keeps of
    /// the record, what a rule of the company sets. The caller is not shown it.
    ///
    /// # Errors
    /// As [`Grant::create`].
    pub async fn change_giving(self, row: StoredRow, values: &Values, given: &Values) -> Result<Write<O>, Refusal> {
        let object = match self.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(self.refuse(refusal).await),
        };
        let mut problems = missing(&object, |f| values.get(&f.name).is_some_and(Option::is_none));
        let next = row.version.saturating_add(1);
        let written = Written { values, given, is_new: false };
        self.write(&object, row, next, written, &mut problems).await
    }

    fn new_row(&self, object: &ObjectType, new: &NewRecord) -> (StoredRow, Vec<FieldProblem>) {
        let row = blank(object, new, (self.caller.user, self.caller.at));
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
        let disclosure = grant.touched(grant.op.object(), row, vec![]);
        Ok(Write {
            record: row.id,
            customer: row.customer,
            disclosure,
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

    /// What the event tells of a row that the act changes: the fields written, by which rules, and why the actor has to do with it.
    pub(in crate::path) fn touched(&self, object: &ObjectName, row: &StoredRow, shown: Vec<FieldName>) -> Disclosure {
        let by = self.verdict(row).rules;
        let rules = by.iter().map(ToString::to_string).collect();
        self.facts(object, row, &by, Disclosure { shown, rules, ..Disclosure::default() })
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
        written: Written<'_>,
        problems: &mut Vec<FieldProblem>,
    ) -> Result<Write<O>, Refusal> {
        match self.check_and_seal(object, &row, written, problems) {
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

    /// The row right, the field rights, the rules of the object type, then the sealing. Records nothing.
    fn check_and_seal(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        Written { values, given, is_new }: Written<'_>,
        problems: &mut Vec<FieldProblem>,
    ) -> Result<(Places, Disclosure), Refusal> {
        self.check_row(row)?;
        let levels = self.levels(row);
        for name in values.keys() {
            let at = object.fields.iter().position(|f| f.name == *name);
            let level = at.and_then(|at| levels.get(at)).copied().unwrap_or(FieldLevel::Hidden);
            // What the house keeps is nobody's to edit; an act that keeps it needs no right on the field.
            let field = object.field(name.as_str());
            let kept = field.is_some_and(|f| f.kept);
            if if kept { self.op.keeps() } else { level == FieldLevel::Editable }
                && field.is_none_or(|f| f.formula.is_none())
            {
                continue;
            }
            // A hidden field is answered like one that does not exist.
            let (code, reason) = if level == FieldLevel::Hidden {
                ("unknown_field", "there is no such field")
            } else {
                ("not_editable", "this field cannot be changed")
            };
            problems.push(FieldProblem::new(name.as_str(), code, reason));
        }
        // Rules tell something of the fields they ask: to those who may write the record, and only once the rest is right.
        if problems.is_empty() {
            *problems = rules::broken(object, row, values, is_new);
        }
        if !problems.is_empty() {
            return Err(Refusal::Invalid(std::mem::take(problems)));
        }
        let mut written = values.clone();
        let own = |name: &FieldName| object.field(name.as_str()).is_some_and(|f| f.formula.is_none());
        written.extend(given.iter().filter(|(name, _)| own(name)).map(|(name, value)| (name.clone(), value.clone())));
        let worked_out = {
            let now = |name: &FieldName| written.get(name).map_or_else(|| row.clear.get(name), Option::as_ref);
            object.worked_out(now)
        };
        written.extend(worked_out);
        let places = seal_values(&self.core.recorder, object, row, &written)?;
        // Written fields are named like shown ones: their writer knows the values.
        let shown = values.keys().cloned().collect();
        Ok((places, self.touched(&object.name, row, shown)))
    }
}

/// A new record as it will be, before anything is sealed: what rules judge.
pub fn blank(object: &ObjectType, new: &NewRecord, (by, at): (UserId, UnixMs)) -> StoredRow {
    let open = |name: &FieldName| object.field(name.as_str()).is_some_and(|f| f.slot.is_some());
    let mut row = StoredRow {
        id: new.id,
        customer: new.customer.as_ref().map_or(new.id, |c| c.0),
        owner: new.owner,
        department: new.department,
        pool: new.pool,
        version: 1,
        created_at: at,
        updated_at: at,
        created_by: by,
        clear: new
            .values
            .iter()
            .chain(&new.given)
            .filter(|(name, _)| open(name))
            .filter_map(|(name, value)| Some((name.clone(), value.clone()?)))
            .collect(),
        sealed: BTreeMap::new(),
        key: new.customer.as_ref().map(|c| c.1.clone()),
        members: model::record::Members::default(),
    };
    // A rule may ask for what is worked out: the record is judged as it will be.
    for (name, value) in object.worked_out(|name| row.clear.get(name)) {
        match value {
            Some(value) => row.clear.insert(name, value),
            None => row.clear.remove(&name),
        };
    }
    row
}

/// Seals values of a row under its customer's key. Asks nobody's rights.
fn seal_values(recorder: &Recorder, object: &ObjectType, row: &StoredRow, values: &Values) -> Result<Places, Refusal> {
    let vault = recorder.vault();
    let damaged = |error: vault::VaultError| {
        tracing::error!(%error, "a value could not be sealed");
        Refusal::Damaged
    };
    let (key, new_key): (DataKey, Option<WrappedKey>) = match open_key(recorder, row)? {
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
        seals: recorder.seals().clone(),
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
    /// Takes back what the event was to tell under this name, to be told together with more.
    pub fn untell(&mut self, name: &str) -> Option<serde_json::Value> {
        let at = self.told.iter().position(|(told, _)| *told == name)?;
        Some(self.told.swap_remove(at).1)
    }
    /// The act gives this record this version.
    pub fn gives(&mut self, record: RecordId, version: i64) {
        self.versions.push((record, version));
    }
    /// Makes the store's statements durable together with the event that tells of them.
    ///
    /// # Errors
    /// [`Refusal::Conflict`], [`Refusal::Taken`] (recorded; nothing changed), [`Refusal::AuditUnavailable`].
    pub async fn commit(mut self, mut changes: Vec<Change>) -> Result<Disclosed<RecordId>, Refusal> {
        changes.append(&mut self.grant.along);
        let mut event = change_event(&self.grant, self.record, self.customer, self.disclosure);
        if !self.versions.is_empty() {
            let versions: BTreeMap<String, i64> = self.versions.iter().map(|(id, v)| (id.to_string(), *v)).collect();
            event.detail = tell(event.detail, [("versions", serde_json::json!(versions))]);
        }
        event.detail = tell(event.detail, self.told);
        for (record, customer, disclosure) in self.more {
            touch(&mut event, (record, customer), disclosure);
        }
        if let Err(refusal) = self.grant.explain(&mut event).await {
            return Err(self.grant.refuse(refusal).await);
        }
        // A change's touch is salted by the audit key: an erasure must not unmake the evidence of who changed what,
        // and the item holds no value.
        match self.grant.core.recorder.record(&event, &[], changes).await {
            Ok(_) => Ok(Disclosed::new(self.record, event.id)),
            Err(error) => Err(record_failure(&self.grant.core, event, error).await),
        }
    }
}

/// A problem for each required field that `lacks` a value.
fn missing(object: &ObjectType, lacks: impl Fn(&FieldDef) -> bool) -> Vec<FieldProblem> {
    let fields = object.fields.iter().filter(|f| f.is_required_at_once() && lacks(f));
    fields.map(|f| FieldProblem::new(f.name.as_str(), "required", "this field needs a value")).collect()
}
