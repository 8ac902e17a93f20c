//! Convert a record 转化: a lead becomes a customer, a contact and an opportunity, in one act and one unit.
//!
//! Rule: each record is made with the caller's own right to make it, and holds what the caller sends: nothing is copied that
//! they were not shown. A possible duplicate is told before anything is made, and of one that the caller may not see only
//! that it is there.

use access::path::{Change, Disclosed, Grant, NewRecord, OnRecords, Operation, Part, Refusal, Values, Write, blank};
use model::process::Convert;
use model::{Action, ObjectName, ObjectType, RecordId, StoredRow, Value};
use serde_json::json;

use super::numbers::Numbering;
use super::parse::parse_values;
use super::{stages, statements};
use crate::automation::{Besides, Left};
use crate::company::barred;
use crate::{Store, ids};

/// Values of one record to be made.
pub struct Made {
    pub object: ObjectName,
    pub values: serde_json::Map<String, serde_json::Value>,
}

/// Convert one record, if it still has this version. Needs the right to edit it, and to make the others.
pub struct ConvertRecord {
    pub object: ObjectName,
    pub id: RecordId,
    pub version: i64,
    pub make: Vec<Made>,
    /// The record that is there already in place of the first: a customer one knows.
    pub existing: Option<RecordId>,
    /// Make them although there may be such a customer already.
    pub despite_duplicates: bool,
}

impl Operation for ConvertRecord {
    const ACTION: Action = Action::Edit;
}
impl OnRecords for ConvertRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn keeps(&self) -> bool {
        true
    }
    fn detail(&self) -> serde_json::Value {
        let into: Vec<&ObjectName> = self.make.iter().map(|m| &m.object).collect();
        json!({ "act": "convert", "into": into, "existing": self.existing, "despite_duplicates": self.despite_duplicates })
    }
}

/// Whose data the new records are: the first record's, made here or there already.
struct Home {
    id: RecordId,
    key: Option<(u32, Vec<u8>)>,
}

struct Plan {
    object: std::sync::Arc<ObjectType>,
    values: Values,
    parts: Vec<(Part, NewRecord)>,
    home: Home,
}

impl Store {
    /// Converts a record; gives the new records' ids in the order asked for.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `no_process`, `closed`, `possible_duplicate` or `pool_holding_limit`; [`Refusal::Invalid`] with fields named
    /// `object.field`; and as [`Store::edit`] and [`Store::create`]; all recorded.
    pub async fn convert(
        &self,
        grant: Grant<ConvertRecord>,
    ) -> Result<Disclosed<Vec<(ObjectName, RecordId)>>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        let mut numbering = Numbering::default();
        let plan = match self.plan(&grant, &row, &mut numbering).await {
            Ok(plan) => plan,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let Plan { object, values, parts, mut home } = plan;
        let (at, by, version, stored) = (grant.now(), grant.caller().user, grant.operation().version, row.clone());
        let Besides { planned, beside, after, .. } =
            match self.plan_change(&object, &row, &values, grant.caller(), &std::collections::BTreeSet::new()).await {
                Ok(besides) => besides,
                Err(refusal) => return Err(grant.refuse(refusal).await),
            };
        let caller = grant.caller().clone();
        let mut write = grant.change_giving(row, &values, &beside).await?;
        let mut changes = vec![statements::unless_seen(&stored, version)];
        changes.extend(statements::update(&object, &stored, &write.places, at));
        let mut made = vec![];
        let mut planned_of = vec![];
        for (part, new) in parts {
            let target = match part.object_type() {
                Ok(target) => target.clone(),
                Err(refusal) => return Err(write.refuse(refusal).await),
            };
            let room = match new.owner {
                Some(owner) => self.room_to_hold(&target, owner, None, at).await,
                None => Ok(vec![]),
            };
            match room {
                Ok(guards) => changes.extend(guards),
                Err(refusal) => return Err(write.refuse(refusal).await),
            }
            let mut row = blank(&target, &new, (by, at));
            let planned = self.plan_new(&target, &row, &new.values, &caller);
            match make(&mut write, &part, new, (&mut home, &planned.sets), (by, at)) {
                Ok((name, id, statements)) => {
                    changes.extend(statements);
                    made.push((name, id));
                }
                Err(refusal) => return Err(write.refuse(refusal).await),
            }
            if target.customer_field.is_some() || row.id == home.id {
                row.customer = home.id;
                row.key.clone_from(&home.key);
            }
            planned_of.push((target, row, planned));
        }
        let mut all = vec![(&planned, Left { object: &object, row: &after, new: false })];
        all.extend(planned_of.iter().map(|(object, row, planned)| (planned, Left { object, row, new: true })));
        match self.apply_automations(&all, &mut write, &mut numbering).await {
            Ok(more) => changes.extend(more),
            Err(refusal) => return Err(write.refuse(refusal).await),
        }
        numbering.add_to(&mut write, &mut changes);
        write.tells(
            "made",
            json!(made.iter().map(|(object, id)| json!({ "object": object, "record": id })).collect::<Vec<_>>()),
        );
        Ok(write.commit(changes).await?.map(|_| made))
    }

    async fn plan(
        &self,
        grant: &Grant<ConvertRecord>,
        row: &StoredRow,
        numbering: &mut Numbering,
    ) -> Result<Plan, Refusal> {
        let (op, object) = (grant.operation(), grant.object_type()?.clone());
        let none = || barred("no_process", "records of this object are not converted");
        let process = object.process().ok_or_else(none)?;
        let convert = process.convert.as_ref().ok_or_else(none)?;
        if stages::closed(process, row) {
            return Err(barred("closed", "it was converted or discarded already"));
        }
        check_wanted(convert, op)?;
        let owner = row.owner.unwrap_or(grant.caller().user);
        let department = Some(self.active_owner(grant, owner)?);
        let mut home = Home { id: RecordId::new(grant.now(), ids::random()), key: None };
        if let Some(existing) = op.existing {
            let first = convert.into.first().ok_or_else(none)?;
            let found = self.customer_key(grant, &first.object, existing, Action::View).await?;
            let no_such = || Refusal::invalid("existing", "invalid_value", "there is no such record");
            let found = found.ok_or_else(no_such)?;
            home = Home { id: found.customer, key: Some(found.key.ok_or_else(no_such)?) };
        }
        let mut parts = vec![];
        for (n, made) in op.make.iter().enumerate() {
            let part = grant.part(&made.object)?;
            let target = part.object_type()?.clone();
            let mut values = parse_values(&target, &made.values).map_err(|p| within(&made.object, p))?;
            let is_home = op.existing.is_none() && n == 0;
            if let Some(field) = target.customer_field.as_ref().filter(|_| !is_home) {
                // Given by the act: whatever is sent here is not the caller's to choose.
                values.insert(field.clone(), Some(Value::Record(home.id)));
            }
            stages::check(&target, None, &values, &std::collections::BTreeSet::new()).map_err(
                |refusal| match refusal {
                    Refusal::Invalid(problems) => within(&made.object, problems),
                    other => other,
                },
            )?;
            self.check_references(grant, &target, &values).await?;
            if is_home && !op.despite_duplicates {
                let found = self.duplicates(&part, &target, &values, grant.now()).await?;
                super::duplicates::refuse(&part, &target, &found)?;
            }
            let id = if is_home { home.id } else { RecordId::new(grant.now(), ids::random()) };
            let given = self.number_one(grant, &target, None, numbering).await?;
            let new = NewRecord { id, customer: None, owner: Some(owner), department, pool: false, values, given };
            parts.push((part, new));
        }
        let values = Values::from([
            (convert.status.clone(), Some(Value::Text(convert.to.clone()))),
            (convert.made.clone(), Some(Value::Record(home.id))),
        ]);
        Ok(Plan { object, values, parts, home })
    }
}

fn make(
    write: &mut Write<ConvertRecord>,
    part: &Part,
    new: NewRecord,
    (home, kept): (&mut Home, &Values),
    (by, at): (model::UserId, model::UnixMs),
) -> Result<(ObjectName, RecordId, Vec<Change>), Refusal> {
    let target = part.object_type()?.clone();
    let customer = match &home.key {
        Some(key) if target.customer_field.is_some() => Some((home.id, key.clone())),
        _ => None,
    };
    let new = NewRecord { customer, ..new };
    let given = new.given.iter().chain(kept).map(|(name, value)| (name.clone(), value.clone())).collect();
    let again = NewRecord { values: new.values.clone(), given, customer: new.customer.clone(), ..new };
    let places = write.make(part, &again)?;
    if new.id == home.id {
        home.key.clone_from(&places.new_key);
    }
    Ok((target.name.clone(), new.id, statements::insert(&target.name, &new, &places, by, at)))
}

fn within(object: &ObjectName, mut problems: Vec<access::path::FieldProblem>) -> Refusal {
    problems.iter_mut().for_each(|p| p.field = format!("{object}.{}", p.field));
    Refusal::Invalid(problems)
}

/// Records of the types that the process names, each once, and those that it always makes.
fn check_wanted(convert: &Convert, op: &ConvertRecord) -> Result<(), Refusal> {
    let bad = |reason| Err(Refusal::invalid("make", "invalid_value", reason));
    for (n, made) in op.make.iter().enumerate() {
        if !convert.into.iter().any(|b| b.object == made.object) {
            return bad("a conversion makes no such record");
        }
        if op.make.iter().skip(n + 1).any(|other| other.object == made.object) {
            return bad("a conversion makes one record of a type");
        }
    }
    for (n, becomes) in convert.into.iter().enumerate() {
        let at = op.make.iter().position(|m| m.object == becomes.object);
        match (n, at, op.existing) {
            (0, Some(_), Some(_)) => return bad("either the first record is made or there is one"),
            (0, None, Some(_)) | (0, Some(0), None) => {}
            (0, ..) => return bad("the record that owns the others comes first"),
            (_, None, _) if becomes.always => return bad("a record that is always made is missing"),
            _ => {}
        }
    }
    Ok(())
}
