//! Make a record.

use access::path::{Disclosed, Grant, NewRecord, OnRecords, Operation, Refusal, Values, blank};
use model::{Action, ObjectName, ObjectType, RecordId, UserId, Value};

use super::numbers::Numbering;
use super::parse::parse_values;
use super::statements;
use crate::automation::Left;
use crate::notices::{News, NoticeKind};
use crate::{Store, ids};

/// Make a record with these values.
pub struct CreateRecord {
    pub object: ObjectName,
    pub values: serde_json::Map<String, serde_json::Value>,
    /// Who is to own it; `None` for the caller.
    pub owner: Option<UserId>,
    /// Without an owner, in the public pool.
    pub pool: bool,
}

impl Operation for CreateRecord {
    const ACTION: Action = Action::Create;
}
impl OnRecords for CreateRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
}

/// Make a record, unless there may be one already and that is not accepted. Recorded with what was decided.
pub struct CreateOnce {
    pub record: CreateRecord,
    pub allow_duplicate: bool,
}

impl Operation for CreateOnce {
    const ACTION: Action = Action::Create;
}
impl OnRecords for CreateOnce {
    fn object(&self) -> &ObjectName {
        &self.record.object
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "allow_duplicate": self.allow_duplicate })
    }
}

/// An operation that makes a record.
pub trait Creating: OnRecords {
    fn record(&self) -> &CreateRecord;
    /// Whether one that may be there already stands against it.
    fn once(&self) -> bool;
}
impl Creating for CreateRecord {
    fn record(&self) -> &CreateRecord {
        self
    }
    fn once(&self) -> bool {
        false
    }
}
impl Creating for CreateOnce {
    fn record(&self) -> &CreateRecord {
        &self.record
    }
    fn once(&self) -> bool {
        !self.allow_duplicate
    }
}

/// The record a value of the customer field names, if the object has one.
pub(crate) fn customer_of(object: &ObjectType, values: &Values) -> Option<Option<RecordId>> {
    let field = object.customer_field.as_ref()?;
    Some(match values.get(field) {
        Some(Some(Value::Record(id))) => Some(*id),
        _ => None,
    })
}

impl Store {
    /// Makes a record.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every wrong field, [`Refusal::ForbiddenOnRecord`], [`Refusal::Taken`]; of [`CreateOnce`]
    /// also [`Refusal::Barred`] with `possible_duplicate` or `rate_limited`; of both with `pool_holding_limit`; all recorded.
    pub async fn create<O: Creating>(&self, grant: Grant<O>) -> Result<Disclosed<RecordId>, Refusal> {
        let mut numbering = Numbering::default();
        let new = match self.new_record(&grant, &mut numbering).await {
            Ok(new) => new,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let object = match grant.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (by, at) = (grant.caller().user, grant.now());
        let mut row = blank(&object, &new, (by, at));
        let planned = self.plan_new(&object, &row, &new.values, grant.caller());
        let given = new.given.iter().chain(&planned.sets).map(|(name, value)| (name.clone(), value.clone())).collect();
        let record = NewRecord { values: new.values.clone(), given, customer: new.customer.clone(), ..new };
        let mut write = grant.create(record).await?;
        // The right to make it comes first: who may not learns nothing of what its owner holds.
        let room = match new.owner {
            Some(owner) => self.room_to_hold(&object, owner, None, at).await,
            None => Ok(vec![]),
        };
        let mut changes = match room {
            Ok(guards) => guards,
            Err(refusal) => return Err(write.refuse(refusal).await),
        };
        changes.extend(statements::insert(&object.name, &new, &write.places, by, at));
        row.key = write.places.new_key.clone().or(row.key);
        let left = [(&planned, Left { object: &object, row: &row, new: true })];
        match self.apply_automations(&left, &mut write, &mut numbering).await {
            Ok(more) => changes.extend(more),
            Err(refusal) => return Err(write.refuse(refusal).await),
        }
        let news = News::of(NoticeKind::Assigned, at).on(&object.name, new.id).by(by);
        self.tell(&news, new.owner).into_write(&mut write, &mut changes);
        numbering.add_to(&mut write, &mut changes);
        write.commit(changes).await
    }

    async fn new_record<O: Creating>(&self, grant: &Grant<O>, numbering: &mut Numbering) -> Result<NewRecord, Refusal> {
        let op = Creating::record(grant.operation());
        let object = grant.object_type()?.clone();
        let values = parse_values(&object, &op.values).map_err(Refusal::Invalid)?;
        let customer = match customer_of(&object, &values) {
            None => None,
            // Left out: its own subject, or the required-field check of the write says so.
            Some(None) => None,
            Some(Some(id)) => Some(self.known_customer(grant, &object, id).await?),
        };
        self.check_references(grant, &object, &values).await?;
        super::stages::check(&object, None, &values, &std::collections::BTreeSet::new())?;
        if op.pool && (op.owner.is_some() || !object.has_pool) {
            return Err(Refusal::invalid(
                "pool",
                "invalid_value",
                "a pool record has no owner, and only some objects have a pool",
            ));
        }
        let owner = if op.pool { None } else { Some(op.owner.unwrap_or(grant.caller().user)) };
        let department = match owner {
            Some(owner) => Some(self.active_owner(grant, owner)?),
            None => grant.engine().directory().user(grant.caller().user).map(|u| u.department),
        };
        if grant.operation().once() {
            self.refuse_duplicates(grant, &object, &values).await?;
        }
        // Last: who is refused for something else takes no number.
        let given = self.number_one(grant, &object, None, numbering).await?;
        Ok(NewRecord {
            id: RecordId::new(grant.now(), ids::random()),
            customer,
            owner,
            department,
            pool: op.pool,
            values,
            given,
        })
    }

    /// The customer and its wrapped key, if the caller may view it. One that is not visible is answered like one that
    /// does not exist.
    pub(crate) async fn known_customer<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        id: RecordId,
    ) -> Result<(RecordId, (u32, Vec<u8>)), Refusal> {
        let field = object.customer_field.as_ref().map_or("customer", |f| f.as_str());
        let no_such = || Refusal::invalid(field, "invalid_value", "there is no such record");
        let target = object.field(field).and_then(|f| match &f.kind {
            model::FieldKind::Reference { object } => Some(object.clone()),
            _ => None,
        });
        let Some(target) = target else { return Err(no_such()) };
        let action = if O::ACTION == Action::Import { Action::Import } else { Action::View };
        let row = self.customer_key(grant, &target, id, action).await?.ok_or_else(no_such)?;
        // An erased customer takes no new records.
        let key = row.key.ok_or_else(no_such)?;
        Ok((row.customer, key))
    }

    /// Other references must also lead to records the caller may view, or they would tell which ids exist.
    pub(crate) async fn check_references<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        values: &Values,
    ) -> Result<(), Refusal> {
        for (name, value) in values {
            let Some(def) = object.field(name.as_str()) else { continue };
            let (model::FieldKind::Reference { object: target }, Some(Value::Record(id))) = (&def.kind, value) else {
                continue;
            };
            if object.customer_field.as_ref() == Some(name) {
                continue;
            }
            if self.customer_key(grant, target, *id, Action::View).await?.is_none() {
                return Err(Refusal::invalid(name.as_str(), "invalid_value", "there is no such record"));
            }
        }
        Ok(())
    }

    pub(crate) fn active_owner<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        owner: UserId,
    ) -> Result<model::DepartmentId, Refusal> {
        match grant.engine().directory().user(owner) {
            Some(u) if u.status == model::UserStatus::Active => Ok(u.department),
            _ => Err(Refusal::invalid("owner", "invalid_value", "there is no such active user")),
        }
    }
}
